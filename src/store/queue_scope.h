/* What a query means in this database: names made ids, words made an FTS5 expression, and how many
 * comments there are to look among. */
#ifndef STORE_QUEUE_SCOPE_H
#define STORE_QUEUE_SCOPE_H

#include "store/comment.h"
#include "store/match.h"
#include "store/queue_plan.h"

/* Up to how many rows what a query wants is rare, and leads: sorting so many takes about 10 ms. A
 * store begins with this. */
enum { RARE_ROWS = 5000 };
/* Of a search: words lead where they find at most WALK_ROWS, whatever else is asked for; where they
 * find more, what else is asked for leads if it is at most PROBE_ROWS, each of which is then looked up
 * in the index of words, at the price of so many rows that are walked. A store begins with these. What
 * has at most FEW_ROWS, no more than PROBE_ROWS, leads whatever words find. */
enum { WALK_ROWS = 20000, PROBE_ROWS = 1000, PROBE_PRICE = 20, FEW_ROWS = 50 };
/* How many ids are walked at first before it is looked where to go on: see queue_found.c. A store
 * begins with this. */
enum { STRETCH_IDS = 4096 };

/* A part of the order that one index reads without a gap. */
struct stream {
    int64_t consultation; /* 0: all */
    int state;            /* enum comment_state, or -1: all */
    int64_t cluster;      /* 0: whether or not in one */
    int64_t section;      /* 0: whether or not of one */
    bool lines;           /* without the letters another one stands for */
    int64_t rows;         /* comments in it, before any filter */
};

struct scope {
    const struct query *query;
    int64_t consultation, agency, tag; /* ids; 0: not asked for */
    int64_t assigned_agency, assigned_person, proposer;
    int64_t cluster;    /* whose letters; 0: not asked for */
    int64_t section;    /* 0: not asked for */
    int64_t comment;    /* that one alone, which is like no other; 0: not asked for */
    bool lines;         /* one line for the letters of a cluster in a state */
    struct match match; /* FTS5 expressions for the words */
    struct str words;   /* the one that is asked; size 0: none */
    int64_t from, to;   /* submitted_at, both included */
    int64_t received_from, received_to, due_from, due_to; /* all included */
    int64_t now;                                          /* what is late now */
    unsigned filters;       /* all that must hold, FILTER_STATES and FILTER_AGENCY among
                                          them where they are asked for */
    enum lead lead;         /* what leads all of it; LEAD_ORDER: each stream its own */
    struct stream *streams; /* where no other lead was found: what to read and merge */
    size_t stream_count;
};

/* Resolves a query; everything in arena. STATUS_INPUT with a sentence that lists what there is for
 * a consultation, agency or tag that is not there. */
enum status scope_resolve(struct store *store, const struct query *query, struct arena *arena,
                          struct scope *scope, struct error *error);

/* Whether the kept counts alone answer how many there are: of places, and of a cluster. */
bool scope_is_kept(const struct scope *scope);
bool scope_is_kept_cluster(const struct scope *scope);

#endif
