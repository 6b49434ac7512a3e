/* Comments in the store: bytes come back as they went in, words are found however they are spelt,
 * threads and authors hang together. */
#include "unit/store_support.h"

#include "text/utf8.h"

static struct comment read_part(struct fixture *fixture, int64_t id, size_t from, size_t most)
{
    struct comment comment;
    must(fixture,
         comment_read(fixture->store, id, from, most, &fixture->arena, &comment, &fixture->error));
    return comment;
}

/* Fails unless the query finds just the comments numbered in wanted, ended by -1. */
static void finds(struct fixture *fixture, const int64_t *ids, const char *text, const int *wanted)
{
    struct query query = fixture_query(fixture, text);
    struct comment_row *rows;
    size_t count, expected = 0;
    must(fixture, queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 100, &fixture->arena, &rows,
                             &count, &fixture->error));
    while (wanted[expected] >= 0)
        expected++;
    bool same = count == expected;
    for (size_t i = 0; same && i < count; i++)
        same = rows[i].id == ids[wanted[i]];
    if (!same)
        fail_msg("'%s' found %zu comments, not these %zu", text, count, expected);
}

static void every_byte_comes_back(void **state)
{
    struct fixture *fixture = *state;
    char all[4 * 256];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)i;
    static const char with_nul[] = "before\0after \xff\xc3 \xe2\x80 end\0";
    const struct str bodies[] = {
        {all, sizeof all}, {with_nul, sizeof with_nul - 1}, {"\0", 1}, {"\xff", 1}, {"", 0},
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        int64_t id = fixture_add(fixture, fixture_comment(fixture, 0, bodies[i]));
        struct comment comment = read_part(fixture, id, 0, SIZE_MAX >> 1);
        assert_int_equal(comment.body_size, bodies[i].size);
        assert_true(str_equal(comment.body, bodies[i]));
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_part_is_counted_in_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct str body = str_of("سلام\xff عليكم");
    int64_t id = fixture_add(fixture, fixture_comment(fixture, 0, body));
    for (size_t from = 0; from <= body.size + 2; from++) {
        for (size_t most = 0; most <= body.size + 2; most++) {
            struct comment comment = read_part(fixture, id, from, most);
            assert_int_equal(comment.body_size, body.size);
            assert_true(str_equal(comment.body, str_part(body, from, most)));
        }
    }
}

static void an_excerpt_ends_at_a_character(void **state)
{
    struct fixture *fixture = *state;
    struct query query = {0};
    enum { SIZES = 12 };
    struct buffer body = {0};
    for (int i = 0; i < SIZES; i++) {
        buffer_clear(&body);
        for (int pad = 0; pad < i; pad++)
            buffer_add_byte(&body, 'x');
        while (body.size < EXCERPT_BYTES + 100)
            buffer_add(&body, str_of(i % 2 ? "ش" : "🇶🇦"));
        fixture_add(fixture, fixture_comment(fixture, 0, buffer_str(&body)));
    }
    buffer_free(&body);
    struct comment_row *rows;
    size_t count;
    must(fixture, queue_page(fixture->store, &query, NULL, QUEUE_AFTER, 100, &fixture->arena, &rows,
                             &count, &fixture->error));
    assert_int_equal(count, SIZES);
    for (size_t i = 0; i < count; i++) {
        assert_true(rows[i].excerpt.size <= EXCERPT_BYTES);
        assert_true(rows[i].excerpt.size > EXCERPT_BYTES - 4);
        assert_int_equal(utf8_valid_size(rows[i].excerpt), rows[i].excerpt.size);
    }
}

static void adding_again_changes_or_does_not(void **state)
{
    struct fixture *fixture = *state;
    enum comment_outcome outcome;
    struct comment comment = fixture_comment(fixture, 0, str_of("first words"));
    comment.state = STATE_APPROVED;
    int64_t id = fixture_add(fixture, comment);
    assert_int_equal(read_part(fixture, id, 0, 0).state, STATE_PENDING);
    comment.id = 0;
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_UNCHANGED);
    assert_int_equal(comment.id, id);
    assert_int_equal(read_part(fixture, id, 0, 0).revision, 1);
    comment.body = (struct str){"second\0words", 12};
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_CHANGED);
    assert_int_equal(comment.id, id);
    assert_int_equal(read_part(fixture, id, 0, 0).revision, 2);
    comment.body = (struct str){"second\0wordt", 12};
    must(fixture, comment_add(fixture->store, &comment, &outcome, &fixture->error));
    assert_int_equal(outcome, COMMENT_CHANGED);
    finds(fixture, &id, "first", (int[]){-1});
    finds(fixture, &id, "second", (int[]){0, -1});
    finds(fixture, &id, "wordt", (int[]){0, -1});
    assert_int_equal(ask(fixture, "SELECT count(*) FROM comment"), 1);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void one_that_fails_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    enum comment_outcome outcome;
    struct comment comment = fixture_comment(fixture, 0, str_of("words"));
    comment.consultation_id = 999;
    assert_int_equal(comment_add(fixture->store, &comment, &outcome, &fixture->error),
                     STATUS_STORE);
    must_say(fixture, "FOREIGN KEY");
    assert_int_equal(ask(fixture, "SELECT count(*) FROM comment"), 0);
    fixture_add_text(fixture, "the next one");
    assert_int_equal(fixture_faults(fixture), 0);
}

static void words_are_found_as_a_reader_would(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bodies[] = {
        "كتب أحمد عن الشارع سنة ٢٠٢٢",            /* 0 */
        "احمد يسأل عن شكــــرا",                  /* 1 */
        "مُحَمَّدٌ كَتَبَ عن المدرسة",                    /* 2 */
        "Ahmad wrote in 2022 about CAFÉ",         /* 3 */
        "public transport, not transport public", /* 4 */
        "المدرسه القديمة على الطريق",             /* 5 */
        "emoji 👍🏽 and the \"quoted\" word", /* 6 */
    };
    int64_t ids[sizeof bodies / sizeof *bodies];
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        ids[i] = fixture_add_text(fixture, bodies[i]);
    finds(fixture, ids, "أحمد", (int[]){0, 1, -1});
    finds(fixture, ids, "احمد", (int[]){0, 1, -1});
    finds(fixture, ids, "آحمد", (int[]){0, 1, -1});
    finds(fixture, ids, "شكرا", (int[]){1, -1});
    finds(fixture, ids, "محمد", (int[]){2, -1});
    finds(fixture, ids, "مدرسة", (int[]){2, 5, -1});
    finds(fixture, ids, "المدرسة", (int[]){2, 5, -1});
    finds(fixture, ids, "2022", (int[]){0, 3, -1});
    finds(fixture, ids, "٢٠٢٢", (int[]){0, 3, -1});
    finds(fixture, ids, "cafe", (int[]){3, -1});
    finds(fixture, ids, "علي", (int[]){5, -1});
    finds(fixture, ids, "AHMAD", (int[]){3, -1});
    finds(fixture, ids, "trans", (int[]){4, -1});
    finds(fixture, ids, "trans public", (int[]){-1});
    finds(fixture, ids, "\"public transport\"", (int[]){4, -1});
    finds(fixture, ids, "\"not public\"", (int[]){-1});
    finds(fixture, ids, "\"public trans\"", (int[]){4, -1});
    finds(fixture, ids, "كتب عن", (int[]){0, 2, -1});
    finds(fixture, ids, "\"the \\\"quoted\\\" word\"", (int[]){6, -1});
    finds(fixture, ids, "\"NOT\" \"OR\" AND", (int[]){-1});
    finds(fixture, ids, "\"body:transport\"", (int[]){-1});
    finds(fixture, ids, "trans*", (int[]){4, -1});
    finds(fixture, ids, "(transport) ^public", (int[]){4, -1});
}

static void a_thread_is_walked_branch_by_branch(void **state)
{
    struct fixture *fixture = *state;
    /* parent and depth of each comment; the sixth is the middle of what is asked for. */
    static const int parents[] = {-1, 0, 0, 1, 1, 2, 3, -1, 5};
    int64_t ids[9];
    for (int i = 0; i < 9; i++) {
        struct comment comment = fixture_comment(fixture, 0, str_of("words"));
        comment.parent_id = parents[i] < 0 ? 0 : ids[parents[i]];
        ids[i] = fixture_add(fixture, comment);
    }
    static const struct {
        int of, rows[9], depths[9];
        size_t limit, count;
    } cases[] = {
        {0, {0, 1, 3, 6, 4, 2, 5, 8}, {0, 1, 2, 3, 2, 1, 2, 3}, 100, 8},
        {1, {0, 1, 3, 6, 4}, {0, 1, 2, 3, 2}, 100, 5},
        {6, {0, 1, 3, 6}, {0, 1, 2, 3}, 100, 4},
        {6, {3, 6}, {0, 1}, 2, 2},
        {0, {0, 1, 3}, {0, 1, 2}, 3, 3},
        {7, {7}, {0}, 100, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct comment_row *rows;
        int *depths;
        size_t count;
        must(fixture, comment_thread(fixture->store, ids[cases[i].of], cases[i].limit,
                                     &fixture->arena, &rows, &depths, &count, &fixture->error));
        assert_int_equal(count, cases[i].count);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(rows[j].id, ids[cases[i].rows[j]]);
            assert_int_equal(depths[j], cases[i].depths[j]);
        }
    }
    must(fixture, comment_set_parent(fixture->store, ids[0], ids[6], &fixture->error));
    struct comment_row *rows;
    int *depths;
    size_t count;
    must(fixture, comment_thread(fixture->store, ids[1], 50, &fixture->arena, &rows, &depths,
                                 &count, &fixture->error));
    assert_int_equal(count, 50);
}

static void an_author_is_known_by_key_or_name(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *author, *key;
    } authors[] = {{"Sara", "a-1"}, {"S.", "a-1"}, {"Sara", ""},
                   {"", ""},        {"", ""},      {"Umm", "Sara"}};
    int64_t ids[6];
    for (int i = 0; i < 6; i++) {
        struct comment comment = fixture_comment(fixture, 0, str_of("words"));
        comment.author = str_of(authors[i].author);
        comment.author_key = str_of(authors[i].key);
        ids[i] = fixture_add(fixture, comment);
    }
    static const int64_t expected[] = {2, 2, 2, 0, 0, 1};
    for (int i = 0; i < 6; i++) {
        int64_t counts[STATE_COUNT];
        struct comment comment = read_part(fixture, ids[i], 0, 0);
        must(fixture, author_counts(fixture->store, &comment, counts, &fixture->error));
        assert_int_equal(counts[STATE_PENDING], expected[i]);
    }
    finds(fixture, ids, "author:Sara", (int[]){0, 2, -1});
    finds(fixture, ids, "author:a-1", (int[]){0, 1, -1});
    finds(fixture, ids, "author:Sa", (int[]){-1});
}

static void what_is_not_there_is_not_found(void **state)
{
    struct fixture *fixture = *state;
    struct comment comment;
    int64_t id;
    assert_int_equal(
        comment_read(fixture->store, 7, 0, 0, &fixture->arena, &comment, &fixture->error),
        STATUS_NOT_FOUND);
    must_say(fixture, "7");
    assert_int_equal(
        comment_by_source(fixture->store, str_of("a"), str_of("b"), &id, &fixture->error),
        STATUS_NOT_FOUND);
}

static void catalogs_are_changed_by_adding_again(void **state)
{
    struct fixture *fixture = *state;
    struct tag tag = {.slug = str_of("metro"), .label = {str_of("المترو"), str_of("Metro")}};
    must(fixture, tag_add(fixture->store, &tag, &fixture->error));
    assert_int_equal(tag.id, fixture->tags[2]);
    struct tag *tags;
    size_t count;
    must(fixture, tag_list(fixture->store, &fixture->arena, &tags, &count, &fixture->error));
    assert_int_equal(count, 3);
    assert_true(str_equal(tags[0].slug, str_of("metro")));
    assert_true(str_equal(label_in(&tags[0].label, "ar"), str_of("المترو")));
    assert_true(str_equal(label_in(&tags[1].label, "ar"), str_of("parking")));
    assert_int_equal(
        tag_find(fixture->store, str_of("x\nx"), &fixture->arena, &tag, &fixture->error),
        STATUS_NOT_FOUND);
    must_say(fixture, "x?x");
    struct str value;
    must(fixture, setting_get(fixture->store, fixture->moderators[0], "history", &fixture->arena,
                              &value, &fixture->error));
    assert_int_equal(value.size, 0);
    for (int i = 0; i < 2; i++)
        must(fixture, setting_set(fixture->store, fixture->moderators[0], "history",
                                  (struct str){"a\0b", 3}, &fixture->error));
    must(fixture, setting_get(fixture->store, fixture->moderators[0], "history", &fixture->arena,
                              &value, &fixture->error));
    assert_true(str_equal(value, (struct str){"a\0b", 3}));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_byte_comes_back),
        TEST(a_part_is_counted_in_bytes),
        TEST(an_excerpt_ends_at_a_character),
        TEST(adding_again_changes_or_does_not),
        TEST(one_that_fails_leaves_nothing),
        TEST(words_are_found_as_a_reader_would),
        TEST(a_thread_is_walked_branch_by_branch),
        TEST(an_author_is_known_by_key_or_name),
        TEST(what_is_not_there_is_not_found),
        TEST(catalogs_are_changed_by_adding_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
