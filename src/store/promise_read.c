/* Reading how far promises are kept. Every row that is read, of whatever table, says how many of one
 * place and day were done in time, late, and are still to be done; promise_sums.c gives it its
 * meaning. */
#include "store/promise_read.h"

#include "store/due_sql.h"
#include "store/figures_flow_sql.h"
#include "store/promise_sums.h"
#include "store/recall.h"

#include <stdlib.h>

/* --- Places --- */

/* most: of how many at most; 0 where the statement does not ask. */
static enum status list_places(struct promise_reader *reader, const char *sql, int64_t most,
                               struct promise_of **places, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_recall(&statement, reader->store, sql, RECALL_SUMS);
    statement_bind(&statement, reader->scope->agency_id);
    statement_bind(&statement, reader->scope->consultation_id);
    if (most > 0)
        statement_bind(&statement, most);
    while (statement_next(&statement)) {
        struct promise_of *place = list_add(&list, reader->arena, sizeof *place);
        place->id = statement_integer(&statement);
        place->agency_id = statement_integer(&statement);
    }
    *places = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

/* Of very many consultations those with the most that waits are told of, where the sums say so. */
static enum status find_places(struct promise_reader *reader, struct error *error)
{
    static const char agencies[] =
        "SELECT a.id, a.id FROM agency AS a"
        " WHERE (?1 = 0 OR a.id = ?1) AND (?2 = 0 OR a.id ="
        " (SELECT k.agency_id FROM consultation AS k WHERE k.id = ?2)) ORDER BY a.id";
    static const char all[] =
        "SELECT k.id, k.agency_id FROM consultation AS k WHERE " CONSULTATIONS " ORDER BY k.id";
    static const char most[] =
        "SELECT * FROM (SELECT k.id, k.agency_id FROM consultation AS k LEFT JOIN tally_of AS f ON "
        "f.scope = 'consultation:' || k.id"
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

/* --- Sums --- */

#define P_NUMBERS                                                                                  \
    "p.decide_kept, p.decide_late, p.decide_open, p.answer_kept, p.answer_late, p.answer_open"

/* The range's days, and the first of those that say what is to be done. */
static void bind_days(struct statement *statement, const struct promise_reader *reader)
{
    statement_bind(statement, reader->scope->first_day);
    statement_bind(statement, reader->scope->last_day);
    statement_bind(statement, promise_first_open_day(reader));
}

/* The rows of a scope: all that is to be done, as of no day; then those of days. Of a place, the days of
 * the range (?3 to ?4) that come before what is to be done (?5) are put together, since all that is
 * asked is how many they make: that is the row of the first. */
#define ALL_OPEN(scope)                                                                            \
    "SELECT -1 AS day, 0, 0, decide_open, 0, 0, answer_open FROM promise_open_of"                  \
    " WHERE scope = " scope
#define DAYS(scope, from)                                                                          \
    " UNION ALL SELECT p.day, " P_NUMBERS " FROM promise_of AS p"                                  \
    " WHERE p.scope = " scope " AND p.day >= " from
static const char days_of_all_sql[] = ALL_OPEN("?1") DAYS("?1", "min(?3, ?5)");
#define PLACE "?1 || ?2"
static const char days_of_place_sql[] = ALL_OPEN(PLACE) " UNION ALL SELECT ?3, " DUE_SUMS(
    "") " FROM promise_of WHERE scope = " PLACE
        " AND day >= ?3 AND day <= ?4 AND day < ?5" DAYS(PLACE, "?5");

/* The rows of one scope, such as 'agency:3', into sums. id: 0 where prefix is all of its name. */
static enum status add_sum(struct promise_reader *reader, const char *prefix, int64_t id,
                           struct promise_sums *sums, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, reader->store, id ? days_of_place_sql : days_of_all_sql,
                     RECALL_SUMS);
    statement_bind_text(&statement, str_of(prefix));
    statement_bind_id(&statement, id);
    bind_days(&statement, reader);
    while (statement_next(&statement)) {
        struct promise_numbers numbers = {.day = statement_integer(&statement)};
        promise_read_numbers(&statement, &numbers);
        if (numbers.day >= 0)
            promise_add(reader, sums, ROW_OF_SUMS, &numbers);
        for (int kind = 0; numbers.day < 0 && kind < DUE_KIND_COUNT; kind++)
            promise_add_all_open(reader, sums, kind, numbers.open[kind]);
    }
    return statement_end(&statement, error);
}

static enum status add_sums(struct promise_reader *reader, const char *prefix,
                            struct promise_of *places, size_t count, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < count; i++)
        status = add_sum(reader, prefix, places[i].id, &places[i].sums, error);
    return status;
}

/* all: to everything, where that has no sum of its own. */
static enum status add_fine_open(struct promise_reader *reader, bool all, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, reader->store,
                     "SELECT k.id, k.agency_id, sum(f.decide_open), sum(f.answer_open)"
                     " FROM consultation AS k CROSS JOIN promise_open AS f"
                     " ON f.consultation_id = k.id WHERE " CONSULTATIONS " AND " NARROWED
                     " GROUP BY k.id",
                     RECALL_SUMS);
    bind_scope(&statement, reader->scope);
    while (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement), open[DUE_KIND_COUNT];
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++)
            open[kind] = statement_integer(&statement);
        for (int kind = 0; all && kind < DUE_KIND_COUNT; kind++)
            promise_add_all_open(reader, &reader->reading->all, kind, open[kind]);
        promise_add_all_open_to_places(reader, consultation, agency, open);
    }
    return statement_end(&statement, error);
}

/* The finest sums by consultation and day; and of places alone, as in days_of_place_sql. */
#define FINE_ROWS(day, days)                                                                       \
    "SELECT k.id, k.agency_id, " day                                                               \
    ", " DUE_SUMS("") " FROM consultation AS k"                                                    \
                      " CROSS JOIN promise_day AS p ON p.consultation_id = k.id"                   \
                      " WHERE " CONSULTATIONS                                                      \
                      " AND (?3 = '' OR p.language = ?3) AND (?4 = '' OR p.channel = ?4)"          \
                      " AND (?5 = 0 OR p.moderator_id = ?5) AND " days
static const char fine_sql[] = FINE_ROWS("p.day", "p.day >= min(?6, ?8)") " GROUP BY k.id, p.day";
static const char fine_places_sql[] = FINE_ROWS(
    "?6", "p.day >= ?6 AND p.day <= ?7 AND p.day < ?8") " GROUP BY k.id UNION "
                                                        "ALL " FINE_ROWS(
                                                            "p.day", "p.day >= ?8") " GROUP BY "
                                                                                    "k.id, p.day";

/* The finest sums, to everything that they belong to. What is still to be done is nobody's. */
static enum status add_fine(struct promise_reader *reader, bool all, struct error *error)
{
    struct statement statement;
    enum status status = OK;
    if (reader->scope->moderator_id == 0)
        status = add_fine_open(reader, all, error);
    if (status != OK)
        return status;
    statement_recall(&statement, reader->store, all ? fine_sql : fine_places_sql, RECALL_SUMS);
    bind_scope(&statement, reader->scope);
    statement_bind(&statement, reader->scope->moderator_id);
    bind_days(&statement, reader);
    while (statement_next(&statement)) {
        struct promise_numbers numbers = {0};
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        numbers.day = statement_integer(&statement);
        promise_read_numbers(&statement, &numbers);
        if (all)
            promise_add(reader, &reader->reading->all, ROW_OF_SUMS, &numbers);
        promise_add_to_places(reader, consultation, agency, ROW_OF_SUMS, &numbers);
    }
    return statement_end(&statement, error);
}

/* --- Today --- */

/* The first moment from now on at which something of today is due, or tomorrow's first: between two of
 * these, what has passed stays the same. */
static enum status find_boundary(struct promise_reader *reader, int64_t start, int64_t end,
                                 int64_t *boundary, struct error *error)
{
    struct statement statement;
    *boundary = end;
    statement_recall(
        &statement, reader->store,
        "SELECT DISTINCT at FROM due_count WHERE at >= ?1 AND at < ?2 ORDER BY at DESC",
        RECALL_SUMS);
    statement_bind(&statement, start);
    statement_bind(&statement, end);
    while (statement_next(&statement)) {
        int64_t at = statement_integer(&statement);
        if (at < reader->scope->now)
            break;
        *boundary = at;
    }
    return statement_end(&statement, error);
}

static enum status read_today(struct promise_reader *reader, struct error *error)
{
    const struct figure_scope *scope = reader->scope;
    int64_t start = scope->today * SECONDS_OF_DAY - scope->clock, end = start + SECONDS_OF_DAY;
    int64_t boundary;
    struct statement statement;
    enum status status = find_boundary(reader, start, end, &boundary, error);
    if (status != OK)
        return status;
    statement_recall(&statement, reader->store,
                     "SELECT k.id, k.agency_id, f.at < ?7, sum(f.decide_open), sum(f.answer_open)"
                     " FROM due_count AS f CROSS JOIN consultation AS k ON k.id = f.consultation_id"
                     " WHERE f.at >= ?5 AND f.at < ?6 AND " CONSULTATIONS " AND " NARROWED
                     " GROUP BY 1, 2, 3",
                     RECALL_SUMS);
    bind_scope(&statement, scope);
    statement_bind(&statement, start);
    statement_bind(&statement, end);
    statement_bind(&statement, boundary);
    while (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        int64_t agency = statement_integer(&statement);
        bool passed = statement_integer(&statement) != 0;
        for (int kind = 0; kind < DUE_KIND_COUNT; kind++)
            promise_add_today_everywhere(reader, consultation, agency, passed, kind,
                                         statement_integer(&statement));
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
        return promise_compare_ids(a, b);
    return more > 0 ? 1 : -1;
}

static bool says_nothing(const struct promise_sums *sums)
{
    int64_t all = 0;
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++)
        all += sums->kept[kind] + sums->late[kind] + sums->open_late[kind] + sums->due_today[kind] +
               sums->due_soon[kind];
    return all == 0;
}

/* Leaves the first of those that say something. sql: what each of them is called. */
static enum status name_places(struct promise_reader *reader, const char *sql,
                               struct promise_of *places, size_t *count, struct error *error)
{
    size_t left = 0;
    struct statement statement;
    statement_recall(&statement, reader->store, sql, RECALL_SUMS);
    for (size_t i = 0; i < *count && left < PROMISE_PLACES_MOST; i++) {
        if (says_nothing(&places[i].sums))
            continue;
        struct promise_of *place = &places[left++];
        *place = places[i];
        statement_again(&statement);
        statement_bind(&statement, place->id);
        if (!statement_next(&statement))
            break;
        place->slug = statement_text(&statement, reader->arena);
        place->name.ar = statement_text(&statement, reader->arena);
        place->name.en = statement_text(&statement, reader->arena);
    }
    *count = left;
    return statement_end(&statement, error);
}

/* Those that are told of, with their names, in their order. */
static enum status choose_places(struct promise_reader *reader, struct error *error)
{
    struct promise_reading *reading = reader->reading;
    if (reading->consultation_count > 1)
        qsort(reading->consultations, reading->consultation_count, sizeof *reading->consultations,
              compare_late);
    enum status status =
        name_places(reader, "SELECT slug, name_ar, name_en FROM agency WHERE id = ?1",
                    reading->agencies, &reading->agency_count, error);
    return status == OK
               ? name_places(reader,
                             "SELECT slug, title_ar, title_en FROM consultation WHERE id = ?1",
                             reading->consultations, &reading->consultation_count, error)
               : status;
}

/* Everything: from a sum where one is right for the scope, else from the finest. */
static enum status read_all(struct promise_reader *reader, bool places, struct error *error)
{
    const struct figure_scope *scope = reader->scope;
    const char *sum = scope->moderator_id == 0 ? scope->sum : scope->moderator_sum;
    enum status status = OK;
    if (sum)
        status = add_sum(reader, sum, 0, &reader->reading->all, error);
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
        status = add_sums(&reader, "agency:", reading->agencies, reading->agency_count, error);
    if (status == OK && coarse)
        status = add_sums(&reader, "consultation:", reading->consultations,
                          reading->consultation_count, error);
    if (status == OK && scope->moderator_id == 0)
        status = read_today(&reader, error);
    if (status == OK)
        status = promise_add_changes(&reader, error);
    return status == OK ? choose_places(&reader, error) : status;
}
