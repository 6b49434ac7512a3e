/* Comments going out, and coming back in. */
#include "unit/importing.h"

#include "base/moment.h"
#include "exchange/export.h"

#include <jansson.h>

/* What an export writes, as text in memory that the caller frees. */
static struct str export_text(struct scene *scene, const struct query *query,
                              enum export_format format, int64_t limit)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    scene_ok(scene, export_comments(&scene->desks[ROLE_SUPERVISOR], query, format, limit, out,
                                    &scene->error));
    fclose(out);
    return (struct str){text, size};
}

static void release(struct str text)
{
    free((void *)(uintptr_t)text.data);
}

static bool holds(struct str text, const char *part)
{
    return memmem(text.data, text.size, part, strlen(part)) != NULL;
}

static size_t count_of(struct str text, const char *part)
{
    size_t count = 0, size = strlen(part);
    for (size_t at = 0; at + size <= text.size; at++)
        count += memcmp(text.data + at, part, size) == 0;
    return count;
}

static void csv_is_what_it_is_documented_to_be(void **state)
{
    struct scene *scene = *state;
    struct query query = {0};
    struct str slugs[] = {str_of("roads"), str_of("metro")};
    size_t changed;
    query.consultation = str_of("gardens");
    int64_t comment = scene->comments[SCENE_COMMENTS - 1];
    scene_ok(scene, desk_tag(&scene->desks[ROLE_MODERATOR], &comment, 1, slugs, 2, NULL, 0, true,
                             SCENE_NOW, &changed, &scene->error));
    scene_ok(scene, desk_decide(&scene->desks[ROLE_MODERATOR], comment, 0, ACTION_REJECT,
                                scene->reasons[1], str_of(""), SCENE_NOW, NULL, &scene->error));
    struct str text = export_text(scene, &query, EXPORT_CSV, -1);
    char expected[1024], at[MOMENT_BYTES];
    snprintf(expected, sizeof expected,
             "\"id\",\"consultation\",\"state\",\"language\",\"channel\",\"author\",\"body\","
             "\"submitted_at\",\"source\",\"source_id\",\"parent\",\"tags\",\"reason\"\r\n"
             "\"%lld\",\"gardens\",\"rejected\",\"en\",\"web\",\"Sara\",\"Widen the road, "
             "please.\",\"%s\",\"scene\",\"four\",\"\",\"metro roads\",\"off-topic\"\r\n",
             (long long)comment, moment_iso(SCENE_NOW - 1000, at));
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
    release(text);
}

static void formulas_are_disarmed(void **state)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1", "@x", "\tx", "\rx"};
    struct scene *scene = *state;
    struct query query = {0};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        scene_add_comment(scene, scene->consultations[0], formulas[i], str_of(formulas[i]),
                          str_of(formulas[i]));
    struct str text = export_text(scene, &query, EXPORT_CSV, -1);
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        char bare[16], guarded[16];
        snprintf(bare, sizeof bare, "\"%s\"", formulas[i]);
        snprintf(guarded, sizeof guarded, "\"'%s\"", formulas[i]);
        assert_int_equal(count_of(text, bare), 0);
        assert_int_equal(count_of(text, guarded), 3);
    }
    release(text);
    text = export_text(scene, &query, EXPORT_JSONL, -1);
    assert_true(holds(text, "\"=1+1\""));
    assert_false(holds(text, "\"'="));
    release(text);
}

static void exports_are_valid_and_harmless(void **state)
{
    struct scene *scene = *state;
    struct query query = {0};
    static const char hostile[] = "a\xff\x1b[2J\xc2\x9b"
                                  "31m\xe2\x80\xae!\0end";
    scene_add_comment(scene, scene->consultations[0], "hostile", str_of("\xc3"),
                      (struct str){hostile, sizeof hostile - 1});
    struct str text = export_text(scene, &query, EXPORT_JSONL, -1);
    assert_true(holds(text, "a\xef\xbf\xbd\\u001B[2J\\u009B31m\\u202E!\\u0000end"));
    assert_true(holds(text, "\"author\":\"\xef\xbf\xbd\""));
    release(text);
    text = export_text(scene, &query, EXPORT_CSV, -1);
    assert_true(holds(text, "a\xef\xbf\xbd\x1b[2J"));
    release(text);
}

static void every_comment_goes_out_once(void **state)
{
    enum { MORE = 950 }; /* several pages, the last one partly filled */
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct query query = {0};
    struct buffer lines = {0};
    for (int i = 0; i < MORE; i++)
        buffer_printf(&lines, "{\"id\":\"n%d\",\"body\":\"number %d.\",\"date\":%d}\n", i, i,
                      SCENE_NOW - 5000 + i / 3);
    importing_counts(scene, &importing, buffer_str(&lines), MORE, 0, 0, 0);
    struct str text = export_text(scene, &query, EXPORT_JSONL, -1);
    assert_int_equal(count_of(text, "\n"), MORE + SCENE_COMMENTS);
    for (int i = 0; i < MORE; i++) {
        char body[32];
        snprintf(body, sizeof body, "\"number %d.\"", i);
        assert_int_equal(count_of(text, body), 1);
    }
    release(text);
    static const int64_t limits[] = {0, 1, 200, 201, 900};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        text = export_text(scene, &query, EXPORT_JSONL, limits[i]);
        assert_int_equal(count_of(text, "\n"), limits[i]);
        release(text);
    }
    buffer_free(&lines);
    importing_free(&importing);
}

/* Reads an export back under another source and compares everything a comment has there. */
static void comes_back_the_same(struct scene *scene, enum export_format format)
{
    struct query query = {.consultation = str_of("traffic")};
    struct importing importing = importing_new(format == EXPORT_CSV ? IMPORT_CSV : IMPORT_JSONL);
    struct comment_row *rows;
    size_t count;
    struct str text = export_text(scene, &query, format, -1);
    scene_ok(scene, queue_page(scene->store, &query, NULL, QUEUE_AFTER, 100, &scene->arena, &rows,
                               &count, &scene->error));
    importing.options.source = str_of(format == EXPORT_CSV ? "csv" : "jsonl");
    importing_counts(scene, &importing, text, (int64_t)count, 0, 0, 0);
    for (size_t i = 0; i < count; i++) {
        char id[24];
        snprintf(id, sizeof id, "%lld", (long long)rows[i].id);
        int64_t back = scene_find(scene, format == EXPORT_CSV ? "csv" : "jsonl", id);
        assert_int_not_equal(back, 0);
        struct comment one = scene_comment(scene, rows[i].id), two = scene_comment(scene, back);
        assert_true(str_equal(one.body, two.body));
        assert_true(str_equal(one.author, two.author));
        assert_true(str_equal(one.language, two.language));
        assert_true(str_equal(one.channel, two.channel));
        assert_int_equal(one.submitted_at, two.submitted_at);
        assert_int_equal(one.consultation_id, two.consultation_id);
        assert_int_equal(one.parent_id != 0, two.parent_id != 0);
    }
    release(text);
    importing_free(&importing);
}

static void what_goes_out_comes_back(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct str hostile = str_of(
        "{\"id\":\"a\",\"body\":\"line\\r\\n\\\"quoted\\\", ; \\u0000 \\u200f\\ufffe "
        "👨‍👩‍👧\","
        "\"author\":\"أم, \\\"حمد\\\"\"}\n"
        "{\"id\":\"b\",\"body\":\" blanks and a dot . \",\"parent\":\"a\"}\n"
        "{\"id\":\"c\",\"body\":\"\\u001b[2J\\u0007\",\"parent\":\"b\",\"channel\":\"forum\"}\n");
    importing_counts(scene, &importing, hostile, 3, 0, 0, 0);
    comes_back_the_same(scene, EXPORT_JSONL);
    importing_free(&importing);
}

static void csv_comes_back_too(void **state)
{
    struct scene *scene = *state;
    struct importing importing = importing_new(IMPORT_JSONL);
    struct str texts =
        str_of("{\"id\":\"a\",\"body\":\"line\\r\\n\\\"quoted\\\", \\u0000 \\ufffe\"}\n"
               "{\"id\":\"b\",\"body\":\" blanks \",\"parent\":\"a\",\"author\":\"نورة\"}\n");
    importing_counts(scene, &importing, texts, 2, 0, 0, 0);
    comes_back_the_same(scene, EXPORT_CSV);
    importing_free(&importing);
}

static void a_full_disk_is_an_error(void **state)
{
    struct scene *scene = *state;
    struct query query = {0};
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    assert_int_equal(export_comments(&scene->desks[ROLE_SUPERVISOR], &query, EXPORT_CSV, -1, full,
                                     &scene->error),
                     STATUS_IO);
    fclose(full);
}

static void who_may_not_export_is_refused(void **state)
{
    struct scene *scene = *state;
    struct query query = {0};
    assert_int_equal(
        export_comments(&scene->desks[ROLE_TRAINEE], &query, EXPORT_CSV, -1, stdout, &scene->error),
        STATUS_REFUSED);
}

static json_t *json_of(struct scene *scene, enum status status, char **text, FILE *out)
{
    fclose(out);
    scene_ok(scene, status);
    json_t *value = json_loads(*text, JSON_ALLOW_NUL, NULL);
    assert_non_null(value);
    free(*text);
    return value;
}

static void a_list_line_is_an_object(void **state)
{
    struct scene *scene = *state;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    enum status status =
        export_list_line(&scene->desks[ROLE_TRAINEE], scene->comments[0], out, &scene->error);
    json_t *line = json_of(scene, status, &text, out);
    assert_int_equal(json_object_size(line), 9);
    assert_int_equal(json_integer_value(json_object_get(line, "id")), scene->comments[0]);
    assert_string_equal(json_string_value(json_object_get(line, "state")), "pending");
    assert_string_equal(json_string_value(json_object_get(line, "consultation")), "traffic");
    assert_int_equal(json_array_size(json_object_get(line, "tags")), 0);
    /* The scene's comments are the same letter. */
    struct comment comment;
    scene_ok(scene, comment_read(scene->store, scene->comments[0], 0, 0, &scene->arena, &comment,
                                 &scene->error));
    assert_true(comment.cluster_id != 0);
    assert_int_equal(json_integer_value(json_object_get(line, "cluster")), comment.cluster_id);
    json_decref(line);
}

static void a_history_is_an_array(void **state)
{
    struct scene *scene = *state;
    char *text = NULL;
    size_t size = 0;
    struct undone undone;
    scene_ok(scene, desk_decide(&scene->colleague, scene->comments[0], 0, ACTION_REJECT,
                                scene->reasons[0], str_of("rude"), SCENE_NOW, NULL, &scene->error));
    scene_ok(scene, desk_undo(&scene->colleague, false, SCENE_NOW + 1, &undone, &scene->error));
    FILE *out = open_memstream(&text, &size);
    enum status status =
        export_history(&scene->desks[ROLE_TRAINEE], scene->comments[0], out, &scene->error);
    json_t *array = json_of(scene, status, &text, out);
    assert_int_equal(json_array_size(array), 3);
    const json_t *decision = json_array_get(array, 1), *undo = json_array_get(array, 2);
    assert_string_equal(json_string_value(json_object_get(decision, "action")), "reject");
    assert_string_equal(json_string_value(json_object_get(decision, "reason")), "insult");
    assert_string_equal(json_string_value(json_object_get(decision, "note")), "rude");
    assert_string_equal(json_string_value(json_object_get(decision, "who")), "خالد");
    assert_true(json_is_true(json_object_get(decision, "undone")));
    assert_int_equal(json_integer_value(json_object_get(undo, "undoes_id")),
                     json_integer_value(json_object_get(decision, "id")));
    json_decref(array);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(csv_is_what_it_is_documented_to_be),
        TEST(formulas_are_disarmed),
        TEST(exports_are_valid_and_harmless),
        TEST(every_comment_goes_out_once),
        TEST(what_goes_out_comes_back),
        TEST(csv_comes_back_too),
        TEST(a_full_disk_is_an_error),
        TEST(who_may_not_export_is_refused),
        TEST(a_list_line_is_an_object),
        TEST(a_history_is_an_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
