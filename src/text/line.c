/* Visual order and cells. */
#include "text/line.h"

#include "text/bidi.h"
#include "text/clean.h"

#include <string.h>

static const uint32_t dotted_circle = 0x25cc, ellipsis_sign = 0x2026;
static const uint32_t first_regional = 0x1f1e6;

/* The cells being filled, from the left. */
struct cells {
    struct layout_cell *next;
    uint32_t start, end; /* the bytes of the source that what comes next shows */
    uint8_t level;
};

/* Frames are compared byte by byte, so that the bytes between a cell's fields are zero, too. */
static const struct layout_cell empty_cell;

static struct layout_cell *add_cell(struct cells *cells, uint32_t codepoint, enum cell_kind kind)
{
    struct layout_cell *cell = cells->next++;
    memcpy(cell, &empty_cell, sizeof *cell);
    cell->glyph.codepoint[0] = codepoint;
    cell->glyph.width = 1;
    cell->start = cells->start;
    cell->end = cells->end;
    cell->level = cells->level;
    cell->kind = (uint8_t)kind;
    return cell;
}

/* Spares letters and digits the search for a mirrored form. */
static bool may_mirror(uint32_t codepoint)
{
    enum { FIRST_LETTER_OF_LATIN_1 = 0xc0, FIRST_OF_TIBETAN = 0xf00 };
    enum { FIRST_ARABIC_FORM = 0xfb50, LAST_ARABIC_FORM = 0xfefc };
    if (codepoint < FIRST_LETTER_OF_LATIN_1)
        return !((codepoint >= '0' && codepoint <= '9') || (codepoint >= 'A' && codepoint <= 'Z') ||
                 (codepoint >= 'a' && codepoint <= 'z'));
    if (codepoint >= FIRST_ARABIC_FORM && codepoint <= LAST_ARABIC_FORM)
        return codepoint >= 0xfe30 && codepoint < 0xfe70; /* between the two blocks of forms */
    return codepoint >= FIRST_OF_TIBETAN;
}

/* The form of a base on the screen. Every blank of one column becomes the same one: of U+00A0 and
 * its kin a terminal's font or its own reordering may think otherwise. */
static uint32_t base_form(uint32_t codepoint, uint8_t shown, uint8_t level)
{
    if (shown == SHOWN_BLANK || shown == SHOWN_FIXED)
        return ' ';
    return level % 2 && may_mirror(codepoint) ? bidi_mirrored(codepoint) : codepoint;
}

static void add_glyph(struct cells *cells, const struct paragraph *paragraph,
                      const struct atom *atom)
{
    uint32_t last = atom->first + atom->count, i = atom->first;
    uint32_t base = dotted_circle;
    if (atom->kind == ATOM_GLYPH) {
        base = base_form(paragraph->text[i], paragraph->shown[i], cells->level);
        i++;
    }
    enum cell_kind kind = atom->kind == ATOM_GLYPH ? CELL_TEXT : CELL_MARKER;
    struct layout_cell *cell = add_cell(cells, base, kind);
    for (unsigned marks = 0; i < last; i++) {
        if (paragraph->shown[i] == SHOWN_MARK && marks < GLYPH_CODEPOINTS - 1)
            cell->glyph.codepoint[++marks] = paragraph->text[i];
    }
    cell->glyph.width = atom->columns;
    if (atom->columns == 2)
        add_cell(cells, 0, kind)->glyph.width = 0;
}

static void add_label(struct cells *cells, const struct paragraph *paragraph,
                      const struct atom *atom)
{
    uint32_t label[CLEAN_LABEL_COLUMNS];
    if (atom->kind == ATOM_MARKER) {
        clean_label(paragraph->text[atom->first], atom->count, label);
    } else {
        size_t marks = 0;
        for (uint32_t i = 0; i < atom->count; i++)
            marks += paragraph->shown[atom->first + i] == SHOWN_MARK;
        clean_marks_label(marks, label);
    }
    for (unsigned i = 0; i < atom->columns; i++)
        add_cell(cells, label[atom->skip + i], CELL_MARKER);
}

static void add_atom(struct cells *cells, const struct paragraph *paragraph,
                     const struct atom *atom)
{
    cells->start = paragraph->offsets[atom->first];
    cells->end = paragraph->offsets[atom->first + atom->count];
    cells->level = paragraph->levels[atom->first];
    switch (atom->kind) {
    case ATOM_GLYPH:
    case ATOM_BARE:
        add_glyph(cells, paragraph, atom);
        break;
    case ATOM_BLANK:
        for (unsigned i = 0; i < atom->columns; i++)
            add_cell(cells, ' ', CELL_TEXT);
        break;
    case ATOM_REGIONAL:
        add_cell(cells, 'A' + (paragraph->text[atom->first] - first_regional), CELL_MARKER);
        break;
    default:
        add_label(cells, paragraph, atom);
        break;
    }
}

/* L1 and L2. order receives the atoms from start on as they stand from the left; returns their
 * columns. */
static unsigned order_atoms(struct arena *scratch, struct paragraph *paragraph, size_t start,
                            size_t count, uint32_t *order)
{
    const struct atom *atoms = paragraph->atoms + start;
    uint8_t *levels = arena_room(scratch, count, 1);
    unsigned columns = 0;
    if (count > 0) {
        uint32_t first = atoms[0].first;
        uint32_t size = atoms[count - 1].first + atoms[count - 1].count - first;
        bidi_end_line(paragraph->text + first, size, paragraph->base_level,
                      paragraph->levels + first);
    }
    for (size_t i = 0; i < count; i++) {
        levels[i] = paragraph->levels[atoms[i].first];
        columns += atoms[i].columns;
    }
    bidi_order(levels, count, order);
    return columns;
}

static void add_ellipsis(struct cells *cells, uint32_t at, uint8_t level)
{
    cells->start = cells->end = at;
    cells->level = level;
    add_cell(cells, ellipsis_sign, CELL_ELLIPSIS);
}

struct layout_line line_make(struct arena *arena, struct arena *scratch,
                             struct paragraph *paragraph, size_t start, size_t end, bool ellipsis)
{
    size_t count = end - start;
    uint32_t *order = arena_room(scratch, count, sizeof *order);
    unsigned columns = order_atoms(scratch, paragraph, start, count, order) + ellipsis;
    struct layout_cell *cells = arena_room(arena, columns, sizeof *cells);
    struct cells filling = {.next = cells};
    const struct atom *atoms = paragraph->atoms + start;
    uint32_t first = start < paragraph->wrap.count ? atoms[0].first : (uint32_t)paragraph->size;
    uint32_t last = count > 0 ? atoms[count - 1].first + atoms[count - 1].count : first;
    if (ellipsis && paragraph->base_level == 1)
        add_ellipsis(&filling, paragraph->offsets[last], paragraph->base_level);
    for (size_t i = 0; i < count; i++)
        add_atom(&filling, paragraph, &atoms[order[i]]);
    if (ellipsis && paragraph->base_level == 0)
        add_ellipsis(&filling, paragraph->offsets[last], paragraph->base_level);
    return (struct layout_line){
        .cells = cells,
        .width = columns,
        .start = paragraph->offsets[first],
        .end = paragraph->offsets[last],
        .base_level = paragraph->base_level,
    };
}

struct layout_line line_make_ascii(struct arena *arena, struct str source, size_t start, size_t end,
                                   bool ellipsis)
{
    size_t columns = end - start + ellipsis;
    struct layout_cell *cells = arena_room(arena, columns, sizeof *cells);
    struct cells filling = {.next = cells + (end - start)};
    for (size_t i = start; i < end; i++) {
        struct layout_cell *cell = &cells[i - start];
        memcpy(cell, &empty_cell, sizeof *cell);
        cell->glyph.codepoint[0] = (unsigned char)source.data[i];
        cell->glyph.width = 1;
        cell->start = (uint32_t)i;
        cell->end = (uint32_t)i + 1;
        cell->kind = CELL_TEXT;
    }
    if (ellipsis)
        add_ellipsis(&filling, (uint32_t)end, 0);
    return (struct layout_line){
        .cells = cells,
        .width = (unsigned)columns,
        .start = (uint32_t)start,
        .end = (uint32_t)end,
    };
}
