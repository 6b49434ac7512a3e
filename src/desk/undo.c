/* Undo: the person's own latest decision, single or bulk, unless a colleague decided since. */
#include "desk/within.h"

#include "base/language.h"

/* Whether decision is still what the comment's state comes from. A later decision that was itself
 * undone is no obstacle: the comment is again as this decision left it. */
static enum status check_latest(struct desk *desk, const struct decision *decision,
                                struct arena *arena, struct error *error)
{
    struct decision latest;
    struct event standing;
    enum status status = decision_latest(desk->store, decision->comment_id, arena, &latest, error);
    if (status != OK || latest.id == decision->id)
        return status;
    status = desk_standing(desk->store, decision->comment_id, arena, &standing, error);
    if (status != OK || standing.id == decision->id)
        return status;
    return error_set(
        error, STATUS_CONFLICT, _("comment %lld cannot go back: %.*s decided on it after you (%s)"),
        (long long)decision->comment_id, STR_FORMAT(standing.who), desk_word_done(standing.action));
}

static enum status take_back(struct desk *desk, const struct decision *decision, int64_t now,
                             struct arena *arena, struct error *error)
{
    struct comment comment;
    enum status status = check_latest(desk, decision, arena, error);
    if (status == OK)
        status = desk_require_unclaimed(desk, decision->comment_id, now, error);
    if (status == OK)
        status = comment_read(desk->store, decision->comment_id, 0, 0, arena, &comment, error);
    if (status != OK)
        return status;
    struct decision undo = {.comment_id = decision->comment_id,
                            .moderator_id = desk->self.id,
                            .action = ACTION_UNDO,
                            .from_state = comment.state,
                            .to_state = decision->from_state,
                            .undoes_id = decision->id,
                            .decided_at = now};
    return decision_add(desk->store, &undo, error);
}

/* The decisions to take back, newest first: the latest alone, or all of its bulk action. */
static enum status find_decisions(struct desk *desk, bool any_session, struct arena *arena,
                                  struct decision **decisions, size_t *count, struct error *error)
{
    *decisions = arena_new(arena, 1, sizeof **decisions);
    *count = 1;
    enum status status =
        decision_latest_by(desk->store, desk->self.id, any_session ? 0 : desk->session_start, arena,
                           *decisions, error);
    if (status == STATUS_EMPTY && any_session)
        return error_set(error, status, _("there is no decision of yours to undo"));
    if (status == STATUS_EMPTY)
        return error_set(error, status, _("you decided nothing yet in this session"));
    if (status == OK && (*decisions)->batch != 0)
        status = decision_batch(desk->store, (*decisions)->batch, arena, decisions, count, error);
    return status;
}

static enum status undo_within(struct desk *desk, bool any_session, int64_t now,
                               struct arena *arena, struct undone *undone, struct error *error)
{
    struct decision *decisions;
    size_t count;
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK)
        status = find_decisions(desk, any_session, arena, &decisions, &count, error);
    for (size_t i = 0; status == OK && i < count; i++)
        status = take_back(desk, &decisions[i], now, arena, error);
    if (status != OK)
        return status;
    const struct decision *first = &decisions[count - 1];
    *undone = (struct undone){.count = count,
                              .comment_id = first->comment_id,
                              .action = first->action,
                              .state = first->from_state};
    return OK;
}

enum status desk_undo(struct desk *desk, bool any_session, int64_t now, struct undone *undone,
                      struct error *error)
{
    struct arena arena = {0};
    struct undone taken = {0};
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_finish(desk, undo_within(desk, any_session, now, &arena, &taken, error), error);
    if (status == OK)
        *undone = taken;
    arena_free(&arena);
    return status;
}
