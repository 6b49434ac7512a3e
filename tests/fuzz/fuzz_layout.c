/* Layout on any bytes and options: nothing dangerous is shown, nothing is wider than asked, every
 * byte is accounted for, and the caret stays inside. The first three bytes choose the options. */
#include "text/clean.h"
#include "text/cluster.h"
#include "text/layout.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <unictype.h>

enum { OPTION_BYTES = 3, WIDTHS = 100, CARETS_CHECKED = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static struct layout_options options_of(const uint8_t *data)
{
    return (struct layout_options){
        .width = 2 + data[0] % WIDTHS,
        .direction = (enum direction)(data[1] % 3),
        .neutral = (enum direction)(data[1] / 3 % 3),
        .one_line = data[2] & 1,
        .unshaped = data[2] & 2,
        .keep_marks = data[2] & 4,
    };
}

static void check_codepoint(uint32_t codepoint)
{
    must(codepoint >= ' ' && codepoint <= 0x10ffff);
    must(!uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Zl |
                                                          UC_CATEGORY_MASK_Zp));
}

static void check_glyph(const struct glyph *glyph, bool follows_wide)
{
    must((glyph->width == 0) == follows_wide);
    if (glyph->width == 0) {
        must(glyph->codepoint[0] == 0);
        return;
    }
    must(glyph->width == codepoint_width(glyph->codepoint[0]));
    check_codepoint(glyph->codepoint[0]);
    bool ended = false;
    for (size_t i = 1; i < GLYPH_CODEPOINTS; i++) {
        ended = ended || glyph->codepoint[i] == 0;
        if (ended) {
            must(glyph->codepoint[i] == 0);
            continue;
        }
        check_codepoint(glyph->codepoint[i]);
        must(codepoint_width(glyph->codepoint[i]) == 0);
    }
}

static void check_line(const struct layout *layout, const struct layout_line *line,
                       const struct layout_options *options, bool *covered)
{
    bool follows_wide = false;
    must(line->width <= options->width && line->start <= line->end);
    must(line->end <= layout->source.size && line->base_level <= 1);
    for (unsigned i = 0; i < line->width; i++) {
        const struct layout_cell *cell = &line->cells[i];
        check_glyph(&cell->glyph, follows_wide);
        follows_wide = cell->glyph.width == 2;
        must(cell->start <= cell->end && cell->end <= layout->source.size);
        must((cell->kind == CELL_ELLIPSIS) == (cell->start == cell->end));
        for (size_t byte = cell->start; byte < cell->end; byte++)
            covered[byte] = true;
    }
    must(!follows_wide);
}

/* What may be missing on the screen: separators, and blanks that hang. */
static void check_covered(const struct layout *layout, const struct layout_options *options,
                          const bool *covered)
{
    struct str s = layout->source;
    size_t end = options->one_line ? layout->lines[0].end : s.size;
    for (size_t at = 0, size; at < end; at += size) {
        uint32_t codepoint;
        size = utf8_decode(s, at, &codepoint);
        enum shown kind = clean_kind(codepoint);
        if (kind == SHOWN_NEWLINE || kind == SHOWN_BLANK || kind == SHOWN_TAB)
            continue;
        for (size_t byte = at; byte < at + size; byte++)
            must(covered[byte]);
    }
}

static void check_carets(const struct layout *layout)
{
    struct str s = layout->source;
    size_t checked = 0;
    for (size_t at = 0; at <= s.size && checked < CARETS_CHECKED; checked++) {
        struct caret caret = layout_caret(layout, at);
        must(caret.line < layout->line_count);
        must(caret.column >= -1 && caret.column <= (int)layout->lines[caret.line].width);
        size_t back = layout_offset_at(layout, caret.line, caret.column);
        must(back <= s.size && cluster_start(s, back) == back);
        for (int step = -1; step <= 1; step += 2) {
            size_t next = layout_step(layout, at, step);
            must(next <= s.size);
        }
        at = at < s.size ? cluster_next(s, at) : s.size + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < OPTION_BYTES)
        return 0;
    struct layout_options options = options_of(data);
    struct str text = {(const char *)data + OPTION_BYTES, size - OPTION_BYTES};
    struct arena arena = {0};
    struct layout layout;
    layout_make(&arena, text, &options, &layout);
    bool *covered = arena_new(&arena, text.size, sizeof *covered);
    must(layout.line_count >= 1 && (!options.one_line || layout.line_count == 1));
    for (size_t i = 0; i < layout.line_count; i++)
        check_line(&layout, &layout.lines[i], &options, covered);
    check_covered(&layout, &options, covered);
    check_carets(&layout);
    must(layout_columns(text, options.width) <= options.width);
    arena_free(&arena);
    return 0;
}
