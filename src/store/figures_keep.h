/* Bringing kept figures up to date with what happened: see figure_change in majlis-schema(5). */
#ifndef STORE_FIGURES_KEEP_H
#define STORE_FIGURES_KEEP_H

#include "store/comment.h"
#include "store/store.h"

/* Adds what happened to the kept sums, when it is more than a few deeds: before a transaction ends.
 * Looking costs nothing that grows. */
enum status figures_settle_many(struct store *store, struct error *error);

/* Adds what happened to the kept sums, however little. Wants an open transaction. */
enum status figures_settle(struct store *store, struct error *error);

/* The same between the parts of a long import, of what happened to comments that were there. */
enum status figures_settle_changes(struct store *store, struct error *error);

/* From now on, comments that are added in the open transaction are counted by figures_gather(), which
 * goes before its commit: an import's. Where it fails, each is counted as it comes. */
void figures_gather_begin(struct store *store);
/* A comment was added; remembers what figures_gather() will look at again, where it is to. */
void figures_arrived(struct store *store, const struct comment *comment);
/* Counts them, in all counts and sums that comments by themselves add to. */
enum status figures_gather(struct store *store, struct error *error);

#endif
