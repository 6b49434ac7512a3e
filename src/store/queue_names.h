/* What the names of a query stand for in this database. */
#ifndef STORE_QUEUE_NAMES_H
#define STORE_QUEUE_NAMES_H

#include "store/queue_scope.h"

/* Whether a name of a person means whoever it is. */
bool scope_anybody(struct str name);

/* Fills the scope's ids from its query. STATUS_INPUT with a sentence that lists what there is for a
 * name that is not there. */
enum status scope_name(struct store *store, struct scope *scope, struct error *error);

/* The section asked for, which lies in the scope's consultation. STATUS_INPUT with a sentence where no
 * consultation is named, or it has no such section. */
enum status scope_find_section(struct store *store, struct scope *scope, struct error *error);

/* The cluster asked for, by its number or by a letter's; a letter that is like no other is meant
 * alone. *consultation receives where the cluster lies. STATUS_INPUT for a number that is not there.
 */
enum status scope_find_cluster(struct store *store, struct scope *scope, int64_t *consultation,
                               struct error *error);

#endif
