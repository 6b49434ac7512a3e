/* A window of rows around the cursor. Its size is constant, so that a step costs the same at a
 * thousand comments and at a million. */
#include "ui/queue_model.h"

#include "store/alike.h"

#include <string.h>

enum {
    WINDOW_SIDE = 160,  /* rows read on each side of the cursor */
    WINDOW_MARGIN = 80, /* rows always there on each side: more than a screen shows */
};

static struct queue_place place_of(const struct comment_row *row)
{
    return queue_place_of(row);
}

/* Both parts of the window as one array in arena. */
static void join_rows(struct queue_model *model, struct arena *arena,
                      const struct comment_row *before, size_t before_count,
                      const struct comment_row *after, size_t after_count)
{
    model->count = before_count + after_count;
    model->rows = arena_new(arena, model->count, sizeof *model->rows);
    if (before_count > 0)
        memcpy(model->rows, before, before_count * sizeof *before);
    if (after_count > 0)
        memcpy(model->rows + before_count, after, after_count * sizeof *after);
    arena_free(&model->rows_arena);
    model->rows_arena = *arena;
}

/* Whether it is known how many there are: of a search, the states it names are counted to the end
 * even where others are not. */
static bool is_total_known(const struct queue_model *model)
{
    if (!model->counts_end)
        return true;
    return model->total < model->counts_most && (!model->counts_cut || model->query.states != 0);
}

/* The cursor's ordinal follows from the window wherever that touches an end of the queue. */
static void find_ordinal(struct queue_model *model)
{
    if (model->count == 0)
        model->ordinal = 0;
    else if (model->at_start)
        model->ordinal = (int64_t)model->cursor + 1;
    else if (model->at_end && is_total_known(model))
        model->ordinal = model->total - (int64_t)(model->count - 1 - model->cursor);
}

/* Counts of a consultation or an agency are kept; what else is asked for is counted on the spot. */
static bool is_counted_on_the_spot(const struct query *query)
{
    return query->language.size || query->tag.size || query->author.size || query->source.size ||
           query->has_before || query->has_after || query->word_count;
}

/* The states' counts are of comments, as everywhere; the total is of what the list has. */
static enum status read_counts(struct queue_model *model, struct store *store, struct error *error)
{
    int64_t lines[STATE_COUNT];
    int64_t most = query_has_words(&model->query) ? SEARCH_COUNT_MOST : QUEUE_COUNT_MOST;
    struct query comments = model->query;
    comments.lines = false;
    enum status status = queue_counts(store, &comments, most, model->counts, error);
    memcpy(lines, model->counts, sizeof lines);
    if (status == OK && query_has_lines(&model->query))
        status = queue_counts(store, &model->query, most, lines, error);
    if (status == OK)
        status = comment_last_id(store, &model->last_id, error);
    if (status != OK)
        return status;
    model->counts_end = is_counted_on_the_spot(&model->query);
    model->total = 0;
    int64_t all = 0;
    for (int state = 0; state < STATE_COUNT; state++) {
        all += model->counts[state];
        if (model->query.states == 0 || (model->query.states & (1u << state)))
            model->total += lines[state];
    }
    model->counts_most = most;
    model->counts_cut = query_has_words(&model->query) && all >= most;
    return OK;
}

const char *queue_model_more(const struct queue_model *model, int64_t count, bool own)
{
    bool ended = own && model->query.states != 0;
    bool least =
        model->counts_end && (count >= model->counts_most || (model->counts_cut && !ended));
    return least ? "+" : "";
}

/* Reads the window around place; the row at it, or the first behind it, comes under the cursor. */
static enum status read_around(struct queue_model *model, struct store *store,
                               struct queue_place place, struct error *error)
{
    struct arena arena = {0};
    struct comment_row *before, *after;
    size_t before_count, after_count;
    struct queue_place just_before = place;
    just_before.id--;
    enum status status = queue_page(store, &model->query, &place, QUEUE_BEFORE, WINDOW_SIDE, &arena,
                                    &before, &before_count, error);
    if (status == OK)
        status = queue_page(store, &model->query, &just_before, QUEUE_AFTER, WINDOW_SIDE, &arena,
                            &after, &after_count, error);
    if (status == OK)
        status = read_counts(model, store, error);
    if (status != OK) {
        arena_free(&arena);
        return status;
    }
    join_rows(model, &arena, before, before_count, after, after_count);
    model->at_start = before_count < WINDOW_SIDE;
    model->at_end = after_count < WINDOW_SIDE;
    model->cursor = after_count > 0 ? before_count : before_count > 0 ? before_count - 1 : 0;
    find_ordinal(model);
    return OK;
}

/* Reads the window at one end of the queue. */
static enum status read_end(struct queue_model *model, struct store *store, enum queue_way way,
                            struct error *error)
{
    struct arena arena = {0};
    struct comment_row *rows;
    size_t count;
    enum status status =
        queue_page(store, &model->query, NULL, way, 2 * WINDOW_SIDE, &arena, &rows, &count, error);
    if (status == OK)
        status = read_counts(model, store, error);
    if (status != OK) {
        arena_free(&arena);
        return status;
    }
    join_rows(model, &arena, rows, count, NULL, 0);
    bool whole = count < 2 * WINDOW_SIDE;
    model->at_start = whole || way == QUEUE_AFTER;
    model->at_end = whole || way == QUEUE_BEFORE;
    model->cursor = way == QUEUE_BEFORE && count > 0 ? count - 1 : 0;
    find_ordinal(model);
    return OK;
}

enum status queue_model_open(struct queue_model *model, struct store *store,
                             const struct query *query, struct error *error)
{
    /* The copy is made through the query's own text, so that every string is the model's. */
    struct arena arena = {0};
    struct query copy = {0};
    size_t at;
    enum status status = query_parse(query_text(query, &arena), &arena, &copy, &at, error);
    if (status != OK) {
        arena_free(&arena);
        return status;
    }
    copy.lines = query->lines; /* which no line of text says */
    struct query old_query = model->query;
    model->query = copy;
    status = read_end(model, store, QUEUE_AFTER, error);
    if (status != OK) {
        model->query = old_query;
        arena_free(&arena);
        return status;
    }
    arena_free(&model->query_arena);
    model->query_arena = arena;
    return OK;
}

void queue_model_free(struct queue_model *model)
{
    arena_free(&model->query_arena);
    arena_free(&model->rows_arena);
    *model = (struct queue_model){0};
}

enum status queue_model_reload(struct queue_model *model, struct store *store, struct error *error)
{
    const struct comment_row *row = queue_model_current(model);
    if (!row)
        return read_end(model, store, QUEUE_AFTER, error);
    return read_around(model, store, place_of(row), error);
}

enum status queue_model_move(struct queue_model *model, struct store *store, int64_t delta,
                             struct error *error)
{
    if (model->count == 0)
        return OK;
    int64_t target = (int64_t)model->cursor + delta;
    int64_t last = (int64_t)model->count - 1;
    target = target < 0 ? 0 : target > last ? last : target;
    if (model->ordinal > 0)
        model->ordinal += target - (int64_t)model->cursor;
    model->cursor = (size_t)target;
    bool near_start = !model->at_start && target < WINDOW_MARGIN;
    bool near_end = !model->at_end && last - target < WINDOW_MARGIN;
    if (near_start || near_end)
        return read_around(model, store, place_of(&model->rows[model->cursor]), error);
    return OK;
}

enum status queue_model_first(struct queue_model *model, struct store *store, struct error *error)
{
    return read_end(model, store, QUEUE_AFTER, error);
}

enum status queue_model_last(struct queue_model *model, struct store *store, struct error *error)
{
    return read_end(model, store, QUEUE_BEFORE, error);
}

enum status queue_model_go(struct queue_model *model, struct store *store, struct queue_place place,
                           struct error *error)
{
    model->ordinal = 0;
    return read_around(model, store, place, error);
}

const struct comment_row *queue_model_current(const struct queue_model *model)
{
    return model->count > 0 ? &model->rows[model->cursor] : NULL;
}

bool queue_model_is_line(const struct queue_model *model, const struct comment_row *row)
{
    return row && row->letters > 1 && query_has_lines(&model->query);
}
