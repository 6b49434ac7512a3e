/* Work that waits after a database, a calendar or a promise changed: every comment is looked at once,
 * a part at a time, so that others can work meanwhile, and who stops it goes on the next time. */
#ifndef STORE_CATCH_UP_H
#define STORE_CATCH_UP_H

#include "store/store.h"

/* What is being done; in the order in which it is. */
enum catch_up_kind {
    CATCH_UP_NOTHING,
    CATCH_UP_ALIKE, /* letters from before there were look-alikes: store/alike.h */
    CATCH_UP_DUE,   /* when each comment is due: store/due.h */
};

/* What is to be done next, and of how many comments at most. */
enum status catch_up_next(struct store *store, enum catch_up_kind *kind, int64_t *left,
                          struct error *error);

/* Does it for up to most comments, in a transaction of its own. */
enum status catch_up_step(struct store *store, int64_t most, struct error *error);

#endif
