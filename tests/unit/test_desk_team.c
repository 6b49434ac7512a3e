/* Claims, proposals and assignments, with moments of our own. */
#include "unit/scene.h"

#include "base/moment.h"

static bool is_claimed_by(struct scene *scene, int64_t comment, const struct desk *desk,
                          int64_t now)
{
    struct claim claim;
    enum status status =
        claim_read(scene->store, comment, now, &scene->arena, &claim, &scene->error);
    return status == OK && claim.moderator_id == desk->self.id;
}

static int64_t count_decisions(struct scene *scene)
{
    int64_t id;
    scene_ok(scene, decision_last_id(scene->store, &id, &scene->error));
    return id;
}

static void a_claim_keeps_others_out_until_it_ends(void **state)
{
    struct scene *scene = *state;
    struct desk *own = &scene->desks[ROLE_MODERATOR], *other = &scene->colleague;
    int64_t comment = scene->comments[0];
    scene_ok(scene, desk_claim(own, comment, false, SCENE_NOW, &scene->error));
    assert_int_equal(desk_claim(other, comment, false, SCENE_NOW + 1, &scene->error),
                     STATUS_CONFLICT);
    scene_said(scene, "moderator is reading comment");
    assert_int_equal(desk_decide(other, comment, 0, ACTION_APPROVE, 0, str_of(""), SCENE_NOW + 1,
                                 NULL, &scene->error),
                     STATUS_CONFLICT);
    assert_int_equal(scene_state(scene, comment), STATE_PENDING);
    assert_true(is_claimed_by(scene, comment, own, SCENE_NOW + CLAIM_SECONDS - 1));
    assert_false(is_claimed_by(scene, comment, own, SCENE_NOW + CLAIM_SECONDS));
    scene_ok(scene, desk_claim(other, comment, false, SCENE_NOW + CLAIM_SECONDS, &scene->error));
    assert_true(is_claimed_by(scene, comment, other, SCENE_NOW + CLAIM_SECONDS));
    /* Who lost it decides nothing, and releases nothing of the other's. */
    scene_ok(scene, desk_release(own, comment, &scene->error));
    assert_true(is_claimed_by(scene, comment, other, SCENE_NOW + CLAIM_SECONDS));
}

static void a_claim_is_renewed_and_released(void **state)
{
    struct scene *scene = *state;
    struct desk *own = &scene->desks[ROLE_MODERATOR], *other = &scene->colleague;
    int64_t comment = scene->comments[0];
    struct claim claim;
    scene_ok(scene, desk_claim(own, comment, false, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_claim(own, comment, false, SCENE_NOW + 200, &scene->error));
    scene_ok(scene, claim_read(scene->store, comment, SCENE_NOW + 201, &scene->arena, &claim,
                               &scene->error));
    assert_int_equal(claim.claimed_at, SCENE_NOW);
    assert_int_equal(claim.expires_at, SCENE_NOW + 200 + CLAIM_SECONDS);
    scene_ok(scene, desk_release(own, comment, &scene->error));
    scene_ok(scene, desk_claim(other, comment, false, SCENE_NOW + 202, &scene->error));
}

static void a_clock_set_back_locks_nothing(void **state)
{
    struct scene *scene = *state;
    scene_ok(scene, desk_claim(&scene->desks[ROLE_MODERATOR], scene->comments[0], false,
                               SCENE_NOW + SECONDS_A_DAY, &scene->error));
    scene_ok(scene,
             desk_claim(&scene->colleague, scene->comments[0], false, SCENE_NOW, &scene->error));
}

static void a_decision_ends_the_claim_and_leaves_no_other_trace(void **state)
{
    struct scene *scene = *state;
    struct desk *own = &scene->desks[ROLE_MODERATOR];
    int64_t comment = scene->comments[0];
    struct event *events;
    size_t count;
    scene_ok(scene, desk_claim(own, comment, false, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_decide(own, comment, 1, ACTION_HOLD, 0, str_of(""), SCENE_NOW, NULL,
                                &scene->error));
    assert_false(is_claimed_by(scene, comment, own, SCENE_NOW));
    scene_ok(scene,
             comment_history(scene->store, comment, &scene->arena, &events, &count, &scene->error));
    assert_int_equal(count, 2); /* arrived, decided */
}

static void only_a_supervisor_takes_over(void **state)
{
    struct scene *scene = *state;
    struct desk *supervisor = &scene->desks[ROLE_SUPERVISOR];
    int64_t comment = scene->comments[0];
    scene_ok(scene,
             desk_claim(&scene->desks[ROLE_MODERATOR], comment, false, SCENE_NOW, &scene->error));
    assert_int_equal(desk_claim(&scene->colleague, comment, true, SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_release_other(&scene->colleague, comment, SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    /* Not even a supervisor decides by accident what another reads. */
    assert_int_equal(desk_decide(supervisor, comment, 0, ACTION_SPAM, 0, str_of(""), SCENE_NOW,
                                 NULL, &scene->error),
                     STATUS_CONFLICT);
    scene_ok(scene, desk_claim(supervisor, comment, true, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_decide(supervisor, comment, 0, ACTION_SPAM, 0, str_of(""), SCENE_NOW, NULL,
                                &scene->error));
}

static void who_may_not_decide_claims_nothing(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(desk_claim(&scene->desks[ROLE_OPERATOR], scene->comments[0], false, SCENE_NOW,
                                &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_claim(&scene->desks[ROLE_RESPONDER], scene->comments[SCENE_COMMENTS - 1],
                                false, SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    scene_said(scene, "another agency");
    assert_int_equal(
        desk_claim(&scene->desks[ROLE_MODERATOR], 987654, false, SCENE_NOW, &scene->error),
        STATUS_NOT_FOUND);
}

static void a_bulk_action_leaves_out_what_others_read(void **state)
{
    struct scene *scene = *state;
    struct desk *own = &scene->desks[ROLE_MODERATOR];
    size_t decided, claimed;
    scene_ok(scene,
             desk_claim(&scene->colleague, scene->comments[1], false, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_decide_many(own, scene->comments, SCENE_COMMENTS, ACTION_APPROVE, 0,
                                     str_of(""), SCENE_NOW, &decided, &claimed, &scene->error));
    assert_int_equal(decided, SCENE_COMMENTS - 1);
    assert_int_equal(claimed, 1);
    assert_int_equal(scene_state(scene, scene->comments[1]), STATE_PENDING);
    /* What another reads again by now is not undone under their eyes, and so nothing is. */
    scene_ok(scene,
             desk_claim(&scene->colleague, scene->comments[0], false, SCENE_NOW, &scene->error));
    struct undone undone;
    assert_int_equal(desk_undo(own, false, SCENE_NOW, &undone, &scene->error), STATUS_CONFLICT);
    assert_int_equal(scene_state(scene, scene->comments[2]), STATE_APPROVED);
}

static void the_lease_is_the_teams(void **state)
{
    struct scene *scene = *state;
    int64_t seconds;
    scene_ok(scene, desk_lease(&scene->colleague, &seconds, &scene->error));
    assert_int_equal(seconds, CLAIM_SECONDS);
    assert_int_equal(desk_set_lease(&scene->colleague, 60, &scene->error), STATUS_REFUSED);
    assert_int_equal(desk_set_lease(&scene->desks[ROLE_SUPERVISOR], 1, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene, desk_set_lease(&scene->desks[ROLE_SUPERVISOR], 60, &scene->error));
    scene_ok(scene,
             desk_claim(&scene->colleague, scene->comments[0], false, SCENE_NOW, &scene->error));
    assert_false(is_claimed_by(scene, scene->comments[0], &scene->colleague, SCENE_NOW + 60));
}

/* --- proposals --- */

static void a_trainees_decision_waits_for_another(void **state)
{
    struct scene *scene = *state;
    struct desk *trainee = &scene->desks[ROLE_TRAINEE];
    int64_t comment = scene->comments[0], before = count_decisions(scene);
    struct decision decision;
    assert_int_equal(desk_decide(trainee, comment, 0, ACTION_APPROVE, 0, str_of(""), SCENE_NOW,
                                 NULL, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene, desk_propose(trainee, comment, 1, ACTION_REJECT, scene->reasons[0],
                                 str_of("rude"), SCENE_NOW, &scene->error));
    assert_int_equal(scene_state(scene, comment), STATE_PENDING);
    assert_int_equal(count_decisions(scene), before);
    assert_int_equal(desk_confirm(trainee, comment, 0, SCENE_NOW, &decision, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene,
             desk_confirm(&scene->colleague, comment, 1, SCENE_NOW + 9, &decision, &scene->error));
    assert_int_equal(scene_state(scene, comment), STATE_REJECTED);
    scene_ok(scene,
             decision_read(scene->store, decision.id, &scene->arena, &decision, &scene->error));
    assert_int_equal(decision.moderator_id, scene->colleague.self.id);
    assert_int_equal(decision.reason_id, scene->reasons[0]);
    assert_true(str_equal(decision.note, str_of("rude (proposed by trainee)")));
    assert_int_equal(desk_confirm(&scene->colleague, comment, 0, SCENE_NOW, NULL, &scene->error),
                     STATUS_EMPTY);
}

static void a_proposal_is_declined_or_withdrawn(void **state)
{
    struct scene *scene = *state;
    struct desk *trainee = &scene->desks[ROLE_TRAINEE];
    int64_t comment = scene->comments[0], withdrawn = 0;
    scene_ok(scene, desk_propose(trainee, comment, 0, ACTION_SPAM, 0, str_of(""), SCENE_NOW,
                                 &scene->error));
    assert_int_equal(desk_decline(trainee, comment, &scene->error), STATUS_REFUSED);
    scene_ok(scene, desk_decline(&scene->colleague, comment, &scene->error));
    assert_int_equal(desk_withdraw(trainee, &withdrawn, &scene->error), STATUS_EMPTY);
    scene_ok(scene, desk_propose(trainee, comment, 0, ACTION_HOLD, 0, str_of(""), SCENE_NOW,
                                 &scene->error));
    scene_ok(scene, desk_withdraw(trainee, &withdrawn, &scene->error));
    assert_int_equal(withdrawn, comment);
    assert_int_equal(desk_decline(&scene->colleague, comment, &scene->error), STATUS_EMPTY);
}

static void a_proposal_is_of_the_text_that_was_read(void **state)
{
    struct scene *scene = *state;
    struct desk *trainee = &scene->desks[ROLE_TRAINEE];
    int64_t comment = scene->comments[0];
    enum comment_outcome outcome;
    struct comment changed = scene_comment(scene, comment);
    assert_int_equal(
        desk_propose(trainee, comment, 7, ACTION_APPROVE, 0, str_of(""), SCENE_NOW, &scene->error),
        STATUS_CONFLICT);
    scene_ok(scene, desk_propose(trainee, comment, 1, ACTION_APPROVE, 0, str_of(""), SCENE_NOW,
                                 &scene->error));
    changed.body = str_of("Close the road.");
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, comment_add(scene->store, &changed, &outcome, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
    assert_int_equal(desk_confirm(&scene->colleague, comment, 2, SCENE_NOW, NULL, &scene->error),
                     STATUS_CONFLICT);
    /* A decision of another's own settles it all the same. */
    scene_ok(scene, desk_decide(&scene->colleague, comment, 2, ACTION_SPAM, 0, str_of(""),
                                SCENE_NOW, NULL, &scene->error));
    assert_int_equal(desk_decline(&scene->colleague, comment, &scene->error), STATUS_EMPTY);
}

/* --- assignments --- */

static int64_t count_found(struct scene *scene, const struct desk *desk, const char *text)
{
    struct query query;
    struct comment_row *rows;
    size_t at, count;
    scene_ok(scene, query_parse(str_of(text), &scene->arena, &query, &at, &scene->error));
    scene_ok(scene, desk_query(desk, &query, &scene->arena, &scene->error));
    scene_ok(scene, queue_page(scene->store, &query, NULL, QUEUE_AFTER, 10, &scene->arena, &rows,
                               &count, &scene->error));
    return (int64_t)count;
}

static void a_comment_is_handed_to_a_person_or_an_agency(void **state)
{
    struct scene *scene = *state;
    struct desk *own = &scene->desks[ROLE_MODERATOR];
    size_t changed;
    scene_ok(scene, desk_assign(own, scene->comments, 2, str_of("khalid"), SCENE_NOW, &changed,
                                &scene->error));
    assert_int_equal(changed, 2);
    assert_int_equal(count_found(scene, &scene->colleague, "assigned:me"), 2);
    assert_int_equal(count_found(scene, own, "assigned:me"), 0);
    scene_ok(scene, desk_assign(own, scene->comments, 1, str_of("@parks"), SCENE_NOW, &changed,
                                &scene->error));
    assert_int_equal(changed, 1);
    assert_int_equal(count_found(scene, own, "assigned:khalid"), 1);
    assert_int_equal(count_found(scene, own, "assigned:@parks state:pending"), 1);
    assert_int_equal(count_found(scene, own, "assigned:any"), 2);
    scene_ok(scene,
             desk_assign(own, scene->comments, 2, str_of(""), SCENE_NOW, &changed, &scene->error));
    assert_int_equal(changed, 2);
    assert_int_equal(count_found(scene, own, "assigned:any"), 0);
    assert_int_equal(
        desk_assign(own, scene->comments, 1, str_of("ghost"), SCENE_NOW, &changed, &scene->error),
        STATUS_NOT_FOUND);
    assert_int_equal(desk_assign(&scene->desks[ROLE_TRAINEE], scene->comments, 1, str_of("me"),
                                 SCENE_NOW, &changed, &scene->error),
                     STATUS_REFUSED);
}

static void what_trainees_propose_is_a_queue(void **state)
{
    struct scene *scene = *state;
    struct desk *trainee = &scene->desks[ROLE_TRAINEE];
    scene_ok(scene, desk_propose(trainee, scene->comments[2], 0, ACTION_SPAM, 0, str_of(""),
                                 SCENE_NOW, &scene->error));
    assert_int_equal(count_found(scene, trainee, "proposed:any"), 1);
    assert_int_equal(count_found(scene, trainee, "proposed:me"), 1);
    assert_int_equal(count_found(scene, &scene->colleague, "proposed:me"), 0);
}

static void a_bare_sign_names_nobody(void **state)
{
    struct scene *scene = *state;
    struct query query;
    struct comment_row *rows;
    size_t at, count;
    static const char *const wrong[] = {"assigned:@", "assigned:@ghost", "assigned:ghost",
                                        "proposed:ghost"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        scene_ok(scene, query_parse(str_of(wrong[i]), &scene->arena, &query, &at, &scene->error));
        assert_int_equal(queue_page(scene->store, &query, NULL, QUEUE_AFTER, 10, &scene->arena,
                                    &rows, &count, &scene->error),
                         STATUS_INPUT);
    }
}

static void an_agency_answers_what_was_handed_to_it(void **state)
{
    struct scene *scene = *state;
    struct desk *responder = &scene->desks[ROLE_RESPONDER];
    int64_t elsewhere = scene->comments[SCENE_COMMENTS - 1], id;
    struct response response;
    size_t changed;
    assert_int_equal(
        desk_draft_keep(responder, elsewhere, str_of("Thanks."), SCENE_NOW, &id, &scene->error),
        STATUS_REFUSED);
    scene_ok(scene, desk_assign(&scene->desks[ROLE_MODERATOR], &elsewhere, 1, str_of("@roads"),
                                SCENE_NOW, &changed, &scene->error));
    scene_ok(scene, desk_draft_keep(responder, elsewhere, str_of("Thanks."), SCENE_NOW, &id,
                                    &scene->error));
    scene_ok(scene, response_read(scene->store, id, &scene->arena, &response, &scene->error));
    assert_int_equal(response.agency_id, scene->agencies[0]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_claim_keeps_others_out_until_it_ends),
        TEST(a_claim_is_renewed_and_released),
        TEST(a_clock_set_back_locks_nothing),
        TEST(a_decision_ends_the_claim_and_leaves_no_other_trace),
        TEST(only_a_supervisor_takes_over),
        TEST(who_may_not_decide_claims_nothing),
        TEST(a_bulk_action_leaves_out_what_others_read),
        TEST(the_lease_is_the_teams),
        TEST(a_trainees_decision_waits_for_another),
        TEST(a_proposal_is_declined_or_withdrawn),
        TEST(a_proposal_is_of_the_text_that_was_read),
        TEST(a_comment_is_handed_to_a_person_or_an_agency),
        TEST(what_trainees_propose_is_a_queue),
        TEST(a_bare_sign_names_nobody),
        TEST(an_agency_answers_what_was_handed_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
