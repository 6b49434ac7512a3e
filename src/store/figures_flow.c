/* Reading the kept sums of comments that come, wait and go. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"

/* --- Days and hours --- */

/* Rows of the day (or hour) and the four sums, added to their place. */
struct filling {
    int64_t first, last, unit; /* unit: hours that one place holds */
    struct flow *flows;
};

static void add_rows(struct statement *statement, const struct filling *filling, bool arrivals,
                     bool decisions)
{
    while (statement_next(statement)) {
        int64_t at = statement_integer(statement) / filling->unit;
        if (at < filling->first || at > filling->last)
            continue;
        struct flow *flow = &filling->flows[at - filling->first];
        int64_t arrived = statement_integer(statement), decided = statement_integer(statement);
        int64_t reopened = statement_integer(statement), waiting = statement_integer(statement);
        flow->arrived += arrivals ? arrived : 0;
        flow->waiting += arrivals ? waiting : 0;
        flow->decided += decisions ? decided : 0;
        flow->reopened += decisions ? reopened : 0;
    }
}

/* What happened since the sums were brought up to date: few rows, read whole. */
static enum status add_changes(struct store *store, const struct figure_scope *scope,
                               const struct filling *filling, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT f.hour, f.arrived, f.decided, f.reopened, f.waiting"
                    " FROM flow_change AS f WHERE " CHANGED " AND " NARROWED
                    " AND f.hour >= ?5 AND f.hour < ?6 AND (?7 = 0 OR f.moderator_id IN (0, ?7))");
    bind_scope(&statement, scope);
    statement_bind(&statement, filling->first * filling->unit);
    statement_bind(&statement, (filling->last + 1) * filling->unit);
    statement_bind(&statement, scope->moderator_id);
    add_rows(&statement, filling, true, true);
    return statement_end(&statement, error);
}

static enum status read_sum_days(struct store *store, const char *sum,
                                 const struct filling *filling, bool arrivals, bool decisions,
                                 struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT day, arrived, decided, reopened, waiting FROM flow_of"
                    " WHERE scope = ?1 AND day >= ?2 AND day <= ?3");
    statement_bind_text(&statement, str_of(sum));
    statement_bind(&statement, filling->first);
    statement_bind(&statement, filling->last);
    add_rows(&statement, filling, arrivals, decisions);
    return statement_end(&statement, error);
}

/* The finest sums: a moderator's decisions, and beside them what nobody did. */
static enum status read_fine(struct store *store, const struct figure_scope *scope,
                             const struct filling *filling, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT f.hour, f.arrived, f.decided, f.reopened, f.waiting"
                    " FROM consultation AS k CROSS JOIN flow AS f ON f.consultation_id = k.id"
                    " WHERE " CONSULTATIONS " AND " NARROWED " AND f.hour >= ?5 AND f.hour < ?6"
                    " AND (?7 = 0 OR f.moderator_id IN (0, ?7))");
    bind_scope(&statement, scope);
    statement_bind(&statement, filling->first * filling->unit);
    statement_bind(&statement, (filling->last + 1) * filling->unit);
    statement_bind(&statement, scope->moderator_id);
    add_rows(&statement, filling, true, true);
    return statement_end(&statement, error);
}

static void empty_flows(struct flow *flows, int64_t first, int64_t last)
{
    for (int64_t i = 0; i <= last - first; i++)
        flows[i] = (struct flow){0};
}

static enum status read_days(struct store *store, const struct figure_scope *scope,
                             struct filling filling, struct error *error)
{
    if (scope->sum && scope->moderator_id == 0)
        return read_sum_days(store, scope->sum, &filling, true, true, error);
    if (scope->moderator_sum) {
        enum status status = read_sum_days(store, scope->sum, &filling, true, false, error);
        return status == OK
                   ? read_sum_days(store, scope->moderator_sum, &filling, false, true, error)
                   : status;
    }
    filling.unit = HOURS_OF_DAY;
    return read_fine(store, scope, &filling, error);
}

enum status flow_days(struct store *store, const struct figure_scope *scope, int64_t first,
                      int64_t last, struct flow *flows, struct error *error)
{
    struct filling filling = {first, last, 1, flows};
    empty_flows(flows, first, last);
    enum status status = read_days(store, scope, filling, error);
    filling.unit = HOURS_OF_DAY;
    return status == OK ? add_changes(store, scope, &filling, error) : status;
}

static enum status read_hours(struct store *store, const struct figure_scope *scope,
                              const struct filling *filling, struct error *error)
{
    struct statement statement;
    if (!scope->sum || scope->sum[0] || scope->moderator_id != 0)
        return read_fine(store, scope, filling, error);
    statement_start(&statement, store,
                    "SELECT hour, arrived, decided, reopened, waiting FROM flow_hour"
                    " WHERE hour >= ?1 AND hour <= ?2");
    statement_bind(&statement, filling->first);
    statement_bind(&statement, filling->last);
    add_rows(&statement, filling, true, true);
    return statement_end(&statement, error);
}

enum status flow_hours(struct store *store, const struct figure_scope *scope, int64_t first,
                       int64_t last, struct flow *flows, struct error *error)
{
    struct filling filling = {first, last, 1, flows};
    empty_flows(flows, first, last);
    enum status status = read_hours(store, scope, &filling, error);
    return status == OK ? add_changes(store, scope, &filling, error) : status;
}

/* --- States --- */

/* The columns of both tables stand in the order of enum comment_state. */
#define STATES(t)                                                                                  \
    t ".pending, " t ".approved, " t ".rejected, " t ".spam, " t ".held, " t ".escalated"

static void add_states(struct statement *statement, int64_t counts[STATE_COUNT])
{
    while (statement_next(statement)) {
        for (int state = 0; state < STATE_COUNT; state++)
            counts[state] += statement_integer(statement);
    }
}

enum status tally_read(struct store *store, const struct figure_scope *scope,
                       int64_t counts[STATE_COUNT], struct error *error)
{
    struct statement statement;
    memset(counts, 0, STATE_COUNT * sizeof *counts);
    if (scope->sum) {
        statement_start(&statement, store,
                        "SELECT " STATES("f") " FROM tally_of AS f WHERE f.scope = ?1");
        statement_bind_text(&statement, str_of(scope->sum));
    } else {
        statement_start(&statement, store,
                        "SELECT " STATES("f") " FROM consultation AS k"
                                              " CROSS JOIN tally AS f ON f.consultation_id = k.id"
                                              " WHERE " CONSULTATIONS " AND " NARROWED);
        bind_scope(&statement, scope);
    }
    add_states(&statement, counts);
    enum status status = statement_end(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "SELECT " STATES("f") " FROM tally_change AS f WHERE " CHANGED
                                          " AND " NARROWED);
    bind_scope(&statement, scope);
    add_states(&statement, counts);
    return statement_end(&statement, error);
}

/* --- The oldest --- */

/* What waits less or more by what happened since, by the finest sum; those it leaves in one hour. */
#define MOVED                                                                                      \
    "WITH moved AS MATERIALIZED"                                                                   \
    " (SELECT consultation_id, hour, language, channel, sum(waiting) AS more FROM flow_change"     \
    "  GROUP BY 1, 2, 3, 4 HAVING more <> 0)"
#define STILL_WAITS                                                                                \
    "f.waiting > 0 AND f.waiting + ifnull((SELECT m.more FROM moved AS m"                          \
    " WHERE m.consultation_id = f.consultation_id AND m.hour = f.hour"                             \
    " AND m.language = f.language AND m.channel = f.channel), 0) > 0"

/* The first hour in which something waits still, of each consultation of the scope. */
static const char oldest_kept_sql[] =
    MOVED " SELECT k.id, (SELECT f.hour FROM flow AS f INDEXED BY flow_waiting"
          "  WHERE f.consultation_id = k.id AND " STILL_WAITS "  AND " NARROWED
          "  ORDER BY f.hour LIMIT 1) AS oldest"
          " FROM consultation AS k WHERE " CONSULTATIONS " AND oldest IS NOT NULL";

/* The hours of those that came, or began to wait again, since the sums were brought up to date. */
static const char oldest_new_sql[] =
    MOVED " SELECT f.consultation_id, f.hour FROM moved AS f WHERE f.more + ifnull("
          " (SELECT o.waiting FROM flow AS o WHERE o.consultation_id = f.consultation_id"
          "  AND o.hour = f.hour AND o.language = f.language AND o.channel = f.channel"
          "  AND o.moderator_id = 0), 0) > 0 AND " CHANGED " AND " NARROWED;

enum status flow_oldest_each(struct store *store, const struct figure_scope *scope,
                             void (*each)(void *context, int64_t consultation, int64_t hour),
                             void *context, struct error *error)
{
    static const char *const statements[] = {oldest_new_sql, oldest_kept_sql};
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof statements / sizeof *statements; i++) {
        struct statement statement;
        statement_start(&statement, store, statements[i]);
        bind_scope(&statement, scope);
        while (statement_next(&statement)) {
            int64_t consultation = statement_integer(&statement);
            each(context, consultation, statement_integer(&statement));
        }
        status = statement_end(&statement, error);
    }
    return status;
}

/* Of everything, along one index; what came since may be older than what waited. */
static enum status read_oldest_of_all(struct store *store, int64_t *hour, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "WITH moved AS MATERIALIZED"
                    " (SELECT hour, sum(waiting) AS more FROM flow_change GROUP BY 1)"
                    " SELECT min(hour) FROM"
                    "  (SELECT * FROM (SELECT f.hour FROM flow_hour AS f"
                    "    INDEXED BY flow_hour_waiting WHERE f.waiting > 0 AND f.waiting + ifnull("
                    "     (SELECT m.more FROM moved AS m WHERE m.hour = f.hour), 0) > 0"
                    "    ORDER BY f.hour LIMIT 1)"
                    "   UNION ALL SELECT m.hour FROM moved AS m WHERE m.more + ifnull("
                    "    (SELECT f.waiting FROM flow_hour AS f WHERE f.hour = m.hour), 0) > 0)"
                    " WHERE hour IS NOT NULL HAVING count(*) > 0");
    *hour = -1;
    statement_single(&statement, hour);
    return statement_end(&statement, error);
}

static void take_least(void *context, int64_t consultation, int64_t hour)
{
    int64_t *least = context;
    (void)consultation;
    *least = *least < 0 || hour < *least ? hour : *least;
}

enum status flow_oldest(struct store *store, const struct figure_scope *scope, int64_t *hour,
                        struct error *error)
{
    *hour = -1;
    if (scope->sum && !scope->sum[0])
        return read_oldest_of_all(store, hour, error);
    return flow_oldest_each(store, scope, take_least, hour, error);
}
