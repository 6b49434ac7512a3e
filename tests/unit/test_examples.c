/* The worked examples that are installed: that they load whole, and hold what they promise. */
#include "unit/scene.h"

#include "exchange/examples.h"
#include "text/guess.h"

#include <sys/stat.h>

enum { LEAST_COMMENTS = 60, LEAST_ARABIC_PERCENT = 60 };

static const char *data_folder(void)
{
    const char *folder = getenv("MAJLIS_TEST_DATA");
    return folder ? folder : "data";
}

/* A scene with nobody and nothing in its database. */
static int fresh_open(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    snprintf(scene->folder, sizeof scene->folder, "/tmp/majlis-test-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    snprintf(scene->path, sizeof scene->path, "%s/majlis.db", scene->folder);
    scene_ok(scene, store_open(&scene->store, scene->path, STORE_NEW, &scene->error));
    *state = scene;
    return 0;
}

static void load(struct scene *scene)
{
    scene_ok(scene, examples_load(scene->store, data_folder(), str_of("visitor"),
                                  str_of("A visitor"), SCENE_NOW, &scene->error));
}

struct totals {
    int64_t comments, arabic, replies;
};

static struct totals count_consultation(struct scene *scene, struct str slug)
{
    struct query query = {.consultation = slug};
    struct totals totals = {0};
    struct comment_row *rows;
    size_t count;
    scene_ok(scene, queue_page(scene->store, &query, NULL, QUEUE_AFTER, 1000, &scene->arena, &rows,
                               &count, &scene->error));
    for (size_t i = 0; i < count; i++) {
        struct comment comment = scene_comment(scene, rows[i].id);
        totals.comments++;
        totals.arabic += strcmp(guess_language(comment.body), "ar") == 0;
        totals.replies += comment.parent_id != 0;
        assert_true(comment.submitted_at <= SCENE_NOW);
        assert_int_equal(comment.received_at, comment.submitted_at);
    }
    return totals;
}

static void every_case_is_rich_and_mostly_arabic(void **state)
{
    static const char *const slugs[] = {"doha-traffic", "world-cup-2022", "e-participation",
                                        "open-data", "open-session"};
    struct scene *scene = *state;
    load(scene);
    for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++) {
        struct totals totals = count_consultation(scene, str_of(slugs[i]));
        print_message("%s: %d comments, %d in Arabic, %d replies\n", slugs[i], (int)totals.comments,
                      (int)totals.arabic, (int)totals.replies);
        assert_true(totals.comments >= LEAST_COMMENTS);
        assert_true(totals.arabic * 100 >= totals.comments * LEAST_ARABIC_PERCENT);
        assert_true(totals.replies > 0);
    }
}

static void what_moderators_did_is_there(void **state)
{
    struct scene *scene = *state;
    int64_t counts[STATE_COUNT], faults, last;
    struct query query = {0};
    load(scene);
    scene_ok(scene, queue_counts(scene->store, &query, INT64_MAX, counts, &scene->error));
    for (int i = 0; i < STATE_COUNT; i++)
        assert_true(counts[i] > 0);
    scene_ok(scene, store_check(scene->store, (struct str){0}, NULL, NULL, &faults, &scene->error));
    assert_int_equal(faults, 0);
    /* Done in the order of time: the decisions' ids rise with their moments. */
    int64_t before = 0;
    scene_ok(scene, decision_last_id(scene->store, &last, &scene->error));
    for (int64_t id = 1; id <= last; id++) {
        struct decision decision;
        scene_ok(scene, decision_read(scene->store, id, &scene->arena, &decision, &scene->error));
        assert_true(decision.decided_at >= before && decision.decided_at <= SCENE_NOW);
        before = decision.decided_at;
    }
}

static void the_visitor_may_do_everything(void **state)
{
    struct scene *scene = *state;
    struct desk desk;
    struct undone undone;
    load(scene);
    scene_ok(scene, desk_open(&desk, scene->store, str_of("visitor"), &scene->error));
    assert_int_equal(desk.self.role, ROLE_SUPERVISOR);
    assert_int_equal(desk_undo(&desk, true, SCENE_NOW, &undone, &scene->error), STATUS_EMPTY);
    desk_close(&desk);
}

static void lists_alone_can_be_loaded(void **state)
{
    struct scene *scene = *state;
    struct reason *reasons;
    struct template *templates;
    size_t reason_count, template_count;
    for (int round = 0; round < 2; round++) {
        scene_ok(scene, examples_load_lists(scene->store, data_folder(), &scene->error));
        scene_ok(scene,
                 reason_list(scene->store, &scene->arena, &reasons, &reason_count, &scene->error));
        scene_ok(scene, template_list(scene->store, &scene->arena, &templates, &template_count,
                                      &scene->error));
        assert_int_equal(reason_count, 8);
        assert_int_equal(template_count, 16);
    }
    assert_int_equal(scene_count(scene), 0);
}

/* A folder of examples with one file replaced by text; the loader has to name the place. */
static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static const char *const files[][2] = {
    {"reasons.json", "[{\"slug\":\"law\",\"label_ar\":\"ق\",\"label_en\":\"Law\"}]"},
    {"tags.json", "[]"},
    {"templates.json", "[]"},
    {"examples/agencies.json", "[{\"slug\":\"a\",\"name_ar\":\"أ\",\"name_en\":\"A\"}]"},
    {"examples/holidays.json", "[{\"date\":\"12-18\",\"name_ar\":\"عيد\",\"name_en\":\"Day\"}]"},
    {"examples/moderators.json", "[{\"login\":\"m\",\"name\":\"M\",\"role\":\"moderator\"},\n"
                                 "{\"login\":\"t\",\"name\":\"T\",\"role\":\"trainee\"}]"},
    {"examples/consultations.json",
     "[{\"slug\":\"c\",\"agency\":\"a\",\"kind\":\"consultation\",\"title_ar\":\"ع\","
     "\"title_en\":\"C\",\"opens_days\":-4,\"closes_days\":3}]"},
    {"examples/c.jsonl", ""},
};

static const char good_line[] =
    "{\"id\":\"1\",\"channel\":\"web\",\"days_ago\":2,\"body\":\"x\","
    "\"decision\":{\"by\":\"m\",\"action\":\"reject\",\"reason\":\"law\",\"after_hours\":1}}\n";

static void write_files(struct scene *scene, const char *last_line)
{
    char text[2048];
    char folder[128];
    snprintf(folder, sizeof folder, "%s/examples", scene->folder);
    mkdir(folder, S_IRWXU);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_file(scene->folder, files[i][0], files[i][1]);
    snprintf(text, sizeof text, "%s%s\n", good_line, last_line);
    write_file(scene->folder, "examples/c.jsonl", text);
}

static void remove_files(struct scene *scene)
{
    char path[256];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", scene->folder, files[i][0]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/examples", scene->folder);
    rmdir(path);
}

#define LINE(rest) "{\"id\":\"2\",\"channel\":\"web\",\"body\":\"x\",\"days_ago\":1" rest "}"

static void a_bad_line_is_named_and_nothing_stays(void **state)
{
    static const struct {
        const char *line, *said;
    } rows[] = {
        {"{\"id\":", "not valid JSON"},
        {"17", "examples/c.jsonl:2: "},
        {"{\"id\":\"2\"}", "\"channel\""},
        {LINE(",\"parent\":\"9\""), "no comment '9'"},
        {LINE(",\"section\":1"), "no section 1"},
        {LINE(",\"tags\":[\"x\"]"), "x"},
        {LINE(",\"tags\":\"x\""), "a list"},
        {LINE(",\"decision\":{\"by\":\"z\",\"action\":\"hold\",\"after_hours\":1}"), "'z'"},
        {LINE(",\"decision\":{\"by\":\"m\",\"action\":\"eat\",\"after_hours\":1}"), "'eat'"},
        {LINE(",\"decision\":{\"by\":\"m\",\"action\":\"hold\",\"after_hours\":25}"), "today"},
        {LINE(",\"decision\":{\"by\":\"t\",\"action\":\"hold\",\"after_hours\":1}"), "trainee"},
        {LINE(",\"decision\":{\"by\":\"m\",\"action\":\"reject\",\"after_hours\":1}"), "reason"},
        {LINE(",\"response\":{\"by\":\"m\",\"state\":\"published\",\"body\":\"x\","
              "\"after_hours\":1}"),
         "published_after_hours"},
        {good_line, "another comment '1'"},
    };
    struct scene *scene = *state;
    write_files(scene, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct agency *agencies;
        size_t count;
        write_files(scene, rows[i].line);
        assert_int_equal(examples_load(scene->store, scene->folder, str_of("v"), str_of("V"),
                                       SCENE_NOW, &scene->error),
                         STATUS_INPUT);
        scene_said(scene, "examples/c.jsonl:2: ");
        scene_said(scene, rows[i].said);
        scene_ok(scene, agency_list(scene->store, &scene->arena, &agencies, &count, &scene->error));
        assert_int_equal(count, 0);
    }
    write_files(scene, "");
    scene_ok(scene, examples_load(scene->store, scene->folder, str_of("v"), str_of("V"), SCENE_NOW,
                                  &scene->error));
    remove_files(scene);
}

static void a_missing_folder_is_named(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(examples_load_lists(scene->store, "/nowhere/majlis", &scene->error),
                     STATUS_IO);
    scene_said(scene, "/nowhere/majlis/reasons.json");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_case_is_rich_and_mostly_arabic),  TEST(what_moderators_did_is_there),
        TEST(the_visitor_may_do_everything),         TEST(lists_alone_can_be_loaded),
        TEST(a_bad_line_is_named_and_nothing_stays), TEST(a_missing_folder_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
