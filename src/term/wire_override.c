/* The way out that some terminals leave: a directional override.
 *
 * They read the marks behind a cell's own character as part of the row's text, and so the controls of
 * UAX #9 among them. A left-to-right override behind the first cell (U+202D) makes left-to-right
 * letters of all that follows, and the row is shown in the order in which it is sent. It is kept for
 * rows that strong blanks do not help: what stands between may drop such characters, and those rows
 * alone would then be out of order. */
#include "term/wire_attempt.h"

#include "text/bidi.h"

#include <string.h>

enum {
    LEFT_TO_RIGHT_MARK = 0x200e, /* so that no letter before the override is reordered with it */
    LEFT_TO_RIGHT_OVERRIDE = 0x202d,
    POP_DIRECTIONAL_FORMATTING = 0x202c, /* another program's pane may stand at the right */
};

static size_t codepoint_count(const struct glyph *glyph)
{
    size_t count = 0;
    while (count < GLYPH_CODEPOINTS && glyph->codepoint[count])
        count++;
    return count;
}

/* Adds a mark to a glyph; false when it is full. */
static bool glyph_add(struct glyph *glyph, uint32_t mark)
{
    size_t count = codepoint_count(glyph);
    if (count == 0)
        glyph->codepoint[count++] = ' ';
    if (count == GLYPH_CODEPOINTS)
        return false;
    glyph->codepoint[count] = mark;
    return true;
}

/* True when the terminal shows the cells in the order they are in, none mirrored. */
static bool stands_as_sent(const struct wire_source *source, const struct cell *cells)
{
    size_t most = source->count * GLYPH_CODEPOINTS, count = 0, next = 0;
    arena_reset(source->scratch);
    uint32_t *text = arena_new(source->scratch, most, sizeof *text);
    uint32_t *order = arena_new(source->scratch, most, sizeof *order);
    uint8_t *levels = arena_new(source->scratch, most, sizeof *levels);
    uint8_t *base = arena_new(source->scratch, most, sizeof *base); /* true: not a mark */
    for (size_t i = 0; i < source->count; i++) {
        const struct glyph *glyph = &cells[source->items[i].column].glyph;
        base[count] = true;
        text[count++] = glyph->codepoint[0] ? glyph->codepoint[0] : ' ';
        for (size_t k = 1; k < codepoint_count(glyph); k++)
            text[count++] = glyph->codepoint[k];
    }
    uint8_t base_level =
        bidi_levels(source->scratch, text, count, DIRECTION_LTR, DIRECTION_LTR, levels);
    bidi_end_line(text, count, base_level, levels);
    bidi_order(levels, count, order);
    for (size_t i = 0; i < count; i++) {
        uint32_t at = order[i];
        if (!base[at])
            continue;
        if (at < next || (levels[at] % 2 == 1 && bidi_mirrored(text[at]) != text[at]))
            return false;
        next = at;
    }
    return true;
}

bool wire_override_make(const struct wire_source *source, size_t width, struct wire_row *row)
{
    if (source->count == 0)
        return false;
    struct cell *cells = arena_new(source->arena, width, sizeof *cells);
    memcpy(cells, source->cells, width * sizeof *cells);
    struct glyph *first = &cells[source->items[0].column].glyph;
    struct glyph *last = &cells[source->items[source->count - 1].column].glyph;
    if (!glyph_add(first, LEFT_TO_RIGHT_MARK) || !glyph_add(first, LEFT_TO_RIGHT_OVERRIDE) ||
        !glyph_add(last, POP_DIRECTIONAL_FORMATTING) || !stands_as_sent(source, cells))
        return false;
    uint32_t *same = arena_new(source->arena, width, sizeof *same);
    for (size_t x = 0; x < width; x++)
        same[x] = (uint32_t)x;
    *row = (struct wire_row){.cells = cells,
                             .wire_of = same,
                             .visual_of = same,
                             .width = width,
                             .result = WIRE_EXACT,
                             .overridden = true};
    return true;
}
