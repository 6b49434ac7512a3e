/* Who may do what, and sitting down. */
#include "unit/scene.h"

#define SUPERVISORS_RIGHTS                                                                         \
    "read propose decide tag note respond publish assign settle take import export backup people"  \
    " calendar"

/* Rows as they are documented, written out again so that a slip in the table is seen. */
static void the_table_is_as_documented(void **state)
{
    static const char *const rows[ROLE_COUNT] = {
        [ROLE_TRAINEE] = "read propose tag note",
        [ROLE_MODERATOR] = "read propose decide tag note respond assign export",
        [ROLE_RESPONDER] = "read note respond",
        [ROLE_SUPERVISOR] = SUPERVISORS_RIGHTS,
        [ROLE_OPERATOR] = "read import export backup people calendar",
    };
    (void)state;
    for (int role = 0; role < ROLE_COUNT; role++) {
        char got[256] = "";
        for (int right = 0; right < RIGHT_COUNT; right++) {
            if (!role_may((enum role)role, (enum right)right))
                continue;
            strcat(got, *got ? " " : "");
            strcat(got, right_name((enum right)right));
        }
        assert_string_equal(got, rows[role]);
    }
    assert_false(role_may(ROLE_COUNT, RIGHT_READ));
    assert_false(role_may(ROLE_SUPERVISOR, RIGHT_COUNT));
}

static void a_refusal_names_role_and_right(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(desk_require(&scene->desks[ROLE_TRAINEE], RIGHT_DECIDE, &scene->error),
                     STATUS_REFUSED);
    scene_said(scene, "trainee");
    scene_said(scene, "decide");
    assert_int_equal(desk_require(&scene->desks[ROLE_MODERATOR], RIGHT_DECIDE, &scene->error), OK);
}

static void a_stranger_is_refused(void **state)
{
    struct scene *scene = *state;
    struct desk desk;
    assert_int_equal(desk_open(&desk, scene->store, str_of("nobody"), &scene->error),
                     STATUS_REFUSED);
    scene_said(scene, "nobody");
    assert_null(desk.store);
}

static void one_who_left_is_refused(void **state)
{
    struct scene *scene = *state;
    struct desk desk;
    struct moderator gone = scene->colleague.self;
    gone.active = false;
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, moderator_change(scene->store, &gone, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
    assert_int_equal(desk_open(&desk, scene->store, str_of("khalid"), &scene->error),
                     STATUS_REFUSED);
    scene_said(scene, "khalid");
}

/* Every deed of the desk, tried by every role, against the table. */
static void every_deed_asks_the_table(void **state)
{
    struct scene *scene = *state;
    for (int role = 0; role < ROLE_COUNT; role++) {
        struct desk *desk = &scene->desks[role];
        int64_t comment = scene->comments[0], id;
        size_t changed;
        struct str tag = str_of("roads");
        enum status status =
            desk_tag(desk, &comment, 1, &tag, 1, NULL, 0, true, SCENE_NOW, &changed, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_TAG));
        status = desk_note(desk, comment, str_of("seen"), SCENE_NOW, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_NOTE));
        status = desk_draft_keep(desk, comment, str_of("Thanks."), SCENE_NOW, &id, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_RESPOND));
        enum action action = role == ROLE_SUPERVISOR ? ACTION_HOLD : ACTION_APPROVE;
        status =
            desk_decide(desk, comment, 0, action, 0, str_of(""), SCENE_NOW, NULL, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_DECIDE));
        struct calendar_hours hours = {.first_day = 20000, .last_day = 20010 + role};
        hours.hours = str_of("sun-thu 09:00-14:00");
        bool agreed;
        status = desk_set_hours(desk, &hours, &agreed, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_CALENDAR));
        assert_int_equal(agreed, status == OK);
        status = desk_set_promise(desk, (struct str){0}, str_of(role % 2 ? "7h" : "8h"),
                                  (struct str){0}, &agreed, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_CALENDAR));
        struct undone undone;
        status = desk_undo(desk, false, SCENE_NOW, &undone, &scene->error);
        assert_int_equal(status == OK, role_may((enum role)role, RIGHT_DECIDE));
    }
}

static void a_responder_keeps_to_the_own_agency(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_RESPONDER];
    int64_t id, elsewhere = scene->comments[SCENE_COMMENTS - 1];
    scene_ok(scene, desk_draft_keep(desk, scene->comments[0], str_of("Thanks."), SCENE_NOW, &id,
                                    &scene->error));
    assert_int_equal(
        desk_draft_keep(desk, elsewhere, str_of("Thanks."), SCENE_NOW, &id, &scene->error),
        STATUS_REFUSED);
    assert_int_equal(id, 0);
    scene_said(scene, "another agency");
    assert_int_equal(desk_note(desk, elsewhere, str_of("seen"), SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    scene_ok(scene, desk_note(desk, scene->comments[0], str_of("seen"), SCENE_NOW, &scene->error));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_as_documented),
        TEST(a_refusal_names_role_and_right),
        TEST(a_stranger_is_refused),
        TEST(one_who_left_is_refused),
        TEST(every_deed_asks_the_table),
        TEST(a_responder_keeps_to_the_own_agency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
