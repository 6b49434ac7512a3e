/* Reading what waits from the kept sums: how old it is, and at which consultations it waits. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"

#include <stdlib.h>

/* --- What happened since the sums --- */

enum status flow_moved(struct store *store, const struct figure_scope *scope, struct arena *arena,
                       struct moved **moved, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(
        &statement, store,
        "SELECT consultation_id, day, sum(waiting) FROM (SELECT f.consultation_id,"
        " f.hour / 24 AS day, f.waiting FROM flow_change AS f WHERE f.waiting <> 0 AND " CHANGED
        " AND " NARROWED ") GROUP BY 1, 2");
    bind_scope(&statement, scope);
    while (statement_next(&statement)) {
        struct moved *one = list_add(&list, arena, sizeof *one);
        one->consultation_id = statement_integer(&statement);
        one->day = statement_integer(&statement);
        one->more = statement_integer(&statement);
    }
    *moved = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

/* How many more wait on a day than the sums say. */
static int64_t more_on(int64_t day, int64_t consultation, const struct moved *moved, size_t count)
{
    int64_t more = 0;
    for (size_t i = 0; i < count; i++) {
        if (moved[i].day == day && (consultation == 0 || moved[i].consultation_id == consultation))
            more += moved[i].more;
    }
    return more;
}

/* The first day on which more wait than the sums say; -1 when there is none. */
static int64_t first_more(int64_t consultation, const struct moved *moved, size_t count)
{
    int64_t day = -1;
    for (size_t i = 0; i < count; i++) {
        if ((consultation == 0 || moved[i].consultation_id == consultation) &&
            (day < 0 || moved[i].day < day) &&
            more_on(moved[i].day, consultation, moved, count) > 0)
            day = moved[i].day;
    }
    return day;
}

int64_t flow_first_day(struct statement *statement, int64_t consultation, const struct moved *moved,
                       size_t count)
{
    int64_t first = first_more(consultation, moved, count), day = -1, waiting = 0;
    while (statement_next(statement)) {
        int64_t of = statement_integer(statement);
        waiting = statement_integer(statement) + (of == day ? waiting : 0);
        day = of;
        if (first >= 0 && first <= day)
            return first;
        if (waiting + more_on(day, consultation, moved, count) > 0)
            return day;
    }
    return first;
}

/* --- Ages --- */

/* How many wait of those that came on a day. */
struct day_waiting {
    int64_t day, waiting;
};

static int compare_day_waiting(const void *a, const void *b)
{
    const struct day_waiting *left = a, *right = b;
    return (left->day > right->day) - (left->day < right->day);
}

/* Every day on which something waits by the sums, and those of what happened since. A day may come
 * several times. */
static enum status list_days(struct store *store, const struct figure_scope *scope,
                             struct arena *arena, struct list *days, struct error *error)
{
    struct statement statement;
    struct moved *moved;
    size_t count = 0;
    statement_start(&statement, store,
                    scope->sum ? "SELECT day, waiting FROM flow_of INDEXED BY flow_of_waiting"
                                 " WHERE scope = ?1 AND waiting > 0"
                               : "SELECT f.hour / 24, f.waiting FROM consultation AS k"
                                 " CROSS JOIN flow AS f INDEXED BY flow_waiting"
                                 " ON f.consultation_id = k.id WHERE " CONSULTATIONS
                                 " AND " NARROWED " AND f.waiting > 0");
    if (scope->sum)
        statement_bind_text(&statement, str_of(scope->sum));
    else
        bind_scope(&statement, scope);
    while (statement_next(&statement)) {
        struct day_waiting *one = list_add(days, arena, sizeof *one);
        one->day = statement_integer(&statement);
        one->waiting = statement_integer(&statement);
    }
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = flow_moved(store, scope, arena, &moved, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct day_waiting *one = list_add(days, arena, sizeof *one);
        *one = (struct day_waiting){moved[i].day, moved[i].more};
    }
    return status;
}

/* The age of the comment in the middle: those of one day count as evenly spread over it. */
static int64_t median_age(const struct figure_scope *scope, const struct list *list)
{
    const struct day_waiting *days = list->items;
    int64_t all = 0, before = 0;
    for (size_t i = 0; i < list->count; i++)
        all += days[i].waiting;
    for (size_t i = 0; all > 0 && i < list->count;) {
        int64_t day = days[i].day, here = 0;
        for (; i < list->count && days[i].day == day; i++)
            here += days[i].waiting;
        if (here > 0 && 2 * (before + here) >= all) {
            int64_t start = day * SECONDS_OF_DAY - scope->clock, end = start + SECONDS_OF_DAY;
            end = end > scope->now ? scope->now : end;
            return scope->now - (start + (end - start) * (all - 2 * before) / (2 * here));
        }
        before += here;
    }
    return -1;
}

enum status flow_ages(struct store *store, const struct figure_scope *scope, struct arena *arena,
                      int places, const int64_t *from, int64_t *counts, int64_t *median,
                      struct error *error)
{
    struct list list = {0};
    enum status status = list_days(store, scope, arena, &list, error);
    struct day_waiting *days = list.items;
    memset(counts, 0, (size_t)places * sizeof *counts);
    if (list.count > 1)
        qsort(days, list.count, sizeof *days, compare_day_waiting);
    for (size_t i = 0; i < list.count; i++) {
        int place = places - 1;
        while (place > 0 && scope->today - days[i].day < from[place])
            place--;
        counts[place] += days[i].waiting;
    }
    *median = median_age(scope, &list);
    return status;
}

/* --- Consultations --- */

static struct flow_place *find_place(struct list *list, int64_t consultation)
{
    struct flow_place *places = list->items;
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (places[middle].consultation_id < consultation)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && places[low].consultation_id == consultation ? &places[low] : NULL;
}

#define ALL(t) "(" t ".pending + " t ".held + " t ".escalated + " DONE(t) ")"
#define DONE(t) t ".approved + " t ".rejected + " t ".spam"
#define WAIT(t) t ".pending + " t ".held + " t ".escalated"

/* All consultations of the scope, by their ids, with what the sums say. */
static enum status list_places(struct store *store, const struct figure_scope *scope,
                               struct arena *arena, struct list *list, struct error *error)
{
    struct statement statement;
    bool narrowed = scope->language.size > 0 || scope->channel.size > 0;
    statement_start(&statement, store,
                    narrowed ? "SELECT k.id, ifnull(sum(" ALL("f") "), 0), ifnull(sum(" WAIT(
                                   "f") "), 0) FROM consultation AS k LEFT JOIN tally AS f"
                                        " ON f.consultation_id = k.id AND " NARROWED
                                        " WHERE " CONSULTATIONS " GROUP BY k.id ORDER BY k.id"
                             : "SELECT k.id, ifnull(" ALL("f") ", 0), ifnull(" WAIT(
                                   "f") ", 0)"
                                        " FROM consultation AS k LEFT JOIN tally_of AS f"
                                        " ON f.scope = 'consultation:' || k.id"
                                        " WHERE " CONSULTATIONS " ORDER BY k.id");
    statement_bind(&statement, scope->agency_id);
    statement_bind(&statement, scope->consultation_id);
    if (narrowed) {
        statement_bind_text(&statement, scope->language);
        statement_bind_text(&statement, scope->channel);
    }
    while (statement_next(&statement)) {
        struct flow_place *place = list_add(list, arena, sizeof *place);
        place->consultation_id = statement_integer(&statement);
        place->comments = statement_integer(&statement);
        place->waiting = statement_integer(&statement);
        place->oldest_day = -1;
    }
    return statement_end(&statement, error);
}

static enum status add_changed_places(struct store *store, const struct figure_scope *scope,
                                      struct list *list, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT f.consultation_id, " ALL("f") ", " WAIT(
                        "f") " FROM tally_change AS f WHERE " CHANGED " AND " NARROWED);
    bind_scope(&statement, scope);
    while (statement_next(&statement)) {
        struct flow_place *place = find_place(list, statement_integer(&statement));
        if (!place)
            continue;
        place->comments += statement_integer(&statement);
        place->waiting += statement_integer(&statement);
    }
    return statement_end(&statement, error);
}

/* Most waiting first; of those alike, as they were made. */
static int compare_places(const void *a, const void *b)
{
    const struct flow_place *left = a, *right = b;
    if (left->waiting != right->waiting)
        return left->waiting < right->waiting ? 1 : -1;
    return (left->consultation_id > right->consultation_id) -
           (left->consultation_id < right->consultation_id);
}

/* Moves those with comments to the front, in their order; returns how many. */
static size_t keep_used(struct flow_place *places, size_t count, size_t most)
{
    size_t kept = 0;
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count && kept < most; i++) {
        if (places[i].comments > 0)
            places[kept++] = places[i];
    }
    return kept;
}

static enum status find_oldest_day(struct store *store, const struct figure_scope *scope,
                                   const struct moved *moved, size_t count,
                                   struct flow_place *place, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT f.hour / 24, f.waiting FROM flow AS f INDEXED BY flow_waiting"
                    " WHERE f.consultation_id = ?2 AND f.waiting > 0 AND " NARROWED
                    " ORDER BY f.hour");
    statement_bind(&statement, 0);
    statement_bind(&statement, place->consultation_id);
    statement_bind_text(&statement, scope->language);
    statement_bind_text(&statement, scope->channel);
    place->oldest_day = flow_first_day(&statement, place->consultation_id, moved, count);
    return statement_end(&statement, error);
}

enum status flow_places(struct store *store, const struct figure_scope *scope, size_t most,
                        struct arena *arena, struct flow_place **places, size_t *count,
                        struct error *error)
{
    struct list list = {0};
    struct moved *moved;
    size_t moved_count;
    enum status status = list_places(store, scope, arena, &list, error);
    if (status == OK)
        status = add_changed_places(store, scope, &list, error);
    if (status == OK)
        status = flow_moved(store, scope, arena, &moved, &moved_count, error);
    *places = list.items;
    *count = list.count > 0 ? keep_used(*places, list.count, most) : 0;
    for (size_t i = 0; status == OK && i < *count; i++) {
        if ((*places)[i].waiting > 0)
            status = find_oldest_day(store, scope, moved, moved_count, &(*places)[i], error);
    }
    return status;
}
