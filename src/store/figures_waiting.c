/* Reading what waits from the kept sums: how old it is, and at which consultations it waits. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"

/* --- Ages --- */

/* Rows of a day and how many of those received on it wait, into their places. */
static void add_ages(struct statement *statement, int64_t today, int places, const int64_t *from,
                     int64_t *counts)
{
    while (statement_next(statement)) {
        int64_t age = today - statement_integer(statement);
        int place = places - 1;
        while (place > 0 && age < from[place])
            place--;
        counts[place] += statement_integer(statement);
    }
}

enum status flow_ages(struct store *store, const struct figure_scope *scope, int places,
                      const int64_t *from, int64_t *counts, struct error *error)
{
    struct statement statement;
    memset(counts, 0, (size_t)places * sizeof *counts);
    if (scope->sum) {
        statement_start(&statement, store,
                        "SELECT day, waiting FROM flow_of INDEXED BY flow_of_waiting"
                        " WHERE scope = ?1 AND waiting > 0");
        statement_bind_text(&statement, str_of(scope->sum));
    } else {
        statement_start(&statement, store,
                        "SELECT f.hour / 24, f.waiting FROM consultation AS k CROSS JOIN flow AS f"
                        " INDEXED BY flow_waiting ON f.consultation_id = k.id"
                        " WHERE " CONSULTATIONS " AND " NARROWED " AND f.waiting > 0");
        bind_scope(&statement, scope);
    }
    add_ages(&statement, scope->today, places, from, counts);
    enum status status = statement_end(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "SELECT f.hour / 24, f.waiting FROM flow_change AS f WHERE " CHANGED
                    " AND " NARROWED " AND f.waiting <> 0");
    bind_scope(&statement, scope);
    add_ages(&statement, scope->today, places, from, counts);
    return statement_end(&statement, error);
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
        place->oldest = -1;
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

static void take_oldest(void *context, int64_t consultation, int64_t hour)
{
    struct flow_place *place = find_place(context, consultation);
    if (place && (place->oldest < 0 || hour < place->oldest))
        place->oldest = hour;
}

enum status flow_places(struct store *store, const struct figure_scope *scope, struct arena *arena,
                        struct flow_place **places, size_t *count, struct error *error)
{
    struct list list = {0};
    enum status status = list_places(store, scope, arena, &list, error);
    if (status == OK)
        status = add_changed_places(store, scope, &list, error);
    if (status == OK)
        status = flow_oldest_each(store, scope, take_oldest, &list, error);
    *places = list.items;
    *count = list.count;
    return status;
}
