/* What stands on the emulator's screen, as text, and where a text stands there. */
#ifndef SCREENS_SCREEN_TEXT_H
#define SCREENS_SCREEN_TEXT_H

#include "base/arena.h"
#include "base/str.h"

#include "term/wire.h"

#include <stdbool.h>
#include <vterm.h>

/* A screen as the eye sees it. */
struct screen_view {
    const VTermScreen *screen;
    int width;
    const struct wire_profile *profile; /* the terminal reorders rows so; NULL: it does not */
};

/* The cell at a place, and the column the terminal has it in; false outside. */
bool screen_cell(const struct screen_view *view, int row, int column, VTermScreenCell *cell);
int screen_wire_column(const struct screen_view *view, int row, int column);

/* A row of cells from left to right, as text. */
struct screen_row {
    struct str text;
    const int *columns; /* the column of each byte */
};

enum screen_form {
    SCREEN_RAW,   /* the code points of the cells */
    SCREEN_PLAIN, /* joined Arabic letters as their plain ones, still from left to right */
};

/* One row of the screen, from 0, without the blanks at its end. In arena. */
struct screen_row screen_row(const struct screen_view *view, int row, int width,
                             enum screen_form form, struct arena *arena);

/* The whole screen, raw, a line for each row. In arena. */
struct str screen_text(const struct screen_view *view, int width, int height, struct arena *arena);

/* Where a text in logical order and plain letters stands on a row: as a left-to-right or a
 * right-to-left paragraph or by its own direction would show it. Returns the leftmost column or -1;
 * *end receives the column behind. */
int screen_find(const struct screen_view *view, int row, int width, struct str text, int *end,
                struct arena *arena);

/* The same for the exact cells. */
int screen_find_raw(const struct screen_view *view, int row, int width, struct str text, int *end,
                    struct arena *arena);

/* The same for a file that anybody may compare with: who runs the test is LOGIN in every row, whose
 * blanks are cut then, since names differ in length. */
struct str screen_frame(const struct screen_view *view, int width, int height, struct arena *arena);

#endif
