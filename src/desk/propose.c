/* Proposals: what a trainee would decide, and what another makes of it. */
#include "desk/within.h"

#include "base/language.h"

/* Another's proposal stands until it is confirmed, declined or withdrawn. */
static enum status check_other(struct desk *desk, int64_t comment, struct arena *arena,
                               struct error *error)
{
    struct proposal proposal;
    enum status status = proposal_read(desk->store, comment, arena, &proposal, error);
    if (status == STATUS_EMPTY)
        return OK;
    if (status == OK && proposal.moderator_id != desk->self.id)
        status = error_set(
            error, STATUS_REFUSED, _("%.*s has proposed a decision on comment %lld already (%s)"),
            STR_FORMAT(proposal.name), (long long)comment, desk_word_done(proposal.action));
    return status;
}

enum status desk_propose_within(struct desk *desk, const struct proposal *proposal, int64_t now,
                                struct arena *arena, struct error *error)
{
    struct comment read;
    struct proposal made = *proposal;
    enum status status =
        desk_require_on(desk, RIGHT_PROPOSE, proposal->comment_id, arena, &read, error);
    if (status == OK && proposal->action == ACTION_UNDO)
        status = error_set(error, STATUS_REFUSED, _("an undo cannot be proposed"));
    if (status == OK)
        status = desk_check_reason(desk, proposal->action, proposal->reason_id, error);
    if (status == OK)
        status = desk_check_comment(desk, &read, proposal->revision, proposal->action, error);
    if (status == OK)
        status = desk_require_unclaimed(desk, proposal->comment_id, now, error);
    if (status == OK)
        status = check_other(desk, proposal->comment_id, arena, error);
    if (status != OK)
        return status == STATUS_EMPTY ? STATUS_REFUSED : status;
    bool ended;
    made.revision = read.revision;
    status = proposal_write(desk->store, &made, error);
    return status == OK ? claim_end(desk->store, made.comment_id, desk->self.id, &ended, error)
                        : status;
}

enum status desk_propose(struct desk *desk, int64_t comment, int64_t revision, enum action action,
                         int64_t reason, struct str note, int64_t now, struct error *error)
{
    struct arena arena = {0};
    const struct proposal proposal = {.comment_id = comment,
                                      .moderator_id = desk->self.id,
                                      .revision = revision,
                                      .action = action,
                                      .reason_id = reason,
                                      .note = note,
                                      .proposed_at = now};
    enum status status = store_begin(desk->store, error);
    if (status == OK)
        status = desk_finish(desk, desk_propose_within(desk, &proposal, now, &arena, error), error);
    arena_free(&arena);
    return status;
}

/* The proposal of another on a comment. */
static enum status find_other(struct desk *desk, int64_t comment, struct arena *arena,
                              struct proposal *proposal, struct error *error)
{
    enum status status = desk_require(desk, RIGHT_DECIDE, error);
    if (status == OK)
        status = proposal_read(desk->store, comment, arena, proposal, error);
    if (status == STATUS_EMPTY)
        return error_set(error, status, _("no proposal waits on comment %lld"), (long long)comment);
    if (status == OK && proposal->moderator_id == desk->self.id)
        status = error_set(error, STATUS_REFUSED,
                           _("the proposal on comment %lld is your own; another has to confirm it"),
                           (long long)comment);
    return status;
}

/* The note of the decision: the proposer's own, then who proposed it. */
static struct str name_proposer(const struct proposal *proposal, struct arena *arena)
{
    const char *by = arena_printf(arena, _("proposed by %.*s"), STR_FORMAT(proposal->name));
    if (proposal->note.size == 0)
        return str_of(by);
    return str_of(arena_printf(arena, "%.*s (%s)", STR_FORMAT(proposal->note), by));
}

static enum status confirm_within(struct desk *desk, int64_t comment, int64_t revision, int64_t now,
                                  struct decision *decision, struct arena *arena,
                                  struct error *error)
{
    struct proposal proposal;
    struct comment read;
    enum status status = find_other(desk, comment, arena, &proposal, error);
    if (status == OK)
        status = comment_read(desk->store, comment, 0, 0, arena, &read, error);
    if (status != OK)
        return status;
    if (read.revision != proposal.revision)
        return error_set(error, STATUS_CONFLICT,
                         _("comment %lld changed since %.*s proposed a decision; read it, then "
                           "decide or decline"),
                         (long long)comment, STR_FORMAT(proposal.name));
    return desk_decide_within(desk, comment, revision, proposal.action, proposal.reason_id,
                              name_proposer(&proposal, arena), now, 0, decision, error);
}

enum status desk_confirm(struct desk *desk, int64_t comment, int64_t revision, int64_t now,
                         struct decision *decision, struct error *error)
{
    struct arena arena = {0};
    struct decision made = {0};
    enum status status = store_begin(desk->store, error);
    if (status == OK)
        status = desk_finish(
            desk, confirm_within(desk, comment, revision, now, &made, &arena, error), error);
    made.note = (struct str){0}; /* it lived in this call's memory */
    if (status == OK && decision)
        *decision = made;
    arena_free(&arena);
    return status;
}

enum status desk_decline(struct desk *desk, int64_t comment, struct error *error)
{
    struct arena arena = {0};
    struct proposal proposal;
    bool changed;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = find_other(desk, comment, &arena, &proposal, error);
    if (status == OK)
        status = proposal_end(desk->store, comment, &changed, error);
    arena_free(&arena);
    return desk_finish(desk, status, error);
}

enum status desk_withdraw(struct desk *desk, int64_t *comment, struct error *error)
{
    struct arena arena = {0};
    struct proposal proposal = {0};
    bool changed;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_require(desk, RIGHT_PROPOSE, error);
    if (status == OK)
        status = proposal_latest_by(desk->store, desk->self.id, &arena, &proposal, error);
    if (status == STATUS_EMPTY)
        error_set(error, status, _("no proposal of yours waits"));
    if (status == OK)
        status = proposal_end(desk->store, proposal.comment_id, &changed, error);
    arena_free(&arena);
    status = desk_finish(desk, status, error);
    if (status == OK)
        *comment = proposal.comment_id;
    return status;
}
