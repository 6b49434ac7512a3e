/* Reading a row: its cells become items that move as one, with what the algorithm asks of them. */
#include "term/wire_attempt.h"

#include "text/bidi.h"

#include <fribidi.h>

/* Nothing below U+0590, nor among punctuation, arrows, box lines and Braille, is right-to-left. */
enum {
    RIGHT_TO_LEFT_FIRST = 0x590,
    SYMBOLS_FIRST = 0x2010,
    SYMBOLS_LAST = 0x2fff,
};

static bool is_plainly_left(uint32_t codepoint)
{
    return codepoint < RIGHT_TO_LEFT_FIRST ||
           (codepoint >= SYMBOLS_FIRST && codepoint <= SYMBOLS_LAST);
}

uint8_t wire_class_of(uint32_t codepoint)
{
    switch (fribidi_get_bidi_type(codepoint)) {
    case FRIBIDI_TYPE_LTR:
        return WIRE_CLASS_L;
    case FRIBIDI_TYPE_RTL:
        return WIRE_CLASS_R;
    case FRIBIDI_TYPE_AL:
        return WIRE_CLASS_AL;
    case FRIBIDI_TYPE_EN:
        return WIRE_CLASS_EN;
    case FRIBIDI_TYPE_AN:
        return WIRE_CLASS_AN;
    case FRIBIDI_TYPE_ES:
        return WIRE_CLASS_ES;
    case FRIBIDI_TYPE_ET:
        return WIRE_CLASS_ET;
    case FRIBIDI_TYPE_CS:
        return WIRE_CLASS_CS;
    default:
        return WIRE_CLASS_NEUTRAL;
    }
}

bool wire_source_needed(const struct cell *cells, size_t width, bool *letters)
{
    bool numbers = false;
    *letters = false;
    for (size_t x = 0; x < width && !*letters; x++) {
        uint32_t codepoint = cells[x].glyph.codepoint[0];
        if (is_plainly_left(codepoint))
            continue;
        uint8_t class = wire_class_of(codepoint);
        *letters = wire_class_is_right(class);
        numbers = numbers || class == WIRE_CLASS_AN;
    }
    return *letters || numbers;
}

static bool is_letter_of_ascii(uint32_t codepoint)
{
    uint32_t lower = codepoint | ('a' - 'A');
    return lower >= 'a' && lower <= 'z';
}

static struct wire_item item_read(const struct glyph *glyph)
{
    uint32_t codepoint = glyph->codepoint[0] ? glyph->codepoint[0] : ' ';
    struct wire_item item = {.codepoint = codepoint, .mirrored = codepoint, .columns = 1};
    if (codepoint == ' ') {
        item.class = WIRE_CLASS_NEUTRAL;
        item.blank = glyph->codepoint[0] == 0 || glyph->codepoint[1] == 0;
    } else if (is_letter_of_ascii(codepoint)) {
        item.class = WIRE_CLASS_L;
    } else {
        item.class = wire_class_of(codepoint);
        if (item.class == WIRE_CLASS_NEUTRAL)
            item.mirrored = bidi_mirrored(codepoint);
    }
    return item;
}

void wire_source_read(struct wire_source *source, size_t width, int caret)
{
    source->items = arena_new(source->arena, width, sizeof *source->items);
    source->count = 0;
    source->bracketed = false;
    source->caret = SIZE_MAX;
    for (size_t x = 0; x < width;) {
        const struct glyph *glyph = &source->cells[x].glyph;
        struct wire_item item = item_read(glyph);
        item.column = (uint32_t)x;
        if (glyph->width == 2 && x + 1 < width && source->cells[x + 1].glyph.width == 0)
            item.columns = 2;
        if (caret >= 0 && (size_t)caret >= x && (size_t)caret < x + item.columns)
            source->caret = source->count;
        source->bracketed = source->bracketed || item.mirrored != item.codepoint;
        source->items[source->count++] = item;
        x += item.columns;
    }
}
