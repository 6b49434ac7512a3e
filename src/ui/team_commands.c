/* What colleagues do with each other's work. The rules are the desk's. */
#include "ui/team_commands.h"

#include "base/moment.h"
#include "ui/claims.h"
#include "ui/decide_commands.h"
#include "ui/live.h"
#include "ui/many.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <inttypes.h>

void team_take(struct app *app, struct str argument)
{
    struct error error;
    (void)argument;
    if (!queue_take_subject(app) || app->subject == 0)
        return;
    if (!app_check(app, desk_claim(app->desk, app->subject, true, moment_now(), &error), &error) ||
        !claims_take(app, app->subject))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("#%" PRId64 " is yours now."), app->subject);
}

void team_confirm(struct app *app, struct str argument)
{
    struct decision decision;
    struct error error;
    (void)argument;
    if (!queue_take_subject(app) || live_just_moved(app))
        return;
    enum status status = desk_confirm(app->desk, app->subject, app->subject_revision, moment_now(),
                                      &decision, &error);
    if (!app_check(app, status, &error)) {
        app_refresh(app);
        return;
    }
    decide_go_on(app, app->subject);
    app_say(app, STYLE_GOOD, _("%s: #%" PRId64 "   u undoes it"), word_action_done(decision.action),
            decision.comment_id);
}

void team_decline(struct app *app, struct str argument)
{
    struct error error;
    (void)argument;
    if (!queue_take_subject(app) || live_just_moved(app))
        return;
    enum status status = desk_decline(app->desk, app->subject, &error);
    bool declined = app_check(app, status, &error);
    app_refresh(app);
    if (declined)
        app_say(app, STYLE_GOOD, _("Declined: #%" PRId64 " waits for a decision again"),
                app->subject);
}

/* --- assigning --- */

static void offer(struct arena *arena, struct str *choices, size_t *count, const char *sign,
                  struct str name, struct str word)
{
    struct str whole = str_of(arena_printf(arena, "%s%.*s", sign, STR_FORMAT(name)));
    if (str_starts(whole, word))
        choices[(*count)++] = whole;
}

/* Agencies with their sign, people by their login. */
static size_t complete_target(struct app *app, struct str word, struct arena *arena,
                              struct str **choices)
{
    struct moderator *people;
    struct error error;
    size_t people_count = 0, count = 0;
    enum status status = moderator_list(app->desk->store, arena, &people, &people_count, &error);
    if (!app_check(app, status, &error))
        people_count = 0;
    *choices = arena_new(arena, people_count + app->catalog.agency_count + 1, sizeof **choices);
    for (size_t i = 0; i < people_count; i++) {
        if (people[i].active)
            offer(arena, *choices, &count, "", people[i].login, word);
    }
    for (size_t i = 0; i < app->catalog.agency_count; i++)
        offer(arena, *choices, &count, "@", app->catalog.agencies[i].slug, word);
    return count;
}

static enum status assign_part(struct app *app, struct job *job, struct error *error)
{
    return desk_assign_part(app->desk, &job->many, buffer_str(&job->text), moment_now(), error);
}

static void assigned(struct app *app, const struct job *job)
{
    size_t changed = job->many.done;
    struct str to = buffer_str(&job->text);
    app_refresh(app);
    if (changed == 0)
        app_say(app, STYLE_NORMAL, _("Nothing changed: it is so already."));
    else if (to.size == 0)
        app_say(app, STYLE_GOOD,
                ngettext("%s comment is nobody's again", "%s comments are nobody's again", changed),
                app_number(app, (int64_t)changed));
    else
        app_say(app, STYLE_GOOD,
                ngettext("%s comment is now for %.*s", "%s comments are now for %.*s", changed),
                app_number(app, (int64_t)changed), STR_FORMAT(to));
    many_say_claimed(app, job);
}

static void submit_target(struct app *app, struct str text)
{
    struct job *job = many_new(app, assign_part, assigned);
    buffer_add(&job->text, str_trim(text));
    many_run(app, job);
}

static const struct prompt_kind target_prompt = {
    .title = N_("For"),
    .hint = N_("A login, me, or @ and an agency; Tab completes. An empty line takes it back."),
    .complete = complete_target,
    .submit = submit_target,
};

void team_assign(struct app *app, struct str argument)
{
    if (!queue_take_subject(app))
        return;
    if (argument.size > 0)
        submit_target(app, argument);
    else
        prompt_open(app, &target_prompt, (struct str){0});
    many_say_aim(app);
}

/* --- queues --- */

/* Narrows the whole queue, states and all, to this; or opens it again when it is so already. */
static void toggle(struct app *app, struct query wanted)
{
    const struct query *now = &app->queue->filter;
    wanted.consultation = now->consultation;
    bool same =
        str_equal(now->assigned, wanted.assigned) && str_equal(now->proposed, wanted.proposed);
    if (same)
        wanted.assigned = wanted.proposed = (struct str){0};
    queue_set_filter(app, &wanted);
}

void team_mine(struct app *app, struct str argument)
{
    (void)argument;
    toggle(app, (struct query){.assigned = app->desk->self.login});
}

void team_of_agency(struct app *app, struct str argument)
{
    const struct catalog *catalog = &app->catalog;
    (void)argument;
    for (size_t i = 0; i < catalog->agency_count; i++) {
        if (catalog->agencies[i].id != app->desk->self.agency_id)
            continue;
        const char *name =
            arena_printf(&app->canvas.arena, "@%.*s", STR_FORMAT(catalog->agencies[i].slug));
        toggle(app, (struct query){.assigned = str_of(name)});
        return;
    }
    app_say(app, STYLE_NORMAL, _("You belong to no agency; a supervisor can change that."));
}

void team_proposed(struct app *app, struct str argument)
{
    (void)argument;
    toggle(app, (struct query){.proposed = str_of("any")});
}
