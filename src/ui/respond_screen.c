/* Writing a response. What is typed is a draft in the database within a moment of its typing: a
 * line that drops loses nothing. */
#include "ui/respond_screen.h"

#include "base/memory.h"
#include "base/moment.h"
#include "store/alike.h"
#include "ui/claims.h"
#include "ui/comment_view.h"
#include "ui/editor.h"
#include "ui/external_editor.h"
#include "ui/many.h"
#include "ui/picker.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    WIDE_FROM = 110, /* columns from which comment and editor stand side by side */
    RESPONSES_LISTED = 50,
    SCROLL_LINES = 3,
};

struct respond_screen {
    struct screen screen;
    struct comment_view view;
    struct editor editor;
    int64_t draft;     /* its id; 0: nothing kept yet */
    struct target aim; /* whom it answers: the comment, or all letters of its cluster */
    bool marked;       /* the draft says so, too */
    bool kept;         /* what is shown is in the database */
};

static struct respond_screen *respond_top(struct app *app)
{
    return (struct respond_screen *)app->top;
}

static enum context respond_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_RESPOND;
}

static void respond_settle(struct app *app, struct screen *screen)
{
    struct respond_screen *respond = (struct respond_screen *)screen;
    struct error error;
    if (!respond->editor.changed)
        return;
    enum status status =
        desk_draft_keep(app->desk, respond->view.comment_id, buffer_str(&respond->editor.text),
                        moment_now(), &respond->draft, &error);
    bool for_all = respond->aim.cluster != 0;
    if (status == OK && respond->draft == 0)
        respond->marked = false;
    else if (status == OK && respond->marked != for_all) {
        status = desk_draft_for_all(app->desk, respond->draft, for_all, moment_now(), &error);
        respond->marked = status == OK ? for_all : respond->marked;
    }
    respond->kept = app_check(app, status, &error);
    /* A draft that could not be kept is tried again: the text stays in the editor. */
    respond->editor.changed = !respond->kept;
    app->unsettled = app->unsettled || !respond->kept;
}

/* A click puts the caret; the wheel scrolls the comment, wherever it stands. */
static bool respond_mouse(struct app *app, struct respond_screen *respond,
                          const struct press *press)
{
    enum { WHEEL_UP = 4, WHEEL_DOWN = 5 };
    if (press->codepoint == WHEEL_UP || press->codepoint == WHEEL_DOWN) {
        comment_view_scroll(&respond->view,
                            press->codepoint == WHEEL_UP ? -SCROLL_LINES : SCROLL_LINES);
        return true;
    }
    return editor_click(&respond->editor, &app->canvas, press);
}

static bool respond_press(struct app *app, struct screen *screen, const struct press *press)
{
    struct respond_screen *respond = (struct respond_screen *)screen;
    if (press->kind == PRESS_MOUSE)
        return respond_mouse(app, respond, press);
    bool taken = editor_press(&respond->editor, press);
    if (respond->editor.changed)
        respond->kept = false;
    return taken;
}

static void draw_divider(struct app *app, const struct respond_screen *respond, struct box box,
                         bool vertical)
{
    struct canvas *canvas = &app->canvas;
    canvas_rule(canvas, box, STYLE_STRONG);
    if (vertical)
        return;
    const char *kept = respond->editor.text.size == 0 ? "" : respond->kept ? _("draft kept") : "";
    canvas_printf(canvas, (struct box){box.column + 2, box.row, box.width - 4, 1}, ALIGN_START,
                  STYLE_STRONG, " %s ", _("Response"));
    if (kept[0])
        canvas_printf(canvas, (struct box){box.column + 2, box.row, box.width - 4, 1}, ALIGN_END,
                      STYLE_DIM, " %s ", kept);
}

static void respond_draw(struct app *app, struct screen *screen, struct box body)
{
    struct respond_screen *respond = (struct respond_screen *)screen;
    struct canvas *canvas = &app->canvas;
    struct box title = {body.column, body.row, body.width, 1};
    canvas_fill(canvas, title, STYLE_BAR);
    struct box words = {title.column + 1, title.row, title.width - 2, 1};
    if (respond->aim.cluster != 0)
        canvas_printf(canvas, words, ALIGN_START, STYLE_BAR,
                      ngettext("Respond to %s letter (#%" PRId64 ")",
                               "Respond to ALL %s letters that are like #%" PRId64,
                               (unsigned long)respond->aim.letters),
                      word_number(&canvas->arena, respond->aim.letters).data,
                      respond->view.comment_id);
    else
        canvas_printf(canvas, words, ALIGN_START, STYLE_BAR, _("Respond to #%" PRId64),
                      respond->view.comment_id);
    struct box rest = {body.column, body.row + 1, body.width, body.height - 1};
    if (body.width >= WIDE_FROM) {
        int left = rest.width / 2;
        comment_view_draw(app, &respond->view,
                          (struct box){rest.column + 1, rest.row, left - 2, rest.height});
        draw_divider(app, respond, (struct box){rest.column + left, rest.row, 1, rest.height},
                     true);
        struct box side = {rest.column + left + 1, rest.row, rest.width - left - 1, 1};
        draw_divider(app, respond, side, false);
        editor_draw(&respond->editor, canvas,
                    (struct box){side.column + 1, rest.row + 1, side.width - 2, rest.height - 1},
                    STYLE_NORMAL);
        return;
    }
    int above = rest.height / 2;
    comment_view_draw(app, &respond->view,
                      (struct box){rest.column + 1, rest.row, rest.width - 2, above});
    draw_divider(app, respond, (struct box){rest.column, rest.row + above, rest.width, 1}, false);
    editor_draw(&respond->editor, canvas,
                (struct box){rest.column + 1, rest.row + above + 1, rest.width - 2,
                             rest.height - above - 1},
                STYLE_NORMAL);
}

static void respond_refresh(struct app *app, struct screen *screen)
{
    (void)app;
    ((struct respond_screen *)screen)->view.stale = true;
}

static void respond_close(struct app *app, struct screen *screen)
{
    struct respond_screen *respond = (struct respond_screen *)screen;
    respond_settle(app, screen);
    app->responding = 0;
    comment_view_free(&respond->view);
    editor_free(&respond->editor);
    free(respond);
}

static const struct screen_type respond_type = {
    .context = respond_context,
    .draw = respond_draw,
    .press = respond_press,
    .refresh = respond_refresh,
    .settle = respond_settle,
    .close = respond_close,
};

/* All letters that are like a comment and in its state, as they are now. */
static enum status aim_at_all(struct app *app, int64_t comment, struct arena *arena,
                              struct target *aim, struct error *error)
{
    struct comment read;
    struct cluster cluster;
    struct store *store = app->desk->store;
    *aim = (struct target){.comment = comment, .letters = 1};
    enum status status = comment_read(store, comment, 0, 0, arena, &read, error);
    if (status != OK || read.cluster_id == 0)
        return status;
    status = cluster_read(store, read.cluster_id, false, arena, &cluster, error);
    aim->cluster = read.cluster_id;
    aim->state = read.state;
    aim->letters = status == OK ? cluster.counts[read.state] : 0;
    return status == OK ? comment_last_id(store, &aim->until, error) : status;
}

/* Writes to aim, or goes on with the draft there is; where aim is NULL, to whom that is meant for. */
static void open_for(struct app *app, int64_t comment, const struct target *aim)
{
    struct arena arena = {0};
    struct response draft = {0};
    struct error error;
    if (!claims_take(app, comment)) {
        app_refresh(app);
        return;
    }
    enum status status = desk_draft(app->desk, comment, &arena, &draft, &error);
    if (status == OK || status == STATUS_EMPTY) {
        app->responding = comment;
        struct respond_screen *respond = memory_new(1, sizeof *respond);
        respond->screen.type = &respond_type;
        comment_view_show(&respond->view, comment, 0, NULL);
        respond->aim = aim ? *aim : (struct target){.comment = comment, .letters = 1};
        respond->marked = draft.batch != 0;
        if (!aim && respond->marked)
            app_check(app, aim_at_all(app, comment, &arena, &respond->aim, &error), &error);
        editor_set(&respond->editor, draft.body);
        respond->draft = draft.id;
        respond->kept = draft.id != 0;
        screen_push(app, &respond->screen);
        if (draft.id != 0)
            app_say(app, STYLE_NORMAL, _("This is the draft you left here."));
    } else {
        app_check(app, status, &error);
    }
    arena_free(&arena);
}

void respond_open(struct app *app, struct str argument)
{
    (void)argument;
    if (!queue_take_subject(app))
        return;
    if (app->subject == 0)
        app_say(app, STYLE_NORMAL, _("There is no comment here."));
    else
        open_for(app, app->subject, app->queue->chosen_count == 0 ? &app->aim : NULL);
}

/* The drafts left open, or what waits for review, in arena; none when they cannot be read. */
static struct response *listed(struct app *app, bool waiting, struct arena *arena, size_t *count)
{
    struct response *list = NULL;
    struct error error;
    enum status status =
        waiting ? response_waiting(app->desk->store, RESPONSES_LISTED, arena, &list, count, &error)
                : response_drafts(app->desk->store, app->desk->self.id, RESPONSES_LISTED, arena,
                                  &list, count, &error);
    if (!app_check(app, status, &error))
        *count = 0;
    return list;
}

static size_t count_listed(struct app *app, bool waiting)
{
    struct arena arena = {0};
    size_t count;
    listed(app, waiting, &arena, &count);
    arena_free(&arena);
    return count;
}

size_t respond_open_drafts(struct app *app)
{
    return count_listed(app, false);
}

size_t respond_waiting(struct app *app)
{
    return count_listed(app, true);
}

/* The comment of the response at index of a list read again: it may have changed meanwhile. */
static int64_t listed_comment(struct app *app, bool waiting, size_t index)
{
    struct arena arena = {0};
    size_t count;
    const struct response *list = listed(app, waiting, &arena, &count);
    int64_t comment = index < count ? list[index].comment_id : 0;
    arena_free(&arena);
    return comment;
}

static void draft_chosen(struct app *app, size_t index)
{
    int64_t comment = listed_comment(app, false, index);
    if (comment != 0)
        open_for(app, comment, NULL);
}

static void waiting_chosen(struct app *app, size_t index)
{
    int64_t comment = listed_comment(app, true, index);
    if (comment == 0)
        return;
    queue_show(app, comment);
    app_say(app, STYLE_NORMAL, _("p publishes its response, b sends it back."));
}

static void pick_listed(struct app *app, bool waiting, const char *title, const char *none)
{
    struct arena *arena = &app->canvas.arena;
    size_t count;
    const struct response *list = listed(app, waiting, arena, &count);
    struct picker_item *items = arena_new(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct picker_item){
            list[i].body, str_of(arena_printf(arena, "#%" PRId64, list[i].comment_id)),
            STYLE_NORMAL};
    if (count == 0)
        app_say(app, STYLE_NORMAL, "%s", none);
    else
        picker_open(app, title, items, count, 0, waiting ? waiting_chosen : draft_chosen);
}

void respond_drafts(struct app *app, struct str argument)
{
    (void)argument;
    pick_listed(app, false, _("Your open drafts"), _("You have no open drafts."));
}

void respond_review(struct app *app, struct str argument)
{
    (void)argument;
    pick_listed(app, true, _("Responses that wait for review"), _("No response waits for review."));
}

static enum status submit_part(struct app *app, struct job *job, struct error *error)
{
    return desk_submit_part(app->desk, &job->many, job->response, moment_now(), error);
}

static void submitted(struct app *app, const struct job *job)
{
    const struct many *many = &job->many;
    app_refresh(app);
    app_say(app, STYLE_GOOD,
            ngettext("Submitted to %s letter; a supervisor reviews and publishes it.",
                     "Submitted to %s letters; a supervisor reviews and publishes it.", many->done),
            app_number(app, (int64_t)many->done));
    if (many->left_out > 0)
        app_say(app, STYLE_HELD,
                ngettext("%s   %s left out: it was answered before",
                         "%s   %s left out: they were answered before", many->left_out),
                arena_printf(&app->canvas.arena, "%s", app->message),
                app_number(app, (int64_t)many->left_out));
    many_say_claimed(app, job);
}

/* The editor closes first: what is left to be done needs no more keys. A failure leaves the draft. */
static void submit_to_all(struct app *app, struct respond_screen *respond)
{
    app->aim = respond->aim;
    queue_forget_chosen(app);
    struct job *job = many_new(app, submit_part, submitted);
    job->response = respond->draft;
    screen_pop(app);
    many_run(app, job);
}

void respond_submit(struct app *app, struct str argument)
{
    struct respond_screen *respond = respond_top(app);
    struct error error;
    (void)argument;
    respond_settle(app, &respond->screen);
    if (respond->editor.changed)
        return; /* it could not be kept; that sentence stands */
    if (respond->draft == 0) {
        app_say(app, STYLE_BAD, _("Nothing is written yet."));
        return;
    }
    if (respond->aim.cluster != 0) {
        submit_to_all(app, respond);
        return;
    }
    if (!app_check(app, desk_submit(app->desk, respond->draft, moment_now(), &error), &error))
        return;
    screen_pop(app);
    app_refresh(app);
    app_say(app, STYLE_GOOD, _("Submitted; a supervisor reviews and publishes it."));
}

void respond_leave(struct app *app, struct str argument)
{
    struct respond_screen *respond = respond_top(app);
    (void)argument;
    respond_settle(app, &respond->screen);
    if (respond->editor.changed)
        return;
    bool drafted = respond->draft != 0;
    screen_pop(app);
    app_refresh(app);
    if (drafted)
        app_say(app, STYLE_NORMAL, _("The draft is kept; c goes on with it."));
}

static void template_chosen(struct app *app, size_t index)
{
    struct respond_screen *respond = respond_top(app);
    struct arena arena = {0};
    struct str body;
    struct error error;
    if (index < app->catalog.template_count &&
        app_check(app,
                  desk_fill_template(app->desk, &app->catalog.templates[index],
                                     respond->view.comment_id, &arena, &body, &error),
                  &error)) {
        editor_insert(&respond->editor, body);
        respond->kept = false;
        if (memmem(body.data, body.size, "{{", 2))
            app_say(app, STYLE_HELD, _("Fill in what still stands in {{ }} before you submit."));
    }
    arena_free(&arena);
}

void respond_template(struct app *app, struct str argument)
{
    size_t count = app->catalog.template_count;
    struct picker_item *items = arena_new(&app->canvas.arena, count, sizeof *items);
    (void)argument;
    for (size_t i = 0; i < count; i++)
        items[i] = (struct picker_item){app->catalog.templates[i].title,
                                        app->catalog.templates[i].language, STYLE_NORMAL};
    if (count == 0)
        app_say(app, STYLE_NORMAL, _("There are no templates."));
    else
        picker_open(app, _("Which template?"), items, count, 0, template_chosen);
}

void respond_comment_down(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&respond_top(app)->view, SCROLL_LINES);
}

void respond_comment_up(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&respond_top(app)->view, -SCROLL_LINES);
}

void respond_edit_outside(struct app *app, struct str argument)
{
    struct respond_screen *respond = respond_top(app);
    struct buffer edited = {0};
    struct error error;
    (void)argument;
    respond_settle(app, &respond->screen);
    if (respond->editor.changed)
        return; /* it could not be kept: an editor that never comes back would lose it */
    if (app_check(app,
                  external_edit(app->terminal, buffer_str(&respond->editor.text), &edited, &error),
                  &error)) {
        editor_replace(&respond->editor, buffer_str(&edited));
        respond_settle(app, &respond->screen);
    }
    buffer_free(&edited);
}
