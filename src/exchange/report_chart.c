/* The charts of a report: SVG, drawn in user units, readable without colour. */
#include "exchange/report_page.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/report_html.h"

#include <stdio.h>

enum {
    CHART_WIDTH = 640,
    CHART_HEIGHT = 190,
    PLOT_SIDE = 34, /* room for the numbers of the upright axis */
    PLOT_TOP = 18,
    PLOT_BOTTOM = 160,
    PLOT_WIDTH = CHART_WIDTH - PLOT_SIDE,
    AXIS_LABEL_WIDTH = 40, /* of a date with its room */
    LABEL_BELOW = 16,
    LABEL_ABOVE = 4,
    BAR_PERCENT = 76, /* of a part's width */
    HUNDRED = 100,
};

struct chart {
    struct buffer *out;
    bool mirrored;
    int64_t top; /* the number at the top of the upright axis */
    size_t buckets;
};

/* A round number that is not under most: 1, 2 or 5 times a power of ten, twice over, so that half
 * of it is whole. */
static int64_t round_top(int64_t most)
{
    static const int64_t steps[] = {2, 4, 10};
    for (int64_t power = 1;; power *= 10) {
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            if (steps[i] * power >= most)
                return steps[i] * power;
        }
    }
}

/* From the plot's leading side to a place on the paper. */
static int across(const struct chart *chart, int x)
{
    return chart->mirrored ? CHART_WIDTH - PLOT_SIDE - x : PLOT_SIDE + x;
}

static int height_of(const struct chart *chart, int64_t count)
{
    return (int)((double)(PLOT_BOTTOM - PLOT_TOP) * (double)count / (double)chart->top);
}

static void add_axis(const struct chart *chart)
{
    enum { GUIDES = 2, GAP = 5, DROP = 4 };
    for (int i = 0; i <= GUIDES; i++) {
        int64_t number = chart->top * i / GUIDES;
        int y = PLOT_BOTTOM - height_of(chart, number);
        buffer_printf(chart->out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                      i == 0 ? "line" : "guide", across(chart, 0), y, across(chart, PLOT_WIDTH), y);
        buffer_printf(chart->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%lld</text>\n",
                      across(chart, -GAP), y + DROP, chart->mirrored ? "start" : "end",
                      (long long)number);
    }
}

static void add_bar(const struct chart *chart, size_t i, int64_t count, int64_t start, bool dated)
{
    char date[REPORT_WORDS_BYTES];
    int left = (int)((size_t)PLOT_WIDTH * i / chart->buckets);
    int right = (int)((size_t)PLOT_WIDTH * (i + 1) / chart->buckets);
    int width = (right - left) * BAR_PERCENT / HUNDRED, middle = across(chart, (left + right) / 2);
    int height = height_of(chart, count);
    if (count > 0) {
        buffer_printf(chart->out,
                      "<rect class=\"filled\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                      middle - width / 2, PLOT_BOTTOM - height, width, height);
        buffer_printf(chart->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%lld</text>\n",
                      middle, PLOT_BOTTOM - height - LABEL_ABOVE, (long long)count);
    }
    if (dated)
        buffer_printf(chart->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                      middle, PLOT_BOTTOM + LABEL_BELOW, report_axis_date(start, date));
}

/* What one bar stands for. */
static const char *caption_of(const struct report_scope *scope)
{
    enum { A_WEEK = 7 };
    int64_t days = (scope->starts[1] - scope->starts[0] + SECONDS_A_DAY / 2) / SECONDS_A_DAY;
    if (days <= 1)
        return _("Comments by day");
    return days == A_WEEK
               ? _("Comments by week, from the date under each bar")
               : _("Comments by equal parts of the period, from the date under each bar");
}

void report_add_volume(struct report_page *page, const struct report_consultation *row)
{
    const struct report_scope *scope = &page->scope;
    int64_t most = 1;
    for (size_t i = 0; i < scope->buckets; i++)
        most = row->volume[i] > most ? row->volume[i] : most;
    struct chart chart = {page->out, language_now() == LANGUAGE_ARABIC, round_top(most),
                          scope->buckets};
    size_t every = (scope->buckets * AXIS_LABEL_WIDTH + PLOT_WIDTH - 1) / PLOT_WIDTH;
    buffer_add(page->out, str_of("<figure><figcaption>"));
    html_add_words(page->out, caption_of(scope));
    buffer_printf(page->out,
                  "</figcaption>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
                  " viewBox=\"0 0 %d %d\" aria-label=\"",
                  CHART_WIDTH, CHART_HEIGHT);
    html_add_words(page->out, caption_of(scope));
    buffer_add(page->out, str_of("\">\n"));
    add_axis(&chart);
    for (size_t i = 0; i < scope->buckets; i++)
        add_bar(&chart, i, row->volume[i], scope->starts[i], i % every == 0);
    buffer_add(page->out, str_of("</svg></figure>\n"));
}

void report_add_bar(struct buffer *out, int64_t count, int64_t most)
{
    enum { WIDTH = 200, HEIGHT = 10 };
    int width = most > 0 ? (int)((double)WIDTH * (double)count / (double)most) : 0;
    buffer_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                  " preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                  "<rect class=\"filled\" x=\"0\" y=\"0\" width=\"%d\" height=\"%d\"/></svg>",
                  WIDTH, HEIGHT, width, HEIGHT);
}
