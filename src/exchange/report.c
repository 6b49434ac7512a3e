/* A report as a whole: its head, what it says of all consultations, and the order of its parts. */
#include "exchange/report.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/report_html.h"
#include "exchange/report_page.h"

#include <stdio.h>

/* --- The period --- */

enum { A_WEEK = 7, FOUR_WEEKS = 28 }; /* days */

/* Divides the period into parts of as many days as keep them few enough to be drawn. Half a day
 * past midnight lies in the same day also where clocks change. */
static void divide(struct report_scope *scope)
{
    static const int64_t steps[] = {1, A_WEEK, FOUR_WEEKS};
    int64_t half = SECONDS_A_DAY / 2;
    int64_t days = (scope->to - scope->from + half) / SECONDS_A_DAY;
    int64_t step = (days + REPORT_BUCKETS_MOST - 1) / REPORT_BUCKETS_MOST;
    for (size_t i = sizeof steps / sizeof steps[0]; i-- > 0;) {
        if (days <= steps[i] * REPORT_BUCKETS_MOST)
            step = steps[i];
    }
    scope->buckets = 0;
    for (int64_t at = scope->from; at < scope->to && scope->buckets < REPORT_BUCKETS_MOST;) {
        scope->starts[scope->buckets++] = at;
        at = moment_day_start(at + step * SECONDS_A_DAY + half);
    }
    scope->starts[scope->buckets] = scope->to;
}

/* --- What is said of all --- */

static void add_cell(struct report_page *page, const char *text)
{
    buffer_add(page->out, str_of("<td class=\"number\">"));
    html_add_words(page->out, text);
    buffer_add(page->out, str_of("</td>"));
}

static void add_number(struct report_page *page, int64_t number)
{
    char text[REPORT_WORDS_BYTES];
    snprintf(text, sizeof text, "%lld", (long long)number);
    add_cell(page, text);
}

static void add_overview_head(struct report_page *page)
{
    static const char *const heads[] = {N_("Comments"), N_("Decided"), N_("Answered"),
                                        N_("Half decided within")};
    buffer_add(page->out, str_of("<table>"));
    html_add_element(page->out, "caption", _("The consultations at a glance"));
    buffer_add(page->out, str_of("<thead><tr><th scope=\"col\">"));
    html_add_words(page->out, _("Consultation"));
    buffer_add(page->out, str_of("</th>"));
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        buffer_add(page->out, str_of("<th scope=\"col\" class=\"number\">"));
        html_add_words(page->out, _(heads[i]));
        buffer_add(page->out, str_of("</th>"));
    }
    buffer_add(page->out, str_of("</tr></thead><tbody>\n"));
}

static void add_overview(struct report_page *page)
{
    int64_t heard = 0, decided = 0, answered = 0;
    char text[REPORT_WORDS_BYTES];
    add_overview_head(page);
    for (size_t i = 0; i < page->count; i++) {
        const struct report_consultation *row = &page->rows[i];
        buffer_add(page->out, str_of("<tr><th scope=\"row\">"));
        html_add_isolated(page->out, label_in(&row->consultation.title, language_code()));
        buffer_add(page->out, str_of("</th>"));
        add_number(page, row->heard);
        add_number(page, row->decided);
        add_number(page, row->answered);
        add_cell(page, report_duration(row->median_wait, text));
        buffer_add(page->out, str_of("</tr>\n"));
        heard += row->heard;
        decided += row->decided;
        answered += row->answered;
    }
    buffer_add(page->out, str_of("</tbody><tfoot><tr><th scope=\"row\">"));
    html_add_words(page->out, _("All together"));
    buffer_add(page->out, str_of("</th>"));
    add_number(page, heard);
    add_number(page, decided);
    add_number(page, answered);
    buffer_add(page->out, str_of("<td></td></tr></tfoot></table>\n"));
}

static void add_about(struct report_page *page)
{
    char date[REPORT_WORDS_BYTES];
    buffer_add(page->out, str_of("<p class=\"about\">"));
    html_add_words(page->out,
                   _("Everything here is said of the comments written in this period, as they "
                     "stood when the report was made. Waiting counts from the moment a comment "
                     "was received. No name of a person who wrote is in this report."));
    buffer_add_byte(page->out, ' ');
    html_add_words(page->out, _("Made on"));
    buffer_add_byte(page->out, ' ');
    html_add_words(page->out, report_date(page->request->now, date));
    buffer_add(page->out, str_of(".</p>\n"));
}

static void add_title(struct report_page *page)
{
    const struct report_request *request = page->request;
    char from[REPORT_WORDS_BYTES], to[REPORT_WORDS_BYTES];
    html_add_element(page->out, "h1", _("What we heard, what we decided, what we answered"));
    buffer_add(page->out, str_of("<p class=\"lead\">"));
    if (request->agency)
        html_add_isolated(page->out, label_in(&request->agency->name, language_code()));
    else
        html_add_words(page->out, _("All agencies"));
    buffer_add(page->out, str_of(" \xc2\xb7 "));
    html_add_words(page->out, report_date(request->from, from));
    buffer_add(page->out, str_of(" \xe2\x80\x93 "));
    html_add_words(page->out, report_date(request->to - 1, to));
    buffer_add(page->out, str_of("</p>\n"));
}

/* --- The whole --- */

/* All but the answers, in one language. */
static void add_half(struct report_page *page, enum language language)
{
    size_t heard = 0;
    language_set(language);
    buffer_printf(page->out, "<div class=\"half\" lang=\"%s\" dir=\"%s\">\n", language_code(),
                  language == LANGUAGE_ARABIC ? "rtl" : "ltr");
    add_title(page);
    add_about(page);
    for (size_t i = 0; i < page->count; i++)
        heard += page->rows[i].heard > 0;
    if (heard == 0)
        html_add_element(page->out, "p", _("No comment was written in this period."));
    else
        add_overview(page);
    for (size_t i = 0; i < page->count; i++) {
        if (page->rows[i].heard > 0)
            report_add_part(page, &page->rows[i]);
    }
    buffer_add(page->out, str_of("</div>\n"));
}

static void add_page(struct report_page *page)
{
    enum report_language wanted = page->request->language;
    enum language first = wanted == REPORT_ENGLISH ? LANGUAGE_ENGLISH : LANGUAGE_ARABIC;
    language_set(first);
    buffer_printf(page->out,
                  "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\""
                  " dir=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n",
                  language_code(), first == LANGUAGE_ARABIC ? "rtl" : "ltr");
    html_add_element(page->out, "title", _("What we heard, what we decided, what we answered"));
    buffer_add(page->out, str_of("<style>\n"));
    buffer_add(page->out, str_of(report_style));
    buffer_add(page->out, str_of("</style>\n</head>\n<body>\n"));
    add_half(page, first);
    if (wanted == REPORT_BOTH)
        add_half(page, LANGUAGE_ENGLISH);
    language_set(first);
    report_add_answers(page);
    buffer_add(page->out, str_of("</body>\n</html>\n"));
}

enum status report_make(struct desk *desk, const struct report_request *request,
                        struct buffer *page, struct error *error)
{
    struct arena arena = {0};
    struct report_consultation *rows = NULL;
    enum language before = language_now();
    struct report_page report = {.out = page, .desk = desk, .request = request};
    report.scope = (struct report_scope){.agency_id = request->agency ? request->agency->id : 0,
                                         .from = request->from,
                                         .to = request->to};
    divide(&report.scope);
    enum status status = desk_require(desk, RIGHT_EXPORT, error);
    if (status == OK)
        status = report_read(desk->store, &report.scope, &arena, &rows, &report.count, error);
    report.rows = rows;
    if (status == OK)
        add_page(&report);
    language_set(before);
    arena_free(&arena);
    return status;
}
