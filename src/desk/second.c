/* Second looks: a supervisor draws decided comments, and others judge them once more, not knowing
 * what was decided. Nothing about the comment changes by it. */
#include "desk/within.h"

#include "base/language.h"

enum status desk_draw_second(struct desk *desk, int64_t count, int64_t since, int64_t now,
                             int64_t *drawn, struct error *error)
{
    enum status status = store_begin(desk->store, error);
    *drawn = 0;
    if (status != OK)
        return status;
    status = desk_require(desk, RIGHT_SETTLE, error);
    if (status == OK && (count < 1 || count > SECOND_DRAW_MOST))
        status = error_set(error, STATUS_REFUSED, _("it can be 1 to %d comments at once"),
                           SECOND_DRAW_MOST);
    if (status == OK)
        status = second_draw(desk->store, count, since, desk->self.id, now, drawn, error);
    return desk_finish(desk, status, error);
}

enum status desk_next_second(struct desk *desk, int64_t now, int64_t after, struct arena *arena,
                             struct second_look *look, struct error *error)
{
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK)
        status = second_next(desk->store, desk->self.id, now, after, arena, look, error);
    if (status == STATUS_EMPTY)
        return error_set(error, status, _("no comment waits for your second look"));
    return status;
}

static enum status say_within(struct desk *desk, int64_t comment, enum action action, int64_t now,
                              struct arena *arena, struct error *error)
{
    struct second_look look;
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK && action == ACTION_UNDO)
        return error_set(error, STATUS_REFUSED, _("a second look is a decision, not an undo"));
    if (status == OK)
        status = second_of(desk->store, comment, arena, &look, error);
    if (status == STATUS_EMPTY)
        return error_set(error, STATUS_REFUSED, _("comment %lld was not drawn for a second look"),
                         (long long)comment);
    if (status == OK && look.decided_by == desk->self.id)
        return error_set(error, STATUS_REFUSED,
                         _("comment %lld is your own decision; somebody else has to look"),
                         (long long)comment);
    if (status == OK && look.login.size > 0)
        return error_set(error, STATUS_CONFLICT, _("%.*s has looked at comment %lld already"),
                         STR_FORMAT(look.login), (long long)comment);
    return status == OK ? second_say(desk->store, &look, desk->self.id, action, now, error)
                        : status;
}

enum status desk_say_second(struct desk *desk, int64_t comment, enum action action, int64_t now,
                            struct error *error)
{
    struct arena arena = {0};
    enum status status = store_begin(desk->store, error);
    if (status == OK)
        status = desk_finish(desk, say_within(desk, comment, action, now, &arena, error), error);
    arena_free(&arena);
    return status;
}
