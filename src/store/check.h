/* The check, for those who know whether anybody else is at work; and the copying it needs. */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "store/internal.h"

/* As store_check(). alone tells that no other process works on this database, so that nobody has
 * to be spared and no copy is made. */
enum status check_store(struct store *store, bool alone, struct str head,
                        void (*found)(void *context, const char *sentence), void *context,
                        int64_t *faults, struct error *error);

/* Copies one database, as of one moment, over another. Returns an SQLite result. */
int copy_database(sqlite3 *to, sqlite3 *from);

#endif
