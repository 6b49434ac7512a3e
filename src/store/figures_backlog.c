/* Backlog: what arrived against what was decided by the day or week, how old what waits is, when it
 * will be empty at the pace of the last days, and where it waits. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "store/figures_flow.h"
#include "store/figures_flow_sql.h"

enum {
    DAYS_A_WEEK = 7,
    THOUSAND = 1000,   /* of FIGURE_DECIMAL */
    YEARS_MOST = 3650, /* days; a forecast beyond says nothing */
};

#define WAITS "state:pending state:held state:escalated"

/* --- Now, and the forecast --- */

enum {
    NOW_WAITING,
    NOW_MEDIAN,
    NOW_ARRIVED,
    NOW_DECIDED,
    NOW_REOPENED,
    NOW_ARRIVING,
    NOW_DECIDING,
    NOW_OUTLOOK,
    NOW_DAYS_LEFT,
    NOW_EMPTY_ON,
    NOW_COLUMNS
};

static const struct figure_column now_columns[NOW_COLUMNS] = {
    [NOW_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
    [NOW_MEDIAN] = {"median_wait", N_("half wait over"), FIGURE_SECONDS},
    [NOW_ARRIVED] = {"arrived", N_("arrived"), FIGURE_COUNT},
    [NOW_DECIDED] = {"decided", N_("decided"), FIGURE_COUNT},
    [NOW_REOPENED] = {"reopened", N_("reopened"), FIGURE_COUNT},
    [NOW_ARRIVING] = {"arriving_per_day", N_("arriving a day"), FIGURE_DECIMAL},
    [NOW_DECIDING] = {"leaving_per_day", N_("leaving a day"), FIGURE_DECIMAL},
    [NOW_OUTLOOK] = {"outlook", N_("at this pace"), FIGURE_WORD},
    [NOW_DAYS_LEFT] = {"days_left", N_("days left"), FIGURE_DECIMAL},
    [NOW_EMPTY_ON] = {"empty_on", N_("empty on"), FIGURE_DAY},
};

static struct figure rate(int64_t count)
{
    return figure_number((THOUSAND * count + DAYS_A_WEEK / 2) / DAYS_A_WEEK);
}

/* The pace of the last seven days, today with them: what left less what came in. A person's own
 * decisions do not tell when the queue is empty; neither do days long past. */
static void forecast(const struct figure_scope *scope, const struct flow *week, int64_t waiting,
                     struct figure *values)
{
    int64_t arrived = 0, left = 0;
    for (int i = 0; i < DAYS_A_WEEK; i++) {
        arrived += week[i].arrived;
        left += week[i].decided - week[i].reopened;
    }
    int64_t net = left - arrived;
    bool known = net > 0 && waiting > 0 && waiting * DAYS_A_WEEK <= net * YEARS_MOST;
    int64_t days = known ? (waiting * DAYS_A_WEEK + net - 1) / net : 0;
    values[NOW_ARRIVING] = rate(arrived);
    values[NOW_DECIDING] = left > 0 ? rate(left) : figure_number(0);
    values[NOW_OUTLOOK] = waiting == 0 ? figure_word("empty", N_("empty"))
                          : net > 0    ? figure_word("shrinks", N_("it shrinks"))
                          : net < 0    ? figure_word("grows", N_("it grows"))
                                       : figure_word("stays", N_("it stays"));
    values[NOW_DAYS_LEFT] =
        known ? figure_number((waiting * DAYS_A_WEEK * THOUSAND + net / 2) / net) : figure_none();
    values[NOW_EMPTY_ON] = known ? figure_number(scope->today + days) : figure_none();
}

/* Days up to today, read once for all that is said of them. */
struct recent {
    int64_t first;
    struct flow *flows;
};

static const struct flow *day_of(const struct recent *recent, int64_t day)
{
    return &recent->flows[day - recent->first];
}

static enum status read_now(struct store *store, const struct figure_scope *scope,
                            struct arena *arena, const struct recent *recent, int64_t *waiting,
                            struct figure_rows *rows, struct error *error)
{
    int64_t counts[STATE_COUNT];
    struct flow sum = {0};
    enum status status = tally_read(store, scope, counts, error);
    if (status != OK)
        return status;
    for (int64_t day = scope->first_day; day <= scope->last_day; day++) {
        sum.arrived += day_of(recent, day)->arrived;
        sum.decided += day_of(recent, day)->decided;
        sum.reopened += day_of(recent, day)->reopened;
    }
    struct figure_row *row = figure_row_add(rows, NOW_COLUMNS, arena);
    *waiting = counts[STATE_PENDING] + counts[STATE_HELD] + counts[STATE_ESCALATED];
    row->values[NOW_WAITING] = figure_number(*waiting);
    row->values[NOW_MEDIAN] = figure_none(); /* see read_ages() */
    row->values[NOW_ARRIVED] = figure_number(sum.arrived);
    row->values[NOW_DECIDED] = figure_number(sum.decided);
    row->values[NOW_REOPENED] = figure_number(sum.reopened);
    for (int i = NOW_ARRIVING; i < NOW_COLUMNS; i++)
        row->values[i] = figure_none();
    if (scope->moderator_id == 0 && !scope->past)
        forecast(scope, day_of(recent, scope->today - DAYS_A_WEEK + 1), *waiting, row->values);
    row->query = figure_scope_query(scope, WAITS, arena);
    return OK;
}

/* --- Days or weeks --- */

enum { DAY_DAY, DAY_ARRIVED, DAY_DECIDED, DAY_REOPENED, DAY_WAITING, DAY_COLUMNS };

static const struct figure_column day_columns[DAY_COLUMNS] = {
    [DAY_DAY] = {"day", N_("day"), FIGURE_DAY},
    [DAY_ARRIVED] = {"arrived", N_("arrived"), FIGURE_COUNT},
    [DAY_DECIDED] = {"decided", N_("decided"), FIGURE_COUNT},
    [DAY_REOPENED] = {"reopened", N_("reopened"), FIGURE_COUNT},
    [DAY_WAITING] = {"waiting_at_end", N_("waiting"), FIGURE_COUNT},
};

static void add_days(const struct figure_scope *scope, const struct recent *recent, int64_t waiting,
                     struct arena *arena, struct figure_rows *rows)
{
    struct figure_row *row = NULL;
    for (int64_t day = scope->first_day; day <= scope->last_day; day++) {
        const struct flow *flow = day_of(recent, day);
        int64_t place = figure_scope_place(scope, day);
        if (!row || row->values[DAY_DAY].number != place) {
            row = figure_row_add(rows, DAY_COLUMNS, arena);
            row->values[DAY_DAY] = figure_number(place);
        }
        row->values[DAY_ARRIVED].number += flow->arrived;
        row->values[DAY_DECIDED].number += flow->decided;
        row->values[DAY_REOPENED].number += flow->reopened;
    }
    /* Backwards from what waits at the end: what came in had not come, what left was still there. */
    for (size_t i = rows->count; i-- > 0;) {
        struct figure *values = rows->rows[i].values;
        values[DAY_WAITING] = figure_measure(waiting);
        waiting = waiting < 0 ? waiting
                              : waiting - values[DAY_ARRIVED].number + values[DAY_DECIDED].number -
                                    values[DAY_REOPENED].number;
    }
}

/* What waited at the end of the range: today's less what came and went since. -1 where the range is
 * a person's, whose decisions are not all. */
static int64_t waiting_then(const struct figure_scope *scope, const struct recent *recent,
                            int64_t waiting)
{
    if (scope->moderator_id != 0 || scope->today - scope->last_day > FIGURE_DAYS_MOST)
        return -1;
    for (int64_t day = scope->last_day + 1; waiting >= 0 && day <= scope->today; day++) {
        const struct flow *flow = day_of(recent, day);
        waiting += flow->decided - flow->reopened - flow->arrived;
    }
    return waiting;
}

/* --- Ages --- */

enum { AGE_AGE, AGE_WAITING, AGE_SHARE, AGE_FROM, AGE_TO, AGE_COLUMNS };

static const struct figure_column age_columns[AGE_COLUMNS] = {
    [AGE_AGE] = {"age", N_("came in"), FIGURE_WORD},
    [AGE_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
    [AGE_SHARE] = {"share", N_("share"), FIGURE_SHARE},
    [AGE_FROM] = {"from_days", NULL, FIGURE_COUNT},
    [AGE_TO] = {"to_days", NULL, FIGURE_COUNT},
};

/* By how many days ago it came in: from, up to the next one's. */
static const struct {
    int64_t from;
    const char *name, *word;
} ages[] = {
    {0, "today", N_("today")},
    {1, "days_1_2", N_("1-2 days ago")},
    {3, "days_3_6", N_("3-6 days ago")},
    {7, "days_7_13", N_("1-2 weeks ago")},
    {14, "days_14_29", N_("2-4 weeks ago")},
    {30, "days_30_89", N_("1-3 months ago")},
    {90, "days_90", N_("longer ago")},
};
enum { AGES = sizeof ages / sizeof *ages };

static enum status read_ages(struct store *store, const struct figure_scope *scope,
                             struct arena *arena, const struct recent *recent, int64_t waiting,
                             struct figure *median_wait, struct figure_rows *rows,
                             struct error *error)
{
    int64_t from[AGES], counts[AGES], all = 0, median;
    for (int i = 0; i < AGES; i++)
        from[i] = ages[i].from;
    enum status status =
        flow_ages(store, scope, arena, waiting, flow_has_sums(scope) ? recent->flows : NULL,
                  recent->first, AGES, from, counts, &median, error);
    *median_wait = figure_measure(median);
    for (int i = 0; i < AGES; i++)
        all += counts[i];
    for (int i = 0; status == OK && all > 0 && i < AGES; i++) {
        struct figure_row *row = figure_row_add(rows, AGE_COLUMNS, arena);
        row->values[AGE_AGE] = figure_word(ages[i].name, ages[i].word);
        row->values[AGE_WAITING] = figure_number(counts[i]);
        row->values[AGE_SHARE] = figure_share(counts[i], all);
        row->values[AGE_FROM] = figure_number(from[i]);
        row->values[AGE_TO] = i + 1 < AGES ? figure_number(from[i + 1] - 1) : figure_none();
    }
    return status;
}

/* --- Consultations --- */

enum {
    PLACE_TITLE,
    PLACE_SLUG,
    PLACE_WAITING,
    PLACE_OLDEST,
    PLACE_COMMENTS,
    PLACE_DECIDED,
    PLACE_ANSWERED,
    PLACE_COLUMNS
};

static const struct figure_column place_columns[PLACE_COLUMNS] = {
    [PLACE_TITLE] = {"title", N_("consultation"), FIGURE_LABEL},
    [PLACE_SLUG] = {"consultation", NULL, FIGURE_TEXT},
    [PLACE_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
    [PLACE_OLDEST] = {"oldest_day", N_("oldest from"), FIGURE_DAY},
    [PLACE_COMMENTS] = {"comments", N_("all"), FIGURE_COUNT},
    [PLACE_DECIDED] = {"decided", N_("decided"), FIGURE_SHARE},
    [PLACE_ANSWERED] = {"answered", N_("answered"), FIGURE_COUNT},
};

static enum status read_places(struct store *store, const struct figure_scope *scope,
                               struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct flow_place *places;
    size_t count;
    enum status status = flow_places(store, scope, arena, &places, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct figure_row *row = figure_row_add(rows, PLACE_COLUMNS, arena);
        row->values[PLACE_TITLE] = figure_label(&places[i].title);
        row->values[PLACE_SLUG] = figure_text(places[i].slug);
        row->values[PLACE_WAITING] = figure_number(places[i].waiting);
        row->values[PLACE_OLDEST] = figure_measure(places[i].oldest_day);
        row->values[PLACE_COMMENTS] = figure_number(places[i].comments);
        row->values[PLACE_DECIDED] =
            figure_share(places[i].comments - places[i].waiting, places[i].comments);
        row->values[PLACE_ANSWERED] = figure_number(places[i].answered);
        struct figure_scope one = *scope;
        one.consultation = places[i].slug;
        one.agency = (struct str){0};
        row->query = figure_scope_query(&one, WAITS, arena);
    }
    return status;
}

/* --- The set --- */

enum { TABLE_NOW, TABLE_DAYS, TABLE_AGES, TABLE_PLACES, TABLE_COUNT };

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_NOW] = {"now", now_columns, NOW_COLUMNS},
    [TABLE_DAYS] = {"days", day_columns, DAY_COLUMNS},
    [TABLE_AGES] = {"ages", age_columns, AGE_COLUMNS},
    [TABLE_PLACES] = {"consultations", place_columns, PLACE_COLUMNS},
};

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES, .table = TABLE_NOW, .note = N_("Pace: the mean of the last 7 days.")},
    {.shape = SHAPE_COLUMNS,
     .table = TABLE_DAYS,
     .title = N_("Arrived and decided"),
     .label = DAY_DAY,
     .series = {DAY_ARRIVED, DAY_DECIDED},
     .series_count = 2,
     .rows = 8,
     .half = true},
    {.shape = SHAPE_BARS,
     .table = TABLE_AGES,
     .title = N_("Age of what waits"),
     .empty = N_("Nothing waits."),
     .label = AGE_AGE,
     .series = {AGE_WAITING, AGE_SHARE},
     .series_count = 2,
     .half = true},
    {.shape = SHAPE_LINE,
     .table = TABLE_DAYS,
     .title = N_("Waiting at the end of the day"),
     .label = DAY_DAY,
     .series = {DAY_WAITING},
     .series_count = 1,
     .rows = 8},
    {.shape = SHAPE_TABLE,
     .table = TABLE_PLACES,
     .title = N_("By consultation"),
     .empty = N_("There are no comments.")},
};

/* From the range's first day on, or the first that the pace or, where that costs little, the ages tell
 * of. */
static enum status read_recent(struct store *store, const struct figure_scope *scope,
                               struct arena *arena, struct recent *recent, struct error *error)
{
    int64_t days = flow_has_sums(scope) ? ages[AGES - 1].from : DAYS_A_WEEK;
    recent->first = scope->today - days + 1;
    if (scope->first_day < recent->first)
        recent->first = scope->first_day;
    recent->flows =
        arena_new(arena, (size_t)(scope->today - recent->first + 1), sizeof *recent->flows);
    return flow_days_to_now(store, scope, recent->first, recent->flows, error);
}

static enum status read_backlog(struct store *store, const struct figure_scope *asked,
                                struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct figure_scope changed = *asked;
    const struct figure_scope *scope = &changed;
    struct recent recent = {0};
    int64_t waiting = 0;
    enum status status = flow_changes_read(store, asked, arena, &changed.changes, error);
    if (status == OK)
        status = read_recent(store, scope, arena, &recent, error);
    if (status == OK)
        status = read_now(store, scope, arena, &recent, &waiting, &rows[TABLE_NOW], error);
    if (status == OK)
        status = read_ages(store, scope, arena, &recent, waiting,
                           &rows[TABLE_NOW].rows[0].values[NOW_MEDIAN], &rows[TABLE_AGES], error);
    if (status == OK)
        status = read_places(store, scope, arena, &rows[TABLE_PLACES], error);
    if (status == OK)
        add_days(scope, &recent, waiting_then(scope, &recent, waiting), arena, &rows[TABLE_DAYS]);
    return status;
}

const struct figure_set figures_backlog = {
    .name = "backlog",
    .title = N_("Backlog"),
    .about = N_("arrived against decided, how old what waits is, when it will be empty, and where"),
    .days = 30,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_backlog,
};
