/* Look-alikes in the store: found as they come, counted as they move, and never dearer for those
 * who want them to be. */
#include "unit/store_support.h"

#include "alike/labelled.h"
#include "base/buffer.h"
#include "store/alike.h"
#include "store/queue_scope.h"
#include "text/alike.h"

static const char letter[] =
    "The draft timetable cancels the last ferry at half past ten. Hospital and hotel staff who "
    "finish the late shift would be left on the wrong side of the bay, with a taxi costing them "
    "half a day's wage. I ask the ministry to keep the last ferry until a night bus runs.";
static const char other[] =
    "نطالب بتمديد خط الحافلات إلى حي الغرافة لأن سكان الحي وطلاب المدارس لا يجدون وسيلة نقل عامة "
    "بعد السادسة مساء ولأن المسافة إلى أقرب محطة تزيد على كيلومترين في حر الصيف نرجو إدراج الخط في "
    "خطة هذا العام والسلام عليكم ورحمة الله";

/* The letter with a sender's own words behind it. In the fixture's arena. */
static struct str signed_letter(struct fixture *fixture, const char *text, int number)
{
    return str_of(arena_printf(&fixture->arena, "%s\nSender number %d", text, number));
}

static int64_t cluster_of(struct fixture *fixture, int64_t comment)
{
    return ask(fixture, arena_printf(&fixture->arena,
                                     "SELECT ifnull(cluster_id, 0) FROM comment WHERE id = %lld",
                                     (long long)comment));
}

static int64_t add_text(struct fixture *fixture, int consultation, struct str body)
{
    return fixture_add(fixture, fixture_comment(fixture, consultation, body));
}

static void letters_come_together(void **state)
{
    struct fixture *fixture = *state;
    int64_t first = add_text(fixture, 0, signed_letter(fixture, letter, 1));
    int64_t alone = add_text(fixture, 0, str_of("A night bus would help the hospital staff."));
    assert_int_equal(cluster_of(fixture, first), 0);
    int64_t second = add_text(fixture, 0, signed_letter(fixture, letter, 2));
    int64_t third = add_text(fixture, 0, signed_letter(fixture, letter, 3));
    int64_t arabic = add_text(fixture, 0, signed_letter(fixture, other, 1));
    add_text(fixture, 0, signed_letter(fixture, other, 2));
    int64_t cluster = cluster_of(fixture, first);
    assert_true(cluster > 0);
    assert_int_equal(cluster_of(fixture, second), cluster);
    assert_int_equal(cluster_of(fixture, third), cluster);
    assert_int_equal(cluster_of(fixture, alone), 0);
    assert_true(cluster_of(fixture, arabic) > 0 && cluster_of(fixture, arabic) != cluster);

    struct cluster read;
    must(fixture,
         cluster_read(fixture->store, cluster, true, &fixture->arena, &read, &fixture->error));
    assert_int_equal(read.letters, 3);
    assert_int_equal(read.counts[STATE_PENDING], 3);
    assert_true(str_equal(read.pattern, signed_letter(fixture, letter, 1)));
    int64_t letters, clusters;
    must(fixture, cluster_totals(fixture->store, 0, 0, &letters, &clusters, &fixture->error));
    assert_int_equal(letters, 5);
    assert_int_equal(clusters, 2);
    must(fixture, cluster_totals(fixture->store, 0, fixture->agencies[1], &letters, &clusters,
                                 &fixture->error));
    assert_int_equal(letters, 0);
    struct cluster *list;
    size_t count;
    must(fixture, cluster_list(fixture->store, fixture->consultations[0], 0, 10, &fixture->arena,
                               &list, &count, &fixture->error));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id, cluster);
    assert_int_equal(list[0].consultation_id, fixture->consultations[0]);
    assert_true(list[0].pattern.size > 0 && str_starts(read.pattern, list[0].pattern));
    assert_true(list[0].waiting > 0);
    must(fixture, cluster_list(fixture->store, 0, fixture->agencies[0], 1, &fixture->arena, &list,
                               &count, &fixture->error));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, cluster);
    must(fixture, cluster_list(fixture->store, 0, fixture->agencies[1], 9, &fixture->arena, &list,
                               &count, &fixture->error));
    assert_int_equal(count, 0);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_cluster_lies_in_one_consultation(void **state)
{
    struct fixture *fixture = *state;
    int64_t here = add_text(fixture, 0, str_of(letter));
    int64_t there = add_text(fixture, 1, str_of(letter));
    assert_int_equal(cluster_of(fixture, here), 0);
    assert_int_equal(cluster_of(fixture, there), 0);
    int64_t again = add_text(fixture, 1, str_of(letter));
    assert_int_equal(cluster_of(fixture, here), 0);
    assert_int_equal(cluster_of(fixture, there), cluster_of(fixture, again));
    assert_int_equal(fixture_faults(fixture), 0);
}

/* What comes many at a time falls into the same clusters as what comes one by one. */
static void an_import_finds_the_same(void **state)
{
    struct fixture *fixture = *state;
    enum { COMMENTS = 400, LETTERS = 25 };
    int64_t single[COMMENTS], together[COMMENTS];
    for (int round = 0; round < 2; round++) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        if (round == 1)
            alike_put_aside(fixture->store);
        for (int i = 0; i < COMMENTS; i++) {
            int which = i * 7 % LETTERS;
            struct buffer text = {0};
            for (int word = 0; word < 60; word++)
                buffer_printf(&text, "%c%d ", 'a' + which, word * (1 + which) % 61);
            buffer_printf(&text, "mine%d", i);
            int64_t id = add_text(fixture, round, buffer_str(&text));
            (round == 0 ? single : together)[i] = id;
            buffer_free(&text);
        }
        if (round == 1)
            must(fixture, alike_settle(fixture->store, &fixture->error));
        must(fixture, store_commit(fixture->store, &fixture->error));
    }
    for (int i = 0; i < COMMENTS; i++) {
        for (int j = i % 3; j < i; j += 3)
            assert_true((cluster_of(fixture, single[i]) == cluster_of(fixture, single[j])) ==
                        (cluster_of(fixture, together[i]) == cluster_of(fixture, together[j])));
    }
    assert_int_equal(ask(fixture, "SELECT count(*) FROM cluster"), 2 * LETTERS);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void what_was_put_aside_goes_with_its_transaction(void **state)
{
    struct fixture *fixture = *state;
    must(fixture, store_begin(fixture->store, &fixture->error));
    alike_put_aside(fixture->store);
    add_text(fixture, 0, str_of(letter));
    add_text(fixture, 0, str_of(letter));
    store_rollback(fixture->store);
    add_text(fixture, 0, str_of(other));
    assert_int_equal(ask(fixture, "SELECT count(*) FROM cluster"), 0);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM alike_key"), ALIKE_KEYS);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* A comment of the fixture's source comes again with another text. */
static void change_text(struct fixture *fixture, int number, struct str body)
{
    struct comment comment = fixture_comment(fixture, 0, body);
    enum comment_outcome outcome;
    comment.source_id = str_of(arena_printf(&fixture->arena, "comment-%d", number));
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_CHANGED);
}

static void who_changes_their_letter_leaves(void **state)
{
    struct fixture *fixture = *state;
    int64_t ids[4];
    for (int i = 0; i < 4; i++)
        ids[i] = add_text(fixture, 0, signed_letter(fixture, letter, i));
    int64_t cluster = cluster_of(fixture, ids[0]);
    /* The one the pattern came from, and a later one that joins another. */
    change_text(fixture, 1, str_of(other));
    assert_int_equal(cluster_of(fixture, ids[0]), 0);
    assert_int_equal(cluster_of(fixture, ids[1]), cluster);
    change_text(fixture, 3, signed_letter(fixture, other, 9));
    assert_true(cluster_of(fixture, ids[2]) != cluster);
    assert_int_equal(cluster_of(fixture, ids[2]), cluster_of(fixture, ids[0]));
    /* The pattern is still found, though nobody has it as it was. */
    int64_t late = add_text(fixture, 0, signed_letter(fixture, letter, 77));
    assert_int_equal(cluster_of(fixture, late), cluster);
    /* A small change changes nothing. */
    change_text(fixture, 2, signed_letter(fixture, letter, 1000));
    assert_int_equal(cluster_of(fixture, ids[1]), cluster);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* Put aside and changed before it was looked at. */
static void a_change_within_an_import_is_seen(void **state)
{
    struct fixture *fixture = *state;
    must(fixture, store_begin(fixture->store, &fixture->error));
    alike_put_aside(fixture->store);
    int64_t first = add_text(fixture, 0, str_of(letter));
    int64_t second = add_text(fixture, 0, str_of(letter));
    change_text(fixture, 1, str_of(other));
    must(fixture, alike_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    assert_int_equal(cluster_of(fixture, first), 0);
    assert_true(cluster_of(fixture, second) > 0);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* The letter that stands for the others is the first of its state, whatever moves in what order. */
static void one_letter_stands_for_the_others(void **state)
{
    struct fixture *fixture = *state;
    enum { LETTERS = 12, MOVES = 300 };
    static const char *const states[] = {"pending", "approved", "rejected", "held"};
    for (int i = 0; i < LETTERS; i++) {
        struct comment comment =
            fixture_comment(fixture, 0, signed_letter(fixture, i % 2 ? other : letter, i));
        comment.submitted_at = FIXTURE_NOW - (i * 37 % 5) * 100; /* ties, and out of order */
        fixture_add(fixture, comment);
    }
    for (int i = 0; i < MOVES; i++) {
        int64_t id = 1 + fixture_random(fixture, LETTERS);
        run_sql(fixture,
                arena_printf(&fixture->arena, "UPDATE comment SET state = '%s' WHERE id = %lld",
                             states[fixture_random(fixture, 4)], (long long)id));
        assert_int_equal(ask(fixture,
                             "SELECT count(*) FROM comment AS c WHERE represented <> EXISTS"
                             " (SELECT 1 FROM comment AS b WHERE b.cluster_id = c.cluster_id"
                             " AND b.state = c.state"
                             " AND (b.submitted_at, b.id) < (c.submitted_at, c.id))"),
                         0);
        assert_int_equal(ask(fixture, "SELECT (SELECT sum(letters) FROM cluster_count"
                                      " WHERE state <> '') - (SELECT sum(clusters) FROM"
                                      " cluster_count WHERE state <> '')"),
                         ask(fixture, "SELECT sum(represented) FROM comment"));
    }
    run_sql(fixture, "UPDATE comment SET state = 'pending'");
    assert_int_equal(fixture_faults(fixture), 0);
}

static void the_check_finds_what_was_meddled_with(void **state)
{
    struct fixture *fixture = *state;
    static const char *const meddlings[] = {
        "UPDATE comment SET represented = 1 - represented WHERE id = 2",
        "UPDATE cluster SET letters = letters + 1",
        "UPDATE cluster_state SET letters = letters + 1",
        "UPDATE cluster_count SET clusters = clusters + 1 WHERE state = ''",
        "DELETE FROM alike_key",
        "UPDATE comment SET cluster_id = 1 WHERE id = 4",
        "INSERT INTO alike_key VALUES (1, 999)",
    };
    for (int i = 0; i < 3; i++)
        add_text(fixture, 0, signed_letter(fixture, letter, i));
    add_text(fixture, 0, str_of(other));
    assert_int_equal(fixture_faults(fixture), 0);
    for (size_t i = 0; i < sizeof meddlings / sizeof *meddlings; i++) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        run_sql(fixture, meddlings[i]);
        int64_t faults;
        must(fixture,
             store_check(fixture->store, (struct str){0}, NULL, NULL, &faults, &fixture->error));
        if (faults == 0)
            fail_msg("not found: %s", meddlings[i]);
        store_rollback(fixture->store);
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

/* Many identical letters cost a row each, and no more than that. */
static void a_flood_leaves_the_index_small(void **state)
{
    struct fixture *fixture = *state;
    enum { FLOOD = 4000 };
    must(fixture, store_begin(fixture->store, &fixture->error));
    alike_put_aside(fixture->store);
    for (int i = 0; i < FLOOD; i++)
        add_text(fixture, 0, str_of(letter));
    must(fixture, alike_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    assert_int_equal(ask(fixture, "SELECT letters FROM cluster"), FLOOD);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM alike_key"), ALIKE_KEYS);
    assert_int_equal(ask(fixture, "SELECT sum(represented) FROM comment"), FLOOD - 1);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* Texts made to share the words that a letter is found by, and little else. */
static void made_up_collisions_do_not_hide_a_letter(void **state)
{
    struct fixture *fixture = *state;
    enum { COLLISIONS = 60 };
    must(fixture, store_begin(fixture->store, &fixture->error));
    alike_put_aside(fixture->store);
    for (int i = 0; i < COLLISIONS; i++) {
        struct buffer text = {0};
        buffer_add(&text, str_of(letter));
        for (int word = 0; word < 400; word++)
            buffer_printf(&text, " x%d", (i * 400 + word) * 7);
        assert_int_equal(cluster_of(fixture, add_text(fixture, 0, buffer_str(&text))), 0);
        buffer_free(&text);
    }
    must(fixture, alike_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    assert_int_equal(ask(fixture, "SELECT count(*) FROM cluster"), 0);
    assert_true(ask(fixture, "SELECT max(n) FROM (SELECT count(*) AS n FROM alike_key"
                             " GROUP BY key)") <= 8);
    /* A few strangers before it do not keep a campaign from being found. */
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < 5; i++) {
        struct buffer text = {0};
        buffer_add(&text, str_of(letter));
        for (int word = 0; word < 400; word++)
            buffer_printf(&text, " y%d", (i * 400 + word) * 7);
        add_text(fixture, 1, buffer_str(&text));
        buffer_free(&text);
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
    int64_t one = add_text(fixture, 1, signed_letter(fixture, letter, 1));
    int64_t two = add_text(fixture, 1, signed_letter(fixture, letter, 2));
    assert_true(cluster_of(fixture, one) > 0);
    assert_int_equal(cluster_of(fixture, one), cluster_of(fixture, two));
    assert_int_equal(fixture_faults(fixture), 0);
}

static void hostile_bodies_are_taken(void **state)
{
    struct fixture *fixture = *state;
    enum { HUGE_BYTES = 10 * 1024 * 1024 };
    struct buffer text = {0};
    while (text.size < HUGE_BYTES)
        buffer_add(&text, str_of("all work and no play makes a dull comment "));
    for (int i = 0; i < 2; i++) {
        int64_t huge = add_text(fixture, 0, buffer_str(&text));
        int64_t one = add_text(fixture, 0, str_of("x"));
        int64_t none = add_text(fixture, 0, str_of(""));
        static const char bytes[] = "\xff\0\x1b[2J one two\0three \xc3 four five six seven";
        add_text(fixture, 0, (struct str){bytes, sizeof bytes - 1});
        assert_int_equal(cluster_of(fixture, huge), 0);
        assert_int_equal(cluster_of(fixture, one), 0);
        assert_int_equal(cluster_of(fixture, none), 0);
    }
    buffer_free(&text);
    assert_int_equal(fixture_faults(fixture), 0);
}

/* A database from before: its comments are taken step by step, while new ones come. */
static void old_comments_are_caught_up_with(void **state)
{
    struct fixture *fixture = *state;
    enum { OLD = 50, STEP = 8 };
    for (int i = 0; i < OLD; i++)
        add_text(fixture, 0, signed_letter(fixture, i % 3 ? letter : other, i));
    run_sql(fixture, "UPDATE comment SET cluster_id = NULL");
    run_sql(fixture,
            "DELETE FROM cluster_count; DELETE FROM cluster_state; DELETE FROM cluster_sum;"
            " DELETE FROM cluster_sum_count; DELETE FROM cluster_day;"
            " DELETE FROM cluster; DELETE FROM alike_key;"
            " UPDATE alike_backlog SET next_id = 1, last_id = 50");
    assert_int_equal(fixture_faults(fixture), 0);
    int64_t left = -1, before;
    must(fixture, alike_backlog(fixture->store, &left, &fixture->error));
    assert_int_equal(left, OLD);
    int64_t fresh = add_text(fixture, 0, signed_letter(fixture, letter, 500));
    for (before = left; left > 0; before = left) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        must(fixture, alike_catch_up(fixture->store, STEP, &left, &fixture->error));
        must(fixture, store_commit(fixture->store, &fixture->error));
        assert_true(left < before);
        assert_int_equal(fixture_faults(fixture), 0);
    }
    assert_int_equal(ask(fixture, "SELECT count(*) FROM cluster"), 2);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM comment WHERE cluster_id IS NULL"), 0);
    assert_int_equal(cluster_of(fixture, fresh), cluster_of(fixture, 2));
}

/* --- Queues --- */

/* The ids of a queue, read in pages of so many rows, one way or the other, blanks between. */
static const char *page_through(struct fixture *fixture, const struct query *query,
                                enum queue_way way, size_t page)
{
    struct buffer ids = {0};
    struct queue_place place;
    size_t count = page;
    for (bool first = true; count == page; first = false) {
        struct comment_row *rows;
        struct buffer part = {0};
        must(fixture, queue_page(fixture->store, query, first ? NULL : &place, way, page,
                                 &fixture->arena, &rows, &count, &fixture->error));
        for (size_t i = 0; i < count; i++)
            buffer_printf(&part, "%lld ", (long long)rows[i].id);
        if (count > 0) {
            const struct comment_row *last = &rows[way == QUEUE_AFTER ? count - 1 : 0];
            place = queue_place_of(last);
        }
        if (way == QUEUE_BEFORE)
            buffer_replace(&ids, 0, 0, buffer_str(&part));
        else
            buffer_add(&ids, buffer_str(&part));
        buffer_free(&part);
    }
    const char *text = arena_copy(&fixture->arena, buffer_str(&ids)).data;
    buffer_free(&ids);
    return text;
}

static const char *ask_ids(struct fixture *fixture, const char *condition, const char *order)
{
    struct statement statement;
    statement_start(&statement, fixture->store,
                    arena_printf(&fixture->arena,
                                 "SELECT group_concat(id || ' ', '') FROM (SELECT c.id FROM comment"
                                 " AS c WHERE %s ORDER BY %s)",
                                 condition, order));
    assert_true(statement_next(&statement));
    struct str ids = statement_text(&statement, &fixture->arena);
    must(fixture, statement_end(&statement, &fixture->error));
    return arena_copy(&fixture->arena, ids).data;
}

static void finds(struct fixture *fixture, const char *text, bool lines, const char *condition)
{
    struct query query = fixture_query(fixture, text);
    query.lines = lines;
    const char *wanted =
        ask_ids(fixture, condition, query_has_words(&query) ? "id" : "submitted_at, id");
    for (size_t page = 1; page < 20; page += 6) {
        assert_string_equal(page_through(fixture, &query, QUEUE_AFTER, page), wanted);
        assert_string_equal(page_through(fixture, &query, QUEUE_BEFORE, page), wanted);
    }
    int64_t counts[STATE_COUNT], total = 0, expected = 0;
    must(fixture, queue_counts(fixture->store, &query, 1000, counts, &fixture->error));
    for (int state = 0; state < STATE_COUNT; state++)
        total += query.states == 0 || query.states & (1u << state) ? counts[state] : 0;
    for (const char *at = wanted; *at; at++)
        expected += *at == ' ';
    if (total != expected)
        fail_msg("%s: %lld counted, there are %lld", text, (long long)total, (long long)expected);
}

/* Each letter of a cluster is behind the first of its state, by (submitted_at, id). */
#define A_LINE                                                                                     \
    "NOT EXISTS (SELECT 1 FROM comment AS b WHERE b.cluster_id = c.cluster_id"                     \
    " AND b.state = c.state AND (b.submitted_at, b.id) < (c.submitted_at, c.id))"

static void a_queue_has_one_line_for_a_cluster(void **state)
{
    struct fixture *fixture = *state;
    enum { COMMENTS = 90 };
    for (int i = 0; i < COMMENTS; i++) {
        struct comment comment = fixture_comment(
            fixture, i % 3,
            i % 5 == 0   ? signed_letter(fixture, letter, i)
            : i % 5 == 1 ? signed_letter(fixture, other, i)
                         : str_of(arena_printf(&fixture->arena, "%d says w%d x%d y%d z%d", i, i * 7,
                                               i * 11, i * 13, i * 17)));
        comment.submitted_at = FIXTURE_NOW - (int64_t)fixture_random(fixture, 30) * 100;
        fixture_add(fixture, comment);
    }
    for (int i = 0; i < 2 * COMMENTS; i++)
        run_sql(fixture,
                arena_printf(&fixture->arena, "UPDATE comment SET state = '%s' WHERE id = %lld",
                             state_name((enum comment_state)fixture_random(fixture, 3)),
                             (long long)(1 + fixture_random(fixture, COMMENTS))));
    assert_int_equal(ask(fixture, "SELECT count(*) FROM cluster"), 6);
    for (int rare = 0; rare < 2; rare++) {
        fixture->store->rare_rows = rare ? RARE_ROWS : 0;
        finds(fixture, "", true, A_LINE);
        finds(fixture, "", false, "1");
        finds(fixture, "state:pending", true, "state = 'pending' AND " A_LINE);
        finds(fixture, "state:pending state:rejected", true,
              "state IN ('pending', 'rejected') AND " A_LINE);
        finds(fixture, "state:approved consultation:metro", true,
              "state = 'approved' AND consultation_id = 2 AND " A_LINE);
        finds(fixture, "consultation:metro", true, "consultation_id = 2 AND " A_LINE);
        finds(fixture, "agency:roads", true, "consultation_id < 4 AND " A_LINE);
        /* What else is asked for, is asked of each letter. */
        finds(fixture, "state:pending number", true, "state = 'pending' AND body LIKE '%number%'");
        finds(fixture, "lang:en", true, "1");
        finds(fixture, "cluster:1", true, "cluster_id = 1");
        finds(fixture, "cluster:2 state:pending", false, "cluster_id = 2 AND state = 'pending'");
        finds(fixture, "cluster:2 consultation:traffic", false,
              "cluster_id = 2 AND consultation_id = 1");
        finds(fixture, "cluster:2 agency:parks", false, "0");
        finds(fixture, "cluster:2 state:approved 7", false,
              "cluster_id = 2 AND state = 'approved' AND body LIKE '%number 7%'");
        finds(fixture, "alike:1", false,
              "cluster_id = (SELECT cluster_id FROM comment WHERE id = 1)");
        finds(fixture, "alike:3", false, "id = 3");
        finds(fixture, "alike:3 state:held", false, "id = 3 AND state = 'held'");
        finds(fixture, "alike:3 author:Sara", false, "id = 3");
    }
    fixture->store->rare_rows = RARE_ROWS;
    struct query query = {.lines = true};
    struct comment_row *rows;
    size_t count;
    must(fixture, queue_page(fixture->store, &query, NULL, QUEUE_AFTER, COMMENTS, &fixture->arena,
                             &rows, &count, &fixture->error));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            rows[i].letters,
            ask(fixture, arena_printf(&fixture->arena,
                                      "SELECT count(*) FROM comment AS c, comment AS l"
                                      " WHERE c.id = %lld AND l.cluster_id = c.cluster_id"
                                      " AND l.state = c.state",
                                      (long long)rows[i].id)));
    /* No decision led to these states; the rest of the check is what matters. */
    run_sql(fixture, "UPDATE comment SET state = 'pending'");
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_cluster_that_is_not_there_is_said(void **state)
{
    struct fixture *fixture = *state;
    static const char *const queries[] = {"cluster:9", "alike:9"};
    for (size_t i = 0; i < 2; i++) {
        struct query query = fixture_query(fixture, queries[i]);
        struct comment_row *rows;
        size_t count, at;
        assert_int_equal(queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 10, &fixture->arena,
                                    &rows, &count, &fixture->error),
                         STATUS_INPUT);
        must_say(fixture, "9");
        assert_int_equal(
            query_parse(str_of("cluster:nine"), &fixture->arena, &query, &at, &fixture->error),
            STATUS_INPUT);
        must_say(fixture, "nine");
    }
    struct query query = fixture_query(fixture, "alike:7 cluster:3");
    assert_true(str_equal(query_text(&query, &fixture->arena), str_of("cluster:3 alike:7")));
}

static void letters_are_read_in_parts(void **state)
{
    struct fixture *fixture = *state;
    enum { LETTERS = 23, PART = 5 };
    for (int i = 0; i < LETTERS; i++) {
        struct comment comment = fixture_comment(fixture, 0, signed_letter(fixture, letter, i));
        comment.submitted_at = FIXTURE_NOW - i % 4 * 10;
        fixture_add(fixture, comment);
    }
    struct queue_place *letters, after;
    struct buffer ids = {0};
    size_t count = PART;
    for (bool first = true; count == PART; first = false) {
        must(fixture,
             cluster_letters(fixture->store, 1, STATE_PENDING, LETTERS - 1, first ? NULL : &after,
                             PART, &fixture->arena, &letters, &count, &fixture->error));
        for (size_t i = 0; i < count; i++)
            buffer_printf(&ids, "%lld ", (long long)letters[i].id);
        after = letters[count - 1];
    }
    assert_string_equal(buffer_text(&ids), ask_ids(fixture, "id < 23", "submitted_at, id"));
    buffer_free(&ids);
}

/* --- The labelled letters --- */

enum { LABELLED_MOST = 500 };

struct labelled_set {
    struct fixture *fixture;
    int consultation;
    struct labelled comments[LABELLED_MOST];
    int64_t ids[LABELLED_MOST];
    size_t count;
};

static void add_labelled(void *context, const char *of, const char *text)
{
    struct labelled_set *set = context;
    snprintf(set->comments[set->count].letter, sizeof set->comments[0].letter, "%s", of ? of : "");
    set->ids[set->count++] = add_text(set->fixture, set->consultation, str_of(text));
}

static void add_example(void *context, const char *id, const char *text)
{
    add_labelled(context, labelled_example(id), text);
}

static void are_found(struct labelled_set *set, const char *what)
{
    for (size_t i = 0; i < set->count; i++)
        set->comments[i].cluster = cluster_of(set->fixture, set->ids[i]);
    struct labelled_result result = labelled_count(set->comments, set->count);
    print_message("%s: precision %.3f, recall %.3f\n", what, labelled_precision(&result),
                  labelled_recall(&result));
    assert_true(labelled_precision(&result) >= 0.99);
    assert_true(labelled_recall(&result) >= 0.95);
    assert_int_equal(fixture_faults(set->fixture), 0);
}

static void labelled_letters_are_found(void **state)
{
    struct labelled_set set = {.fixture = *state, .consultation = 2};
    labelled_read(LABELLED_LETTERS, "letter", "text", add_labelled, &set);
    assert_true(set.count > 50);
    are_found(&set, "labelled letters");
}

static void letters_of_the_worked_examples_are_found(void **state)
{
    struct labelled_set set = {.fixture = *state};
    for (size_t i = 0; i < sizeof labelled_examples / sizeof *labelled_examples; i++) {
        set.consultation = (int)i % FIXTURE_CONSULTATIONS;
        labelled_read(labelled_examples[i], "id", "body", add_example, &set);
    }
    assert_true(set.count > 300);
    are_found(&set, "worked examples");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(letters_come_together, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_cluster_lies_in_one_consultation, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(an_import_finds_the_same, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_was_put_aside_goes_with_its_transaction, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(who_changes_their_letter_leaves, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_change_within_an_import_is_seen, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(one_letter_stands_for_the_others, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(the_check_finds_what_was_meddled_with, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_flood_leaves_the_index_small, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(made_up_collisions_do_not_hide_a_letter, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(hostile_bodies_are_taken, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(old_comments_are_caught_up_with, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_queue_has_one_line_for_a_cluster, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_cluster_that_is_not_there_is_said, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(letters_are_read_in_parts, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(labelled_letters_are_found, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(letters_of_the_worked_examples_are_found, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
