/* Charts of block and braille characters, with axes and numbers. They read without colour: several
 * series stand in panels of their own, or are drawn in other dots; and a mirrored canvas mirrors
 * them, so that time runs the way one reads. */
#ifndef UI_CHART_H
#define UI_CHART_H

#include "store/figures.h"
#include "term/canvas.h"

struct chart_series {
    struct str name; /* translated */
    const int64_t *values;
    enum figure_kind kind; /* how its numbers are written */
};

struct chart {
    size_t count;      /* points of each series */
    const int64_t *at; /* of columns and lines: where each point stands on the axis, ascending */
    enum figure_kind at_kind;
    const struct str *labels; /* of bars: one for each */
    const struct chart_series *series;
    size_t series_count;
};

enum {
    CHART_ROWS_LEAST = 3, /* of one panel of columns, and of a line, without the axis below */
};

/* Upright columns, one panel for each series, all on one scale; below them the axis. */
void chart_columns(struct canvas *canvas, struct box box, const struct chart *chart);

/* Lines of dots, all on one scale; below them the axis, above them what the lines mean. */
void chart_line(struct canvas *canvas, struct box box, const struct chart *chart);

/* A lying bar for each point, as many as box has rows: label, bar of the first series, numbers of
 * all. */
void chart_bars(struct canvas *canvas, struct box box, const struct chart *chart);

/* --- shared by the kinds of charts --- */

/* A round number of at least most, and at least 1, where an axis may end. */
int64_t chart_top(enum figure_kind kind, int64_t most);
/* The highest value of all series; 0 when there is none. */
int64_t chart_most(const struct chart *chart);

/* Draws the axis of box's first row below a plot of so many columns that begins at box's column:
 * the numbers of the points, as many as find room. */
void chart_axis(struct canvas *canvas, struct box box, const struct chart *chart);

/* The column, from the plot's beginning, on which point i of count stands in a plot so wide. */
int chart_column_of(size_t i, size_t count, int width);

#endif
