/* Figures against plain SQL over random histories: what triggers keep and what is read from it. */
#include "unit/figures_support.h"
#include "store/figures_flow.h"
#include "store/figures_keep.h"
#include "store/team.h"

static struct figure_scope find_scope(struct fixture *fixture, const char *line, int days)
{
    struct figure_filter filter;
    struct figure_scope scope;
    must(fixture,
         figure_filter_parse(str_of(line), FIXTURE_NOW, &fixture->arena, &filter, &fixture->error));
    must(fixture, figure_scope_find(fixture->store, &filter, FIXTURE_NOW, days, &fixture->arena,
                                    &scope, &fixture->error));
    return scope;
}

/* The counts of one day or hour: unit seconds from the moment (on the team's clock) at. */
static void compare_flow(struct fixture *fixture, const struct case_of_filter *one, int64_t clock,
                         int64_t at, int64_t unit, const struct flow *flow)
{
    struct arena *arena = &fixture->arena;
    long long from = (long long)(at * unit - clock), to = from + (long long)unit;
    assert_int_equal(
        flow->arrived,
        ask(fixture, arena_printf(arena,
                                  "SELECT count(*) " FROM_COMMENT
                                  "WHERE c.received_at >= %lld AND c.received_at < %lld AND (%s)",
                                  from, to, one->comments)));
    assert_int_equal(
        flow->waiting,
        ask(fixture, arena_printf(arena,
                                  "SELECT count(*) " FROM_COMMENT
                                  "WHERE c.received_at >= %lld AND c.received_at < %lld AND (%s)"
                                  " AND c.state " WAITS,
                                  from, to, one->comments)));
    static const char *const moves[] = {"d.from_state " WAITS " AND d.to_state NOT " WAITS,
                                        "d.from_state NOT " WAITS " AND d.to_state " WAITS};
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            i == 0 ? flow->decided : flow->reopened,
            ask(fixture,
                arena_printf(arena,
                             "SELECT count(*) " FROM_DECISION
                             "AND d.decided_at >= %lld AND d.decided_at < %lld AND (%s) AND (%s)"
                             " AND %s",
                             from, to, one->comments, one->decisions, moves[i])));
}

static void compare_flows(struct fixture *fixture, const struct case_of_filter *one)
{
    enum { HOURS = 30 };
    struct flow days[HISTORY_DAYS + 2], hours[HOURS];
    struct figure_scope scope = find_scope(fixture, one->line, HISTORY_DAYS + 2);
    must(fixture,
         flow_days(fixture->store, &scope, scope.first_day, scope.last_day, days, &fixture->error));
    for (int i = 0; i < HISTORY_DAYS + 2; i++)
        compare_flow(fixture, one, scope.clock, scope.first_day + i, 86400, &days[i]);
    int64_t last = (FIXTURE_NOW + scope.clock) / 3600;
    must(fixture,
         flow_hours(fixture->store, &scope, last - HOURS + 1, last, hours, &fixture->error));
    for (int i = 0; i < HOURS; i++)
        compare_flow(fixture, one, scope.clock, last - HOURS + 1 + i, 3600, &hours[i]);
}

static void compare_states(struct fixture *fixture, const struct case_of_filter *one)
{
    int64_t counts[STATE_COUNT], oldest;
    struct arena *arena = &fixture->arena;
    struct figure_scope scope = find_scope(fixture, one->line, 1);
    must(fixture, tally_read(fixture->store, &scope, counts, &fixture->error));
    for (int state = 0; state < STATE_COUNT; state++)
        assert_int_equal(
            counts[state],
            ask(fixture,
                arena_printf(arena, "SELECT count(*) " FROM_COMMENT "WHERE c.state = '%s' AND (%s)",
                             state_name((enum comment_state)state), one->comments)));
    must(fixture, flow_oldest(fixture->store, &scope, &oldest, &fixture->error));
    assert_int_equal(
        oldest, ask(fixture, arena_printf(arena,
                                          "SELECT ifnull((min(c.received_at) + %lld) / 3600,"
                                          " -1) " FROM_COMMENT "WHERE c.state " WAITS " AND (%s)",
                                          (long long)scope.clock, one->comments)));
}

/* A claim that lives; what stands in it for %lld. */
#define LIVES "l.expires_at > %lld AND l.expires_at <= %lld"
#define NOW_AND_CLAIM (long long)FIXTURE_NOW, (long long)FIXTURE_NOW + CLAIM_SECONDS_MOST

/* Some read now; of one the claim is over, and of one it ends so late that a clock was wrong. */
static void claim_some(struct fixture *fixture)
{
    static const int64_t lives[] = {1, CLAIM_SECONDS_MOST, 0, CLAIM_SECONDS_MOST + 1};
    run_sql(fixture, "DELETE FROM claim");
    for (int64_t i = 0; i < 4; i++)
        run_sql(fixture,
                arena_printf(
                    &fixture->arena,
                    "INSERT INTO claim SELECT c.id, m.id, %lld, %lld FROM comment c, moderator m"
                    " WHERE c.id NOT IN (SELECT comment_id FROM claim)"
                    " AND (%lld = 0 OR c.state = 'escalated')"
                    " ORDER BY (c.id * 37 + m.id * %lld) %% 101 LIMIT 1",
                    (long long)FIXTURE_NOW - 60, (long long)(FIXTURE_NOW + lives[i]),
                    (long long)(i % 2), (long long)(11 + i)));
}

/* What Today lists: escalations, the oldest first, so many at most; and who decided lately. */
static void compare_today(struct fixture *fixture, const struct case_of_filter *one)
{
    enum { TABLE_ESCALATED = 2, TABLE_PEOPLE = 3, LISTED_MOST = 20, PERSON_LOGIN = 1, DECIDED = 6 };
    struct arena *arena = &fixture->arena;
    struct figure_scope scope;
    const struct figure_rows *rows = figures_of(fixture, "today", one->line, &scope);
    const char *escalated = arena_printf(
        arena,
        FROM_COMMENT "JOIN decision d ON d.id = (SELECT max(id) FROM decision WHERE comment_id ="
                     " c.id) JOIN moderator m ON m.id = d.moderator_id"
                     " WHERE c.state = 'escalated' AND (%s) AND (%s)",
        one->comments, one->decisions);
    int64_t count = ask(fixture, arena_printf(arena, "SELECT count(*) %s", escalated));
    assert_int_equal(rows[TABLE_ESCALATED].count, count < LISTED_MOST ? count : LISTED_MOST);
    for (size_t i = 0; i < rows[TABLE_ESCALATED].count; i++)
        assert_int_equal(
            rows[TABLE_ESCALATED].rows[i].comment,
            ask(fixture, arena_printf(arena,
                                      "SELECT c.id %s ORDER BY c.submitted_at, c.id LIMIT 1"
                                      " OFFSET %zu",
                                      escalated, i)));
    const char *reading =
        arena_printf(arena,
                     FROM_COMMENT "JOIN claim l ON l.comment_id = c.id JOIN moderator m ON m.id ="
                                  " l.moderator_id WHERE " LIVES,
                     NOW_AND_CLAIM);
    const char *decided = arena_printf(
        arena,
        FROM_COMMENT "JOIN decision d ON d.comment_id = c.id JOIN moderator m ON m.id ="
                     " d.moderator_id WHERE d.id IN (SELECT max(id) FROM decision GROUP BY"
                     " moderator_id) AND d.decided_at > %lld AND m.id NOT IN"
                     " (SELECT l.moderator_id FROM claim l WHERE " LIVES ")",
        (long long)FIXTURE_NOW - 3600, NOW_AND_CLAIM);
    assert_int_equal(rows[TABLE_PEOPLE].count,
                     ask(fixture, arena_printf(arena,
                                               "SELECT (SELECT count(*) %s AND (%s) AND (%s))"
                                               " + (SELECT count(*) %s AND (%s) AND (%s))",
                                               reading, one->comments, one->decisions, decided,
                                               one->comments, one->decisions)));
    for (size_t i = 0; i < rows[TABLE_ESCALATED].count; i++)
        assert_int_equal(
            rows[TABLE_ESCALATED].rows[i].to_take,
            !ask(fixture, arena_printf(arena, "SELECT count(*) %s AND c.id = %lld", reading,
                                       (long long)rows[TABLE_ESCALATED].rows[i].comment)));
    for (size_t i = 0; i < rows[TABLE_PEOPLE].count; i++) {
        const struct figure *values = rows[TABLE_PEOPLE].rows[i].values;
        long long day = (long long)(scope.today * 86400 - scope.clock);
        assert_int_equal(
            values[DECIDED].number,
            ask(fixture,
                arena_printf(arena,
                             "SELECT count(*) " FROM_DECISION
                             "AND m.login = '%.*s' AND d.decided_at >= %lld AND d.decided_at < %lld"
                             " AND d.from_state " WAITS " AND d.to_state NOT " WAITS,
                             STR_FORMAT(values[PERSON_LOGIN].text), day, day + 86400)));
    }
}

static void compare_all(struct fixture *fixture)
{
    claim_some(fixture);
    for (size_t i = 0; i < FIGURE_CASES; i++) {
        compare_flows(fixture, &figure_cases[i]);
        compare_states(fixture, &figure_cases[i]);
        compare_today(fixture, &figure_cases[i]);
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

/* Sums alone; then with changes beside them that are yet to be added. */
static void live_and_compare(struct history *history)
{
    struct fixture *fixture = history->fixture;
    history_go_on(history, 600);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM figure_change"), 0);
    compare_all(fixture);
    assert_true(ask(fixture, "SELECT count(*) FROM claim") >= 3);
    history_go_on(history, 14);
    assert_true(ask(fixture, "SELECT count(*) FROM figure_change") > 5);
    compare_all(fixture);
    history_go_on(history, 40);
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, figures_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    compare_all(fixture);
}

static void kept_figures_are_what_is_counted(void **state)
{
    static const uint32_t seeds[] = {1, 77, 4242};
    static const char *const clocks[] = {"0", "10800", "-12600"};
    figures_live(state, seeds, clocks, 3, live_and_compare);
}

static void a_consultation_takes_its_figures_along(void **state)
{
    struct fixture *fixture = *state;
    struct history history;
    history_start(&history, fixture);
    history_go_on(&history, 300);
    run_sql(fixture, "UPDATE consultation SET agency_id = (SELECT id FROM agency WHERE slug ="
                     " 'parks') WHERE slug = 'metro'");
    compare_flows(fixture, &figure_cases[1]);
    compare_flows(fixture, &figure_cases[2]);
    compare_states(fixture, &figure_cases[2]);
    assert_int_equal(fixture_faults(fixture), 0);
    history_end(&history);
}

static void a_comment_that_goes_is_counted_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct history history;
    history_start(&history, fixture);
    int64_t kept = fixture_add_text(fixture, "stays"), gone = fixture_add_text(fixture, "goes");
    assert_true(kept > 0);
    run_sql(fixture, arena_printf(&fixture->arena,
                                  "INSERT INTO comment_words (comment_words, rowid, body) VALUES"
                                  " ('delete', %lld, 'goes'); DELETE FROM comment WHERE id = %lld",
                                  (long long)gone, (long long)gone));
    compare_all(fixture);
    assert_int_equal(
        store_execute(fixture->store, "UPDATE comment SET language = 'fr'", &fixture->error),
        STATUS_STORE);
}

static void a_wrong_sum_is_found(void **state)
{
    struct fixture *fixture = *state;
    static const char *const harms[] = {
        "UPDATE flow SET waiting = waiting + 1",
        "UPDATE flow_of SET decided = 9 WHERE scope = ''",
        "DELETE FROM flow_hour",
        "UPDATE tally SET held = held + 1",
        "UPDATE tally_of SET pending = 0 WHERE scope = 'language:en'",
        "DELETE FROM figure_change WHERE id = 1"};
    fixture_add_text(fixture, "one");
    must(fixture, figures_settle(fixture->store, &fixture->error));
    fixture_add_text(fixture, "another");
    figures_harmed(fixture, harms, sizeof harms / sizeof *harms);
}

/* --- The filter's line --- */

static void a_filter_reads_back(void **state)
{
    struct fixture *fixture = *state;
    struct figure_filter filter;
    struct arena *arena = &fixture->arena;
    static const char line[] = "from:2026-09-01 to:2d agency:roads consultation:metro language:ar "
                               "channel:\"town hall\" moderator:khalid by:week";
    must(fixture, figure_filter_parse(str_of(line), FIXTURE_NOW, arena, &filter, &fixture->error));
    assert_true(str_equal(figure_filter_text(&filter, arena), str_of(line)));
    struct figure_scope scope = find_scope(fixture, line, 7);
    assert_int_equal(scope.first_day, 20697); /* 2026-09-01 */
    assert_int_equal(scope.last_day, scope.today - 2);
    assert_true(scope.past && scope.weeks && !scope.sum);
    assert_int_equal(find_scope(fixture, "", 7).first_day, scope.today - 6);
    assert_int_equal(find_scope(fixture, "to:2099-01-01", 7).last_day, scope.today);
}

static void a_wrong_filter_says_why(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *line, *says;
    } wrong[] = {
        {"agency", "no colon"},          {"agncy:roads", "agency, consultation"},
        {"from:yesterday", "no date"},   {"by:month", "day or week"},
        {"channel:\"web", "not closed"}, {"agency:", "behind it"},
        {"agency:sea", "parks, roads"},  {"moderator:nobody", "khalid"},
        {"consultation:x", "beaches"},   {"from:2026-09-10 to:2026-09-01", "before it begins"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct figure_filter filter;
        struct figure_scope scope;
        enum status status = figure_filter_parse(str_of(wrong[i].line), FIXTURE_NOW,
                                                 &fixture->arena, &filter, &fixture->error);
        if (status == OK)
            status = figure_scope_find(fixture->store, &filter, FIXTURE_NOW, 7, &fixture->arena,
                                       &scope, &fixture->error);
        assert_int_equal(status, STATUS_INPUT);
        must_say(fixture, wrong[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_figures_are_what_is_counted, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_consultation_takes_its_figures_along, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_comment_that_goes_is_counted_no_more, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_wrong_sum_is_found, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_filter_reads_back, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_wrong_filter_says_why, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
