/* The commands that decide. The rules are the desk's; here is what the person sees of them. */
#include "ui/decide_commands.h"

#include "base/moment.h"
#include "ui/claims.h"
#include "ui/live.h"
#include "ui/many.h"
#include "ui/picker.h"
#include "ui/queue_screen.h"
#include "ui/second_screen.h"
#include "ui/words.h"

#include <inttypes.h>

/* What became of a decision on one or many comments. */
struct outcome {
    enum action action;
    size_t decided, claimed; /* claimed: passed over, since another reads them */
    int64_t only;            /* the comment, where it was one */
    bool proposed;
};

/* The translated sentence for what was done, without those passed over. */
static const char *words_of(struct app *app, const struct outcome *outcome)
{
    const char *done = word_action_done(outcome->action);
    struct arena *arena = &app->canvas.arena;
    if (outcome->proposed && outcome->only != 0)
        return arena_printf(arena, _("Proposed: #%" PRId64 " (%s)   u takes it back"),
                            outcome->only, done);
    if (outcome->proposed)
        return arena_printf(
            arena,
            ngettext("Proposed: %s comment (%s)", "Proposed: %s comments (%s)", outcome->decided),
            app_number(app, (int64_t)outcome->decided), done);
    if (outcome->only != 0)
        return arena_printf(arena, _("%s: #%" PRId64 "   u undoes it"), done, outcome->only);
    return arena_printf(arena,
                        ngettext("%s: %s comment   u undoes it",
                                 "%s: %s comments   u undoes them all", outcome->decided),
                        done, app_number(app, (int64_t)outcome->decided));
}

static void say_decided(struct app *app, const struct outcome *outcome)
{
    const char *done = words_of(app, outcome);
    if (outcome->claimed == 0)
        app_say(app, STYLE_GOOD, "%s", done);
    else
        app_say(app, STYLE_HELD,
                ngettext("%s   %s left out: a colleague is reading it",
                         "%s   %s left out: colleagues are reading them", outcome->claimed),
                done, app_number(app, (int64_t)outcome->claimed));
}

void decide_go_on(struct app *app, int64_t was_current)
{
    queue_forget_chosen(app);
    if (app->claim.comment == was_current)
        app->claim.comment = 0; /* the decision ended it */
    app_refresh(app);
    if (was_current != 0 && queue_current(app) == was_current)
        queue_next(app, (struct str){0});
    queue_leave_empty_letters(app);
    /* The next one is claimed at once, so that two who decide as fast do not meet on it. */
    app->spreading = true;
    queue_skip_taken(app);
    claims_rest(app);
}

static void decide(struct app *app, enum action action, int64_t reason);

/* The same decision on the same comment; what is shown may have moved meanwhile, and then nobody
 * meant it. */
static void decide_again(struct app *app)
{
    size_t count;
    const struct target *targets = queue_targets(app, &count);
    if (count == 1 && targets[0].comment == app->waiting.only)
        decide(app, app->waiting.action, app->waiting.reason);
    else
        app_say(app, STYLE_BAD, _("The list changed meanwhile: nothing was decided."));
}

/* Nothing was written: it is tried until another program has finished, or a key is pressed. */
static void wait_to_decide(struct app *app, enum action action, int64_t reason, int64_t only,
                           const struct error *error)
{
    app->waiting.action = action;
    app->waiting.reason = reason;
    app->waiting.only = only;
    app->again = decide_again;
    app_say(app, STYLE_HELD, _("Waiting, any key calls it off: %s"), error->message);
}

/* A reason that was chosen is not to be looked for again. */
static void remember_reason(struct app *app, int64_t comment, int64_t reason)
{
    if (reason == 0)
        return;
    app->refused.comment = comment;
    app->refused.reason = reason;
}

static void say_refused(struct app *app, enum status status, int64_t reason,
                        const struct error *error)
{
    struct error whole;
    if (status == STATUS_CONFLICT)
        app_refresh(app);
    if (status == STATUS_CONFLICT && reason != 0 && queue_current(app) == app->refused.comment) {
        error_set(&whole, status, _("%s. The reason is kept: r, then Enter"), error->message);
        error = &whole;
    }
    app_check(app, status, error);
}

static enum status decide_part(struct app *app, struct job *job, struct error *error)
{
    struct str no_note = {0};
    return job->proposed ? desk_propose_part(app->desk, &job->many, job->action, job->reason,
                                             no_note, moment_now(), error)
                         : desk_decide_part(app->desk, &job->many, job->action, job->reason,
                                            no_note, moment_now(), error);
}

static void decided_many(struct app *app, const struct job *job)
{
    const struct outcome outcome = {.action = job->action,
                                    .decided = job->many.done,
                                    .claimed = job->many.claimed,
                                    .proposed = job->proposed};
    decide_go_on(app, job->current);
    say_decided(app, &outcome);
}

static void decide_many(struct app *app, enum action action, int64_t reason)
{
    struct job *job = many_new(app, decide_part, decided_many);
    job->action = action;
    job->reason = reason;
    job->proposed = !role_may(app->desk->self.role, RIGHT_DECIDE);
    many_run(app, job);
}

static void decide_one(struct app *app, enum action action, int64_t reason)
{
    int64_t current = queue_current(app), now = moment_now();
    struct outcome outcome = {.action = action, .decided = 1, .only = app->subject};
    struct str no_note = {0};
    struct error error;
    enum status status;
    outcome.proposed = !role_may(app->desk->self.role, RIGHT_DECIDE);
    if (outcome.proposed)
        status = desk_propose(app->desk, outcome.only, app->subject_revision, action, reason,
                              no_note, now, &error);
    else
        status = desk_decide(app->desk, outcome.only, app->subject_revision, action, reason,
                             no_note, now, NULL, &error);
    if (status == STATUS_BUSY) {
        wait_to_decide(app, action, reason, outcome.only, &error);
        return;
    }
    if (status != OK) {
        remember_reason(app, outcome.only, reason);
        say_refused(app, status, reason, &error);
        return;
    }
    app->refused.comment = 0;
    decide_go_on(app, current);
    say_decided(app, &outcome);
}

static void decide(struct app *app, enum action action, int64_t reason)
{
    size_t count;
    const struct target *targets = queue_targets(app, &count);
    if (count == 1 && targets[0].cluster == 0 && targets[0].comment == app->subject)
        decide_one(app, action, reason);
    else
        decide_many(app, action, reason);
}

/* All letters of the line, or the one that is shown alone. */
static void whom_chosen(struct app *app, size_t index)
{
    if (index > 0)
        queue_aim_at_subject(app);
    decide(app, app->asked, 0);
}

/* A key that would decide on many letters asks first: it may have been meant for one. */
static void ask_whom(struct app *app, enum action action)
{
    static const char *const questions[ACTION_COUNT] = {
        [ACTION_APPROVE] = N_("Approve: which of these letters?"),
        [ACTION_SPAM] = N_("Spam: which of these letters?"),
        [ACTION_HOLD] = N_("Hold: which of these letters?"),
        [ACTION_ESCALATE] = N_("Escalate: which of these letters?"),
    };
    struct arena *arena = &app->canvas.arena;
    int64_t letters = queue_letters(app);
    const char *number = word_number(arena, letters).data;
    const struct picker_item items[] = {
        {str_of(arena_printf(
             arena, ngettext("The %s letter", "All %s letters", (unsigned long)letters), number)),
         {0},
         STYLE_STRONG},
        {str_of(arena_printf(arena, _("Only the one shown, #%" PRId64), app->subject)),
         {0},
         STYLE_NORMAL},
    };
    app->asked = action;
    picker_open(app, _(questions[action]), items, sizeof items / sizeof *items, 0, whom_chosen);
}

static void decide_at_once(struct app *app, enum action action)
{
    if (second_is_open(app)) {
        second_judge(app, action);
        return;
    }
    if (!queue_take_subject(app) || live_just_moved(app))
        return;
    if (queue_aims_at_line(app))
        ask_whom(app, action);
    else
        decide(app, action, 0);
}

void decide_approve(struct app *app, struct str argument)
{
    (void)argument;
    decide_at_once(app, ACTION_APPROVE);
}

void decide_spam(struct app *app, struct str argument)
{
    (void)argument;
    decide_at_once(app, ACTION_SPAM);
}

void decide_hold(struct app *app, struct str argument)
{
    (void)argument;
    decide_at_once(app, ACTION_HOLD);
}

void decide_escalate(struct app *app, struct str argument)
{
    (void)argument;
    decide_at_once(app, ACTION_ESCALATE);
}

static void reject_for(struct app *app, size_t index)
{
    if (index < app->catalog.reason_count)
        decide(app, ACTION_REJECT, app->catalog.reasons[index].id);
}

void decide_reject(struct app *app, struct str argument)
{
    size_t count = app->catalog.reason_count, at = 0;
    if (second_is_open(app)) { /* whatever the reason would be */
        second_judge(app, ACTION_REJECT);
        return;
    }
    if (!queue_take_subject(app) || live_just_moved(app))
        return;
    int64_t letters = queue_letters(app);
    bool line = queue_aims_at_line(app);
    struct picker_item *items = arena_new(&app->canvas.arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct reason *reason = &app->catalog.reasons[i];
        if (argument.size > 0 && str_equal(argument, reason->slug)) {
            reject_for(app, i);
            return;
        }
        if (app->refused.comment == app->subject && app->refused.reason == reason->id)
            at = i;
        items[i] = (struct picker_item){label_in(&reason->label, language_code()), reason->slug,
                                        STYLE_NORMAL};
    }
    const char *title = _("Reject: for which reason?");
    if (letters > 1 || line)
        title = arena_printf(
            &app->canvas.arena,
            line ? ngettext("Reject %s letter that is alike: for which reason?",
                            "Reject ALL %s letters: for which reason?", (unsigned long)letters)
                 : ngettext("Reject %s comment: for which reason?",
                            "Reject %s comments: for which reason?", (unsigned long)letters),
            word_number(&app->canvas.arena, letters).data);
    /* Choosing takes a while, in which the comment is this person's. */
    if (letters == 1 && app->subject != 0 && !claims_take(app, app->subject)) {
        app->unopened_ms = moment_monotonic_ms();
        app_refresh(app);
        return;
    }
    picker_open(app, title, items, count, at, reject_for);
}

/* A trainee's last word is a proposal. */
static void withdraw(struct app *app)
{
    int64_t comment = 0;
    struct error error;
    enum status status = desk_withdraw(app->desk, &comment, &error);
    if (!app_check(app, status, &error))
        return;
    app_refresh(app);
    queue_go_to(app, comment);
    app_say(app, STYLE_GOOD, _("Taken back: your proposal on #%" PRId64), comment);
}

static enum status undo_part(struct app *app, struct job *job, struct error *error)
{
    enum status status = desk_undo_part(app->desk, false, moment_now(), &job->undone, error);
    if (status == OK)
        job->many.finished = job->undone.finished;
    return status;
}

static void say_undone(struct app *app, const struct job *job)
{
    const struct undone *undone = &job->undone;
    app_refresh(app);
    queue_go_to(app, undone->comment_id);
    if (undone->kept > 0)
        app_say(app, STYLE_HELD,
                _("Undone: %s comments   %s stay: colleagues decided on them or are reading them"),
                app_number(app, (int64_t)undone->count), app_number(app, (int64_t)undone->kept));
    else if (undone->count > 1)
        app_say(app, STYLE_GOOD,
                ngettext("Undone: %s comment is as it was before",
                         "Undone: %s comments are as they were before", undone->count),
                app_number(app, (int64_t)undone->count));
    else
        app_say(app, STYLE_GOOD, _("Undone: #%" PRId64 " is %s again"), undone->comment_id,
                word_state(undone->state));
}

void decide_undo(struct app *app, struct str argument)
{
    (void)argument;
    if (second_is_open(app)) {
        second_undo(app);
        return;
    }
    if (!role_may(app->desk->self.role, RIGHT_DECIDE)) {
        withdraw(app);
        return;
    }
    struct job *job = many_new(app, undo_part, say_undone);
    job->total = 0;
    if (many_run(app, job) == STATUS_EMPTY)
        app_say(app, STYLE_NORMAL, _("There is nothing of this session left to undo."));
}
