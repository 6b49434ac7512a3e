/* Reading the kept sums of comments that come, wait and go. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"
#include "store/recall.h"

/* --- Days and hours --- */

/* Rows of the day (or hour) and the four sums, added to their place. */
struct filling {
    int64_t first, last, unit; /* unit: hours that one place holds */
    bool later;                /* what came after the last place and waits does so in that one */
    struct flow *flows;
};

static void add_rows(struct statement *statement, const struct filling *filling, bool arrivals,
                     bool decisions)
{
    while (statement_next(statement)) {
        int64_t at = statement_integer(statement) / filling->unit;
        int64_t arrived = statement_integer(statement), decided = statement_integer(statement);
        int64_t reopened = statement_integer(statement), waiting = statement_integer(statement);
        if (at > filling->last && filling->later && arrivals)
            filling->flows[filling->last - filling->first].waiting += waiting;
        if (at < filling->first || at > filling->last)
            continue;
        struct flow *flow = &filling->flows[at - filling->first];
        flow->arrived += arrivals ? arrived : 0;
        flow->waiting += arrivals ? waiting : 0;
        flow->decided += decisions ? decided : 0;
        flow->reopened += decisions ? reopened : 0;
    }
}

static struct flow *place_of(const struct filling *filling, int64_t hour, int64_t hours)
{
    int64_t at = hour / hours;
    return at < filling->first || at > filling->last ? NULL : &filling->flows[at - filling->first];
}

/* What happened since the sums were brought up to date. hours: that one place holds. */
static enum status add_changes(struct store *store, const struct figure_scope *scope,
                               const struct filling *filling, int64_t hours, struct error *error)
{
    struct arena arena = {0};
    const struct flow_changes *changes;
    enum status status = flow_changes_read(store, scope, &arena, &changes, error);
    for (size_t i = 0; status == OK && i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        struct flow *flow = change->within ? place_of(filling, change->hour, hours) : NULL;
        if (flow) {
            flow->arrived += change->arrived;
            flow->waiting += change->waiting;
        } else if (change->within && filling->later && change->hour / hours > filling->last) {
            filling->flows[filling->last - filling->first].waiting += change->waiting;
        }
        bool counts = change->within && change->moderator_id != 0 &&
                      (scope->moderator_id == 0 || change->moderator_id == scope->moderator_id);
        flow = counts ? place_of(filling, change->decided_hour, hours) : NULL;
        if (flow) {
            flow->decided += change->decided;
            flow->reopened += change->reopened;
        }
    }
    arena_free(&arena);
    return status;
}

static enum status read_sum_days(struct store *store, const char *sum,
                                 const struct filling *filling, bool arrivals, bool decisions,
                                 struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store,
                     "SELECT day, arrived, decided, reopened, waiting FROM flow_of"
                     " WHERE scope = ?1 AND day >= ?2 AND day <= ?3",
                     RECALL_SUMS);
    statement_bind_text(&statement, str_of(sum));
    statement_bind(&statement, filling->first);
    statement_bind(&statement, filling->later ? INT64_MAX : filling->last);
    add_rows(&statement, filling, arrivals, decisions);
    return statement_end(&statement, error);
}

/* The finest sums: a moderator's decisions, and beside them what nobody did. */
static enum status read_fine(struct store *store, const struct figure_scope *scope,
                             const struct filling *filling, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store,
                     "SELECT f.hour, f.arrived, f.decided, f.reopened, f.waiting"
                     " FROM " CHOSEN("?1", "?2") " AS k CROSS JOIN flow AS f"
                                                 " ON f.consultation_id = k.id WHERE " NARROWED
                                                 " AND f.hour >= ?5 AND f.hour < ?6"
                                                 " AND (?7 = 0 OR f.moderator_id IN (0, ?7))",
                     RECALL_SUMS);
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
    struct filling filling = {first, last, 1, false, flows};
    empty_flows(flows, first, last);
    enum status status = read_days(store, scope, filling, error);
    return status == OK ? add_changes(store, scope, &filling, HOURS_OF_DAY, error) : status;
}

bool flow_has_sums(const struct figure_scope *scope)
{
    return scope->sum && (scope->moderator_id == 0 || scope->moderator_sum);
}

enum status flow_days_to_now(struct store *store, const struct figure_scope *scope, int64_t first,
                             struct flow *flows, struct error *error)
{
    struct filling filling = {first, scope->today, 1, flow_has_sums(scope), flows};
    empty_flows(flows, first, scope->today);
    enum status status = read_days(store, scope, filling, error);
    return status == OK ? add_changes(store, scope, &filling, HOURS_OF_DAY, error) : status;
}

static enum status read_hours(struct store *store, const struct figure_scope *scope,
                              const struct filling *filling, struct error *error)
{
    struct statement statement;
    if (!scope->sum || scope->sum[0] || scope->moderator_id != 0)
        return read_fine(store, scope, filling, error);
    statement_recall(&statement, store,
                     "SELECT hour, arrived, decided, reopened, waiting FROM flow_hour"
                     " WHERE hour >= ?1 AND hour <= ?2",
                     RECALL_SUMS);
    statement_bind(&statement, filling->first);
    statement_bind(&statement, filling->last);
    add_rows(&statement, filling, true, true);
    return statement_end(&statement, error);
}

enum status flow_hours(struct store *store, const struct figure_scope *scope, int64_t first,
                       int64_t last, struct flow *flows, struct error *error)
{
    struct filling filling = {first, last, 1, false, flows};
    empty_flows(flows, first, last);
    enum status status = read_hours(store, scope, &filling, error);
    return status == OK ? add_changes(store, scope, &filling, 1, error) : status;
}

/* --- States --- */

/* The columns of both tables stand in the order of enum comment_state. */
#define STATES(t)                                                                                  \
    t ".pending, " t ".approved, " t ".rejected, " t ".spam, " t ".held, " t ".escalated"

enum status tally_read(struct store *store, const struct figure_scope *scope,
                       int64_t counts[STATE_COUNT], struct error *error)
{
    struct arena arena = {0};
    const struct flow_changes *changes;
    struct statement statement;
    memset(counts, 0, STATE_COUNT * sizeof *counts);
    if (scope->sum) {
        statement_recall(&statement, store,
                         "SELECT " STATES("f") " FROM tally_of AS f WHERE f.scope = ?1",
                         RECALL_SUMS);
        statement_bind_text(&statement, str_of(scope->sum));
    } else {
        statement_recall(&statement, store,
                         "SELECT " STATES("f") " FROM " CHOSEN(
                             "?1", "?2") " AS k"
                                         " CROSS JOIN tally AS f ON f.consultation_id = k.id"
                                         " WHERE " NARROWED,
                         RECALL_SUMS);
        bind_scope(&statement, scope);
    }
    while (statement_next(&statement)) {
        for (int state = 0; state < STATE_COUNT; state++)
            counts[state] += statement_integer(&statement);
    }
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = flow_changes_read(store, scope, &arena, &changes, error);
    for (size_t i = 0; status == OK && i < changes->count; i++) {
        for (int state = 0; changes->changes[i].within && state < STATE_COUNT; state++)
            counts[state] += changes->changes[i].more[state];
    }
    arena_free(&arena);
    return status;
}

/* --- The oldest --- */

/* Hours of a span in which something waits, by the sums, ascending: of all; of what a scope leaves;
 * and of one consultation, named instead of the scope's. */
static const char hours_of_all_sql[] =
    "SELECT hour, waiting FROM flow_hour"
    " WHERE hour >= ?5 AND hour < ?6 AND waiting > 0 ORDER BY hour";
static const char hours_of_some_sql[] =
    "SELECT f.hour, f.waiting FROM flow AS f INDEXED BY flow_oldest"
    " CROSS JOIN consultation AS k ON k.id = f.consultation_id"
    " WHERE f.waiting > 0 AND f.hour >= ?5 AND f.hour < ?6 AND " CONSULTATIONS " AND " NARROWED
    " ORDER BY f.hour";
static const char hours_of_one_sql[] =
    "SELECT f.hour, f.waiting FROM flow AS f INDEXED BY flow_waiting"
    " WHERE f.consultation_id = ?1 AND f.waiting > 0 AND (?2 = '' OR f.language = ?2)"
    " AND (?3 = '' OR f.channel = ?3) ORDER BY f.hour";

static enum status read_oldest_hour(struct store *store, const struct figure_scope *scope,
                                    int64_t from, int64_t to, const struct flow_changes *changes,
                                    int64_t *hour, struct error *error)
{
    struct statement statement;
    bool all = scope->sum && !scope->sum[0];
    statement_recall(&statement, store, all ? hours_of_all_sql : hours_of_some_sql, RECALL_SUMS);
    bind_scope(&statement, scope);
    statement_bind(&statement, from);
    statement_bind(&statement, to);
    *hour = flow_first(&statement, 1, 0, changes);
    return statement_end(&statement, error);
}

/* The first day on which something waits, of a scope that has a sum; -1 when there is none. */
static enum status read_oldest_day(struct store *store, const struct figure_scope *scope,
                                   const struct flow_changes *changes, int64_t *day,
                                   struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store,
                     "SELECT day, waiting FROM flow_of INDEXED BY flow_of_waiting"
                     " WHERE scope = ?1 AND waiting > 0 ORDER BY day",
                     RECALL_SUMS);
    statement_bind_text(&statement, str_of(scope->sum));
    *day = flow_first(&statement, HOURS_OF_DAY, 0, changes);
    return statement_end(&statement, error);
}

/* The first of the first hours of an agency's consultations, or of the one that is named. */
static enum status read_oldest_of_each(struct store *store, const struct figure_scope *scope,
                                       const struct flow_changes *changes, int64_t *hour,
                                       struct error *error)
{
    struct statement each, statement;
    consultations_start(&each, store, scope->agency_id, scope->consultation_id);
    statement_recall(&statement, store, hours_of_one_sql, RECALL_SUMS);
    while (statement_next(&each)) {
        int64_t consultation = statement_integer(&each);
        statement_again(&statement);
        statement_bind(&statement, consultation);
        statement_bind_text(&statement, scope->language);
        statement_bind_text(&statement, scope->channel);
        int64_t first = flow_first(&statement, 1, consultation, changes);
        if (first >= 0 && (*hour < 0 || first < *hour))
            *hour = first;
    }
    enum status status = statement_end(&statement, error);
    enum status ended = statement_end(&each, status == OK ? error : NULL);
    return status == OK ? ended : status;
}

enum status flow_oldest(struct store *store, const struct figure_scope *scope, int64_t *hour,
                        struct error *error)
{
    struct arena arena = {0};
    const struct flow_changes *changes;
    int64_t day = -1;
    *hour = -1;
    enum status status = flow_changes_read(store, scope, &arena, &changes, error);
    if (status == OK && scope->sum)
        status = read_oldest_day(store, scope, changes, &day, error);
    if (status == OK && day >= 0)
        status = read_oldest_hour(store, scope, day * HOURS_OF_DAY, (day + 1) * HOURS_OF_DAY,
                                  changes, hour, error);
    else if (status == OK && !scope->sum && (scope->agency_id || scope->consultation_id))
        status = read_oldest_of_each(store, scope, changes, hour, error);
    else if (status == OK && !scope->sum)
        status = read_oldest_hour(store, scope, 0, INT64_MAX, changes, hour, error);
    arena_free(&arena);
    return status;
}
