/* Deciding one and many, undoing, and what stands against either. */
#include "unit/scene.h"

static const struct str no_note = {0};

static enum status decide(struct scene *scene, struct desk *desk, size_t comment,
                          enum action action, int64_t now)
{
    return desk_decide(desk, scene->comments[comment], 0, action,
                       action == ACTION_REJECT ? scene->reasons[0] : 0, no_note, now, NULL,
                       &scene->error);
}

static enum status undo(struct scene *scene, struct desk *desk, struct undone *undone)
{
    return desk_undo(desk, false, SCENE_NOW + 100, undone, &scene->error);
}

static void every_action_leads_to_its_state(void **state)
{
    static const struct {
        enum action action;
        enum comment_state to;
    } rows[] = {{ACTION_APPROVE, STATE_APPROVED},
                {ACTION_REJECT, STATE_REJECTED},
                {ACTION_SPAM, STATE_SPAM},
                {ACTION_HOLD, STATE_HELD},
                {ACTION_ESCALATE, STATE_ESCALATED}};
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scene_ok(scene, decide(scene, &scene->desks[ROLE_SUPERVISOR], 0, rows[i].action,
                               SCENE_NOW + (int64_t)i));
        assert_int_equal(scene_state(scene, scene->comments[0]), rows[i].to);
        assert_int_equal(
            decide(scene, &scene->desks[ROLE_SUPERVISOR], 0, rows[i].action, SCENE_NOW),
            STATUS_REFUSED);
        scene_said(scene, "already");
    }
}

static void the_row_says_what_happened(void **state)
{
    struct scene *scene = *state;
    struct decision made, read;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    scene_ok(scene, desk_decide(desk, scene->comments[1], 1, ACTION_REJECT, scene->reasons[1],
                                str_of("about another city"), SCENE_NOW, &made, &scene->error));
    scene_ok(scene, decision_read(scene->store, made.id, &scene->arena, &read, &scene->error));
    assert_int_equal(read.comment_id, scene->comments[1]);
    assert_int_equal(read.moderator_id, desk->self.id);
    assert_int_equal(read.from_state, STATE_PENDING);
    assert_int_equal(read.to_state, STATE_REJECTED);
    assert_int_equal(read.reason_id, scene->reasons[1]);
    assert_int_equal(read.decided_at, SCENE_NOW);
    assert_int_equal(read.batch, 0);
    assert_true(str_equal(read.note, str_of("about another city")));
}

static void reasons_go_with_rejections_alone(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    static const int64_t unknown = 999;
    assert_int_equal(desk_decide(desk, scene->comments[0], 0, ACTION_REJECT, 0, no_note, SCENE_NOW,
                                 NULL, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_decide(desk, scene->comments[0], 0, ACTION_REJECT, unknown, no_note,
                                 SCENE_NOW, NULL, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_decide(desk, scene->comments[0], 0, ACTION_APPROVE, scene->reasons[0],
                                 no_note, SCENE_NOW, NULL, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_decide(desk, scene->comments[0], 0, ACTION_UNDO, 0, no_note, SCENE_NOW,
                                 NULL, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_PENDING);
}

static void a_comment_that_is_not_there_is_not_found(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(desk_decide(&scene->desks[ROLE_MODERATOR], 12345, 0, ACTION_APPROVE, 0,
                                 no_note, SCENE_NOW, NULL, &scene->error),
                     STATUS_NOT_FOUND);
    scene_said(scene, "12345");
}

static void a_stale_revision_is_a_conflict(void **state)
{
    struct scene *scene = *state;
    int64_t read = scene_comment(scene, scene->comments[0]).revision;
    scene_ok(scene, decide(scene, &scene->colleague, 0, ACTION_HOLD, SCENE_NOW));
    assert_int_equal(desk_decide(&scene->desks[ROLE_MODERATOR], scene->comments[0], read,
                                 ACTION_APPROVE, 0, no_note, SCENE_NOW, NULL, &scene->error),
                     STATUS_CONFLICT);
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_HELD);
}

static void only_a_supervisor_settles(void **state)
{
    struct scene *scene = *state;
    scene_ok(scene, decide(scene, &scene->desks[ROLE_MODERATOR], 0, ACTION_ESCALATE, SCENE_NOW));
    assert_int_equal(decide(scene, &scene->colleague, 0, ACTION_APPROVE, SCENE_NOW),
                     STATUS_REFUSED);
    scene_said(scene, "supervisor");
    scene_ok(scene, decide(scene, &scene->desks[ROLE_SUPERVISOR], 0, ACTION_APPROVE, SCENE_NOW));
}

static void undo_goes_back_step_by_step(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    struct undone undone;
    scene_ok(scene, decide(scene, desk, 0, ACTION_APPROVE, SCENE_NOW));
    scene_ok(scene, decide(scene, desk, 0, ACTION_HOLD, SCENE_NOW + 1));
    scene_ok(scene, decide(scene, desk, 1, ACTION_SPAM, SCENE_NOW + 2));
    scene_ok(scene, undo(scene, desk, &undone));
    assert_int_equal(undone.comment_id, scene->comments[1]);
    assert_int_equal(undone.action, ACTION_SPAM);
    assert_int_equal(undone.state, STATE_PENDING);
    assert_int_equal(undone.count, 1);
    scene_ok(scene, undo(scene, desk, &undone));
    assert_int_equal(undone.action, ACTION_HOLD);
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_APPROVED);
    scene_ok(scene, undo(scene, desk, &undone));
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_PENDING);
    assert_int_equal(undo(scene, desk, &undone), STATUS_EMPTY);
    scene_said(scene, "session");
}

static void undo_stops_where_the_session_began(void **state)
{
    struct scene *scene = *state;
    struct desk later;
    struct undone undone;
    scene_ok(scene, decide(scene, &scene->colleague, 0, ACTION_APPROVE, SCENE_NOW));
    scene_ok(scene, desk_open(&later, scene->store, str_of("khalid"), &scene->error));
    assert_int_equal(undo(scene, &later, &undone), STATUS_EMPTY);
    scene_ok(scene, desk_undo(&later, true, SCENE_NOW, &undone, &scene->error));
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_PENDING);
    assert_int_equal(desk_undo(&later, true, SCENE_NOW, &undone, &scene->error), STATUS_EMPTY);
    desk_close(&later);
}

static void nobody_undoes_anothers(void **state)
{
    struct scene *scene = *state;
    struct undone undone;
    scene_ok(scene, decide(scene, &scene->colleague, 0, ACTION_APPROVE, SCENE_NOW));
    assert_int_equal(undo(scene, &scene->desks[ROLE_SUPERVISOR], &undone), STATUS_EMPTY);
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_APPROVED);
}

static void a_colleagues_decision_since_is_a_conflict(void **state)
{
    struct scene *scene = *state;
    struct undone undone;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    scene_ok(scene, decide(scene, desk, 0, ACTION_APPROVE, SCENE_NOW));
    scene_ok(scene, decide(scene, &scene->colleague, 0, ACTION_SPAM, SCENE_NOW + 1));
    assert_int_equal(undo(scene, desk, &undone), STATUS_CONFLICT);
    scene_said(scene, "خالد");
    scene_said(scene, "spam");
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_SPAM);
    /* Once the colleague takes it back, the comment is again as this decision left it. */
    scene_ok(scene, undo(scene, &scene->colleague, &undone));
    scene_ok(scene, undo(scene, desk, &undone));
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_PENDING);
}

static void many_are_decided_and_undone_in_one_step(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    struct undone undone;
    size_t decided, claimed;
    scene_ok(scene, decide(scene, desk, 1, ACTION_SPAM, SCENE_NOW));
    scene_ok(scene,
             desk_decide_many(desk, scene->comments, SCENE_COMMENTS, ACTION_SPAM, 0,
                              str_of("campaign"), SCENE_NOW, &decided, &claimed, &scene->error));
    assert_int_equal(decided, SCENE_COMMENTS - 1);
    for (size_t i = 0; i < SCENE_COMMENTS; i++)
        assert_int_equal(scene_state(scene, scene->comments[i]), STATE_SPAM);
    scene_ok(scene, undo(scene, desk, &undone));
    assert_int_equal(undone.count, SCENE_COMMENTS - 1);
    assert_int_equal(undone.comment_id, scene->comments[0]);
    for (size_t i = 0; i < SCENE_COMMENTS; i++)
        assert_int_equal(scene_state(scene, scene->comments[i]),
                         i == 1 ? STATE_SPAM : STATE_PENDING);
}

static void one_failure_leaves_all_as_it_was(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    size_t decided = 7, claimed;
    scene_ok(scene, decide(scene, &scene->colleague, 2, ACTION_ESCALATE, SCENE_NOW));
    assert_int_equal(desk_decide_many(desk, scene->comments, SCENE_COMMENTS, ACTION_APPROVE, 0,
                                      no_note, SCENE_NOW, &decided, &claimed, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(decided, 0);
    assert_int_equal(scene_state(scene, scene->comments[0]), STATE_PENDING);
    struct undone undone;
    assert_int_equal(undo(scene, desk, &undone), STATUS_EMPTY);
}

static void a_conflict_in_a_bulk_undo_undoes_nothing(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    struct undone undone;
    size_t decided, claimed;
    scene_ok(scene, desk_decide_many(desk, scene->comments, SCENE_COMMENTS, ACTION_HOLD, 0, no_note,
                                     SCENE_NOW, &decided, &claimed, &scene->error));
    scene_ok(scene, decide(scene, &scene->colleague, 0, ACTION_APPROVE, SCENE_NOW));
    assert_int_equal(undo(scene, desk, &undone), STATUS_CONFLICT);
    for (size_t i = 1; i < SCENE_COMMENTS; i++)
        assert_int_equal(scene_state(scene, scene->comments[i]), STATE_HELD);
}

static void nothing_disturbs_the_counts(void **state)
{
    struct scene *scene = *state;
    struct undone undone;
    size_t decided, claimed;
    int64_t faults;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    scene_ok(scene, desk_decide_many(desk, scene->comments, SCENE_COMMENTS, ACTION_REJECT,
                                     scene->reasons[0], no_note, SCENE_NOW, &decided, &claimed,
                                     &scene->error));
    scene_ok(scene, undo(scene, desk, &undone));
    scene_ok(scene, decide(scene, desk, 0, ACTION_APPROVE, SCENE_NOW));
    scene_ok(scene, store_check(scene->store, (struct str){0}, NULL, NULL, &faults, &scene->error));
    assert_int_equal(faults, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_action_leads_to_its_state),
        TEST(the_row_says_what_happened),
        TEST(reasons_go_with_rejections_alone),
        TEST(a_comment_that_is_not_there_is_not_found),
        TEST(a_stale_revision_is_a_conflict),
        TEST(only_a_supervisor_settles),
        TEST(undo_goes_back_step_by_step),
        TEST(undo_stops_where_the_session_began),
        TEST(nobody_undoes_anothers),
        TEST(a_colleagues_decision_since_is_a_conflict),
        TEST(many_are_decided_and_undone_in_one_step),
        TEST(one_failure_leaves_all_as_it_was),
        TEST(a_conflict_in_a_bulk_undo_undoes_nothing),
        TEST(nothing_disturbs_the_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
