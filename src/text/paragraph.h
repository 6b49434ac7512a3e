/* A paragraph on its way from bytes to lines: its characters and the atoms they form. For layout.c
 * and line.c only. */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include "text/layout.h"
#include "text/wrap.h"

enum atom_kind {
    ATOM_GLYPH,    /* a base with its marks */
    ATOM_BARE,     /* marks without a base: shown on a dotted circle */
    ATOM_BLANK,    /* blanks */
    ATOM_REGIONAL, /* a regional indicator */
    ATOM_MARKER,   /* characters alike that are shown as their marker */
    ATOM_MARKS,    /* marks for which the glyph before has no room */
};

/* What moves as one when a line is put in order, and is never cut. */
struct atom {
    uint32_t first, count; /* code points of the paragraph */
    uint8_t kind;          /* enum atom_kind */
    uint8_t columns;
    uint8_t skip; /* columns of a marker that stood in atoms before: it is wider than a line */
};

struct paragraph {
    uint32_t *text;    /* size code points, Arabic letters as presentation forms */
    uint32_t *offsets; /* where each starts in the source; size + 1 of them */
    uint8_t *shown;    /* enum shown of each */
    uint8_t *levels;   /* embedding level of each */
    uint8_t *flags;    /* WRAP_BREAK, WRAP_CLUSTER of each */
    size_t size;
    uint8_t base_level;
    struct atom *atoms;
    struct wrap_text wrap; /* columns and flags of the atoms */
};

/* Makes the paragraph of the source's bytes from start to end, which hold no paragraph separator
 * unless options ask for one line. Everything lives in scratch. */
void paragraph_make(struct arena *scratch, struct str source, size_t start, size_t end,
                    const struct layout_options *options, struct paragraph *paragraph);

#endif
