/* Reading what waits from the kept sums: how old it is, and at which consultations it waits. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"

#include <stdlib.h>

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

/* Days on which something waits: of a scope that has sums the last first, else in any order. */
static const char days_of_sum_sql[] = "SELECT day, waiting FROM flow_of"
                                      " WHERE scope = ?5 AND waiting > 0 ORDER BY day DESC";
static const char days_of_some_sql[] =
    "SELECT f.hour / 24, f.waiting FROM consultation AS k CROSS JOIN flow AS f"
    " INDEXED BY flow_waiting ON f.consultation_id = k.id"
    " WHERE " CONSULTATIONS " AND " NARROWED " AND f.waiting > 0";

/* What is looked for among the days. */
struct days {
    int64_t after; /* all days behind this one are wanted */
    int64_t all;   /* how many wait, whenever they came */
    struct list list;
};

/* Lists the days that are wanted, and as many more as hold the middle. A day may come several times;
 * what is not listed came before those that are. */
static enum status list_days(struct store *store, const struct figure_scope *scope,
                             const struct flow_changes *changes, struct arena *arena,
                             struct days *days, struct error *error)
{
    struct statement statement;
    int64_t listed = 0, first = INT64_MIN, most = 2 * (int64_t)changes->count;
    statement_start(&statement, store, scope->sum ? days_of_sum_sql : days_of_some_sql);
    bind_scope(&statement, scope);
    if (scope->sum)
        statement_bind_text(&statement, str_of(scope->sum));
    while (first == INT64_MIN && statement_next(&statement)) {
        struct day_waiting *one = list_add(&days->list, arena, sizeof *one);
        one->day = statement_integer(&statement);
        one->waiting = statement_integer(&statement);
        listed += one->waiting;
        if (scope->sum && one->day <= days->after && 2 * listed >= days->all + most)
            first = one->day;
    }
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        if (!change->within || change->waiting == 0 || change->hour / HOURS_OF_DAY < first)
            continue;
        struct day_waiting *one = list_add(&days->list, arena, sizeof *one);
        *one = (struct day_waiting){change->hour / HOURS_OF_DAY, change->waiting};
    }
    if (days->list.count > 1)
        qsort(days->list.items, days->list.count, sizeof(struct day_waiting), compare_day_waiting);
    return statement_end(&statement, error);
}

/* How many came before the days that are listed. */
static int64_t count_before(const struct days *days)
{
    const struct day_waiting *list = days->list.items;
    int64_t before = days->all;
    for (size_t i = 0; i < days->list.count; i++)
        before -= list[i].waiting;
    return before;
}

/* The age of the comment in the middle: those of one day count as evenly spread over it. */
static int64_t median_age(const struct figure_scope *scope, const struct days *days)
{
    const struct day_waiting *list = days->list.items;
    int64_t all = days->all, before = count_before(days);
    for (size_t i = 0; all > 0 && i < days->list.count;) {
        int64_t day = list[i].day, here = 0;
        for (; i < days->list.count && list[i].day == day; i++)
            here += list[i].waiting;
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
    const struct flow_changes *changes;
    int64_t states[STATE_COUNT];
    struct days days = {.after = scope->today - from[places - 1]};
    memset(counts, 0, (size_t)places * sizeof *counts);
    *median = -1;
    enum status status = flow_changes_read(store, scope, arena, &changes, error);
    if (status == OK)
        status = tally_read(store, scope, states, error);
    if (status != OK)
        return status;
    days.all = states[STATE_PENDING] + states[STATE_HELD] + states[STATE_ESCALATED];
    status = list_days(store, scope, changes, arena, &days, error);
    const struct day_waiting *list = days.list.items;
    for (size_t i = 0; status == OK && i < days.list.count; i++) {
        int place = places - 1;
        while (place > 0 && scope->today - list[i].day < from[place])
            place--;
        counts[place] += list[i].waiting;
    }
    counts[places - 1] += count_before(&days);
    *median = median_age(scope, &days);
    return status;
}

/* --- Consultations --- */

static struct flow_place *find_place(struct list *list, int64_t consultation)
{
    struct flow_place *places = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (places[i].consultation_id == consultation)
            return &places[i];
    }
    return NULL;
}

#define ALL(t) "(" t ".pending + " t ".held + " t ".escalated + " DONE(t) ")"
#define DONE(t) t ".approved + " t ".rejected + " t ".spam"
#define WAIT(t) t ".pending + " t ".held + " t ".escalated"

/* Consultations, what the sums say, and the first day on which something waits by them: those where
 * most waits, of all; those of an agency, or one; and those of languages and channels, whose day is
 * to be found. */
#define FIRST_DAY                                                                                  \
    "ifnull((SELECT min(o.day) FROM flow_of AS o INDEXED BY flow_of_waiting"                       \
    " WHERE o.scope = f.scope AND o.waiting > 0), -1)"
static const char most_sql[] = "SELECT CAST(substr(f.scope, 14) AS INTEGER), " ALL("f") ", " WAIT(
    "f") ", " FIRST_DAY " FROM tally_of AS f INDEXED BY tally_of_waiting"
         " WHERE f.scope >= 'consultation:' AND f.scope < 'consultation;'"
         " ORDER BY " WAIT("f") " DESC LIMIT ?3";
#define PLACE "SELECT k.id, ifnull(" ALL("f") ", 0), ifnull(" WAIT("f") ", 0), "
#define ITS_TALLY " LEFT JOIN tally_of AS f ON f.scope = 'consultation:' || k.id"
static const char agency_sql[] =
    PLACE FIRST_DAY " FROM consultation AS k INDEXED BY consultation_of_agency" ITS_TALLY
                    " WHERE k.agency_id = ?1 AND (?2 = 0 OR k.id = ?2)";
static const char one_sql[] =
    PLACE FIRST_DAY " FROM consultation AS k" ITS_TALLY " WHERE k.id = ?2";
static const char narrowed_sql[] = "SELECT k.id, ifnull(sum(" ALL("f") "), 0), ifnull(sum(" WAIT(
    "f") "), 0), -1"
         " FROM consultation AS k LEFT JOIN tally AS f ON f.consultation_id = k.id AND " NARROWED
         " WHERE " CONSULTATIONS " GROUP BY k.id";

static void read_places(struct statement *statement, struct arena *arena, struct list *list)
{
    while (statement_next(statement)) {
        struct flow_place *place = list_add(list, arena, sizeof *place);
        place->consultation_id = statement_integer(statement);
        place->comments = statement_integer(statement);
        place->waiting = statement_integer(statement);
        place->oldest_day = statement_integer(statement);
    }
}

/* How many more wait at a consultation than the sums say. */
static int64_t more_at(const struct flow_changes *changes, int64_t consultation)
{
    int64_t more = 0;
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->changes[i].consultation_id == consultation)
            more += changes->changes[i].waiting;
    }
    return more;
}

/* Beside the most by the sums, and as many more as there are changes, those where more wait since:
 * they may be among the most now, and no others. */
static enum status add_missing(struct store *store, const struct flow_changes *changes,
                               struct arena *arena, struct list *list, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, one_sql);
    for (size_t i = 0; i < changes->count; i++) {
        int64_t id = changes->changes[i].consultation_id;
        if (more_at(changes, id) <= 0 || find_place(list, id))
            continue;
        statement_again(&statement);
        statement_bind(&statement, 0);
        statement_bind(&statement, id);
        read_places(&statement, arena, list);
    }
    return statement_end(&statement, error);
}

static enum status list_places(struct store *store, const struct figure_scope *scope,
                               const struct flow_changes *changes, size_t most, struct arena *arena,
                               struct list *list, struct error *error)
{
    struct statement statement;
    bool narrowed = scope->language.size > 0 || scope->channel.size > 0;
    bool all = scope->sum && !scope->sum[0];
    statement_start(&statement, store,
                    all                ? most_sql
                    : narrowed         ? narrowed_sql
                    : scope->agency_id ? agency_sql
                                       : one_sql);
    statement_bind(&statement, scope->agency_id);
    statement_bind(&statement, scope->consultation_id);
    if (all)
        statement_bind(&statement, (int64_t)(most + changes->count));
    if (narrowed) {
        statement_bind_text(&statement, scope->language);
        statement_bind_text(&statement, scope->channel);
    }
    read_places(&statement, arena, list);
    enum status status = statement_end(&statement, error);
    return status == OK && all ? add_missing(store, changes, arena, list, error) : status;
}

static void add_changed_places(const struct flow_changes *changes, struct list *list)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        struct flow_place *place =
            change->within ? find_place(list, change->consultation_id) : NULL;
        if (!place)
            continue;
        place->comments += change->arrived;
        place->waiting += change->waiting;
    }
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

/* Whether something happened since the sums that may have moved its first day. */
static bool has_moved(const struct flow_changes *changes, const struct flow_place *place)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        if (change->consultation_id == place->consultation_id && change->waiting != 0 &&
            (place->oldest_day < 0 || change->hour / HOURS_OF_DAY <= place->oldest_day))
            return true;
    }
    return false;
}

/* Days until one on which something waits. */
static const char days_sql[] =
    "SELECT f.hour / 24, f.waiting FROM flow AS f INDEXED BY flow_waiting"
    " WHERE f.consultation_id = ?1 AND f.waiting > 0 AND (?2 = '' OR f.language = ?2)"
    " AND (?3 = '' OR f.channel = ?3) ORDER BY f.hour";

/* What the sums say is right where nothing happened since, and nothing narrower is asked for. */
static enum status find_oldest_days(struct store *store, const struct figure_scope *scope,
                                    const struct flow_changes *changes, struct flow_place *places,
                                    size_t count, struct error *error)
{
    struct statement statement;
    bool narrowed = scope->language.size > 0 || scope->channel.size > 0;
    statement_start(&statement, store, days_sql);
    for (size_t i = 0; i < count; i++) {
        int64_t id = places[i].consultation_id;
        if (places[i].waiting <= 0)
            places[i].oldest_day = -1;
        if (places[i].waiting <= 0 || (!narrowed && !has_moved(changes, &places[i])))
            continue;
        statement_again(&statement);
        statement_bind(&statement, id);
        statement_bind_text(&statement, scope->language);
        statement_bind_text(&statement, scope->channel);
        places[i].oldest_day = flow_first(&statement, HOURS_OF_DAY, id, changes);
    }
    return statement_end(&statement, error);
}

enum status flow_places(struct store *store, const struct figure_scope *scope, size_t most,
                        struct arena *arena, struct flow_place **places, size_t *count,
                        struct error *error)
{
    struct list list = {0};
    const struct flow_changes *changes;
    *count = 0;
    *places = NULL;
    enum status status = flow_changes_read(store, scope, arena, &changes, error);
    if (status == OK)
        status = list_places(store, scope, changes, most, arena, &list, error);
    if (status != OK)
        return status;
    add_changed_places(changes, &list);
    *places = list.items;
    *count = list.count > 0 ? keep_used(*places, list.count, most) : 0;
    return find_oldest_days(store, scope, changes, *places, *count, error);
}
