/* Comments: one at a time, and the queues they are read in. */
#ifndef STORE_COMMENT_H
#define STORE_COMMENT_H

#include "store/query.h"
#include "store/store.h"

enum comment_state {
    STATE_PENDING,
    STATE_APPROVED,
    STATE_REJECTED,
    STATE_SPAM,
    STATE_HELD,
    STATE_ESCALATED,
    STATE_COUNT,
};

/* "pending" ... as stored; and back: false when name is none. */
const char *state_name(enum comment_state state);
bool state_from_name(struct str name, enum comment_state *state);

enum { EXCERPT_BYTES = 480 }; /* of a body in a list row: more than any row shows */

/* A row of a list. */
struct comment_row {
    int64_t id, consultation_id, parent_id; /* parent 0: starts a thread */
    enum comment_state state;
    int64_t submitted_at, revision;
    struct str language, author;
    struct str excerpt; /* the first EXCERPT_BYTES of the body, cut at a character */
    int64_t tag_count, reply_count;
    bool answered; /* has a submitted or published response */
    /* Who claimed it last, and until when (see claim_is_live()); 0: nobody. */
    int64_t claim_moderator_id, claim_expires_at;
    struct str claim_name;
    int64_t proposer_id; /* who proposed a decision on it; 0: nobody */
    bool assigned;       /* to a person or an agency */
    int64_t cluster_id;  /* of letters that are alike; 0: it is like no other */
    int64_t letters;     /* of that cluster in this state, this one among them; 0 without one */
    bool by_form;        /* a search found it by another form of a word alone */
};

/* A comment with everything but its body's end. */
struct comment {
    int64_t id, consultation_id, section_id, parent_id; /* 0: none */
    struct str source, source_id, channel, author, author_key, language;
    struct str body;  /* as it arrived, any bytes; at most the part asked for */
    size_t body_size; /* of the whole body, in bytes */
    int64_t submitted_at, received_at, revision;
    int64_t cluster_id; /* of letters that are alike; 0: it is like no other */
    enum comment_state state;
};

/* The comment with this id; body_from and body_most choose the part of its body (bytes).
 * STATUS_NOT_FOUND with a sentence when there is none. Strings in arena. */
enum status comment_read(struct store *store, int64_t id, size_t body_from, size_t body_most,
                         struct arena *arena, struct comment *comment, struct error *error);

/* The id of the comment of this source with this name there; STATUS_NOT_FOUND, without a sentence,
 * when there is none. */
enum status comment_by_source(struct store *store, struct str source, struct str source_id,
                              int64_t *id, struct error *error);

/* Adds a comment as pending, whatever state it names, and fills its id; or, when (source,
 * source_id) is there already, changes its body where it differs and raises the revision; one that is
 * in another consultation is left as it is. *outcome says which. */
enum comment_outcome { COMMENT_ADDED, COMMENT_CHANGED, COMMENT_UNCHANGED, COMMENT_ELSEWHERE };
enum status comment_add(struct store *store, struct comment *comment, enum comment_outcome *outcome,
                        struct error *error);

/* Many comments are about to be added in the open transaction: what is kept of their texts, and how
 * many they are, may wait and is then done for many at a time, until comment_settle(), which goes
 * before the commit. Nothing may be searched or counted in between, and when any of them fails, the
 * whole transaction is rolled back, which ends it as well. */
void comment_add_together(struct store *store);
enum status comment_settle(struct store *store, struct error *error);

/* Makes the comment a reply to parent; both must be there. Whether that makes sense is the
 * caller's to know: no rule is checked. */
enum status comment_set_parent(struct store *store, int64_t comment, int64_t parent,
                               struct error *error);

/* A place in a queue's order; queues are read by keys, never by offset. */
struct queue_place {
    int64_t submitted_at, id;
    bool by_form; /* of a search: behind all comments with the very words; see struct comment_row */
};

enum queue_way { QUEUE_AFTER, QUEUE_BEFORE };

/* Reads up to limit rows of the queue that query describes, oldest first: in the order of
 * (submitted_at, id). What words find is in the order of (by_form, id) instead: first the comments
 * that have every word as it was typed, then those with other forms of one, each as they arrived.
 * place  rows strictly after or before it; NULL starts at the first (with QUEUE_BEFORE, last) row
 * way    QUEUE_BEFORE gives the rows just before place, still oldest first
 * Rows and strings in arena. *count may be 0. STATUS_INPUT with a sentence that lists those there
 * are for a consultation, agency or tag that is not there. */
enum status queue_page(struct store *store, const struct query *query,
                       const struct queue_place *place, enum queue_way way, size_t limit,
                       struct arena *arena, struct comment_row **rows, size_t *count,
                       struct error *error);

/* The place of a row in its queue; and that of any comment in the queue of this query, whether it is
 * in it or not: STATUS_NOT_FOUND with a sentence when there is no such comment. */
struct queue_place queue_place_of(const struct comment_row *row);
enum status queue_place_find(struct store *store, const struct query *query, int64_t comment,
                             struct queue_place *place, struct error *error);

/* How many comments of each state the query finds, leaving its own states aside. Read from the
 * kept counts where the query names at most a consultation or an agency; else counted up to most in
 * each state (a count equal to most means "at least"). What words find is counted up to most in each
 * of the query's own states, and until there are most in all: where the counts add up to most or
 * more, each means "at least". STATUS_INPUT as queue_page(). */
enum status queue_counts(struct store *store, const struct query *query, int64_t most,
                         int64_t counts[STATE_COUNT], struct error *error);

/* The thread a comment stands in: its ancestors oldest first, itself, then its direct replies and
 * theirs, at most limit rows; depth[i] is how deep rows[i] stands, 0 the first. */
enum status comment_thread(struct store *store, int64_t id, size_t limit, struct arena *arena,
                           struct comment_row **rows, int **depths, size_t *count,
                           struct error *error);

/* How many comments of each state the author of this key (or, without a key, of this very name;
 * anonymous ones count none) wrote, this one included. */
enum status author_counts(struct store *store, const struct comment *comment,
                          int64_t counts[STATE_COUNT], struct error *error);

#endif
