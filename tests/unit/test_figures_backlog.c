/* Backlog: what it says against plain SQL over random histories, and a forecast worked out by hand. */
#include "unit/figures_support.h"

enum { TABLE_NOW, TABLE_DAYS, TABLE_AGES, TABLE_PLACES };

static int64_t value(const struct figure_rows *rows, size_t row, size_t column)
{
    assert_true(row < rows->count);
    return rows->rows[row].values[column].none ? -1 : rows->rows[row].values[column].number;
}

/* Comments of a case that were received before a moment, and how often standing decisions took one
 * out of what waits (or, back, put one into it) before it. */
static int64_t received_before(struct fixture *fixture, const struct case_of_filter *one,
                               int64_t at)
{
    return ask(fixture,
               arena_printf(&fixture->arena,
                            "SELECT count(*) " FROM_COMMENT "WHERE c.received_at < %lld AND (%s)",
                            (long long)at, one->comments));
}

static int64_t moved_before(struct fixture *fixture, const struct case_of_filter *one, int64_t at,
                            bool back)
{
    return ask(fixture, arena_printf(&fixture->arena,
                                     "SELECT count(*) " FROM_DECISION
                                     "AND d.decided_at < %lld AND (%s) AND (%s)"
                                     " AND d.from_state %s " WAITS " AND d.to_state %s " WAITS,
                                     (long long)at, one->comments, one->decisions,
                                     back ? "NOT" : "", back ? "" : "NOT"));
}

/* From one day's start to another's. */
static void compare_place(struct fixture *fixture, const struct case_of_filter *one,
                          const struct figure_scope *scope, int64_t first, int64_t next,
                          const struct figure_row *row)
{
    int64_t from = first * 86400 - scope->clock, to = next * 86400 - scope->clock;
    const struct figure *values = row->values;
    assert_int_equal(values[1].number,
                     received_before(fixture, one, to) - received_before(fixture, one, from));
    assert_int_equal(values[2].number, moved_before(fixture, one, to, false) -
                                           moved_before(fixture, one, from, false));
    assert_int_equal(values[3].number,
                     moved_before(fixture, one, to, true) - moved_before(fixture, one, from, true));
    assert_int_equal(values[4].none, scope->moderator_id != 0);
    if (!values[4].none)
        assert_int_equal(values[4].number, received_before(fixture, one, to) -
                                               moved_before(fixture, one, to, false) +
                                               moved_before(fixture, one, to, true));
}

static void compare_days(struct fixture *fixture, const struct case_of_filter *one,
                         const char *more)
{
    struct figure_scope scope;
    struct figure_rows *rows = figures_of(
        fixture, "backlog", arena_printf(&fixture->arena, "%s %s", one->line, more), &scope);
    const struct figure_rows *days = &rows[TABLE_DAYS];
    assert_int_equal(value(days, 0, 0), scope.first_day);
    for (size_t i = 0; i < days->count; i++) {
        int64_t next = i + 1 < days->count ? value(days, i + 1, 0) : scope.last_day + 1;
        assert_true(next - value(days, i, 0) <= (scope.weeks ? 7 : 1));
        assert_true(i == 0 || !scope.weeks || value(days, i, 0) % 7 == 3); /* a Sunday */
        compare_place(fixture, one, &scope, value(days, i, 0), next, &days->rows[i]);
    }
}

static void compare_ages(struct fixture *fixture, const struct case_of_filter *one)
{
    struct figure_scope scope;
    const struct figure_rows *ages = &figures_of(fixture, "backlog", one->line, &scope)[TABLE_AGES];
    for (size_t i = 0; i < ages->count; i++) {
        int64_t from = value(ages, i, 3), to = value(ages, i, 4);
        assert_int_equal(
            value(ages, i, 1),
            ask(fixture, arena_printf(&fixture->arena,
                                      "SELECT count(*) " FROM_COMMENT "WHERE c.state " WAITS
                                      " AND (%s) AND %lld - (c.received_at + %lld) / 86400"
                                      " BETWEEN %lld AND %lld",
                                      one->comments, (long long)scope.today, (long long)scope.clock,
                                      (long long)from, to < 0 ? 1000000LL : (long long)to)));
    }
}

/* The comment in the middle of what waits came on the day that the median says. */
static void compare_median(struct fixture *fixture, const struct case_of_filter *one)
{
    struct figure_scope scope;
    const struct figure_rows *now = &figures_of(fixture, "backlog", one->line, &scope)[TABLE_NOW];
    const char *of = arena_printf(&fixture->arena, FROM_COMMENT "WHERE c.state " WAITS " AND (%s)",
                                  one->comments);
    int64_t all = ask(fixture, arena_printf(&fixture->arena, "SELECT count(*) %s", of));
    if (all == 0) {
        assert_int_equal(value(now, 0, 1), -1);
        return;
    }
    assert_int_equal(
        (scope.now - value(now, 0, 1) + scope.clock - 1) / 86400,
        ask(fixture, arena_printf(&fixture->arena,
                                  "SELECT (c.received_at + %lld) / 86400 %s"
                                  " ORDER BY c.received_at LIMIT 1 OFFSET %lld",
                                  (long long)scope.clock, of, (long long)(all - 1) / 2)));
}

static void compare_consultations(struct fixture *fixture, const struct case_of_filter *one)
{
    struct figure_scope scope;
    const struct figure_rows *places =
        &figures_of(fixture, "backlog", one->line, &scope)[TABLE_PLACES];
    int64_t all = 0;
    for (size_t i = 0; i < places->count; i++) {
        const char *of =
            arena_printf(&fixture->arena, FROM_COMMENT "WHERE k.slug = '%.*s' AND (%s)",
                         STR_FORMAT(places->rows[i].values[1].text), one->comments);
        assert_true(i == 0 || value(places, i - 1, 2) >= value(places, i, 2));
        assert_int_equal(value(places, i, 2),
                         ask(fixture, arena_printf(&fixture->arena,
                                                   "SELECT count(*) %s AND c.state " WAITS, of)));
        assert_int_equal(
            value(places, i, 3),
            ask(fixture, arena_printf(&fixture->arena,
                                      "SELECT ifnull((min(c.received_at) + %lld) / 86400, -1)"
                                      " %s AND c.state " WAITS,
                                      (long long)scope.clock, of)));
        assert_int_equal(value(places, i, 4),
                         ask(fixture, arena_printf(&fixture->arena, "SELECT count(*) %s", of)));
        all += value(places, i, 4);
    }
    assert_int_equal(all, ask(fixture, arena_printf(&fixture->arena,
                                                    "SELECT count(*) " FROM_COMMENT "WHERE (%s)",
                                                    one->comments)));
}

static void it_says_what_is_counted(void **state)
{
    struct fixture *fixture = *state;
    struct history history;
    fixture->random = 99;
    run_sql(fixture, "UPDATE policy SET value = '10800' WHERE name = 'utc-offset'");
    history_start(&history, fixture);
    for (int round = 0; round < 2; round++) {
        history_go_on(&history, round == 0 ? 500 : 90); /* sums alone; then changes beside them */
        for (size_t i = 0; i < FIGURE_CASES; i++) {
            compare_days(fixture, &figure_cases[i], "");
            compare_days(fixture, &figure_cases[i], "by:week from:40d");
            compare_days(fixture, &figure_cases[i], "from:30d to:9d");
            compare_ages(fixture, &figure_cases[i]);
            compare_median(fixture, &figure_cases[i]);
            compare_consultations(fixture, &figure_cases[i]);
        }
    }
    history_end(&history);
}

/* --- The forecast --- */

/* Comments received so many days before now, and how many of them are decided on today. */
static void receive(struct history *history, int count, int days, int decided)
{
    struct fixture *fixture = history->fixture;
    for (int i = 0; i < count; i++) {
        history->at = FIXTURE_NOW - 86400 * (int64_t)days;
        history_arrive(history);
        if (i >= decided)
            continue;
        struct decision decision = {.comment_id = history->comments[history->count - 1],
                                    .moderator_id = history->people[0],
                                    .action = ACTION_APPROVE,
                                    .from_state = STATE_PENDING,
                                    .to_state = STATE_APPROVED,
                                    .decided_at = FIXTURE_NOW - 60};
        must(fixture, decision_add(fixture->store, &decision, &fixture->error));
    }
}

static void must_forecast(struct fixture *fixture, const char *line, const char *outlook,
                          int64_t thousandths, int64_t days)
{
    struct figure_scope scope;
    const struct figure_rows *now = &figures_of(fixture, "backlog", line, &scope)[TABLE_NOW];
    assert_true(str_equal(now->rows[0].values[7].text, str_of(outlook)));
    assert_int_equal(value(now, 0, 8), thousandths);
    assert_int_equal(value(now, 0, 9), days < 0 ? -1 : scope.today + days);
}

static void a_forecast_is_what_the_pace_comes_to(void **state)
{
    struct fixture *fixture = *state;
    struct history history;
    history_start(&history, fixture);
    must_forecast(fixture, "", "empty", -1, -1);
    /* 30 of long ago, of which 20 left in the last week: 10 wait. 6 came: 16 wait. */
    receive(&history, 30, 20, 20);
    receive(&history, 6, 2, 0);
    /* The eighth of 16 is the eighth of the ten that came twenty days ago: spread over their day,
     * it came when eight tenths of it were past. */
    struct figure_scope scope;
    const struct figure_rows *rows = &figures_of(fixture, "backlog", "", &scope)[TABLE_NOW];
    int64_t day_start = (scope.today - 20) * 86400 - scope.clock;
    assert_int_equal(value(rows, 0, 1), FIXTURE_NOW - (day_start + 86400 * 8 / 10));
    /* 20 left and 6 came in 7 days: 14 fewer in 7 days, 2 a day; 16 wait: 8 days. */
    must_forecast(fixture, "", "shrinks", 8000, 8);
    /* 14 more come: as many as leave. 30 wait, and will. */
    receive(&history, 14, 1, 0);
    must_forecast(fixture, "", "stays", -1, -1);
    receive(&history, 1, 0, 0);
    must_forecast(fixture, "", "grows", -1, -1);
    /* A person's decisions are not all, and last week's end is no forecast. */
    must_forecast(fixture, "moderator:person-0", "", -1, -1);
    must_forecast(fixture, "to:3d", "", -1, -1);
    history_end(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_says_what_is_counted, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_forecast_is_what_the_pace_comes_to, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
