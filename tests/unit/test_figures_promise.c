/* Promise: what it says against plain SQL over random histories, with due moments worked out one by
 * one; the same after the calendar changed; and a day worked out by hand. */
#include "unit/figures_support.h"

#include "base/moment.h"
#include "store/due.h"

enum { TABLE_NOW, TABLE_PROGRESS, TABLE_DUE, TABLE_DAYS, TABLE_AGENCIES, TABLE_PLACES };
enum { CLOCK = 10800 };

/* --- What is agreed, and the same for the test --- */

struct agreed {
    const char *hours[FIXTURE_AGENCIES], *decide[FIXTURE_AGENCIES], *answer[FIXTURE_AGENCIES];
};

static const struct agreed at_first = {
    {"sun-thu 07:00-14:30", "sun-thu 08:00-12:00,16:00-21:00"}, {"2d", "9h"}, {"5d", "30h"}};
static const struct agreed then = {
    {"sat-wed 09:00-13:00; thu 10:00-11:00", "sun-sat 06:00-22:00"}, {"7h", "none"}, {"1d", "3d"}};
enum { HOLIDAY = 20710 /* 2026-09-14, a Monday */ };

static void agree(struct fixture *fixture, const struct agreed *agreed)
{
    bool changed;
    struct holiday holiday = {.agency_id = fixture->agencies[0],
                              .day = HOLIDAY,
                              .name = {str_of("عيد"), str_of("Feast")}};
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < FIXTURE_AGENCIES; i++) {
        struct calendar_hours hours = {.agency_id = fixture->agencies[i],
                                       .first_day = CALENDAR_FIRST_DAY,
                                       .last_day = CALENDAR_LAST_DAY,
                                       .hours = str_of(agreed->hours[i])};
        struct agency_promise promise = {.agency_id = fixture->agencies[i],
                                         .decide = str_of(agreed->decide[i]),
                                         .answer = str_of(agreed->answer[i])};
        must(fixture, calendar_hours_write(fixture->store, &hours, &changed, &fixture->error));
        must(fixture, agency_promise_write(fixture->store, &promise, &changed, &fixture->error));
    }
    must(fixture, holiday_write(fixture->store, &holiday, &changed, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
}

static int64_t due_of(const struct agreed *agreed, int agency, bool answer, int64_t since)
{
    static const int64_t holidays[] = {HOLIDAY};
    struct work_period period = {.first_day = CALENDAR_FIRST_DAY, .last_day = CALENDAR_LAST_DAY};
    struct work_calendar calendar = {CLOCK, &period, 1, holidays, agency == 0};
    struct work_promise promise;
    assert_true(work_week_parse(str_of(agreed->hours[agency]), &period.week));
    assert_true(work_promise_parse(str_of(answer ? agreed->answer[agency] : agreed->decide[agency]),
                                   &promise));
    return work_due(&calendar, promise, since);
}

/* The moments as a table of their own, and what was to be done as a view of it, in plain SQL. */
static const char owed_sql[] =
    "DROP VIEW IF EXISTS temp.owed; DROP TABLE IF EXISTS temp.moments;"
    "CREATE TEMP TABLE moments (id INTEGER PRIMARY KEY, decide_at, answer_at);"
    "CREATE TEMP VIEW owed AS SELECT c.id, 0 AS kind, t.decide_at AS at,"
    " CASE WHEN c.state " WAITS " THEN NULL ELSE (SELECT d.decided_at FROM decision d"
    "  WHERE d.comment_id = c.id AND d.from_state " WAITS " AND d.to_state NOT " WAITS
    "  AND d.action <> 'undo' AND d.id NOT IN (SELECT undoes_id FROM decision WHERE undoes_id"
    "  IS NOT NULL) ORDER BY d.id LIMIT 1) END AS met_at,"
    " CASE WHEN c.state " WAITS " THEN NULL ELSE (SELECT d.moderator_id FROM decision d"
    "  WHERE d.comment_id = c.id AND d.from_state " WAITS " AND d.to_state NOT " WAITS
    "  AND d.action <> 'undo' AND d.id NOT IN (SELECT undoes_id FROM decision WHERE undoes_id"
    "  IS NOT NULL) ORDER BY d.id LIMIT 1) END AS person"
    " FROM comment c JOIN moments t ON t.id = c.id WHERE t.decide_at >= 0"
    " UNION ALL SELECT c.id, 1, t.answer_at, (SELECT min(r.published_at) FROM response r"
    "  WHERE r.comment_id = c.id AND r.state = 'published'), (SELECT r.author_id FROM response r"
    "  WHERE r.comment_id = c.id AND r.state = 'published' ORDER BY r.published_at, r.id LIMIT 1)"
    " FROM comment c JOIN moments t ON t.id = c.id WHERE t.answer_at >= 0"
    " AND c.body LIKE '%?' AND c.state NOT IN ('rejected', 'spam')";

static void fill_moments(struct fixture *fixture, const struct agreed *agreed)
{
    struct statement list;
    run_sql(fixture, owed_sql);
    statement_start(&list, fixture->store,
                    "SELECT c.id, c.received_at, k.agency_id FROM comment c"
                    " JOIN consultation k ON k.id = c.consultation_id");
    while (statement_next(&list)) {
        int64_t id = statement_integer(&list), since = statement_integer(&list);
        int agency = statement_integer(&list) == fixture->agencies[0] ? 0 : 1;
        struct statement add;
        statement_start(&add, fixture->store, "INSERT INTO temp.moments VALUES (?1, ?2, ?3)");
        statement_bind(&add, id);
        statement_bind(&add, due_of(agreed, agency, false, since));
        statement_bind(&add, due_of(agreed, agency, true, since));
        must(fixture, statement_run(&add, &fixture->error));
    }
    must(fixture, statement_end(&list, &fixture->error));
}

/* --- Comparing --- */

static int64_t value(const struct figure_rows *rows, size_t row, size_t column)
{
    assert_true(row < rows->count);
    return rows->rows[row].values[column].none ? -1 : rows->rows[row].values[column].number;
}

/* How many of what is owed answer to a case and a condition. */
static int64_t owed(struct fixture *fixture, const struct case_of_filter *one, int kind,
                    const char *condition)
{
    return ask(fixture,
               arena_printf(&fixture->arena,
                            "SELECT count(*) FROM temp.owed o JOIN comment c ON c.id = o.id"
                            " JOIN consultation k ON k.id = c.consultation_id"
                            " JOIN agency g ON g.id = k.agency_id"
                            " LEFT JOIN moderator m ON m.id = o.person"
                            " WHERE o.kind = %d AND (%s) AND (%s) AND (%s)",
                            kind, one->comments, one->decisions, condition));
}

/* In time, and not, on the days from first to before next. */
static void must_be_kept(struct fixture *fixture, const struct case_of_filter *one, int kind,
                         const struct figure_scope *scope, int64_t first, int64_t next,
                         int64_t kept, int64_t missed)
{
    long long from = (long long)first * 86400 - scope->clock;
    long long to = (long long)next * 86400 - scope->clock, now = (long long)scope->now;
    assert_int_equal(kept, owed(fixture, one, kind,
                                arena_printf(&fixture->arena,
                                             "o.met_at <= o.at AND o.met_at >= %lld AND"
                                             " o.met_at < %lld",
                                             from, to)));
    assert_int_equal(missed,
                     owed(fixture, one, kind,
                          arena_printf(&fixture->arena,
                                       "o.at >= %lld AND o.at < %lld AND (o.met_at > o.at OR"
                                       " (o.met_at IS NULL AND o.at < %lld))",
                                       from, to, now)));
}

static void must_be_open(struct fixture *fixture, const struct case_of_filter *one, int kind,
                         const struct figure_scope *scope, const struct figure_rows *rows)
{
    long long now = (long long)scope->now, tomorrow = (scope->today + 1) * 86400 - scope->clock;
    const char *const conditions[] = {
        arena_printf(&fixture->arena, "o.met_at IS NULL AND o.at < %lld", now),
        arena_printf(&fixture->arena, "o.met_at IS NULL AND o.at >= %lld AND o.at < %lld", now,
                     tomorrow),
        arena_printf(&fixture->arena, "o.met_at IS NULL AND o.at >= %lld AND o.at < %lld", tomorrow,
                     tomorrow + 3 * 86400),
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        assert_int_equal(value(rows, (size_t)kind, 4 + i),
                         scope->moderator_id != 0 ? -1 : owed(fixture, one, kind, conditions[i]));
}

static void compare_range(struct fixture *fixture, const struct case_of_filter *one,
                          const char *more)
{
    struct figure_scope scope;
    struct figure_rows *rows = figures_of(
        fixture, "promise", arena_printf(&fixture->arena, "%s %s", one->line, more), &scope);
    const struct figure_rows *days = &rows[TABLE_DAYS];
    assert_int_equal(rows[TABLE_PROGRESS].count, 0);
    for (int kind = 0; kind < 2; kind++) {
        const struct figure_rows *now = &rows[TABLE_NOW];
        size_t row = (size_t)kind;
        must_be_kept(fixture, one, kind, &scope, scope.first_day, scope.last_day + 1,
                     value(now, row, 2), value(now, row, 3));
        int64_t all = value(now, row, 2) + value(now, row, 3);
        assert_int_equal(value(now, row, 1),
                         all == 0 ? -1 : (1000 * value(now, row, 2) + all / 2) / all);
        must_be_open(fixture, one, kind, &scope, now);
        for (size_t i = 0; i < days->count; i++) {
            int64_t next = i + 1 < days->count ? value(days, i + 1, 0) : scope.last_day + 1;
            size_t column = kind == 0 ? 2 : 5;
            must_be_kept(fixture, one, kind, &scope, value(days, i, 0), next,
                         value(days, i, column), value(days, i, column + 1));
        }
    }
}

/* The rows of agencies, or of consultations. */
static void compare_places(struct fixture *fixture, const struct case_of_filter *one, int table,
                           const char *slug_is)
{
    struct figure_scope scope;
    struct figure_rows *all = figures_of(fixture, "promise", one->line, &scope);
    const struct figure_rows *rows = &all[table];
    int64_t sums[2] = {0, 0};
    for (size_t i = 0; i < rows->count; i++) {
        struct case_of_filter place = *one;
        place.comments = arena_printf(&fixture->arena, "(%s) AND %s = '%.*s'", one->comments,
                                      slug_is, STR_FORMAT(rows->rows[i].values[1].text));
        for (int kind = 0; kind < 2; kind++) {
            size_t column = kind == 0 ? 3 : 7;
            const char *late = arena_printf(&fixture->arena, "o.met_at IS NULL AND o.at < %lld",
                                            (long long)scope.now);
            int64_t of = value(rows, i, column + 1), share = value(rows, i, column);
            int64_t kept = share < 0 ? 0 : (share * of + 500) / 1000;
            must_be_kept(fixture, &place, kind, &scope, scope.first_day, scope.last_day + 1, kept,
                         of - kept);
            assert_int_equal(value(rows, i, column + 2),
                             scope.moderator_id != 0 ? -1 : owed(fixture, &place, kind, late));
            sums[kind] += of;
        }
    }
    for (size_t kind = 0; kind < 2; kind++)
        assert_int_equal(sums[kind],
                         value(&all[TABLE_NOW], kind, 2) + value(&all[TABLE_NOW], kind, 3));
}

static void compare_due(struct fixture *fixture, const struct case_of_filter *one)
{
    static const int64_t from[] = {-100000, -6, 0, 0, 1, 2, 4, 7, 100000};
    struct figure_scope scope;
    const struct figure_rows *due = &figures_of(fixture, "promise", one->line, &scope)[TABLE_DUE];
    for (size_t i = 0; i < due->count; i++) {
        long long start = (scope.today + from[i]) * 86400 - scope.clock, now = (long long)scope.now;
        long long end = (scope.today + from[i + 1]) * 86400 - scope.clock;
        start = i == 3 ? now : start;
        end = i == 2 ? now : end;
        const char *condition = arena_printf(
            &fixture->arena, "o.met_at IS NULL AND o.at >= %lld AND o.at < %lld", start, end);
        assert_int_equal(value(due, i, 1), owed(fixture, one, 0, condition));
        assert_int_equal(value(due, i, 3), owed(fixture, one, 1, condition));
    }
}

/* What a row leads to is what it counts. */
static void compare_queues(struct fixture *fixture, const struct figure_rows *rows, size_t column)
{
    for (size_t i = 0; i < rows->count; i++) {
        int64_t counts[STATE_COUNT], all = 0;
        struct query query =
            fixture_query(fixture, arena_copy(&fixture->arena, rows->rows[i].query).data);
        must(fixture, queue_counts(fixture->store, &query, INT64_MAX, counts, &fixture->error));
        for (int state = 0; state < STATE_COUNT; state++)
            all += counts[state];
        assert_int_equal(all, value(rows, i, column));
    }
}

/* Texts that were changed behind the program's back are not what is looked at here. */
static void count_fault(void *context, const char *sentence)
{
    int *faults = context;
    if (!strstr(sentence, "kept figures"))
        return;
    print_error("fault: %s\n", sentence);
    ++*faults;
}

static void must_be_sound(struct fixture *fixture)
{
    int64_t all;
    int faults = 0;
    must(fixture,
         store_check(fixture->store, (struct str){0}, count_fault, &faults, &all, &fixture->error));
    assert_int_equal(faults, 0);
}

/* cases: how many; the last of them holds only while metro is not of parks. */
static void compare_everything(struct fixture *fixture, const struct agreed *agreed, size_t cases)
{
    fill_moments(fixture, agreed);
    for (size_t i = 0; i < cases; i++) {
        const struct case_of_filter *one = &figure_cases[i];
        compare_range(fixture, one, i % 2 ? "" : "by:week from:40d");
        compare_range(fixture, one, "from:20d to:9d");
        compare_places(fixture, one, TABLE_AGENCIES, "g.slug");
        compare_places(fixture, one, TABLE_PLACES, "k.slug");
        compare_due(fixture, one);
        struct figure_rows *rows = figures_of(fixture, "promise", one->line, NULL);
        if (value(&rows[TABLE_NOW], 0, 4) >= 0) {
            compare_queues(fixture, &rows[TABLE_NOW], 4);
            compare_queues(fixture, &rows[TABLE_DUE], 1);
        }
    }
    must_be_sound(fixture);
}

static void catch_up(struct fixture *fixture, int64_t most)
{
    int64_t left = 1;
    while (left > 0) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        must(fixture, due_catch_up(fixture->store, most, &left, &fixture->error));
        must(fixture, store_commit(fixture->store, &fixture->error));
    }
}

static void it_says_what_is_counted(void **state)
{
    struct fixture *fixture = *state;
    struct history history;
    fixture->random = 7;
    moment_fix(FIXTURE_NOW);
    run_sql(fixture, "UPDATE policy SET value = '10800' WHERE name = 'utc-offset'");
    agree(fixture, &at_first);
    history_start(&history, fixture);
    for (int round = 0; round < 2; round++) {
        history_go_on(&history, round == 0 ? 700 : 90); /* sums alone; then changes beside them */
        run_sql(fixture, "UPDATE comment SET body = 'is this a question?' WHERE id % 3 = 0"
                         " AND body NOT LIKE '%?'");
        catch_up(fixture, 1000);
        compare_everything(fixture, &at_first, FIGURE_CASES);
    }
    /* Another calendar, taken in by small parts; until then nothing is said, and nothing is found. */
    agree(fixture, &then);
    struct figure_rows *rows = figures_of(fixture, "promise", "", NULL);
    assert_int_equal(rows[TABLE_PROGRESS].count, 1);
    assert_int_equal(rows[TABLE_NOW].count, 0);
    struct query query = fixture_query(fixture, "late:decide");
    int64_t counts[STATE_COUNT];
    assert_int_equal(queue_counts(fixture->store, &query, INT64_MAX, counts, &fixture->error),
                     STATUS_BUSY);
    must_say(fixture, "worked out anew");
    must_be_sound(fixture);
    catch_up(fixture, 50);
    compare_everything(fixture, &then, FIGURE_CASES);
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, figures_recount(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    compare_everything(fixture, &then, 3);
    /* A consultation that goes to the other agency comes under its promise. */
    run_sql(fixture, "UPDATE consultation SET agency_id = (SELECT id FROM agency WHERE slug ="
                     " 'parks') WHERE slug = 'metro'");
    catch_up(fixture, 1000);
    compare_everything(fixture, &then, FIGURE_CASES - 1);
    history_end(&history);
}

/* --- By hand --- */

/* FIXTURE_NOW is Monday 21 September 2026, 17:13 in Doha; hours are 07:00 to 14:30. */
static int64_t add_at(struct fixture *fixture, const char *received_at, const char *body)
{
    struct comment comment = fixture_comment(fixture, 0, str_of(body));
    assert_true(moment_parse(str_of(received_at), &comment.received_at));
    comment.submitted_at = comment.received_at;
    return fixture_add(fixture, comment);
}

static void decide_at(struct fixture *fixture, int64_t comment, const char *at)
{
    struct decision decision = {.comment_id = comment,
                                .moderator_id = fixture->moderators[0],
                                .action = ACTION_APPROVE,
                                .from_state = STATE_PENDING,
                                .to_state = STATE_APPROVED};
    assert_true(moment_parse(str_of(at), &decision.decided_at));
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

static void one_day_by_hand(void **state)
{
    struct fixture *fixture = *state;
    moment_fix(FIXTURE_NOW);
    run_sql(fixture, "UPDATE policy SET value = '10800' WHERE name = 'utc-offset';"
                     "UPDATE due_state SET version = version + 1;"
                     "UPDATE promise SET decide = '8h', answer = '2d'");
    must(fixture, store_begin(fixture->store, &fixture->error));
    /* Thursday 14:00: half an hour that day, seven and a half on Sunday: due Sunday 14:30. Decided
     * Sunday 14:30 is in time; a second later is not. */
    decide_at(fixture, add_at(fixture, "2026-09-17T14:00+03:00", "one"), "2026-09-20T14:30+03:00");
    decide_at(fixture, add_at(fixture, "2026-09-17T14:00+03:00", "two"),
              "2026-09-20T14:30:01+03:00");
    /* The same, and still waiting: late. A question of that day was to be answered by Monday 14:30. */
    add_at(fixture, "2026-09-17T14:00+03:00", "three?");
    /* Sunday 14:00: due Monday 14:30, which is past. */
    add_at(fixture, "2026-09-20T14:00+03:00", "four");
    /* Monday 07:00: due Tuesday 07:30; a question: to be answered by Wednesday 14:30. */
    add_at(fixture, "2026-09-21T07:00+03:00", "five?");
    must(fixture, store_commit(fixture->store, &fixture->error));
    struct figure_rows *rows = figures_of(fixture, "promise", "", NULL);
    const struct figure_rows *now = &rows[TABLE_NOW];
    static const int64_t decided[] = {250, 1, 3, 2, 0, 1}, answered[] = {0, 0, 1, 1, 0, 1};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(value(now, 0, 1 + i), decided[i]);
        assert_int_equal(value(now, 1, 1 + i), answered[i]);
    }
    static const int64_t due[] = {0, 1, 1, 0, 1, 0, 0, 0};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(value(&rows[TABLE_DUE], i, 1), due[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_says_what_is_counted, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(one_day_by_hand, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
