/* The published responses, word for word: the texts stand in their own language, once, whatever
 * languages the report is in. */
#include "exchange/report_page.h"

#include "base/language.h"
#include "exchange/report_html.h"

/* Adds words in the report's language; where it is in both, in Arabic and then in English. */
static void add_pair(struct report_page *page, const char *words)
{
    enum language before = language_now();
    if (page->request->language != REPORT_BOTH) {
        html_add_words(page->out, _(words));
        return;
    }
    language_set(LANGUAGE_ARABIC);
    html_add_words(page->out, _(words));
    buffer_add(page->out, str_of(" / <span lang=\"en\" dir=\"ltr\">"));
    language_set(LANGUAGE_ENGLISH);
    html_add_words(page->out, _(words));
    buffer_add(page->out, str_of("</span>"));
    language_set(before);
}

static void add_titles(struct report_page *page, const struct label *title)
{
    if (page->request->language != REPORT_BOTH) {
        html_add_isolated(page->out, label_in(title, language_code()));
        return;
    }
    html_add_isolated(page->out, label_in(title, "ar"));
    buffer_add(page->out, str_of("<br/><span lang=\"en\">"));
    html_add_isolated(page->out, label_in(title, "en"));
    buffer_add(page->out, str_of("</span>"));
}

static void add_heading(struct report_page *page, const char *words, int64_t moment)
{
    char date[REPORT_WORDS_BYTES];
    enum language before = language_now();
    buffer_add(page->out, str_of("<h4>"));
    add_pair(page, words);
    buffer_add(page->out, str_of(" \xc2\xb7 <bdi>"));
    if (page->request->language == REPORT_BOTH)
        language_set(LANGUAGE_ARABIC);
    html_add_words(page->out, report_date(moment, date));
    language_set(before);
    buffer_add(page->out, str_of("</bdi></h4>\n"));
}

static void add_answer(struct report_page *page, const struct report_quote *quote)
{
    struct report_mask mask = {page->desk->store, quote->author};
    buffer_add(page->out, str_of("<article class=\"answer\">\n"));
    add_heading(page, N_("A comment"), quote->submitted_at);
    if (quote->shown) {
        html_add_quote(page->out, &mask, quote->comment_language, quote->comment,
                       quote->comment_cut);
    } else {
        buffer_add(page->out, str_of("<p class=\"about\">"));
        add_pair(page, N_("The comment itself is not published."));
        buffer_add(page->out, str_of("</p>\n"));
    }
    buffer_add(page->out, str_of("<div class=\"response\">\n"));
    add_heading(page, N_("The answer"), quote->published_at);
    html_add_quote(page->out, &mask, quote->language, quote->body, quote->body_cut);
    buffer_add(page->out, str_of("</div></article>\n"));
}

void report_add_answers(struct report_page *page)
{
    bool any = false;
    for (size_t i = 0; i < page->count; i++)
        any = any || page->rows[i].quote_count > 0;
    if (!any)
        return;
    buffer_add(page->out, str_of("<section class=\"answers\"><h2>"));
    add_pair(page, N_("What we answered, word for word"));
    buffer_add(page->out, str_of("</h2>\n<p class=\"about\">"));
    add_pair(page, N_("Names, addresses and numbers of persons are left out."));
    buffer_add(page->out, str_of("</p>\n"));
    for (size_t i = 0; i < page->count; i++) {
        const struct report_consultation *row = &page->rows[i];
        if (row->quote_count == 0)
            continue;
        buffer_printf(page->out, "<h3 id=\"answers-%lld\">", (long long)row->consultation.id);
        add_titles(page, &row->consultation.title);
        buffer_add(page->out, str_of("</h3>\n"));
        if ((int64_t)row->quote_count < row->answered) {
            buffer_add(page->out, str_of("<p class=\"about\">"));
            add_pair(page, N_("The latest answers; there are more."));
            buffer_add(page->out, str_of("</p>\n"));
        }
        for (size_t j = 0; j < row->quote_count; j++)
            add_answer(page, &row->quotes[j]);
    }
    buffer_add(page->out, str_of("</section>\n"));
}
