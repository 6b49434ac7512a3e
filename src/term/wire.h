/* The wire row: what is sent so that a terminal that reorders by itself shows what was drawn.
 *
 * Some terminals run the bidirectional algorithm (UAX #9) over every row, whatever a program asks
 * of them: a row is one paragraph to them. A canvas row, finished and in visual order, is therefore
 * turned back into the row that such a terminal turns into exactly that picture. The wire row is a
 * permutation of the visual row's cells, column for column; a few of its blanks may be replaced by
 * strong blanks ("seams") that keep one stretch of text from pulling at another. Pure: no terminal,
 * no globals. */
#ifndef TERM_WIRE_H
#define TERM_WIRE_H

#include "base/arena.h"
#include "term/canvas.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A flag of a wire cell's style, beside those of style.h: the cell is to look like a blank though
 * its character has a shape. It is painted with the background's colour as its foreground, without
 * underline; SGR 8 (conceal) does not do. Where the background is the terminal's own colour, an
 * explicit one is needed for the row. */
enum { WIRE_STYLE_HIDDEN = 0x1000 };

/* Which direction the terminal gives a row as a paragraph. */
enum wire_direction {
    WIRE_DIRECTION_FIRST_STRONG, /* that of its first strong character, rules P2 and P3 */
    WIRE_DIRECTION_LEFT_TO_RIGHT /* always left to right */
};

/* What the terminal does with paired brackets (rule N0, new in Unicode 6.3). */
enum wire_brackets {
    WIRE_BRACKETS_PAIRED,  /* they are resolved as pairs */
    WIRE_BRACKETS_NEUTRAL, /* they are neutrals like any other */
    WIRE_BRACKETS_UNKNOWN  /* the row is to be right either way, or else where they are paired */
};

/* Which characters of a right-to-left run a terminal mirrors (rule L4). */
enum wire_mirrors {
    WIRE_MIRRORS_NEVER,
    WIRE_MIRRORS_ALWAYS, /* brackets and their like at odd levels */
    /* those that stand, on the screen, right before the character that came before them, or right
     * behind the one that came after: mlterm's way */
    WIRE_MIRRORS_REVERSED,
};

/* How a terminal treats a row. */
struct wire_profile {
    uint32_t left_seam;  /* one column, bidi class L; for a blank that must be strong */
    bool left_hidden;    /* left_seam has a shape and needs WIRE_STYLE_HIDDEN */
    uint32_t right_seam; /* one column, bidi class R, joins nothing; always with
                            WIRE_STYLE_HIDDEN: Unicode has no right-to-left blank */
    enum wire_mirrors mirrors;
    enum wire_direction direction;
    enum wire_brackets brackets;
    bool whole; /* a row that is changed must be erased and sent whole: erasing a part of it (ECH)
                   counts a wide character as one column, and a part drawn anew may be left where
                   another stands by now */
    bool overrides; /* marks behind a cell's character are text to its reordering, controls too, and
                       take no column; only with WIRE_DIRECTION_LEFT_TO_RIGHT */
    bool parts; /* box lines and blocks (U+2500 to U+259F) stay where they are and part the row into
                   paragraphs of their own, which then run from left to right all; and nothing is
                   reordered before the first letter of class R or AL */
};

/* PuTTY; a release before 0.77 and a later one cannot be told apart and differ in rule N0. */
extern const struct wire_profile wire_profile_putty;

/* mlterm, by its source (vtemu/libctl) and its pictures; its usual fonts lack U+2800, so that a hidden
 * Latin letter serves. */
extern const struct wire_profile wire_profile_mlterm;

/* VTE where CSI 8 l did not reach it, such as behind a multiplexer. */
extern const struct wire_profile wire_profile_vte;

enum wire_result {
    WIRE_UNTOUCHED, /* nothing in the row is right-to-left: it is sent as it is */
    WIRE_EXACT,     /* the terminal will show the row as drawn */
    WIRE_PAIRED,    /* so it will if it pairs brackets, which the profile leaves open */
    WIRE_NEAR,      /* all text is in its order, but not quite as drawn: a blank was moved beside a
                       number, a bracket turned the other way, box lines are ASCII ones, or digits
                       Arabic-Indic ones */
    WIRE_MISPLACED  /* no such row was found; this one comes closest */
};

/* A row for the wire. */
struct wire_row {
    const struct cell *cells;  /* width cells; the visual cells themselves when untouched */
    const uint32_t *wire_of;   /* of each visual column its wire column; NULL: the same */
    const uint32_t *visual_of; /* the inverse of wire_of; NULL: the same */
    size_t width;              /* columns, those of the visual row */
    enum wire_result result;
    bool right_to_left; /* the direction the terminal will give the row */
    unsigned seams;     /* how many blanks were replaced by strong ones */
    bool overridden;    /* a directional override keeps it in its order */
    unsigned misplaced; /* how many columns will differ from the visual row; 0 unless
                           WIRE_MISPLACED. For a debug log */
};

/* Turns a visual row into a wire row.
 * arena    receives everything returned, and some 100 bytes a column besides
 * scratch  an arena for this alone, reset again and again; the caller frees it at the end
 * profile  the terminal's ways
 * cells    width cells in visual order, as in a canvas; must live as long as the result
 * caret    visual column of the cursor, or -1; where there is a choice no seam is put there, since
 *          a cursor shows what is hidden under it
 *
 * states  how much may be done for rows as odd as that, counted in beginnings that are followed, and
 *         lessened by what was; or NULL: as much as for one row
 *
 * A row that strong blanks do not make exact gets an override where the terminal's profile has them;
 * where it has none, the nearest picture that can be had is sent (WIRE_NEAR).
 *
 * Only a cell that is a plain blank (U+0020) becomes a seam; its style is kept. All characters of a
 * cell go with its first, as these terminals do it, and a wide glyph with its second column. The
 * row's direction is whichever needs fewer seams, left to right when both need as many.
 *
 * Rows without right-to-left letters or Arabic-Indic digits take one pass over the cells; others a
 * small constant number of passes. Never fails; see enum wire_result. */
struct wire_row wire_row_make(struct arena *arena, struct arena *scratch,
                              const struct wire_profile *profile, const struct cell *cells,
                              size_t width, int caret, size_t *states);

/* The wire column of a visual column, where the terminal's cursor must be put to be seen there; x
 * itself when it lies outside the row. */
int wire_row_x(const struct wire_row *row, int x);

#endif
