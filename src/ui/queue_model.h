/* The queue as a screen needs it: a window of rows around a cursor, read by keys as one moves. What
 * was read once is kept as long as it is near; counts are read again only when something changed. */
#ifndef UI_QUEUE_MODEL_H
#define UI_QUEUE_MODEL_H

#include "store/comment.h"
#include "store/store.h"

struct queue_model {
    struct query query; /* which comments; its strings are in query_arena */
    struct arena query_arena, rows_arena;
    struct comment_row *rows;    /* the window, in the queue's order; its strings in rows_arena */
    size_t capacity;             /* rows there is room for */
    size_t count, cursor;        /* rows there are, and the one under the cursor */
    size_t sight;                /* rows the screen shows; 0 while that is not known */
    bool at_start, at_end;       /* the window reaches the queue's ends */
    int64_t ordinal;             /* the cursor's place in the queue, from 1; 0 when not known */
    int64_t total;               /* rows of the queue */
    int64_t last_id;             /* the latest comment there was when it was read */
    int64_t counts[STATE_COUNT]; /* comments by state, for the same query */
    int64_t counts_most;         /* where counts stop */
    bool counts_end;             /* they do: that many means "at least" */
    bool counts_cut;             /* counting a search's words stopped: every count is "at least" */
    struct store_stamp counted;  /* when the counts were read */
};

enum {
    QUEUE_COUNT_MOST = 10000, /* what no count is kept of is counted so far */
    SEARCH_COUNT_MOST = 2000, /* what words find: with each key that is typed */
    WITHOUT_COUNT_MOST =
        200, /* what lacks a word: each comment is looked up in the index of words */
};

/* "+" behind a count of the model that only says how many there are at least; or "".
 * own  whether it counts what the query asks for, and not another state beside it */
const char *queue_model_more(const struct queue_model *model, int64_t count, bool own);

/* Takes a copy of query and reads the queue from its start. The model is {0} before the first call.
 */
enum status queue_model_open(struct queue_model *model, struct store *store,
                             const struct query *query, struct error *error);
void queue_model_free(struct queue_model *model);

/* Reads again, the cursor on the same comment, or on the next one where that has left the queue. */
enum status queue_model_reload(struct queue_model *model, struct store *store, struct error *error);

/* Sees to it that as many rows as the screen shows are there on each side of the cursor, as far as
 * the queue has them. Every later reading brings as many. */
enum status queue_model_show(struct queue_model *model, struct store *store, size_t rows,
                             struct error *error);

/* Reads on where the row so many behind the cursor (before it, when negative) is not there yet. */
enum status queue_model_reach(struct queue_model *model, struct store *store, int64_t delta,
                              struct error *error);

/* Moves the cursor by delta rows, as far as there are any; to the first; to the last. */
enum status queue_model_move(struct queue_model *model, struct store *store, int64_t delta,
                             struct error *error);
enum status queue_model_first(struct queue_model *model, struct store *store, struct error *error);
enum status queue_model_last(struct queue_model *model, struct store *store, struct error *error);

/* Puts the cursor at a place, or on the first comment behind it. */
enum status queue_model_go(struct queue_model *model, struct store *store, struct queue_place place,
                           struct error *error);

/* Whether a row of it stands for all letters of a cluster that are in its state. */
bool queue_model_is_line(const struct queue_model *model, const struct comment_row *row);

/* The row under the cursor; NULL in an empty queue. Lives until the next call that reads. */
const struct comment_row *queue_model_current(const struct queue_model *model);

#endif
