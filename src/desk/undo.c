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

/* The decisions to take back next, newest first, at most limit: the latest alone, or those of its
 * bulk action. */
static enum status find_decisions(struct desk *desk, bool any_session, size_t limit,
                                  struct undone *undone, struct arena *arena,
                                  struct decision **decisions, size_t *count, struct error *error)
{
    *decisions = arena_new(arena, 1, sizeof **decisions);
    *count = 1;
    enum status status = OK;
    if (undone->batch == 0) {
        status =
            decision_latest_by(desk->store, desk->self.id, any_session ? 0 : desk->session_start,
                               arena, *decisions, error);
        if (status == STATUS_EMPTY && any_session)
            return error_set(error, status, _("there is no decision of yours to undo"));
        if (status == STATUS_EMPTY)
            return error_set(error, status, _("you decided nothing yet in this session"));
        undone->batch = (*decisions)->batch;
    }
    if (status == OK && undone->batch != 0)
        status = decision_batch(desk->store, undone->batch, undone->before, limit, arena, decisions,
                                count, error);
    return status;
}

/* Takes back one part. Of a bulk action that has more, what stands against going back is passed
 * over. */
static enum status undo_within(struct desk *desk, bool any_session, int64_t now,
                               struct arena *arena, struct undone *undone, struct error *error)
{
    struct decision *decisions;
    size_t count;
    bool began = undone->batch != 0;
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK)
        status = find_decisions(desk, any_session, MANY_AT_ONCE + 1, undone, arena, &decisions,
                                &count, error);
    if (status != OK)
        return status;
    undone->finished = count <= MANY_AT_ONCE;
    bool in_parts = began || !undone->finished;
    count = undone->finished ? count : MANY_AT_ONCE;
    for (size_t i = 0; status == OK && i < count; i++) {
        status = take_back(desk, &decisions[i], now, arena, error);
        if (status == OK) {
            undone->count++;
            undone->comment_id = decisions[i].comment_id;
            undone->action = decisions[i].action;
            undone->state = decisions[i].from_state;
        } else if (status == STATUS_CONFLICT && in_parts) {
            undone->kept++;
            status = OK;
        }
        undone->before = decisions[i].id;
    }
    /* What was passed over alone is what stands in the way; the sentence says which. */
    if (status == OK && undone->finished && undone->count == 0)
        return STATUS_CONFLICT;
    return status;
}

enum status desk_undo_part(struct desk *desk, bool any_session, int64_t now, struct undone *undone,
                           struct error *error)
{
    struct arena arena = {0};
    struct undone taken = *undone;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_finish(desk, undo_within(desk, any_session, now, &arena, &taken, error), error);
    if (status == OK)
        *undone = taken;
    arena_free(&arena);
    return status;
}

enum status desk_undo(struct desk *desk, bool any_session, int64_t now, struct undone *undone,
                      struct error *error)
{
    struct undone taken = {0};
    enum status status = OK;
    while (status == OK && !taken.finished)
        status = desk_undo_part(desk, any_session, now, &taken, error);
    if (status == OK)
        *undone = taken;
    return status;
}
