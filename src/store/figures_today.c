/* Today: what waits, what comes and goes by the hour, who is at work and on what, and what was
 * escalated and nobody has taken yet. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "base/moment.h"
#include "store/figures_flow.h"
#include "store/figures_flow_sql.h"
#include "store/recall.h"
#include "store/workers.h"

enum {
    ESCALATED_MOST = 20, /* rows: those that wait longest */
    HOURS = 24,
};

/* --- Now --- */

enum {
    NOW_WAITING,
    NOW_PENDING,
    NOW_HELD,
    NOW_ESCALATED,
    NOW_OLDEST,
    NOW_ARRIVED,
    NOW_DECIDED,
    NOW_REOPENED,
    NOW_AT_WORK,
    NOW_COLUMNS
};

static const struct figure_column now_columns[NOW_COLUMNS] = {
    [NOW_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
    [NOW_PENDING] = {"pending", N_("pending"), FIGURE_COUNT},
    [NOW_HELD] = {"held", N_("held"), FIGURE_COUNT},
    [NOW_ESCALATED] = {"escalated", N_("escalated"), FIGURE_COUNT},
    [NOW_OLDEST] = {"oldest", N_("the oldest waits"), FIGURE_SECONDS},
    [NOW_ARRIVED] = {"arrived", N_("arrived today"), FIGURE_COUNT},
    [NOW_DECIDED] = {"decided", N_("decided today"), FIGURE_COUNT},
    [NOW_REOPENED] = {"reopened", N_("reopened today"), FIGURE_COUNT},
    [NOW_AT_WORK] = {"at_work", N_("at work"), FIGURE_COUNT},
};

static enum status read_now(struct store *store, const struct figure_scope *scope,
                            struct arena *arena, size_t at_work, struct figure_rows *rows,
                            struct error *error)
{
    int64_t counts[STATE_COUNT], oldest = -1;
    struct flow flow;
    enum status status = tally_read(store, scope, counts, error);
    if (status == OK)
        status = flow_days(store, scope, scope->last_day, scope->last_day, &flow, error);
    if (status == OK)
        status = flow_oldest(store, scope, &oldest, error);
    if (status != OK)
        return status;
    struct figure_row *row = figure_row_add(rows, NOW_COLUMNS, arena);
    int64_t since = oldest * SECONDS_AN_HOUR - scope->clock;
    row->values[NOW_WAITING] =
        figure_number(counts[STATE_PENDING] + counts[STATE_HELD] + counts[STATE_ESCALATED]);
    row->values[NOW_PENDING] = figure_number(counts[STATE_PENDING]);
    row->values[NOW_HELD] = figure_number(counts[STATE_HELD]);
    row->values[NOW_ESCALATED] = figure_number(counts[STATE_ESCALATED]);
    row->values[NOW_OLDEST] = oldest < 0           ? figure_none()
                              : since > scope->now ? figure_number(0)
                                                   : figure_number(scope->now - since);
    row->values[NOW_ARRIVED] = figure_number(flow.arrived);
    row->values[NOW_DECIDED] = figure_number(flow.decided);
    row->values[NOW_REOPENED] = figure_number(flow.reopened);
    row->values[NOW_AT_WORK] = figure_number((int64_t)at_work);
    row->query = figure_scope_query(scope, "state:escalated", arena);
    return OK;
}

/* --- Hours --- */

enum { HOUR_HOUR, HOUR_ARRIVED, HOUR_DECIDED, HOUR_COLUMNS };

static const struct figure_column hour_columns[HOUR_COLUMNS] = {
    [HOUR_HOUR] = {"hour", N_("hour"), FIGURE_HOUR},
    [HOUR_ARRIVED] = {"arrived", N_("arrived"), FIGURE_COUNT},
    [HOUR_DECIDED] = {"decided", N_("decided"), FIGURE_COUNT},
};

/* The 24 hours up to this one; of a day that is over, its own. */
static enum status read_hours(struct store *store, const struct figure_scope *scope,
                              struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct flow flows[HOURS];
    int64_t last = scope->past ? (scope->last_day + 1) * HOURS - 1
                               : (scope->now + scope->clock) / SECONDS_AN_HOUR;
    int64_t first = last - HOURS + 1;
    enum status status = flow_hours(store, scope, first, last, flows, error);
    for (int i = 0; status == OK && i < HOURS; i++) {
        struct figure_row *row = figure_row_add(rows, HOUR_COLUMNS, arena);
        row->values[HOUR_HOUR] = figure_number(first + i);
        row->values[HOUR_ARRIVED] = figure_number(flows[i].arrived);
        row->values[HOUR_DECIDED] = figure_number(flows[i].decided);
    }
    return status;
}

/* --- People --- */

enum {
    PERSON_NAME,
    PERSON_LOGIN,
    PERSON_DOING,
    PERSON_COMMENT,
    PERSON_CONSULTATION,
    PERSON_SINCE,
    PERSON_DECIDED,
    PERSON_COLUMNS
};

static const struct figure_column person_columns[PERSON_COLUMNS] = {
    [PERSON_NAME] = {"name", N_("who"), FIGURE_TEXT},
    [PERSON_LOGIN] = {"login", NULL, FIGURE_TEXT},
    [PERSON_DOING] = {"doing", N_("does"), FIGURE_WORD},
    [PERSON_COMMENT] = {"comment", N_("comment"), FIGURE_COMMENT},
    [PERSON_CONSULTATION] = {"consultation", N_("consultation"), FIGURE_LABEL},
    [PERSON_SINCE] = {"since", N_("for"), FIGURE_SECONDS},
    [PERSON_DECIDED] = {"decided", N_("today"), FIGURE_COUNT},
};

/* Of one person at work: ?1 the comment, ?2 who, ?3 today. */
static const char person_sql[] =
    "SELECT k.agency_id, k.id, c.language, c.channel, m.name, m.login, k.title_ar, k.title_en,"
    " ifnull((SELECT f.decided FROM flow_of AS f"
    "         WHERE f.scope = 'moderator:' || m.id AND f.day = ?3), 0)"
    " FROM comment AS c CROSS JOIN consultation AS k ON k.id = c.consultation_id"
    " CROSS JOIN moderator AS m WHERE c.id = ?1 AND m.id = ?2";

static bool is_within(const struct figure_scope *scope, struct statement *statement,
                      const struct worker *worker, struct arena *arena)
{
    int64_t agency = statement_integer(statement), consultation = statement_integer(statement);
    struct str language = statement_text(statement, arena);
    struct str channel = statement_text(statement, arena);
    return figure_scope_leaves(scope, agency, consultation, language, channel) &&
           (scope->moderator_id == 0 || scope->moderator_id == worker->moderator);
}

/* What a person decided today since the sums, wherever. */
static int64_t decided_since(const struct figure_scope *scope, int64_t moderator)
{
    int64_t decided = 0;
    for (size_t i = 0; i < scope->changes->count; i++) {
        const struct flow_change *change = &scope->changes->changes[i];
        if (change->moderator_id == moderator &&
            change->decided_hour / HOURS_OF_DAY == scope->today)
            decided += change->decided;
    }
    return decided;
}

static void read_person(struct statement *statement, const struct figure_scope *scope,
                        const struct worker *worker, struct arena *arena, struct figure_rows *rows)
{
    if (!is_within(scope, statement, worker, arena))
        return;
    struct figure_row *row = figure_row_add(rows, PERSON_COLUMNS, arena);
    struct label title;
    row->comment = worker->comment;
    row->values[PERSON_NAME] = figure_text(statement_text(statement, arena));
    row->values[PERSON_LOGIN] = figure_text(statement_text(statement, arena));
    row->values[PERSON_DOING] =
        worker->reads ? figure_word("reading", N_("reads")) : figure_word("decided", N_("decided"));
    row->values[PERSON_COMMENT] = figure_number(row->comment);
    title.ar = statement_text(statement, arena);
    title.en = statement_text(statement, arena);
    row->values[PERSON_CONSULTATION] = figure_label(&title);
    row->values[PERSON_SINCE] =
        figure_number(worker->since < scope->now ? scope->now - worker->since : 0);
    row->values[PERSON_DECIDED] =
        figure_number(statement_integer(statement) + decided_since(scope, worker->moderator));
}

static enum status read_people(struct store *store, const struct figure_scope *scope,
                               const struct workers *workers, struct arena *arena,
                               struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store, person_sql, RECALL_SUMS);
    for (size_t i = 0; i < workers->count; i++) {
        const struct worker *worker = &workers->list[i];
        statement_again(&statement);
        statement_bind(&statement, worker->comment);
        statement_bind(&statement, worker->moderator);
        statement_bind(&statement, scope->today);
        if (statement_next(&statement))
            read_person(&statement, scope, worker, arena, rows);
    }
    return statement_end(&statement, error);
}

/* --- Escalated --- */

enum { TAKE_COMMENT, TAKE_CONSULTATION, TAKE_BY, TAKE_SINCE, TAKE_READER, TAKE_NOTE, TAKE_COLUMNS };

static const struct figure_column take_columns[TAKE_COLUMNS] = {
    [TAKE_COMMENT] = {"comment", N_("comment"), FIGURE_COMMENT},
    [TAKE_CONSULTATION] = {"consultation", N_("consultation"), FIGURE_LABEL},
    [TAKE_BY] = {"escalated_by", N_("from"), FIGURE_TEXT},
    [TAKE_SINCE] = {"since", N_("since"), FIGURE_SECONDS},
    [TAKE_READER] = {"read_by", N_("read by"), FIGURE_TEXT},
    [TAKE_NOTE] = {"note", N_("note"), FIGURE_TEXT},
};

/* Oldest first, as in their queue. */
static const char take_sql[] =
    "SELECT e.comment_id, k.title_ar, k.title_en, m.name, e.decided_at, e.note"
    " FROM escalation AS e CROSS JOIN consultation AS k ON k.id = e.consultation_id"
    " CROSS JOIN moderator AS m ON m.id = e.moderator_id"
    " WHERE (?1 = 0 OR k.agency_id = ?1) AND (?2 = 0 OR k.id = ?2)"
    " AND (?3 = '' OR e.language = ?3) AND (?4 = '' OR e.channel = ?4)"
    " AND (?5 = 0 OR m.id = ?5)"
    " ORDER BY e.submitted_at, e.comment_id LIMIT ?6";

static void read_escalated(struct statement *statement, const struct figure_scope *scope,
                           struct arena *arena, struct figure_rows *rows)
{
    struct figure_row *row = figure_row_add(rows, TAKE_COLUMNS, arena);
    struct label title;
    row->comment = statement_integer(statement);
    row->values[TAKE_COMMENT] = figure_number(row->comment);
    title.ar = statement_text(statement, arena);
    title.en = statement_text(statement, arena);
    row->values[TAKE_CONSULTATION] = figure_label(&title);
    row->values[TAKE_BY] = figure_text(statement_text(statement, arena));
    int64_t since = statement_integer(statement);
    row->values[TAKE_SINCE] = figure_number(since < scope->now ? scope->now - since : 0);
    row->values[TAKE_NOTE] = figure_text(statement_text(statement, arena));
    row->to_take = !scope->past;
}

/* Who reads them. */
static enum status read_readers(struct store *store, const struct workers *workers,
                                struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store, "SELECT name FROM moderator WHERE id = ?1", RECALL_SUMS);
    for (size_t i = 0; i < workers->reading; i++) {
        const struct worker *worker = &workers->list[i];
        size_t at = 0;
        while (at < rows->count && rows->rows[at].comment != worker->comment)
            at++;
        if (at == rows->count)
            continue;
        statement_again(&statement);
        statement_bind(&statement, worker->moderator);
        if (!statement_next(&statement))
            continue;
        rows->rows[at].values[TAKE_READER] = figure_text(statement_text(&statement, arena));
        rows->rows[at].to_take = false;
    }
    return statement_end(&statement, error);
}

static enum status read_to_take(struct store *store, const struct figure_scope *scope,
                                const struct workers *workers, struct arena *arena,
                                struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, store, take_sql, RECALL_ESCALATED);
    bind_scope(&statement, scope);
    statement_bind(&statement, scope->moderator_id);
    statement_bind(&statement, ESCALATED_MOST);
    while (statement_next(&statement))
        read_escalated(&statement, scope, arena, rows);
    enum status status = statement_end(&statement, error);
    return status == OK ? read_readers(store, workers, arena, rows, error) : status;
}

/* --- The set --- */

enum { TABLE_NOW, TABLE_HOURS, TABLE_ESCALATED, TABLE_PEOPLE, TABLE_COUNT };

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_NOW] = {"now", now_columns, NOW_COLUMNS},
    [TABLE_HOURS] = {"hours", hour_columns, HOUR_COLUMNS},
    [TABLE_ESCALATED] = {"escalated", take_columns, TAKE_COLUMNS},
    [TABLE_PEOPLE] = {"people", person_columns, PERSON_COLUMNS},
};

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES, .table = TABLE_NOW},
    {.shape = SHAPE_COLUMNS,
     .table = TABLE_HOURS,
     .title = N_("By the hour, in 24 hours"),
     .label = HOUR_HOUR,
     .series = {HOUR_ARRIVED, HOUR_DECIDED},
     .series_count = 2,
     .rows = 8},
    {.shape = SHAPE_TABLE,
     .table = TABLE_ESCALATED,
     .title = N_("Escalated, to take"),
     .empty = N_("Nothing is escalated.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_PEOPLE,
     .title = N_("At work"),
     .empty = N_("Nobody has read or decided anything in the last hour.")},
};

static enum status read_today(struct store *store, const struct figure_scope *asked,
                              struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct figure_scope changed = *asked;
    const struct figure_scope *scope = &changed;
    struct workers workers;
    enum status status = flow_changes_read(store, asked, arena, &changed.changes, error);
    if (status == OK)
        status = workers_read(store, scope->now, arena, &workers, error);
    if (status == OK)
        status = read_hours(store, scope, arena, &rows[TABLE_HOURS], error);
    if (status == OK)
        status = read_to_take(store, scope, &workers, arena, &rows[TABLE_ESCALATED], error);
    if (status == OK && !scope->past)
        status = read_people(store, scope, &workers, arena, &rows[TABLE_PEOPLE], error);
    if (status == OK)
        status = read_now(store, scope, arena, rows[TABLE_PEOPLE].count, &rows[TABLE_NOW], error);
    return status;
}

const struct figure_set figures_today = {
    .name = "today",
    .title = N_("Today"),
    .about = N_("what waits, what comes and goes by the hour, who is at work, what to take"),
    .days = 1,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_today,
};
