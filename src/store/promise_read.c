/* Reading how far promises are kept. Every row that is read, of whatever table, says how many of one
 * place and day were done in time, late, and are still to be done; promise_sums.c gives it its
 * meaning. */
#include "store/promise_read.h"

#include "store/due_sql.h"
#include "store/figures_flow_sql.h"
#include "store/promise_sums.h"

#include <stdlib.h>

/* The six numbers of a row, in the order of DUE_NUMBERS. */
static void read_numbers(struct statement *statement, struct promise_numbers *numbers)
{
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        numbers->kept[kind] = statement_integer(statement);
        numbers->late[kind] = statement_integer(statement);
        numbers->open[kind] = statement_integer(statement);
    }
}

/* --- Places --- */

static int compare_ids(const void *a, const void *b)
{
    const struct promise_of *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static struct promise_sums *sums_of(struct promise_of *places, size_t count, int64_t id)
{
    struct promise_of wanted = {.id = id};
    struct promise_of *found =
        count > 0 ? bsearch(&wanted, places, count, sizeof *places, compare_ids) : NULL;
    return found ? &found->sums : NULL;
}

/* most: of how many at most; 0 where the statement does not ask. */
static enum status list_places(struct promise_reader *reader, const char *sql, int64_t most,
                               struct promise_of **places, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, reader->store, sql);
    statement_bind(&statement, reader->scope->agency_id);
    statement_bind(&statement, reader->scope->consultation_id);
    if (most > 0)
        statement_bind(&statement, most);
    while (statement_next(&statement)) {
        struct promise_of *place = list_add(&list, reader->arena, sizeof *place);
        place->id = statement_integer(&statement);
        place->agency_id = statement_integer(&statement);
        place->slug = statement_text(&statement, reader->arena);
        place->name.ar = statement_text(&statement, reader->arena);
        place->name.en = statement_text(&statement, reader->arena);
    }
    *places = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

/* Of very many consultations those with the most that waits are told of, where the sums say so. */
static enum status find_places(struct promise_reader *reader, struct error *error)
{
    static const char agencies[] =
        "SELECT a.id, a.id, a.slug, a.name_ar, a.name_en FROM agency AS a"
        " WHERE (?1 = 0 OR a.id = ?1) AND (?2 = 0 OR a.id ="
        " (SELECT k.agency_id FROM consultation AS k WHERE k.id = ?2)) ORDER BY a.id";
    static const char all[] =
        "SELECT k.id, k.agency_id, k.slug, k.title_ar, k.title_en FROM consultation AS k"
        " WHERE " CONSULTATIONS " ORDER BY k.id";
    static const char most[] =
        "SELECT * FROM (SELECT k.id, k.agency_id, k.slug, k.title_ar, k.title_en"
        " FROM consultation AS k LEFT JOIN tally_of AS f ON f.scope = 'consultation:' || k.id"
        " WHERE " CONSULTATIONS " ORDER BY f.pending + f.held + f.escalated DESC LIMIT ?3)"
        " ORDER BY id";
    struct promise_reading *reading = reader->reading;
    enum status status =
        list_places(reader, agencies, 0, &reading->agencies, &reading->agency_count, error);
    if (status != OK)
        return status;
    return list_places(reader, reader->plain ? most : all, reader->plain ? PROMISE_PLACES_MOST : 0,
                       &reading->consultations, &reading->consultation_count, error);
}

/* Adds a row to its consultation, and to that one's agency unless agencies have sums of their own. */
static void add_to_places(struct promise_reader *reader, int64_t consultation, int64_t agency,
                          enum row_kind row, const struct promise_numbers *numbers)
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of_consultation =
        sums_of(reading->consultations, reading->consultation_count, consultation);
    struct promise_sums *of_agency = sums_of(reading->agencies, reading->agency_count, agency);
    if (of_consultation)
        promise_add(reader, of_consultation, row, numbers);
    if (of_agency)
        promise_add(reader, of_agency, row, numbers);
}

/* --- Sums --- */

#define P_NUMBERS                                                                                  \
    "p.decide_kept, p.decide_late, p.decide_open, p.answer_kept, p.answer_late, p.answer_open"

/* From the range's first day, or that of what is to be done, on. */
static void bind_first_day(struct statement *statement, const struct promise_reader *reader)
{
    int64_t first = reader->scope->first_day, open = promise_first_open_day(reader);
    statement_bind(statement, first < open ? first : open);
}

static enum status add_sum_open(struct promise_reader *reader, const char *scope,
                                struct promise_sums *sums, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reader->store,
                    "SELECT decide_open, answer_open FROM promise_open_of WHERE scope = ?1");
    statement_bind_text(&statement, str_of(scope));
    if (statement_next(&statement)) {
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++)
            promise_add_all_open(reader, sums, kind, statement_integer(&statement));
    }
    return statement_end(&statement, error);
}

/* The rows of one scope, such as 'agency:3', into sums. */
static enum status add_sum(struct promise_reader *reader, const char *scope,
                           struct promise_sums *sums, struct error *error)
{
    struct statement statement;
    enum status status = add_sum_open(reader, scope, sums, error);
    if (status != OK)
        return status;
    statement_start(&statement, reader->store,
                    "SELECT p.day, " P_NUMBERS " FROM promise_of AS p"
                    " WHERE p.scope = ?1 AND p.day >= ?2");
    statement_bind_text(&statement, str_of(scope));
    bind_first_day(&statement, reader);
    while (statement_next(&statement)) {
        struct promise_numbers numbers = {.day = statement_integer(&statement)};
        read_numbers(&statement, &numbers);
        promise_add(reader, sums, ROW_OF_SUMS, &numbers);
    }
    return statement_end(&statement, error);
}

static enum status add_sums(struct promise_reader *reader, const char *kind,
                            struct promise_of *places, size_t count, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < count; i++)
        status =
            add_sum(reader, arena_printf(reader->arena, "%s:%lld", kind, (long long)places[i].id),
                    &places[i].sums, error);
    return status;
}

static void add_all_open_to_places(struct promise_reader *reader, int64_t consultation,
                                   int64_t agency, int kind, int64_t open)
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of_consultation =
        sums_of(reading->consultations, reading->consultation_count, consultation);
    struct promise_sums *of_agency = sums_of(reading->agencies, reading->agency_count, agency);
    if (of_consultation)
        promise_add_all_open(reader, of_consultation, kind, open);
    if (of_agency)
        promise_add_all_open(reader, of_agency, kind, open);
}

/* all: to everything, where that has no sum of its own. */
static enum status add_fine_open(struct promise_reader *reader, bool all, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reader->store,
                    "SELECT k.id, k.agency_id, f.decide_open, f.answer_open"
                    " FROM consultation AS k CROSS JOIN promise_open AS f"
                    " ON f.consultation_id = k.id WHERE " CONSULTATIONS " AND " NARROWED);
    bind_scope(&statement, reader->scope);
    while (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
            int64_t open = statement_integer(&statement);
            if (all)
                promise_add_all_open(reader, &reader->reading->all, kind, open);
            add_all_open_to_places(reader, consultation, agency, kind, open);
        }
    }
    return statement_end(&statement, error);
}

/* The finest sums, to everything that they belong to. What is still to be done is nobody's. */
static enum status add_fine(struct promise_reader *reader, bool all, struct error *error)
{
    struct statement statement;
    enum status status = OK;
    if (reader->scope->moderator_id == 0)
        status = add_fine_open(reader, all, error);
    if (status != OK)
        return status;
    statement_start(&statement, reader->store,
                    "SELECT k.id, k.agency_id, p.day, " P_NUMBERS
                    " FROM consultation AS k CROSS JOIN promise_day AS p"
                    " ON p.consultation_id = k.id"
                    " WHERE " CONSULTATIONS " AND (?3 = '' OR p.language = ?3)"
                    " AND (?4 = '' OR p.channel = ?4) AND p.day >= ?5"
                    " AND (?6 = 0 OR p.moderator_id = ?6)");
    bind_scope(&statement, reader->scope);
    bind_first_day(&statement, reader);
    statement_bind(&statement, reader->scope->moderator_id);
    while (statement_next(&statement)) {
        struct promise_numbers numbers = {0};
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        numbers.day = statement_integer(&statement);
        read_numbers(&statement, &numbers);
        if (all)
            promise_add(reader, &reader->reading->all, ROW_OF_SUMS, &numbers);
        add_to_places(reader, consultation, agency, ROW_OF_SUMS, &numbers);
    }
    return statement_end(&statement, error);
}

/* --- Today --- */

static void add_today_everywhere(struct promise_reader *reader, int64_t consultation,
                                 int64_t agency, bool passed, int kind, int64_t open)
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of[] = {
        &reading->all,
        sums_of(reading->consultations, reading->consultation_count, consultation),
        sums_of(reading->agencies, reading->agency_count, agency),
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (of[i])
            promise_add_today(reader, of[i], passed, kind, open);
    }
}

static enum status read_today(struct promise_reader *reader, struct error *error)
{
    const struct figure_scope *scope = reader->scope;
    int64_t start = scope->today * SECONDS_OF_DAY - scope->clock;
    struct statement statement;
    statement_start(&statement, reader->store,
                    "SELECT k.id, k.agency_id, f.at < ?7, sum(f.decide_open), sum(f.answer_open)"
                    " FROM due_count AS f CROSS JOIN consultation AS k ON k.id = f.consultation_id"
                    " WHERE f.at >= ?5 AND f.at < ?6 AND " CONSULTATIONS " AND " NARROWED
                    " GROUP BY 1, 2, 3");
    bind_scope(&statement, scope);
    statement_bind(&statement, start);
    statement_bind(&statement, start + SECONDS_OF_DAY);
    statement_bind(&statement, scope->now);
    while (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        bool passed = statement_integer(&statement) != 0;
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++)
            add_today_everywhere(reader, consultation, agency, passed, kind,
                                 statement_integer(&statement));
    }
    return statement_end(&statement, error);
}

/* --- What happened since the sums --- */

/* Each comment as it stands in the sums, to be taken out, and as it is. */
static const char changes_sql[] =
    "WITH now_due AS MATERIALIZED (SELECT * FROM due_counted WHERE comment_id " DUE_CHANGED ")"
    " SELECT k.id, k.agency_id, f.day, f.at < ?5, f.sign, " DUE_NUMBERS
    " FROM (SELECT -1 AS sign, * FROM promise_part WHERE comment_id " DUE_CHANGED
    "  UNION ALL SELECT 1, * FROM (" DUE_PARTS(
        "now_due") ")) AS f"
                   " CROSS JOIN consultation AS k ON k.id = f.consultation_id"
                   " WHERE " CONSULTATIONS " AND " NARROWED " AND (?6 = 0 OR f.moderator_id = ?6)";

static void add_change(struct promise_reader *reader, int64_t consultation, int64_t agency,
                       bool passed, const struct promise_numbers *numbers)
{
    promise_add(reader, &reader->reading->all, ROW_OF_CHANGES, numbers);
    add_to_places(reader, consultation, agency, ROW_OF_CHANGES, numbers);
    for (int kind = 0; numbers->day == reader->scope->today && kind < DUE_KIND_COUNT; kind++)
        add_today_everywhere(reader, consultation, agency, passed, kind, numbers->open[kind]);
}

static enum status read_changes(struct promise_reader *reader, struct error *error)
{
    struct statement statement;
    enum status status = calendars_refresh(reader->store, error);
    if (status != OK)
        return status;
    statement_start(&statement, reader->store, changes_sql);
    bind_scope(&statement, reader->scope);
    statement_bind(&statement, reader->scope->now);
    statement_bind(&statement, reader->scope->moderator_id);
    while (statement_next(&statement)) {
        struct promise_numbers numbers = {0};
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        numbers.day = statement_integer(&statement);
        bool passed = statement_integer(&statement) != 0;
        int64_t sign = statement_integer(&statement);
        read_numbers(&statement, &numbers);
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
            numbers.kept[kind] *= sign;
            numbers.late[kind] *= sign;
            numbers.open[kind] *= sign;
        }
        add_change(reader, consultation, agency, passed, &numbers);
    }
    return statement_end(&statement, error);
}

/* --- All of it --- */

static int compare_late(const void *a, const void *b)
{
    const struct promise_of *left = a, *right = b;
    int64_t more = right->sums.open_late[DUE_DECIDE] - left->sums.open_late[DUE_DECIDE];
    if (more == 0)
        more = right->sums.open_late[DUE_ANSWER] - left->sums.open_late[DUE_ANSWER];
    if (more == 0)
        return compare_ids(a, b);
    return more > 0 ? 1 : -1;
}

/* Everything: from a sum where one is right for the scope, else from the finest. */
static enum status read_all(struct promise_reader *reader, bool places, struct error *error)
{
    const struct figure_scope *scope = reader->scope;
    const char *sum = scope->moderator_id == 0 ? scope->sum : scope->moderator_sum;
    enum status status = OK;
    if (sum)
        status = add_sum(reader, sum, &reader->reading->all, error);
    return status == OK && (!sum || places) ? add_fine(reader, !sum, error) : status;
}

enum status promise_read(struct store *store, const struct figure_scope *scope, struct arena *arena,
                         struct promise_reading *reading, struct error *error)
{
    bool plain = scope->language.size == 0 && scope->channel.size == 0 && scope->moderator_id == 0;
    struct promise_reader reader = {store, scope, arena, reading, plain};
    *reading = (struct promise_reading){0};
    reading->days =
        arena_new(arena, (size_t)(scope->last_day - scope->first_day) + 1, sizeof *reading->days);
    enum status status = find_places(&reader, error);
    /* A consultation's own sums are its agency's as far as the scope leaves it. */
    bool coarse = plain && scope->consultation_id == 0;
    if (status == OK)
        status = read_all(&reader, !coarse, error);
    if (status == OK && coarse)
        status = add_sums(&reader, "agency", reading->agencies, reading->agency_count, error);
    if (status == OK && coarse)
        status = add_sums(&reader, "consultation", reading->consultations,
                          reading->consultation_count, error);
    if (status == OK && scope->moderator_id == 0)
        status = read_today(&reader, error);
    if (status == OK)
        status = read_changes(&reader, error);
    if (reading->consultation_count > 1)
        qsort(reading->consultations, reading->consultation_count, sizeof *reading->consultations,
              compare_late);
    return status;
}
