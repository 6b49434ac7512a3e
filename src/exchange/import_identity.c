/* Identities of rows without an id. The same row in the same place among its likes has the same
 * identity in every reading, so a file read again adds nothing; and a campaign letter that stands
 * five times in a file, unsigned and undated, is five comments.
 *
 * The hash is FNV-1a (Fowler, Noll and Vo) with its 128-bit parameters: wide enough that no two of
 * millions of rows meet by chance. Of every hash seen, eight bytes and a count are kept. */
#include "exchange/import_session.h"

#include "base/memory.h"

#include <inttypes.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

struct identity {
    uint64_t hash; /* the lower half; 0: the slot is free */
    uint64_t count;
};

enum { SLOTS_FIRST = 1024 };

#define WIDE(high, low) (((wide)(high) << 64) | (low))
#define FNV_OFFSET WIDE(0x6c62272e07bb0142u, 0x62b821756295c58du)
#define FNV_PRIME WIDE(0x0000000001000000u, 0x000000000000013bu)

static wide hash_bytes(wide hash, const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ byte[i]) * FNV_PRIME;
    return hash;
}

/* Sizes go in too: ("ab", "c") and ("a", "bc") differ. */
static wide hash_parts(const struct str *parts, size_t count)
{
    wide hash = FNV_OFFSET;
    for (size_t i = 0; i < count; i++) {
        unsigned char size[sizeof(uint64_t)];
        for (size_t byte = 0; byte < sizeof size; byte++)
            size[byte] = (unsigned char)((uint64_t)parts[i].size >> (8 * byte));
        hash = hash_bytes(hash, size, sizeof size);
        hash = hash_bytes(hash, parts[i].data, parts[i].size);
    }
    return hash;
}

static struct identity *find_slot(struct identity *slots, size_t size, uint64_t hash)
{
    size_t at = (size_t)hash & (size - 1);
    while (slots[at].hash != 0 && slots[at].hash != hash)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void grow(struct import_identities *identities)
{
    size_t size = identities->size ? identities->size * 2 : SLOTS_FIRST;
    struct identity *slots = memory_new(size, sizeof *slots);
    for (size_t i = 0; i < identities->size; i++) {
        if (identities->slots[i].hash != 0)
            *find_slot(slots, size, identities->slots[i].hash) = identities->slots[i];
    }
    free(identities->slots);
    identities->slots = slots;
    identities->size = size;
}

void import_identify(struct import_identities *identities, const struct str *parts, size_t count,
                     char out[static IDENTITY_BYTES])
{
    wide hash = hash_parts(parts, count);
    uint64_t high = (uint64_t)(hash >> 64), low = (uint64_t)hash;
    /* Kept at most three quarters full, so that a free slot is never far. */
    if (identities->used * 4 >= identities->size * 3)
        grow(identities);
    struct identity *slot = find_slot(identities->slots, identities->size, low ? low : 1);
    identities->used += slot->hash == 0;
    slot->hash = low ? low : 1;
    slot->count++;
    if (slot->count == 1)
        snprintf(out, IDENTITY_BYTES, "%016" PRIx64 "%016" PRIx64, high, low);
    else
        snprintf(out, IDENTITY_BYTES, "%016" PRIx64 "%016" PRIx64 "-%" PRIu64, high, low,
                 slot->count);
}

void import_identities_free(struct import_identities *identities)
{
    free(identities->slots);
    *identities = (struct import_identities){0};
}
