/* Counting by name: open addressing over FNV-1a (Fowler, Noll, Vo; 64 bits). */
#include "store/counter.h"

#include <string.h>

enum { FIRST = 64, FULL = 2 /* places for each entry, at least */ };

static size_t hash(struct str name)
{
    const uint64_t basis = UINT64_C(14695981039346656037), prime = UINT64_C(1099511628211);
    uint64_t value = basis;
    for (size_t i = 0; i < name.size; i++)
        value = (value ^ (unsigned char)name.data[i]) * prime;
    return (size_t)(value ^ (value >> 32));
}

/* The place of the name, or the empty one where it belongs. */
static size_t *find_place(const struct counter *counter, struct str name)
{
    size_t at = hash(name) & (counter->place_count - 1);
    while (counter->places[at] != 0 &&
           !str_equal(counter->entries[counter->places[at] - 1].name, name))
        at = (at + 1) & (counter->place_count - 1);
    return &counter->places[at];
}

static void grow(struct counter *counter, struct arena *arena)
{
    size_t capacity = counter->capacity ? 2 * counter->capacity : FIRST;
    struct counter_entry *entries = arena_new(arena, capacity, sizeof *entries);
    if (counter->count > 0)
        memcpy(entries, counter->entries, counter->count * sizeof *entries);
    counter->entries = entries;
    counter->capacity = capacity;
    counter->place_count = FULL * capacity;
    counter->places = arena_new(arena, counter->place_count, sizeof *counter->places);
    for (size_t i = 0; i < counter->count; i++)
        *find_place(counter, entries[i].name) = i + 1;
}

struct counter_entry *counter_find(struct counter *counter, struct arena *arena, struct str name)
{
    if (counter->count == counter->capacity)
        grow(counter, arena);
    size_t *place = find_place(counter, name);
    if (*place == 0) {
        counter->entries[counter->count].name = arena_copy(arena, name);
        *place = ++counter->count;
    }
    return &counter->entries[*place - 1];
}
