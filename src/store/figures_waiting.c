/* Reading how old what waits is, from the kept sums. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"
#include "store/recall.h"

#include <stdlib.h>

/* How many wait of those that came on a day. */
struct day_waiting {
    int64_t day, waiting;
};

static int compare_day_waiting(const void *a, const void *b)
{
    const struct day_waiting *left = a, *right = b;
    return (left->day > right->day) - (left->day < right->day);
}

/* Days on which something waits: of a scope that has sums those before one, the last first and others
 * among them, since rows in order cost less than looking each up; else in any order. */
static const char days_of_sum_sql[] = "SELECT day, waiting FROM flow_of"
                                      " WHERE scope = ?5 AND day < ?6 ORDER BY day DESC";
static const char days_of_some_sql[] = "SELECT f.hour / 24, f.waiting FROM " CHOSEN(
    "?1", "?2") " AS k CROSS JOIN flow AS f"
                " INDEXED BY flow_waiting ON f.consultation_id = k.id"
                " WHERE " NARROWED " AND f.waiting > 0";

/* What is looked for among the days. */
struct days {
    int64_t after; /* all days behind this one are wanted */
    int64_t all;   /* how many wait, whenever they came */
    int64_t until; /* days from here on are listed from what was read before, changes and all */
    struct list list;
};

static void add_day(struct days *days, struct arena *arena, int64_t day, int64_t waiting)
{
    struct day_waiting *one = list_add(&days->list, arena, sizeof *one);
    *one = (struct day_waiting){day, waiting};
}

/* Lists the days that are wanted, and as many more as hold the middle. A day may come several times;
 * what is not listed came before those that are. */
static enum status list_days(struct store *store, const struct figure_scope *scope,
                             const struct flow_changes *changes, struct arena *arena,
                             struct days *days, struct error *error)
{
    struct statement statement;
    int64_t listed = 0, first = INT64_MIN, most = 2 * (int64_t)changes->count;
    const struct day_waiting *list = days->list.items;
    for (size_t i = 0; i < days->list.count; i++)
        listed += list[i].waiting;
    if (days->until <= days->after + 1 && 2 * listed >= days->all)
        return OK;
    statement_recall(&statement, store, scope->sum ? days_of_sum_sql : days_of_some_sql,
                     RECALL_SUMS);
    bind_scope(&statement, scope);
    if (scope->sum) {
        statement_bind_text(&statement, str_of(scope->sum));
        statement_bind(&statement, days->until);
    }
    while (first == INT64_MIN && statement_next(&statement)) {
        int64_t day = statement_integer(&statement), waiting = statement_integer(&statement);
        if (waiting != 0)
            add_day(days, arena, day, waiting);
        listed += waiting;
        if (scope->sum && day <= days->after && 2 * listed >= days->all + most)
            first = day;
    }
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        int64_t day = change->hour / HOURS_OF_DAY;
        if (change->within && change->waiting != 0 && day >= first && day < days->until)
            add_day(days, arena, day, change->waiting);
    }
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
                      int64_t all, const struct flow *recent, int64_t first, int places,
                      const int64_t *from, int64_t *counts, int64_t *median, struct error *error)
{
    const struct flow_changes *changes;
    struct days days = {.after = scope->today - from[places - 1], .all = all, .until = INT64_MAX};
    memset(counts, 0, (size_t)places * sizeof *counts);
    *median = -1;
    enum status status = flow_changes_read(store, scope, arena, &changes, error);
    if (status != OK)
        return status;
    for (int64_t day = first; recent && day <= scope->today; day++) {
        if (recent[day - first].waiting != 0)
            add_day(&days, arena, day, recent[day - first].waiting);
    }
    if (recent)
        days.until = first;
    status = list_days(store, scope, changes, arena, &days, error);
    if (days.list.count > 1)
        qsort(days.list.items, days.list.count, sizeof(struct day_waiting), compare_day_waiting);
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
