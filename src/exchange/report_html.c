/* Text into HTML. */
#include "exchange/report_html.h"

#include "base/language.h"
#include "text/clean.h"
#include "text/utf8.h"

static void add_marker(struct buffer *page, uint32_t codepoint)
{
    uint32_t label[CLEAN_LABEL_COLUMNS];
    size_t size = clean_label(codepoint, 1, label);
    for (size_t i = 0; i < size; i++)
        utf8_add(page, label[i]);
}

static void add_character(struct buffer *page, uint32_t codepoint)
{
    switch (codepoint) {
    case '&':
        buffer_add(page, str_of("&amp;"));
        return;
    case '<':
        buffer_add(page, str_of("&lt;"));
        return;
    case '>':
        buffer_add(page, str_of("&gt;"));
        return;
    case '"':
        buffer_add(page, str_of("&quot;"));
        return;
    case '\'':
        buffer_add(page, str_of("&#39;"));
        return;
    case '\t':
        buffer_add_byte(page, ' ');
        return;
    default:
        break;
    }
    if (clean_ends_paragraph(codepoint))
        buffer_add_byte(page, ' ');
    else if (clean_kind(codepoint) == SHOWN_MARKER)
        add_marker(page, codepoint);
    else
        utf8_add(page, codepoint);
}

void html_add_text(struct buffer *page, struct str text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t codepoint;
        at += utf8_decode(text, at, &codepoint);
        add_character(page, codepoint);
    }
}

void html_add_isolated(struct buffer *page, struct str text)
{
    buffer_add(page, str_of("<bdi>"));
    html_add_text(page, text);
    buffer_add(page, str_of("</bdi>"));
}

void html_add_words(struct buffer *page, const char *words)
{
    html_add_text(page, str_of(words));
}

void html_add_element(struct buffer *page, const char *tag, const char *words)
{
    buffer_printf(page, "<%s>", tag);
    html_add_words(page, words);
    buffer_printf(page, "</%s>\n", tag);
}

/* --- Quotes --- */

static const char *mask_words(enum mask_kind kind)
{
    switch (kind) {
    case MASK_EMAIL:
        return _("e-mail left out");
    case MASK_HANDLE:
        return _("account left out");
    case MASK_NUMBER:
        return _("number left out");
    case MASK_NAME:
        break;
    }
    return _("name left out");
}

/* Adds text as one or more lines: a line end is a break. */
static void add_lines(struct buffer *page, struct str text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] != '\n')
            continue;
        size_t size = at - from - (at > from && text.data[at - 1] == '\r');
        html_add_text(page, str_part(text, from, size));
        buffer_add(page, str_of("<br/>"));
        from = at + 1;
    }
    html_add_text(page, str_part(text, from, text.size));
}

static void add_masked(struct buffer *page, const struct report_mask *mask, struct str text)
{
    size_t from = 0, start, end;
    enum mask_kind kind;
    while (report_mask_next(mask, text, from, &start, &end, &kind)) {
        add_lines(page, str_part(text, from, start - from));
        buffer_add(page, str_of("<span class=\"mask\">["));
        html_add_words(page, mask_words(kind));
        buffer_add(page, str_of("]</span>"));
        from = end;
    }
    add_lines(page, str_part(text, from, text.size));
}

/* The part of a cut text up to its last blank. */
static struct str whole_words(struct str text)
{
    size_t size = text.size;
    while (size > 0 && text.data[size - 1] != ' ' && text.data[size - 1] != '\n')
        size--;
    return str_part(text, 0, size);
}

void html_add_quote(struct buffer *page, const struct report_mask *mask, struct str language,
                    struct str text, bool cut)
{
    bool arabic = str_equal(language, str_of("ar")), english = str_equal(language, str_of("en"));
    enum language before = language_now();
    if (arabic || english)
        language_set(arabic ? LANGUAGE_ARABIC : LANGUAGE_ENGLISH);
    buffer_printf(page, "<blockquote%s dir=\"%s\"><p>",
                  arabic    ? " lang=\"ar\""
                  : english ? " lang=\"en\""
                            : "",
                  arabic    ? "rtl"
                  : english ? "ltr"
                            : "auto");
    add_masked(page, mask, str_trim(cut ? whole_words(text) : text));
    if (cut)
        buffer_add(page, str_of(" \xe2\x80\xa6"));
    buffer_add(page, str_of("</p></blockquote>\n"));
    language_set(before);
}
