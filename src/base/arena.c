/* An arena of chained blocks. Blocks grow as the arena does, so that what is used again and again,
 * such as a frame's, soon fits one block that is kept. */
#include "base/arena.h"

#include "base/memory.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    BLOCK_BYTES = 64 * 1024,        /* the first block */
    BLOCK_MOST_BYTES = 1024 * 1024, /* later ones double up to this, or are as large as asked */
    KEPT_BYTES = 4 * 1024 * 1024,   /* what a reset keeps at most */
};

struct arena_block {
    struct arena_block *older;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *block_add(struct arena *arena, size_t size)
{
    size_t usual = arena->newest ? 2 * arena->newest->size : BLOCK_BYTES;
    if (usual > BLOCK_MOST_BYTES)
        usual = BLOCK_MOST_BYTES;
    if (size < usual)
        size = usual;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        memory_exhausted();
    struct arena_block *block = malloc(sizeof *block + size);
    if (!block)
        memory_exhausted();
    *block = (struct arena_block){.older = arena->newest, .size = size};
    arena->newest = block;
    return block;
}

static size_t rounded_size(size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX / 2) / size)
        memory_exhausted();
    return (count * size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

void *arena_room(struct arena *arena, size_t count, size_t size)
{
    size_t rounded = rounded_size(count, size);
    struct arena_block *block = arena->newest;
    if (!block || block->size - block->used < rounded)
        block = block_add(arena, rounded);
    void *memory = block->bytes + block->used;
    block->used += rounded;
    return memory;
}

void *arena_new(struct arena *arena, size_t count, size_t size)
{
    return memset(arena_room(arena, count, size), 0, rounded_size(count, size));
}

struct str arena_copy(struct arena *arena, struct str s)
{
    char *copy = arena_new(arena, s.size + 1, 1);
    if (s.size > 0)
        memcpy(copy, s.data, s.size);
    return (struct str){copy, s.size};
}

struct str arena_join(struct arena *arena, const struct str *texts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += texts[i].size;
    char *joined = arena_room(arena, size + 1, 1), *at = joined;
    for (size_t i = 0; i < count; i++) {
        if (texts[i].size > 0)
            memcpy(at, texts[i].data, texts[i].size);
        at += texts[i].size;
    }
    *at = '\0';
    return (struct str){joined, size};
}

char *arena_vprintf(struct arena *arena, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        size = 0;
    char *text = arena_new(arena, (size_t)size + 1, 1);
    vsnprintf(text, (size_t)size + 1, format, list);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *text = arena_vprintf(arena, format, list);
    va_end(list);
    return text;
}

static void release_older(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->newest;
    if (!kept)
        return;
    release_older(kept->older);
    kept->older = NULL;
    kept->used = 0;
    /* One very large comment must not stay in memory for the rest of the day. */
    if (kept->size > KEPT_BYTES)
        arena_free(arena);
}

void arena_free(struct arena *arena)
{
    release_older(arena->newest);
    arena->newest = NULL;
}
