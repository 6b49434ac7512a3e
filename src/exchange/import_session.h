/* What the parts of an import share: the session that takes rows, and the readers that bring them.
 * Private to exchange/import*.c. */
#ifndef EXCHANGE_IMPORT_SESSION_H
#define EXCHANGE_IMPORT_SESSION_H

#include "exchange/import.h"

/* A row as its file gave it. */
struct import_row {
    int64_t line;                          /* where it starts, from 1 */
    struct str values[IMPORT_FIELD_COUNT]; /* size 0: not there. Any bytes. */
};

/* How well a column or key of this name gives field: 0 is best, -1 not at all. Known names are
 * compared without regard to the case of ASCII letters, one of --map exactly. */
int import_match(const struct import_options *options, enum import_field field, struct str name);

/* The stored identity of rows without an id: their content, and how many of the same content came
 * before in this file. Zero-initialise ({0}). */
struct import_identities {
    struct identity *slots;
    size_t used, size;
};
enum { IDENTITY_BYTES = 64 };
/* Writes the identity of the next row with these parts into out, NUL-terminated. */
void import_identify(struct import_identities *identities, const struct str *parts, size_t count,
                     char out[static IDENTITY_BYTES]);
void import_identities_free(struct import_identities *identities);

/* Replies whose parent had not come yet when they did. Zero-initialise ({0}). */
struct import_replies {
    struct reply *list;
    size_t count, capacity;
    struct arena names;
};

struct import_session {
    struct desk *desk;
    const struct import_options *options;
    struct import_result *result;
    FILE *in;
    struct consultation consultation;
    struct section *sections;
    size_t section_count;
    struct import_identities identities;
    struct import_replies replies;
    struct arena arena; /* for the session */
    struct arena row;   /* for one row */
};

/* Takes one row: adds it, or refuses it by itself. Only what makes the whole import fail is
 * returned as an error. */
enum status import_take(struct import_session *session, const struct import_row *row,
                        struct error *error);

/* Counts and reports a row that is refused; why is a sentence without its place. */
void import_refuse(struct import_session *session, int64_t line, const struct error *why);

/* Reports something about a row that was taken all the same. */
void import_remark(struct import_session *session, int64_t line, const struct error *why);

/* Remembers that child, of this line, replies to the comment named parent in its source. */
void import_reply_wait(struct import_session *session, int64_t child, int64_t line,
                       struct str parent);
/* Makes child a reply to parent: both are in the store. STATUS_REFUSED with a sentence for a parent
 * that cannot be one; the child then stays the start of a thread. */
enum status import_reply_link(struct import_session *session, int64_t child, int64_t parent,
                              struct error *error);
/* Links all that wait, now that the whole file is in; reports those whose parent never came. */
enum status import_replies_settle(struct import_session *session, struct error *error);
void import_replies_free(struct import_replies *replies);

/* Asked by struct input between chunks; context is the session. */
bool import_go_on(void *context, int64_t bytes);

/* The readers: each brings every row of its format to import_take(). */
enum status import_read_csv(struct import_session *session, struct error *error);
enum status import_read_jsonl(struct import_session *session, struct error *error);

#endif
