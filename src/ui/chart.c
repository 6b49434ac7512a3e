/* What all charts share: round ends of axes, and the axis below a plot. */
#include "ui/chart.h"

#include "base/moment.h"
#include "ui/figure_words.h"

/* --- Scales --- */

static int64_t round_duration(int64_t most)
{
    static const int64_t ends[] = {
        5 * SECONDS_A_MINUTE, 10 * SECONDS_A_MINUTE, 30 * SECONDS_A_MINUTE, SECONDS_AN_HOUR,
        2 * SECONDS_AN_HOUR,  4 * SECONDS_AN_HOUR,   8 * SECONDS_AN_HOUR,   12 * SECONDS_AN_HOUR,
        SECONDS_A_DAY,        2 * SECONDS_A_DAY,     3 * SECONDS_A_DAY,     4 * SECONDS_A_DAY,
        6 * SECONDS_A_DAY,    8 * SECONDS_A_DAY,
    };
    enum { TEN_DAYS = 10 };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (most <= ends[i])
            return ends[i];
    }
    return SECONDS_A_DAY * chart_top(FIGURE_COUNT, (most + SECONDS_A_DAY - 1) / SECONDS_A_DAY);
}

int64_t chart_top(enum figure_kind kind, int64_t most)
{
    /* Tenths of a power of ten; what they halve into is a whole number, too, from 10 on. */
    static const int64_t steps[] = {10, 12, 16, 20, 30, 40, 50, 60, 80};
    const int64_t whole = 1000, ten = 10;
    if (kind == FIGURE_SHARE)
        return most > whole ? most : whole;
    if (kind == FIGURE_SECONDS)
        return round_duration(most);
    for (int64_t power = 1; power <= INT64_MAX / 100; power *= ten) {
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            int64_t end = steps[i] * power / ten;
            if (steps[i] * power % ten == 0 && most <= end)
                return end;
        }
    }
    return most;
}

int64_t chart_most(const struct chart *chart)
{
    int64_t most = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        for (size_t j = 0; j < chart->count; j++)
            most = chart->series[i].values[j] > most ? chart->series[i].values[j] : most;
    }
    return most;
}

/* --- The axis --- */

int chart_column_of(size_t i, size_t count, int width)
{
    int each = count > 0 ? width / (int)count : 0;
    if (each > 0)
        return (int)i * each;
    return count > 1 ? (int)((int64_t)i * (width - 1) / (int64_t)(count - 1)) : 0;
}

/* Hours are named at even parts of the day, days counted back from the last. */
static bool is_named(const struct chart *chart, size_t i, size_t step)
{
    if (chart->at_kind == FIGURE_HOUR)
        return chart->at[i] % HOURS_OF_DAY % (int64_t)step == 0;
    return (chart->count - 1 - i) % step == 0;
}

/* How many points apart names must stand to find room. */
static size_t find_step(const struct chart *chart, int width, int name_width)
{
    static const size_t hours[] = {1, 2, 3, 4, 6, 12, 24};
    static const size_t days[] = {1, 2, 5, 7, 14, 28, 56, 91, 182, 364};
    bool hourly = chart->at_kind == FIGURE_HOUR;
    const size_t *steps = hourly ? hours : days;
    size_t count = hourly ? sizeof hours / sizeof *hours : sizeof days / sizeof *days;
    for (size_t i = 0; i < count; i++) {
        size_t last = steps[i] < chart->count ? steps[i] : chart->count;
        int apart = chart_column_of(last, chart->count + 1, width + width / (int)chart->count);
        if (apart >= name_width + 1)
            return steps[i];
    }
    return chart->count;
}

void chart_axis(struct canvas *canvas, struct box box, const struct chart *chart)
{
    if (chart->count == 0)
        return;
    struct str sample = figure_words_short(chart->at_kind, chart->at[0], &canvas->arena);
    int name_width = (int)layout_columns(sample, (unsigned)box.width);
    size_t step = find_step(chart, box.width, name_width);
    /* The last is moved to where there is room for it: backwards, so that it keeps its neighbour off. */
    int end = box.column + box.width, begins = end + 1;
    for (size_t i = chart->count; i-- > 0;) {
        struct box place = {box.column + chart_column_of(i, chart->count, box.width), box.row,
                            name_width, 1};
        if (place.column + name_width > end)
            place.column = end - name_width;
        if (!is_named(chart, i, step) || place.column + name_width >= begins)
            continue;
        canvas_text(canvas, place, ALIGN_START, STYLE_DIM,
                    figure_words_short(chart->at_kind, chart->at[i], &canvas->arena));
        begins = place.column;
    }
}
