/* Reading the kept sums of comments that come, wait and go. */
#include "store/figures_flow.h"

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

/* The consultations a scope leaves, in SQL: ?1 agency, ?2 consultation. */
#define CONSULTATIONS "(?1 = 0 OR k.agency_id = ?1) AND (?2 = 0 OR k.id = ?2)"
#define NARROWED "(?3 = '' OR f.language = ?3) AND (?4 = '' OR f.channel = ?4)"

static void bind_scope(struct statement *statement, const struct figure_scope *scope)
{
    statement_bind(statement, scope->agency_id);
    statement_bind(statement, scope->consultation_id);
    statement_bind_text(statement, scope->language);
    statement_bind_text(statement, scope->channel);
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

enum status flow_days(struct store *store, const struct figure_scope *scope, int64_t first,
                      int64_t last, struct flow *flows, struct error *error)
{
    struct filling filling = {first, last, 1, flows};
    empty_flows(flows, first, last);
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

enum status flow_hours(struct store *store, const struct figure_scope *scope, int64_t first,
                       int64_t last, struct flow *flows, struct error *error)
{
    struct filling filling = {first, last, 1, flows};
    struct statement statement;
    empty_flows(flows, first, last);
    if (!scope->sum || scope->sum[0] || scope->moderator_id != 0)
        return read_fine(store, scope, &filling, error);
    statement_start(&statement, store,
                    "SELECT hour, arrived, decided, reopened, waiting FROM flow_hour"
                    " WHERE hour >= ?1 AND hour <= ?2");
    statement_bind(&statement, first);
    statement_bind(&statement, last);
    add_rows(&statement, &filling, true, true);
    return statement_end(&statement, error);
}

/* --- States --- */

/* The columns of both tables stand in the order of enum comment_state. */
#define STATES(t)                                                                                  \
    t ".pending, " t ".approved, " t ".rejected, " t ".spam, " t ".held, " t ".escalated"

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
    while (statement_next(&statement)) {
        for (int state = 0; state < STATE_COUNT; state++)
            counts[state] += statement_integer(&statement);
    }
    return statement_end(&statement, error);
}

/* --- The oldest --- */

static enum status read_number(struct statement *statement, int64_t *number, struct error *error)
{
    bool found = statement_single(statement, number);
    enum status status = statement_end(statement, error);
    if (status == OK && !found)
        *number = -1;
    return status;
}

/* The first hour from one on, of the consultations of the scope. */
static enum status read_oldest_hour(struct store *store, const struct figure_scope *scope,
                                    int64_t from, int64_t *hour, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT (SELECT f.hour FROM flow AS f INDEXED BY flow_waiting"
                    "  WHERE f.consultation_id = k.id AND f.hour >= ?5 AND f.waiting > 0"
                    "  AND " NARROWED " ORDER BY f.hour LIMIT 1) AS oldest"
                    " FROM consultation AS k WHERE " CONSULTATIONS " AND oldest IS NOT NULL");
    bind_scope(&statement, scope);
    statement_bind(&statement, from);
    *hour = -1;
    while (statement_next(&statement)) {
        int64_t one = statement_integer(&statement);
        *hour = *hour < 0 || one < *hour ? one : *hour;
    }
    return statement_end(&statement, error);
}

enum status flow_oldest(struct store *store, const struct figure_scope *scope, int64_t *hour,
                        struct error *error)
{
    struct statement statement;
    int64_t day = 0;
    enum status status = OK;
    *hour = -1;
    if (scope->sum) {
        statement_start(&statement, store,
                        "SELECT day FROM flow_of INDEXED BY flow_of_waiting"
                        " WHERE scope = ?1 AND waiting > 0 ORDER BY day LIMIT 1");
        statement_bind_text(&statement, str_of(scope->sum));
        status = read_number(&statement, &day, error);
        if (status != OK || day < 0)
            return status;
    }
    if (!scope->sum || scope->sum[0])
        return read_oldest_hour(store, scope, day * HOURS_OF_DAY, hour, error);
    statement_start(&statement, store,
                    "SELECT hour FROM flow_hour WHERE hour >= ?1 AND waiting > 0"
                    " ORDER BY hour LIMIT 1");
    statement_bind(&statement, day * HOURS_OF_DAY);
    return read_number(&statement, hour, error);
}
