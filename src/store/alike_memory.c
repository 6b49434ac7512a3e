/* Shingles in a ring, the latest over those kept longest, and an entry for each text that follows from
 * its number alone: who loses it to another text is read again. Places of comments are kept in such
 * entries of their own. */
#include "store/alike_memory.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { SHINGLES_OF_A_TEXT = 32, ENTRIES_LEAST = 64 };

/* Where a text stands: counted from the first shingle ever kept. */
struct kept_text {
    int64_t id; /* 0: free */
    uint64_t from;
    size_t count, words;
};

struct kept_place {
    int64_t id; /* 0: free */
    int64_t consultation, cluster;
};

struct alike_memory {
    uint32_t *ring;
    size_t size;
    uint64_t next; /* where the next text goes, counted from the first */
    struct kept_text *texts;
    struct kept_place *places;
    size_t entries; /* of either; a power of two */
};

struct alike_memory *alike_memory_new(size_t shingles)
{
    struct alike_memory *memory = memory_new(1, sizeof *memory);
    memory->size = shingles;
    memory->ring = memory_new(shingles, sizeof *memory->ring);
    memory->entries = ENTRIES_LEAST;
    while (memory->entries < shingles / SHINGLES_OF_A_TEXT)
        memory->entries *= 2;
    memory->texts = memory_new(memory->entries, sizeof *memory->texts);
    memory->places = memory_new(memory->entries, sizeof *memory->places);
    return memory;
}

void alike_memory_free(struct alike_memory *memory)
{
    if (!memory)
        return;
    free(memory->ring);
    free(memory->texts);
    free(memory->places);
    free(memory);
}

static size_t entry_of(const struct alike_memory *memory, int64_t id)
{
    uint64_t hash = (uint64_t)id * 0x9e3779b97f4a7c15u;
    return (size_t)(hash >> 32) & (memory->entries - 1);
}

bool alike_memory_find(const struct alike_memory *memory, int64_t id, struct alike *text)
{
    const struct kept_text *kept = &memory->texts[entry_of(memory, id)];
    if (kept->id != id || memory->next - kept->from > memory->size)
        return false;
    *text = (struct alike){.shingles = memory->ring + kept->from % memory->size,
                           .count = kept->count,
                           .words = kept->words};
    return true;
}

void alike_memory_keep(struct alike_memory *memory, int64_t id, const struct alike *text)
{
    if (text->count > memory->size)
        return;
    /* A text is not cut at the ring's end. */
    size_t left = memory->size - (size_t)(memory->next % memory->size);
    if (left < text->count)
        memory->next += left;
    memory->texts[entry_of(memory, id)] =
        (struct kept_text){id, memory->next, text->count, text->words};
    if (text->count > 0)
        memcpy(memory->ring + memory->next % memory->size, text->shingles,
               text->count * sizeof *text->shingles);
    memory->next += text->count;
}

bool alike_memory_place(const struct alike_memory *memory, int64_t id, int64_t *consultation,
                        int64_t *cluster)
{
    const struct kept_place *kept = &memory->places[entry_of(memory, id)];
    if (kept->id != id)
        return false;
    *consultation = kept->consultation;
    *cluster = kept->cluster;
    return true;
}

void alike_memory_keep_place(struct alike_memory *memory, int64_t id, int64_t consultation,
                             int64_t cluster)
{
    memory->places[entry_of(memory, id)] = (struct kept_place){id, consultation, cluster};
}

void alike_memory_drop(struct alike_memory *memory, int64_t id)
{
    size_t entry = entry_of(memory, id);
    if (memory->texts[entry].id == id)
        memory->texts[entry].id = 0;
    if (memory->places[entry].id == id)
        memory->places[entry].id = 0;
}
