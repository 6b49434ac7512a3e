/* Claims: who reads what, for how long, and who may end it. */
#include "desk/within.h"

#include "base/language.h"
#include "base/moment.h"

static const char lease_policy[] = "claim-seconds";

enum status desk_lease(struct desk *desk, int64_t *seconds, struct error *error)
{
    return policy_number(desk->store, lease_policy, CLAIM_SECONDS, seconds, error);
}

enum status desk_set_lease(struct desk *desk, int64_t seconds, struct error *error)
{
    enum status status = desk_require(desk, RIGHT_TAKE, error);
    if (status == OK && (seconds < SECONDS_A_MINUTE || seconds > CLAIM_SECONDS_MOST))
        status = error_set(error, STATUS_REFUSED, _("a claim lasts %d to %d seconds"),
                           SECONDS_A_MINUTE, CLAIM_SECONDS_MOST);
    if (status == OK)
        status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, policy_set_number(desk->store, lease_policy, seconds, error), error);
}

enum status desk_require_unclaimed(struct desk *desk, int64_t comment, int64_t now,
                                   struct error *error)
{
    struct arena arena = {0};
    struct claim claim;
    enum status status = claim_read(desk->store, comment, now, &arena, &claim, error);
    if (status == OK && claim.moderator_id != desk->self.id)
        status = error_set(error, STATUS_CONFLICT,
                           role_may(desk->self.role, RIGHT_TAKE)
                               ? _("%.*s is reading comment %lld; you can take it over")
                               : _("%.*s is reading comment %lld; a supervisor can take it over"),
                           STR_FORMAT(claim.name), (long long)comment);
    arena_free(&arena);
    return status == STATUS_EMPTY ? OK : status;
}

/* One who reads to decide, or to answer. */
static enum status require_claimant(const struct desk *desk, struct error *error)
{
    if (role_may(desk->self.role, RIGHT_PROPOSE))
        return OK;
    return desk_require(desk, RIGHT_RESPOND, error);
}

static enum status claim_within(struct desk *desk, int64_t comment, bool over, int64_t now,
                                struct arena *arena, struct error *error)
{
    struct comment read;
    struct claim claim;
    int64_t seconds = CLAIM_SECONDS;
    enum status status = require_claimant(desk, error);
    if (status == OK && over)
        status = desk_require(desk, RIGHT_TAKE, error);
    if (status == OK)
        status = desk_require_on(desk, RIGHT_READ, comment, arena, &read, error);
    if (status == OK && !over)
        status = desk_require_unclaimed(desk, comment, now, error);
    if (status == OK)
        status = desk_lease(desk, &seconds, error);
    if (status != OK)
        return status;
    status = claim_read(desk->store, comment, now, arena, &claim, error);
    bool renewed = status == OK && claim.moderator_id == desk->self.id;
    if (status != OK && status != STATUS_EMPTY)
        return status;
    claim = (struct claim){.comment_id = comment,
                           .moderator_id = desk->self.id,
                           .claimed_at = renewed ? claim.claimed_at : now,
                           .expires_at = now + seconds};
    return claim_write(desk->store, &claim, error);
}

enum status desk_claim(struct desk *desk, int64_t comment, bool over, int64_t now,
                       struct error *error)
{
    struct arena arena = {0};
    enum status status = store_begin(desk->store, error);
    if (status == OK)
        status = desk_finish(desk, claim_within(desk, comment, over, now, &arena, error), error);
    arena_free(&arena);
    return status;
}

enum status desk_release(struct desk *desk, int64_t comment, struct error *error)
{
    bool ended;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, claim_end(desk->store, comment, desk->self.id, &ended, error), error);
}

static enum status release_other_within(struct desk *desk, int64_t comment, int64_t now,
                                        struct arena *arena, struct error *error)
{
    struct claim claim;
    bool ended;
    enum status status = desk_require(desk, RIGHT_TAKE, error);
    if (status == OK)
        status = claim_read(desk->store, comment, now, arena, &claim, error);
    if (status == STATUS_EMPTY)
        return error_set(error, status, _("nobody is reading comment %lld"), (long long)comment);
    return status == OK ? claim_end(desk->store, comment, claim.moderator_id, &ended, error)
                        : status;
}

enum status desk_release_other(struct desk *desk, int64_t comment, int64_t now, struct error *error)
{
    struct arena arena = {0};
    enum status status = store_begin(desk->store, error);
    if (status == OK)
        status = desk_finish(desk, release_other_within(desk, comment, now, &arena, error), error);
    arena_free(&arena);
    return status;
}
