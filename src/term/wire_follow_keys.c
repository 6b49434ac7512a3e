/* The beginnings of a row that were followed: an open-addressed table of what decides how each may go
 * on, written as bytes. Whole ones are compared, not their hashes, as one taken for another would make
 * a row impossible that is not. */
#include "term/wire_follow.h"

#include <string.h>

enum {
    KEY_MOST = 2 + WIRE_READERS_MOST * (sizeof(struct wire_cursor) + 5 + 3 * WIRE_RULES_OPEN_MOST)
};

/* Writes the state as bytes, their number first; returns that. */
static size_t key_write(const struct wire_search *search, const struct wire_beginning *state,
                        uint8_t *key)
{
    size_t size = 1;
    key[size++] = state->begun;
    for (unsigned i = 0; i < search->reader_count; i++) {
        const struct wire_rules *rules = &state->readers[i].rules;
        memcpy(key + size, &state->readers[i].cursor, sizeof(struct wire_cursor));
        size += sizeof(struct wire_cursor);
        key[size++] = rules->strong;
        key[size++] = rules->last;
        key[size++] = rules->before;
        key[size++] = rules->pending;
        key[size++] = rules->open_count;
        for (uint8_t k = 0; k < rules->open_count; k++) {
            key[size++] = (uint8_t)(rules->open[k].id & UINT8_MAX);
            key[size++] = (uint8_t)(rules->open[k].id >> 8);
            key[size++] = rules->open[k].wants;
        }
    }
    key[0] = (uint8_t)size;
    return size;
}

_Static_assert(sizeof(struct wire_cursor) == 8, "nothing of it is padding");
_Static_assert(KEY_MOST <= UINT8_MAX, "a key's size is one byte of it");

static bool is_same_key(const uint8_t *a, const uint8_t *b)
{
    return a[0] == b[0] && memcmp(a, b, a[0]) == 0;
}

static size_t key_slot(const struct wire_search *search, const uint8_t *key)
{
    uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
    for (uint8_t i = 0; i < key[0]; i++)
        hash = (hash ^ key[i]) * 0x100000001b3;
    size_t slot = (size_t)(hash ^ hash >> 32) & (search->capacity - 1);
    while (search->keys[slot] && !is_same_key(search->keys[slot], key))
        slot = (slot + 1) & (search->capacity - 1);
    return slot;
}

static void keys_grow(struct wire_search *search)
{
    enum { CAPACITY_FIRST = 256 };
    const uint8_t **keys = search->keys;
    size_t capacity = search->capacity;
    search->capacity = capacity ? capacity * 2 : CAPACITY_FIRST;
    search->keys = arena_new(search->source->scratch, search->capacity, sizeof *search->keys);
    for (size_t i = 0; i < capacity; i++) {
        if (keys[i])
            search->keys[key_slot(search, keys[i])] = keys[i];
    }
}

bool wire_follow_is_new(struct wire_search *search, const struct wire_beginning *state)
{
    uint8_t key[KEY_MOST];
    size_t size = key_write(search, state, key);
    if (search->count * 2 >= search->capacity)
        keys_grow(search);
    size_t slot = key_slot(search, key);
    if (search->keys[slot])
        return false;
    if (search->source->states == 0) {
        search->spent = true;
        return false;
    }
    uint8_t *kept = arena_room(search->source->scratch, size, 1);
    memcpy(kept, key, size);
    search->keys[slot] = kept;
    search->count++;
    search->source->states--;
    return true;
}
