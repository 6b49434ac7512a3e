/* What happened since the kept sums were brought up to date: few rows, read once for all that a
 * screen shows, and added to whatever the sums say. */
#include "store/figures_flow_sql.h"

#include "base/moment.h"

static bool waits(enum comment_state state)
{
    return state == STATE_PENDING || state == STATE_HELD || state == STATE_ESCALATED;
}

/* The state as a name, "" for none. */
static bool read_state(struct statement *statement, struct arena *arena, enum comment_state *state)
{
    return state_from_name(statement_text(statement, arena), state);
}

static void read_change(struct statement *statement, const struct figure_scope *scope,
                        struct arena *arena, struct flow_change *change)
{
    enum comment_state from, to;
    change->consultation_id = statement_integer(statement);
    change->within = statement_integer(statement) != 0;
    change->hour = (statement_integer(statement) + scope->clock) / SECONDS_AN_HOUR;
    bool was = read_state(statement, arena, &from), is = read_state(statement, arena, &to);
    change->arrived = (!was) - (!is);
    change->waiting = (is && waits(to)) - (was && waits(from));
    if (was)
        change->more[from]--;
    if (is)
        change->more[to]++;
    change->moderator_id = statement_integer(statement);
    change->decided_hour = (statement_integer(statement) + scope->clock) / SECONDS_AN_HOUR;
    change->decided = statement_integer(statement);
    change->reopened = statement_integer(statement);
}

/* Which agency's a change is only its consultation says. */
#define CHANGE                                                                                     \
    ", f.received_at, f.from_state, f.to_state, f.moderator_id, f.decided_at, f.decided,"          \
    " f.reopened FROM figure_change AS f"
static const char changes_of_all_sql[] = "SELECT f.consultation_id, 1" CHANGE;
static const char changes_sql[] =
    "SELECT f.consultation_id, (?2 = 0 OR f.consultation_id = ?2) AND " NARROWED CHANGE;
static const char changes_of_agency_sql[] =
    "SELECT f.consultation_id, " CONSULTATIONS " AND " NARROWED CHANGE
    " CROSS JOIN consultation AS k ON k.id = f.consultation_id";

enum status flow_changes_read(struct store *store, const struct figure_scope *scope,
                              struct arena *arena, const struct flow_changes **changes,
                              struct error *error)
{
    struct list list = {0};
    struct statement statement;
    if (scope->changes) {
        *changes = scope->changes;
        return OK;
    }
    bool all = scope->sum && !scope->sum[0];
    statement_start(&statement, store,
                    all                ? changes_of_all_sql
                    : scope->agency_id ? changes_of_agency_sql
                                       : changes_sql);
    if (!all)
        bind_scope(&statement, scope);
    while (statement_next(&statement))
        read_change(&statement, scope, arena, list_add(&list, arena, sizeof(struct flow_change)));
    struct flow_changes *read = arena_new(arena, 1, sizeof *read);
    *read = (struct flow_changes){list.items, list.count};
    *changes = read;
    return statement_end(&statement, error);
}

/* How many more wait at a place (a day or an hour) than the sums say. */
static int64_t more_at(int64_t place, int64_t hours, int64_t consultation,
                       const struct flow_changes *changes)
{
    int64_t more = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        if (change->within && change->hour / hours == place &&
            (consultation == 0 || change->consultation_id == consultation))
            more += change->waiting;
    }
    return more;
}

/* The first at which more wait than the sums say; -1 when there is none. */
static int64_t first_more(int64_t hours, int64_t consultation, const struct flow_changes *changes)
{
    int64_t first = -1;
    for (size_t i = 0; i < changes->count; i++) {
        int64_t place = changes->changes[i].hour / hours;
        if (changes->changes[i].waiting > 0 && (first < 0 || place < first) &&
            more_at(place, hours, consultation, changes) > 0)
            first = place;
    }
    return first;
}

int64_t flow_first(struct statement *statement, int64_t hours, int64_t consultation,
                   const struct flow_changes *changes)
{
    int64_t first = first_more(hours, consultation, changes), place = -1, waiting = 0;
    while (statement_next(statement)) {
        int64_t of = statement_integer(statement);
        waiting = statement_integer(statement) + (of == place ? waiting : 0);
        place = of;
        if (first >= 0 && first <= place)
            return first;
        if (waiting + more_at(place, hours, consultation, changes) > 0)
            return place;
    }
    return first;
}
