/* The open store: its transactions, its version and its end. How it is opened stands in open.c. */
#include "store/alike_internal.h"
#include "store/calendar.h"
#include "store/figures_keep.h"
#include "store/figures_words.h"
#include "store/recall.h"

#include <stdlib.h>

void store_close(struct store *store)
{
    if (!store)
        return;
    store_rollback(store);
    statement_cache_free(&store->statements);
    sqlite3_close(store->database);
    alike_desk_free(store->alike);
    calendars_forget(store);
    words_free(&store->words);
    standing_forget(store);
    recall_free(store->recalls);
    free(store->path);
    free(store);
}

const char *store_path(const struct store *store)
{
    return store->path;
}

void store_set_busy_ms(struct store *store, int milliseconds)
{
    sqlite3_busy_timeout(store->database, milliseconds);
}

static int ask_whether_to_stop(void *store)
{
    const struct store *asked = store;
    return asked->stop(asked->stop_context);
}

void store_set_stop(struct store *store, bool (*stop)(void *context), void *context)
{
    enum { ASK_EVERY = 2000 }; /* steps of SQLite's machine: about a tenth of a millisecond */
    store->stop = stop;
    store->stop_context = context;
    sqlite3_progress_handler(store->database, ASK_EVERY, stop ? ask_whether_to_stop : NULL, store);
}

enum status store_begin(struct store *store, struct error *error)
{
    return statement_execute(store, "BEGIN IMMEDIATE", error);
}

enum status store_commit(struct store *store, struct error *error)
{
    enum status status = figures_settle_many(store, error);
    return status == OK ? statement_execute(store, "COMMIT", error) : status;
}

void store_rollback(struct store *store)
{
    words_forget(store);
    /* Who only read changed no calendar. */
    if (store->database && sqlite3_txn_state(store->database, "main") != SQLITE_TXN_READ)
        calendars_forget(store);
    /* A failure such as a full disk may have rolled back already. */
    alike_forget(store);
    if (store->database && !sqlite3_get_autocommit(store->database))
        statement_execute(store, "ROLLBACK", NULL);
}

bool snapshot_start(struct store *store)
{
    return sqlite3_get_autocommit(store->database) && statement_execute(store, "BEGIN", NULL) == OK;
}

void snapshot_end(struct store *store, bool started)
{
    if (started)
        store_rollback(store);
}

int64_t store_version(struct store *store)
{
    int64_t version = 0;
    struct statement statement;
    statement_start(&statement, store, "PRAGMA data_version");
    statement_single(&statement, &version);
    statement_end(&statement, NULL);
    return version;
}

bool store_is_as_before(struct store *store, struct store_stamp *stamp)
{
    struct store_stamp now = {.others = 1 + store_version(store),
                              .own = sqlite3_total_changes64(store->database)};
    bool same = now.others == stamp->others && now.own == stamp->own;
    *stamp = now;
    return same;
}
