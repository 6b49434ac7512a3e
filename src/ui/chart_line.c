/* Lines of dots: each cell of a plot is two dots wide and four tall (Unicode's Braille Patterns). */
#include "ui/chart.h"

#include "ui/figure_words.h"

#include <stdlib.h>

enum {
    DOTS_ACROSS = 2,
    DOTS_DOWN = 4,
    BRAILLE = 0x2800,
    SIGN_AXIS = 0x2502,
    SIGN_AXIS_MARK = 0x2524,
    NUMBER_COLUMNS_MOST = 16,
};

/* A grid of cells, eight dots each, in reading order; 0: no dot. */
struct plot {
    int width, height; /* cells */
    unsigned char *cells;
    unsigned char *series; /* whose line came to a cell first, from 1 */
    bool mirrored;
};

/* The bit of a dot in its cell (The Unicode Standard, section 21.1, Braille). */
static unsigned char dot_bit(int across, int down)
{
    static const unsigned char bits[DOTS_ACROSS][DOTS_DOWN] = {{0x01, 0x02, 0x04, 0x40},
                                                               {0x08, 0x10, 0x20, 0x80}};
    return bits[across][down];
}

static void put_dot(struct plot *plot, int x, int y, size_t series)
{
    int column = x / DOTS_ACROSS, row = y / DOTS_DOWN, across = x % DOTS_ACROSS;
    if (x < 0 || y < 0 || column >= plot->width || row >= plot->height)
        return;
    int at = row * plot->width + column;
    if (plot->mirrored)
        across = DOTS_ACROSS - 1 - across;
    plot->cells[at] |= dot_bit(across, y % DOTS_DOWN);
    if (plot->series[at] == 0)
        plot->series[at] = (unsigned char)(series + 1);
}

/* A straight line of dots (Bresenham); of the second series every other dot, of the third one in
 * three, counted along the way so far. */
static void put_line(struct plot *plot, int x, int y, int to_x, int to_y, size_t series, int *way)
{
    int across = abs(to_x - x), down = -abs(to_y - y), error = across + down;
    int step_x = x < to_x ? 1 : -1, step_y = y < to_y ? 1 : -1;
    for (;;) {
        if (*way % (int)(series + 1) == 0)
            put_dot(plot, x, y, series);
        if (x == to_x && y == to_y)
            return;
        ++*way;
        int twice = 2 * error;
        if (twice >= down) {
            error += down;
            x += step_x;
        }
        if (twice <= across) {
            error += across;
            y += step_y;
        }
    }
}

static int dot_of(int64_t value, int64_t top, int dots)
{
    double part = (double)value / (double)top;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return dots - 1 - (int)(part * (dots - 1) + 0.5);
}

static void put_series(struct plot *plot, const struct chart *chart, size_t series, int64_t top)
{
    const int64_t *values = chart->series[series].values;
    int across = plot->width * DOTS_ACROSS, down = plot->height * DOTS_DOWN, way = 0;
    int last_x = 0, last_y = 0;
    for (size_t i = 0; i < chart->count; i++) {
        int x = DOTS_ACROSS * chart_column_of(i, chart->count, plot->width);
        int y = dot_of(values[i], top, down);
        if (i == 0)
            put_dot(plot, x, y, series);
        else
            put_line(plot, last_x, last_y, x < across ? x : across - 1, y, series, &way);
        last_x = x;
        last_y = y;
    }
}

static void draw_plot(struct canvas *canvas, struct box box, const struct plot *plot)
{
    static const unsigned styles[FIGURE_SERIES] = {STYLE_CHART, STYLE_CHART_SECOND, STYLE_DIM};
    for (int at = 0; at < plot->width * plot->height; at++) {
        if (plot->cells[at])
            canvas_sign(canvas, box.column + at % plot->width, box.row + at / plot->width,
                        styles[plot->series[at] - 1], BRAILLE + (uint32_t)plot->cells[at]);
    }
}

/* What each kind of line means, on one row. */
static void draw_legend(struct canvas *canvas, struct box row, const struct chart *chart)
{
    static const uint32_t samples[FIGURE_SERIES] = {0x2812, 0x2802, 0x2810};
    static const unsigned styles[FIGURE_SERIES] = {STYLE_CHART, STYLE_CHART_SECOND, STYLE_DIM};
    enum { SAMPLE = 3 };
    for (size_t i = 0; i < chart->series_count; i++) {
        for (int j = 0; j < SAMPLE; j++)
            canvas_sign(canvas, row.column + j, row.row, styles[i], samples[i]);
        row.column += SAMPLE + 1;
        row.width -= SAMPLE + 1;
        int used = canvas_text(canvas, row, ALIGN_START, STYLE_NORMAL, chart->series[i].name) + 3;
        row.column += used;
        row.width -= used;
    }
}

static void draw_scale(struct canvas *canvas, struct box box, enum figure_kind kind, int64_t top)
{
    struct arena *arena = &canvas->arena;
    int axis = box.column + box.width - 1, middle = (box.height - 1) / 2;
    struct box number = {box.column, box.row, box.width - 1, 1};
    for (int row = 0; row < box.height; row++)
        canvas_sign(canvas, axis, box.row + row, STYLE_DIM,
                    row == 0 || row == box.height - 1 ? SIGN_AXIS_MARK : SIGN_AXIS);
    canvas_text(canvas, number, ALIGN_END, STYLE_DIM, figure_words_short(kind, top, arena));
    number.row = box.row + box.height - 1;
    canvas_text(canvas, number, ALIGN_END, STYLE_DIM, figure_words_short(kind, 0, arena));
    /* The middle is named where it is a row and a round number. */
    if (box.height < 5 || box.height % 2 == 0 || top % 2 != 0)
        return;
    number.row = box.row + middle;
    canvas_sign(canvas, axis, number.row, STYLE_DIM, SIGN_AXIS_MARK);
    canvas_text(canvas, number, ALIGN_END, STYLE_DIM, figure_words_short(kind, top / 2, arena));
}

void chart_line(struct canvas *canvas, struct box box, const struct chart *chart)
{
    enum figure_kind kind = chart->series[0].kind;
    int64_t top = chart_top(kind, chart_most(chart));
    struct str number = figure_words_short(kind, top, &canvas->arena);
    int margin = (int)layout_columns(number, NUMBER_COLUMNS_MOST) + 1;
    struct plot plot = {box.width - margin, box.height - 2, NULL, NULL, canvas->mirrored};
    if (plot.width < 1 || plot.height < 1)
        return;
    size_t cells = (size_t)plot.width * (size_t)plot.height;
    plot.cells = arena_new(&canvas->arena, cells, 1);
    plot.series = arena_new(&canvas->arena, cells, 1);
    for (size_t i = 0; i < chart->series_count; i++)
        put_series(&plot, chart, i, top);
    struct box place = {box.column + margin, box.row + 1, plot.width, plot.height};
    draw_legend(canvas, (struct box){place.column, box.row, place.width, 1}, chart);
    draw_scale(canvas, (struct box){box.column, place.row, margin, place.height}, kind, top);
    draw_plot(canvas, place, &plot);
    chart_axis(canvas, (struct box){place.column, place.row + place.height, place.width, 1}, chart);
}
