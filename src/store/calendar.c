/* Working hours, holidays and promises as they are kept, and reading them into calendars. */
#include "store/calendar.h"

#include "base/memory.h"
#include "base/moment.h"
#include "store/figures.h"
#include "store/log_internal.h"
#include "store/recall.h"
#include "store/team.h"

#include <stdio.h>
#include <stdlib.h>

bool calendar_is_ordinary(const struct calendar_hours *hours)
{
    return hours->first_day == CALENDAR_FIRST_DAY && hours->last_day == CALENDAR_LAST_DAY;
}

/* --- Lists --- */

enum status calendar_hours_list(struct store *store, struct arena *arena,
                                struct calendar_hours **hours, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT h.agency_id, a.slug, h.first_day, h.last_day, h.hours"
                    " FROM calendar AS h LEFT JOIN agency AS a ON a.id = h.agency_id"
                    " ORDER BY h.agency_id, h.first_day, h.last_day");
    while (statement_next(&statement)) {
        struct calendar_hours *one = list_add(&list, arena, sizeof *one);
        one->agency_id = statement_integer(&statement);
        one->agency = statement_text(&statement, arena);
        one->first_day = statement_integer(&statement);
        one->last_day = statement_integer(&statement);
        one->hours = statement_text(&statement, arena);
    }
    *hours = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status holiday_list(struct store *store, struct arena *arena, struct holiday **holidays,
                         size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT h.agency_id, a.slug, h.day, h.name_ar, h.name_en"
                    " FROM holiday AS h LEFT JOIN agency AS a ON a.id = h.agency_id"
                    " ORDER BY h.agency_id, h.day");
    while (statement_next(&statement)) {
        struct holiday *one = list_add(&list, arena, sizeof *one);
        one->agency_id = statement_integer(&statement);
        one->agency = statement_text(&statement, arena);
        one->day = statement_integer(&statement);
        one->name.ar = statement_text(&statement, arena);
        one->name.en = statement_text(&statement, arena);
    }
    *holidays = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status agency_promise_list(struct store *store, struct arena *arena,
                                struct agency_promise **promises, size_t *count,
                                struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT p.agency_id, a.slug, p.decide, p.answer"
                    " FROM promise AS p LEFT JOIN agency AS a ON a.id = p.agency_id"
                    " ORDER BY p.agency_id");
    while (statement_next(&statement)) {
        struct agency_promise *one = list_add(&list, arena, sizeof *one);
        one->agency_id = statement_integer(&statement);
        one->agency = statement_text(&statement, arena);
        one->decide = statement_text(&statement, arena);
        one->answer = statement_text(&statement, arena);
    }
    *promises = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

/* --- Writing --- */

/* Ends a writing statement that returns a row for what changed. */
static enum status end_write(struct statement *statement, bool *changed, struct error *error)
{
    int64_t row;
    *changed = statement_single(statement, &row);
    return statement_run(statement, error);
}

/* Every comment is looked at again once anything changed that moments are worked out from. */
static enum status begin_anew(struct store *store, struct error *error)
{
    return statement_execute(store,
                             "UPDATE due_state SET version = version + 1, next_id = 1,"
                             " last_id = (SELECT ifnull(max(id), 0) FROM comment)",
                             error);
}

/* Adds to the trail what the statement says, in the name of who works through this store. */
static enum status record(struct store *store, const char *kind, int64_t agency,
                          struct statement *what, struct error *error)
{
    enum status status = log_from(store,
                                  (struct log_row){.at = moment_now(),
                                                   .moderator_id = store->person,
                                                   .kind = str_of(kind),
                                                   .subject_id = agency},
                                  what, error);
    return status == OK ? begin_anew(store, error) : status;
}

enum status calendar_hours_write(struct store *store, const struct calendar_hours *hours,
                                 bool *changed, struct error *error)
{
    struct statement statement;
    bool remove = hours->hours.size == 0;
    statement_start(&statement, store,
                    remove ? "DELETE FROM calendar WHERE agency_id = ?1 AND first_day = ?2"
                             " AND last_day = ?3 RETURNING 1"
                           : "INSERT INTO calendar VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                             " SET hours = excluded.hours WHERE hours <> excluded.hours"
                             " RETURNING 1");
    statement_bind(&statement, hours->agency_id);
    statement_bind(&statement, hours->first_day);
    statement_bind(&statement, hours->last_day);
    if (!remove)
        statement_bind_text(&statement, hours->hours);
    enum status status = end_write(&statement, changed, error);
    if (status != OK || !*changed)
        return status;
    statement_start(&statement, store,
                    "SELECT json_object('from', date(?1 * 86400, 'unixepoch'),"
                    " 'to', date(?2 * 86400, 'unixepoch'), 'hours', ?3)");
    statement_bind(&statement, hours->first_day);
    statement_bind(&statement, hours->last_day);
    statement_bind_text(&statement, hours->hours);
    return record(store, "calendar", hours->agency_id, &statement, error);
}

static enum status record_holiday(struct store *store, const struct holiday *holiday, bool there,
                                  struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    there ? "SELECT json_object('day', date(?1 * 86400, 'unixepoch'),"
                            " 'name_ar', ?2, 'name_en', ?3)"
                          : "SELECT json_object('day', date(?1 * 86400, 'unixepoch'),"
                            " 'removed', 1)");
    statement_bind(&statement, holiday->day);
    if (there) {
        statement_bind_text(&statement, holiday->name.ar);
        statement_bind_text(&statement, holiday->name.en);
    }
    return record(store, "holiday", holiday->agency_id, &statement, error);
}

enum status holiday_write(struct store *store, const struct holiday *holiday, bool *changed,
                          struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO holiday VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                    " SET name_ar = excluded.name_ar, name_en = excluded.name_en"
                    " WHERE name_ar <> excluded.name_ar OR name_en <> excluded.name_en"
                    " RETURNING 1");
    statement_bind(&statement, holiday->agency_id);
    statement_bind(&statement, holiday->day);
    statement_bind_text(&statement, holiday->name.ar);
    statement_bind_text(&statement, holiday->name.en);
    enum status status = end_write(&statement, changed, error);
    return status == OK && *changed ? record_holiday(store, holiday, true, error) : status;
}

enum status holiday_remove(struct store *store, const struct holiday *holiday, bool *changed,
                           struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "DELETE FROM holiday WHERE agency_id = ?1 AND day = ?2 RETURNING 1");
    statement_bind(&statement, holiday->agency_id);
    statement_bind(&statement, holiday->day);
    enum status status = end_write(&statement, changed, error);
    return status == OK && *changed ? record_holiday(store, holiday, false, error) : status;
}

enum status agency_promise_write(struct store *store, const struct agency_promise *promise,
                                 bool *changed, struct error *error)
{
    struct statement statement;
    bool remove = promise->decide.size == 0 && promise->answer.size == 0;
    statement_start(&statement, store,
                    remove ? "DELETE FROM promise WHERE agency_id = ?1 RETURNING 1"
                           : "INSERT INTO promise VALUES (?1, nullif(?2, ''), nullif(?3, ''))"
                             " ON CONFLICT DO UPDATE SET decide = excluded.decide,"
                             " answer = excluded.answer WHERE decide IS NOT excluded.decide"
                             " OR answer IS NOT excluded.answer RETURNING 1");
    statement_bind(&statement, promise->agency_id);
    if (!remove) {
        statement_bind_text(&statement, promise->decide);
        statement_bind_text(&statement, promise->answer);
    }
    enum status status = end_write(&statement, changed, error);
    if (status != OK || !*changed)
        return status;
    statement_start(&statement, store,
                    "SELECT json_object('decide', nullif(?1, ''), 'answer', nullif(?2, ''))");
    statement_bind_text(&statement, promise->decide);
    statement_bind_text(&statement, promise->answer);
    return record(store, "promise", promise->agency_id, &statement, error);
}

enum status team_clock_write(struct store *store, int64_t seconds, bool *changed,
                             struct error *error)
{
    int64_t now;
    enum status status = policy_number(store, CLOCK_POLICY, 0, &now, error);
    *changed = status == OK && now != seconds;
    if (status != OK || !*changed)
        return status;
    status = policy_set_number(store, CLOCK_POLICY, seconds, error);
    if (status == OK)
        status = begin_anew(store, error);
    return status == OK ? figures_recount(store, error) : status;
}

/* --- Ready to be worked with --- */

struct calendars {
    int64_t version;
    struct arena arena;
    struct agency_calendar *items; /* agency 0 first, then by id */
    size_t count;
};

void calendars_forget(struct store *store)
{
    if (!store->calendars)
        return;
    arena_free(&store->calendars->arena);
    free(store->calendars);
    store->calendars = NULL;
}

/* The hours of an agency, or, where it has none, those of agency 0. */
static void fill_hours(struct agency_calendar *calendar, const struct calendar_hours *hours,
                       size_t count, struct arena *arena)
{
    struct work_period *periods = arena_new(arena, count, sizeof *periods);
    size_t own = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        own += hours[i].agency_id == calendar->agency_id;
    for (size_t i = 0; i < count; i++) {
        if (hours[i].agency_id != (own > 0 ? calendar->agency_id : 0) ||
            !work_week_parse(hours[i].hours, &periods[used].week))
            continue;
        periods[used].first_day = hours[i].first_day;
        periods[used++].last_day = hours[i].last_day;
    }
    calendar->calendar.periods = periods;
    calendar->calendar.period_count = used;
}

static int compare_days(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void fill_holidays(struct agency_calendar *calendar, const struct holiday *holidays,
                          size_t count, struct arena *arena)
{
    int64_t *days = arena_new(arena, count, sizeof *days);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (holidays[i].agency_id == 0 || holidays[i].agency_id == calendar->agency_id)
            days[used++] = holidays[i].day;
    }
    if (used > 1)
        qsort(days, used, sizeof *days, compare_days);
    calendar->calendar.holidays = days;
    calendar->calendar.holiday_count = used;
}

static void fill_promises(struct agency_calendar *calendar, const struct agency_promise *promises,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) { /* agency 0 comes first */
        if (promises[i].agency_id != 0 && promises[i].agency_id != calendar->agency_id)
            continue;
        if (promises[i].decide.size > 0)
            work_promise_parse(promises[i].decide, &calendar->promises[DUE_DECIDE]);
        if (promises[i].answer.size > 0)
            work_promise_parse(promises[i].answer, &calendar->promises[DUE_ANSWER]);
    }
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        struct work_promise promise = calendar->promises[kind];
        snprintf(calendar->within[kind], WITHIN_BYTES, "%lld%s", (long long)promise.amount,
                 promise.days ? "d" : "h");
    }
}

static enum status fill_calendars(struct store *store, struct calendars *calendars,
                                  struct error *error)
{
    struct arena *arena = &calendars->arena;
    struct calendar_hours *hours;
    struct holiday *holidays;
    struct agency_promise *promises;
    struct agency *agencies;
    size_t hours_count, holiday_count, promise_count, agency_count;
    int64_t clock;
    enum status status = calendar_hours_list(store, arena, &hours, &hours_count, error);
    if (status == OK)
        status = holiday_list(store, arena, &holidays, &holiday_count, error);
    if (status == OK)
        status = agency_promise_list(store, arena, &promises, &promise_count, error);
    if (status == OK)
        status = agency_list(store, arena, &agencies, &agency_count, error);
    if (status == OK)
        status = policy_number(store, CLOCK_POLICY, 0, &clock, error);
    if (status != OK)
        return status;
    calendars->count = agency_count + 1;
    calendars->items = arena_new(arena, calendars->count, sizeof *calendars->items);
    for (size_t i = 0; i < calendars->count; i++) {
        struct agency_calendar *one = &calendars->items[i];
        one->agency_id = i == 0 ? 0 : agencies[i - 1].id;
        one->calendar.clock = clock;
        fill_hours(one, hours, hours_count, arena);
        fill_holidays(one, holidays, holiday_count, arena);
        fill_promises(one, promises, promise_count);
    }
    return OK;
}

enum status calendars_refresh(struct store *store, struct error *error)
{
    struct statement statement;
    int64_t version = 0;
    statement_recall(&statement, store, "SELECT version FROM due_state WHERE id = 1", RECALL_SUMS);
    statement_single(&statement, &version);
    enum status status = statement_end(&statement, error);
    if (status != OK || (store->calendars && store->calendars->version == version))
        return status;
    calendars_forget(store);
    struct calendars *calendars = memory_new(1, sizeof *calendars);
    calendars->version = version;
    status = fill_calendars(store, calendars, error);
    store->calendars = calendars;
    if (status != OK)
        calendars_forget(store);
    return status;
}

const struct agency_calendar *calendar_of(struct store *store, int64_t agency)
{
    if (!store->calendars && calendars_refresh(store, NULL) != OK)
        return NULL;
    size_t low = 1, high = store->calendars->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (store->calendars->items[middle].agency_id < agency)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < store->calendars->count && store->calendars->items[low].agency_id == agency;
    return &store->calendars->items[found ? low : 0];
}
