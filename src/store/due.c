/* Keeping what is due. The rows of due say what of each comment is in the sums; so a comment that
 * something happened to is taken out of them as it was, looked at, and put in again. */
#include "store/due_sql.h"
#include "store/figures_scopes.h"
#include "store/recall.h"

#include "base/language.h"

/* --- The function --- */

static void due_value(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct store *store = sqlite3_user_data(context);
    int64_t kind = sqlite3_value_int64(values[1]);
    (void)count;
    if (kind < 0 || kind >= DUE_KIND_COUNT || sqlite3_value_type(values[2]) != SQLITE_INTEGER)
        return; /* NULL */
    const struct agency_calendar *agency = calendar_of(store, sqlite3_value_int64(values[0]));
    if (!agency) {
        sqlite3_result_error(context, "the calendars cannot be read", -1);
        return;
    }
    int64_t due =
        work_due(&agency->calendar, agency->promises[kind], sqlite3_value_int64(values[2]));
    if (due >= 0)
        sqlite3_result_int64(context, due);
}

int due_register(struct store *store)
{
    return sqlite3_create_function_v2(store->database, "majlis_due", 3,
                                      SQLITE_UTF8 | SQLITE_INNOCUOUS, store, due_value, NULL, NULL,
                                      NULL);
}

/* --- Sums --- */

#define ADD                                                                                        \
    " ON CONFLICT DO UPDATE SET decide_kept = decide_kept + excluded.decide_kept,"                 \
    " decide_late = decide_late + excluded.decide_late,"                                           \
    " decide_open = decide_open + excluded.decide_open,"                                           \
    " answer_kept = answer_kept + excluded.answer_kept,"                                           \
    " answer_late = answer_late + excluded.answer_late,"                                           \
    " answer_open = answer_open + excluded.answer_open"
#define ADD_OPEN                                                                                   \
    " ON CONFLICT DO UPDATE SET decide_open = decide_open + excluded.decide_open,"                 \
    " answer_open = answer_open + excluded.answer_open"
#define SOME_OPEN "sum(decide_open) <> 0 OR sum(answer_open) <> 0"

/* What some comments add, or take out: put aside once, as few rows. which: behind their ids. */
#define PART_SQL(sign, which)                                                                      \
    "INSERT INTO promise_step SELECT consultation_id, day, language, channel, moderator_id,"       \
    " iif(decide_open + answer_open > 0, at, 0), " DUE_SUMS(                                       \
        sign) " FROM promise_part WHERE comment_id " which " GROUP BY 1, 2, 3, 4, 5, 6"
/* Looks at the comments themselves. */
#define DUE_ANEW_SQL(which)                                                                        \
    "INSERT INTO due SELECT * FROM due_counted WHERE comment_id " which                            \
    " ON CONFLICT DO UPDATE SET decide_at = excluded.decide_at,"                                   \
    " decided_at = excluded.decided_at, decided_by = excluded.decided_by,"                         \
    " answer_at = excluded.answer_at, answered_at = excluded.answered_at,"                         \
    " answered_by = excluded.answered_by WHERE (decide_at, decided_at, decided_by, answer_at,"     \
    " answered_at, answered_by) IS NOT (excluded.decide_at, excluded.decided_at,"                  \
    " excluded.decided_by, excluded.answer_at, excluded.answered_at, excluded.answered_by)"

#define PARTS(which)                                                                               \
    {                                                                                              \
        PART_SQL("-", which), DUE_ANEW_SQL(which), PART_SQL("", which)                             \
    }
enum { PART_COUNT = 3 };
#define IN_SPAN "BETWEEN ?1 AND ?2"

static const char *const changed_parts[PART_COUNT] = PARTS(DUE_CHANGED);
static const char *const span_parts[PART_COUNT] = PARTS(IN_SPAN);

/* What was put aside, into every sum it belongs to. */
static const char *const sums[] = {
    "INSERT INTO promise_day SELECT consultation_id, day, language, channel, "
    "moderator_id, " DUE_SUMS("") " FROM promise_step WHERE true GROUP BY 1, 2, 3, 4, 5" ADD,
    /* The finest first, since every other is a sum of those. */
    "WITH fine (consultation_id, day, language, channel, moderator_id, " DUE_NUMBERS
    ") AS MATERIALIZED (SELECT consultation_id, day, language, channel, moderator_id, " DUE_SUMS(
        "") " FROM promise_step GROUP BY 1, 2, 3, 4, 5)"
            " INSERT INTO promise_of SELECT scope, day, " DUE_SUMS(
                "") " FROM (" FINE_BY_SCOPE_AND_MODERATOR("day, " DUE_NUMBERS) ") WHERE true GROUP "
                                                                               "BY 1, 2" ADD,
    "INSERT INTO promise_open SELECT consultation_id, language, channel, sum(decide_open),"
    " sum(answer_open) FROM promise_step WHERE true GROUP BY 1, 2, 3 HAVING " SOME_OPEN ADD_OPEN,
    "WITH fine (consultation_id, language, channel, decide_open, answer_open) AS MATERIALIZED"
    " (SELECT consultation_id, language, channel, sum(decide_open), sum(answer_open)"
    "  FROM promise_step GROUP BY 1, 2, 3 HAVING " SOME_OPEN ")"
    " INSERT INTO promise_open_of SELECT scope, sum(decide_open), sum(answer_open)"
    " FROM (" FINE_BY_SCOPE("decide_open, answer_open") ") WHERE true GROUP BY 1" ADD_OPEN,
    "INSERT INTO due_count SELECT at, consultation_id, language, channel, sum(decide_open),"
    " sum(answer_open) FROM promise_step WHERE at <> 0 GROUP BY 1, 2, 3, 4 HAVING " SOME_OPEN
        ADD_OPEN,
    "DELETE FROM promise_step",
    KEPT_ANEW("sums"),
};

static enum status settle_sums(struct store *store, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof sums / sizeof *sums; i++)
        status = statement_execute(store, sums[i], error);
    return status;
}

enum status due_settle(struct store *store, struct error *error)
{
    enum status status = calendars_refresh(store, error);
    for (int i = 0; status == OK && i < PART_COUNT; i++)
        status = statement_execute(store, changed_parts[i], error);
    return status == OK ? settle_sums(store, error) : status;
}

/* --- Anew --- */

static enum status settle_span(struct store *store, int64_t first, int64_t last,
                               struct error *error)
{
    enum status status = calendars_refresh(store, error);
    for (int i = 0; status == OK && i < PART_COUNT; i++) {
        struct statement statement;
        statement_start(&statement, store, span_parts[i]);
        statement_bind(&statement, first);
        statement_bind(&statement, last);
        status = statement_run(&statement, error);
    }
    return status == OK ? settle_sums(store, error) : status;
}

/* What stands in gathered is all there is over a number, and nothing was decided or answered yet: of
 * what is due for each, its question alone makes a difference. Those with a text that was changed
 * meanwhile were looked at then; they are taken out and come again. */
static const char *const gathered_parts[] = {
    PART_SQL("-", "> ?1"),
    "INSERT INTO due (comment_id, decide_at, answer_at)"
    " SELECT c.id, majlis_due(k.agency_id, 0, c.received_at),"
    " iif(q.comment_id IS NULL, NULL, majlis_due(k.agency_id, 1, c.received_at))"
    " FROM comment AS c NOT INDEXED CROSS JOIN consultation AS k ON k.id = c.consultation_id"
    " LEFT JOIN question AS q ON q.comment_id = c.id WHERE c.id > ?1"
    " ON CONFLICT DO UPDATE SET decide_at = excluded.decide_at, answer_at = excluded.answer_at",
    "INSERT INTO promise_step SELECT consultation_id, (at + (SELECT seconds FROM team_clock)) / "
    "86400, language, channel, 0, at, 0, 0, decide_open, 0, 0, answer_open FROM ("
    "SELECT consultation_id, language, channel, majlis_due(agency_id, 0, received_at) AS at,"
    "  sum(comments) AS decide_open, 0 AS answer_open"
    " FROM gathered AS g CROSS JOIN consultation AS k ON k.id = g.consultation_id"
    " GROUP BY 1, 2, 3, 4 "
    "UNION ALL "
    "SELECT consultation_id, language, channel, majlis_due(agency_id, 1, received_at),"
    "  0, sum(questions)"
    " FROM (SELECT consultation_id, language, channel, received_at, count(*) AS questions"
    "  FROM question WHERE comment_id > ?1 GROUP BY 1, 2, 3, 4) AS q"
    " CROSS JOIN consultation AS k ON k.id = q.consultation_id GROUP BY 1, 2, 3, 4"
    ") WHERE at IS NOT NULL",
};

/* Whether anything was decided or answered over a number. */
static enum status is_touched(struct store *store, int64_t from, bool *touched, struct error *error)
{
    struct statement statement;
    int64_t found = 0;
    statement_start(&statement, store,
                    "SELECT EXISTS (SELECT 1 FROM decision WHERE comment_id > ?1)"
                    " OR EXISTS (SELECT 1 FROM response WHERE comment_id > ?1)");
    statement_bind(&statement, from);
    statement_single(&statement, &found);
    *touched = found != 0;
    return statement_end(&statement, error);
}

enum status due_gather(struct store *store, int64_t from, struct error *error)
{
    bool touched;
    enum status status = is_touched(store, from, &touched, error);
    if (status == OK && touched)
        return settle_span(store, from + 1, INT64_MAX, error);
    if (status == OK)
        status = calendars_refresh(store, error);
    for (size_t i = 0; status == OK && i < sizeof gathered_parts / sizeof *gathered_parts; i++) {
        struct statement statement;
        statement_start(&statement, store, gathered_parts[i]);
        statement_bind(&statement, from);
        status = statement_run(&statement, error);
    }
    return status == OK ? settle_sums(store, error) : status;
}

static enum status read_state(struct store *store, int64_t *next, int64_t *last,
                              struct error *error)
{
    struct statement statement;
    *last = 0;
    *next = 1;
    statement_recall(&statement, store, "SELECT last_id, next_id FROM due_state WHERE id = 1",
                     RECALL_SUMS);
    if (statement_single(&statement, last))
        *next = statement_integer(&statement);
    return statement_end(&statement, error);
}

enum status due_backlog(struct store *store, int64_t *left, int64_t *all, struct error *error)
{
    int64_t next, last;
    enum status status = read_state(store, &next, &last, error);
    *left = last >= next ? last - next + 1 : 0;
    *all = last;
    return status;
}

enum status due_is_known(struct store *store, struct error *error)
{
    enum { WHOLE = 100 };
    int64_t left, all;
    enum status status = due_backlog(store, &left, &all, error);
    if (status != OK || left == 0)
        return status;
    return error_set(error, STATUS_BUSY,
                     _("the calendar or a promise changed: what is due is being worked out anew "
                       "(%d%% done)"),
                     (int)(WHOLE * (all - left) / all));
}

enum status due_catch_up(struct store *store, int64_t most, int64_t *left, struct error *error)
{
    struct statement statement;
    int64_t next, last;
    enum status status = read_state(store, &next, &last, error);
    *left = 0;
    if (status != OK || next > last)
        return status;
    int64_t end = last - next < most ? last : next + most - 1;
    status = settle_span(store, next, end, error);
    if (status != OK)
        return status;
    *left = last - end;
    statement_start(&statement, store, "UPDATE due_state SET next_id = ?1 WHERE id = 1");
    statement_bind(&statement, end + 1);
    return statement_run(&statement, error);
}

enum status due_recount(struct store *store, struct error *error)
{
    static const char sql[] =
        "DELETE FROM due; DELETE FROM promise_day; DELETE FROM promise_of; DELETE FROM due_count;"
        "DELETE FROM promise_open; DELETE FROM promise_open_of;"
        "INSERT INTO due SELECT * FROM due_counted;"
        "INSERT INTO promise_day SELECT * FROM promise_day_counted;"
        "INSERT INTO promise_of SELECT * FROM promise_of_counted;"
        "INSERT INTO promise_open SELECT * FROM promise_open_counted;"
        "INSERT INTO promise_open_of SELECT * FROM promise_open_of_counted;"
        "INSERT INTO due_count SELECT * FROM due_count_counted;"
        "UPDATE due_state SET next_id = last_id + 1;" KEPT_ANEW("sums");
    enum status status = calendars_refresh(store, error);
    return status == OK ? store_execute(store, sql, error) : status;
}
