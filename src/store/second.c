/* Second looks: drawing them by chance, and what people make of them. */
#include "store/second.h"

#include "store/log_internal.h"
#include "store/team.h"

#define FIT                                                                                        \
    "d.action IN ('approve', 'reject', 'spam') AND (d.batch IS NULL OR d.batch = d.id)"            \
    " AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.id)"                       \
    " AND NOT EXISTS (SELECT 1 FROM second_look AS s WHERE s.decision_id = d.id)"

/* Of few, any of them, put down in the order of their time; of many, each id is as likely as any, and
 * one that does not fit is passed over. */
static const char few_sql[] =
    "INSERT INTO second_look (decision_id, kind, drawn_by, drawn_at)"
    " SELECT id, 'sample', :by, :now FROM (SELECT d.id FROM decision AS d"
    " WHERE d.id >= :first AND " FIT " ORDER BY random() LIMIT :count) ORDER BY id";
static const char one_sql[] = "INSERT INTO second_look (decision_id, kind, drawn_by, drawn_at)"
                              " SELECT d.id, 'sample', :by, :now FROM decision AS d"
                              " WHERE d.id = (SELECT :first + abs(random() % :span)) AND " FIT;

static enum status read_span(struct store *store, int64_t since, int64_t *first, int64_t *span,
                             struct error *error)
{
    struct statement statement;
    *first = *span = 0;
    statement_start(&statement, store,
                    "SELECT ifnull((SELECT id FROM decision WHERE decided_at >= ?1"
                    " ORDER BY decided_at, id LIMIT 1), 0), ifnull((SELECT max(id) FROM decision),"
                    " 0)");
    statement_bind(&statement, since);
    if (statement_single(&statement, first) && *first > 0)
        *span = statement_integer(&statement) - *first + 1;
    return statement_end(&statement, error);
}

static enum status run_draw(struct store *store, const char *sql, int64_t count, int64_t first,
                            int64_t span, int64_t by, int64_t now, int64_t *drawn,
                            struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, sql);
    statement_name(&statement, ":by", by);
    statement_name(&statement, ":now", now);
    statement_name(&statement, ":first", first);
    statement_name(&statement, ":span", span);
    statement_name(&statement, ":count", count);
    enum status status = statement_run(&statement, error);
    if (status == OK)
        *drawn += sqlite3_changes64(store->database);
    return status;
}

enum status second_draw(struct store *store, int64_t count, int64_t since, int64_t drawn_by,
                        int64_t now, int64_t *drawn, struct error *error)
{
    enum { FEW = 5000 /* decisions that can be put in any order at once */, TRIES = 20 };
    int64_t first, span;
    *drawn = 0;
    enum status status = read_span(store, since, &first, &span, error);
    if (status != OK || span <= 0)
        return status;
    if (span <= FEW)
        return run_draw(store, few_sql, count, first, span, drawn_by, now, drawn, error);
    for (int64_t i = 0; status == OK && *drawn < count && i < TRIES * count; i++)
        status = run_draw(store, one_sql, count, first, span, drawn_by, now, drawn, error);
    return status;
}

static enum status read_look(struct statement *statement, struct arena *arena,
                             struct second_look *look, struct error *error)
{
    bool found = statement_next(statement);
    if (found) {
        look->id = statement_integer(statement);
        look->decision_id = statement_integer(statement);
        look->comment_id = statement_integer(statement);
        look->decided_by = statement_integer(statement);
        look->login = statement_text(statement, arena);
    }
    enum status status = statement_end(statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status second_next(struct store *store, int64_t moderator, int64_t now, int64_t after,
                        struct arena *arena, struct second_look *look, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT s.id, d.id, d.comment_id, d.moderator_id, ''"
                    " FROM second_look AS s INDEXED BY second_look_open"
                    " CROSS JOIN decision AS d ON d.id = s.decision_id"
                    " WHERE s.looked_at IS NULL AND s.id > ?2 AND d.moderator_id <> ?1"
                    " AND NOT EXISTS (SELECT 1 FROM claim AS l WHERE l.comment_id = d.comment_id"
                    "  AND l.moderator_id <> ?1 AND l.expires_at > ?3"
                    "  AND l.expires_at <= ?3 + ?4) ORDER BY s.id LIMIT 1");
    statement_bind(&statement, moderator);
    statement_bind(&statement, after);
    statement_bind(&statement, now);
    statement_bind(&statement, CLAIM_SECONDS_MOST);
    return read_look(&statement, arena, look, error);
}

enum status second_waiting(struct store *store, int64_t moderator, int64_t *count,
                           struct error *error)
{
    struct statement statement;
    *count = 0;
    statement_start(&statement, store,
                    "SELECT count(*) FROM second_look AS s INDEXED BY second_look_open"
                    " CROSS JOIN decision AS d ON d.id = s.decision_id"
                    " WHERE s.looked_at IS NULL AND d.moderator_id <> ?1");
    statement_bind(&statement, moderator);
    statement_single(&statement, count);
    return statement_end(&statement, error);
}

enum status second_of(struct store *store, int64_t comment, struct arena *arena,
                      struct second_look *look, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT s.id, d.id, d.comment_id, d.moderator_id, ifnull(m.login, '')"
                    " FROM decision AS d CROSS JOIN second_look AS s ON s.decision_id = d.id"
                    " LEFT JOIN moderator AS m ON m.id = s.moderator_id"
                    " WHERE d.comment_id = ?1 AND s.kind = 'sample' ORDER BY d.id DESC LIMIT 1");
    statement_bind(&statement, comment);
    return read_look(&statement, arena, look, error);
}

enum status second_say(struct store *store, const struct second_look *look, int64_t moderator,
                       enum action action, int64_t now, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "UPDATE second_look SET moderator_id = ?1, action = ?2, looked_at = ?3"
                    " WHERE id = ?4");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, str_of(action_name(action)));
    statement_bind(&statement, now);
    statement_bind(&statement, look->id);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    return log_subject(store, "second-look", look->id,
                       "SELECT " LOG_SECOND_LOOK " FROM second_look AS x WHERE x.id = ?1", error);
}
