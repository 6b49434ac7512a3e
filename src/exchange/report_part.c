/* The part of a report on one consultation. */
#include "exchange/report_page.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/report_html.h"

#include <stdio.h>

enum {
    FEW = 30,       /* under so many, one comment is more than three percent */
    ROWS_MOST = 12, /* of a table of shares */
};

/* --- Tables of shares --- */

static void open_table(struct report_page *page, const char *caption, const char *first)
{
    buffer_add(page->out, str_of("<table>"));
    html_add_element(page->out, "caption", caption);
    buffer_add(page->out, str_of("<thead><tr><th scope=\"col\">"));
    html_add_words(page->out, first);
    buffer_add(page->out, str_of("</th><th scope=\"col\" class=\"number\">"));
    html_add_words(page->out, _("Comments"));
    buffer_add(page->out, str_of("</th><th scope=\"col\" class=\"number\">"));
    html_add_words(page->out, _("Share"));
    buffer_add(page->out, str_of("</th><td class=\"bar\"></td></tr></thead><tbody>\n"));
}

static void close_table(struct report_page *page)
{
    buffer_add(page->out, str_of("</tbody></table>\n"));
}

static void add_row(struct report_page *page, struct str name, int64_t count, int64_t whole,
                    int64_t most)
{
    char percent[REPORT_WORDS_BYTES];
    buffer_add(page->out, str_of("<tr><th scope=\"row\">"));
    html_add_isolated(page->out, name);
    buffer_printf(page->out,
                  "</th><td class=\"number\">%lld</td><td class=\"number\">%s</td>"
                  "<td class=\"bar\">",
                  (long long)count, report_percent(count, whole, percent));
    report_add_bar(page->out, count, most);
    buffer_add(page->out, str_of("</td></tr>\n"));
}

/* The name a share goes by: words of the program, a label, or what is stored. */
static struct str share_name(const struct report_share *share,
                             const char *(*words)(struct str stored))
{
    const char *known = words ? words(share->name) : NULL;
    struct str label = label_in(&share->label, language_code());
    if (known)
        return str_of(known);
    return label.size > 0 ? label : share->name;
}

static void add_shares(struct report_page *page, const char *caption, const char *first,
                       const struct report_shares *shares, int64_t whole,
                       const char *(*words)(struct str stored))
{
    if (shares->count == 0)
        return;
    int64_t rest = 0;
    open_table(page, caption, first);
    for (size_t i = 0; i < shares->count; i++) {
        if (i < ROWS_MOST)
            add_row(page, share_name(&shares->items[i], words), shares->items[i].count, whole,
                    shares->items[0].count);
        else
            rest += shares->items[i].count;
    }
    close_table(page);
    if (rest > 0) {
        buffer_add(page->out, str_of("<p class=\"about\">"));
        html_add_words(page->out, _("Only the most frequent are listed."));
        buffer_add(page->out, str_of("</p>\n"));
    }
}

/* --- Figures --- */

static void add_figure(struct report_page *page, const char *number, const char *words)
{
    buffer_add(page->out, str_of("<li>"));
    html_add_element(page->out, "b", number);
    html_add_element(page->out, "span", words);
    buffer_add(page->out, str_of("</li>"));
}

static void add_count(struct report_page *page, int64_t count, const char *words)
{
    char number[REPORT_WORDS_BYTES];
    snprintf(number, sizeof number, "%lld", (long long)count);
    add_figure(page, number, words);
}

static void add_answers_figures(struct report_page *page, const struct report_consultation *row)
{
    char text[REPORT_WORDS_BYTES];
    buffer_add(page->out, str_of("<ul class=\"figures\">"));
    add_count(page, row->answered, _("comments with a published answer"));
    add_figure(page, report_percent(row->answered, row->heard, text), _("of all comments"));
    add_figure(page, report_duration(row->median_answer, text), _("half were answered within"));
    buffer_add(page->out, str_of("</ul>\n"));
}

/* Many voices that say the same are many and are one: both numbers are told. */
static void add_heard_figures(struct report_page *page, const struct report_consultation *row)
{
    if (row->alike == 0)
        return;
    buffer_add(page->out, str_of("<ul class=\"figures\">"));
    add_count(page, row->heard, _("comments in all"));
    add_count(page, row->alike, _("of them were sent by several people in much the same words"));
    add_count(page, row->clusters, _("different letters stand behind those"));
    buffer_add(page->out, str_of("</ul>\n"));
}

static void add_decision_figures(struct report_page *page, const struct report_consultation *row)
{
    char text[REPORT_WORDS_BYTES];
    buffer_add(page->out, str_of("<ul class=\"figures\">"));
    add_count(page, row->decided, _("comments decided on"));
    add_figure(page, report_duration(row->median_wait, text), _("half were decided within"));
    add_figure(page, report_duration(row->ninetieth_wait, text),
               _("nine in ten were decided within"));
    buffer_add(page->out, str_of("</ul>\n"));
}

/* --- The part --- */

static void add_heading(struct report_page *page, const struct report_consultation *row)
{
    const struct consultation *consultation = &row->consultation;
    const char *kind = report_kind_words(consultation->kind);
    char from[REPORT_WORDS_BYTES], to[REPORT_WORDS_BYTES];
    buffer_add(page->out, str_of("<h2>"));
    html_add_isolated(page->out, label_in(&consultation->title, language_code()));
    buffer_add(page->out, str_of("</h2>\n<p class=\"about\">"));
    html_add_isolated(page->out, label_in(&row->agency, language_code()));
    buffer_add(page->out, str_of(" \xc2\xb7 "));
    html_add_isolated(page->out, kind ? str_of(kind) : consultation->kind);
    if (consultation->opens_at && consultation->closes_at) {
        buffer_add(page->out, str_of(" \xc2\xb7 "));
        html_add_words(page->out, report_date(consultation->opens_at, from));
        buffer_add(page->out, str_of(" \xe2\x80\x93 "));
        html_add_words(page->out, report_date(consultation->closes_at, to));
    }
    buffer_add(page->out, str_of("</p>\n"));
}

static void add_states(struct report_page *page, const struct report_consultation *row)
{
    int64_t most = 0;
    for (int state = 0; state < STATE_COUNT; state++)
        most = row->by_state[state] > most ? row->by_state[state] : most;
    open_table(page, _("Where the comments stand now"), _("State"));
    for (int state = 0; state < STATE_COUNT; state++) {
        if (row->by_state[state] > 0)
            add_row(page, str_of(report_state_words((enum comment_state)state)),
                    row->by_state[state], row->heard, most);
    }
    close_table(page);
}

static void add_note_on_few(struct report_page *page, const struct report_consultation *row)
{
    if (row->heard >= FEW)
        return;
    buffer_add(page->out, str_of("<p class=\"note\">"));
    html_add_words(page->out,
                   _("These are fewer than 30 comments: a single one moves a share by several "
                     "percent. Read the numbers, not the shares, and do not compare them with "
                     "other consultations."));
    buffer_add(page->out, str_of("</p>\n"));
}

void report_add_part(struct report_page *page, const struct report_consultation *row)
{
    buffer_add(page->out, str_of("<section class=\"part\">"));
    add_heading(page, row);
    add_note_on_few(page, row);
    html_add_element(page->out, "h3", _("What we heard"));
    add_heard_figures(page, row);
    report_add_volume(page, row);
    buffer_add(page->out, str_of("<div class=\"pair\"><div>\n"));
    add_shares(page, _("Languages"), _("Language"), &row->languages, row->heard,
               report_language_words);
    buffer_add(page->out, str_of("</div><div>\n"));
    add_shares(page, _("Ways in"), _("Way"), &row->channels, row->heard, report_channel_words);
    buffer_add(page->out, str_of("</div></div>\n"));
    add_shares(page, _("Subjects, by the tags moderators gave"), _("Tag"), &row->tags, row->heard,
               NULL);
    html_add_element(page->out, "h3", _("What we decided"));
    add_decision_figures(page, row);
    buffer_add(page->out, str_of("<div class=\"pair\"><div>\n"));
    add_states(page, row);
    buffer_add(page->out, str_of("</div><div>\n"));
    add_shares(page, _("Why comments were not published"), _("Reason"), &row->reasons,
               row->by_state[STATE_REJECTED], NULL);
    buffer_add(page->out, str_of("</div></div>\n"));
    html_add_element(page->out, "h3", _("What we answered"));
    add_answers_figures(page, row);
    if (row->quote_count > 0) {
        buffer_printf(page->out, "<p class=\"about\"><a href=\"#answers-%lld\">",
                      (long long)row->consultation.id);
        html_add_words(page->out, _("The answers, word for word, stand at the end of the report."));
        buffer_add(page->out, str_of("</a></p>\n"));
    }
    buffer_add(page->out, str_of("</section>\n"));
}
