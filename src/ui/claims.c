/* The claim of the person at the screen: one comment at a time. The rules are the desk's. */
#include "ui/claims.h"

#include "base/moment.h"
#include "ui/queue_screen.h"

#include <inttypes.h>

enum {
    TRIES = 4,           /* comments tried in a row while others claim as fast as we do */
    REFUSED_SECONDS = 5, /* before a claim that was refused is asked for again */
    MS_A_SECOND = 1000,
};

bool claims_other(const struct app *app, const struct comment_row *row)
{
    return row->claim_moderator_id != 0 && row->claim_moderator_id != app->desk->self.id &&
           claim_is_live(row->claim_expires_at, moment_now());
}

bool claims_taken(const struct app *app, const struct comment_row *row)
{
    return claims_other(app, row) || row->proposer_id == app->desk->self.id;
}

/* Whether this person could decide on the comment as it stands: reading what is decided, or what
 * only a supervisor settles, keeps nobody from anything. */
static bool is_waiting(const struct app *app, const struct comment_row *row)
{
    enum role role = app->desk->self.role;
    if (!role_may(role, RIGHT_PROPOSE))
        return false;
    if (row->state == STATE_ESCALATED)
        return role_may(role, RIGHT_SETTLE);
    return row->state == STATE_PENDING || row->state == STATE_HELD;
}

/* The comment the person is at; 0 for none. */
static int64_t attended(const struct app *app)
{
    const struct comment_row *row = queue_model_current(&app->queue->model);
    if (app->responding != 0)
        return app->responding;
    if (app->judging != 0)
        return app->judging;
    switch (app->top->type->context(app->top)) {
    case CONTEXT_STATISTICS:
    case CONTEXT_SECOND:
        return 0;
    case CONTEXT_PICKER:
    case CONTEXT_PROMPT:
    case CONTEXT_TERMINAL:
        return app->claim.comment;
    default:
        return row && is_waiting(app, row) ? row->id : 0;
    }
}

void claims_release(struct app *app)
{
    struct error error;
    if (app->claim.comment == 0)
        return;
    app_check(app, desk_release(app->desk, app->claim.comment, &error), &error);
    app->claim.comment = 0;
}

/* Asks the desk for the claim and remembers the answer. */
static enum status ask(struct app *app, int64_t comment, struct error *error)
{
    int64_t now = moment_now(), seconds = CLAIM_SECONDS;
    enum status status = desk_claim(app->desk, comment, false, now, error);
    if (status == OK)
        status = desk_lease(app->desk, &seconds, error);
    if (status == OK) {
        app->claim.comment = comment;
        app->claim.seconds = seconds;
        app->claim.renew_at = now + seconds / 2;
        return OK;
    }
    if (app->claim.comment == comment)
        app->claim.comment = 0;
    app->claim.refused = comment;
    app->claim.refused_version = app->version;
    app->claim.ask_again_ms = moment_monotonic_ms() + REFUSED_SECONDS * MS_A_SECOND;
    return status;
}

/* Nobody presses keys: they may have gone, and the comment is others' again when the lease ends. */
static bool is_there(const struct app *app)
{
    return moment_monotonic_ms() - app->pressed_ms < app->claim.seconds * MS_A_SECOND;
}

static bool was_refused(const struct app *app, int64_t comment)
{
    return comment == app->claim.refused && app->version == app->claim.refused_version &&
           moment_monotonic_ms() < app->claim.ask_again_ms;
}

void claims_rest(struct app *app)
{
    struct error error;
    for (int i = 0; i < TRIES; i++) {
        int64_t comment = attended(app);
        bool due = comment == app->claim.comment && moment_now() >= app->claim.renew_at;
        if (comment == app->claim.comment && (comment == 0 || !due || !is_there(app)))
            return;
        if (comment != app->claim.comment)
            claims_release(app);
        if (comment == 0 || was_refused(app, comment))
            return;
        enum status status = ask(app, comment, &error);
        if (status != STATUS_CONFLICT) {
            app_check(app, status, &error);
            return;
        }
        /* Who came to the queue, not to this comment, is better off with the next. */
        app_refresh(app);
        if (!app->spreading)
            return;
        queue_skip_taken(app);
    }
}

bool claims_take(struct app *app, int64_t comment)
{
    struct error error;
    if (comment != app->claim.comment)
        claims_release(app);
    enum status status = ask(app, comment, &error);
    app_check(app, status, &error);
    return status != STATUS_CONFLICT;
}

void claims_verify(struct app *app)
{
    struct arena arena = {0};
    struct claim claim;
    struct error error;
    if (app->claim.comment == 0)
        return;
    enum status status =
        claim_read(app->desk->store, app->claim.comment, moment_now(), &arena, &claim, &error);
    bool own = status == OK && claim.moderator_id == app->desk->self.id;
    if (status == OK && !own)
        app_say(app, STYLE_HELD, _("%.*s has taken over #%" PRId64 " from you"),
                STR_FORMAT(claim.name), app->claim.comment);
    if (status == STATUS_EMPTY || (status == OK && !own))
        app->claim.comment = 0;
    arena_free(&arena);
}
