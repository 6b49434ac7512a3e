/* The worked examples: agencies, consultations, reasons, tags, templates, comments and what example
 * moderators did with them, read from the installed JSON files. */
#ifndef EXCHANGE_EXAMPLES_H
#define EXCHANGE_EXAMPLES_H

#include "store/store.h"

/* Reasons, tags and templates into a new database: what `init` starts with.
 * share  the installed data's folder. One transaction. */
enum status examples_load_lists(struct store *store, const char *share, struct error *error);

/* Everything, relative to now; login becomes a supervisor beside the example moderators, so that
 * whoever opens the demo may do everything. Decisions, tags, notes and responses go through the
 * desk as their example moderators, with their own past moments. A bad file is refused with
 * FILE:LINE, and nothing stays. */
enum status examples_load(struct store *store, const char *share, struct str login, struct str name,
                          int64_t now, struct error *error);

#endif
