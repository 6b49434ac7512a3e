/* The index of keys (alike_key in majlis-schema(5)) as arrivals need it: each of their keys read once,
 * in the index's own order, and written when all have been looked at. */
#ifndef STORE_ALIKE_KEYS_H
#define STORE_ALIKE_KEYS_H

#include "store/alike_internal.h"

/* A key of some arrivals, and whom it names. */
struct alike_group {
    int32_t key;
    unsigned char stored, listed; /* how many names there are in the index; and in all */
    int64_t ids[ALIKE_LISTED];
};

struct alike_groups {
    struct alike_group *list; /* by key */
    size_t count;
    uint32_t (*of)[ALIKE_KEYS]; /* of each arrival: the places of its keys in the list */
};

/* Reads whom the arrivals' keys name. Everything in arena. */
enum status alike_groups_read(struct store *store, const struct alike_desk *desk,
                              struct arena *arena, struct alike_groups *groups,
                              struct error *error);

/* Writes the names that were added to them. */
enum status alike_groups_write(struct store *store, const struct alike_groups *groups,
                               struct error *error);

#endif
