/* UAX #9 read one character after another, with each one's level told beforehand.
 *
 * A row without controls is one run of embedding level 0 or 1, for which rules W1 to N2 need to know
 * but little of what came before: struct wire_rules is all of it. What they look ahead for (the number
 * behind a separator, the bracket that closes) is told beforehand as well, and refused where it comes
 * otherwise. So of two beginnings of a row that left the same rules and the same columns to fill, one
 * can be ended just as the other. For wire*.c and their tests. */
#ifndef TERM_WIRE_RULES_H
#define TERM_WIRE_RULES_H

#include "term/wire_attempt.h"

enum { WIRE_RULES_OPEN_MOST = 28 /* brackets that a row may have to be read so */ };

/* A bracket that is open: what its pair still needs to get the direction told (N0). */
struct wire_open {
    uint16_t id; /* of its kind of bracket; those there are all lie in the first plane */
    uint8_t wants;
};

struct wire_rules {
    uint8_t strong;  /* the last letter's class, WIRE_CLASS_L, _R or _AL */
    uint8_t last;    /* what W4 and W5 have to know of the character before */
    uint8_t before;  /* direction of the last that is not neutral, a number's being R (N1) */
    uint8_t pending; /* direction that the neutrals behind it were given, or none */
    uint8_t open_count;
    struct wire_open open[WIRE_RULES_OPEN_MOST];
};

/* One character. */
struct wire_character {
    uint8_t class; /* enum wire_class */
    uint8_t level; /* told */
    bool bracket;  /* it is one, and the terminal knows of pairs */
    bool opens;    /* what the bracket does */
    bool joined;   /* told: a separator or terminator belongs to a number; a bracket's pair has a
                          direction */
    uint16_t id;   /* the bracket's */
};

/* Before the first character of a row of level base, 0 or 1. */
void wire_rules_start(struct wire_rules *rules, uint8_t base);

/* True for characters of which joined says something. */
bool wire_rules_has_choice(const struct wire_character *character);

/* Reads one more; false, and the rules of no more use, when what was told of it or of those before
 * cannot be. A row must not have more than WIRE_RULES_OPEN_MOST brackets. */
bool wire_rules_read(struct wire_rules *rules, uint8_t base,
                     const struct wire_character *character);

/* True when a bracket was told to have a direction and awaits the other of its pair. */
bool wire_open_must_close(const struct wire_open *open);

/* True when it must stay single: there is something strong inside, and it was told to have no direction. */
bool wire_open_must_stay(const struct wire_open *open);

/* Whether the row can end here, all that was told being so. */
bool wire_rules_end(const struct wire_rules *rules, uint8_t base);

#endif
