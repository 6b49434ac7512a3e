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

#define OLDEST_OF(sums)                                                                            \
    "SELECT hour FROM (" sums " UNION ALL SELECT f.hour, f.waiting FROM flow_change AS f"          \
    "  WHERE f.waiting <> 0 AND f.hour >= ?5 AND f.hour < ?6 AND " CHANGED " AND " NARROWED        \
    ") GROUP BY hour HAVING sum(waiting) > 0 ORDER BY hour LIMIT 1"

static const char oldest_of_all_sql[] =
    OLDEST_OF("SELECT hour, waiting FROM flow_hour WHERE hour >= ?5 AND hour < ?6");
static const char oldest_of_some_sql[] = OLDEST_OF(
    "SELECT f.hour, f.waiting FROM consultation AS k"
    " CROSS JOIN flow AS f INDEXED BY flow_waiting ON f.consultation_id = k.id"
    " WHERE f.waiting > 0 AND f.hour >= ?5 AND f.hour < ?6 AND " CONSULTATIONS " AND " NARROWED);

/* The first hour of a span in which something waits, what happened since the sums counted in. */
static enum status read_oldest_hour(struct store *store, const struct figure_scope *scope,
                                    int64_t from, int64_t to, int64_t *hour, struct error *error)
{
    struct statement statement;
    bool all = scope->sum && !scope->sum[0];
    statement_start(&statement, store, all ? oldest_of_all_sql : oldest_of_some_sql);
    bind_scope(&statement, scope);
    statement_bind(&statement, from);
    statement_bind(&statement, to);
    *hour = -1;
    statement_single(&statement, hour);
    return statement_end(&statement, error);
}

/* The first day on which something waits, of a scope that has a sum; -1 when there is none. */
static enum status read_oldest_day(struct store *store, const struct figure_scope *scope,
                                   int64_t *day, struct error *error)
{
    struct statement statement;
    struct arena arena = {0};
    struct moved *moved;
    size_t count;
    *day = -1;
    enum status status = flow_moved(store, scope, &arena, &moved, &count, error);
    if (status == OK) {
        statement_start(&statement, store,
                        "SELECT day, waiting FROM flow_of INDEXED BY flow_of_waiting"
                        " WHERE scope = ?1 AND waiting > 0 ORDER BY day");
        statement_bind_text(&statement, str_of(scope->sum));
        *day = flow_first_day(&statement, 0, moved, count);
        status = statement_end(&statement, error);
    }
    arena_free(&arena);
    return status;
}

enum status flow_oldest(struct store *store, const struct figure_scope *scope, int64_t *hour,
                        struct error *error)
{
    int64_t day;
    *hour = -1;
    if (!scope->sum)
        return read_oldest_hour(store, scope, 0, INT64_MAX, hour, error);
    enum status status = read_oldest_day(store, scope, &day, error);
    if (status != OK || day < 0)
        return status;
    return read_oldest_hour(store, scope, day * HOURS_OF_DAY, (day + 1) * HOURS_OF_DAY, hour,
                            error);
}
