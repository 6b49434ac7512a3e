/* A window of rows around the cursor. Only what comes into sight is read, and a little beyond it in
 * the direction one goes, so that a step costs the same at a thousand comments and at a million. */
#include "ui/queue_model.h"

#include "base/memory.h"
#include "store/alike.h"

#include <stdlib.h>
#include <string.h>

enum {
    SIGHT_FIRST = 24,  /* rows on each side while nobody knows how many the screen shows */
    READ_AHEAD = 40,   /* rows read at once when one comes to the window's end */
    KEPT_SIDE = 200,   /* rows kept on each side of the cursor... */
    WINDOW_MOST = 600, /* ...of a window that has grown to this many */
    FROM_START = 160, /* as near to the start as this, a place in the queue is counted from there */
    START_SLACK = 8,  /* rows that others may have added before it meanwhile */
};

static size_t sight_of(const struct queue_model *model)
{
    return model->sight > 0 ? model->sight : SIGHT_FIRST;
}

/* --- The window --- */

static void copy_strings(struct comment_row *row, struct arena *arena)
{
    row->language = arena_copy(arena, row->language);
    row->author = arena_copy(arena, row->author);
    row->excerpt = arena_copy(arena, row->excerpt);
    row->claim_name = arena_copy(arena, row->claim_name);
}

/* Leaves behind what lies far from the cursor, and its strings. */
static void forget_far(struct queue_model *model)
{
    size_t side = sight_of(model) > KEPT_SIDE ? sight_of(model) : KEPT_SIDE;
    size_t first = model->cursor > side ? model->cursor - side : 0;
    size_t end = model->count - model->cursor > side ? model->cursor + side : model->count;
    struct arena arena = {0};
    model->at_start = model->at_start && first == 0;
    model->at_end = model->at_end && end == model->count;
    memmove(model->rows, model->rows + first, (end - first) * sizeof *model->rows);
    model->count = end - first;
    model->cursor -= first;
    for (size_t i = 0; i < model->count; i++)
        copy_strings(&model->rows[i], &arena);
    arena_free(&model->rows_arena);
    model->rows_arena = arena;
}

/* Makes room for count rows more at a place of the window. */
static struct comment_row *open_gap(struct queue_model *model, size_t at, size_t count)
{
    if (model->count + count > model->capacity) {
        model->capacity = 2 * (model->count + count);
        model->rows = memory_resize(model->rows, model->capacity, sizeof *model->rows);
    }
    if (at < model->count)
        memmove(model->rows + at + count, model->rows + at,
                (model->count - at) * sizeof *model->rows);
    model->count += count;
    return model->rows + at;
}

/* Puts other rows in the window's place, in the arena that is the window's from now on. */
static void replace_rows(struct queue_model *model, struct arena *arena,
                         const struct comment_row *before, size_t before_count,
                         const struct comment_row *after, size_t after_count)
{
    model->count = 0;
    struct comment_row *gap = open_gap(model, 0, before_count + after_count);
    if (before_count > 0)
        memcpy(gap, before, before_count * sizeof *before);
    if (after_count > 0)
        memcpy(gap + before_count, after, after_count * sizeof *after);
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

/* Counts of a consultation, an agency and a cluster are kept, and what is handed to somebody or
 * proposed is little; what else is asked for is counted on the spot. */
static bool is_counted_on_the_spot(const struct query *query)
{
    struct query rest = *query;
    rest.cluster = rest.alike = 0;
    rest.assigned = rest.proposed = (struct str){0};
    return query_is_narrow(&rest);
}

/* The states' counts are of comments, as everywhere; the total is of what the list has. */
static enum status count_anew(struct queue_model *model, struct store *store, struct error *error)
{
    int64_t lines[STATE_COUNT];
    int64_t most = query_has_words(&model->query) ? SEARCH_COUNT_MOST
                   : model->query.word_count > 0  ? WITHOUT_COUNT_MOST
                                                  : QUEUE_COUNT_MOST;
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

static enum status read_counts(struct queue_model *model, struct store *store, struct error *error)
{
    struct store_stamp seen = model->counted;
    if (store_is_as_before(store, &seen))
        return OK;
    enum status status = count_anew(model, store, error);
    if (status == OK)
        model->counted = seen;
    return status;
}

const char *queue_model_more(const struct queue_model *model, int64_t count, bool own)
{
    bool ended = own && model->query.states != 0;
    bool least =
        model->counts_end && (count >= model->counts_most || (model->counts_cut && !ended));
    return least ? "+" : "";
}

/* --- Reading --- */

/* Reads the window around place, at most so many rows before it; the row at it, or the first behind
 * it, comes under the cursor. */
static enum status read_around(struct queue_model *model, struct store *store,
                               struct queue_place place, size_t most_before, struct error *error)
{
    struct arena arena = {0};
    struct comment_row *before, *after;
    size_t before_count, after_count, most_after = sight_of(model);
    struct queue_place just_before = place;
    just_before.id--;
    enum status status = queue_page(store, &model->query, &place, QUEUE_BEFORE, most_before, &arena,
                                    &before, &before_count, error);
    if (status == OK)
        status = queue_page(store, &model->query, &just_before, QUEUE_AFTER, most_after, &arena,
                            &after, &after_count, error);
    if (status == OK)
        status = read_counts(model, store, error);
    if (status != OK) {
        arena_free(&arena);
        return status;
    }
    replace_rows(model, &arena, before, before_count, after, after_count);
    model->at_start = before_count < most_before;
    model->at_end = after_count < most_after;
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
    size_t count, most = sight_of(model);
    enum status status =
        queue_page(store, &model->query, NULL, way, most, &arena, &rows, &count, error);
    if (status == OK)
        status = read_counts(model, store, error);
    if (status != OK) {
        arena_free(&arena);
        return status;
    }
    replace_rows(model, &arena, rows, count, NULL, 0);
    model->at_start = count < most || way == QUEUE_AFTER;
    model->at_end = count < most || way == QUEUE_BEFORE;
    model->cursor = way == QUEUE_BEFORE && count > 0 ? count - 1 : 0;
    find_ordinal(model);
    return OK;
}

/* Reads on where the window ends, at least so many rows if there are as many. */
static enum status read_on(struct queue_model *model, struct store *store, enum queue_way way,
                           size_t missing, struct error *error)
{
    struct comment_row *rows;
    size_t count, most = missing > READ_AHEAD ? missing : READ_AHEAD;
    bool before = way == QUEUE_BEFORE;
    struct queue_place place = queue_place_of(&model->rows[before ? 0 : model->count - 1]);
    enum status status = queue_page(store, &model->query, &place, way, most, &model->rows_arena,
                                    &rows, &count, error);
    if (status != OK)
        return status;
    struct comment_row *gap = open_gap(model, before ? 0 : model->count, count);
    if (count > 0)
        memcpy(gap, rows, count * sizeof *rows);
    if (before) {
        model->cursor += count;
        model->at_start = count < most;
    } else {
        model->at_end = count < most;
    }
    if (count < most)
        find_ordinal(model);
    return OK;
}

static bool has_before(const struct queue_model *model, size_t rows)
{
    return model->at_start || model->cursor >= rows;
}

static bool has_behind(const struct queue_model *model, size_t rows)
{
    return model->at_end || model->count - 1 - model->cursor >= rows;
}

/* Sees to it that there are so many rows before the cursor and behind it, or that the queue has no
 * more. */
static enum status reach(struct queue_model *model, struct store *store, size_t before,
                         size_t behind, struct error *error)
{
    if (model->count == 0 || (has_before(model, before) && has_behind(model, behind)))
        return OK;
    if (model->count >= WINDOW_MOST)
        forget_far(model);
    enum status status = OK;
    if (!has_before(model, before))
        status = read_on(model, store, QUEUE_BEFORE, before - model->cursor, error);
    if (status == OK && !has_behind(model, behind))
        status =
            read_on(model, store, QUEUE_AFTER, behind - (model->count - 1 - model->cursor), error);
    return status;
}

enum status queue_model_show(struct queue_model *model, struct store *store, size_t rows,
                             struct error *error)
{
    model->sight = rows;
    return rows > 0 ? reach(model, store, rows - 1, rows - 1, error) : OK;
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
    struct store_stamp old_counted = model->counted;
    model->query = copy;
    model->counted = (struct store_stamp){0};
    status = read_end(model, store, QUEUE_AFTER, error);
    if (status != OK) {
        model->query = old_query;
        model->counted = old_counted;
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
    free(model->rows);
    *model = (struct queue_model){0};
}

enum status queue_model_reload(struct queue_model *model, struct store *store, struct error *error)
{
    const struct comment_row *row = queue_model_current(model);
    if (!row)
        return read_end(model, store, QUEUE_AFTER, error);
    /* Near the start, the place is found by counting from there: others may have changed it. */
    size_t before = sight_of(model);
    if (model->ordinal > 0 && model->ordinal <= FROM_START &&
        (size_t)model->ordinal + START_SLACK > before)
        before = (size_t)model->ordinal + START_SLACK;
    return read_around(model, store, queue_place_of(row), before, error);
}

enum status queue_model_reach(struct queue_model *model, struct store *store, int64_t delta,
                              struct error *error)
{
    size_t rows = (size_t)(delta < 0 ? -delta : delta);
    return reach(model, store, delta < 0 ? rows : 0, delta > 0 ? rows : 0, error);
}

enum status queue_model_move(struct queue_model *model, struct store *store, int64_t delta,
                             struct error *error)
{
    if (model->count == 0)
        return OK;
    enum status status = queue_model_reach(model, store, delta, error);
    if (status != OK)
        return status;
    int64_t target = (int64_t)model->cursor + delta;
    int64_t last = (int64_t)model->count - 1;
    target = target < 0 ? 0 : target > last ? last : target;
    if (model->ordinal > 0)
        model->ordinal += target - (int64_t)model->cursor;
    model->cursor = (size_t)target;
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
    return read_around(model, store, place, FROM_START, error);
}

const struct comment_row *queue_model_current(const struct queue_model *model)
{
    return model->count > 0 ? &model->rows[model->cursor] : NULL;
}

bool queue_model_is_line(const struct queue_model *model, const struct comment_row *row)
{
    return row && row->letters > 1 && query_has_lines(&model->query);
}
