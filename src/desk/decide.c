/* Deciding: which action leads to which state, and what forbids it. */
#include "desk/within.h"

#include "base/language.h"

static const struct {
    enum comment_state state;
    const char *done;
} actions[ACTION_COUNT] = {
    [ACTION_APPROVE] = {STATE_APPROVED, N_("approved")},
    [ACTION_REJECT] = {STATE_REJECTED, N_("rejected")},
    [ACTION_SPAM] = {STATE_SPAM, N_("marked as spam")},
    [ACTION_HOLD] = {STATE_HELD, N_("held")},
    [ACTION_ESCALATE] = {STATE_ESCALATED, N_("escalated")},
    [ACTION_UNDO] = {STATE_PENDING, N_("undone")},
};

const char *desk_word_done(enum action action)
{
    return gettext(actions[action].done);
}

enum status desk_standing(struct store *store, int64_t comment, struct arena *arena,
                          struct event *standing, struct error *error)
{
    struct event *events;
    size_t count;
    enum status status = comment_history(store, comment, arena, &events, &count, error);
    if (status != OK)
        return status;
    /* By id, not by time: two decisions of one second have an order too. */
    standing->id = 0;
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &events[i];
        if (event->kind == EVENT_DECISION && event->undoes_id == 0 && !event->undone &&
            event->id > standing->id)
            *standing = *event;
    }
    return standing->id ? OK : STATUS_EMPTY;
}

enum status desk_check_reason(struct desk *desk, enum action action, int64_t reason,
                              struct error *error)
{
    struct arena arena = {0};
    struct reason *list;
    size_t count = 0;
    if (action != ACTION_REJECT)
        return reason == 0 ? OK
                           : error_set(error, STATUS_REFUSED,
                                       _("only a rejection has a reason; use a note instead"));
    if (reason == 0)
        return error_set(error, STATUS_REFUSED,
                         _("a rejection needs a reason, which is shown to the public"));
    enum status status = reason_list(desk->store, &arena, &list, &count, error);
    bool found = false;
    for (size_t i = 0; status == OK && i < count; i++)
        found = found || list[i].id == reason;
    arena_free(&arena);
    if (status == OK && !found)
        status = error_set(error, STATUS_REFUSED, _("there is no reason number %lld"),
                           (long long)reason);
    return status;
}

/* Says what came between reading and deciding. */
static enum status changed_since(struct desk *desk, const struct comment *comment,
                                 struct error *error)
{
    struct arena arena = {0};
    struct event standing;
    enum status status = OK;
    if (comment->state != STATE_PENDING)
        status = desk_standing(desk->store, comment->id, &arena, &standing, error);
    if (comment->state != STATE_PENDING && status == OK)
        status = error_set(error, STATUS_CONFLICT,
                           _("comment %lld changed since you read it: %.*s decided on it (%s)"),
                           (long long)comment->id, STR_FORMAT(standing.who),
                           desk_word_done(standing.action));
    else if (status == OK || status == STATUS_EMPTY)
        status = error_set(error, STATUS_CONFLICT,
                           _("comment %lld changed since you read it; read it again, then decide"),
                           (long long)comment->id);
    arena_free(&arena);
    return status;
}

enum status desk_check_comment(struct desk *desk, const struct comment *comment, int64_t revision,
                               enum action action, struct error *error)
{
    if (revision != 0 && comment->revision != revision)
        return changed_since(desk, comment, error);
    if (comment->state == actions[action].state)
        return error_set(error, STATUS_EMPTY, _("comment %lld is already %s"),
                         (long long)comment->id, desk_word_done(action));
    if (comment->state == STATE_ESCALATED && !role_may(desk->self.role, RIGHT_SETTLE))
        return error_set(error, STATUS_REFUSED,
                         _("comment %lld was escalated; a supervisor decides it now"),
                         (long long)comment->id);
    return OK;
}

enum status desk_decide_within(struct desk *desk, int64_t comment, int64_t revision,
                               enum action action, int64_t reason, struct str note, int64_t now,
                               int64_t batch, struct decision *decision, struct error *error)
{
    struct arena arena = {0};
    struct comment read;
    struct decision made = {.comment_id = comment,
                            .moderator_id = desk->self.id,
                            .action = action,
                            .to_state = actions[action].state,
                            .reason_id = reason,
                            .note = note,
                            .batch = batch,
                            .decided_at = now};
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK)
        status = desk_check_reason(desk, action, reason, error);
    if (status == OK)
        status = comment_read(desk->store, comment, 0, 0, &arena, &read, error);
    if (status == OK)
        status = desk_check_comment(desk, &read, revision, action, error);
    if (status == OK)
        status = desk_require_unclaimed(desk, comment, now, error);
    if (status == OK) {
        made.from_state = read.state;
        status = decision_add(desk->store, &made, error);
    }
    if (status == OK && decision)
        *decision = made;
    arena_free(&arena);
    return status;
}

/* An undo is no decision on its own: it needs to know what it takes back. */
static enum status refuse_undo(enum action action, struct error *error)
{
    if (action != ACTION_UNDO)
        return OK;
    return error_set(error, STATUS_REFUSED,
                     _("an undo takes back your latest decision; it cannot be given to a comment"));
}

enum status desk_decide(struct desk *desk, int64_t comment, int64_t revision, enum action action,
                        int64_t reason, struct str note, int64_t now, struct decision *decision,
                        struct error *error)
{
    enum status status = refuse_undo(action, error);
    if (status == OK)
        status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status =
        desk_decide_within(desk, comment, revision, action, reason, note, now, 0, decision, error);
    if (status == STATUS_EMPTY)
        status = STATUS_REFUSED;
    return desk_finish(desk, status, error);
}

enum status desk_decide_each_within(struct desk *desk, const int64_t *comments, size_t count,
                                    enum action action, int64_t reason, struct str note,
                                    int64_t now, struct many *many, struct error *error)
{
    int64_t batch = many->batch ? many->batch : BATCH_NEW;
    enum status status = refuse_undo(action, error);
    if (status == OK)
        status = desk_require(desk, RIGHT_DECIDE, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct decision decision;
        status = desk_require_unclaimed(desk, comments[i], now, error);
        if (status == STATUS_CONFLICT) {
            status = OK;
            many->claimed++;
            continue;
        }
        if (status == OK)
            status = desk_decide_within(desk, comments[i], 0, action, reason, note, now, batch,
                                        &decision, error);
        if (status == STATUS_EMPTY) {
            status = OK;
            continue;
        }
        if (status == OK) {
            batch = many->batch = decision.batch;
            many->done++;
        }
    }
    return status;
}

enum status desk_decide_many(struct desk *desk, const int64_t *comments, size_t count,
                             enum action action, int64_t reason, struct str note, int64_t now,
                             size_t *decided, size_t *claimed, struct error *error)
{
    struct many many = {0};
    *decided = *claimed = 0;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status =
        desk_decide_each_within(desk, comments, count, action, reason, note, now, &many, error);
    status = desk_finish(desk, status, error);
    if (status == OK) {
        *decided = many.done;
        *claimed = many.claimed;
    }
    return status;
}
