/* Deeds on all letters of a cluster: part by part, each with rows of its own, undone in one step. */
#include "unit/scene.h"

#include "base/buffer.h"
#include "store/alike.h"
#include "store/check.h"

enum { LETTERS = 2 * MANY_AT_ONCE + 20 };

static const struct str no_note = {0};

/* A cluster of so many letters in the first consultation, and a target that means all of them. */
static struct target add_letters(struct scene *scene, size_t count, int64_t *ids)
{
    struct target target = {.state = STATE_PENDING, .letters = (int64_t)count};
    struct comment read;
    for (size_t i = 0; i < count; i++) {
        struct buffer text = {0}, name = {0};
        buffer_printf(&name, "letter-%zu", i);
        buffer_printf(
            &text,
            "We ask the council to keep the night bus running between the old harbour and "
            "the hospital, since nurses and cleaners have no other way to come home after "
            "their shift ends at midnight. Signed: sender %zu",
            i);
        ids[i] = scene_add_comment(scene, scene->consultations[0], buffer_text(&name),
                                   str_of("Sender"), buffer_str(&text));
        buffer_free(&text);
        buffer_free(&name);
    }
    scene_ok(scene, comment_read(scene->store, ids[0], 0, 0, &scene->arena, &read, &scene->error));
    assert_true(read.cluster_id != 0);
    target.comment = ids[0];
    target.cluster = read.cluster_id;
    scene_ok(scene, comment_last_id(scene->store, &target.until, &scene->error));
    return target;
}

static int64_t count_in(struct scene *scene, const struct target *target, enum comment_state state)
{
    struct cluster cluster;
    scene_ok(scene, cluster_read(scene->store, target->cluster, false, &scene->arena, &cluster,
                                 &scene->error));
    return cluster.counts[state];
}

static void no_faults(struct scene *scene)
{
    int64_t faults;
    scene_ok(scene, store_check(scene->store, (struct str){0}, NULL, NULL, &faults, &scene->error));
    assert_int_equal(faults, 0);
}

static void decide_all(struct scene *scene, struct desk *desk, struct many *many,
                       enum action action)
{
    for (size_t parts = 0; !many->finished; parts++) {
        assert_true(parts < 10);
        scene_ok(scene, desk_decide_part(desk, many, action, 0, no_note, SCENE_NOW, &scene->error));
    }
}

static void a_cluster_is_decided_in_parts_and_undone_in_one_step(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    static int64_t ids[LETTERS];
    struct target target = add_letters(scene, LETTERS, ids);
    struct many many = {.targets = &target, .count = 1};
    struct undone undone;
    scene_ok(scene,
             desk_decide_part(desk, &many, ACTION_APPROVE, 0, no_note, SCENE_NOW, &scene->error));
    assert_int_equal(many.done, MANY_AT_ONCE);
    assert_false(many.finished);
    decide_all(scene, desk, &many, ACTION_APPROVE);
    assert_int_equal(many.done, LETTERS);
    assert_int_equal(count_in(scene, &target, STATE_APPROVED), LETTERS);
    struct decision decision, last;
    scene_ok(scene, decision_latest(scene->store, ids[0], &scene->arena, &decision, &scene->error));
    scene_ok(scene,
             decision_latest(scene->store, ids[LETTERS - 1], &scene->arena, &last, &scene->error));
    assert_int_equal(decision.batch, decision.id);
    assert_int_equal(last.batch, decision.id);
    assert_true(last.id != decision.id);
    scene_ok(scene, desk_undo(desk, false, SCENE_NOW, &undone, &scene->error));
    assert_int_equal(undone.count, LETTERS);
    assert_int_equal(undone.comment_id, ids[0]);
    assert_int_equal(count_in(scene, &target, STATE_PENDING), LETTERS);
    no_faults(scene);
}

/* What was stopped on the way is one bulk action of what was done; the rest is as it was. */
static void a_stop_leaves_the_rest_and_one_undo(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    static int64_t ids[LETTERS];
    struct target target = add_letters(scene, LETTERS, ids);
    struct many many = {.targets = &target, .count = 1};
    struct undone undone = {0};
    for (int i = 0; i < 2; i++)
        scene_ok(scene,
                 desk_decide_part(desk, &many, ACTION_SPAM, 0, no_note, SCENE_NOW, &scene->error));
    assert_int_equal(count_in(scene, &target, STATE_SPAM), 2 * MANY_AT_ONCE);
    assert_int_equal(count_in(scene, &target, STATE_PENDING), LETTERS - 2 * MANY_AT_ONCE);
    /* So can the undo be; the next one takes the rest. */
    scene_ok(scene, desk_undo_part(desk, false, SCENE_NOW, &undone, &scene->error));
    assert_false(undone.finished);
    assert_int_equal(count_in(scene, &target, STATE_SPAM), MANY_AT_ONCE);
    scene_ok(scene, desk_undo(desk, false, SCENE_NOW, &undone, &scene->error));
    assert_int_equal(undone.count, MANY_AT_ONCE);
    assert_int_equal(count_in(scene, &target, STATE_PENDING), LETTERS);
    no_faults(scene);
}

/* A bulk action of several parts goes back but for what colleagues decided on since. */
static void a_large_undo_passes_over_what_others_decided(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    static int64_t ids[LETTERS];
    struct target target = add_letters(scene, LETTERS, ids);
    struct many many = {.targets = &target, .count = 1};
    struct undone undone;
    decide_all(scene, desk, &many, ACTION_HOLD);
    scene_ok(scene, desk_decide(&scene->colleague, ids[7], 0, ACTION_APPROVE, 0, no_note,
                                SCENE_NOW + 1, NULL, &scene->error));
    scene_ok(scene, desk_undo(desk, false, SCENE_NOW + 2, &undone, &scene->error));
    assert_int_equal(undone.count, LETTERS - 1);
    assert_int_equal(undone.kept, 1);
    assert_int_equal(scene_state(scene, ids[7]), STATE_APPROVED);
    no_faults(scene);
}

static void what_another_reads_is_passed_over_and_what_came_later(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    enum { FEW = 12 };
    int64_t ids[FEW];
    struct target target = add_letters(scene, FEW, ids);
    struct many many = {.targets = &target, .count = 1};
    target.until = ids[FEW - 3];
    scene_ok(scene, desk_claim(&scene->colleague, ids[4], false, SCENE_NOW, &scene->error));
    decide_all(scene, desk, &many, ACTION_APPROVE);
    assert_int_equal(many.done, FEW - 3);
    assert_int_equal(many.claimed, 1);
    assert_int_equal(many.seen, FEW - 2);
    assert_int_equal(scene_state(scene, ids[4]), STATE_PENDING);
    assert_int_equal(scene_state(scene, ids[FEW - 2]), STATE_PENDING);
    assert_int_equal(scene_state(scene, ids[FEW - 3]), STATE_APPROVED);
    no_faults(scene);
}

static void a_line_and_a_comment_are_one_bulk_action(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    enum { FEW = 5 };
    int64_t ids[FEW];
    struct undone undone;
    struct target targets[2] = {{.comment = scene->comments[1], .letters = 1}};
    targets[1] = add_letters(scene, FEW, ids);
    struct many many = {.targets = targets, .count = 2};
    decide_all(scene, desk, &many, ACTION_APPROVE);
    assert_int_equal(many.done, FEW + 1);
    scene_ok(scene, desk_undo(desk, false, SCENE_NOW, &undone, &scene->error));
    assert_int_equal(undone.count, FEW + 1);
}

static void a_trainee_proposes_on_all(void **state)
{
    struct scene *scene = *state;
    struct desk *trainee = &scene->desks[ROLE_TRAINEE];
    enum { FEW = 6 };
    int64_t ids[FEW];
    struct target target = add_letters(scene, FEW, ids);
    struct many many = {.targets = &target, .count = 1};
    assert_int_equal(
        desk_decide_part(trainee, &many, ACTION_APPROVE, 0, no_note, SCENE_NOW, &scene->error),
        STATUS_REFUSED);
    assert_int_equal(many.done, 0);
    scene_ok(scene, desk_claim(&scene->colleague, ids[2], false, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_propose_part(trainee, &many, ACTION_APPROVE, 0, no_note, SCENE_NOW,
                                      &scene->error));
    assert_true(many.finished);
    assert_int_equal(many.done, FEW - 1);
    assert_int_equal(many.claimed, 1);
    assert_int_equal(count_in(scene, &target, STATE_PENDING), FEW);
    struct proposal proposal;
    scene_ok(scene, proposal_read(scene->store, ids[5], &scene->arena, &proposal, &scene->error));
    assert_int_equal(proposal.moderator_id, trainee->self.id);
}

static void tags_go_on_all(void **state)
{
    struct scene *scene = *state;
    enum { FEW = 5 };
    int64_t ids[FEW];
    struct target target = add_letters(scene, FEW, ids);
    struct many many = {.targets = &target, .count = 1};
    const struct str tag = str_of("night-bus");
    const struct tagging tagging = {.add = &tag, .add_count = 1, .create = true};
    scene_ok(scene, desk_tag_part(&scene->desks[ROLE_MODERATOR], &many, &tagging, SCENE_NOW,
                                  &scene->error));
    assert_true(many.finished);
    assert_int_equal(many.done, FEW);
    struct tag *tags;
    size_t count;
    scene_ok(scene,
             comment_tags(scene->store, ids[4], &scene->arena, &tags, &count, &scene->error));
    assert_int_equal(count, 1);
}

static size_t responses_of(struct scene *scene, int64_t comment, struct response *first)
{
    struct response *list;
    size_t count;
    scene_ok(scene,
             response_list(scene->store, comment, &scene->arena, &list, &count, &scene->error));
    if (count > 0)
        *first = list[0];
    return count;
}

/* One text: a row for each letter, reviewed as one. */
static void a_response_goes_to_all_and_is_reviewed_as_one(void **state)
{
    struct scene *scene = *state;
    struct desk *writer = &scene->desks[ROLE_RESPONDER], *boss = &scene->desks[ROLE_SUPERVISOR];
    enum { FEW = 7 };
    int64_t ids[FEW], draft, own;
    struct response response;
    struct target target = add_letters(scene, FEW, ids);
    struct many many = {.targets = &target, .count = 1};
    /* One letter was answered already. */
    scene_ok(scene,
             desk_draft_keep(boss, ids[3], str_of("Thank you."), SCENE_NOW, &own, &scene->error));
    scene_ok(scene, desk_submit(boss, own, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_draft_keep(writer, ids[0], str_of("The bus stays."), SCENE_NOW, &draft,
                                    &scene->error));
    scene_ok(scene, desk_draft_for_all(writer, draft, true, SCENE_NOW, &scene->error));
    assert_int_equal(desk_draft_for_all(boss, draft, true, SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene, desk_submit_part(writer, &many, draft, SCENE_NOW, &scene->error));
    assert_true(many.finished);
    assert_int_equal(many.done, FEW - 1);
    assert_int_equal(many.left_out, 1);
    assert_int_equal(responses_of(scene, ids[6], &response), 1);
    assert_int_equal(response.batch, draft);
    assert_int_equal(response.state, RESPONSE_SUBMITTED);
    assert_true(str_equal(response.body, str_of("The bus stays.")));
    struct response *waiting;
    size_t count, done = 0;
    bool finished = false;
    scene_ok(scene,
             response_waiting(scene->store, 50, &scene->arena, &waiting, &count, &scene->error));
    assert_int_equal(count, 2); /* the one to ids[3], and one for all the others */
    /* Sent back it is one draft again. */
    scene_ok(scene, desk_send_back_part(boss, draft, SCENE_NOW, &done, &finished, &scene->error));
    assert_true(finished);
    assert_int_equal(done, FEW - 1);
    assert_int_equal(responses_of(scene, ids[6], &response), 0);
    assert_int_equal(responses_of(scene, ids[0], &response), 1);
    assert_int_equal(response.state, RESPONSE_DRAFT);
    assert_int_equal(response.batch, draft);
    /* And goes out again. */
    many = (struct many){.targets = &target, .count = 1};
    done = 0;
    scene_ok(scene, desk_submit_part(writer, &many, draft, SCENE_NOW, &scene->error));
    assert_int_equal(desk_publish_part(writer, draft, SCENE_NOW, &done, &finished, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene, desk_publish_part(boss, draft, SCENE_NOW, &done, &finished, &scene->error));
    assert_int_equal(done, FEW - 1);
    assert_int_equal(responses_of(scene, ids[6], &response), 1);
    assert_int_equal(response.state, RESPONSE_PUBLISHED);
    no_faults(scene);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_cluster_is_decided_in_parts_and_undone_in_one_step),
        TEST(a_stop_leaves_the_rest_and_one_undo),
        TEST(a_large_undo_passes_over_what_others_decided),
        TEST(what_another_reads_is_passed_over_and_what_came_later),
        TEST(a_line_and_a_comment_are_one_bulk_action),
        TEST(a_trainee_proposes_on_all),
        TEST(tags_go_on_all),
        TEST(a_response_goes_to_all_and_is_reviewed_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
