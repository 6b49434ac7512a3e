/* The store: one SQLite file. Opening, refusing, transactions; what is in it has a header each. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct store;

enum {
    STORE_APPLICATION_ID = 0x4d4a4c53, /* "MJLS", in the SQLite header at byte 68 */
    STORE_BUSY_MS = 5000,              /* how long another process's lock is waited for */
};

enum store_mode {
    STORE_EXISTING,  /* the file must be a majlis database; older ones are migrated */
    STORE_NEW,       /* the file must not exist or be empty; it is made */
    STORE_READ_ONLY, /* nothing is written, not even a migration; works on a read-only file */
};

/* Opens or makes the database at path.
 * Refuses with a sentence that says which: no such file, not a database, a database of another
 * program, one from a newer majlis, damaged, not readable, read-only, locked, disk full. */
enum status store_open(struct store **store, const char *path, enum store_mode mode,
                       struct error *error);

/* Closes it; an open transaction is rolled back. NULL is allowed. */
void store_close(struct store *store);

/* The path it was opened with; lives as long as the store. */
const char *store_path(const struct store *store);

/* How long a lock of another process is waited for, in milliseconds; STORE_BUSY_MS at first. */
void store_set_busy_ms(struct store *store, int milliseconds);

/* From now on asks, again and again while a statement runs, whether to stop it: then that fails with
 * STATUS_INTERRUPTED. NULL: nothing is asked any more. */
void store_set_stop(struct store *store, bool (*stop)(void *context), void *context);

/* Starts a write transaction (BEGIN IMMEDIATE), so that what is read in it stays true until its
 * end. Transactions do not nest. */
enum status store_begin(struct store *store, struct error *error);
enum status store_commit(struct store *store, struct error *error);
/* Rolls back; nothing happens where none is open, so it can stand on every way out. */
void store_rollback(struct store *store);

/* Whom to tell, before each step, that an older database is being brought up to date: which step it
 * is, of how many. A million comments take minutes. NULL, as at first: nobody. */
void store_on_migration(void (*tell)(const char *path, int step, int steps));

/* A number that changes whenever another process changed the database; cheap (PRAGMA data_version).
 */
int64_t store_version(struct store *store);

/* What a store had seen of the database's changes, its own and others'. */
struct store_stamp {
    int64_t others, own;
};
/* Whether nothing was written since *stamp, which is brought up to date; {0} is before everything.
 * One short statement. */
bool store_is_as_before(struct store *store, struct store_stamp *stamp);

/* Whole-file check: integrity, foreign keys, counts against what they count, state against the last
 * decision, and the trail.
 * head  a hash of the trail that was published once, to be found in it; size 0: none
 * Calls found() with a sentence for each fault; *faults receives how many there are. */
enum status store_check(struct store *store, struct str head,
                        void (*found)(void *context, const char *sentence), void *context,
                        int64_t *faults, struct error *error);

/* Writes a consistent copy to path while others work (SQLite's online backup), then checks the
 * copy. path must not exist; nothing is left there on failure. */
enum status store_backup(struct store *store, const char *path, struct error *error);

/* Puts a copy of the database backup, once it is proved sound, in the place of the one at path,
 * with its access rights.
 * kept  receives the name under which what was there is kept, NULL when there was none; in arena
 * STATUS_BUSY when another program has the database open. All is as it was on failure. */
enum status store_restore(const char *path, const char *backup, struct arena *arena,
                          const char **kept, struct error *error);

#endif
