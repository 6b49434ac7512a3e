/* Claims: leases on comments. The one rule kept here is when a lease means nothing. */
#include "store/team.h"

#include "store/internal.h"

bool claim_is_live(int64_t expires_at, int64_t now)
{
    /* A clock that was set back must not leave a comment locked for as long. */
    return expires_at > now && expires_at - now <= CLAIM_SECONDS_MOST;
}

#define CLAIM_COLUMNS                                                                              \
    "SELECT c.comment_id, c.moderator_id, m.login, m.name, c.claimed_at, c.expires_at"             \
    " FROM claim AS c JOIN moderator AS m ON m.id = c.moderator_id"

static void read_claim(struct statement *statement, struct arena *arena, struct claim *claim)
{
    claim->comment_id = statement_integer(statement);
    claim->moderator_id = statement_integer(statement);
    claim->login = statement_text(statement, arena);
    claim->name = statement_text(statement, arena);
    claim->claimed_at = statement_integer(statement);
    claim->expires_at = statement_integer(statement);
}

enum status claim_read(struct store *store, int64_t comment, int64_t now, struct arena *arena,
                       struct claim *claim, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, CLAIM_COLUMNS " WHERE c.comment_id = ?1");
    statement_bind(&statement, comment);
    bool found = statement_next(&statement);
    if (found)
        read_claim(&statement, arena, claim);
    enum status status = statement_end(&statement, error);
    if (status == OK && (!found || !claim_is_live(claim->expires_at, now)))
        return STATUS_EMPTY;
    return status;
}

enum status claim_write(struct store *store, const struct claim *claim, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO claim (comment_id, moderator_id, claimed_at, expires_at)"
                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (comment_id) DO UPDATE SET"
                    " moderator_id = excluded.moderator_id, claimed_at = excluded.claimed_at,"
                    " expires_at = excluded.expires_at");
    statement_bind(&statement, claim->comment_id);
    statement_bind(&statement, claim->moderator_id);
    statement_bind(&statement, claim->claimed_at);
    statement_bind(&statement, claim->expires_at);
    return statement_run(&statement, error);
}

enum status claim_end(struct store *store, int64_t comment, int64_t moderator, bool *ended,
                      struct error *error)
{
    int64_t removed = 0;
    struct statement statement;
    statement_start(&statement, store,
                    "DELETE FROM claim WHERE comment_id = ?1 AND moderator_id = ?2 RETURNING 1");
    statement_bind(&statement, comment);
    statement_bind(&statement, moderator);
    statement_single(&statement, &removed);
    *ended = removed != 0;
    return statement_run(&statement, error);
}

enum status claim_latest(struct store *store, int64_t moderator, int64_t *comment,
                         struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT comment_id FROM claim WHERE moderator_id = ?1"
                    " ORDER BY claimed_at DESC, comment_id DESC LIMIT 1");
    statement_bind(&statement, moderator);
    bool found = statement_single(&statement, comment);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status claim_list(struct store *store, int64_t now, struct arena *arena, struct claim **claims,
                       size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    CLAIM_COLUMNS " WHERE c.expires_at > ?1 AND c.expires_at <= ?1 + ?2"
                                  " ORDER BY c.claimed_at, c.comment_id");
    statement_bind(&statement, now);
    statement_bind(&statement, CLAIM_SECONDS_MOST);
    while (statement_next(&statement))
        read_claim(&statement, arena, list_add(&list, arena, sizeof(struct claim)));
    *claims = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}
