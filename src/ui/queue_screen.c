/* The queue screen: what it shows and how one moves in it. How it looks is queue_draw.c; what a deed
 * acts on, queue_targets.c; letters that are alike, queue_letters.c; what is decided on a comment,
 * decide_commands.c. */
#include "ui/queue_screen.h"

#include "base/memory.h"
#include "ui/claims.h"
#include "ui/queue_draw.h"
#include "ui/queue_inside.h"

#include <limits.h>
#include <stdlib.h>

static enum context queue_context(const struct screen *screen)
{
    const struct queue_screen *queue = (const struct queue_screen *)screen;
    return queue->comment_focus || queue->full_screen ? CONTEXT_COMMENT : CONTEXT_LIST;
}

/* The query of filter and tab together. */
static struct query whole_query(const struct queue_screen *queue)
{
    struct query query = queue->filter;
    if (query.states == 0 && !queue->all_states)
        query.states = 1u << queue->state;
    query.lines = true; /* where nothing is searched for */
    return query;
}

void queue_show_current(struct queue_screen *queue)
{
    const struct comment_row *row = queue_model_current(&queue->model);
    int64_t letters = queue_model_is_line(&queue->model, row) ? row->letters : 0;
    comment_view_show(&queue->view, row ? row->id : 0, letters, &queue->model.query);
}

void queue_move(struct app *app, int64_t delta)
{
    struct queue_screen *queue = app->queue;
    struct error error;
    int64_t before = queue->model.ordinal;
    app_check(app, queue_model_move(&queue->model, app->desk->store, delta, &error), &error);
    int64_t moved = before > 0 ? queue->model.ordinal - before : delta;
    int64_t row = queue->cursor_row + moved;
    /* Before the first drawing nobody knows how many rows there are; drawing sees to it then. */
    int64_t last = queue->list_rows > 0 ? queue->list_rows - 1 : row < INT_MAX ? row : INT_MAX;
    queue->cursor_row = (int)(row < 0 ? 0 : row > last ? last : row);
    queue_show_current(queue);
}

/* Reads the queue from its start under the present filter and tab. */
static enum status try_reopen(struct app *app, struct error *error)
{
    struct queue_screen *queue = app->queue;
    struct query query = whole_query(queue);
    enum status status = queue_model_open(&queue->model, app->desk->store, &query, error);
    if (status != OK)
        return status;
    queue->cursor_row = 0;
    queue->view.stale = true;
    queue_show_current(queue);
    app->spreading = true;
    queue_skip_taken(app);
    return OK;
}

static bool reopen(struct app *app)
{
    struct error error;
    return app_check(app, try_reopen(app, &error), &error);
}

static void queue_refresh(struct app *app, struct screen *screen)
{
    struct queue_screen *queue = (struct queue_screen *)screen;
    struct error error;
    app_check(app, queue_model_reload(&queue->model, app->desk->store, &error), &error);
    queue->view.stale = true;
    queue_show_current(queue);
}

static void queue_close(struct app *app, struct screen *screen)
{
    struct queue_screen *queue = (struct queue_screen *)screen;
    queue_model_free(&queue->model);
    comment_view_free(&queue->view);
    arena_free(&queue->filter_arena);
    arena_free(&queue->before.arena);
    arena_free(&queue->before_search.arena);
    free(queue->chosen);
    free(queue);
    app->queue = NULL;
}

/* The wheel scrolls what it stands over; a click on a row of the list goes there. */
static bool queue_press(struct app *app, struct screen *screen, const struct press *press)
{
    enum { WHEEL_UP = 4, WHEEL_DOWN = 5, WHEEL_LINES = 3 };
    struct queue_screen *queue = (struct queue_screen *)screen;
    if (press->kind != PRESS_MOUSE)
        return false;
    int column = canvas_x(&app->canvas, press->x);
    struct queue_boxes boxes = queue_boxes(queue, canvas_body(app));
    bool in_list = !queue->full_screen && column >= boxes.list.column &&
                   column < boxes.list.column + boxes.list.width && press->y >= boxes.list.row &&
                   press->y < boxes.list.row + boxes.list.height;
    int step = press->codepoint == WHEEL_UP ? -1 : press->codepoint == WHEEL_DOWN ? 1 : 0;
    struct error error;
    if (step != 0 && in_list)
        app_check(app, queue_model_move(&queue->model, app->desk->store, step, &error), &error);
    else if (step != 0)
        comment_view_scroll(&queue->view, step * WHEEL_LINES);
    else if (in_list)
        app_check(app,
                  queue_model_move(&queue->model, app->desk->store,
                                   press->y - boxes.list.row - queue->cursor_row, &error),
                  &error);
    if (in_list && step == 0)
        queue->cursor_row = press->y - boxes.list.row;
    queue_show_current(queue);
    return true;
}

static const struct screen_type queue_type = {
    .context = queue_context,
    .draw = queue_draw,
    .press = queue_press,
    .refresh = queue_refresh,
    .close = queue_close,
};

enum status queue_screen_open(struct app *app, const char *consultation, struct error *error)
{
    struct queue_screen *queue = memory_new(1, sizeof *queue);
    queue->screen.type = &queue_type;
    if (consultation)
        queue->filter.consultation = arena_copy(&queue->filter_arena, str_of(consultation));
    app->queue = queue;
    screen_push(app, &queue->screen);
    struct query query = whole_query(queue);
    enum status status = queue_model_open(&queue->model, app->desk->store, &query, error);
    if (status == OK) {
        queue_show_current(queue);
        queue_skip_taken(app);
    }
    return status;
}

int64_t queue_current(const struct app *app)
{
    const struct comment_row *row = queue_model_current(&app->queue->model);
    return row ? row->id : 0;
}

void queue_go_to(struct app *app, int64_t comment)
{
    struct queue_screen *queue = app->queue;
    struct arena arena = {0};
    struct comment read = {0};
    struct queue_place place = {0};
    struct error error;
    enum status status = comment_read(app->desk->store, comment, 0, 0, &arena, &read, &error);
    if (status == OK)
        status = queue_place_find(app->desk->store, &queue->model.query, comment, &place, &error);
    if (status == OK)
        status = queue_model_go(&queue->model, app->desk->store, place, &error);
    /* A letter that stands behind a line is shown among the others of its cluster. */
    unsigned states = queue->model.query.states;
    bool behind_line = status == OK && queue_current(app) != comment && read.cluster_id != 0 &&
                       query_has_lines(&queue->model.query) &&
                       (states == 0 || (states & (1u << read.state)));
    if (behind_line && queue_letters_open(app, read.cluster_id, place))
        status = queue_model_go(&queue->model, app->desk->store, place, &error);
    app_check(app, status, &error);
    queue_show_current(queue);
    app->spreading = false; /* this very comment is wanted */
    arena_free(&arena);
}

void queue_show(struct app *app, int64_t comment)
{
    struct arena arena = {0};
    struct comment read;
    struct error error;
    enum status status = comment_read(app->desk->store, comment, 0, 0, &arena, &read, &error);
    if (app_check(app, status, &error)) {
        struct query everything = {0};
        queue_set_filter(app, &everything);
        queue_set_state(app, read.state, false);
        queue_go_to(app, comment);
    }
    arena_free(&arena);
}

bool queue_set_state(struct app *app, enum comment_state state, bool all)
{
    app->queue->state = state;
    app->queue->all_states = all;
    app->queue->filter.states = 0;
    queue_forget_chosen(app);
    return reopen(app);
}

static enum status set_filter(struct app *app, const struct query *filter, struct error *error)
{
    struct queue_screen *queue = app->queue;
    bool leaves_letters = filter->cluster != queue->filter.cluster;
    struct query old = queue->filter;
    struct arena old_arena = queue->filter_arena;
    size_t at;
    queue->filter_arena = (struct arena){0};
    enum status status = query_parse(query_text(filter, &queue->filter_arena), &queue->filter_arena,
                                     &queue->filter, &at, error);
    if (status == OK)
        status = try_reopen(app, error);
    if (status != OK) {
        arena_free(&queue->filter_arena);
        queue->filter_arena = old_arena;
        queue->filter = old;
        return status;
    }
    arena_free(&old_arena);
    queue_forget_chosen(app);
    queue->before.open = queue->before.open && !leaves_letters;
    return OK;
}

bool queue_set_filter(struct app *app, const struct query *filter)
{
    struct error error;
    return app_check(app, set_filter(app, filter, &error), &error);
}

bool queue_try_filter(struct app *app, const struct query *filter)
{
    struct error error;
    return set_filter(app, filter, &error) == OK;
}

bool queue_set_consultation(struct app *app, struct str slug)
{
    struct query filter = app->queue->filter;
    if (!str_equal(filter.consultation, slug))
        filter.section = 0; /* which is of the other one */
    filter.consultation = slug;
    return queue_set_filter(app, &filter);
}

/* How many rows further on the next comment is that nobody has taken: behind the cursor, as far as
 * others may have taken one each, or else before it in the window. False when there is none. */
static bool find_free(struct app *app, int64_t *delta)
{
    enum { TAKEN_MOST = 160 };
    struct queue_model *model = &app->queue->model;
    struct error error;
    for (*delta = 0; *delta <= TAKEN_MOST; ++*delta) {
        enum status status = queue_model_reach(model, app->desk->store, *delta, &error);
        size_t at = model->cursor + (size_t)*delta;
        if (!app_check(app, status, &error) || at >= model->count)
            break;
        if (!claims_taken(app, &model->rows[at]))
            return true;
    }
    for (size_t i = 0; i < model->cursor && i < model->count; i++) {
        *delta = (int64_t)i - (int64_t)model->cursor;
        if (!claims_taken(app, &model->rows[i]))
            return true;
    }
    return false;
}

void queue_skip_taken(struct app *app)
{
    int64_t delta;
    if (find_free(app, &delta) && delta != 0)
        queue_move(app, delta);
}

void queue_next(struct app *app, struct str argument)
{
    (void)argument;
    queue_move(app, 1);
}

void queue_previous(struct app *app, struct str argument)
{
    (void)argument;
    queue_move(app, -1);
}

void queue_page_down(struct app *app, struct str argument)
{
    (void)argument;
    queue_move(app, app->queue->list_rows > 1 ? app->queue->list_rows - 1 : 1);
}

void queue_page_up(struct app *app, struct str argument)
{
    (void)argument;
    queue_move(app, app->queue->list_rows > 1 ? 1 - app->queue->list_rows : -1);
}

void queue_first(struct app *app, struct str argument)
{
    struct error error;
    (void)argument;
    app_check(app, queue_model_first(&app->queue->model, app->desk->store, &error), &error);
    app->queue->cursor_row = 0;
    queue_show_current(app->queue);
}

void queue_last(struct app *app, struct str argument)
{
    struct error error;
    (void)argument;
    app_check(app, queue_model_last(&app->queue->model, app->desk->store, &error), &error);
    app->queue->cursor_row = app->queue->list_rows > 0 ? app->queue->list_rows - 1 : 0;
    queue_show_current(app->queue);
}

void queue_open_comment(struct app *app, struct str argument)
{
    (void)argument;
    app->queue->full_screen = !app->queue->full_screen;
    claims_rest(app); /* who opens a comment means to stay */
}

void queue_other_pane(struct app *app, struct str argument)
{
    (void)argument;
    app->queue->comment_focus = !app->queue->comment_focus;
    app->queue->full_screen = false;
}

/* One step back: out of the comment, then out of the selection, then out of the letters of a
 * cluster, then out of the search. */
void queue_back(struct app *app, struct str argument)
{
    struct queue_screen *queue = app->queue;
    (void)argument;
    if (queue->full_screen || queue->comment_focus) {
        queue->full_screen = queue->comment_focus = false;
    } else if (queue->chosen_count > 0) {
        queue_forget_chosen(app);
    } else if (queue->before.open) {
        queue_letters_close(app);
    } else {
        struct query only_consultation = {.consultation = queue->filter.consultation};
        queue_set_filter(app, &only_consultation);
    }
}

void queue_comment_down(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&app->queue->view, 1);
}

void queue_comment_up(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&app->queue->view, -1);
}

void queue_comment_page_down(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&app->queue->view, app->queue->view.rows - 1);
}

void queue_comment_page_up(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_scroll(&app->queue->view, 1 - app->queue->view.rows);
}

void queue_comment_top(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_top(&app->queue->view);
}

void queue_comment_bottom(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_bottom(&app->queue->view);
}

void queue_comment_next_part(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_part(&app->queue->view, 1);
}

void queue_comment_previous_part(struct app *app, struct str argument)
{
    (void)argument;
    comment_view_part(&app->queue->view, -1);
}
