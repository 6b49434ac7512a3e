/* Personal data in a text that is quoted: where it stands, so that it is left out. */
#ifndef EXCHANGE_REPORT_MASK_H
#define EXCHANGE_REPORT_MASK_H

#include "store/store.h"

enum mask_kind {
    MASK_EMAIL,  /* an address with an @ inside */
    MASK_HANDLE, /* @ before a name, as social networks write it */
    MASK_NUMBER, /* seven digits or more, in groups or not: a telephone, an account, an identity */
    MASK_NAME, /* the name or key of one who wrote, or part of the name of the one who is quoted */
};

/* Whose names are masked. */
struct report_mask {
    struct store *store;
    struct str author; /* of the comment that is quoted or answered */
};

/* Finds the next personal datum of text from byte from on, which is 0 or where the last one ended.
 * Dates and years are none. True and its bytes and kind when there is one. */
bool report_mask_next(const struct report_mask *mask, struct str text, size_t from, size_t *start,
                      size_t *end, enum mask_kind *kind);

#endif
