/* What is due, and whether it was done in time: the table due and its sums (see majlis-schema(5)),
 * brought up to date when what happened becomes sums, never while a decision waits for it. */
#ifndef STORE_DUE_H
#define STORE_DUE_H

#include "store/calendar.h"

/* Gives SQLite the function majlis_due(agency, kind, moment). Returns an SQLite result. */
int due_register(struct store *store);

/* Takes what happened (figure_change) into due and its sums. Wants an open transaction; figure_change
 * is the caller's to empty. */
enum status due_settle(struct store *store, struct error *error);

/* The same for the comments over the id from, which are those counted in gathered, in one go: where
 * an import ends. */
enum status due_gather(struct store *store, int64_t from, struct error *error);

/* Counts everything anew; see figures_recount(). */
enum status due_recount(struct store *store, struct error *error);

/* After a calendar or a promise changed, everything is looked at anew, a part at a time: up to most
 * comments in the caller's transaction. *left receives how many ids are still to come; 0: none. Until
 * then what is due is said partly as before. */
enum status due_catch_up(struct store *store, int64_t most, int64_t *left, struct error *error);

/* How many ids are still to be looked at, of how many. */
enum status due_backlog(struct store *store, int64_t *left, int64_t *all, struct error *error);

/* STATUS_BUSY with a sentence that says how far it is while some are; else OK. */
enum status due_is_known(struct store *store, struct error *error);

#endif
