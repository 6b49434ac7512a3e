/* The commands that decide. The rules are the desk's; here is what the person sees of them. */
#include "ui/decide_commands.h"

#include "base/moment.h"
#include "ui/picker.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <inttypes.h>

static void say_decided(struct app *app, enum action action, size_t count, int64_t comment)
{
    const char *done = word_action_done(action);
    if (count == 1 && comment != 0)
        app_say(app, STYLE_GOOD, _("%s: #%" PRId64 "   u undoes it"), done, comment);
    else
        app_say(app, STYLE_GOOD,
                ngettext("%s: %zu comment   u undoes it", "%s: %zu comments   u undoes them all",
                         count),
                done, count);
}

/* The comment that was decided may stay in a queue of several states: the next one is wanted. */
static void go_on(struct app *app, int64_t was_current)
{
    queue_forget_chosen(app);
    app_refresh(app);
    if (was_current != 0 && queue_current(app) == was_current)
        queue_next(app, (struct str){0});
}

static void decide(struct app *app, enum action action, int64_t reason)
{
    size_t count, decided = 1;
    const int64_t *targets = queue_targets(app, &count);
    int64_t current = queue_current(app), now = moment_now();
    struct str no_note = {0};
    struct error error;
    enum status status;
    int64_t only = count == 1 ? targets[0] : 0;
    if (only != 0 && only == app->subject)
        status = desk_decide(app->desk, only, app->subject_revision, action, reason, no_note, now,
                             NULL, &error);
    else
        status = desk_decide_many(app->desk, targets, count, action, reason, no_note, now, &decided,
                                  &error);
    if (!app_check(app, status, &error)) {
        if (status == STATUS_CONFLICT)
            app_refresh(app);
        return;
    }
    go_on(app, current);
    say_decided(app, action, decided, only);
}

static void decide_at_once(struct app *app, enum action action)
{
    if (queue_take_subject(app))
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
    size_t targets, count = app->catalog.reason_count;
    if (!queue_take_subject(app))
        return;
    queue_targets(app, &targets);
    struct picker_item *items = arena_new(&app->canvas.arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct reason *reason = &app->catalog.reasons[i];
        if (argument.size > 0 && str_equal(argument, reason->slug)) {
            reject_for(app, i);
            return;
        }
        items[i] = (struct picker_item){label_in(&reason->label, language_code()), reason->slug,
                                        STYLE_NORMAL};
    }
    const char *title =
        targets == 1 ? _("Reject: for which reason?")
                     : arena_printf(&app->canvas.arena,
                                    ngettext("Reject %zu comment: for which reason?",
                                             "Reject %zu comments: for which reason?", targets),
                                    targets);
    picker_open(app, title, items, count, 0, reject_for);
}

void decide_undo(struct app *app, struct str argument)
{
    struct undone undone;
    struct error error;
    (void)argument;
    enum status status = desk_undo(app->desk, false, moment_now(), &undone, &error);
    if (status == STATUS_EMPTY) {
        app_say(app, STYLE_NORMAL, _("There is nothing of this session left to undo."));
        return;
    }
    if (!app_check(app, status, &error))
        return;
    app_refresh(app);
    queue_go_to(app, undone.comment_id);
    if (undone.count > 1)
        app_say(app, STYLE_GOOD,
                ngettext("Undone: %zu comment is as it was before",
                         "Undone: %zu comments are as they were before", undone.count),
                undone.count);
    else
        app_say(app, STYLE_GOOD, _("Undone: #%" PRId64 " is %s again"), undone.comment_id,
                word_state(undone.state));
}
