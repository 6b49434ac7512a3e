/* The report for those who decide and for the public: what we heard, what we decided, what we
 * answered. One HTML file that needs nothing else: no script, no picture, no font from elsewhere. */
#ifndef EXCHANGE_REPORT_H
#define EXCHANGE_REPORT_H

#include "base/buffer.h"
#include "desk/desk.h"
#include "store/report.h"

enum report_language { REPORT_ARABIC, REPORT_ENGLISH, REPORT_BOTH };

struct report_request {
    enum report_language language;
    const struct agency *agency; /* NULL: all */
    int64_t from, to;            /* whole local days: the start of the first, the end of the last */
    int64_t now;
};

/* Adds the whole report to page. It bears no author's name and no author's key; in texts that are
 * quoted, personal data is left out. The caller needs RIGHT_EXPORT. The interface language is as
 * before afterwards. */
enum status report_make(struct desk *desk, const struct report_request *request,
                        struct buffer *page, struct error *error);

#endif
