/* See workers.h. */
#include "store/workers.h"

#include "store/internal.h"
#include "store/team.h"

enum { AT_WORK_SECONDS = 3600 /* who decided so lately is at work */ };

static enum status list_readers(struct store *store, int64_t now, struct arena *arena,
                                struct list *list, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT moderator_id, comment_id, claimed_at, expires_at FROM claim");
    while (statement_next(&statement)) {
        struct worker worker = {.moderator = statement_integer(&statement), .reads = true};
        worker.comment = statement_integer(&statement);
        worker.since = statement_integer(&statement);
        if (claim_is_live(statement_integer(&statement), now))
            *(struct worker *)list_add(list, arena, sizeof worker) = worker;
    }
    return statement_end(&statement, error);
}

static bool is_among(const struct worker *list, size_t count, int64_t moderator)
{
    size_t i = 0;
    while (i < count && list[i].moderator != moderator)
        i++;
    return i < count;
}

/* Those who read nothing. */
static enum status list_deciders(struct store *store, int64_t now, struct arena *arena,
                                 struct list *list, struct error *error)
{
    struct statement statement;
    size_t reading = list->count;
    statement_start(&statement, store,
                    "SELECT moderator_id, comment_id, decided_at FROM last_deed"
                    " WHERE decided_at > ?1 AND decided_at <= ?2");
    statement_bind(&statement, now - AT_WORK_SECONDS);
    statement_bind(&statement, now);
    while (statement_next(&statement)) {
        struct worker worker = {.moderator = statement_integer(&statement)};
        worker.comment = statement_integer(&statement);
        worker.since = statement_integer(&statement);
        if (!is_among(list->items, reading, worker.moderator))
            *(struct worker *)list_add(list, arena, sizeof worker) = worker;
    }
    return statement_end(&statement, error);
}

enum status workers_read(struct store *store, int64_t now, struct arena *arena,
                         struct workers *workers, struct error *error)
{
    struct list list = {0};
    enum status status = list_readers(store, now, arena, &list, error);
    size_t reading = list.count;
    if (status == OK)
        status = list_deciders(store, now, arena, &list, error);
    *workers = (struct workers){list.items, list.count, reading};
    return status;
}
