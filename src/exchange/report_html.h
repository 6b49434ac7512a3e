/* The HTML of a report: markup that is HTML and XML at once, and foreign text made harmless in it. */
#ifndef EXCHANGE_REPORT_HTML_H
#define EXCHANGE_REPORT_HTML_H

#include "base/buffer.h"
#include "exchange/report_mask.h"

/* Adds text of whatever bytes as text: valid UTF-8, what HTML means something by as references, and
 * what is invisible, turns text or acts (controls, bidi controls) as its name in brackets. Line ends
 * are blanks. */
void html_add_text(struct buffer *page, struct str text);

/* The same in a <bdi>, so that its direction stays inside it. */
void html_add_isolated(struct buffer *page, struct str text);

/* Adds words of the program. */
void html_add_words(struct buffer *page, const char *words);

/* Adds words in an element: <tag>words</tag>. */
void html_add_element(struct buffer *page, const char *tag, const char *words);

/* Adds a quoted text with its lines, personal data left out.
 * language  as stored; "ar" and "en" are named in the markup, others are not trusted to be names
 * cut       text goes on where it ends here: its last word, which may be half a datum, is left out */
void html_add_quote(struct buffer *page, const struct report_mask *mask, struct str language,
                    struct str text, bool cut);

#endif
