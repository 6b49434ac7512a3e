/* Letters that are alike, as Voices narrows them: against plain SQL over random histories, and against
 * answers worked out by hand. */
#include "unit/figures_support.h"

#include "store/figures_voices.h"
#include "store/log.h"

enum { ALL_LETTERS = 1, ALL_CLUSTERS };                    /* columns of Voices' first table, */
enum { CLUSTER_ID = 1, CLUSTER_LETTERS, CLUSTER_WAITING }; /* and of its clusters */

struct voices_read {
    struct fixture *fixture;
    struct figure_scope scope;
    int64_t letters, clusters;
    const struct figure_rows *rows;
};

/* Reads Voices; rows are those of this table. */
static struct voices_read read_table(struct fixture *fixture, const char *line, const char *table)
{
    struct voices_read read = {.fixture = fixture};
    const struct figure_set *set = figure_set_find(str_of("voices"));
    const struct figure_rows *rows = figures_of(fixture, "voices", line, &read.scope);
    read.letters = rows[0].rows[0].values[ALL_LETTERS].number;
    read.clusters = rows[0].rows[0].values[ALL_CLUSTERS].number;
    for (size_t i = 0; i < set->table_count; i++) {
        if (strcmp(set->tables[i].name, table) == 0)
            read.rows = &rows[i];
    }
    assert_non_null(read.rows);
    return read;
}

static struct voices_read read_voices(struct fixture *fixture, const char *line)
{
    return read_table(fixture, line, "clusters");
}

/* The number in a row. */
static int64_t cell(const struct voices_read *read, size_t row, size_t column)
{
    assert_true(row < read->rows->count);
    return read->rows->rows[row].values[column].number;
}

/* How many comments the queue finds that a row leads to. */
static int64_t led_to(const struct voices_read *read, size_t row)
{
    struct fixture *fixture = read->fixture;
    int64_t counts[STATE_COUNT], sum = 0;
    struct query query;
    size_t at;
    must(fixture,
         query_parse(read->rows->rows[row].query, &fixture->arena, &query, &at, &fixture->error));
    must(fixture, queue_counts(fixture->store, &query, INT64_MAX, counts, &fixture->error));
    for (int i = 0; i < STATE_COUNT; i++)
        sum += counts[i];
    return sum;
}

/* --- Random histories --- */

static const struct {
    const char *line, *comments;
} cases[] = {
    {"", "true"},
    {"agency:roads", "g.slug = 'roads'"},
    {"consultation:metro", "k.slug = 'metro'"},
    {"language:ar", "c.language = 'ar'"},
    {"channel:web", "c.channel = 'web'"},
    {"language:fa channel:townhall", "c.language = 'fa' AND c.channel = 'townhall'"},
    {"agency:roads language:en", "g.slug = 'roads' AND c.language = 'en'"},
    {"consultation:metro channel:app", "k.slug = 'metro' AND c.channel = 'app'"},
    {"agency:parks consultation:metro language:ar", "false"},
    {"agency:parks channel:web language:ar",
     "g.slug = 'parks' AND c.language = 'ar' AND c.channel = 'web'"},
    {"from:20d", "true"},
    {"from:40d to:9d", "true"},
    {"from:20d agency:roads", "g.slug = 'roads'"},
    {"from:20d consultation:metro channel:web", "k.slug = 'metro' AND c.channel = 'web'"},
    {"from:3d language:ar", "c.language = 'ar'"},
    {"from:1d language:fa", "c.language = 'fa'"},
};

/* Asks what the letters of a scope come to: beginning is what stands before FROM, and end what stands
 * behind the condition. */
static int64_t ask_letters(const struct voices_read *read, const char *comments,
                           const char *beginning, const char *end)
{
    const struct figure_scope *scope = &read->scope;
    long long first = (long long)(scope->first_day * SECONDS_OF_DAY - scope->clock);
    long long until = (long long)((scope->last_day + 1) * SECONDS_OF_DAY - scope->clock);
    return ask(read->fixture,
               arena_printf(&read->fixture->arena,
                            "SELECT %s " FROM_COMMENT "WHERE c.cluster_id IS NOT NULL"
                            " AND c.received_at >= %lld AND c.received_at < %lld AND %s %s",
                            beginning, first, until, comments, end));
}

static void compare_case(struct fixture *fixture, const char *line, const char *comments)
{
    static const char *const columns[] = {NULL, "c.cluster_id", "count(*)",
                                          "sum(c.state " WAITS ")"};
    struct voices_read read = read_voices(fixture, line);
    assert_int_equal(read.letters, ask_letters(&read, comments, "count(*)", ""));
    assert_int_equal(read.clusters,
                     ask_letters(&read, comments, "count(DISTINCT c.cluster_id)", ""));
    assert_int_equal(read.rows->count, read.clusters < VOICES_SHOWN ? read.clusters : VOICES_SHOWN);
    for (size_t row = 0; row < read.rows->count; row++) {
        const char *end = arena_printf(&fixture->arena,
                                       "GROUP BY c.cluster_id ORDER BY count(*) DESC, c.cluster_id"
                                       " LIMIT 1 OFFSET %zu",
                                       row);
        for (size_t column = CLUSTER_ID; column <= CLUSTER_WAITING; column++)
            assert_int_equal(cell(&read, row, column),
                             ask_letters(&read, comments, columns[column], end));
        if (voices_always(&read.scope)) /* other days are those of who looks */
            assert_true(led_to(&read, row) >= cell(&read, row, CLUSTER_LETTERS));
    }
}

static void compare_all(struct fixture *fixture)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        compare_case(fixture, cases[i].line, cases[i].comments);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* An import brings comments, of which some make letters of what was there, and decides on none. */
static void import_some(struct history *history)
{
    struct fixture *fixture = history->fixture;
    must(fixture, store_begin(fixture->store, &fixture->error));
    comment_add_together(fixture->store);
    for (int i = 0; i < 150; i++) {
        history->at += fixture_random(fixture, 900);
        history_arrive(history);
    }
    must(fixture, comment_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
}

static void live_and_compare(struct history *history)
{
    struct fixture *fixture = history->fixture;
    history->letters = true;
    history->at -= 40 * (int64_t)SECONDS_OF_DAY;
    import_some(history);
    compare_all(fixture);
    history_go_on(history, 500);
    compare_all(fixture);
    history->at = FIXTURE_NOW - 5 * (int64_t)SECONDS_OF_DAY;
    import_some(history);
    history_go_on(history, 60);
    compare_all(fixture);
    must(fixture, figures_recount(fixture->store, &fixture->error));
    compare_all(fixture);
}

static void what_is_read_is_what_is_counted(void **state)
{
    static const uint32_t seeds[] = {5, 77};
    static const char *const clocks[] = {"10800", "-12600"};
    figures_live(state, seeds, clocks, 2, live_and_compare);
}

/* Every kept number is looked at by the check. */
static void a_wrong_sum_is_found(void **state)
{
    struct fixture *fixture = *state;
    static const char *const harms[] = {
        "UPDATE cluster_day SET letters = letters + 1",
        "UPDATE cluster_day SET waiting = waiting + 1",
        "UPDATE cluster_sum SET waiting = waiting - 1 WHERE narrowed = 'both'",
        "UPDATE cluster_sum SET letters = letters + 1 WHERE narrowed = 'channel'",
        "DELETE FROM cluster_sum WHERE narrowed = 'language'",
        "UPDATE cluster_sum_count SET clusters = clusters + 1 WHERE consultation_id = 0",
        "DELETE FROM cluster_sum_count WHERE consultation_id <> 0",
    };
    struct history history;
    history_start(&history, fixture);
    history.letters = true;
    history_go_on(&history, 150);
    figures_harmed(fixture, harms, sizeof harms / sizeof *harms);
    history_end(&history);
}

/* --- By hand --- */

struct letter {
    int consultation;
    uint32_t text;
    const char *language, *channel;
    int days_ago;
    int64_t id;
};

static struct comment comment_of(struct fixture *fixture, const struct letter *letter)
{
    struct comment comment =
        fixture_comment(fixture, letter->consultation, history_letter(fixture, letter->text));
    comment.language = str_of(letter->language);
    comment.channel = str_of(letter->channel);
    comment.received_at = FIXTURE_NOW - letter->days_ago * (int64_t)SECONDS_OF_DAY;
    return comment;
}

/* A row of clusters as it is expected. */
struct expected {
    const char *line;
    int64_t letters, clusters;
    struct {
        int cluster; /* 1 or 2, the first that began being 1 */
        int64_t letters, waiting;
    } rows[3];
};

static void expect(struct fixture *fixture, const struct expected *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct voices_read read = read_voices(fixture, expected[i].line);
        size_t row = 0;
        assert_int_equal(read.letters, expected[i].letters);
        assert_int_equal(read.clusters, expected[i].clusters);
        for (; expected[i].rows[row].cluster; row++) {
            assert_int_equal(cell(&read, row, CLUSTER_ID), expected[i].rows[row].cluster);
            assert_int_equal(cell(&read, row, CLUSTER_LETTERS), expected[i].rows[row].letters);
            assert_int_equal(cell(&read, row, CLUSTER_WAITING), expected[i].rows[row].waiting);
            assert_int_equal(led_to(&read, row), expected[i].rows[row].letters);
        }
        assert_int_equal(read.rows->count, row);
    }
}

static void change_body(struct fixture *fixture, int64_t id, const char *body)
{
    enum comment_outcome outcome;
    struct comment comment;
    must(fixture,
         comment_read(fixture->store, id, 0, 0, &fixture->arena, &comment, &fixture->error));
    comment.body = str_of(body);
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_CHANGED);
}

static void clusters_are_narrowed(void **state)
{
    struct fixture *fixture = *state;
    struct letter letters[] = {
        {0, 0, "en", "web", 0, 0},       {0, 0, "en", "app", 0, 0}, {0, 0, "en", "web", 10, 0},
        {0, 0, "ar", "web", 10, 0},      {1, 1, "ar", "web", 0, 0}, {1, 1, "ar", "web", 0, 0},
        {1, 1, "ar", "townhall", 40, 0},
    };
    static const struct expected as_they_came[] = {
        {"", 7, 2, {{1, 4, 3}, {2, 3, 3}}},
        {"language:ar", 4, 2, {{2, 3, 3}, {1, 1, 1}}},
        {"language:en", 3, 1, {{1, 3, 2}}},
        {"language:fa", 0, 0, {{0, 0, 0}}},
        {"channel:web", 5, 2, {{1, 3, 2}, {2, 2, 2}}},
        {"language:ar channel:web", 3, 2, {{2, 2, 2}, {1, 1, 1}}},
        {"agency:roads channel:web", 5, 2, {{1, 3, 2}, {2, 2, 2}}},
        {"agency:parks channel:web", 0, 0, {{0, 0, 0}}},
        {"consultation:metro channel:townhall", 1, 1, {{2, 1, 1}}},
        {"consultation:traffic language:ar", 1, 1, {{1, 1, 1}}},
        {"from:2d", 4, 2, {{1, 2, 1}, {2, 2, 2}}},
        {"from:20d to:5d", 2, 1, {{1, 2, 2}}},
        {"from:20d language:en", 3, 1, {{1, 3, 2}}},
        {"from:60d to:30d consultation:metro", 1, 1, {{2, 1, 1}}},
        {"from:60d agency:roads channel:web language:ar", 3, 2, {{2, 2, 2}, {1, 1, 1}}},
    };
    static const struct expected later[] = {
        {"language:ar", 3, 1, {{2, 3, 3}}},
        {"language:en", 3, 1, {{1, 3, 3}}},
        {"from:20d to:5d", 1, 1, {{1, 1, 1}}},
        {"language:ar channel:web", 2, 1, {{2, 2, 2}}},
    };
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        letters[i].id = fixture_add(fixture, comment_of(fixture, &letters[i]));
    struct decision decision = {.comment_id = letters[0].id,
                                .moderator_id = fixture->moderators[0],
                                .action = ACTION_APPROVE,
                                .from_state = STATE_PENDING,
                                .to_state = STATE_APPROVED,
                                .decided_at = FIXTURE_NOW};
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    expect(fixture, as_they_came, sizeof as_they_came / sizeof *as_they_came);
    assert_int_equal(fixture_faults(fixture), 0);

    /* One is taken back, another becomes a text that is like none. */
    must(fixture, store_begin(fixture->store, &fixture->error));
    struct decision undo = {.comment_id = letters[0].id,
                            .moderator_id = fixture->moderators[0],
                            .action = ACTION_UNDO,
                            .from_state = STATE_APPROVED,
                            .to_state = STATE_PENDING,
                            .undoes_id = decision.id,
                            .decided_at = FIXTURE_NOW};
    must(fixture, decision_add(fixture->store, &undo, &fixture->error));
    change_body(fixture, letters[3].id, "Something else altogether.");
    must(fixture, store_commit(fixture->store, &fixture->error));
    expect(fixture, later, sizeof later / sizeof *later);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* Sections of two consultations, by their numbers; each row leads to what it counts. */
static void sections_lead_to_their_comments(void **state)
{
    enum { SECTION_ORDINAL = 2, SECTION_COMMENTS };
    struct fixture *fixture = *state;
    static const struct {
        const char *line;
        size_t count;
        int64_t rows[3][2]; /* a section's number, and its comments */
    } expected[] = {
        {"", 3, {{2, 4}, {1, 2}, {1, 1}}},
        {"language:ar", 2, {{1, 2}, {2, 2}}},
        {"agency:roads channel:web", 3, {{2, 3}, {1, 1}, {1, 1}}},
        {"from:2d", 3, {{2, 3}, {1, 1}, {1, 1}}},
        {"from:20d to:5d language:ar", 2, {{1, 1}, {2, 1}}},
        {"consultation:metro", 1, {{1, 1}}},
        {"agency:parks", 0, {{0, 0}}},
    };
    static const struct {
        int section, days_ago;
        const char *language, *channel;
    } comments[] = {
        {1, 0, "en", "web"}, {1, 0, "en", "web"}, {1, 0, "ar", "app"}, {1, 10, "ar", "web"},
        {0, 0, "ar", "app"}, {0, 9, "ar", "web"}, {2, 0, "en", "web"},
    };
    struct section sections[] = {{.ordinal = 1}, {.ordinal = 2}, {.ordinal = 1}};
    for (int i = 0; i < 3; i++) {
        sections[i].consultation_id = fixture->consultations[i / 2];
        must(fixture, section_add(fixture->store, &sections[i], &fixture->error));
    }
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++) {
        struct comment comment =
            fixture_comment(fixture, comments[i].section / 2, str_of("words of a comment"));
        comment.section_id = sections[comments[i].section].id;
        comment.language = str_of(comments[i].language);
        comment.channel = str_of(comments[i].channel);
        comment.received_at = FIXTURE_NOW - comments[i].days_ago * (int64_t)SECONDS_OF_DAY;
        fixture_add(fixture, comment);
    }
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct voices_read read = read_table(fixture, expected[i].line, "sections");
        assert_int_equal(read.rows->count, expected[i].count);
        for (size_t row = 0; row < read.rows->count; row++) {
            assert_int_equal(cell(&read, row, SECTION_ORDINAL), expected[i].rows[row][0]);
            assert_int_equal(cell(&read, row, SECTION_COMMENTS), expected[i].rows[row][1]);
            assert_int_equal(led_to(&read, row), expected[i].rows[row][1]);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clusters_are_narrowed),
        TEST(sections_lead_to_their_comments),
        TEST(a_wrong_sum_is_found),
        TEST(what_is_read_is_what_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
