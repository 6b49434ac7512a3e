/* The canvas: the screen as an array of finished cells in visual order. Screens draw on it in
 * logical order; the terminal puts it on the wire. It knows no terminal.
 *
 * Columns count from the side where reading starts: from the left in English, from the right when
 * the canvas is mirrored for Arabic. A screen is thus written once for both. */
#ifndef TERM_CANVAS_H
#define TERM_CANVAS_H

#include "base/arena.h"
#include "term/style.h"
#include "text/layout.h"

#include <stdbool.h>
#include <stdint.h>

struct cell {
    struct glyph glyph;
    uint16_t style; /* enum style, with flags */
};

struct canvas {
    int width, height;    /* columns and rows */
    bool mirrored;        /* the interface reads from right to left */
    struct cell *cells;   /* height rows of width cells, left to right as the eye sees them */
    struct arena arena;   /* scratch for one frame */
    int caret_x, caret_y; /* physical place of the cursor; -1 when it is hidden */
};

/* A rectangle of a canvas; column counts from the reading side. */
struct box {
    int column, row, width, height;
};

enum align {
    ALIGN_START, /* where reading starts in the interface's language */
    ALIGN_END,
    ALIGN_OWN, /* left for a left-to-right paragraph, right for a right-to-left one */
    ALIGN_CENTER,
};

/* Bytes of a text that get another style, such as what a search found. */
struct span {
    uint32_t start, end;
    uint16_t style; /* flags to add, or a role when flags are 0 in it */
};

/* Makes an empty canvas of blanks; canvas_free() releases its memory. canvas_resize() empties it.
 */
void canvas_init(struct canvas *canvas, int width, int height);
void canvas_resize(struct canvas *canvas, int width, int height);
void canvas_free(struct canvas *canvas);

/* Blanks everything, hides the caret, releases the last frame's scratch memory. */
void canvas_clear(struct canvas *canvas);

/* Blanks box in a style. Boxes are cut to the canvas in every function here. */
void canvas_fill(struct canvas *canvas, struct box box, unsigned style);

/* Adds flags to the style of every cell of box. */
void canvas_add_style(struct canvas *canvas, struct box box, unsigned flags);

/* Draws text on the first row of box, cut with an ellipsis, in the direction of its first strong
 * character, or the interface's where it has none. Returns the columns used. */
int canvas_text(struct canvas *canvas, struct box box, enum align align, unsigned style,
                struct str text);

/* The same for what is typed as it stands, such as a key or a command's name: left to right in
 * either language, since "<" must not become ">". */
int canvas_literal(struct canvas *canvas, struct box box, enum align align, unsigned style,
                   struct str text);

/* The same with printf's format, for words of the interface: their direction is the interface's. */
int canvas_printf(struct canvas *canvas, struct box box, enum align align, unsigned style,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Draws a laid-out line on the first row of box.
 * spans, span_count  parts of the source text in another style; may be NULL and 0 */
void canvas_line(struct canvas *canvas, struct box box, enum align align, unsigned style,
                 const struct layout_line *line, const struct span *spans, size_t span_count);

/* The physical column of a layout column of line when drawn so in box; for the caret and the mouse.
 */
int canvas_line_x(const struct canvas *canvas, struct box box, enum align align,
                  const struct layout_line *line, int column);

/* A horizontal or vertical rule of box lines over the whole box. */
void canvas_rule(struct canvas *canvas, struct box box, unsigned style);

/* A horizontal bar that fills value/most of box's first row, in eighths of a column, growing from
 * the reading side. */
void canvas_bar(struct canvas *canvas, struct box box, unsigned style, int64_t value, int64_t most);

/* A column of height eighths_tall/8 rows growing from the bottom of box; one column of a chart. */
void canvas_column(struct canvas *canvas, struct box box, unsigned style, int eighths_tall);

/* One code point of width 1 at a cell, for signs such as the cursor's mark. In a mirrored canvas
 * brackets and arrows are turned. */
void canvas_sign(struct canvas *canvas, int column, int row, unsigned style, uint32_t codepoint);

/* Puts cells at a physical column of a row as they stand, and has the whole row sent so: the terminal
 * shows what it makes of them. For samples. */
void canvas_sample(struct canvas *canvas, int x, int row, const struct cell *cells, size_t count);

/* Puts the terminal's cursor at a physical column of a row, such as canvas_line_x() gives. */
void canvas_caret(struct canvas *canvas, int x, int row);

/* The physical column of the reading column; it is its own inverse. */
int canvas_x(const struct canvas *canvas, int column);

/* One row as UTF-8 text, trailing blanks and all, in visual order; for tests. In arena. */
struct str canvas_row_text(const struct canvas *canvas, int row, struct arena *arena);

#endif
