/* Migrations: each brings the schema one number further, in a transaction of its own. */
#include "store/internal.h"

#include "base/language.h"
#include "store/log_internal.h"
#include "store/schema.h"

static void (*tell_step)(const char *path, int step, int steps);

void store_on_migration(void (*tell)(const char *path, int step, int steps))
{
    tell_step = tell;
}

/* The schema's number in the file; the build puts what sets it behind each migration. */
static enum status read_version(struct store *store, int64_t *version, struct error *error)
{
    struct statement statement;
    *version = 0;
    statement_start(&statement, store, "PRAGMA user_version");
    statement_single(&statement, version);
    return statement_end(&statement, error);
}

/* One step, inside a transaction. Another process may have taken it while this one waited. */
static enum status take_step(struct store *store, bool *done, struct error *error)
{
    int64_t before, after = 0;
    enum status status = read_version(store, &before, error);
    *done = status == OK && before >= schema_migration_count;
    if (status != OK || *done)
        return status;
    if (before > 0 && tell_step)
        tell_step(store->path, (int)before + 1, schema_migration_count);
    status = store_execute(store, schema_migrations[before], error);
    if (status == OK)
        status = read_version(store, &after, error);
    if (status == OK && after != before + 1)
        status =
            error_set(error, STATUS_STORE, _("%s could not be brought up to date"), store->path);
    if (status == OK && after == schema_migration_count)
        status = log_begin(store, error);
    return status;
}

enum status migrate(struct store *store, struct error *error)
{
    int64_t version;
    /* Who has nothing to change need not wait for those who write. */
    enum status status = read_version(store, &version, error);
    bool done = status == OK && version >= schema_migration_count;
    while (!done && status == OK) {
        status = store_begin(store, error);
        if (status == OK)
            status = take_step(store, &done, error);
        if (status == OK)
            status = statement_execute(store, "COMMIT", error);
        if (status != OK)
            store_rollback(store);
    }
    return status;
}
