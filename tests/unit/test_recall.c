/* What is remembered of figures: whoever reads them again and again sees what others wrote since, the
 * same as who reads for the first time; and answers that were read in part are read on. */
#include "unit/figures_support.h"

#include "store/calendar.h"
#include "store/catch_up.h"
#include "store/figures_keep.h"
#include "store/figures_words.h"
#include "store/recall.h"

enum { DEEDS = 260, RARELY = 4 /* deeds, one of which is of those that happen once a month */ };

/* --- What others write --- */

static bool same_row(const struct figure_row *one, const struct figure_row *other, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        const struct figure *a = &one->values[i], *b = &other->values[i];
        if (a->none != b->none || a->number != b->number || a->word != b->word ||
            !str_equal(a->text, b->text) || !str_equal(a->arabic, b->arabic))
            return false;
    }
    return one->comment == other->comment && one->to_take == other->to_take &&
           str_equal(one->query, other->query);
}

static void compare(const struct figure_set *set, const char *line, const char *deed,
                    const struct figure_rows *one, const struct figure_rows *other)
{
    for (size_t table = 0; table < set->table_count; table++) {
        bool same = one[table].count == other[table].count;
        for (size_t i = 0; same && i < one[table].count; i++)
            same = same_row(&one[table].rows[i], &other[table].rows[i],
                            set->tables[table].column_count);
        if (!same)
            fail_msg("%s.%s (%s) is old after: %s", set->name, set->tables[table].name, line, deed);
    }
}

/* What hardly ever happens, each of which changes what was remembered: a deed and its SQL. */
static const char *const rare[] = {
    "UPDATE agency SET name_en = name_en || '+'",
    "INSERT INTO comment_tag (comment_id, tag_id, moderator_id, tagged_at)"
    " SELECT id, 1 + id % 3, 1, 1789990000 FROM comment WHERE id % 5 = 0 AND id NOT IN"
    "  (SELECT comment_id FROM comment_tag) LIMIT 3",
    "UPDATE consultation SET title_ar = title_ar || '+' WHERE id = 2",
    "UPDATE consultation SET agency_id = 3 - agency_id WHERE id = 3",
    "UPDATE moderator SET name = name || '+'",
    "UPDATE reason SET label_en = label_en || '+'",
    "UPDATE tag SET label_en = label_en || '+'",
    "DELETE FROM comment_tag WHERE comment_id = (SELECT max(comment_id) FROM comment_tag)",
    "INSERT INTO section (consultation_id, ordinal, title_ar, title_en, body)"
    " SELECT 1, count(*) + 1, 'x', 'Section', '' FROM section",
    "UPDATE comment SET body = body || ' Is it?' WHERE id % 7 = 3",
    "INSERT INTO agency (slug, name_ar, name_en) SELECT 'more-' || count(*), 'x', 'More'"
    " FROM agency",
};
enum { RARE = sizeof rare / sizeof *rare };

static void promise(struct fixture *fixture, int agency, const char *decide, const char *answer)
{
    bool changed;
    struct agency_promise promise = {.agency_id = fixture->agencies[agency],
                                     .agency = str_of(agency ? "parks" : "roads"),
                                     .decide = str_of(decide),
                                     .answer = str_of(answer)};
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, agency_promise_write(fixture->store, &promise, &changed, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
}

/* Works out what is due anew, as the program does beside what it is used for. */
static const char *catch_up(struct fixture *fixture, int64_t most)
{
    must(fixture, catch_up_step(fixture->store, most, &fixture->error));
    return "a step of catching up";
}

static const char *do_calendar(struct history *history, int which)
{
    struct fixture *fixture = history->fixture;
    bool changed;
    if (which % 2 == 0) {
        promise(fixture, which / 2 % 2, which % 3 ? "8h" : "1d", which % 3 ? "2d" : "3d");
        return "a promise";
    }
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture,
         team_clock_write(fixture->store, 3600 * (int64_t)which, &changed, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    return "the clock";
}

/* A comment whose part in the sums goes with it. */
static const char *do_delete(struct history *history, struct store *reader)
{
    struct fixture *fixture = history->fixture;
    must(fixture, store_begin(fixture->store, &fixture->error));
    history_arrive(history);
    must(fixture, figures_settle(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
    for (size_t i = 0; i < figure_set_count; i++)
        figures_by(fixture, reader, figure_sets[i], "", NULL);
    run_sql(fixture, arena_printf(&fixture->arena, "DELETE FROM comment WHERE id = %lld",
                                  (long long)history->comments[--history->count]));
    return "a comment deleted";
}

/* Asks something, or decides on what was asked: a decision takes away who waits for an answer. */
static const char *do_question(struct history *history, int which)
{
    int64_t *last = &history->comments[history->count - 1];
    if (which % 2 == 0) {
        *last = fixture_add_text(history->fixture, "Why is there no tram to the market?");
        return "a question";
    }
    history_decide(history, *last);
    return "a decision on a question";
}

static const char *do_something(struct history *history, struct store *reader, int deed)
{
    int which = deed / RARELY;
    if (deed % RARELY == 1)
        return catch_up(history->fixture, 30);
    if (deed % RARELY == 2)
        return do_question(history, which);
    if (deed % RARELY != 0) {
        history_go_on(history, 1);
        return "a deed";
    }
    which %= RARE + 2;
    if (which == RARE)
        return do_calendar(history, deed / RARELY / (RARE + 2));
    if (which == RARE + 1)
        return do_delete(history, reader);
    run_sql(history->fixture, rare[which]);
    return rare[which];
}

static void others_are_seen(void **state)
{
    static const char *const lines[] = {"", "agency:roads", "language:ar", "moderator:person-2",
                                        "agency:parks channel:web"};
    struct fixture *fixture = *state;
    struct history history;
    struct store *reader;
    fixture->random = 20261125;
    history_start(&history, fixture);
    history.letters = true;
    history_go_on(&history, 200);
    promise(fixture, 0, "16h", "3d");
    promise(fixture, 1, "1d", "5d");
    catch_up(fixture, INT64_MAX);
    must(fixture, store_open(&reader, fixture->path, STORE_EXISTING, &fixture->error));
    for (int deed = 0; deed < DEEDS; deed++) {
        struct store *fresh;
        const char *done = do_something(&history, reader, deed);
        must(fixture, store_open(&fresh, fixture->path, STORE_EXISTING, &fixture->error));
        standing_forget(reader); /* words that stood out are remembered by the clock alone */
        for (size_t i = 0; i < figure_set_count; i++) {
            const char *line = lines[(size_t)deed % (sizeof lines / sizeof *lines)];
            compare(figure_sets[i], line, done,
                    figures_by(fixture, reader, figure_sets[i], line, NULL),
                    figures_by(fixture, fresh, figure_sets[i], line, NULL));
            compare(figure_sets[i], "", done, figures_by(fixture, reader, figure_sets[i], "", NULL),
                    figures_by(fixture, fresh, figure_sets[i], "", NULL));
        }
        store_close(fresh);
        arena_reset(&fixture->arena);
    }
    store_close(reader);
    history_end(&history);
}

/* --- One statement --- */

static const char names_sql[] = "SELECT id, slug FROM tag WHERE id >= ?1 AND slug <> :other"
                                " ORDER BY id";

/* Reads so many rows, at most, and says which: their ids as digits. */
static int64_t read_tags(struct fixture *fixture, int64_t from, const char *other, int most)
{
    struct statement statement;
    int64_t ids = 0;
    statement_recall(&statement, fixture->store, names_sql, RECALL_SUMS);
    statement_bind(&statement, from);
    statement_name_text(&statement, ":other", str_of(other));
    while (most-- > 0 && statement_next(&statement)) {
        ids = 10 * ids + statement_integer(&statement);
        assert_true(statement_text(&statement, &fixture->arena).size > 0);
    }
    must(fixture, statement_end(&statement, &fixture->error));
    return ids;
}

static void an_answer_is_read_on(void **state)
{
    struct fixture *fixture = *state;
    for (int round = 0; round < 2; round++) {
        must(fixture, recall_begin(fixture->store, &fixture->error));
        assert_int_equal(read_tags(fixture, 1, "", 1), 1);
        assert_int_equal(read_tags(fixture, 1, "", 2), 12);
        assert_int_equal(read_tags(fixture, 1, "", 9), 123);
        assert_int_equal(read_tags(fixture, 1, "", 2), 12);
        assert_int_equal(read_tags(fixture, 2, "", 9), 23);
        assert_int_equal(read_tags(fixture, 1, "safety", 9), 13);
        recall_end(fixture->store);
    }
}

static void nothing_is_remembered_outside(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_tags(fixture, 1, "", 9), 123);
    must(fixture, recall_begin(fixture->store, &fixture->error));
    assert_int_equal(read_tags(fixture, 1, "", 9), 123);
    recall_end(fixture->store);
    run_sql(fixture, "UPDATE tag SET slug = 'new' WHERE id = 2");
    assert_int_equal(read_tags(fixture, 1, "new", 9), 13);
}

/* A change that is taken back leaves nothing behind, though the same may be changed again. */
static void what_is_taken_back_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    must(fixture, store_begin(fixture->store, &fixture->error));
    run_sql(fixture, "UPDATE tag SET slug = 'gone' WHERE id = 2");
    must(fixture, recall_begin(fixture->store, &fixture->error));
    assert_int_equal(read_tags(fixture, 1, "gone", 9), 13);
    recall_end(fixture->store);
    store_rollback(fixture->store);
    run_sql(fixture, "UPDATE tag SET slug = 'other' WHERE id = 1");
    must(fixture, recall_begin(fixture->store, &fixture->error));
    assert_int_equal(read_tags(fixture, 1, "gone", 9), 123);
    assert_int_equal(read_tags(fixture, 1, "other", 9), 23);
    recall_end(fixture->store);
}

static void more_at_once_than_are_remembered(void **state)
{
    enum { AT_ONCE = 9 };
    struct fixture *fixture = *state;
    struct statement statements[AT_ONCE];
    char texts[AT_ONCE][64];
    must(fixture, recall_begin(fixture->store, &fixture->error));
    for (int i = 0; i < AT_ONCE; i++) {
        snprintf(texts[i], sizeof texts[i], "SELECT id + %d FROM tag ORDER BY id", i);
        statement_recall(&statements[i], fixture->store, texts[i], RECALL_SUMS);
        assert_true(statement_next(&statements[i]));
    }
    for (int i = 0; i < AT_ONCE; i++) {
        assert_int_equal(statement_integer(&statements[i]), 1 + i);
        assert_true(statement_next(&statements[i]));
        assert_int_equal(statement_integer(&statements[i]), 2 + i);
        must(fixture, statement_end(&statements[i], &fixture->error));
    }
    recall_end(fixture->store);
}

static void a_failure_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct statement statement;
    must(fixture, recall_begin(fixture->store, &fixture->error));
    statement_recall(&statement, fixture->store, "SELECT nothing FROM nowhere", RECALL_SUMS);
    assert_false(statement_next(&statement));
    assert_int_not_equal(statement_end(&statement, &fixture->error), OK);
    statement_recall(&statement, fixture->store, "SELECT id FROM tag WHERE id = ?1", RECALL_SUMS);
    statement_bind(&statement, 1);
    statement_bind(&statement, 2);
    assert_false(statement_next(&statement));
    assert_int_not_equal(statement_end(&statement, &fixture->error), OK);
    recall_end(fixture->store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(others_are_seen),
        TEST(an_answer_is_read_on),
        TEST(nothing_is_remembered_outside),
        TEST(what_is_taken_back_is_forgotten),
        TEST(more_at_once_than_are_remembered),
        TEST(a_failure_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
