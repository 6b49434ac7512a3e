/* The parts of a queue's order that are read and merged: one for each consultation and state that a
 * query leaves, as far as an index has each without a gap. */
#ifndef STORE_QUEUE_STREAMS_H
#define STORE_QUEUE_STREAMS_H

#include "store/queue_scope.h"

/* Lists the streams of a scope whose names and filters are known, in arena; of words alone there are
 * none. rows receives how many comments they hold, as far as that decides what leads. */
enum status streams_list(struct store *store, struct arena *arena, struct scope *scope,
                         int64_t *rows, struct error *error);

/* The lead and the filters with which one of the streams is read. */
enum lead stream_lead(const struct stream *stream);
unsigned stream_filters(const struct scope *scope, const struct stream *stream);

#endif
