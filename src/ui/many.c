/* Deeds on many comments, part by part. */
#include "ui/many.h"

#include "base/memory.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <stdlib.h>
#include <string.h>

struct job *many_new(struct app *app,
                     enum status (*part)(struct app *app, struct job *job, struct error *error),
                     void (*end)(struct app *app, const struct job *job))
{
    struct job *job = memory_new(1, sizeof *job);
    size_t count;
    const struct target *targets = queue_targets(app, &count);
    job->part = part;
    job->end = end;
    job->total = queue_letters(app);
    job->current = queue_current(app);
    job->targets = memory_new(count > 0 ? count : 1, sizeof *job->targets);
    if (count > 0)
        memcpy(job->targets, targets, count * sizeof *targets);
    job->many.targets = job->targets;
    job->many.count = count;
    return job;
}

static void free_job(struct job *job)
{
    if (!job)
        return;
    buffer_free(&job->text);
    free(job->targets);
    free(job);
}

void many_free(struct app *app)
{
    free_job(app->job);
    app->job = NULL;
}

/* Ends what is under way; its job is none any more while it says what was done. */
static void end(struct app *app)
{
    struct job *job = app->job;
    app->job = NULL;
    app->job_waits = false;
    job->end(app, job);
    free_job(job);
}

static void say_progress(struct app *app, const struct job *job)
{
    struct arena *arena = &app->canvas.arena;
    size_t seen = job->many.seen + job->undone.count + job->undone.kept;
    if (job->total > 0)
        app_say(app, STYLE_HELD, _("%s of %s are through   any key stops here"),
                word_number(arena, (int64_t)seen).data, word_number(arena, job->total).data);
    else
        app_say(app, STYLE_HELD, _("%s are through   any key stops here"),
                word_number(arena, (int64_t)seen).data);
}

/* Does a part; returns what it came to. */
static enum status step(struct app *app)
{
    struct error error;
    struct job *job = app->job;
    enum status status = job->part(app, job, &error);
    app->job_waits = status == STATUS_BUSY;
    if (app->job_waits) {
        app_say(app, STYLE_HELD, _("Waiting, any key calls it off: %s"), error.message);
    } else if (status != OK) {
        bool began = job->many.seen > 0 || job->undone.count > 0;
        if (began)
            end(app);
        else
            many_free(app);
        if (status == STATUS_CONFLICT)
            app_refresh(app);
        app_check(app, status, &error);
    } else if (job->many.finished) {
        end(app);
    } else {
        say_progress(app, job);
    }
    return status;
}

enum status many_run(struct app *app, struct job *job)
{
    many_free(app);
    app->job = job;
    return step(app);
}

void many_step(struct app *app)
{
    step(app);
    app->stale = true;
}

void many_stop(struct app *app)
{
    bool began = app->job->many.seen > 0 || app->job->undone.count > 0;
    if (!began) {
        many_free(app);
        app_say(app, STYLE_NORMAL, _("Called off: nothing was changed."));
        return;
    }
    end(app);
    app_say(app, STYLE_HELD, "%s   %s", arena_printf(&app->canvas.arena, "%s", app->message),
            _("Stopped: the rest is as it was."));
}

void many_say_claimed(struct app *app, const struct job *job)
{
    size_t claimed = job->many.claimed;
    if (claimed > 0)
        app_say(app, STYLE_HELD,
                ngettext("%s   %s left out: a colleague is reading it",
                         "%s   %s left out: colleagues are reading them", claimed),
                arena_printf(&app->canvas.arena, "%s", app->message),
                app_number(app, (int64_t)claimed));
}

void many_say_aim(struct app *app)
{
    int64_t letters = queue_letters(app);
    if (app->top == &app->queue->screen || letters < 2)
        return;
    const char *number = word_number(&app->canvas.arena, letters).data;
    if (queue_aims_at_line(app))
        app_say(app, STYLE_HELD,
                ngettext("This is for the %s letter; Esc, then x, for one alone.",
                         "This is for ALL %s letters; Esc, then x, for one alone.",
                         (unsigned long)letters),
                number);
    else
        app_say(
            app, STYLE_HELD,
            ngettext("This is for %s comment.", "This is for %s comments.", (unsigned long)letters),
            number);
}
