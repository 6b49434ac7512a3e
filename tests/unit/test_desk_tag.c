/* Tags, notes and templates: the words moderators leave. */
#include "unit/scene.h"

static enum status tag(struct scene *scene, const char *add, const char *remove, bool create,
                       size_t *changed)
{
    struct str added = str_of(add), removed = str_of(remove);
    return desk_tag(&scene->desks[ROLE_MODERATOR], scene->comments, 2, &added, add != NULL,
                    &removed, remove != NULL, create, SCENE_NOW, changed, &scene->error);
}

static void slugs_are_words_of_any_script(void **state)
{
    static const char *const good[] = {"roads",
                                       "public-transport",
                                       "طرق",
                                       "مواقف-السيارات",
                                       "حي-٣",
                                       "3",
                                       "0123456789012345678901234567890123456789"};
    static const char *const bad[] = {"",
                                      "two words",
                                      "a_b",
                                      "a:b",
                                      "طـريق",
                                      "a\xe2\x80\x8b",
                                      "\xe2\x80\xaeno",
                                      "\xff",
                                      "🙂",
                                      "a\nb",
                                      "01234567890123456789012345678901234567890"};
    struct scene *scene = *state;
    size_t changed;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        scene_ok(scene, tag(scene, good[i], NULL, true, &changed));
        assert_int_equal(changed, 2);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(tag(scene, bad[i], NULL, true, &changed), STATUS_REFUSED);
}

static void a_tag_goes_on_and_off_once(void **state)
{
    struct scene *scene = *state;
    struct tag *tags;
    size_t changed, count;
    assert_int_equal(tag(scene, "طرق", NULL, false, &changed), STATUS_NOT_FOUND);
    scene_ok(scene, tag(scene, "طرق", NULL, true, &changed));
    assert_int_equal(changed, 2);
    scene_ok(scene, tag(scene, "طرق", NULL, false, &changed));
    assert_int_equal(changed, 0);
    scene_ok(scene, comment_tags(scene->store, scene->comments[0], &scene->arena, &tags, &count,
                                 &scene->error));
    assert_int_equal(count, 1);
    assert_true(str_equal(tags[0].slug, str_of("طرق")));
    assert_true(str_equal(label_in(&tags[0].label, "en"), str_of("طرق")));
    scene_ok(scene, tag(scene, NULL, "طرق", false, &changed));
    assert_int_equal(changed, 2);
    scene_ok(scene, tag(scene, NULL, "طرق", false, &changed));
    assert_int_equal(changed, 0);
}

static void one_wrong_tag_changes_nothing(void **state)
{
    struct scene *scene = *state;
    const struct str add[] = {str_of("roads"), str_of("not a tag")};
    struct tag *tags;
    size_t changed = 9, count;
    assert_int_equal(desk_tag(&scene->desks[ROLE_TRAINEE], scene->comments, 1, add, 2, NULL, 0,
                              true, SCENE_NOW, &changed, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(changed, 0);
    scene_ok(scene, tag_list(scene->store, &scene->arena, &tags, &count, &scene->error));
    assert_int_equal(count, 0);
}

static void tags_want_a_comment(void **state)
{
    struct scene *scene = *state;
    const int64_t nowhere = 4711;
    const struct str add = str_of("roads");
    size_t changed;
    assert_int_equal(desk_tag(&scene->desks[ROLE_TRAINEE], &nowhere, 1, &add, 1, NULL, 0, true,
                              SCENE_NOW, &changed, &scene->error),
                     STATUS_NOT_FOUND);
}

static void a_note_is_kept_and_an_empty_one_is_not(void **state)
{
    struct scene *scene = *state;
    struct desk *desk = &scene->desks[ROLE_TRAINEE];
    struct event *events;
    size_t count;
    assert_int_equal(desk_note(desk, scene->comments[0], str_of(" \n"), SCENE_NOW, &scene->error),
                     STATUS_REFUSED);
    assert_int_equal(desk_note(desk, 999, str_of("x"), SCENE_NOW, &scene->error), STATUS_NOT_FOUND);
    scene_ok(scene,
             desk_note(desk, scene->comments[0], str_of("راجع القسم"), SCENE_NOW, &scene->error));
    scene_ok(scene, comment_history(scene->store, scene->comments[0], &scene->arena, &events,
                                    &count, &scene->error));
    assert_int_equal(count, 2);
    assert_int_equal(events[1].kind, EVENT_NOTE);
    assert_true(str_equal(events[1].body, str_of("راجع القسم")));
}

static void fill(struct scene *scene, const char *language, const char *body, struct str author,
                 const char *expected)
{
    struct template template = {.language = str_of(language), .body = str_of(body)};
    char name[32];
    static int number;
    struct str filled;
    snprintf(name, sizeof name, "filled-%d", number++);
    int64_t comment =
        scene_add_comment(scene, scene->consultations[0], name, author, str_of("text"));
    scene_ok(scene, desk_fill_template(&scene->colleague, &template, comment, &scene->arena,
                                       &filled, &scene->error));
    assert_string_equal(filled.data, expected);
    assert_int_equal(filled.size, strlen(expected));
}

static void blanks_are_filled_in_the_templates_language(void **state)
{
    struct scene *scene = *state;
    fill(scene, "en", "Dear {{author}}, on {{consultation}}: {{agency}}, {{moderator}}",
         str_of("Sara"), "Dear Sara, on Traffic: Roads Authority, خالد");
    fill(scene, "ar", "{{author}}: {{ consultation }}، {{agency}}", str_of("سارة"),
         "سارة: زحمة الدوحة، هيئة الطرق");
    fill(scene, "en", "Dear {{author}}", str_of("  "), "Dear participant");
    fill(scene, "ar", "السيد/السيدة {{author}}،", str_of(""), "السيد/السيدة المشارك الكريم،");
}

static void what_is_no_known_blank_stays(void **state)
{
    struct scene *scene = *state;
    fill(scene, "en", "On {{date}} {{ {{author}} {x} }} {{author", str_of("Sara"),
         "On {{date}} {{ Sara {x} }} {{author");
    fill(scene, "en", "{{}}{{Author}}{", str_of("Sara"), "{{}}{{Author}}{");
}

static void an_author_is_no_template(void **state)
{
    struct scene *scene = *state;
    fill(scene, "en", "{{author}}", str_of("{{agency}}"), "{{agency}}");
    fill(scene, "en", "{{author}}", str_of("a\xff"), "a\xef\xbf\xbd");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(slugs_are_words_of_any_script),
        TEST(a_tag_goes_on_and_off_once),
        TEST(one_wrong_tag_changes_nothing),
        TEST(tags_want_a_comment),
        TEST(a_note_is_kept_and_an_empty_one_is_not),
        TEST(blanks_are_filled_in_the_templates_language),
        TEST(what_is_no_known_blank_stays),
        TEST(an_author_is_no_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
