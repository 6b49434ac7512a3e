/* The report: its numbers against plain SQL over random histories, and what a hostile text can do
 * to its page. */
#include "unit/scene.h"

#include "exchange/report.h"
#include "store/internal.h"

#include <expat.h>

enum { PERIOD_FROM = SCENE_NOW - 40000, PERIOD_TO = SCENE_NOW - 10000, HISTORY = 300 };

static uint32_t next_random(uint32_t *random, uint32_t limit)
{
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 8) % limit;
}

static int64_t ask(struct scene *scene, const char *sql, int64_t consultation)
{
    struct statement statement;
    int64_t value = 0;
    statement_start(&statement, scene->store, sql);
    statement_bind(&statement, consultation);
    statement_bind(&statement, PERIOD_FROM);
    statement_bind(&statement, PERIOD_TO);
    statement_single(&statement, &value);
    scene_ok(scene, statement_end(&statement, &scene->error));
    return value;
}

static void add_history(struct scene *scene, uint32_t *random)
{
    static const char *const languages[] = {"ar", "en", "und"}, *const channels[] = {"web",
                                                                                     "email"};
    for (int i = 0; i < HISTORY; i++) {
        enum comment_outcome outcome;
        struct comment comment = {.consultation_id = scene->consultations[next_random(random, 2)],
                                  .source = str_of("history"),
                                  .source_id = str_of(arena_printf(&scene->arena, "%d", i)),
                                  .channel = str_of(channels[next_random(random, 2)]),
                                  .author = str_of("Xanthippe Quillfeather"),
                                  .author_key = str_of("key-zyx-987"),
                                  .language = str_of(languages[next_random(random, 3)]),
                                  .body = str_of(i % 3 ? "A text." : "We ask for more trees."),
                                  .submitted_at = SCENE_NOW - 50000 + next_random(random, 50000)};
        comment.received_at = comment.submitted_at + next_random(random, 500);
        scene_ok(scene, store_begin(scene->store, &scene->error));
        scene_ok(scene, comment_add(scene->store, &comment, &outcome, &scene->error));
        scene_ok(scene, store_commit(scene->store, &scene->error));
        struct desk *desk = &scene->desks[ROLE_SUPERVISOR];
        for (uint32_t step = next_random(random, 4); step > 0; step--) {
            enum action action = (enum action)next_random(random, ACTION_UNDO);
            int64_t at = comment.received_at + next_random(random, 9000);
            /* A decision that changes nothing is refused: random ones are. */
            desk_decide(desk, comment.id, 0, action,
                        action == ACTION_REJECT ? scene->reasons[next_random(random, 2)] : 0,
                        str_of(""), at, NULL, &scene->error);
        }
    }
}

static struct report_consultation *read_rows(struct scene *scene, size_t *count)
{
    struct report_consultation *rows;
    struct report_scope scope = {.from = PERIOD_FROM, .to = PERIOD_TO, .buckets = 2};
    scope.starts[0] = PERIOD_FROM;
    scope.starts[1] = PERIOD_FROM + (PERIOD_TO - PERIOD_FROM) / 2;
    scope.starts[2] = PERIOD_TO;
    scene_ok(scene, report_read(scene->store, &scope, &scene->arena, &rows, count, &scene->error));
    return rows;
}

static int64_t sum_of(struct report_shares shares)
{
    int64_t sum = 0;
    for (size_t i = 0; i < shares.count; i++)
        sum += shares.items[i].count;
    return sum;
}

#define PLAIN " FROM comment c WHERE consultation_id = ?1 AND submitted_at BETWEEN ?2 AND ?3 - 1"
#define WAITS "SELECT first_decided_at - received_at" PLAIN " AND first_decided_at IS NOT NULL"

static void numbers_are_those_of_plain_sql(void **state)
{
    struct scene *scene = *state;
    uint32_t random = 20261124;
    size_t count;
    add_history(scene, &random);
    struct report_consultation *rows = read_rows(scene, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        int64_t id = rows[i].consultation.id;
        assert_true(rows[i].heard > 20 && rows[i].by_state[STATE_REJECTED] > 0);
        assert_int_equal(rows[i].heard, ask(scene, "SELECT count(*)" PLAIN, id));
        assert_int_equal(rows[i].alike,
                         ask(scene, "SELECT count(*)" PLAIN " AND body LIKE '%trees%'", id));
        assert_true(rows[i].alike > 1);
        assert_int_equal(rows[i].clusters, 1);
        assert_int_equal(rows[i].by_state[STATE_SPAM],
                         ask(scene, "SELECT count(*)" PLAIN " AND state = 'spam'", id));
        assert_int_equal(rows[i].volume[0] + rows[i].volume[1], rows[i].heard);
        assert_int_equal(sum_of(rows[i].languages), rows[i].heard);
        assert_int_equal(sum_of(rows[i].channels), rows[i].heard);
        assert_int_equal(sum_of(rows[i].reasons), rows[i].by_state[STATE_REJECTED]);
        assert_int_equal(rows[i].decided, ask(scene, "SELECT count(*) FROM (" WAITS ")", id));
        assert_int_equal(
            rows[i].median_wait,
            ask(scene,
                "SELECT CAST(avg(w) AS INTEGER) FROM (SELECT w, row_number() OVER (ORDER BY w) AS "
                "n,"
                " count(*) OVER () AS t FROM (SELECT first_decided_at - received_at AS w" PLAIN
                " AND first_decided_at IS NOT NULL)) WHERE n IN ((t + 1) / 2, (t + 2) / 2)",
                id));
        assert_int_equal(
            rows[i].ninetieth_wait,
            ask(scene,
                "SELECT min(w) FROM (SELECT w, cume_dist() OVER (ORDER BY w) AS share FROM"
                " (SELECT first_decided_at - received_at AS w" PLAIN
                " AND first_decided_at IS NOT NULL)) WHERE share >= 0.9",
                id));
    }
}

static struct buffer make_page(struct scene *scene)
{
    struct buffer page = {0};
    struct report_request request = {.language = REPORT_BOTH,
                                     .from = SCENE_NOW - 5 * 86400,
                                     .to = SCENE_NOW + 86400,
                                     .now = SCENE_NOW};
    scene_ok(scene, report_make(&scene->desks[ROLE_SUPERVISOR], &request, &page, &scene->error));
    return page;
}

/* Publishes an answer to the comment, which is approved first. */
static void answer(struct scene *scene, int64_t comment, struct str body)
{
    struct desk *desk = &scene->desks[ROLE_SUPERVISOR];
    scene_ok(scene, desk_decide(desk, comment, 0, ACTION_APPROVE, 0, str_of(""), SCENE_NOW, NULL,
                                &scene->error));
    struct response response = {.comment_id = comment,
                                .agency_id = scene->agencies[0],
                                .author_id = desk->self.id,
                                .reviewer_id = desk->self.id,
                                .language = str_of("en"),
                                .body = body,
                                .state = RESPONSE_PUBLISHED,
                                .created_at = SCENE_NOW,
                                .changed_at = SCENE_NOW,
                                .published_at = SCENE_NOW};
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, response_write(scene->store, &response, desk->self.id, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
}

static bool holds(const struct buffer *page, const char *part)
{
    return memmem(page->data, page->size, part, strlen(part)) != NULL;
}

static void a_hostile_text_is_inert(void **state)
{
    static const char text[] = "<script>x</script>\x1b[2J \xe2\x80\xae \xff & \"quoted\" ]]>";
    struct scene *scene = *state;
    int64_t comment = scene_add_comment(scene, scene->consultations[0], "hostile", str_of("Eve"),
                                        (struct str){text, sizeof text - 1});
    answer(scene, comment, str_of("<img src='x'/>"));
    struct buffer page = make_page(scene);
    XML_Parser parser = XML_ParserCreate(NULL);
    assert_int_equal(XML_Parse(parser, page.data, (int)page.size, 1), XML_STATUS_OK);
    XML_ParserFree(parser);
    assert_true(holds(&page, "&lt;script&gt;") && holds(&page, "[ESC]") && holds(&page, "[RLO]"));
    assert_false(holds(&page, "<script") || holds(&page, "<img") || holds(&page, "\xe2\x80\xae"));
    for (size_t i = 0; i < page.size; i++)
        assert_true((unsigned char)page.data[i] >= ' ' || page.data[i] == '\n');
    buffer_free(&page);
}

static void persons_are_left_out(void **state)
{
    struct scene *scene = *state;
    int64_t comment = scene_add_comment(
        scene, scene->consultations[0], "person", str_of("Zenobia Marsh"),
        str_of(
            "Call me on +974 5555 0110 or \xd9\xa5\xd9\xa5\xd9\xa5\xd9\xa5\xd9\xa0\xd9\xa1\xd9\xa1"
            ", zen.marsh@example.qa, 28463400123. On 2026-11-24, in 2015-2019."));
    answer(scene, comment, str_of("Dear Ms Marsh, as Zenobia's letter says, ask @zenobia_m."));
    struct buffer page = make_page(scene);
    static const char *const secrets[] = {"Zenobia",    "Marsh",           "0110",
                                          "zen.marsh",  "284634",          "@zenobia_m",
                                          "example.qa", "\xd9\xa5\xd9\xa5"};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        if (holds(&page, secrets[i]))
            fail_msg("the report holds '%s'", secrets[i]);
    }
    assert_true(holds(&page, "2026-11-24") && holds(&page, "2015-2019"));
    buffer_free(&page);
}

static void it_takes_the_right_to_export(void **state)
{
    struct scene *scene = *state;
    struct buffer page = {0};
    struct report_request request = {.from = 0, .to = 86400, .now = SCENE_NOW};
    assert_int_equal(report_make(&scene->desks[ROLE_TRAINEE], &request, &page, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(page.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_those_of_plain_sql, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(a_hostile_text_is_inert, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(persons_are_left_out, scene_open, scene_close),
        cmocka_unit_test_setup_teardown(it_takes_the_right_to_export, scene_open, scene_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
