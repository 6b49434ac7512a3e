/* What the files that write a report share. Everything is written in the interface language of the
 * moment. */
#ifndef EXCHANGE_REPORT_PAGE_H
#define EXCHANGE_REPORT_PAGE_H

#include "exchange/report.h"

struct report_page {
    struct buffer *out;
    struct desk *desk;
    const struct report_request *request;
    struct report_scope scope;
    const struct report_consultation *rows;
    size_t count;
};

enum { REPORT_WORDS_BYTES = 64 };

/* --- report_words.c --- */

/* "24 November 2026", the local day that holds moment. Returns out. */
const char *report_date(int64_t moment, char out[static REPORT_WORDS_BYTES]);

/* "24/11", short enough for an axis. Returns out. */
const char *report_axis_date(int64_t moment, char out[static REPORT_WORDS_BYTES]);

/* "3 d 4 h", "2 h 5 min"; a dash for a negative duration. Returns out. */
const char *report_duration(int64_t seconds, char out[static REPORT_WORDS_BYTES]);

/* "12%", of part in whole, rounded; a dash where whole is 0. Returns out. */
const char *report_percent(int64_t part, int64_t whole, char out[static REPORT_WORDS_BYTES]);

/* The words for a language, a channel, a kind of consultation, a state; NULL where there are none.
 */
const char *report_language_words(struct str code);
const char *report_channel_words(struct str channel);
const char *report_kind_words(struct str kind);
const char *report_state_words(enum comment_state state);

/* --- report_chart.c --- */

/* Adds a chart of bars, one for each part of the period, with axes and numbers; mirrored where the
 * language runs from right to left. */
void report_add_volume(struct report_page *page, const struct report_consultation *row);

/* Adds the picture of a share, a bar of count among most. */
void report_add_bar(struct buffer *out, int64_t count, int64_t most);

/* --- report_part.c --- */

/* Adds the part of one consultation: heard, decided, answered. */
void report_add_part(struct report_page *page, const struct report_consultation *row);

/* --- report_answers.c --- */

/* Adds the published responses of all consultations, each under the comment it answers. */
void report_add_answers(struct report_page *page);

/* --- report_style.c --- */

/* The style sheet, for screens and for paper. */
extern const char report_style[];

#endif
