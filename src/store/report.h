/* What a report tells: what was heard in a period, what was decided on it, what was answered.
 *
 * Everything is said of the same comments, those written in the period, as they stand now, so that
 * the numbers of a consultation add up. They are counted along indexes that begin with the
 * consultation and the moment of writing; no text is read but those that are quoted. */
#ifndef STORE_REPORT_H
#define STORE_REPORT_H

#include "store/catalog.h"
#include "store/comment.h"

enum {
    REPORT_QUOTES_MOST = 20,      /* of one consultation: the latest answers */
    REPORT_COMMENT_BYTES = 1200,  /* of a comment that is quoted */
    REPORT_RESPONSE_BYTES = 8000, /* of a response that is quoted */
    REPORT_BUCKETS_MOST = 31,     /* parts of the period in a chart */
};

/* A name with how many comments bear it. */
struct report_share {
    struct str name;    /* as stored: a language's code, a channel, a slug */
    struct label label; /* empty where the name is all there is */
    int64_t count;
};

struct report_shares {
    struct report_share *items; /* most first */
    size_t count;
};

/* A published response with the comment it answers. */
struct report_quote {
    int64_t comment_id;
    bool shown;                           /* the comment is approved: its text may be quoted */
    struct str author;                    /* to be masked wherever it stands, never to be written */
    struct str author_key;                /* the same */
    struct str comment_language, comment; /* at most REPORT_COMMENT_BYTES; empty unless shown */
    bool comment_cut;
    struct str language, body; /* of the response, at most REPORT_RESPONSE_BYTES */
    bool body_cut;
    int64_t submitted_at, published_at;
};

struct report_consultation {
    struct consultation consultation;
    struct label agency;
    int64_t heard;
    int64_t alike, clusters; /* of these, letters that are like others, and how many clusters */
    int64_t by_state[STATE_COUNT];
    int64_t volume[REPORT_BUCKETS_MOST];
    struct report_shares languages, channels, tags, reasons; /* reasons: of those rejected now */
    int64_t decided;                     /* comments with a decision that stands */
    int64_t median_wait, ninetieth_wait; /* seconds from received to decided; -1: nothing decided */
    int64_t answered;                    /* comments with a published response */
    int64_t median_answer;               /* seconds from received to the first of them; -1 */
    struct report_quote *quotes;         /* latest first */
    size_t quote_count;
};

struct report_scope {
    int64_t agency_id;                       /* 0: all */
    int64_t from, to;                        /* comments with from <= submitted_at < to */
    int64_t starts[REPORT_BUCKETS_MOST + 1]; /* of the chart's parts, and the end of the last */
    size_t buckets;
};

/* When the first comment of the agency's consultations (0: of all) was written; STATUS_EMPTY when
 * there is none. */
enum status report_first(struct store *store, int64_t agency_id, int64_t *first,
                         struct error *error);

/* Reads all of the report as of one moment: a row for each consultation of the scope, by id.
 * Everything in arena. */
enum status report_read(struct store *store, const struct report_scope *scope, struct arena *arena,
                        struct report_consultation **rows, size_t *count, struct error *error);

/* Reads the quotes of a consultation, at most REPORT_QUOTES_MOST, latest first. report_read() has
 * done so already. */
enum status report_quotes(struct store *store, const struct report_scope *scope,
                          struct arena *arena, struct report_consultation *row,
                          struct error *error);

/* True when text is the exact name or key of some comment's author. A failure counts as one: what
 * is not known to be harmless is masked. */
bool report_names_author(struct store *store, struct str text);

#endif
