/* Moderators, Answers and Voices against plain SQL over random histories, and against answers worked
 * out by hand. */
#include "unit/figures_support.h"

#include "store/figures_kept.h"
#include "store/figures_words.h"
#include "store/log.h"
#include "store/second.h"
#include "store/team.h"

/* A filter as people type it, and the same in SQL over comment c, consultation k, agency g. */
static const struct {
    const char *line, *comments;
} cases[] = {
    {"", "true"},
    {"agency:roads", "g.slug = 'roads'"},
    {"consultation:metro", "k.slug = 'metro'"},
    {"language:ar", "c.language = 'ar'"},
    {"channel:web", "c.channel = 'web'"},
    {"agency:roads language:en", "g.slug = 'roads' AND c.language = 'en'"},
    {"from:20d", "true"},
    {"from:39d", "true"},
    {"from:40d to:9d", "true"},
    {"from:20d agency:roads", "g.slug = 'roads'"},
    {"from:20d consultation:metro", "k.slug = 'metro'"},
    {"from:20d language:ar", "c.language = 'ar'"},
    {"from:20d agency:roads channel:web language:en",
     "g.slug = 'roads' AND c.language = 'en' AND c.channel = 'web'"},
    {"from:20d agency:parks consultation:metro", "false"},
};

struct figures {
    struct fixture *fixture;
    const struct figure_set *set;
    struct figure_rows *rows;
    struct figure_scope scope;
    const char *comments; /* SQL */
};

static void read_figures(struct figures *figures, struct fixture *fixture, const char *set,
                         const char *line, const char *comments)
{
    *figures = (struct figures){.fixture = fixture, .comments = comments};
    figures->set = figure_set_find(str_of(set));
    assert_non_null(figures->set);
    figures->rows = figures_of(fixture, set, line, &figures->scope);
}

static size_t find_table(const struct figures *figures, const char *name)
{
    for (size_t i = 0; i < figures->set->table_count; i++) {
        if (strcmp(figures->set->tables[i].name, name) == 0)
            return i;
    }
    fail_msg("no table %s", name);
    return 0;
}

static size_t find_column(const struct figure_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i].name, name) == 0)
            return i;
    }
    fail_msg("no column %s", name);
    return 0;
}

/* The number in the row whose key has this text, in a table; 0 where there is no such row. */
static int64_t value(const struct figures *figures, const char *table, const char *key,
                     const char *text, const char *column)
{
    size_t at = find_table(figures, table);
    const struct figure_table *shape = &figures->set->tables[at];
    const struct figure_rows *rows = &figures->rows[at];
    size_t wanted = find_column(shape, column);
    for (size_t i = 0; i < rows->count; i++) {
        if (!key || str_equal(rows->rows[i].values[find_column(shape, key)].text, str_of(text)))
            return rows->rows[i].values[wanted].none ? -1 : rows->rows[i].values[wanted].number;
    }
    return 0;
}

/* Counts rows of sql, which ends in a condition: moment is a column within the days of the scope. */
static int64_t count(const struct figures *figures, const char *from, const char *moment,
                     const char *condition)
{
    const struct figure_scope *scope = &figures->scope;
    long long first = (long long)(scope->first_day * 86400 - scope->clock);
    long long until = (long long)((scope->last_day + 1) * 86400 - scope->clock);
    return ask(figures->fixture,
               arena_printf(&figures->fixture->arena,
                            "SELECT count(*) FROM %s JOIN consultation k ON k.id ="
                            " c.consultation_id JOIN agency g ON g.id = k.agency_id"
                            " WHERE %s >= %lld AND %s < %lld AND (%s) AND (%s)",
                            from, moment, first, moment, until, figures->comments, condition));
}

#define DECISIONS                                                                                  \
    "decision d JOIN moderator m ON m.id = d.moderator_id JOIN comment c ON c.id = d.comment_id"
#define UNDONE "d.id IN (SELECT undoes_id FROM decision WHERE undoes_id IS NOT NULL)"
#define OVERTURNED                                                                                 \
    "d.to_state IN ('approved', 'rejected', 'spam') AND d.action <> 'undo' AND EXISTS"             \
    " (SELECT 1 FROM decision n WHERE n.comment_id = d.comment_id AND n.action <> 'undo'"          \
    "  AND n.moderator_id <> d.moderator_id AND n.id > d.id"                                       \
    "  AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes_id = n.id)"                         \
    "  AND NOT EXISTS (SELECT 1 FROM decision b WHERE b.comment_id = d.comment_id"                 \
    "                  AND b.id > d.id AND b.id < n.id))"

static void compare_person(const struct figures *figures, const char *login)
{
    static const char *const actions[][2] = {{"approved", "approve"},
                                             {"rejected", "reject"},
                                             {"spam", "spam"},
                                             {"held", "hold"},
                                             {"escalated", "escalate"}};
    struct arena *arena = &figures->fixture->arena;
    const char *of = arena_printf(arena, "m.login = '%s'", login);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(value(figures, "people", "login", login, actions[i][0]),
                         count(figures, DECISIONS, "d.decided_at",
                               arena_printf(arena, "%s AND d.action = '%s' AND NOT " UNDONE, of,
                                            actions[i][1])));
    assert_int_equal(
        value(figures, "people", "login", login, "undone"),
        count(figures, DECISIONS, "d.decided_at", arena_printf(arena, "%s AND " UNDONE, of)));
    assert_int_equal(
        value(figures, "care", "login", login, "overturned"),
        count(figures, DECISIONS, "d.decided_at", arena_printf(arena, "%s AND " OVERTURNED, of)));
    assert_int_equal(
        value(figures, "care", "login", login, "measured"),
        count(figures, DECISIONS, "d.decided_at",
              arena_printf(arena,
                           "%s AND d.action <> 'undo' AND d.decided_at - (SELECT p.decided_at FROM"
                           " (SELECT id, lag(decided_at) OVER (PARTITION BY moderator_id ORDER BY"
                           " id) AS decided_at FROM decision) p WHERE p.id = d.id) < 600",
                           of)));
}

static void compare_reasons(const struct figures *figures)
{
    const struct figure_rows *rows = &figures->rows[find_table(figures, "reasons")];
    struct arena *arena = &figures->fixture->arena;
    int64_t sum = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct figure *values = rows->rows[i].values;
        assert_int_equal(
            values[4].number,
            count(figures, DECISIONS, "d.decided_at",
                  arena_printf(arena,
                               "m.login = '%.*s' AND NOT " UNDONE
                               " AND d.reason_id = (SELECT id FROM reason WHERE slug"
                               " = '%.*s')",
                               STR_FORMAT(values[1].text), STR_FORMAT(values[2].text))));
        sum += values[4].number;
    }
    assert_int_equal(
        sum, count(figures, DECISIONS, "d.decided_at", "d.action = 'reject' AND NOT " UNDONE));
}

#define RESPONSES "response r JOIN comment c ON c.id = r.comment_id"

static void compare_answers(const struct figures *figures)
{
    assert_int_equal(value(figures, "all", NULL, NULL, "published"),
                     count(figures, RESPONSES, "r.published_at", "r.state = 'published'"));
    assert_int_equal(value(figures, "all", NULL, NULL, "submitted"),
                     count(figures, RESPONSES, "r.submitted_at", "true"));
    assert_int_equal(value(figures, "all", NULL, NULL, "drafted"),
                     count(figures, RESPONSES, "r.created_at", "true"));
    assert_int_equal(
        value(figures, "all", NULL, NULL, "waiting"),
        ask(figures->fixture, arena_printf(&figures->fixture->arena,
                                           "SELECT count(*) FROM " RESPONSES
                                           " JOIN consultation k ON k.id = c.consultation_id JOIN"
                                           " agency g ON g.id = k.agency_id WHERE r.state ="
                                           " 'submitted' AND (%s)",
                                           figures->comments)));
    const struct figure_rows *days = &figures->rows[find_table(figures, "days")];
    int64_t sum = 0;
    for (size_t i = 0; i < days->count; i++)
        sum += days->rows[i].values[1].number;
    assert_int_equal(sum, value(figures, "all", NULL, NULL, "published"));
    assert_int_equal(days->count, figures->scope.last_day - figures->scope.first_day + 1);
}

static void compare_voices(const struct figures *figures)
{
    static const char *const consultations[] = {"traffic", "metro", "gardens", "beaches"};
    static const char *const languages[] = {"ar", "en", "und", "fa"};
    static const char *const channels[] = {"web", "app", "townhall"};
    static const char *const tags[] = {"parking", "safety", "metro"};
    struct arena *arena = &figures->fixture->arena;
    assert_int_equal(value(figures, "all", NULL, NULL, "comments"),
                     count(figures, "comment c", "c.received_at", "true"));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            value(figures, "consultations", "consultation", consultations[i], "comments"),
            count(figures, "comment c", "c.received_at",
                  arena_printf(arena, "k.slug = '%s'", consultations[i])));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(value(figures, "languages", "language", languages[i], "comments"),
                         count(figures, "comment c", "c.received_at",
                               arena_printf(arena, "c.language = '%s'", languages[i])));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(value(figures, "channels", "channel", channels[i], "comments"),
                         count(figures, "comment c", "c.received_at",
                               arena_printf(arena, "c.channel = '%s'", channels[i])));
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            value(figures, "tags", "tag", tags[i], "comments"),
            count(figures,
                  "comment_tag x JOIN tag t ON t.id = x.tag_id JOIN comment c ON c.id ="
                  " x.comment_id",
                  "x.tagged_at", arena_printf(arena, "t.slug = '%s'", tags[i])));
}

static void tag_some(struct history *history)
{
    struct fixture *fixture = history->fixture;
    for (int i = 0; i < 90; i++) {
        bool changed;
        int64_t comment = history_any(history), tag = fixture->tags[fixture_random(fixture, 3)];
        int64_t at = FIXTURE_NOW - fixture_random(fixture, 45 * 86400);
        must(fixture, comment_tag_add(fixture->store, comment, tag, history->people[0], at,
                                      &changed, &fixture->error));
        if (i % 5 == 0)
            must(fixture, comment_tag_remove(fixture->store, comment, tag, history->people[0], at,
                                             &changed, &fixture->error));
    }
}

static void compare_all(struct fixture *fixture)
{
    static const char *const logins[] = {"person-0", "person-1", "person-2",
                                         "person-3", "person-4", "khalid"};
    struct figures figures;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_figures(&figures, fixture, "moderators", cases[i].line, cases[i].comments);
        for (size_t person = 0; person < sizeof logins / sizeof *logins; person++)
            compare_person(&figures, logins[person]);
        compare_reasons(&figures);
        read_figures(&figures, fixture, "answers", cases[i].line, cases[i].comments);
        compare_answers(&figures);
        read_figures(&figures, fixture, "voices", cases[i].line, cases[i].comments);
        compare_voices(&figures);
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

static void live_and_compare(struct history *history)
{
    struct fixture *fixture = history->fixture;
    history_go_on(history, 700);
    tag_some(history);
    compare_all(fixture);
    must(fixture, figures_recount(fixture->store, &fixture->error));
    compare_all(fixture);
    history_go_on(history, 9); /* a few that the sums do not have yet */
    compare_all(fixture);
}

static void what_is_read_is_what_is_counted(void **state)
{
    static const uint32_t seeds[] = {3, 99};
    static const char *const clocks[] = {"10800", "-12600"};
    figures_live(state, seeds, clocks, 2, live_and_compare);
}

static void a_wrong_sum_is_found(void **state)
{
    struct fixture *fixture = *state;
    static const char *const harms[] = {"UPDATE work SET undone = undone + 1",
                                        "DELETE FROM work_reason",
                                        "UPDATE answer SET published = 7",
                                        "DELETE FROM answer_state",
                                        "UPDATE voice SET arrived = arrived + 1",
                                        "DELETE FROM voice_of",
                                        "UPDATE voice_tag SET comments = 5",
                                        "DELETE FROM question",
                                        "UPDATE question_count SET questions = 99",
                                        "UPDATE question_of SET questions = 0",
                                        "UPDATE voice_span SET comments = 0",
                                        "UPDATE voice_of SET comments = comments + 1",
                                        "DELETE FROM last_deed",
                                        "DELETE FROM escalation",
                                        "UPDATE cluster_total SET letters = letters + 1"};
    struct history history;
    bool changed;
    history_start(&history, fixture);
    history_go_on(&history, 400);
    must(fixture, comment_tag_add(fixture->store, history.comments[0], fixture->tags[0],
                                  history.people[0], FIXTURE_NOW, &changed, &fixture->error));
    fixture_add_text(fixture, "Why?");
    figures_harmed(fixture, harms, sizeof harms / sizeof *harms);
    history_end(&history);
}

/* --- By hand --- */

static void decide(struct fixture *fixture, int64_t comment, int person, bool spam, int64_t at)
{
    struct decision decision = {.comment_id = comment,
                                .moderator_id = fixture->moderators[person],
                                .action = spam ? ACTION_SPAM : ACTION_APPROVE,
                                .from_state = STATE_PENDING,
                                .to_state = spam ? STATE_SPAM : STATE_APPROVED,
                                .decided_at = at};
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

/* Krippendorff's example of binary data: ten comments, khalid's decisions and noora's second looks.
 * Alpha 0.095. Both alike on 6; kappa (0.6 - 0.56) / (1 - 0.56) = 0.091. */
static void agreement_is_that_of_the_worked_example(void **state)
{
    struct fixture *fixture = *state;
    static const char first[] = "0100000010", second[] = "1110010000";
    int64_t ids[10], drawn;
    struct figures figures;
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < 10; i++) {
        ids[i] = fixture_add_text(fixture, "words");
        decide(fixture, ids[i], 0, first[i] == '1', FIXTURE_NOW - 1000 + 20 * i);
    }
    must(fixture, second_draw(fixture->store, 50, FIXTURE_NOW - 86400, fixture->moderators[0],
                              FIXTURE_NOW - 500, &drawn, &fixture->error));
    assert_int_equal(drawn, 10);
    read_figures(&figures, fixture, "moderators", "", "true");
    assert_int_equal(value(&figures, "team", NULL, NULL, "open"), 10);
    struct second_look look;
    assert_int_equal(second_next(fixture->store, fixture->moderators[0], FIXTURE_NOW, 0,
                                 &fixture->arena, &look, &fixture->error),
                     STATUS_EMPTY);
    log_set_person(fixture->store, fixture->moderators[1]);
    for (int i = 0; i < 10; i++) {
        must(fixture, second_of(fixture->store, ids[i], &fixture->arena, &look, &fixture->error));
        must(fixture, second_say(fixture->store, &look, fixture->moderators[1],
                                 second[i] == '1' ? ACTION_SPAM : ACTION_APPROVE, FIXTURE_NOW - 1,
                                 &fixture->error));
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
    read_figures(&figures, fixture, "moderators", "", "true");
    assert_int_equal(value(&figures, "team", NULL, NULL, "compared"), 10);
    assert_int_equal(value(&figures, "team", NULL, NULL, "agreed"), 600);
    assert_int_equal(value(&figures, "team", NULL, NULL, "alpha"), 95);
    assert_int_equal(value(&figures, "team", NULL, NULL, "open"), 0);
    assert_int_equal(value(&figures, "care", "login", "khalid", "kappa"), 91);
    assert_int_equal(value(&figures, "care", "login", "noora", "kappa"), 91);
    /* Nine times 20 seconds: evenly spread from 20 to 30, half lie within 25, 90% within 29. */
    assert_int_equal(value(&figures, "care", "login", "khalid", "measured"), 9);
    assert_int_equal(value(&figures, "care", "login", "khalid", "median"), 25);
    assert_int_equal(value(&figures, "care", "login", "khalid", "percentile_90"), 29);
    read_figures(&figures, fixture, "moderators", "consultation:metro", "true");
    assert_int_equal(value(&figures, "team", NULL, NULL, "compared"), 0);
    assert_int_equal(
        store_execute(fixture->store, "UPDATE second_look SET action = 'hold'", &fixture->error),
        STATUS_STORE);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_proposal_is_kept_beside_its_decision(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < 4; i++) {
        int64_t id = fixture_add_text(fixture, "words");
        struct proposal proposal = {.comment_id = id,
                                    .moderator_id = fixture->moderators[1],
                                    .revision = 1,
                                    .action = i == 0 ? ACTION_SPAM : ACTION_APPROVE,
                                    .proposed_at = FIXTURE_NOW - 200};
        must(fixture, proposal_write(fixture->store, &proposal, &fixture->error));
        decide(fixture, id, 0, false, FIXTURE_NOW - 100);
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
    read_figures(&figures, fixture, "moderators", "", "true");
    assert_int_equal(value(&figures, "proposals", "login", "noora", "proposals"), 4);
    assert_int_equal(value(&figures, "proposals", "login", "noora", "agreed"), 750);
    assert_int_equal(value(&figures, "proposals", "login", "noora", "kappa"), -1); /* too few */
    assert_int_equal(value(&figures, "team", NULL, NULL, "compared"), 0);
}

static void percentiles_lie_between_the_bounds(void **state)
{
    static const int64_t bounds[] = {10, 20, 40}, none[3] = {0}, some[] = {2, 6, 10};
    (void)state;
    assert_int_equal(kept_percentile(none, bounds, 3, 0, 50), -1);
    assert_int_equal(kept_percentile(some, bounds, 3, 10, 10), 5);
    assert_int_equal(kept_percentile(some, bounds, 3, 10, 50), 17); /* 10 + 10 * 3 / 4 */
    assert_int_equal(kept_percentile(some, bounds, 3, 10, 100), 40);
    assert_int_equal(kept_percentile(some, bounds, 3, 20, 90), 40); /* longer than the last bound */
}

/* Ten of ten comments here and none of ten elsewhere: G2 is 2 * 20 * ln 2 = 27.726. */
static void likelihood_is_worked_out(void **state)
{
    (void)state;
    assert_int_equal(words_likelihood(10, 10, 0, 10), 27726);
    assert_int_equal(words_likelihood(5, 10, 50, 100), 0);
    assert_int_equal(words_likelihood(1, 1, 0, 0), 0);
    assert_int_equal(words_likelihood(0, 10, 0, 10), 0);
}

static void words_stand_out_within_their_language(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < 40; i++) {
        static const char *const bodies[] = {"parking near the station", "trains at night"};
        struct comment comment = fixture_comment(
            fixture, i % 2, str_of(arena_printf(&fixture->arena, "%s %d", bodies[i % 2], i)));
        fixture_add(fixture, comment);
        comment = fixture_comment(fixture, 0, str_of("سيارات كثيرة في الشارع"));
        comment.language = str_of("ar");
        if (i < 12)
            fixture_add(fixture, comment);
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
    read_figures(&figures, fixture, "voices", "", "true");
    const struct figure_rows *rows = &figures.rows[find_table(&figures, "words")];
    bool parking = false, trains = false, arabic = false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct figure *values = rows->rows[i].values;
        parking = parking || (str_equal(values[0].text, str_of("parking")) &&
                              str_equal(values[2].text, str_of("traffic")));
        trains = trains || (str_equal(values[0].text, str_of("trains")) &&
                            str_equal(values[2].text, str_of("metro")));
        arabic = arabic || values[0].text.data[0] == "س"[0];
    }
    assert_true(parking && trains && !arabic); /* nobody else writes Arabic: nothing to compare */
}

static void questions_wait_for_an_answer(void **state)
{
    struct fixture *fixture = *state;
    struct figures figures;
    must(fixture, store_begin(fixture->store, &fixture->error));
    int64_t first = fixture_add_text(fixture, "When does the metro open?");
    int64_t second = fixture_add_text(fixture, "متى يفتح المترو؟ نريد أن نعرف");
    int64_t third = fixture_add_text(fixture, "Where? Here.");
    fixture_add_text(fixture, "see https://example.org/?page=2 for more");
    fixture_add_text(fixture, "no question");
    decide(fixture, third, 0, true, FIXTURE_NOW - 90);
    struct response response = {.comment_id = first,
                                .agency_id = fixture->agencies[0],
                                .author_id = fixture->moderators[0],
                                .language = str_of("en"),
                                .body = str_of("Soon."),
                                .state = RESPONSE_PUBLISHED,
                                .created_at = FIXTURE_NOW - 80,
                                .changed_at = FIXTURE_NOW - 70,
                                .submitted_at = FIXTURE_NOW - 75,
                                .published_at = FIXTURE_NOW - 70};
    must(fixture, response_write(fixture->store, &response, response.author_id, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    for (int i = 0; i < 7; i++) {
        static const char *const lines[] = {"",
                                            "from:2d",
                                            "language:en",
                                            "channel:web",
                                            "from:2d agency:roads",
                                            "consultation:traffic",
                                            "language:en channel:web"};
        read_figures(&figures, fixture, "voices", lines[i], "true");
        const struct figure_rows *rows = &figures.rows[find_table(&figures, "questions")];
        assert_int_equal(value(&figures, "all", NULL, NULL, "unanswered"), 1);
        assert_int_equal(value(&figures, "consultations", "consultation", "traffic", "unanswered"),
                         1);
        assert_int_equal(rows->count, 1);
        assert_int_equal(rows->rows[0].comment, second);
    }
    for (int i = 0; i < 3; i++) {
        static const char *const lines[] = {"consultation:metro", "agency:parks",
                                            "from:9d to:8d language:en"};
        read_figures(&figures, fixture, "voices", lines[i], "true");
        assert_int_equal(value(&figures, "all", NULL, NULL, "unanswered"), 0);
        assert_int_equal(figures.rows[find_table(&figures, "questions")].count, 0);
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_read_is_what_is_counted),
        TEST(a_wrong_sum_is_found),
        TEST(agreement_is_that_of_the_worked_example),
        TEST(a_proposal_is_kept_beside_its_decision),
        cmocka_unit_test(percentiles_lie_between_the_bounds),
        cmocka_unit_test(likelihood_is_worked_out),
        TEST(words_stand_out_within_their_language),
        TEST(questions_wait_for_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
