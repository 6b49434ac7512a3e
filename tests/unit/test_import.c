/* Comments coming in: what is common to both formats, and JSON lines. */
#include "unit/importing.h"

#include "store/internal.h"

#define JSONL(text) ((struct str){text, sizeof text - 1})

static void a_file_read_again_adds_nothing(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct str text = JSONL("{\"id\":\"a\",\"body\":\"one\"}\n{\"id\":\"b\",\"body\":\"two\"}\n");
    importing_counts(scene, &importing, text, 2, 0, 0, 0);
    importing_counts(scene, &importing, text, 0, 0, 2, 0);
    importing_counts(scene, &importing, JSONL("{\"id\":\"a\",\"body\":\"other\"}"), 0, 1, 0, 0);
    assert_true(str_equal(importing_comment(scene, "a").body, str_of("other")));
    assert_int_equal(importing_comment(scene, "a").revision, 2);
    importing_free(&importing);
}

static void every_field_arrives(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct section section = {.consultation_id = scene->consultations[0],
                              .ordinal = 3,
                              .title = {str_of("قسم"), str_of("Part")},
                              .body = str_of("text")};
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, section_add(scene->store, &section, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
    importing_counts(scene, &importing,
                     JSONL("{\"id\":17,\"body\":\"Bonjour\",\"author\":\"سارة\","
                           "\"author_key\":\"k\",\"submitted_at\":1700000000,\"lang\":\"AR-qa\","
                           "\"channel\":\"email\",\"section\":3,\"parent\":null}\n"),
                     1, 0, 0, 0);
    struct comment comment = importing_comment(scene, "17");
    assert_true(str_equal(comment.author, str_of("سارة")));
    assert_true(str_equal(comment.author_key, str_of("k")));
    assert_true(str_equal(comment.language, str_of("ar")));
    assert_true(str_equal(comment.channel, str_of("email")));
    assert_int_equal(comment.submitted_at, 1700000000);
    assert_int_equal(comment.received_at, SCENE_NOW);
    assert_int_equal(comment.section_id, section.id);
    assert_int_equal(comment.state, STATE_PENDING);
    importing_free(&importing);
}

static void dates_come_in_many_forms(void **state)
{
    static const char *const forms[] = {"1700000000", "1700000000123", "2023-11-14T22:13:20Z",
                                        "2023-11-15 01:13:20+03:00"};
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char line[128];
        snprintf(line, sizeof line, "{\"id\":\"%zu\",\"body\":\"x\",\"timestamp\":\"%s\"}", i,
                 forms[i]);
        importing_counts(scene, &importing, str_of(line), 1, 0, 0, 0);
        char id[8];
        snprintf(id, sizeof id, "%zu", i);
        assert_int_equal(importing_comment(scene, id).submitted_at, 1700000000);
    }
    importing_counts(scene, &importing, JSONL("{\"id\":\"n\",\"body\":\"x\"}"), 1, 0, 0, 0);
    assert_int_equal(importing_comment(scene, "n").submitted_at, SCENE_NOW);
    importing_free(&importing);
}

static void every_wrong_row_is_named_and_refuses_nothing_else(void **state)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"{\"id\":1}", "no text"},
        {"{\"body\":\" \\n\"}", "no text"},
        {"{\"body\":17}", "body: not a text"},
        {"{\"body\":[\"x\"]}", "body: neither"},
        {"{\"body\":\"x\",\"date\":\"soon\"}", "'soon' is not a date"},
        {"{\"body\":\"x\",\"date\":\"2100-01-01\"}", "future"},
        {"{\"body\":\"x\",\"date\":\"1989-12-31\"}", "before 1990"},
        {"{\"body\":\"x\",\"section\":9}", "no section '9'"},
        {"{\"body\":\"x\"", "not JSON"},
        {"[1,2]", "not an object"},
        {"{\"body\":\"a\xff\"}", "byte 11 of the line is not valid UTF-8"},
        {"what?", "not JSON from byte"},
    };
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct buffer text = {0};
    size_t count = sizeof rows / sizeof *rows;
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "%s\n{\"id\":\"good %zu\",\"body\":\"x\"}\n", rows[i].line, i);
    importing_counts(scene, &importing, buffer_str(&text), (int64_t)count, 0, 0, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        char place[32];
        const char *said = strstr(buffer_text(&importing.said), rows[i].said);
        snprintf(place, sizeof place, "comments:%zu: ", 2 * i + 1);
        importing_said(&importing, place);
        importing_said(&importing, rows[i].said);
        assert_non_null(said);
    }
    buffer_free(&text);
    importing_free(&importing);
}

static void a_nul_is_part_of_a_text(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    importing_counts(scene, &importing, JSONL("{\"id\":\"z\",\"body\":\"a\\u0000b\"}\n"), 1, 0, 0,
                     0);
    assert_true(str_equal(importing_comment(scene, "z").body, JSONL("a\0b")));
    importing_free(&importing);
}

/* A mark after a NUL makes both one word of the search index, which keeps its words as C strings. */
static void a_nul_in_a_word_does_not_harm_the_index(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    int64_t faults;
    importing_counts(scene, &importing, JSONL("{\"id\":\"z\",\"body\":\"\\u0000\\u064f1a1\"}"), 1,
                     0, 0, 0);
    for (int i = 0; i < 2000; i++) {
        char line[96];
        snprintf(line, sizeof line, "{\"id\":\"z\",\"body\":\"\\u0000\\u064f%da\\u0000\\u0650%d\"}",
                 i, i % 7);
        importing_counts(scene, &importing, str_of(line), 0, 1, 0, 0);
    }
    scene_ok(scene, store_check(scene->store, (struct str){0}, NULL, NULL, &faults, &scene->error));
    assert_int_equal(faults, 0);
    importing_free(&importing);
}

static void ten_megabytes_arrive_whole(void **state)
{
    enum { BODY_BYTES = 10 * 1024 * 1024 };
    struct scene *scene = *state;
    struct buffer body = {0};
    while (body.size < BODY_BYTES)
        buffer_add(&body, str_of("زحمة الدوحة traffic 2026 ... "));
    for (int format = 0; format < 2; format++) {
        struct importing importing = importing_new(format == 0 ? IMPORT_JSONL : IMPORT_CSV);
        struct buffer text = {0};
        buffer_add(&text, format == 0 ? str_of("{\"id\":\"big\",\"body\":\"")
                                      : str_of("id,body\nbig csv,\""));
        buffer_add(&text, buffer_str(&body));
        buffer_add(&text, format == 0 ? str_of("\"}\n") : str_of("\"\n"));
        importing_counts(scene, &importing, buffer_str(&text), 1, 0, 0, 0);
        struct comment comment = importing_comment(scene, format == 0 ? "big" : "big csv");
        assert_true(str_equal(comment.body, buffer_str(&body)));
        buffer_free(&text);
        importing_free(&importing);
    }
    buffer_free(&body);
}

static void a_cut_last_line_leaves_nothing(void **state)
{
    static const char *const cut[] = {"{\"id\":\"a\",\"body\":\"one\"}\n{\"id\":\"b\",\"bo",
                                      "{\"id\":\"a\",\"body\":\"one\"}\n{\"id\":\"b\"",
                                      "{\"id\":\"a\",\"body\":\"one\"}\n{\"body\":\"\xd8"};
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        struct importing importing = importing_new(IMPORT_JSONL);
        assert_int_equal(importing_read(scene, &importing, str_of(cut[i])), STATUS_INPUT);
        scene_said(scene, "comments:2: ");
        assert_int_equal(scene_count(scene), SCENE_COMMENTS);
        assert_int_equal(importing.result.added, 0);
        importing_free(&importing);
    }
}

static void tell_fault(void *context, const char *sentence)
{
    (void)context;
    print_error("fault: %s\n", sentence);
}

static void must_be_sound(struct scene *scene)
{
    int64_t faults;
    scene_ok(scene,
             store_check(scene->store, (struct str){0}, tell_fault, NULL, &faults, &scene->error));
    assert_int_equal(faults, 0);
}

static int64_t unanswered(struct scene *scene)
{
    struct statement statement;
    int64_t questions = -1;
    statement_start(&statement, scene->store, "SELECT questions FROM question_of WHERE scope = ''");
    statement_single(&statement, &questions);
    scene_ok(scene, statement_end(&statement, &scene->error));
    return questions;
}

/* What an import brings is counted at its end: what it brings twice, asks and no longer asks, and
 * what it changes of what was there; and afterwards comments count as they come again. */
static void an_import_is_counted_at_its_end(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    int64_t before = unanswered(scene);
    before = before < 0 ? 0 : before;
    importing_counts(scene, &importing,
                     JSONL("{\"id\":1,\"body\":\"Why?\"}\n{\"id\":2,\"body\":\"So.\"}\n"
                           "{\"id\":3,\"body\":\"متى؟\",\"lang\":\"ar\",\"channel\":\"x\"}\n"),
                     3, 0, 0, 0);
    assert_int_equal(unanswered(scene), before + 2);
    must_be_sound(scene);
    importing_counts(scene, &importing,
                     JSONL("{\"id\":1,\"body\":\"Because.\"}\n{\"id\":2,\"body\":\"So? No.\"}\n"
                           "{\"id\":4,\"body\":\"First.\"}\n{\"id\":5,\"body\":\"Where?\"}\n"
                           "{\"id\":4,\"body\":\"Second?\"}\n{\"id\":5,\"body\":\"There.\"}\n"),
                     2, 4, 0, 0);
    assert_int_equal(unanswered(scene), before + 3);
    must_be_sound(scene);
    scene_add_comment(scene, scene->consultations[0], "who", str_of(""), str_of("And who?"));
    assert_int_equal(unanswered(scene), before + 4);
    must_be_sound(scene);
    importing_free(&importing);
}

/* What comes in a long row is added with the triggers switched off: all that is kept is right all the
 * same, whatever comes between, and they are on again afterwards. */
static void a_long_row_of_new_comments_is_counted(void **state)
{
    enum { ROWS = 1000, CHANGED_EVERY = 90, LETTER_EVERY = 10, REPLY_EVERY = 7, ASKS_EVERY = 3 };
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct buffer text = {0};
    int64_t asked = unanswered(scene), asking = 0, changed = 0;
    asked = asked < 0 ? 0 : asked;
    for (int i = 0; i < ROWS; i++) {
        bool asks = i % ASKS_EVERY == 0 && i % LETTER_EVERY != 0;
        buffer_printf(&text, "{\"id\":\"n%d\",\"body\":\"%s %d%s\"", i,
                      i % LETTER_EVERY == 0 ? "We ask you to keep the old road open for all who "
                                              "live along it, on foot and with carts"
                                            : "Number",
                      i % LETTER_EVERY == 0 ? 1 : i, asks ? "?" : "");
        if (i % REPLY_EVERY == 1)
            buffer_printf(&text, ",\"parent\":\"n%d\"", i - 1);
        buffer_add(&text, str_of("}\n"));
        asking += asks;
        if (i % CHANGED_EVERY == 1) {
            buffer_printf(&text, "{\"id\":\"n%d\",\"body\":\"Is it so now?\"}\n", i);
            asking += !asks;
            changed++;
        }
    }
    importing_counts(scene, &importing, buffer_str(&text), ROWS, changed, 0, 0);
    assert_int_equal(unanswered(scene), asked + asking);
    must_be_sound(scene);
    struct statement statement;
    int64_t letters = 0;
    statement_start(&statement, scene->store, "SELECT max(letters) FROM cluster");
    statement_single(&statement, &letters);
    scene_ok(scene, statement_end(&statement, &scene->error));
    assert_int_equal(letters, ROWS / LETTER_EVERY);
    scene_add_comment(scene, scene->consultations[0], "who", str_of(""), str_of("And who?"));
    assert_int_equal(unanswered(scene), asked + asking + 1);
    must_be_sound(scene);
    buffer_free(&text);
    importing_free(&importing);
}

/* A trigger that did more would be passed over where imports switch triggers off. */
static void no_trigger_minds_a_gathered_comment(void **state)
{
    static const char *const sources[] = {"comment", "question"};
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct statement statement;
        int64_t all = 0, minding = 0;
        statement_start(&statement, scene->store,
                        "SELECT count(*), total(sql NOT LIKE '% WHEN %gathered_from%BEGIN%')"
                        " FROM sqlite_schema WHERE type = 'trigger'"
                        " AND sql LIKE '% INSERT ON ' || ?1 || char(10) || '%'");
        statement_bind_text(&statement, str_of(sources[i]));
        if (statement_single(&statement, &all))
            minding = statement_integer(&statement);
        scene_ok(scene, statement_end(&statement, &scene->error));
        assert_true(all > 0);
        assert_int_equal(minding, 0);
    }
}

static bool interrupt_at_end(void *context, int64_t rows, int64_t bytes)
{
    (void)context;
    (void)rows;
    return bytes == 0;
}

static void an_interrupted_import_leaves_nothing(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct buffer text = {0};
    for (int i = 0; i < 10000; i++)
        buffer_printf(&text, "{\"id\":%d,\"body\":\"comment number %d\"}\n", i, i);
    importing.options.progress = interrupt_at_end;
    assert_int_equal(importing_read(scene, &importing, buffer_str(&text)), STATUS_INTERRUPTED);
    assert_int_equal(scene_count(scene), SCENE_COMMENTS);
    /* The store is free for the next one. */
    importing.options.progress = NULL;
    importing_counts(scene, &importing, buffer_str(&text), 10000, 0, 0, 0);
    must_be_sound(scene);
    buffer_free(&text);
    importing_free(&importing);
}

static void replies_find_their_parents_in_any_order(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    importing_counts(scene, &importing,
                     JSONL("{\"id\":\"late\",\"body\":\"x\",\"parent\":\"first\"}\n"
                           "{\"id\":\"first\",\"body\":\"x\",\"parent\":0}\n"
                           "{\"id\":\"second\",\"body\":\"x\",\"in_reply_to\":\"late\"}\n"
                           "{\"id\":\"orphan\",\"body\":\"x\",\"parent\":\"gone\"}\n"
                           "{\"id\":\"self\",\"body\":\"x\",\"parent\":\"self\"}\n"
                           "{\"id\":\"ring1\",\"body\":\"x\",\"parent\":\"ring2\"}\n"
                           "{\"id\":\"ring2\",\"body\":\"x\",\"parent\":\"ring1\"}\n"),
                     7, 0, 0, 0);
    int64_t first = importing_comment(scene, "first").id;
    assert_int_equal(importing_comment(scene, "late").parent_id, first);
    assert_int_equal(importing_comment(scene, "first").parent_id, 0);
    assert_int_equal(importing_comment(scene, "second").parent_id,
                     importing_comment(scene, "late").id);
    assert_int_equal(importing_comment(scene, "orphan").parent_id, 0);
    importing_said(&importing, "comments:4: it replies to 'gone'");
    assert_int_equal(importing_comment(scene, "self").parent_id, 0);
    importing_said(&importing, "comments:5: ");
    assert_true(importing_comment(scene, "ring1").parent_id == 0 ||
                importing_comment(scene, "ring2").parent_id == 0);
    importing_free(&importing);
}

static void a_source_stays_in_its_consultation(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    importing_counts(scene, &importing, JSONL("{\"id\":\"a\",\"body\":\"one\"}\n"), 1, 0, 0, 0);
    importing.options.consultation = str_of("gardens");
    importing_counts(scene, &importing,
                     JSONL("{\"id\":\"a\",\"body\":\"two\"}\n"
                           "{\"id\":\"b\",\"body\":\"x\",\"parent\":\"a\"}\n"),
                     1, 0, 0, 1);
    importing_said(&importing, "another consultation");
    assert_true(str_equal(importing_comment(scene, "a").body, str_of("one")));
    assert_int_equal(importing_comment(scene, "b").parent_id, 0);
    importing_free(&importing);
}

static void rows_without_an_id_are_known_by_their_content(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct str letters = JSONL("{\"body\":\"Save the park\"}\n{\"body\":\"Save the park\"}\n"
                               "{\"body\":\"Save the park\",\"author\":\"Ali\"}\n"
                               "{\"body\":\"Save the park\"}\n");
    importing_counts(scene, &importing, letters, 4, 0, 0, 0);
    importing_counts(scene, &importing, letters, 0, 0, 4, 0);
    importing.options.now += 3600;
    importing_counts(scene, &importing, letters, 0, 0, 4, 0);
    importing_counts(scene, &importing,
                     JSONL("{\"body\":\"Save the park\"}\n{\"body\":\"Save the park!\"}\n"), 1, 0,
                     1, 0);
    importing_free(&importing);
}

static void a_consultation_is_made_when_asked(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct consultation made;
    struct str text = JSONL("{\"id\":\"a\",\"body\":\"one\"}\n");
    importing.options.consultation = str_of("metro");
    assert_int_equal(importing_read(scene, &importing, text), STATUS_NOT_FOUND);
    scene_said(scene, "metro");
    importing.options.create = true;
    importing_counts(scene, &importing, text, 1, 0, 0, 0);
    scene_ok(scene,
             consultation_find(scene->store, str_of("metro"), &scene->arena, &made, &scene->error));
    assert_int_equal(made.agency_id, scene->agencies[0]);
    importing.options.consultation = str_of("no slug\n");
    assert_int_equal(importing_read(scene, &importing, text), STATUS_USAGE);
    importing_free(&importing);
}

static void who_may_not_import_is_refused(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    FILE *in = fmemopen((void *)(uintptr_t) "{}", 2, "rb");
    assert_int_equal(import_comments(&scene->desks[ROLE_MODERATOR], in, &importing.options,
                                     &importing.result, &scene->error),
                     STATUS_REFUSED);
    fclose(in);
}

static void a_map_is_read(void **state)
{
    struct scene *scene = *state;
    struct import_options options = {0};
    scene_ok(scene, import_parse_map(str_of("body=Column, author = \"The \"\"who\"\", where\","
                                            "submitted_at=a b"),
                                     &scene->arena, &options, &scene->error));
    assert_true(str_equal(options.map[IMPORT_BODY], str_of("Column")));
    assert_true(str_equal(options.map[IMPORT_AUTHOR], str_of("The \"who\", where")));
    assert_true(str_equal(options.map[IMPORT_SUBMITTED_AT], str_of("a b")));
    static const char *const bad[] = {"",          "body",         "body=",       "text=x",
                                      "body=x,",   "body=\"x",     "body=\"x\"y", "=x",
                                      "body=\"\"", "body=a,body=b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct import_options wrong = {0};
        assert_int_equal(import_parse_map(str_of(bad[i]), &scene->arena, &wrong, &scene->error),
                         STATUS_USAGE);
        scene_said(scene, "--map");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_read_again_adds_nothing),
        TEST(every_field_arrives),
        TEST(dates_come_in_many_forms),
        TEST(every_wrong_row_is_named_and_refuses_nothing_else),
        TEST(a_nul_is_part_of_a_text),
        TEST(a_nul_in_a_word_does_not_harm_the_index),
        TEST(ten_megabytes_arrive_whole),
        TEST(a_cut_last_line_leaves_nothing),
        TEST(an_import_is_counted_at_its_end),
        TEST(a_long_row_of_new_comments_is_counted),
        TEST(no_trigger_minds_a_gathered_comment),
        TEST(an_interrupted_import_leaves_nothing),
        TEST(replies_find_their_parents_in_any_order),
        TEST(a_source_stays_in_its_consultation),
        TEST(rows_without_an_id_are_known_by_their_content),
        TEST(a_consultation_is_made_when_asked),
        TEST(who_may_not_import_is_refused),
        TEST(a_map_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
