/* What stands around a comment: notes, responses, others by its author, its thread, its history. */
#include "ui/comment_view_lines.h"

#include "base/moment.h"
#include "ui/words.h"

#include <inttypes.h>

enum {
    THREAD_ROWS = 60,    /* of a thread, at most */
    DEPTH_MOST = 6,      /* deeper replies stand no further in */
    BATCH_SHOWN = 99999, /* letters of a response to many that are counted, at most */
};

static enum status add_author(struct app *app, struct comment_view *view, struct error *error)
{
    enum { PARTS_A_STATE = 2 };
    int64_t counts[STATE_COUNT];
    enum status status = author_counts(app->desk->store, &view->comment, counts, error);
    if (status != OK)
        return status;
    if (counts[view->comment.state] > 0)
        counts[view->comment.state]--; /* this one is no other */
    struct part parts[1 + PARTS_A_STATE * STATE_COUNT] = {{{0}, 0}};
    size_t used = 1;
    for (int state = 0; state < STATE_COUNT; state++) {
        if (counts[state] == 0)
            continue;
        parts[used++] =
            (struct part){view_text_of(view, "  %s ", word_state((enum comment_state)state)),
                          word_state_style((enum comment_state)state)};
        parts[used++] = (struct part){word_number(&view->arena, counts[state]), STYLE_NORMAL};
    }
    if (used == 1)
        return OK;
    parts[0] = (struct part){str_of(_("Others by this author:")), STYLE_DIM};
    view_add_blank(view);
    view_add_parts(view, 0, parts, used);
    return OK;
}

static enum status add_thread(struct app *app, struct comment_view *view, struct error *error)
{
    struct comment_row *rows;
    int *depths;
    size_t count;
    enum status status = comment_thread(app->desk->store, view->comment_id, THREAD_ROWS,
                                        &view->arena, &rows, &depths, &count, error);
    if (status != OK || count < 2)
        return status;
    view_add_heading(view, _("Thread"));
    for (size_t i = 0; i < count; i++) {
        bool here = rows[i].id == view->comment_id;
        int depth = depths[i] < DEPTH_MOST ? depths[i] : DEPTH_MOST;
        const struct part parts[] = {
            {here        ? str_of("> ")
             : depth > 0 ? str_of("└ ")
                         : (struct str){0},
             STYLE_DIM},
            {view_text_of(view, "#%" PRId64 " ", rows[i].id), STYLE_DIM},
            {word_author(rows[i].author), here ? STYLE_STRONG : STYLE_NORMAL},
            {str_of(" "), STYLE_DIM},
            {view->blind ? (struct str){0} : view_text_of(view, "%s", word_state(rows[i].state)),
             word_state_style(rows[i].state)},
            {str_of(": "), STYLE_DIM},
            {here ? str_of("...") : rows[i].excerpt, STYLE_NORMAL},
        };
        view_add_parts(view, VIEW_INDENT * (1 + depth), parts, sizeof parts / sizeof parts[0]);
    }
    return OK;
}

static enum status add_responses(struct app *app, struct comment_view *view, struct error *error)
{
    enum status status = response_list(app->desk->store, view->comment_id, &view->arena,
                                       &view->responses, &view->response_count, error);
    if (status != OK)
        return status;
    for (size_t i = 0; i < view->response_count; i++) {
        const struct response *response = &view->responses[i];
        view_add_blank(view);
        int64_t size = 0;
        if (response->batch != 0)
            status =
                response_batch_size(app->desk->store, response->batch, BATCH_SHOWN, &size, error);
        if (status != OK)
            return status;
        struct str same = {0};
        if (size > 1)
            same = view_text_of(view,
                                /* TRANSLATORS: of a response, how many letters it answers. */
                                ngettext("  to %s letter", "  to %s letters", (unsigned long)size),
                                word_number(&view->arena, size).data);
        const struct part parts[] = {
            {str_of(_("Response")), STYLE_STRONG},
            {same, STYLE_HELD},
            {view_text_of(view, " (%s)  ", word_response_state(response->state)),
             response->state == RESPONSE_PUBLISHED ? STYLE_GOOD : STYLE_HELD},
            {response->author_name, STYLE_NORMAL},
            {view_text_of(view, "  %s", word_moment(&view->arena, response->changed_at).data),
             STYLE_DIM},
        };
        view_add_parts(view, 0, parts, sizeof parts / sizeof parts[0]);
        view_add_text(view, VIEW_INDENT, STYLE_NORMAL, response->body, NULL, 0);
    }
    return OK;
}

static struct str event_words(struct comment_view *view, const struct event *event)
{
    switch (event->kind) {
    case EVENT_ARRIVED:
        return str_of(_("wrote this comment"));
    case EVENT_DECISION:
        if (event->undone)
            return view_text_of(view, _("%s (undone later)"), word_action_history(event->action));
        return str_of(word_action_history(event->action));
    case EVENT_TAG:
        return str_of(_("tagged"));
    case EVENT_NOTE:
        return str_of(_("noted"));
    case EVENT_RESPONSE_DRAFT:
        return str_of(_("began a response"));
    case EVENT_RESPONSE_SUBMITTED:
        return str_of(_("submitted a response"));
    case EVENT_RESPONSE_PUBLISHED:
        break;
    }
    return str_of(_("published a response"));
}

static void add_event(struct comment_view *view, const struct event *event)
{
    bool decision = event->kind == EVENT_DECISION;
    struct str label = label_in(&event->label, language_code());
    const struct part parts[] = {
        {view_text_of(view, "%s  ", word_moment(&view->arena, event->at).data), STYLE_DIM},
        {word_author(event->who), STYLE_NORMAL},
        {str_of(" "), STYLE_DIM},
        {event_words(view, event), decision ? word_state_style(event->to_state) : STYLE_NORMAL},
        {label.size ? str_of(": ") : (struct str){0}, STYLE_DIM},
        {label, STYLE_NORMAL},
    };
    view_add_parts(view, VIEW_INDENT, parts, sizeof parts / sizeof parts[0]);
    if (event->body.size > 0)
        view_add_text(view, 2 * VIEW_INDENT, STYLE_NORMAL, event->body, NULL, 0);
}

/* Notes stand by themselves, next to the text: they are what a colleague wanted to be read. */
static void add_notes(struct comment_view *view, const struct event *events, size_t count)
{
    size_t notes = 0;
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_NOTE)
            continue;
        if (notes++ == 0)
            view_add_heading(view, _("Notes"));
        add_event(view, &events[i]);
    }
}

static void add_history(struct comment_view *view, const struct event *events, size_t count)
{
    view_add_heading(view, _("History"));
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_NOTE)
            add_event(view, &events[i]);
    }
}

/* What stands below the text. */
enum status view_add_surroundings(struct app *app, struct comment_view *view, struct error *error)
{
    struct event *events;
    size_t count;
    if (view->blind)
        return add_thread(app, view, error);
    enum status status =
        comment_history(app->desk->store, view->comment_id, &view->arena, &events, &count, error);
    if (status != OK)
        return status;
    add_notes(view, events, count);
    if ((status = add_responses(app, view, error)) != OK ||
        (status = add_author(app, view, error)) != OK ||
        (status = add_thread(app, view, error)) != OK)
        return status;
    add_history(view, events, count);
    return OK;
}
