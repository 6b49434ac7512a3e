/* The query language: what is read, what is refused and where, and that what is written is read
 * back to the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "base/moment.h"
#include "store/comment.h"
#include "store/query_date.h"

enum { NOW = 1790000000 };

static enum status parse(const char *text, struct arena *arena, struct query *query, size_t *at,
                         struct error *error)
{
    return query_parse(str_of(text), arena, query, at, error);
}

static bool same_query(const struct query *a, const struct query *b)
{
    bool same = a->states == b->states && a->word_count == b->word_count &&
                a->has_before == b->has_before && a->has_after == b->has_after &&
                a->before == b->before && a->after == b->after && a->section == b->section &&
                str_equal(a->consultation, b->consultation) && str_equal(a->agency, b->agency) &&
                str_equal(a->language, b->language) && str_equal(a->tag, b->tag) &&
                str_equal(a->author, b->author) && str_equal(a->source, b->source) &&
                str_equal(a->assigned, b->assigned) && str_equal(a->proposed, b->proposed) &&
                str_equal(a->saved, b->saved);
    for (size_t i = 0; same && i < a->word_count; i++)
        same = str_equal(a->words[i].text, b->words[i].text) &&
               a->words[i].how == b->words[i].how && a->words[i].excluded == b->words[i].excluded &&
               a->words[i].alternative == b->words[i].alternative;
    return same;
}

static void an_empty_line_is_every_comment(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query, empty = {0};
    size_t at;
    assert_int_equal(parse("", &arena, &query, &at, NULL), OK);
    assert_true(same_query(&query, &empty));
    assert_int_equal(parse("    ", &arena, &query, &at, NULL), OK);
    assert_true(same_query(&query, &empty));
    assert_int_equal(query_text(&query, &arena).size, 0);
    arena_free(&arena);
}

static void every_field_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    size_t at;
    assert_int_equal(parse("state:pending  State:HELD", &arena, &query, &at, NULL), STATUS_INPUT);
    assert_int_equal(parse("state:pending STATE:held consultation:doha-traffic section:3 "
                           "agency:roads "
                           "lang:ar tag:\"parking\" author:\"Umm Ahmad\" source:forum "
                           "before:2026-11-24T10:30:00Z after:1700000000 شارع \"traffic lights\"",
                           &arena, &query, &at, NULL),
                     OK);
    assert_int_equal(query.states, 1u << STATE_PENDING | 1u << STATE_HELD);
    assert_true(str_equal(query.consultation, str_of("doha-traffic")));
    assert_true(str_equal(query.agency, str_of("roads")));
    assert_int_equal(query.section, 3);
    assert_true(query_is_narrow(&query));
    assert_true(str_equal(query.language, str_of("ar")));
    assert_true(str_equal(query.tag, str_of("parking")));
    assert_true(str_equal(query.author, str_of("Umm Ahmad")));
    assert_true(str_equal(query.source, str_of("forum")));
    assert_true(query.has_before && query.before == 1795516200);
    assert_true(query.has_after && query.after == 1700000000);
    assert_int_equal(query.word_count, 2);
    assert_true(str_equal(query.words[0].text, str_of("شارع")));
    assert_true(str_equal(query.words[1].text, str_of("traffic lights")));
    arena_free(&arena);
}

static void what_looks_like_a_time_is_a_word(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    size_t at;
    assert_int_equal(parse("7:30 شارع:2 5\" O\\K", &arena, &query, &at, NULL), OK);
    assert_int_equal(query.word_count, 4);
    assert_true(str_equal(query.words[0].text, str_of("7:30")));
    assert_true(str_equal(query.words[2].text, str_of("5\"")));
    assert_true(str_equal(query.words[3].text, str_of("O\\K")));
    arena_free(&arena);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *column, *says;
    } cases[] = {
        {"colour:red", 0, "column 1:", "state, consultation, agency, "},
        {"شارع colour:red", 9, "column 6:", "colour:"},
        {"https://example.qa", 0, "column 1:", "quotation marks"},
        {"state:open", 6, "column 7:", "pending, approved, rejected, spam, held, escalated"},
        {"state:", 6, "column 7:", "state:"},
        {"tag: parking", 4, "column 5:", "tag:"},
        {"author:\"\"", 7, "column 8:", "author:"},
        {"road \"\"", 5, "column 6:", "nothing"},
        {"road \"open", 5, "column 6:", "never closed"},
        {"author:\"open", 7, "column 8:", "never closed"},
        {"\"a\"b", 3, "column 4:", "blank"},
        {"before:yesterday", 7, "column 8:", "yesterday"},
        {"before:2026-02-30", 7, "column 8:", "2026-02-30"},
        {"after:2022", 6, "column 7:", "2022"},
        {"after:-3d", 6, "column 7:", "-3d"},
        {"after:7m", 6, "column 7:", "7m"},
        {"after:9999999d", 6, "column 7:", "9999999d"},
        {"lang:ar lang:en", 8, "column 9:", "once"},
        {"tag:a road tag:a", 11, "column 12:", "once"},
        {"before:7d before:8d", 10, "column 11:", "once"},
        {"section:2 section:3", 10, "column 11:", "once"},
        {"section:two", 8, "column 9:", "section:12"},
        {"section:0", 8, "column 9:", "'0'"},
        {"-section:2", 0, "column 1:", "excluded"},
        {"!!!", 0, "column 1:", "no letter"},
        {"road\tsign", 4, "column 5:", "control"},
        {"شارع\x1b[2J", 8, "column 5:", "control"},
        {"road \xc2\x9b", 5, "column 6:", "control"},
        {"road \x7f", 5, "column 6:", "control"},
        {"road \xff", 5, "column 6:", "UTF-8"},
        {"road \xd8", 5, "column 6:", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct query query;
        struct error error = {.message = ""};
        size_t at = SIZE_MAX;
        assert_int_equal(parse(cases[i].text, &arena, &query, &at, &error), STATUS_INPUT);
        if (at != cases[i].at || !strstr(error.message, cases[i].column) ||
            !strstr(error.message, cases[i].says))
            fail_msg("'%s' at %zu: %s", cases[i].text, at, error.message);
        arena_free(&arena);
    }
}

static void a_nul_is_a_control(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    struct error error;
    size_t at;
    assert_int_equal(query_parse((struct str){"ro\0ad", 5}, &arena, &query, &at, &error),
                     STATUS_INPUT);
    assert_int_equal(at, 2);
    arena_free(&arena);
}

static void there_are_not_more_words_than_fit(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct query query;
    struct error error;
    size_t at;
    char text[2 * (QUERY_WORDS + 1) + 1] = "";
    for (int i = 0; i < QUERY_WORDS; i++)
        strcat(text, "a ");
    assert_int_equal(parse(text, &arena, &query, &at, &error), OK);
    assert_int_equal(query.word_count, QUERY_WORDS);
    strcat(text, "b");
    assert_int_equal(parse(text, &arena, &query, &at, &error), STATUS_INPUT);
    assert_int_equal(at, 2 * QUERY_WORDS);
    arena_free(&arena);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "road",
        "state:spam state:escalated tag:parking \"traffic lights\" 7:30",
        "author:\"Umm \\\"Ahmad\\\" \\\\ co\" \"say \\\"no\\\"\"",
        "author:\"\\\"\" \"https://example.qa\" \"state:pending\"",
        "before:3d after:2w lang:und",
        "consultation:e-participation section:3 state:held",
        "after:2022-11-20 before:2022-11-21T09:30 source:\"comments 2022.csv\"",
        "author:\\\\ author",
        "consultation:\"a:b\" a\\b أحمد\"",
    };
    moment_fix(NOW);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        struct query query, again;
        struct error error = {.message = ""};
        size_t at;
        if (parse(texts[i], &arena, &query, &at, &error) != OK)
            fail_msg("'%s': %s", texts[i], error.message);
        struct str text = query_text(&query, &arena);
        assert_int_equal(query_parse(text, &arena, &again, &at, &error), OK);
        if (!same_query(&query, &again))
            fail_msg("'%s' became '%s'", texts[i], text.data);
        assert_true(str_equal(text, query_text(&again, &arena)));
        arena_free(&arena);
    }
    moment_fix(0);
}

static void dates_are_the_readers_own(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t moment;
    } cases[] = {
        {"2026-11-24", 1795467600},                /* midnight in Doha */
        {"2026-11-24T10:30", 1795505400},          /* half past ten in Doha */
        {"2026-11-24T10:30:00Z", 1795516200},      /* in Greenwich */
        {"2026-11-24T10:30:15+05:00", 1795498215}, /* elsewhere */
        {"1790000000", 1790000000},                /* Unix seconds */
        {"1790000000123", 1790000000},             /* and milliseconds */
        {"3h", NOW - 3 * 3600},
        {"7d", NOW - 7 * 86400},
        {"2w", NOW - 14 * 86400},
        {"0d", NOW},
    };
    setenv("TZ", "Asia/Qatar", 1);
    tzset();
    bool has_zone = timezone == -3 * 3600;
    if (!has_zone) {
        setenv("TZ", "AST-3", 1);
        tzset();
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t moment = 0;
        assert_true(query_date_parse(str_of(cases[i].text), NOW, &moment));
        if (moment != cases[i].moment)
            fail_msg("%s is %lld, not %lld", cases[i].text, (long long)moment,
                     (long long)cases[i].moment);
    }
    int64_t moment;
    static const char *const wrong[] = {"",      "d",          "7",     "7 d",        "7dd",
                                        "07:30", "2026-13-01", "12345", "2026-11-24Z"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(query_date_parse(str_of(wrong[i]), NOW, &moment));
    unsetenv("TZ");
    tzset();
}

static void every_field_is_listed(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; query_fields[i]; i++) {
        struct query query;
        struct error error = {.message = ""};
        size_t at;
        parse(arena_printf(&arena, "%svalue", query_fields[i]), &arena, &query, &at, &error);
        assert_null(strstr(error.message, "there is no field"));
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_line_is_every_comment),
        cmocka_unit_test(every_field_is_read),
        cmocka_unit_test(what_looks_like_a_time_is_a_word),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(a_nul_is_a_control),
        cmocka_unit_test(there_are_not_more_words_than_fit),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(dates_are_the_readers_own),
        cmocka_unit_test(every_field_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
