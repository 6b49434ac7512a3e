/* Inside the making of a wire row: one attempt at it, and the steps that each take one view of it.
 * For wire*.c only. */
#ifndef TERM_WIRE_ATTEMPT_H
#define TERM_WIRE_ATTEMPT_H

#include "term/wire.h"

/* Bidi_Class as far as it matters for finished cells: there are no controls in a canvas. The strong
 * ones come first. */
enum wire_class {
    WIRE_CLASS_L,
    WIRE_CLASS_R,
    WIRE_CLASS_AL,
    WIRE_CLASS_EN,
    WIRE_CLASS_AN,
    WIRE_CLASS_ES,
    WIRE_CLASS_ET,
    WIRE_CLASS_CS,
    WIRE_CLASS_NEUTRAL,
};

/* Levels in a row without embeddings: those of a right-to-left row start with the odd one. */
enum { LEVEL_LEFT = 0, LEVEL_RIGHT = 1, LEVEL_WITHIN_RIGHT = 2 };

/* What moves as one: a cell, or both cells of a wide glyph. */
struct wire_item {
    uint32_t codepoint; /* the first of its cell as it is to be seen */
    uint32_t mirrored;  /* its mirrored form, or codepoint itself */
    uint32_t column;    /* visual */
    uint8_t columns;
    uint8_t class; /* enum wire_class */
    bool blank;    /* may become a seam */
};

/* The row, read. */
struct wire_source {
    struct arena *arena;   /* for what lives as long as the row */
    struct arena *scratch; /* reset by every wire_attempt_check() */
    const struct wire_profile *profile;
    const struct cell *cells;
    struct wire_item *items; /* in visual order */
    size_t count;
    unsigned checks; /* how many more attempts may be checked: hostile rows end, too */
    size_t states;   /* how many more beginnings of a row wire_forms_find() may follow */
    bool bracketed;  /* something is mirrored in right-to-left runs */
    size_t caret;    /* the item under the cursor, or SIZE_MAX */
};

/* Which seams to take first where several do. */
enum wire_preference {
    WIRE_PREFER_RIGHT,
    WIRE_PREFER_LEFT,
    WIRE_PREFER_BOTH, /* two of them, so that numbers further on are not concerned */
};

/* One attempt. Every array has an entry for each item, in visual order unless said otherwise. */
struct wire_attempt {
    bool right_to_left; /* the row's direction */
    enum wire_preference preference;
    bool numbers_right; /* a European number left of a right-to-left run, or in a right-to-left row
                           right of a Latin word, goes with the right-to-left text where either
                           reads the same; otherwise with the other */
    uint8_t *classes;   /* enum wire_class: the items' own, but of seams and of brackets that a
                           pair gave a direction theirs */
    uint8_t *seams;     /* WIRE_CLASS_L or WIRE_CLASS_R for a seam, else WIRE_CLASS_NEUTRAL */
    uint8_t *levels;    /* the embedding level each is to get */
    uint32_t *order;    /* in wire order: which item stands there */
    uint8_t *given;     /* the levels the terminal gives them */
    unsigned seam_count;
    unsigned misplaced; /* columns that would show something else */
};

/* True for R, AL. */
static inline bool wire_class_is_right(uint8_t class)
{
    return class == WIRE_CLASS_R || class == WIRE_CLASS_AL;
}

/* The class of a character. */
uint8_t wire_class_of(uint32_t codepoint);

/* True for what parts a row into paragraphs on some terminals, and on the screen into panes. */
static inline bool wire_cell_parts(const struct cell *cell)
{
    enum { BOX_LINES_FIRST = 0x2500, BLOCKS_LAST = 0x259f };
    uint32_t codepoint = cell->glyph.codepoint[0];
    return codepoint >= BOX_LINES_FIRST && codepoint <= BLOCKS_LAST;
}

/* True when something in the row is right-to-left: only then is there anything to do.
 * letters  receives whether there is a letter of class R or AL */
bool wire_source_needed(const struct cell *cells, size_t width, bool *letters);

/* Reads width cells into source->items and what follows it; the other fields must be set.
 * caret  visual column of the cursor, or -1 */
void wire_source_read(struct wire_source *source, size_t width, int caret);

/* Fills attempt->levels with those the terminal must give the items for the wire row to exist:
 * which stretches run right to left, and which numbers or Latin words stand whole within them. The
 * inverse of rules W1 to I2; where no assignment is possible, the nearest. */
void wire_levels_find(size_t count, struct wire_attempt *attempt);

/* Replaces blanks by seams where the row cannot be had without: to give it its direction, and
 * around numbers that would go with the wrong neighbour. */
void wire_seams_put(const struct wire_source *source, struct wire_attempt *attempt);

/* Makes one blank a seam, or a seam a blank again. */
void wire_seam_set(const struct wire_source *source, struct wire_attempt *attempt, size_t at,
                   uint8_t class);

/* Puts the items in wire order by attempt->levels, runs the terminal's own pass over them and fills
 * given and misplaced. One check less is left. */
void wire_attempt_check(struct wire_source *source, struct wire_attempt *attempt);

/* What is sent at a place of the wire row: a seam, or the item's character, mirrored where the terminal
 * turns it back. */
uint32_t wire_attempt_codepoint(const struct wire_source *source,
                                const struct wire_attempt *attempt, size_t place);

/* Finds the best attempt, and says how good it is. Where none is right on every terminal of the
 * profile, one for those that pair brackets is: there are more of them every year. */
enum wire_result wire_best_find(struct wire_source *source, struct wire_attempt *best);

/* What following every form of a row comes to. */
enum wire_forms {
    WIRE_FORMS_FOUND,
    WIRE_FORMS_NONE,   /* there is no row that shows the picture */
    WIRE_FORMS_UNKNOWN /* source->states were used up; or the row has more items or brackets than can
                          be followed, 254 and 28 */
};

/* Looks for a row of the direction attempt->right_to_left that the terminal shows as drawn, in every
 * form that the sender is free to give it:
 *   - the items in any order;
 *   - what has a mirror image as the one or the other;
 *   - any blanks as strong ones, of either direction.
 * A character is no other that looks like it, none is added or left out, and nothing is sent that takes
 * no column.
 * seam_at_caret  false: but not the blank under the cursor
 * Fills attempt->levels and attempt->seams when it found one; seams are few, not the fewest. */
enum wire_forms wire_forms_find(struct wire_source *source, struct wire_attempt *attempt,
                                bool seam_at_caret);

/* Makes a row that an override keeps in visual order, for profiles that have them; false when there is
 * no room for it behind the row's first or last character. */
bool wire_override_make(const struct wire_source *source, size_t width, struct wire_row *row);

/* What wire_row_make() does, but that it takes no liberties: never WIRE_NEAR.
 * checks  how many attempts may be checked until the best of them is taken
 * states  how many beginnings of the row may be followed where none is right; lessened by those that
 *         were */
struct wire_row wire_row_once(struct arena *arena, struct arena *scratch,
                              const struct wire_profile *profile, const struct cell *cells,
                              size_t width, int caret, unsigned checks, size_t *states);

/* Makes a row of the nearest picture that can be had; *row is left alone when there is none. */
void wire_near_make(struct arena *arena, struct arena *scratch, const struct wire_profile *profile,
                    const struct cell *cells, size_t width, int caret, size_t *states,
                    struct wire_row *row);

#endif
