/* Searching as one types: each time typing pauses, the queue below the prompt shows what the words so
 * far find. A key that comes while that is looked for ends the looking: it asks for something
 * else. */
#include "ui/search_live.h"

#include "ui/queue_screen.h"

static struct query copy_query(const struct query *query, struct arena *arena)
{
    struct query copy;
    struct error error;
    size_t at;
    /* What query_text() writes is always read back. */
    query_parse(query_text(query, arena), arena, &copy, &at, &error);
    return copy;
}

void search_live_begin(struct app *app)
{
    struct queue_screen *queue = app->queue;
    search_live_end(app);
    queue->before_search.filter = copy_query(&queue->filter, &queue->before_search.arena);
    queue->before_search.comment = queue_current(app);
    queue->before_search.cursor_row = queue->cursor_row;
    queue->before_search.kept = true;
}

void search_live_end(struct app *app)
{
    arena_free(&app->queue->before_search.arena);
    app->queue->before_search.kept = false;
}

void search_live_narrow(struct app *app, struct query *query)
{
    if (query->consultation.size == 0)
        query->consultation = app->queue->filter.consultation;
}

static void go_back(struct app *app)
{
    struct queue_screen *queue = app->queue;
    int row = queue->before_search.cursor_row;
    if (!queue_set_filter(app, &queue->before_search.filter))
        return;
    if (queue->before_search.comment != 0)
        queue_go_to(app, queue->before_search.comment);
    queue->cursor_row = row;
}

static bool key_waits(void *terminal)
{
    return terminal_key_waits(terminal);
}

void search_live_changed(struct app *app, struct str text)
{
    struct arena arena = {0};
    struct query query;
    struct error error;
    size_t at;
    if (!app->queue->before_search.kept)
        return;
    if (text.size == 0) {
        go_back(app);
        return;
    }
    /* What is half typed, such as an open quotation mark, shows what was found before. */
    if (query_parse(text, &arena, &query, &at, &error) == OK &&
        desk_query(app->desk, &query, &arena, &error) == OK) {
        search_live_narrow(app, &query);
        store_set_stop(app->desk->store, key_waits, app->terminal);
        queue_try_filter(app, &query);
        store_set_stop(app->desk->store, NULL, NULL);
    }
    arena_free(&arena);
}

void search_live_cancelled(struct app *app)
{
    if (!app->queue->before_search.kept)
        return;
    go_back(app);
    search_live_end(app);
}
