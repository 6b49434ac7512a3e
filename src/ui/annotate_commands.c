/* The commands that leave something on a comment. */
#include "ui/annotate_commands.h"

#include "base/moment.h"
#include "ui/many.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"

enum { TAGS_AT_ONCE = 64 };

static size_t complete_tag(struct app *app, struct str word, struct arena *arena,
                           struct str **choices)
{
    bool remove = word.size > 0 && word.data[0] == '-';
    bool signed_word = remove || (word.size > 0 && word.data[0] == '+');
    struct str beginning = str_part(word, signed_word ? 1 : 0, word.size);
    *choices = arena_new(arena, app->catalog.tag_count, sizeof **choices);
    size_t count = 0;
    for (size_t i = 0; i < app->catalog.tag_count; i++) {
        struct str slug = app->catalog.tags[i].slug;
        if (str_starts(slug, beginning))
            (*choices)[count++] =
                signed_word ? str_of(arena_printf(arena, "%c%.*s", word.data[0], STR_FORMAT(slug)))
                            : slug;
    }
    return count;
}

static const struct prompt_kind tag_prompt;

/* What a line of tags puts on and takes off; its strings are the line's. */
static void read_tags(struct str text, struct str add[TAGS_AT_ONCE],
                      struct str remove[TAGS_AT_ONCE], struct tagging *tagging)
{
    *tagging = (struct tagging){.add = add, .remove = remove, .create = true};
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        while (at < text.size && text.data[at] != ' ' && text.data[at] != ',')
            at++;
        struct str word = str_part(text, start, at - start);
        while (at < text.size && (text.data[at] == ' ' || text.data[at] == ','))
            at++;
        if (word.size > 0 && word.data[0] == '-' && tagging->remove_count < TAGS_AT_ONCE)
            remove[tagging->remove_count++] = str_part(word, 1, word.size);
        else if (word.size > 0 && tagging->add_count < TAGS_AT_ONCE)
            add[tagging->add_count++] = str_part(word, word.data[0] == '+' ? 1 : 0, word.size);
    }
}

static enum status tag_part(struct app *app, struct job *job, struct error *error)
{
    struct str add[TAGS_AT_ONCE], remove[TAGS_AT_ONCE];
    struct tagging tagging;
    read_tags(buffer_str(&job->text), add, remove, &tagging);
    return desk_tag_part(app->desk, &job->many, &tagging, moment_now(), error);
}

static void tagged(struct app *app, const struct job *job)
{
    size_t changed = job->many.done;
    app_refresh(app);
    app_say(app, STYLE_GOOD,
            changed == 0 ? _("Nothing changed: the tags are so already.")
                         : ngettext("%s tag changed", "%s tags changed", changed),
            app_number(app, (int64_t)changed));
    many_say_claimed(app, job);
}

static void submit_tags(struct app *app, struct str text)
{
    if (str_trim(text).size == 0)
        return;
    struct job *job = many_new(app, tag_part, tagged);
    buffer_add(&job->text, text);
    if (many_run(app, job) == OK || app->job)
        return;
    struct error error;
    error_set(&error, STATUS_REFUSED, "%s", app->message);
    prompt_open(app, &tag_prompt, text); /* what was typed is there again */
    app_check(app, STATUS_REFUSED, &error);
}

static const struct prompt_kind tag_prompt = {
    .title = N_("Tags"),
    .hint = N_("Several, with blanks between; Tab completes; -TAG takes one off; a new word makes "
               "a new tag."),
    .history = NULL,
    .complete = complete_tag,
    .submit = submit_tags,
};

void annotate_tag(struct app *app, struct str argument)
{
    if (!queue_take_subject(app))
        return;
    if (argument.size > 0)
        submit_tags(app, argument);
    else
        prompt_open(app, &tag_prompt, (struct str){0});
    many_say_aim(app);
}

const char annotate_note_draft[] = "unfinished-note";

static const struct prompt_kind note_prompt;

static void submit_note(struct app *app, struct str text)
{
    struct error error;
    if (text.size == 0 || app->subject == 0)
        return;
    enum status status = desk_note(app->desk, app->subject, text, moment_now(), &error);
    if (status != OK)
        prompt_open(app, &note_prompt, text); /* what was typed is there again */
    if (!app_check(app, status, &error))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("Noted."));
}

static const struct prompt_kind note_prompt = {
    .title = N_("Note"),
    .hint = N_("For colleagues; the public never sees it."),
    .draft = annotate_note_draft,
    .submit = submit_note,
};

void annotate_note(struct app *app, struct str argument)
{
    if (!queue_take_subject(app))
        return;
    if (argument.size > 0)
        submit_note(app, argument);
    else
        prompt_open(app, &note_prompt, (struct str){0});
}

/* The oldest response of the comment that waits for review; NULL with a sentence when none does. */
static const struct response *submitted_response(struct app *app)
{
    const struct comment_view *view = &app->queue->view;
    for (size_t i = 0; view->comment_id != 0 && i < view->response_count; i++) {
        if (view->responses[i].state == RESPONSE_SUBMITTED)
            return &view->responses[i];
    }
    app_say(app, STYLE_NORMAL, _("No response to this comment waits for review."));
    return NULL;
}

static enum status review_part(struct app *app, struct job *job, struct error *error)
{
    enum status status = job->publishing
                             ? desk_publish_part(app->desk, job->response, moment_now(),
                                                 &job->many.done, &job->many.finished, error)
                             : desk_send_back_part(app->desk, job->response, moment_now(),
                                                   &job->many.done, &job->many.finished, error);
    job->many.seen = job->many.done;
    return status;
}

static void reviewed(struct app *app, const struct job *job)
{
    size_t done = job->many.done;
    app_refresh(app);
    if (job->publishing)
        app_say(app, STYLE_GOOD,
                ngettext("Published: the response to %s letter",
                         "Published: the response to %s letters", done),
                app_number(app, (int64_t)done));
    else
        app_say(app, STYLE_GOOD,
                ngettext("Sent back to its writer as a draft: the response to %s letter",
                         "Sent back to its writer as one draft: the response to %s letters", done),
                app_number(app, (int64_t)done));
}

/* What was submitted to many at once is reviewed at once: it is one text. */
static void review_batch(struct app *app, int64_t batch, bool publishing)
{
    struct job *job = many_new(app, review_part, reviewed);
    job->total = 0;
    job->response = batch;
    job->publishing = publishing;
    many_run(app, job);
}

void annotate_publish(struct app *app, struct str argument)
{
    const struct response *response = submitted_response(app);
    struct error error;
    (void)argument;
    if (response && response->batch != 0) {
        review_batch(app, response->batch, true);
        return;
    }
    if (!response ||
        !app_check(app, desk_publish(app->desk, response->id, moment_now(), &error), &error))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("Published."));
}

void annotate_send_back(struct app *app, struct str argument)
{
    const struct response *response = submitted_response(app);
    struct error error;
    (void)argument;
    if (response && response->batch != 0) {
        review_batch(app, response->batch, false);
        return;
    }
    if (!response ||
        !app_check(app, desk_send_back(app->desk, response->id, moment_now(), &error), &error))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("Sent back to its writer as a draft."));
}
