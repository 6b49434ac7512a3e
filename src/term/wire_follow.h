/* Following the beginnings of a row: what decides how one may go on. For wire_f*.c only. */
#ifndef TERM_WIRE_FOLLOW_H
#define TERM_WIRE_FOLLOW_H

#include "term/wire_rules.h"

/* Items are counted in bytes: states are many. */
enum { WIRE_READERS_MOST = 2, WIRE_NOWHERE = UINT8_MAX };

/* Levels as bits. */
enum {
    WIRE_BIT_LEFT = 1 << LEVEL_LEFT,
    WIRE_BIT_RIGHT = 1 << LEVEL_RIGHT,
    WIRE_BIT_WITHIN = 1 << LEVEL_WITHIN_RIGHT
};

/* Where a terminal puts what comes next, in items from the left. */
struct wire_cursor {
    uint8_t at;        /* at levels 0 and 2 the next; at level 1 the one right of the next */
    uint8_t low, high; /* the run, from low up to high; 0, 0 outside */
    uint8_t sub_low, sub_high; /* the stretch at level 2 */
    uint8_t closed;            /* a run or stretch was ended: another one cannot begin here */
    /* For terminals that mirror what stands reversed: the item put last, or WIRE_NOWHERE, and what
     * it needs: that the next is put left of it, or is not. */
    uint8_t last, wish;
};

enum wire_wish { WIRE_WISH_NONE, WIRE_WISH_LEFT, WIRE_WISH_NOT_LEFT };

/* One way of reading: a terminal that pairs brackets, or one that does not. */
struct wire_reader {
    struct wire_cursor cursor;
    struct wire_rules rules;
};

/* All that decides how a row may go on. */
struct wire_beginning {
    bool begun; /* a letter gave the row its direction */
    struct wire_reader readers[WIRE_READERS_MOST];
};

struct wire_bracket {
    uint16_t id; /* of its kind */
    uint8_t at;
};

/* A search for one that can be ended so that the picture is shown. */
struct wire_search {
    struct wire_source *source;
    struct wire_attempt *attempt;  /* its levels and seams are filled on the way */
    uint8_t base;                  /* the row's level, 0 or 1 */
    bool first_strong;             /* which its first letter gives it */
    bool pairs[WIRE_READERS_MOST]; /* the row is to be right for all of these */
    unsigned reader_count;
    bool narrow;     /* blanks side by side are all alike but the last: see parts_read() */
    size_t caret;    /* the item that must not become a seam, or SIZE_MAX */
    uint8_t *levels; /* of each item, which levels it can have: bits */
    bool *parts;     /* of each item, whether levels may change before it */
    struct wire_bracket brackets[WIRE_RULES_OPEN_MOST];
    size_t bracket_count;
    const uint8_t **keys; /* beginnings that were followed: an open-addressed table */
    size_t capacity, count;
    bool spent; /* not all could be followed */
};

/* Follows a beginning of place characters to every end; true when one is right. Fills the levels and
 * seams of search->attempt. */
bool wire_follow(struct wire_search *search, const struct wire_beginning *beginning, size_t place);

/* False when such a beginning was followed before, or no more can be: search->spent is true then.
 * Forget them all by search->keys = NULL and capacity = count = 0. */
bool wire_follow_is_new(struct wire_search *search, const struct wire_beginning *beginning);

#endif
