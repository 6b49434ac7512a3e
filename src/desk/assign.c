/* Assignments: whom a comment is for. */
#include "desk/within.h"

#include "base/language.h"

/* The person or agency that a name means; neither for an empty one. */
static enum status find_target(struct desk *desk, struct str to, struct arena *arena,
                               struct assignment *target, struct error *error)
{
    struct agency agency;
    struct moderator person;
    enum status status = OK;
    if (to.size == 0)
        return OK;
    if (to.data[0] == '@') {
        status = agency_find(desk->store, str_part(to, 1, to.size), arena, &agency, error);
        target->agency_id = status == OK ? agency.id : 0;
        return status;
    }
    if (str_equal(to, str_of("me")))
        to = desk->self.login;
    status = moderator_find(desk->store, to, arena, &person, error);
    if (status == OK && !person.active)
        return error_set(error, STATUS_REFUSED, _("%.*s no longer works here"), STR_FORMAT(to));
    target->moderator_id = status == OK ? person.id : 0;
    return status;
}

static enum status assign_one(struct desk *desk, const struct assignment *target, int64_t comment,
                              struct arena *arena, bool *changed, struct error *error)
{
    struct comment read;
    struct assignment now_there, made = *target;
    enum status status = desk_require_on(desk, RIGHT_ASSIGN, comment, arena, &read, error);
    if (status != OK)
        return status;
    made.comment_id = comment;
    if (made.agency_id == 0 && made.moderator_id == 0)
        return assignment_end(desk->store, comment, changed, error);
    status = assignment_read(desk->store, comment, arena, &now_there, error);
    *changed = status == STATUS_EMPTY || now_there.agency_id != made.agency_id ||
               now_there.moderator_id != made.moderator_id;
    if (status != OK && status != STATUS_EMPTY)
        return status;
    return *changed ? assignment_write(desk->store, &made, error) : OK;
}

enum status desk_assign_within(struct desk *desk, const int64_t *comments, size_t count,
                               struct str to, int64_t now, size_t *changed, struct error *error)
{
    struct arena arena = {0};
    struct assignment target = {.assigned_by = desk->self.id, .assigned_at = now};
    *changed = 0;
    enum status status = desk_require(desk, RIGHT_ASSIGN, error);
    if (status == OK)
        status = find_target(desk, to, &arena, &target, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        bool different = false;
        status = assign_one(desk, &target, comments[i], &arena, &different, error);
        *changed += different;
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}

enum status desk_assign(struct desk *desk, const int64_t *comments, size_t count, struct str to,
                        int64_t now, size_t *changed, struct error *error)
{
    size_t done = 0;
    *changed = 0;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_assign_within(desk, comments, count, to, now, &done, error);
    status = desk_finish(desk, status, error);
    if (status == OK)
        *changed = done;
    return status;
}
