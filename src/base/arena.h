/* An arena: what lives for one frame or one command is taken from it and released at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* Zero-initialise ({0}) before the first use. The fields belong to arena.c. */
struct arena {
    struct arena_block *newest;
};

/* count * size zeroed bytes, aligned for anything; they live until the arena is reset or freed. */
void *arena_new(struct arena *arena, size_t count, size_t size);

/* The same, not zeroed: for what is written before it is read. */
void *arena_room(struct arena *arena, size_t count, size_t size);

/* A copy of s in the arena, followed by a NUL that is not counted. */
struct str arena_copy(struct arena *arena, struct str s);

/* Texts behind one another, followed by a NUL that is not counted. */
struct str arena_join(struct arena *arena, const struct str *texts, size_t count);

/* A NUL-terminated string made as printf does. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
char *arena_vprintf(struct arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0), nonnull(2)));

/* Releases everything taken, keeps one block for the next round. */
void arena_reset(struct arena *arena);

/* Releases everything; the arena can be used again. */
void arena_free(struct arena *arena);

#endif
