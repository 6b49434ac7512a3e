/* Pages and counts of what words find; and what queue.c shares with that. */
#ifndef STORE_QUEUE_FOUND_H
#define STORE_QUEUE_FOUND_H

#include "store/internal.h"
#include "store/queue_scope.h"

/* A page that is being read. */
struct page {
    struct store *store;
    const struct scope *scope;
    const struct queue_place *place; /* NULL: from the end that way starts at */
    enum queue_way way;
    size_t limit;
    struct arena *arena;
    struct list found; /* struct queue_place */
};

/* The statement for a lead, filters and a shape, with all bound but the ranges and the limit.
 * stream may be NULL. */
void queue_start(struct statement *statement, struct store *store, const struct scope *scope,
                 const struct stream *stream, enum lead lead, enum shape shape);

/* Reads rows of (state, count), adds them to counts, none over most, and ends the statement. */
enum status queue_read_counts(struct statement *statement, int64_t most,
                              int64_t counts[STATE_COUNT], struct error *error);

/* Fills the page's list, in the order of its way, with up to its limit of places. */
enum status found_page(struct page *page, struct error *error);

/* Counts what the words of the scope, which names no state, find: see queue_counts().
 * states  the query's own; 0 for all */
enum status found_counts(struct store *store, const struct scope *scope, unsigned states,
                         int64_t most, int64_t counts[STATE_COUNT], struct error *error);

#endif
