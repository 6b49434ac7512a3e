/* The letters of a cluster, opened from their line and closed again. */
#include "store/alike.h"
#include "ui/queue_inside.h"

/* Where the line of the letters that are open stands: at the first that is left, or where it was. */
static struct queue_place line_place(struct app *app)
{
    const struct queue_screen *queue = app->queue;
    struct arena arena = {0};
    struct queue_place *first, place = queue->before.place;
    struct error error;
    size_t count = 0;
    if (!queue->before.all_states &&
        app_check(app,
                  cluster_letters(app->desk->store, queue->filter.cluster, queue->before.state,
                                  INT64_MAX, NULL, 1, &arena, &first, &count, &error),
                  &error) &&
        count > 0)
        place = *first;
    arena_free(&arena);
    return place;
}

void queue_letters_close(struct app *app)
{
    struct queue_screen *queue = app->queue;
    struct error error;
    struct queue_place place = line_place(app);
    queue->state = queue->before.state;
    queue->all_states = queue->before.all_states;
    queue->before.open = false;
    if (!queue_set_filter(app, &queue->before.filter))
        return;
    app_check(app, queue_model_go(&queue->model, app->desk->store, place, &error), &error);
    queue_show_current(queue);
    app->spreading = false;
}

bool queue_letters_open(struct app *app, int64_t cluster, struct queue_place place)
{
    struct queue_screen *queue = app->queue;
    struct query letters = {.cluster = cluster, .states = queue->filter.states};
    struct arena arena = {0};
    struct query back;
    struct error error;
    size_t at;
    letters.consultation = queue->filter.consultation;
    enum status status =
        query_parse(query_text(&queue->filter, &arena), &arena, &back, &at, &error);
    if (!app_check(app, status, &error) || !queue_set_filter(app, &letters)) {
        arena_free(&arena);
        return false;
    }
    arena_free(&queue->before.arena);
    queue->before.arena = arena;
    queue->before.filter = back;
    queue->before.state = queue->state;
    queue->before.all_states = queue->all_states;
    queue->before.place = place;
    queue->before.open = true;
    return true;
}

void queue_open_letters(struct app *app, struct str argument)
{
    struct queue_screen *queue = app->queue;
    const struct comment_row *row = queue_model_current(&queue->model);
    (void)argument;
    if (queue->before.open) {
        queue_letters_close(app);
    } else if (!row || row->cluster_id == 0) {
        app_say(app, STYLE_NORMAL, _("No other letter is like this one."));
    } else {
        int64_t letters = row->letters;
        if (queue_letters_open(app, row->cluster_id, queue_place_of(row)))
            app_say(app, STYLE_NORMAL,
                    ngettext("%s letter, by itself; x or Esc goes back",
                             "%s letters, each by itself; x or Esc goes back",
                             (unsigned long)letters),
                    app_number(app, letters));
    }
}

void queue_leave_empty_letters(struct app *app)
{
    if (app->queue->before.open && app->queue->model.count == 0)
        queue_letters_close(app);
}
