/* Drafts, review and publication of responses. */
#include "unit/scene.h"

static int64_t keep(struct scene *scene, struct desk *desk, const char *body, int64_t now)
{
    int64_t id;
    scene_ok(scene,
             desk_draft_keep(desk, scene->comments[0], str_of(body), now, &id, &scene->error));
    return id;
}

static struct response read_response(struct scene *scene, int64_t id)
{
    struct response response;
    scene_ok(scene, response_read(scene->store, id, &scene->arena, &response, &scene->error));
    return response;
}

static void a_draft_is_kept_as_it_is_typed(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    struct response draft;
    assert_int_equal(desk_draft(desk, scene->comments[0], &scene->arena, &draft, &scene->error),
                     STATUS_EMPTY);
    int64_t id = keep(scene, desk, "Than", SCENE_NOW);
    assert_int_equal(keep(scene, desk, "Thanks for your patience", SCENE_NOW + 2), id);
    scene_ok(scene, desk_draft(desk, scene->comments[0], &scene->arena, &draft, &scene->error));
    assert_int_equal(draft.id, id);
    assert_true(str_equal(draft.body, str_of("Thanks for your patience")));
    assert_true(str_equal(draft.language, str_of("en")));
    assert_int_equal(draft.created_at, SCENE_NOW);
    assert_int_equal(draft.changed_at, SCENE_NOW + 2);
    assert_int_equal(draft.agency_id, scene->agencies[0]);
    assert_int_equal(keep(scene, desk, "شكرًا على اقتراحكم", SCENE_NOW + 3), id);
    assert_true(str_equal(read_response(scene, id).language, str_of("ar")));
}

static void an_empty_draft_goes_away(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_MODERATOR];
    struct response draft;
    assert_int_equal(keep(scene, desk, "", SCENE_NOW), 0);
    assert_int_not_equal(keep(scene, desk, "T", SCENE_NOW), 0);
    assert_int_equal(keep(scene, desk, "", SCENE_NOW), 0);
    assert_int_equal(desk_draft(desk, scene->comments[0], &scene->arena, &draft, &scene->error),
                     STATUS_EMPTY);
}

static void drafts_are_each_persons_own(void **state)
{
    struct scene *scene = *state;
    int64_t one = keep(scene, &scene->desks[ROLE_MODERATOR], "mine", SCENE_NOW);
    int64_t two = keep(scene, &scene->colleague, "yours", SCENE_NOW);
    assert_int_not_equal(one, two);
    assert_int_equal(desk_submit(&scene->colleague, one, SCENE_NOW, &scene->error), STATUS_REFUSED);
    scene_said(scene, "moderator");
    assert_int_equal(read_response(scene, one).state, RESPONSE_DRAFT);
}

static void a_response_is_reviewed_then_published(void **state)
{
    struct scene *scene = *state;
    struct desk *writer = &scene->desks[ROLE_RESPONDER];
    struct desk *supervisor = &scene->desks[ROLE_SUPERVISOR];
    int64_t id = keep(scene, writer, "The lane opens on Sunday.", SCENE_NOW);
    assert_int_equal(desk_publish(supervisor, id, SCENE_NOW, &scene->error), STATUS_REFUSED);
    scene_said(scene, "draft");
    scene_ok(scene, desk_submit(writer, id, SCENE_NOW + 5, &scene->error));
    assert_int_equal(read_response(scene, id).submitted_at, SCENE_NOW + 5);
    assert_int_equal(desk_submit(writer, id, SCENE_NOW + 6, &scene->error), STATUS_REFUSED);
    assert_int_equal(desk_publish(&scene->colleague, id, SCENE_NOW, &scene->error), STATUS_REFUSED);
    assert_int_equal(desk_publish(writer, id, SCENE_NOW, &scene->error), STATUS_REFUSED);
    scene_ok(scene, desk_publish(supervisor, id, SCENE_NOW + 9, &scene->error));
    struct response published = read_response(scene, id);
    assert_int_equal(published.state, RESPONSE_PUBLISHED);
    assert_int_equal(published.reviewer_id, supervisor->self.id);
    assert_int_equal(published.published_at, SCENE_NOW + 9);
    assert_int_equal(desk_publish(supervisor, id, SCENE_NOW + 10, &scene->error), STATUS_REFUSED);
    assert_int_equal(desk_send_back(supervisor, id, SCENE_NOW + 10, &scene->error), STATUS_REFUSED);
}

static void a_response_is_sent_back_and_goes_on(void **state)
{
    struct scene *scene = *state;
    struct desk *writer = &scene->desks[ROLE_RESPONDER];
    int64_t id = keep(scene, writer, "Soon.", SCENE_NOW);
    scene_ok(scene, desk_submit(writer, id, SCENE_NOW, &scene->error));
    scene_ok(scene,
             desk_send_back(&scene->desks[ROLE_SUPERVISOR], id, SCENE_NOW + 1, &scene->error));
    assert_int_equal(read_response(scene, id).state, RESPONSE_DRAFT);
    assert_int_equal(read_response(scene, id).submitted_at, 0);
    assert_int_equal(keep(scene, writer, "On Sunday.", SCENE_NOW + 2), id);
}

static void two_drafts_never_meet(void **state)
{
    struct scene *scene = *state;
    struct desk *writer = &scene->desks[ROLE_RESPONDER];
    int64_t id = keep(scene, writer, "Soon.", SCENE_NOW);
    scene_ok(scene, desk_submit(writer, id, SCENE_NOW, &scene->error));
    assert_int_not_equal(keep(scene, writer, "And another thing.", SCENE_NOW), id);
    assert_int_equal(
        desk_send_back(&scene->desks[ROLE_SUPERVISOR], id, SCENE_NOW + 1, &scene->error),
        STATUS_CONFLICT);
    assert_int_equal(read_response(scene, id).state, RESPONSE_SUBMITTED);
}

static void a_supervisor_publishes_the_own_response(void **state)
{
    struct scene *scene = *state;
    struct desk *supervisor = &scene->desks[ROLE_SUPERVISOR];
    int64_t id = keep(scene, supervisor, "Done.", SCENE_NOW);
    scene_ok(scene, desk_submit(supervisor, id, SCENE_NOW, &scene->error));
    scene_ok(scene, desk_publish(supervisor, id, SCENE_NOW, &scene->error));
}

static void nothing_blank_is_submitted(void **state)
{
    struct scene *scene = *state;
    int64_t id = keep(scene, &scene->colleague, " \n\t", SCENE_NOW);
    assert_int_equal(desk_submit(&scene->colleague, id, SCENE_NOW, &scene->error), STATUS_REFUSED);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct scene *scene = *state;
    int64_t id;
    assert_int_equal(
        desk_draft_keep(&scene->colleague, 999, str_of("x"), SCENE_NOW, &id, &scene->error),
        STATUS_NOT_FOUND);
    assert_int_equal(desk_submit(&scene->colleague, 999, SCENE_NOW, &scene->error),
                     STATUS_NOT_FOUND);
    assert_int_equal(desk_publish(&scene->desks[ROLE_SUPERVISOR], 999, SCENE_NOW, &scene->error),
                     STATUS_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_is_kept_as_it_is_typed),
        TEST(an_empty_draft_goes_away),
        TEST(drafts_are_each_persons_own),
        TEST(a_response_is_reviewed_then_published),
        TEST(a_response_is_sent_back_and_goes_on),
        TEST(two_drafts_never_meet),
        TEST(a_supervisor_publishes_the_own_response),
        TEST(nothing_blank_is_submitted),
        TEST(what_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
