/* Whole rows are handed to curses, which compares them with what is on the screen: a frame without
 * change sends nothing, a changed cell a few bytes. */
#include "term/terminal_paint.h"

#include "base/memory.h"

#include <curses.h>
#include <stdlib.h>
#include <uninorm.h>
#include <wchar.h>

enum {
    REPLACEMENT = 0xfffd, /* for what the C library gives another width than we do */
    PRESENTATION_A_FIRST = 0xfb50,
    PRESENTATION_A_LAST = 0xfdff,
    PRESENTATION_B_FIRST = 0xfe70,
    PRESENTATION_B_LAST = 0xfefe, /* U+FEFF is no letter */
    LAM_ALEF_FIRST = 0xfef5,      /* isolated and final forms take turns */
    LAM_ALEF_LAST = 0xfefc,
};

_Static_assert(GLYPH_CODEPOINTS <= CCHARW_MAX, "a glyph fits a cell of curses");

uint32_t paint_plain_letter(uint32_t codepoint)
{
    if (codepoint >= LAM_ALEF_FIRST && codepoint <= LAM_ALEF_LAST)
        return codepoint - (codepoint - LAM_ALEF_FIRST) % 2;
    bool form = (codepoint >= PRESENTATION_A_FIRST && codepoint <= PRESENTATION_A_LAST) ||
                (codepoint >= PRESENTATION_B_FIRST && codepoint <= PRESENTATION_B_LAST);
    if (!form)
        return codepoint;
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;
    return uc_decomposition(codepoint, &tag, parts) == 1 ? parts[0] : codepoint;
}

/* One glyph as curses wants it. Where the C library's width differs from ours, curses would lose
 * count of the columns: the cell then shows U+FFFD. */
static cchar_t curses_cell(const struct cell *cell, enum wire_mode wire, enum palette palette)
{
    wchar_t text[CCHARW_MAX + 1] = {0};
    int size = 0;
    for (int i = 0; i < GLYPH_CODEPOINTS && cell->glyph.codepoint[i]; i++) {
        uint32_t codepoint = cell->glyph.codepoint[i];
        bool plain = wire == WIRE_PLAIN && !(cell->style & STYLE_SAMPLE);
        wchar_t letter = (wchar_t)(plain ? paint_plain_letter(codepoint) : codepoint);
        if (i == 0 || wcwidth(letter) == 0)
            text[size++] = letter;
    }
    if (wcwidth(text[0]) != cell->glyph.width) {
        text[0] = REPLACEMENT;
        text[1] = L'\0';
    }
    struct look look = look_of(palette, cell->style);
    cchar_t wide;
    setcchar(&wide, text, look.attributes, look.pair, NULL);
    return wide;
}

/* Fills wide with the cells of one row; a glyph of two columns is one of them. A wide glyph that
 * curses would not count as wide leaves a blank beside its replacement. Returns how many. */
static int curses_row(const struct cell *row, int width, enum wire_mode wire, enum palette palette,
                      cchar_t *wide)
{
    static const struct cell blank = {{.codepoint = {' '}, .width = 1}, 0};
    int count = 0;
    for (int x = 0; x < width; x++) {
        bool cut = row[x].glyph.width == 2 && x + 1 == width;
        if (row[x].glyph.width == 0) {
            bool shown = x > 0 && wcwidth((wchar_t)row[x - 1].glyph.codepoint[0]) == 2;
            if (shown)
                continue;
        }
        bool empty = cut || row[x].glyph.width == 0;
        struct cell cell = empty ? blank : row[x];
        cell.style = row[x].style;
        wide[count++] = curses_cell(&cell, wire, palette);
    }
    return count;
}

static void paint_caret(const struct canvas *canvas, const struct wire_frame *frame, int width,
                        int height, bool *shown)
{
    bool wanted = canvas->caret_x >= 0 && canvas->caret_x < width && canvas->caret_y >= 0 &&
                  canvas->caret_y < height;
    /* A hidden cursor may stay where the last change left it, which saves a movement. */
    leaveok(stdscr, !wanted);
    if (wanted)
        move(canvas->caret_y,
             frame ? wire_frame_x(frame, canvas->caret_y, canvas->caret_x) : canvas->caret_x);
    if (wanted != *shown)
        curs_set(wanted ? 1 : 0);
    *shown = wanted;
}

/* Erases the rows that must be sent whole; curses then sends all of them. */
static void erase_whole_rows(const struct wire_frame *frame, int height)
{
    bool any = false;
    for (int y = 0; y < height; y++) {
        if (!wire_frame_whole(frame, y))
            continue;
        move(y, 0);
        clrtoeol();
        wredrawln(stdscr, y, 1);
        any = true;
    }
    if (any)
        refresh();
}

void paint_canvas(const struct canvas *canvas, enum wire_mode wire, const struct wire_frame *frame,
                  enum palette palette, bool *caret_shown)
{
    int width = canvas->width < COLS ? canvas->width : COLS;
    int height = canvas->height < LINES ? canvas->height : LINES;
    cchar_t *row = memory_new((size_t)width, sizeof *row);
    if (wire != WIRE_IMPLICIT)
        frame = NULL;
    if (frame)
        erase_whole_rows(frame, height);
    for (int y = 0; y < height; y++) {
        const struct cell *cells =
            frame ? wire_frame_cells(frame, y) : &canvas->cells[(size_t)y * (size_t)canvas->width];
        int count = curses_row(cells, width, wire, palette, row);
        mvadd_wchnstr(y, 0, row, count);
    }
    free(row);
    paint_caret(canvas, frame, width, height, caret_shown);
    refresh();
}
