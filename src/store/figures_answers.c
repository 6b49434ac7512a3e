/* Answers: what is being written, what waits for review, what was published, and how long the public
 * waited for it, by agency. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "store/figures_kept.h"

enum { MEDIAN = 50, SLOW = 90 /* percent */, DAY = 86400, HOUR = 3600 };

/* The columns of answer behind its key, in their order. */
enum { SUM_DRAFTED, SUM_SUBMITTED, SUM_PUBLISHED, SUM_WAITS, WAITS = 10, SUMS = SUM_WAITS + WAITS };
#define ANSWER_COLUMNS                                                                             \
    "SELECT w.agency_id, w.day, w.drafted, w.submitted, w.published, w.within_4h, w.within_8h,"    \
    " w.within_1d, w.within_2d, w.within_3d, w.within_5d, w.within_7d, w.within_14d,"              \
    " w.within_30d, w.within_90d"
static const int64_t wait_bounds[WAITS] = {4 * HOUR, 8 * HOUR, DAY,      2 * DAY,  3 * DAY,
                                           5 * DAY,  7 * DAY,  14 * DAY, 30 * DAY, 90 * DAY};

struct agency_answers {
    int64_t sums[SUMS], draft, waiting;
};

struct reading {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct agency *agencies;
    struct agency_answers *answers; /* of each, then of all */
    size_t count;
    int64_t *days; /* published, by the day of the scope */
};

static struct agency_answers *find(struct reading *reading, int64_t id)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->agencies[i].id == id)
            return &reading->answers[i];
    }
    return NULL;
}

static enum status read_answers(struct reading *reading, struct error *error)
{
    static const char all[] = ANSWER_COLUMNS KEPT_ALL("answer") " AND " KEPT_DAYS,
                      some[] = ANSWER_COLUMNS KEPT_SOME(
                          "answer") " AND " KEPT_DAYS
                                    " AND (:moderator = 0 OR w.author_id = :moderator)";
    struct statement statement;
    const struct figure_scope *scope = reading->scope;
    bool whole = kept_whole(scope) && scope->moderator_id == 0;
    statement_start(&statement, reading->store, whole ? all : some);
    kept_bind(&statement, scope);
    while (statement_next(&statement)) {
        struct agency_answers *agency = find(reading, statement_integer(&statement));
        int64_t day = statement_integer(&statement) - scope->first_day, sums[SUMS] = {0};
        kept_add(&statement, sums, SUMS);
        for (int i = 0; agency && i < SUMS; i++) {
            agency->sums[i] += sums[i];
            reading->answers[reading->count].sums[i] += sums[i];
        }
        reading->days[day] += sums[SUM_PUBLISHED];
    }
    return statement_end(&statement, error);
}

static enum status read_states(struct reading *reading, struct error *error)
{
    static const char all[] = "SELECT w.agency_id, w.draft, w.waiting" KEPT_ALL("answer_state"),
                      some[] = "SELECT w.agency_id, w.draft, w.waiting" KEPT_SOME(
                          "answer_state") " AND (:moderator = 0 OR w.author_id = :moderator)";
    struct statement statement;
    bool whole = kept_whole(reading->scope) && reading->scope->moderator_id == 0;
    statement_start(&statement, reading->store, whole ? all : some);
    kept_bind(&statement, reading->scope);
    while (statement_next(&statement)) {
        struct agency_answers *agency = find(reading, statement_integer(&statement));
        int64_t draft = statement_integer(&statement), waiting = statement_integer(&statement);
        if (!agency)
            continue;
        agency->draft += draft;
        agency->waiting += waiting;
        reading->answers[reading->count].draft += draft;
        reading->answers[reading->count].waiting += waiting;
    }
    return statement_end(&statement, error);
}

/* --- Tables --- */

enum {
    ALL_DRAFT,
    ALL_WAITING,
    ALL_DRAFTED,
    ALL_SUBMITTED,
    ALL_PUBLISHED,
    ALL_MEDIAN,
    ALL_SLOW,
    ALL_OLDEST,
    ALL_COLUMNS
};

static const struct figure_column all_columns[ALL_COLUMNS] = {
    [ALL_DRAFT] = {"draft", N_("being written"), FIGURE_COUNT},
    [ALL_WAITING] = {"waiting", N_("waiting for review"), FIGURE_COUNT},
    [ALL_DRAFTED] = {"drafted", N_("begun"), FIGURE_COUNT},
    [ALL_SUBMITTED] = {"submitted", N_("sent to review"), FIGURE_COUNT},
    [ALL_PUBLISHED] = {"published", N_("published"), FIGURE_COUNT},
    [ALL_MEDIAN] = {"median", N_("half within"), FIGURE_SECONDS},
    [ALL_SLOW] = {"percentile_90", N_("90% within"), FIGURE_SECONDS},
    [ALL_OLDEST] = {"oldest", N_("longest in review"), FIGURE_SECONDS},
};

enum {
    AGENCY_NAME,
    AGENCY_SLUG,
    AGENCY_DRAFT,
    AGENCY_WAITING,
    AGENCY_DRAFTED,
    AGENCY_SUBMITTED,
    AGENCY_PUBLISHED,
    AGENCY_MEDIAN,
    AGENCY_SLOW,
    AGENCY_COLUMNS
};

static const struct figure_column agency_columns[AGENCY_COLUMNS] = {
    [AGENCY_NAME] = {"name", N_("agency"), FIGURE_LABEL},
    [AGENCY_SLUG] = {"agency", NULL, FIGURE_TEXT},
    [AGENCY_DRAFT] = {"draft", N_("drafts"), FIGURE_COUNT},
    [AGENCY_WAITING] = {"waiting", N_("in review"), FIGURE_COUNT},
    [AGENCY_DRAFTED] = {"drafted", NULL, FIGURE_COUNT},
    [AGENCY_SUBMITTED] = {"submitted", NULL, FIGURE_COUNT},
    [AGENCY_PUBLISHED] = {"published", N_("published"), FIGURE_COUNT},
    [AGENCY_MEDIAN] = {"median", N_("half within"), FIGURE_SECONDS},
    [AGENCY_SLOW] = {"percentile_90", N_("90% within"), FIGURE_SECONDS},
};

enum { DAY_DAY, DAY_PUBLISHED, DAY_COLUMNS };

static const struct figure_column day_columns[DAY_COLUMNS] = {
    [DAY_DAY] = {"day", N_("day"), FIGURE_DAY},
    [DAY_PUBLISHED] = {"published", N_("published"), FIGURE_COUNT},
};

enum { REVIEW_COMMENT, REVIEW_CONSULTATION, REVIEW_BY, REVIEW_SINCE, REVIEW_COLUMNS };

static const struct figure_column review_columns[REVIEW_COLUMNS] = {
    [REVIEW_COMMENT] = {"comment", N_("comment"), FIGURE_COMMENT},
    [REVIEW_CONSULTATION] = {"consultation", N_("consultation"), FIGURE_LABEL},
    [REVIEW_BY] = {"author", N_("from"), FIGURE_TEXT},
    [REVIEW_SINCE] = {"since", N_("since"), FIGURE_SECONDS},
};

enum { TABLE_ALL, TABLE_AGENCIES, TABLE_DAYS, TABLE_REVIEW, TABLE_COUNT };

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_ALL] = {"all", all_columns, ALL_COLUMNS},
    [TABLE_AGENCIES] = {"agencies", agency_columns, AGENCY_COLUMNS},
    [TABLE_DAYS] = {"days", day_columns, DAY_COLUMNS},
    [TABLE_REVIEW] = {"review", review_columns, REVIEW_COLUMNS},
};

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES,
     .table = TABLE_ALL,
     .note = N_("From the comment's arrival to the published answer: half of them, and 90%.")},
    {.shape = SHAPE_COLUMNS,
     .table = TABLE_DAYS,
     .title = N_("Published by the day"),
     .label = DAY_DAY,
     .series = {DAY_PUBLISHED},
     .series_count = 1,
     .rows = 7},
    {.shape = SHAPE_TABLE,
     .table = TABLE_AGENCIES,
     .title = N_("By agency"),
     .empty = N_("No agency has written an answer in this time.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_REVIEW,
     .title = N_("Waiting for review, the longest first"),
     .empty = N_("No answer waits for review.")},
};

/* --- Filling them --- */

static void fill_agency(struct reading *reading, size_t i, struct figure_rows *rows)
{
    const struct agency_answers *one = &reading->answers[i];
    if (one->draft + one->waiting == 0 && one->sums[SUM_DRAFTED] == 0 &&
        one->sums[SUM_SUBMITTED] == 0 && one->sums[SUM_PUBLISHED] == 0)
        return;
    struct figure_row *row = figure_row_add(rows, AGENCY_COLUMNS, reading->arena);
    int64_t published = one->sums[SUM_PUBLISHED];
    const int64_t *within = &one->sums[SUM_WAITS];
    row->values[AGENCY_NAME] = figure_label(&reading->agencies[i].name);
    row->values[AGENCY_SLUG] = figure_text(reading->agencies[i].slug);
    row->values[AGENCY_DRAFT] = figure_number(one->draft);
    row->values[AGENCY_WAITING] = figure_number(one->waiting);
    row->values[AGENCY_DRAFTED] = figure_number(one->sums[SUM_DRAFTED]);
    row->values[AGENCY_SUBMITTED] = figure_number(one->sums[SUM_SUBMITTED]);
    row->values[AGENCY_PUBLISHED] = figure_number(published);
    row->values[AGENCY_MEDIAN] =
        figure_measure(kept_percentile(within, wait_bounds, WAITS, published, MEDIAN));
    row->values[AGENCY_SLOW] =
        figure_measure(kept_percentile(within, wait_bounds, WAITS, published, SLOW));
}

static void fill_all(struct reading *reading, int64_t oldest, struct figure_rows *rows)
{
    const struct agency_answers *all = &reading->answers[reading->count];
    int64_t published = all->sums[SUM_PUBLISHED];
    const int64_t *within = &all->sums[SUM_WAITS];
    struct figure_row *row = figure_row_add(rows, ALL_COLUMNS, reading->arena);
    row->values[ALL_DRAFT] = figure_number(all->draft);
    row->values[ALL_WAITING] = figure_number(all->waiting);
    row->values[ALL_DRAFTED] = figure_number(all->sums[SUM_DRAFTED]);
    row->values[ALL_SUBMITTED] = figure_number(all->sums[SUM_SUBMITTED]);
    row->values[ALL_PUBLISHED] = figure_number(published);
    row->values[ALL_MEDIAN] =
        figure_measure(kept_percentile(within, wait_bounds, WAITS, published, MEDIAN));
    row->values[ALL_SLOW] =
        figure_measure(kept_percentile(within, wait_bounds, WAITS, published, SLOW));
    row->values[ALL_OLDEST] = figure_measure(oldest);
}

static void fill_days(struct reading *reading, struct figure_rows *rows)
{
    const struct figure_scope *scope = reading->scope;
    for (int64_t day = scope->first_day; day <= scope->last_day; day++) {
        struct figure_row *row = figure_row_add(rows, DAY_COLUMNS, reading->arena);
        row->values[DAY_DAY] = figure_number(day);
        row->values[DAY_PUBLISHED] = figure_number(reading->days[day - scope->first_day]);
    }
}

/* Those that wait longest, along the index of states. */
static const char review_sql[] =
    "SELECT w.id, k.title_ar, k.title_en, m.name, r.submitted_at"
    " FROM response AS r INDEXED BY response_by_state CROSS JOIN comment AS w ON w.id ="
    " r.comment_id CROSS JOIN consultation AS k ON k.id = w.consultation_id"
    " CROSS JOIN moderator AS m ON m.id = r.author_id"
    " WHERE r.state = 'submitted' AND " KEPT_NARROW
    " AND (:moderator = 0 OR r.author_id = :moderator)"
    " ORDER BY r.changed_at LIMIT :most";

static enum status read_review(struct reading *reading, struct figure_rows *rows, int64_t *oldest,
                               struct error *error)
{
    enum { REVIEW_MOST = 20 };
    struct statement statement;
    int64_t now = reading->scope->now;
    *oldest = -1;
    statement_start(&statement, reading->store, review_sql);
    kept_bind(&statement, reading->scope);
    statement_name(&statement, ":most", REVIEW_MOST);
    while (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, REVIEW_COLUMNS, reading->arena);
        struct label title;
        row->comment = statement_integer(&statement);
        row->values[REVIEW_COMMENT] = figure_number(row->comment);
        title.ar = statement_text(&statement, reading->arena);
        title.en = statement_text(&statement, reading->arena);
        row->values[REVIEW_CONSULTATION] = figure_label(&title);
        row->values[REVIEW_BY] = figure_text(statement_text(&statement, reading->arena));
        int64_t since = statement_integer(&statement);
        row->values[REVIEW_SINCE] = figure_number(since < now ? now - since : 0);
        if (row->values[REVIEW_SINCE].number > *oldest)
            *oldest = row->values[REVIEW_SINCE].number;
    }
    return statement_end(&statement, error);
}

static enum status read_set(struct store *store, const struct figure_scope *scope,
                            struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct reading reading = {.store = store, .scope = scope, .arena = arena};
    int64_t oldest = -1;
    enum status status = agency_list(store, arena, &reading.agencies, &reading.count, error);
    if (status != OK)
        return status;
    reading.answers = arena_new(arena, reading.count + 1, sizeof *reading.answers);
    reading.days =
        arena_new(arena, (size_t)(scope->last_day - scope->first_day) + 1, sizeof *reading.days);
    status = read_answers(&reading, error);
    if (status == OK)
        status = read_states(&reading, error);
    if (status == OK)
        status = read_review(&reading, &rows[TABLE_REVIEW], &oldest, error);
    if (status != OK)
        return status;
    fill_all(&reading, oldest, &rows[TABLE_ALL]);
    for (size_t i = 0; i < reading.count; i++)
        fill_agency(&reading, i, &rows[TABLE_AGENCIES]);
    fill_days(&reading, &rows[TABLE_DAYS]);
    return OK;
}

const struct figure_set figures_answers = {
    .name = "answers",
    .title = N_("Answers"),
    .about = N_("what is being written, waits for review and was published, and how fast"),
    .days = 14,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_set,
};
