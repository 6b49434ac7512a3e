/* Promise: how much was decided and answered within what the agencies promise, in working time; what
 * is late now, what will be soon, and where. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "base/moment.h"
#include "store/figures_flow_sql.h"
#include "store/promise_read.h"

/* While a changed calendar is taken in, this is all there is to say. */
enum { PROGRESS_WHAT, PROGRESS_DONE, PROGRESS_COLUMNS };

static const struct figure_column progress_columns[PROGRESS_COLUMNS] = {
    [PROGRESS_WHAT] = {"state", N_("after a change"), FIGURE_WORD},
    [PROGRESS_DONE] = {"done", N_("done"), FIGURE_SHARE},
};

/* What is promised, a row for each kind. */
enum { NOW_WHAT, NOW_SHARE, NOW_KEPT, NOW_MISSED, NOW_LATE, NOW_TODAY, NOW_SOON, NOW_COLUMNS };

static const struct figure_column now_columns[NOW_COLUMNS] = {
    [NOW_WHAT] = {"what", N_("promise"), FIGURE_WORD},
    [NOW_SHARE] = {"share_in_time", N_("in time"), FIGURE_SHARE},
    [NOW_KEPT] = {"in_time", N_("kept"), FIGURE_COUNT},
    [NOW_MISSED] = {"not_in_time", N_("missed"), FIGURE_COUNT},
    [NOW_LATE] = {"late_now", N_("late now"), FIGURE_COUNT},
    [NOW_TODAY] = {"due_today", N_("due today"), FIGURE_COUNT},
    [NOW_SOON] = {"due_in_3_days", N_("in 3 days"), FIGURE_COUNT},
};

/* By the day or the week. */
enum {
    DAY_DAY,
    DAY_DECIDE_SHARE,
    DAY_DECIDE_KEPT,
    DAY_DECIDE_MISSED,
    DAY_ANSWER_SHARE,
    DAY_ANSWER_KEPT,
    DAY_ANSWER_MISSED,
    DAY_COLUMNS
};

static const struct figure_column day_columns[DAY_COLUMNS] = {
    [DAY_DAY] = {"day", N_("day"), FIGURE_DAY},
    [DAY_DECIDE_SHARE] = {"decided_share_in_time", N_("decided in time"), FIGURE_SHARE},
    [DAY_DECIDE_KEPT] = {"decided_in_time", N_("kept"), FIGURE_COUNT},
    [DAY_DECIDE_MISSED] = {"not_decided_in_time", N_("missed"), FIGURE_COUNT},
    [DAY_ANSWER_SHARE] = {"answered_share_in_time", N_("answered in time"), FIGURE_SHARE},
    [DAY_ANSWER_KEPT] = {"answered_in_time", N_("kept"), FIGURE_COUNT},
    [DAY_ANSWER_MISSED] = {"not_answered_in_time", N_("missed"), FIGURE_COUNT},
};

/* By when it is due. */
enum { DUE_WHEN, DUE_COUNT, DUE_SHARE, DUE_ANSWERS, DUE_COLUMNS };

static const struct figure_column due_columns[DUE_COLUMNS] = {
    [DUE_WHEN] = {"due", N_("due"), FIGURE_WORD},
    [DUE_COUNT] = {"to_decide", N_("to decide"), FIGURE_COUNT},
    [DUE_SHARE] = {"share", N_("share"), FIGURE_SHARE},
    [DUE_ANSWERS] = {"to_answer", N_("to answer"), FIGURE_COUNT},
};

static const struct {
    const char *name, *word;
} due_words[DUE_PLACES] = {
    [DUE_WEEK_AGO] = {"week_ago", N_("a week ago or more")},
    [DUE_DAYS_AGO] = {"days_1_6_ago", N_("1-6 days ago")},
    [DUE_EARLIER] = {"earlier_today", N_("earlier today")},
    [DUE_TODAY] = {"today", N_("today")},
    [DUE_TOMORROW] = {"tomorrow", N_("tomorrow")},
    [DUE_IN_DAYS] = {"in_days_2_3", N_("in 2-3 days")},
    [DUE_IN_WEEK] = {"in_days_4_6", N_("in 4-6 days")},
    [DUE_LATER] = {"in_week", N_("in a week or more")},
};

/* By agency and by consultation. */
enum {
    OF_NAME,
    OF_SLUG,
    OF_DECIDE_IN,
    OF_DECIDED,
    OF_DECIDED_OF,
    OF_LATE,
    OF_ANSWER_IN,
    OF_ANSWERED,
    OF_ANSWERED_OF,
    OF_LATE_ANSWERS,
    OF_TODAY,
    OF_COLUMNS
};

#define OF_COLUMNS_OF(heading, slug)                                                               \
    {                                                                                              \
        [OF_NAME] = {"name", heading, FIGURE_LABEL}, [OF_SLUG] = {slug, NULL, FIGURE_TEXT},        \
        [OF_DECIDE_IN] = {"decide_within", N_("decide in"), FIGURE_WITHIN},                        \
        [OF_DECIDED] = {"decided_share_in_time", N_("in time"), FIGURE_SHARE},                     \
        [OF_DECIDED_OF] = {"to_be_decided", N_("of"), FIGURE_COUNT},                               \
        [OF_LATE] = {"late_now", N_("late"), FIGURE_COUNT},                                        \
        [OF_ANSWER_IN] = {"answer_within", N_("answer in"), FIGURE_WITHIN},                        \
        [OF_ANSWERED] = {"answered_share_in_time", N_("in time"), FIGURE_SHARE},                   \
        [OF_ANSWERED_OF] = {"to_be_answered", N_("of"), FIGURE_COUNT},                             \
        [OF_LATE_ANSWERS] = {"late_answers_now", N_("late"), FIGURE_COUNT},                        \
        [OF_TODAY] = {"due_today", NULL, FIGURE_COUNT},                                            \
    }
static const struct figure_column agency_columns[OF_COLUMNS] =
    OF_COLUMNS_OF(N_("agency"), "agency");
static const struct figure_column place_columns[OF_COLUMNS] =
    OF_COLUMNS_OF(N_("consultation"), "consultation");

/* What is late in queues: what waits, in whichever state it does; and what can be owed an answer. */
#define WAITS "state:pending state:held state:escalated "
#define LATE_TO_DECIDE WAITS "late:decide"
#define LATE_TO_ANSWER "state:approved " WAITS "late:answer"

/* --- The set --- */

enum {
    TABLE_NOW,
    TABLE_PROGRESS,
    TABLE_DUE,
    TABLE_DAYS,
    TABLE_AGENCIES,
    TABLE_PLACES,
    TABLE_COUNT
};

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_NOW] = {"now", now_columns, NOW_COLUMNS},
    [TABLE_PROGRESS] = {"progress", progress_columns, PROGRESS_COLUMNS},
    [TABLE_DUE] = {"due", due_columns, DUE_COLUMNS},
    [TABLE_DAYS] = {"days", day_columns, DAY_COLUMNS},
    [TABLE_AGENCIES] = {"agencies", agency_columns, OF_COLUMNS},
    [TABLE_PLACES] = {"consultations", place_columns, OF_COLUMNS},
};

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES,
     .table = TABLE_PROGRESS,
     .note = N_("What is due is being worked out anew; the figures are here as soon as it is.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_NOW,
     .note = N_("On the day it was done in time, or else was due. Small numbers say little.")},
    {.shape = SHAPE_COLUMNS,
     .table = TABLE_DAYS,
     .title = N_("Decided in time, and missed"),
     .label = DAY_DAY,
     .series = {DAY_DECIDE_KEPT, DAY_DECIDE_MISSED},
     .series_count = 2,
     .rows = 8,
     .half = true},
    {.shape = SHAPE_BARS,
     .table = TABLE_DUE,
     .title = N_("When what waits is due"),
     .label = DUE_WHEN,
     .series = {DUE_COUNT, DUE_SHARE},
     .series_count = 2,
     .half = true},
    {.shape = SHAPE_COLUMNS,
     .table = TABLE_DAYS,
     .title = N_("Questions answered in time, and missed"),
     .label = DAY_DAY,
     .series = {DAY_ANSWER_KEPT, DAY_ANSWER_MISSED},
     .series_count = 2,
     .rows = 8},
    {.shape = SHAPE_TABLE, .table = TABLE_AGENCIES, .title = N_("By agency")},
    {.shape = SHAPE_TABLE, .table = TABLE_PLACES, .title = N_("By consultation, most late first")},
};

/* --- Filling it --- */

struct filling {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    const struct promise_reading *reading;
    struct figure_rows *rows;
};

static void fill_now(const struct filling *filling)
{
    static const struct {
        const char *name, *word, *query;
    } kinds[DUE_KIND_COUNT] = {
        [DUE_DECIDE] = {"decide", N_("decided"), LATE_TO_DECIDE},
        [DUE_ANSWER] = {"answer", N_("questions answered"), LATE_TO_ANSWER},
    };
    const struct promise_sums *all = &filling->reading->all;
    bool known = filling->scope->moderator_id == 0;
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        struct figure_row *row =
            figure_row_add(&filling->rows[TABLE_NOW], NOW_COLUMNS, filling->arena);
        struct figure *values = row->values;
        values[NOW_WHAT] = figure_word(kinds[kind].name, kinds[kind].word);
        values[NOW_SHARE] = figure_kept(all->kept[kind], all->late[kind]);
        values[NOW_KEPT] = figure_number(all->kept[kind]);
        values[NOW_MISSED] = figure_number(all->late[kind]);
        values[NOW_LATE] = known ? figure_number(all->open_late[kind]) : figure_none();
        values[NOW_TODAY] = known ? figure_number(all->due_today[kind]) : figure_none();
        values[NOW_SOON] = known ? figure_number(all->due_soon[kind]) : figure_none();
        row->query = figure_scope_query(filling->scope, kinds[kind].query, filling->arena);
    }
}

static void fill_days(const struct filling *filling)
{
    const struct figure_scope *scope = filling->scope;
    struct figure_rows *rows = &filling->rows[TABLE_DAYS];
    struct figure_row *row = NULL;
    for (int64_t day = scope->first_day; day <= scope->last_day; day++) {
        const struct promise_sums *of = &filling->reading->days[day - scope->first_day];
        int64_t place = figure_scope_place(scope, day);
        if (!row || row->values[DAY_DAY].number != place) {
            row = figure_row_add(rows, DAY_COLUMNS, filling->arena);
            row->values[DAY_DAY] = figure_number(place);
        }
        struct figure *values = row->values;
        values[DAY_DECIDE_KEPT].number += of->kept[DUE_DECIDE];
        values[DAY_DECIDE_MISSED].number += of->late[DUE_DECIDE];
        values[DAY_ANSWER_KEPT].number += of->kept[DUE_ANSWER];
        values[DAY_ANSWER_MISSED].number += of->late[DUE_ANSWER];
        values[DAY_DECIDE_SHARE] =
            figure_kept(values[DAY_DECIDE_KEPT].number, values[DAY_DECIDE_MISSED].number);
        values[DAY_ANSWER_SHARE] =
            figure_kept(values[DAY_ANSWER_KEPT].number, values[DAY_ANSWER_MISSED].number);
    }
}

/* The query for what is due in one place in time: from then, up to then, as moments in UTC. */
static struct str due_query(const struct filling *filling, int place)
{
    const struct figure_scope *scope = filling->scope;
    char from[MOMENT_BYTES], to[MOMENT_BYTES];
    int64_t start = scope->today * SECONDS_OF_DAY - scope->clock;
    int64_t first =
        place == DUE_TODAY ? scope->now : start + promise_place_from[place] * SECONDS_OF_DAY;
    int64_t end = place == DUE_EARLIER ? scope->now
                  : place == DUE_LATER ? 0
                                       : start + promise_place_from[place + 1] * SECONDS_OF_DAY;
    if (place == DUE_TODAY)
        end = start + SECONDS_OF_DAY;
    struct str since = str_of(moment_iso(first, from)), until = str_of(moment_iso(end, to));
    const struct str none = {0};
    const struct str texts[] = {
        str_of(WAITS),
        place == DUE_WEEK_AGO ? none : str_of("due:>"),
        place == DUE_WEEK_AGO ? none : since,
        place == DUE_WEEK_AGO || place == DUE_LATER ? none : str_of(" "),
        place == DUE_LATER ? none : str_of("due:<"),
        place == DUE_LATER ? none : until,
    };
    struct str more = arena_join(filling->arena, texts, sizeof texts / sizeof *texts);
    return figure_scope_query(scope, more.data, filling->arena);
}

static void fill_due(const struct filling *filling)
{
    int64_t all = 0;
    for (int place = 0; place < DUE_PLACES; place++)
        all += filling->reading->due[place][DUE_DECIDE];
    for (int place = 0; all > 0 && place < DUE_PLACES; place++) {
        struct figure_row *row =
            figure_row_add(&filling->rows[TABLE_DUE], DUE_COLUMNS, filling->arena);
        int64_t count = filling->reading->due[place][DUE_DECIDE];
        row->values[DUE_WHEN] = figure_word(due_words[place].name, due_words[place].word);
        row->values[DUE_COUNT] = figure_number(count);
        row->values[DUE_SHARE] = figure_share(count, all);
        row->values[DUE_ANSWERS] = figure_number(filling->reading->due[place][DUE_ANSWER]);
        row->query = due_query(filling, place);
    }
}

/* What an agency promises; a stroke where it is nothing. */
static struct figure promise_of(const struct filling *filling, int64_t agency, int kind)
{
    const struct agency_calendar *calendar = calendar_of(filling->store, agency);
    if (!calendar || calendar->promises[kind].amount == 0)
        return figure_none();
    struct work_promise promise = calendar->promises[kind];
    struct figure within = figure_number(promise.days ? -promise.amount : promise.amount);
    within.text = arena_copy(filling->arena, str_of(calendar->within[kind]));
    return within;
}

/* Where Enter leads: to what is late to be decided or, where nothing is, to be answered. */
static struct str late_query(const struct filling *filling, const struct promise_of *of,
                             bool agency)
{
    struct figure_scope one = *filling->scope;
    const struct promise_sums *sums = &of->sums;
    bool answers = sums->open_late[DUE_DECIDE] == 0 && sums->open_late[DUE_ANSWER] > 0;
    if (agency) {
        one.agency = of->slug;
    } else {
        one.consultation = of->slug;
        one.agency = (struct str){0};
    }
    return figure_scope_query(&one, answers ? LATE_TO_ANSWER : LATE_TO_DECIDE, filling->arena);
}

static void fill_places(const struct filling *filling, const struct promise_of *places,
                        size_t count, int table, bool agencies)
{
    struct figure_rows *rows = &filling->rows[table];
    bool known = filling->scope->moderator_id == 0;
    for (size_t i = 0; i < count; i++) {
        const struct promise_sums *sums = &places[i].sums;
        struct figure_row *row = figure_row_add(rows, OF_COLUMNS, filling->arena);
        struct figure *values = row->values;
        values[OF_NAME] = figure_label(&places[i].name);
        values[OF_SLUG] = figure_text(places[i].slug);
        values[OF_DECIDE_IN] = promise_of(filling, places[i].agency_id, DUE_DECIDE);
        values[OF_DECIDED] = figure_kept(sums->kept[DUE_DECIDE], sums->late[DUE_DECIDE]);
        values[OF_DECIDED_OF] = figure_number(sums->kept[DUE_DECIDE] + sums->late[DUE_DECIDE]);
        values[OF_LATE] = known ? figure_number(sums->open_late[DUE_DECIDE]) : figure_none();
        values[OF_ANSWER_IN] = promise_of(filling, places[i].agency_id, DUE_ANSWER);
        values[OF_ANSWERED] = figure_kept(sums->kept[DUE_ANSWER], sums->late[DUE_ANSWER]);
        values[OF_ANSWERED_OF] = figure_number(sums->kept[DUE_ANSWER] + sums->late[DUE_ANSWER]);
        values[OF_LATE_ANSWERS] =
            known ? figure_number(sums->open_late[DUE_ANSWER]) : figure_none();
        values[OF_TODAY] = known ? figure_number(sums->due_today[DUE_DECIDE]) : figure_none();
        row->query = late_query(filling, &places[i], agencies);
    }
}

static enum status read_set(struct store *store, const struct figure_scope *scope,
                            struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct promise_reading reading;
    struct filling filling = {store, scope, arena, &reading, rows};
    int64_t left, all;
    enum status status = due_backlog(store, &left, &all, error);
    if (status == OK && left > 0) {
        struct figure *values =
            figure_row_add(&rows[TABLE_PROGRESS], PROGRESS_COLUMNS, arena)->values;
        values[PROGRESS_WHAT] = figure_word("working", N_("working"));
        values[PROGRESS_DONE] = figure_share(all - left, all);
        return OK;
    }
    if (status == OK)
        status = promise_read(store, scope, arena, &reading, error);
    if (status != OK)
        return status;
    fill_now(&filling);
    fill_due(&filling);
    fill_days(&filling);
    fill_places(&filling, reading.agencies, reading.agency_count, TABLE_AGENCIES, true);
    fill_places(&filling, reading.consultations, reading.consultation_count, TABLE_PLACES, false);
    return OK;
}

const struct figure_set figures_promise = {
    .name = "promise",
    .title = N_("Promise"),
    .about = N_("what was decided and answered in the time the agency promises, and what is late"),
    .days = 30,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_set,
};
