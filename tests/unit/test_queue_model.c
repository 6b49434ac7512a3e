/* The window of a queue: however one goes, decides and reads again, the rows around the cursor are
 * those of the queue read in one go, and the place in it is right wherever it is told. */
#include "unit/store_support.h"

#include "ui/queue_model.h"

enum { COMMENTS = 1700, STEPS = 2000, SIGHT = 17, MOST = COMMENTS + 1, WINDOW_MOST = 700 };

struct tested {
    struct fixture *fixture;
    struct queue_model model;
    struct query query;
    /* The whole queue, as one page. */
    struct arena arena;
    struct comment_row *rows;
    size_t count;
};

static const struct action_of {
    enum action action;
    enum comment_state to;
} actions[] = {{ACTION_APPROVE, STATE_APPROVED}, {ACTION_SPAM, STATE_SPAM}};

static void decide(struct tested *tested, int64_t comment, size_t which)
{
    struct fixture *fixture = tested->fixture;
    struct decision decision = {.comment_id = comment,
                                .moderator_id = fixture->moderators[0],
                                .action = actions[which].action,
                                .from_state = STATE_PENDING,
                                .to_state = actions[which].to,
                                .decided_at = FIXTURE_NOW};
    must(fixture, decision_add(fixture->store, &decision, &fixture->error));
}

static int open_tested(void **state)
{
    struct tested *tested = calloc(1, sizeof *tested);
    void *opened;
    size_t at;
    fixture_open(&opened);
    struct fixture *fixture = tested->fixture = opened;
    must(fixture, store_begin(fixture->store, &fixture->error));
    for (int i = 0; i < COMMENTS; i++) {
        int consultation = (int)fixture_random(fixture, FIXTURE_CONSULTATIONS);
        struct comment comment = fixture_comment(fixture, consultation, str_of("a metro"));
        comment.submitted_at = FIXTURE_NOW + fixture_random(fixture, COMMENTS / 3);
        int64_t id = fixture_add(fixture, comment);
        if (i % 9 == 0)
            decide(tested, id, fixture_random(fixture, 2));
    }
    must(fixture, store_commit(fixture->store, &fixture->error));
    must(fixture, query_parse(str_of("state:pending"), &fixture->arena, &tested->query, &at,
                              &fixture->error));
    *state = tested;
    return 0;
}

static int close_tested(void **state)
{
    struct tested *tested = *state;
    void *fixture = tested->fixture;
    queue_model_free(&tested->model);
    arena_free(&tested->arena);
    free(tested);
    return fixture_close(&fixture);
}

static void read_whole(struct tested *tested)
{
    struct fixture *fixture = tested->fixture;
    arena_free(&tested->arena);
    must(fixture, queue_page(fixture->store, &tested->query, NULL, QUEUE_AFTER, MOST,
                             &tested->arena, &tested->rows, &tested->count, &fixture->error));
}

static size_t place_in_whole(const struct tested *tested, int64_t id)
{
    for (size_t i = 0; i < tested->count; i++) {
        if (tested->rows[i].id == id)
            return i;
    }
    fail_msg("#%lld is not in the queue", (long long)id);
    return 0;
}

/* The screen's rows before and behind the cursor are those of the whole queue. */
static void compare(struct tested *tested)
{
    struct queue_model *model = &tested->model;
    struct fixture *fixture = tested->fixture;
    must(fixture, queue_model_show(model, fixture->store, SIGHT, &fixture->error));
    assert_int_equal(model->total, tested->count);
    if (tested->count == 0) {
        assert_int_equal(model->count, 0);
        return;
    }
    size_t at = place_in_whole(tested, queue_model_current(model)->id);
    assert_int_equal(model->ordinal, at + 1);
    size_t before = at < SIGHT - 1 ? at : SIGHT - 1, behind = tested->count - 1 - at;
    behind = behind < SIGHT - 1 ? behind : SIGHT - 1;
    assert_true(model->cursor >= before);
    assert_true(model->count - 1 - model->cursor >= behind);
    for (size_t i = 0; i <= before + behind; i++) {
        const struct comment_row *own = &model->rows[model->cursor - before + i];
        const struct comment_row *whole = &tested->rows[at - before + i];
        assert_int_equal(own->id, whole->id);
        assert_int_equal(own->revision, whole->revision);
        assert_true(str_equal(own->excerpt, whole->excerpt));
        assert_true(str_equal(own->author, whole->author));
    }
    if (model->at_start)
        assert_int_equal(model->cursor, at);
    if (model->at_end)
        assert_int_equal(model->count - model->cursor, tested->count - at);
}

static void open_queue(struct tested *tested)
{
    struct fixture *fixture = tested->fixture;
    read_whole(tested);
    must(fixture,
         queue_model_open(&tested->model, fixture->store, &tested->query, &fixture->error));
    compare(tested);
}

/* Moves, and checks where that leads. */
static void move(struct tested *tested, int64_t delta)
{
    struct queue_model *model = &tested->model;
    struct fixture *fixture = tested->fixture;
    int64_t at = (int64_t)place_in_whole(tested, queue_model_current(model)->id) + delta;
    int64_t last = (int64_t)tested->count - 1;
    at = at < 0 ? 0 : at > last ? last : at;
    must(fixture, queue_model_move(model, fixture->store, delta, &fixture->error));
    assert_int_equal(queue_model_current(model)->id, tested->rows[at].id);
    compare(tested);
}

static void random_walks_show_the_queue(void **state)
{
    struct tested *tested = *state;
    struct fixture *fixture = tested->fixture;
    static const int64_t deltas[] = {1, 1, 1, -1, -1, SIGHT - 1, SIGHT - 1, 1 - SIGHT, 300, -300};
    open_queue(tested);
    for (int i = 0; i < STEPS; i++) {
        uint32_t way = fixture_random(fixture, 400);
        if (way == 0)
            must(fixture, queue_model_first(&tested->model, fixture->store, &fixture->error));
        else if (way == 1)
            must(fixture, queue_model_last(&tested->model, fixture->store, &fixture->error));
        else
            move(tested, deltas[way % (sizeof deltas / sizeof *deltas)]);
        compare(tested);
    }
}

/* All the way down and up again by single steps: through every edge of the window. */
static void every_row_is_passed_once(void **state)
{
    struct tested *tested = *state;
    open_queue(tested);
    for (size_t i = 0; i + 1 < tested->count; i++)
        move(tested, 1);
    assert_true(tested->model.at_end);
    for (size_t i = 0; i + 1 < tested->count; i++)
        move(tested, -1);
    assert_true(tested->model.at_start);
}

static void a_window_stays_small(void **state)
{
    struct tested *tested = *state;
    open_queue(tested);
    for (size_t i = 0; i + SIGHT < tested->count; i += SIGHT) {
        move(tested, SIGHT);
        assert_true(tested->model.count < WINDOW_MOST);
    }
}

/* What is decided leaves; the next comes under the cursor, and the counts follow. */
static void deciding_goes_on_to_the_next(void **state)
{
    struct tested *tested = *state;
    struct fixture *fixture = tested->fixture;
    open_queue(tested);
    for (int i = 0; i < 300; i++) {
        const struct comment_row *row = queue_model_current(&tested->model);
        size_t at = place_in_whole(tested, row->id);
        int64_t approved = tested->model.counts[STATE_APPROVED];
        decide(tested, row->id, 0);
        read_whole(tested);
        must(fixture, queue_model_reload(&tested->model, fixture->store, &fixture->error));
        compare(tested);
        assert_int_equal(tested->model.counts[STATE_APPROVED], approved + 1);
        assert_int_equal(queue_model_current(&tested->model)->id, tested->rows[at].id);
        if (i % 3 == 0)
            move(tested, i % 2 ? 5 : 2);
    }
}

/* Another connection's deeds are counted, too; without any, nothing is counted again. */
static void counts_follow_others(void **state)
{
    struct tested *tested = *state;
    struct fixture *fixture = tested->fixture;
    struct store *own = fixture->store, *other;
    open_queue(tested);
    must(fixture, store_open(&other, fixture->path, STORE_EXISTING, &fixture->error));
    fixture->store = other;
    decide(tested, tested->rows[tested->count - 1].id, 1);
    fixture->store = own;
    int64_t total = tested->model.total;
    must(fixture, queue_model_last(&tested->model, own, &fixture->error));
    read_whole(tested);
    compare(tested);
    assert_int_equal(tested->model.total, total - 1);
    tested->model.counts[STATE_HELD] = 12345; /* which only a count would mend */
    must(fixture, queue_model_first(&tested->model, own, &fixture->error));
    assert_int_equal(tested->model.counts[STATE_HELD], 12345);
    store_close(other);
}

static void an_empty_queue_has_no_rows(void **state)
{
    struct tested *tested = *state;
    struct fixture *fixture = tested->fixture;
    size_t at;
    must(fixture,
         query_parse(str_of("state:held"), &fixture->arena, &tested->query, &at, &fixture->error));
    open_queue(tested);
    must(fixture, queue_model_move(&tested->model, fixture->store, 1, &fixture->error));
    assert_null(queue_model_current(&tested->model));
    must(fixture, queue_model_reload(&tested->model, fixture->store, &fixture->error));
    compare(tested);
}

int main(void)
{
    /* One database for all; the last one changes what is asked for. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_walks_show_the_queue),
        cmocka_unit_test(every_row_is_passed_once),
        cmocka_unit_test(a_window_stays_small),
        cmocka_unit_test(deciding_goes_on_to_the_next),
        cmocka_unit_test(counts_follow_others),
        cmocka_unit_test(an_empty_queue_has_no_rows),
    };
    return cmocka_run_group_tests(tests, open_tested, close_tested);
}
