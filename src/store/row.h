/* A comment as a row of a list: shared by queues and threads. */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include "store/comment.h"

/* Fills one row for each of count ids, in their order; rows and strings in arena. An id that is not
 * there (any more) is left out; *count receives how many rows there are. Called with the ids read
 * in the same transaction, or right after it: what went meanwhile does not matter to a list. */
enum status rows_read(struct store *store, const int64_t *ids, size_t id_count, struct arena *arena,
                      struct comment_row **rows, size_t *count, struct error *error);

#endif
