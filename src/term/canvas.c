/* The canvas's cells: boxes, fills, rules, bars and laid-out text.
 *
 * Everything is drawn through cell_put(), which alone knows how wide glyphs share two cells, and
 * every reading column becomes a physical one in canvas_x() or box_cut(): mirroring for Arabic is
 * there and nowhere else. */
#include "term/canvas.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "text/bidi.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    EIGHTHS = 8,             /* of a cell, which block characters can fill */
    LAYOUT_LEAST_COLUMNS = 2 /* what layout_make() asks for at least */
};

/* Unicode's Box Drawing and Block Elements (U+2500, U+2580). */
enum {
    LINE_HORIZONTAL = 0x2500,
    LINE_VERTICAL = 0x2502,
    BLOCK_LOWER_EIGHTH = 0x2581, /* one to eight eighths, from below, follow each other */
    BLOCK_FULL = 0x2588,
    BLOCK_LEFT_EIGHTH = 0x258f, /* eight to one eighths, from the left, follow each other */
    BLOCK_RIGHT_HALF = 0x2590,
    BLOCK_RIGHT_EIGHTH = 0x2595, /* there are no other right blocks */
};

/* A box in physical cells, inside the canvas. */
struct area {
    int left, top, right, bottom; /* right and bottom lie one behind */
};

static const struct glyph blank = {.codepoint = {' '}, .width = 1};

/* Signs that point somewhere and are no brackets, so that Unicode's mirroring leaves them alone. */
static const uint32_t turned[][2] = {
    {0x2190, 0x2192}, /* ← → */
    {0x21a9, 0x21aa}, /* ↩ ↪ */
    {0x21d0, 0x21d2}, /* ⇐ ⇒ */
    {0x250c, 0x2510}, /* ┌ ┐ */
    {0x2514, 0x2518}, /* └ ┘ */
    {0x251c, 0x2524}, /* ├ ┤ */
    {0x256d, 0x256e}, /* ╭ ╮ */
    {0x2570, 0x256f}, /* ╰ ╯ */
    {0x258c, 0x2590}, /* ▌ ▐ */
    {0x258f, 0x2595}, /* ▏ ▕ */
    {0x25b6, 0x25c0}, /* ▶ ◀ */
    {0x25b7, 0x25c1}, /* ▷ ◁ */
    {0x25b8, 0x25c2}, /* ▸ ◂ */
    {0x25ba, 0x25c4}, /* ► ◄ */
};

/* --- making and emptying --------------------------------------------------------------------- */

void canvas_init(struct canvas *canvas, int width, int height)
{
    *canvas = (struct canvas){0};
    canvas_resize(canvas, width, height);
}

void canvas_resize(struct canvas *canvas, int width, int height)
{
    canvas->width = width > 0 ? width : 0;
    canvas->height = height > 0 ? height : 0;
    free(canvas->cells);
    canvas->cells =
        memory_new((size_t)canvas->width * (size_t)canvas->height, sizeof *canvas->cells);
    canvas_clear(canvas);
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->cells);
    arena_free(&canvas->arena);
    *canvas = (struct canvas){0};
}

void canvas_clear(struct canvas *canvas)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    for (size_t i = 0; i < count; i++)
        canvas->cells[i] = (struct cell){blank, STYLE_NORMAL};
    canvas->caret_x = canvas->caret_y = -1;
    arena_reset(&canvas->arena);
}

/* --- cells ------------------------------------------------------------------------------------ */

static struct cell *cell_at(const struct canvas *canvas, int x, int y)
{
    return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

/* Makes the other half of a wide glyph that reaches into column x a blank. */
static void cell_release(struct canvas *canvas, int x, int y)
{
    struct cell *cell = cell_at(canvas, x, y);
    if (cell->glyph.width == 0 && x > 0)
        cell_at(canvas, x - 1, y)->glyph = blank;
    if (cell->glyph.width == 2 && x + 1 < canvas->width)
        cell_at(canvas, x + 1, y)->glyph = blank;
    cell->glyph = blank;
}

/* Puts a glyph on column x of row y, which must lie in area; a wide one that does not fit there
 * leaves a blank, and its second column (width 0) is put together with its first. */
static void cell_put(struct canvas *canvas, const struct area *area, int x, int y,
                     const struct glyph *glyph, unsigned style)
{
    if (glyph->width == 0)
        return;
    bool wide = glyph->width == 2;
    bool fits = !wide || x + 1 < area->right;
    cell_release(canvas, x, y);
    *cell_at(canvas, x, y) = (struct cell){fits ? *glyph : blank, (uint16_t)style};
    if (wide && fits) {
        cell_release(canvas, x + 1, y);
        cell_at(canvas, x, y)->glyph = *glyph;
        *cell_at(canvas, x + 1, y) = (struct cell){{.width = 0}, (uint16_t)style};
    }
}

static void cell_put_codepoint(struct canvas *canvas, const struct area *area, int x, int y,
                               uint32_t codepoint, unsigned style)
{
    const struct glyph glyph = {.codepoint = {codepoint}, .width = 1};
    cell_put(canvas, area, x, y, &glyph, style);
}

/* --- boxes ------------------------------------------------------------------------------------ */

int canvas_x(const struct canvas *canvas, int column)
{
    return canvas->mirrored ? canvas->width - 1 - column : column;
}

/* Cuts the stretch [from, from + size) to [0, most); the sums cannot overflow. */
static void stretch_cut(int from, int size, int most, int *start, int *end)
{
    int64_t last = (int64_t)from + (size > 0 ? size : 0);
    *start = from < 0 ? 0 : from < most ? from : most;
    *end = last < *start ? *start : last < most ? (int)last : most;
}

static struct area box_cut(const struct canvas *canvas, struct box box)
{
    struct area area;
    int start, end;
    stretch_cut(box.row, box.height, canvas->height, &area.top, &area.bottom);
    stretch_cut(box.column, box.width, canvas->width, &start, &end);
    area.left = canvas->mirrored ? canvas->width - end : start;
    area.right = canvas->mirrored ? canvas->width - start : end;
    return area;
}

static bool area_empty(const struct area *area)
{
    return area->left >= area->right || area->top >= area->bottom;
}

void canvas_fill(struct canvas *canvas, struct box box, unsigned style)
{
    struct area area = box_cut(canvas, box);
    for (int y = area.top; y < area.bottom; y++) {
        for (int x = area.left; x < area.right; x++)
            cell_put(canvas, &area, x, y, &blank, style);
    }
}

void canvas_add_style(struct canvas *canvas, struct box box, unsigned flags)
{
    struct area area = box_cut(canvas, box);
    for (int y = area.top; y < area.bottom; y++) {
        for (int x = area.left; x < area.right; x++)
            cell_at(canvas, x, y)->style |= (uint16_t)(flags & ~(unsigned)STYLE_ROLE_MASK);
    }
}

/* --- text ------------------------------------------------------------------------------------- */

/* The physical column of a line's leftmost cell. A line wider than the area keeps the end where
 * its reading begins. */
static int line_left(const struct canvas *canvas, const struct area *area, enum align align,
                     const struct layout_line *line)
{
    int room = area->right - area->left - (int)line->width;
    bool right = canvas->mirrored;
    if (align == ALIGN_END)
        right = !right;
    if (align == ALIGN_OWN || room < 0)
        right = line->base_level % 2 == 1;
    if (align == ALIGN_CENTER && room >= 0)
        return area->left + room / 2;
    return right ? area->left + room : area->left;
}

/* Gives the cells that show bytes of a span its style. */
static void span_apply(const struct span *span, const struct layout_line *line, uint16_t *styles)
{
    if (span->end <= line->start || span->start >= line->end)
        return;
    unsigned flags = span->style & ~(unsigned)STYLE_ROLE_MASK;
    for (unsigned i = 0; i < line->width; i++) {
        const struct layout_cell *cell = &line->cells[i];
        if (cell->start >= cell->end || cell->start >= span->end || cell->end <= span->start)
            continue;
        if (flags)
            styles[i] |= (uint16_t)flags;
        else
            styles[i] = (uint16_t)((styles[i] & ~STYLE_ROLE_MASK) | span->style);
    }
}

static const uint16_t *line_styles(struct canvas *canvas, const struct layout_line *line,
                                   unsigned style, const struct span *spans, size_t span_count)
{
    uint16_t *styles = arena_new(&canvas->arena, line->width, sizeof *styles);
    for (unsigned i = 0; i < line->width; i++) {
        unsigned flags = style & ~(unsigned)STYLE_ROLE_MASK;
        bool marker = line->cells[i].kind == CELL_MARKER;
        styles[i] = (uint16_t)(marker ? (flags | STYLE_MARKER) : style);
    }
    for (size_t i = 0; i < span_count; i++)
        span_apply(&spans[i], line, styles);
    return styles;
}

void canvas_line(struct canvas *canvas, struct box box, enum align align, unsigned style,
                 const struct layout_line *line, const struct span *spans, size_t span_count)
{
    struct area area = box_cut(canvas, box);
    if (area_empty(&area) || line->width == 0)
        return;
    const uint16_t *styles = line_styles(canvas, line, style, spans, span_count);
    int left = line_left(canvas, &area, align, line);
    for (unsigned i = 0; i < line->width; i++) {
        int x = left + (int)i;
        const struct glyph *glyph = &line->cells[i].glyph;
        if (x < area.left || x >= area.right)
            continue;
        /* The second half of a wide glyph whose first half was cut off. */
        bool half = glyph->width == 0 && x == area.left;
        cell_put(canvas, &area, x, area.top, half ? &blank : glyph, styles[i]);
    }
}

int canvas_line_x(const struct canvas *canvas, struct box box, enum align align,
                  const struct layout_line *line, int column)
{
    struct area area = box_cut(canvas, box);
    return line_left(canvas, &area, align, line) + column;
}

static int text_put(struct canvas *canvas, struct box box, enum align align, unsigned style,
                    struct str text, enum direction direction)
{
    struct area area = box_cut(canvas, box);
    if (area_empty(&area))
        return 0;
    unsigned width = (unsigned)(area.right - area.left);
    struct layout_options options = {
        .width = width < LAYOUT_LEAST_COLUMNS ? LAYOUT_LEAST_COLUMNS : width,
        .direction = direction,
        .neutral = canvas->mirrored ? DIRECTION_RTL : DIRECTION_LTR,
        .one_line = true,
    };
    struct layout layout;
    layout_make(&canvas->arena, text, &options, &layout);
    canvas_line(canvas, box, align, style, &layout.lines[0], NULL, 0);
    return (int)(layout.lines[0].width < width ? layout.lines[0].width : width);
}

int canvas_text(struct canvas *canvas, struct box box, enum align align, unsigned style,
                struct str text)
{
    return text_put(canvas, box, align, style, text, DIRECTION_AUTO);
}

int canvas_literal(struct canvas *canvas, struct box box, enum align align, unsigned style,
                   struct str text)
{
    return text_put(canvas, box, align, style, text, DIRECTION_LTR);
}

int canvas_printf(struct canvas *canvas, struct box box, enum align align, unsigned style,
                  const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct str text = str_of(arena_vprintf(&canvas->arena, format, list));
    va_end(list);
    return text_put(canvas, box, align, style, text,
                    canvas->mirrored ? DIRECTION_RTL : DIRECTION_LTR);
}

/* --- figures ---------------------------------------------------------------------------------- */

void canvas_rule(struct canvas *canvas, struct box box, unsigned style)
{
    struct area area = box_cut(canvas, box);
    bool vertical = box.width == 1 && box.height > 1;
    for (int y = area.top; y < area.bottom; y++) {
        for (int x = area.left; x < area.right; x++)
            cell_put_codepoint(canvas, &area, x, y, vertical ? LINE_VERTICAL : LINE_HORIZONTAL,
                               style);
    }
}

/* The block that fills eighths of a cell (1 to 7) from the reading side. From the right there are
 * an eighth and a half only, and the nearest is taken. */
static uint32_t block_of(bool mirrored, int eighths)
{
    enum { NEARER_HALF = 3, NEARER_FULL = 6 };
    if (!mirrored)
        return (uint32_t)(BLOCK_LEFT_EIGHTH + 1 - eighths);
    if (eighths >= NEARER_FULL)
        return BLOCK_FULL;
    return eighths >= NEARER_HALF ? BLOCK_RIGHT_HALF : BLOCK_RIGHT_EIGHTH;
}

/* value/most of size in whole units, for any values; at least 1 where value is above 0, so that
 * what is there is seen. */
static int share_of(int size, int64_t value, int64_t most)
{
    if (value <= 0 || most <= 0 || size <= 0)
        return 0;
    if (value >= most)
        return size;
    /* Rounded in floating point: value * size could overflow an integer. */
    int share = (int)((double)size * ((double)value / (double)most) + 0.5);
    return share < 1 ? 1 : share > size ? size : share;
}

void canvas_bar(struct canvas *canvas, struct box box, unsigned style, int64_t value, int64_t most)
{
    struct area area = box_cut(canvas, box);
    if (area_empty(&area))
        return;
    int width = area.right - area.left;
    int filled = share_of(width * EIGHTHS, value, most);
    for (int i = 0; i < width && filled > 0; i++, filled -= EIGHTHS) {
        int x = canvas->mirrored ? area.right - 1 - i : area.left + i;
        uint32_t block = filled >= EIGHTHS ? BLOCK_FULL : block_of(canvas->mirrored, filled);
        cell_put_codepoint(canvas, &area, x, area.top, block, style);
    }
}

void canvas_column(struct canvas *canvas, struct box box, unsigned style, int eighths_tall)
{
    struct area area = box_cut(canvas, box);
    for (int y = area.bottom - 1; y >= area.top && eighths_tall > 0; y--) {
        int filled = eighths_tall < EIGHTHS ? eighths_tall : EIGHTHS;
        for (int x = area.left; x < area.right; x++)
            cell_put_codepoint(canvas, &area, x, y, (uint32_t)(BLOCK_LOWER_EIGHTH + filled - 1),
                               style);
        eighths_tall -= filled;
    }
}

static uint32_t sign_turned(uint32_t codepoint)
{
    for (size_t i = 0; i < sizeof turned / sizeof turned[0]; i++) {
        if (codepoint == turned[i][0])
            return turned[i][1];
        if (codepoint == turned[i][1])
            return turned[i][0];
    }
    return bidi_mirrored(codepoint);
}

void canvas_sign(struct canvas *canvas, int column, int row, unsigned style, uint32_t codepoint)
{
    struct area area = box_cut(canvas, (struct box){column, row, 1, 1});
    if (area_empty(&area))
        return;
    cell_put_codepoint(canvas, &area, area.left, area.top,
                       canvas->mirrored ? sign_turned(codepoint) : codepoint, style);
}

void canvas_sample(struct canvas *canvas, int x, int row, const struct cell *cells, size_t count)
{
    if (row < 0 || row >= canvas->height)
        return;
    for (size_t i = 0; i < count; i++) {
        int at = x + (int)i;
        if (at < 0 || at >= canvas->width)
            continue;
        struct cell *cell = &canvas->cells[(size_t)row * (size_t)canvas->width + (size_t)at];
        *cell = cells[i];
        cell->style |= STYLE_SAMPLE;
    }
}

void canvas_caret(struct canvas *canvas, int x, int row)
{
    bool inside = x >= 0 && x < canvas->width && row >= 0 && row < canvas->height;
    canvas->caret_x = inside ? x : -1;
    canvas->caret_y = inside ? row : -1;
}

struct str canvas_row_text(const struct canvas *canvas, int row, struct arena *arena)
{
    if (row < 0 || row >= canvas->height)
        return (struct str){0};
    struct buffer text = {0};
    for (int x = 0; x < canvas->width; x++) {
        const struct glyph *glyph = &cell_at(canvas, x, row)->glyph;
        if (glyph->width == 0)
            continue;
        for (int i = 0; i < GLYPH_CODEPOINTS && glyph->codepoint[i]; i++)
            utf8_add(&text, glyph->codepoint[i]);
    }
    struct str copy = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}
