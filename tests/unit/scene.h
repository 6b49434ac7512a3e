/* A small database for the tests of the desk and the formats: two agencies with a consultation
 * each, two reasons, one person of every role, and a few comments. */
#ifndef TESTS_UNIT_SCENE_H
#define TESTS_UNIT_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk/desk.h"

enum { SCENE_NOW = 1790000000, SCENE_COMMENTS = 4 };

struct scene {
    char folder[64], path[96];
    struct store *store;
    struct arena arena;
    struct error error;
    int64_t agencies[2], consultations[2], reasons[2];
    int64_t comments[SCENE_COMMENTS]; /* the last one in the second consultation */
    struct desk desks[ROLE_COUNT];
    struct desk colleague; /* a second moderator */
};

/* Fails the test with the sentence when status is not OK. */
static inline void scene_ok(const struct scene *scene, enum status status)
{
    if (status != OK)
        print_error("status %d: %s\n", (int)status, scene->error.message);
    assert_int_equal(status, OK);
}

static inline int64_t scene_add_comment(struct scene *scene, int64_t consultation,
                                        const char *source_id, struct str author, struct str body)
{
    enum comment_outcome outcome;
    struct comment comment = {.consultation_id = consultation,
                              .source = str_of("scene"),
                              .source_id = str_of(source_id),
                              .channel = str_of("web"),
                              .author = author,
                              .language = str_of("en"),
                              .body = body,
                              .body_size = body.size,
                              .submitted_at = SCENE_NOW - 1000,
                              .received_at = SCENE_NOW - 900};
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, comment_add(scene->store, &comment, &outcome, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
    assert_int_equal(outcome, COMMENT_ADDED);
    return comment.id;
}

static inline void scene_add_person(struct scene *scene, const char *login, const char *name,
                                    enum role role, int64_t agency, struct desk *desk)
{
    struct moderator moderator = {.login = str_of(login),
                                  .name = str_of(name),
                                  .role = role,
                                  .agency_id = agency,
                                  .active = true};
    scene_ok(scene, store_begin(scene->store, &scene->error));
    scene_ok(scene, moderator_add(scene->store, &moderator, &scene->error));
    scene_ok(scene, store_commit(scene->store, &scene->error));
    scene_ok(scene, desk_open(desk, scene->store, str_of(login), &scene->error));
}

static inline void scene_add_catalog(struct scene *scene)
{
    static const char *const agencies[] = {"roads", "parks"};
    static const char *const reasons[] = {"insult", "off-topic"};
    scene_ok(scene, store_begin(scene->store, &scene->error));
    for (size_t i = 0; i < 2; i++) {
        struct agency agency = {.slug = str_of(agencies[i]),
                                .name = {str_of("هيئة الطرق"), str_of("Roads Authority")}};
        scene_ok(scene, agency_add(scene->store, &agency, &scene->error));
        scene->agencies[i] = agency.id;
        struct consultation consultation = {.agency_id = agency.id,
                                            .slug = str_of(i ? "gardens" : "traffic"),
                                            .kind = str_of("consultation"),
                                            .title = {str_of("زحمة الدوحة"), str_of("Traffic")}};
        scene_ok(scene, consultation_add(scene->store, &consultation, &scene->error));
        scene->consultations[i] = consultation.id;
        struct reason reason = {.slug = str_of(reasons[i]),
                                .label = {str_of("سبب"), str_of(reasons[i])}};
        scene_ok(scene, reason_add(scene->store, &reason, &scene->error));
        scene->reasons[i] = reason.id;
    }
    scene_ok(scene, store_commit(scene->store, &scene->error));
}

static inline int scene_open(void **state)
{
    static const char *const names[] = {"one", "two", "three", "four"};
    struct scene *scene = calloc(1, sizeof *scene);
    snprintf(scene->folder, sizeof scene->folder, "/tmp/majlis-test-XXXXXX");
    assert_non_null(mkdtemp(scene->folder));
    snprintf(scene->path, sizeof scene->path, "%s/majlis.db", scene->folder);
    scene_ok(scene, store_open(&scene->store, scene->path, STORE_NEW, &scene->error));
    scene_add_catalog(scene);
    for (size_t i = 0; i < SCENE_COMMENTS; i++)
        scene->comments[i] =
            scene_add_comment(scene, scene->consultations[i == SCENE_COMMENTS - 1], names[i],
                              str_of("Sara"), str_of("Widen the road, please."));
    for (int role = 0; role < ROLE_COUNT; role++)
        scene_add_person(scene, role_name((enum role)role), role_name((enum role)role),
                         (enum role)role, role == ROLE_RESPONDER ? scene->agencies[0] : 0,
                         &scene->desks[role]);
    scene_add_person(scene, "khalid", "خالد", ROLE_MODERATOR, 0, &scene->colleague);
    *state = scene;
    return 0;
}

static inline int scene_close(void **state)
{
    struct scene *scene = *state;
    char path[128];
    for (int role = 0; role < ROLE_COUNT; role++)
        desk_close(&scene->desks[role]);
    desk_close(&scene->colleague);
    store_close(scene->store);
    arena_free(&scene->arena);
    unlink(scene->path);
    snprintf(path, sizeof path, "%s-wal", scene->path);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", scene->path);
    unlink(path);
    rmdir(scene->folder);
    free(scene);
    return 0;
}

static inline struct comment scene_comment(struct scene *scene, int64_t id)
{
    struct comment comment;
    scene_ok(scene, comment_read(scene->store, id, 0, SIZE_MAX >> 1, &scene->arena, &comment,
                                 &scene->error));
    return comment;
}

static inline enum comment_state scene_state(struct scene *scene, int64_t id)
{
    return scene_comment(scene, id).state;
}

/* How many comments there are in all. */
static inline int64_t scene_count(struct scene *scene)
{
    int64_t counts[STATE_COUNT], sum = 0;
    struct query query = {0};
    scene_ok(scene, queue_counts(scene->store, &query, INT64_MAX, counts, &scene->error));
    for (int state = 0; state < STATE_COUNT; state++)
        sum += counts[state];
    return sum;
}

/* Fails unless the last error's sentence holds part. */
static inline void scene_said(const struct scene *scene, const char *part)
{
    if (!strstr(scene->error.message, part))
        fail_msg("'%s' does not say '%s'", scene->error.message, part);
}

/* The comment of this name in this source, or 0. */
static inline int64_t scene_find(struct scene *scene, const char *source, const char *source_id)
{
    int64_t id = 0;
    enum status status =
        comment_by_source(scene->store, str_of(source), str_of(source_id), &id, &scene->error);
    return status == OK ? id : 0;
}

#endif
