/* Counting things by their name, in memory: a hash table whose entries live in an arena. */
#ifndef STORE_COUNTER_H
#define STORE_COUNTER_H

#include "base/arena.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum { COUNTER_SUMS = 12 /* of each entry */ };

struct counter_entry {
    struct str name;
    int64_t sums[COUNTER_SUMS];
    int64_t mark;     /* the caller's, 0 at first */
    struct str shown; /* the caller's: the name as people see it */
};

struct counter {
    struct counter_entry *entries; /* in the order they came */
    size_t count, capacity;
    size_t *places; /* 1 + index of an entry; 0: empty. A power of two of them */
    size_t place_count;
};

/* The entry of this name, made where there is none. The name is copied. What was returned before no
 * longer stands. */
struct counter_entry *counter_find(struct counter *counter, struct arena *arena, struct str name);

#endif
