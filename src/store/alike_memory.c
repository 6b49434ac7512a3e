/* Shingles in a ring, the latest over those kept longest, and a place for each text that follows from
 * its number alone: who loses it to another text is read again. */
#include "store/alike_memory.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum { SHINGLES_OF_A_TEXT = 32, PLACES_LEAST = 64 };

/* Where a text stands: counted from the first shingle ever kept. */
struct place {
    int64_t id; /* 0: free */
    uint64_t from;
    size_t count, words;
};

struct alike_memory {
    uint32_t *ring;
    size_t size;
    uint64_t next; /* where the next text goes, counted from the first */
    struct place *places;
    size_t place_count; /* a power of two */
};

struct alike_memory *alike_memory_new(size_t shingles)
{
    struct alike_memory *memory = memory_new(1, sizeof *memory);
    memory->size = shingles;
    memory->ring = memory_new(shingles, sizeof *memory->ring);
    memory->place_count = PLACES_LEAST;
    while (memory->place_count < shingles / SHINGLES_OF_A_TEXT)
        memory->place_count *= 2;
    memory->places = memory_new(memory->place_count, sizeof *memory->places);
    return memory;
}

void alike_memory_free(struct alike_memory *memory)
{
    if (!memory)
        return;
    free(memory->ring);
    free(memory->places);
    free(memory);
}

static struct place *place_of(const struct alike_memory *memory, int64_t id)
{
    uint64_t hash = (uint64_t)id * 0x9e3779b97f4a7c15u;
    return &memory->places[(hash >> 32) & (memory->place_count - 1)];
}

bool alike_memory_find(const struct alike_memory *memory, int64_t id, struct alike *text)
{
    const struct place *place = place_of(memory, id);
    if (place->id != id || memory->next - place->from > memory->size)
        return false;
    *text = (struct alike){.shingles = memory->ring + place->from % memory->size,
                           .count = place->count,
                           .words = place->words};
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
    *place_of(memory, id) = (struct place){id, memory->next, text->count, text->words};
    if (text->count > 0)
        memcpy(memory->ring + memory->next % memory->size, text->shingles,
               text->count * sizeof *text->shingles);
    memory->next += text->count;
}

void alike_memory_drop(struct alike_memory *memory, int64_t id)
{
    struct place *place = place_of(memory, id);
    if (place->id == id)
        place->id = 0;
}
