/* The table of sets, and reading one of them as of one moment. */
#include "store/figures.h"

#include "base/language.h"
#include "store/figures_sets.h"
#include "store/internal.h"
#include "store/recall.h"

const struct figure_set *const figure_sets[] = {
    &figures_today,  &figures_backlog, &figures_moderators,
    &figures_voices, &figures_answers, &figures_promise,
};
const size_t figure_set_count = sizeof figure_sets / sizeof *figure_sets;

const struct figure_set *figure_set_find(struct str name)
{
    for (size_t i = 0; i < figure_set_count; i++) {
        if (str_equal(name, str_of(figure_sets[i]->name)))
            return figure_sets[i];
    }
    return NULL;
}

enum status figures_read(struct store *store, const struct figure_set *set,
                         const struct figure_filter *filter, int64_t now, struct arena *arena,
                         struct figure_rows **rows, struct figure_scope *scope, struct error *error)
{
    struct figure_scope found;
    struct figure_rows *read = arena_new(arena, set->table_count, sizeof *read);
    bool snapshot = snapshot_start(store);
    enum status status = recall_begin(store, error);
    if (status == OK)
        status = figure_scope_find(store, filter, now, set->days, arena, &found, error);
    if (status == OK)
        status = set->read(store, &found, arena, read, error);
    recall_end(store);
    snapshot_end(store, snapshot);
    *rows = read;
    if (scope)
        *scope = found;
    return status;
}

struct figure_row *figure_row_add(struct figure_rows *rows, size_t columns, struct arena *arena)
{
    enum { ROWS_FIRST = 16 };
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? 2 * rows->capacity : ROWS_FIRST;
        struct figure_row *bigger = arena_new(arena, capacity, sizeof *bigger);
        if (rows->count > 0)
            memcpy(bigger, rows->rows, rows->count * sizeof *bigger);
        rows->rows = bigger;
        rows->capacity = capacity;
    }
    struct figure_row *row = &rows->rows[rows->count++];
    row->values = arena_new(arena, columns, sizeof *row->values);
    return row;
}
