/* The commands that leave something on a comment. */
#include "ui/annotate_commands.h"

#include "base/moment.h"
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

static void submit_tags(struct app *app, struct str text)
{
    struct str add[TAGS_AT_ONCE], remove[TAGS_AT_ONCE];
    size_t add_count = 0, remove_count = 0, target_count, changed;
    struct error error;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        while (at < text.size && text.data[at] != ' ' && text.data[at] != ',')
            at++;
        struct str word = str_part(text, start, at - start);
        while (at < text.size && (text.data[at] == ' ' || text.data[at] == ','))
            at++;
        if (word.size > 0 && word.data[0] == '-' && remove_count < TAGS_AT_ONCE)
            remove[remove_count++] = str_part(word, 1, word.size);
        else if (word.size > 0 && add_count < TAGS_AT_ONCE)
            add[add_count++] = str_part(word, word.data[0] == '+' ? 1 : 0, word.size);
    }
    if (add_count + remove_count == 0)
        return;
    const int64_t *targets = queue_targets(app, &target_count);
    enum status status = desk_tag(app->desk, targets, target_count, add, add_count, remove,
                                  remove_count, true, moment_now(), &changed, &error);
    if (status != OK)
        prompt_open(app, &tag_prompt, text); /* what was typed is there again */
    if (!app_check(app, status, &error))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD,
            changed == 0 ? _("Nothing changed: the tags are so already.")
                         : ngettext("%zu tag changed", "%zu tags changed", changed),
            changed);
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

void annotate_publish(struct app *app, struct str argument)
{
    const struct response *response = submitted_response(app);
    struct error error;
    (void)argument;
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
    if (!response ||
        !app_check(app, desk_send_back(app->desk, response->id, moment_now(), &error), &error))
        return;
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("Sent back to its writer as a draft."));
}
