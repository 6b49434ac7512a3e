/* Reading the screen back.
 *
 * A test names Arabic text as one writes it, in logical order and plain letters; the screen holds
 * visual order and joined forms. The expected text is laid out by the program's own layout without
 * joining, the screen's cells are undone to plain letters, and both are compared from left to
 * right. So a test does not depend on what stands beside a word. Whether the order itself is right
 * is for the conformance tests, and for see-raw. */
#include "screens/screen_text.h"

#include "base/buffer.h"
#include "text/layout.h"
#include "text/utf8.h"
#include "unit/wire_terminal.h"

#include <ctype.h>
#include <pwd.h>
#include <string.h>
#include <uninorm.h>
#include <unistd.h>

enum {
    ARABIC_FORMS_FIRST = 0xfb50, /* Arabic Presentation Forms-A and -B */
    ARABIC_FORMS_LAST = 0xfefc,
    WIDE_SECOND_HALF = -1, /* libvterm's mark in the second column of a wide glyph */
};

/* --- the screen ------------------------------------------------------------------------------- */

/* A row as a terminal that reorders shows it. */
struct seen_row {
    struct picture picture;       /* from left to right; empty where nothing is reordered */
    size_t places[WIRE_ROW_MOST]; /* of each column, where the terminal has its cell */
};

static bool is_hidden(const VTermScreenCell *cell)
{
    return VTERM_COLOR_IS_INDEXED(&cell->fg) && VTERM_COLOR_IS_INDEXED(&cell->bg) &&
           cell->fg.indexed.idx == cell->bg.indexed.idx && !cell->attrs.underline;
}

static struct cell wire_cell(const VTermScreenCell *cell)
{
    struct cell wire = {.glyph = {.codepoint = {cell->chars[0] ? cell->chars[0] : ' '},
                                  .width = (uint8_t)cell->width},
                        .style = is_hidden(cell) ? WIRE_STYLE_HIDDEN : 0};
    if (cell->chars[0] == (uint32_t)WIDE_SECOND_HALF)
        wire.glyph = (struct glyph){.width = 0};
    return wire;
}

static void see_row(const struct screen_view *view, int row, struct seen_row *seen)
{
    struct cell wire[WIRE_ROW_MOST];
    bool whole = view->profile && view->width <= WIRE_ROW_MOST;
    seen->picture.width = 0;
    for (int column = 0; whole && column < view->width; column++) {
        VTermScreenCell cell;
        whole = vterm_screen_get_cell(view->screen, (VTermPos){row, column}, &cell);
        wire[column] = wire_cell(&cell);
    }
    if (whole)
        seen->picture =
            terminal_shows(view->profile, wire, (size_t)view->width, true, seen->places);
}

/* The cell seen in a column. */
static bool seen_cell(const struct screen_view *view, const struct seen_row *seen, int row,
                      int column, VTermScreenCell *cell)
{
    bool turned = column >= 0 && (size_t)column < seen->picture.width;
    VTermPos place = {row, turned ? (int)seen->places[column] : column};
    memset(cell, 0, sizeof *cell); /* only as many characters as there are are filled */
    if (!vterm_screen_get_cell(view->screen, place, cell))
        return false;
    if (turned && cell->chars[0] != (uint32_t)WIDE_SECOND_HALF)
        cell->chars[0] = seen->picture.cells[column].glyph.codepoint[0];
    return true;
}

bool screen_cell(const struct screen_view *view, int row, int column, VTermScreenCell *cell)
{
    struct seen_row seen;
    see_row(view, row, &seen);
    return seen_cell(view, &seen, row, column, cell);
}

int screen_wire_column(const struct screen_view *view, int row, int column)
{
    struct seen_row seen;
    see_row(view, row, &seen);
    bool turned = column >= 0 && (size_t)column < seen.picture.width;
    return turned ? (int)seen.places[column] : column;
}

/* A row while it grows. */
struct growing_row {
    struct buffer text;
    struct buffer columns; /* an int for each byte of text */
};

static void add_codepoint(struct growing_row *row, uint32_t codepoint, int column)
{
    size_t before = row->text.size;
    utf8_add(&row->text, codepoint);
    for (size_t i = before; i < row->text.size; i++)
        buffer_add(&row->columns, (struct str){(const char *)&column, sizeof column});
}

/* Adds the plain letters of a joined form. A ligature's letters come in logical order, and stand
 * the other way round where the text runs from right to left. */
static void add_plain(struct growing_row *row, uint32_t codepoint, int column)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag, count = -1;
    if (codepoint >= ARABIC_FORMS_FIRST && codepoint <= ARABIC_FORMS_LAST)
        count = uc_decomposition(codepoint, &tag, parts);
    if (count < 1)
        add_codepoint(row, codepoint, column);
    for (int i = count - 1; i >= 0; i--)
        add_codepoint(row, parts[i], column);
}

struct screen_row screen_row(const struct screen_view *view, int row, int width,
                             enum screen_form form, struct arena *arena)
{
    struct growing_row growing = {0};
    struct seen_row seen;
    see_row(view, row, &seen);
    for (int column = 0; column < width; column++) {
        VTermScreenCell cell;
        if (!seen_cell(view, &seen, row, column, &cell) ||
            cell.chars[0] == (uint32_t)WIDE_SECOND_HALF)
            continue;
        if (cell.chars[0] == 0)
            add_codepoint(&growing, ' ', column);
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) {
            if (form == SCREEN_PLAIN)
                add_plain(&growing, cell.chars[i], column);
            else
                add_codepoint(&growing, cell.chars[i], column);
        }
    }
    struct str text = arena_copy(arena, buffer_str(&growing.text));
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    const void *columns = arena_copy(arena, buffer_str(&growing.columns)).data;
    buffer_free(&growing.text);
    buffer_free(&growing.columns);
    return (struct screen_row){text, columns};
}

struct str screen_text(const struct screen_view *view, int width, int height, struct arena *arena)
{
    struct buffer text = {0};
    for (int row = 0; row < height; row++) {
        buffer_add(&text, screen_row(view, row, width, SCREEN_RAW, arena).text);
        buffer_add_byte(&text, '\n');
    }
    struct str copy = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return copy;
}

/* --- finding ---------------------------------------------------------------------------------- */

static int find_in_row(const struct screen_row *row, struct str text, int *end)
{
    const char *found = text.size > 0 && row->text.size > 0
                            ? memmem(row->text.data, row->text.size, text.data, text.size)
                            : NULL;
    if (!found)
        return -1;
    size_t at = (size_t)(found - row->text.data);
    *end = row->columns[at + text.size - 1] + 1;
    return row->columns[at];
}

/* The cells that text takes in a paragraph of this direction, from left to right, unjoined. */
static struct str visual_form(struct str text, enum direction direction, struct arena *arena)
{
    enum { COLUMNS_MOST = 1000 };
    struct layout_options options = {
        .width = COLUMNS_MOST, .direction = direction, .one_line = true, .unshaped = true};
    struct layout layout;
    struct buffer visual = {0};
    layout_make(arena, text, &options, &layout);
    for (unsigned i = 0; i < layout.lines[0].width; i++) {
        const struct glyph *glyph = &layout.lines[0].cells[i].glyph;
        for (int j = 0; glyph->width > 0 && j < GLYPH_CODEPOINTS && glyph->codepoint[j]; j++)
            utf8_add(&visual, glyph->codepoint[j]);
    }
    struct str copy = arena_copy(arena, buffer_str(&visual));
    buffer_free(&visual);
    return copy;
}

int screen_find(const struct screen_view *view, int row, int width, struct str text, int *end,
                struct arena *arena)
{
    static const enum direction directions[] = {DIRECTION_AUTO, DIRECTION_LTR, DIRECTION_RTL};
    struct screen_row cells = screen_row(view, row, width, SCREEN_PLAIN, arena);
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++) {
        int column = find_in_row(&cells, visual_form(text, directions[i], arena), end);
        if (column >= 0)
            return column;
    }
    return -1;
}

int screen_find_raw(const struct screen_view *view, int row, int width, struct str text, int *end,
                    struct arena *arena)
{
    struct screen_row cells = screen_row(view, row, width, SCREEN_RAW, arena);
    return find_in_row(&cells, text, end);
}

/* Copies a row with every run of more than FRAME_BLANKS blanks cut to so many. */
static void add_narrowed(struct buffer *out, struct str row)
{
    enum { FRAME_BLANKS = 3 };
    size_t run = 0;
    for (size_t i = 0; i < row.size; i++) {
        run = row.data[i] == ' ' ? run + 1 : 0;
        if (run <= FRAME_BLANKS)
            buffer_add_byte(out, row.data[i]);
    }
}

static bool is_of_word(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || byte == '-' || byte == '.';
}

/* Where name stands as a word of its own in a row; the row's size when it does not. */
static size_t find_word(struct str row, struct str name)
{
    for (size_t at = 0; at + name.size <= row.size; at++) {
        bool starts = at == 0 || !is_of_word(row.data[at - 1]);
        bool ends = at + name.size == row.size || !is_of_word(row.data[at + name.size]);
        if (starts && ends && str_starts(str_part(row, at, row.size - at), name))
            return at;
    }
    return row.size;
}

struct str screen_frame(const struct screen_view *view, int width, int height, struct arena *arena)
{
    struct str text = screen_text(view, width, height, arena);
    const struct passwd *person = getpwuid(getuid());
    struct buffer frame = {0}, row = {0};
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        end =
            (size_t)((const char *)memchr(text.data + start, '\n', text.size - start) - text.data);
        struct str line = str_part(text, start, end - start);
        struct str name = person ? str_of(person->pw_name) : line;
        size_t at = person ? find_word(line, name) : line.size;
        if (at < line.size) {
            buffer_clear(&row);
            buffer_add(&row, str_part(line, 0, at));
            buffer_add(&row, str_of("LOGIN"));
            buffer_add(&row, str_part(line, at + name.size, line.size - at - name.size));
            add_narrowed(&frame, buffer_str(&row));
        } else {
            buffer_add(&frame, line);
        }
        buffer_add_byte(&frame, '\n');
    }
    struct str copy = arena_copy(arena, buffer_str(&frame));
    buffer_free(&row);
    buffer_free(&frame);
    return copy;
}
