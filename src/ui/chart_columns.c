/* Charts of upright columns and of lying bars, in eighths of a cell. */
#include "ui/chart.h"

#include "ui/figure_words.h"

enum {
    EIGHTHS = 8,
    SIGN_AXIS = 0x2502,      /* │ */
    SIGN_AXIS_MARK = 0x2524, /* ┤, turned in a mirrored canvas */
    NAME_COLUMNS_MOST = 16,
};

/* --- Columns --- */

/* Columns before a plot: the longest name of a series, a blank, the longest number, the axis. */
static int margin_of(struct canvas *canvas, const struct chart *chart, int64_t top)
{
    unsigned widest = 0, number;
    for (size_t i = 0; i < chart->series_count; i++) {
        unsigned width = layout_columns(chart->series[i].name, NAME_COLUMNS_MOST);
        widest = width > widest ? width : widest;
    }
    number = layout_columns(figure_words_short(chart->series[0].kind, top, &canvas->arena),
                            NAME_COLUMNS_MOST);
    return (int)(widest + 1 + number + 1);
}

/* The vertical axis before a plot: its end above, zero below, and a word beside its end. */
static void draw_scale(struct canvas *canvas, struct box box, const struct chart_series *series,
                       int64_t top)
{
    struct arena *arena = &canvas->arena;
    int axis = box.column + box.width - 1;
    struct box end = {box.column, box.row, box.width - 1, 1};
    struct box zero = {box.column, box.row + box.height - 1, box.width - 1, 1};
    for (int row = 0; row < box.height; row++)
        canvas_sign(canvas, axis, box.row + row, STYLE_DIM,
                    row == 0 || row == box.height - 1 ? SIGN_AXIS_MARK : SIGN_AXIS);
    struct str number = figure_words_short(series->kind, top, arena);
    canvas_text(canvas, end, ALIGN_END, STYLE_DIM, number);
    end.width -= (int)layout_columns(number, (unsigned)box.width) + 1;
    canvas_text(canvas, end, ALIGN_START, STYLE_STRONG, series->name);
    canvas_text(canvas, zero, ALIGN_END, STYLE_DIM, figure_words_short(series->kind, 0, arena));
}

/* The value of one column of the screen: where points outnumber them, the highest of those that
 * share it. */
static int64_t value_at(const struct chart *chart, const int64_t *values, int column, int width)
{
    int64_t highest = 0;
    for (size_t i = 0; i < chart->count; i++) {
        if (chart_column_of(i, chart->count, width) == column && values[i] > highest)
            highest = values[i];
    }
    return highest;
}

static void draw_panel(struct canvas *canvas, struct box box, const struct chart *chart,
                       const struct chart_series *series, int64_t top, unsigned style)
{
    int each = chart->count > 0 ? box.width / (int)chart->count : 0;
    int wide = each > 1 ? each - 1 : 1, step = each > 0 ? each : 1;
    for (int column = 0; column < box.width; column += step) {
        int64_t value = value_at(chart, series->values, column, box.width);
        double whole = (double)box.height * (double)EIGHTHS;
        int eighths = (int)((double)value / (double)top * whole + 0.5);
        if (value > 0 && eighths == 0)
            eighths = 1;
        canvas_column(canvas, (struct box){box.column + column, box.row, wide, box.height}, style,
                      eighths);
    }
}

void chart_columns(struct canvas *canvas, struct box box, const struct chart *chart)
{
    static const unsigned styles[FIGURE_SERIES] = {STYLE_CHART, STYLE_CHART_SECOND, STYLE_CHART};
    int64_t top = chart_top(chart->series[0].kind, chart_most(chart));
    int margin = margin_of(canvas, chart, top);
    int each = (box.height - 1) / (int)chart->series_count;
    struct box plot = {box.column + margin, box.row, box.width - margin, each};
    for (size_t i = 0; i < chart->series_count; i++) {
        draw_scale(canvas, (struct box){box.column, plot.row, margin, each}, &chart->series[i],
                   top);
        draw_panel(canvas, plot, chart, &chart->series[i], top, styles[i]);
        plot.row += each;
    }
    chart_axis(canvas, (struct box){plot.column, plot.row, plot.width, 1}, chart);
}

/* --- Bars --- */

static int widest_label(const struct chart *chart, int most)
{
    int widest = 0;
    for (size_t i = 0; i < chart->count; i++) {
        int width = (int)layout_columns(chart->labels[i], (unsigned)most);
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

static int widest_number(struct canvas *canvas, const struct chart *chart,
                         const struct chart_series *series)
{
    int widest = 0;
    for (size_t i = 0; i < chart->count; i++) {
        struct str words = figure_words_short(series->kind, series->values[i], &canvas->arena);
        int width = (int)layout_columns(words, NAME_COLUMNS_MOST);
        widest = width > widest ? width : widest;
    }
    return widest;
}

void chart_bars(struct canvas *canvas, struct box box, const struct chart *chart)
{
    int label = widest_label(chart, box.width / 2), numbers = 0;
    int64_t most = 1;
    for (size_t i = 0; i < chart->series_count; i++)
        numbers += 1 + widest_number(canvas, chart, &chart->series[i]);
    for (size_t i = 0; i < chart->count; i++)
        most = chart->series[0].values[i] > most ? chart->series[0].values[i] : most;
    int width = box.width - label - 1 - numbers;
    for (int row = 0; row < box.height && (size_t)row < chart->count; row++) {
        struct box place = {box.column, box.row + row, label, 1};
        canvas_text(canvas, place, ALIGN_START, STYLE_NORMAL, chart->labels[row]);
        place.column += label + 1;
        place.width = width;
        canvas_bar(canvas, place, STYLE_CHART, chart->series[0].values[row], most);
        place.column += width;
        for (size_t i = 0; i < chart->series_count; i++) {
            place.width = 1 + widest_number(canvas, chart, &chart->series[i]);
            canvas_text(canvas, place, ALIGN_END, i == 0 ? STYLE_STRONG : STYLE_DIM,
                        figure_words_short(chart->series[i].kind, chart->series[i].values[row],
                                           &canvas->arena));
            place.column += place.width;
        }
    }
}
