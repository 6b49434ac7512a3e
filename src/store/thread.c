/* Threads: what a comment replies to, and what replies to it. */
#include "store/comment.h"

#include "store/internal.h"
#include "store/row.h"

/* The comment and its ancestors, the nearest first. */
static const char ancestors_sql[] =
    "WITH RECURSIVE up (id, distance) AS ("
    "  SELECT ?1, 0"
    "  UNION ALL"
    "  SELECT comment.parent_id, up.distance + 1"
    "  FROM up JOIN comment ON comment.id = up.id"
    "  WHERE comment.parent_id IS NOT NULL AND up.distance < ?2 - 1)"
    " SELECT id FROM up ORDER BY distance";

/* All below a comment, each right under what it replies to, siblings oldest first. The deepest that
 * waits goes first, which walks the tree branch by branch. */
static const char descendants_sql[] =
    "WITH RECURSIVE down (id, depth, submitted_at) AS ("
    "  SELECT id, ?2 + 1, submitted_at FROM comment WHERE parent_id = ?1"
    "  UNION ALL"
    "  SELECT comment.id, down.depth + 1, comment.submitted_at"
    "  FROM down JOIN comment ON comment.parent_id = down.id"
    "  ORDER BY 2 DESC, 3, 1)"
    " SELECT id, depth FROM down LIMIT ?3";

struct place {
    int64_t id;
    int depth;
};

static enum status read_ancestors(struct store *store, int64_t id, size_t limit,
                                  struct arena *arena, struct list *places, struct error *error)
{
    struct statement statement;
    struct list nearest = {0};
    statement_start(&statement, store, ancestors_sql);
    statement_bind(&statement, id);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement))
        *(int64_t *)list_add(&nearest, arena, sizeof(int64_t)) = statement_integer(&statement);
    const int64_t *ids = nearest.items;
    for (size_t i = 0; i < nearest.count; i++) {
        struct place *place = list_add(places, arena, sizeof *place);
        *place = (struct place){ids[nearest.count - 1 - i], (int)i};
    }
    return statement_end(&statement, error);
}

static enum status read_descendants(struct store *store, int64_t id, size_t limit,
                                    struct arena *arena, struct list *places, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, descendants_sql);
    statement_bind(&statement, id);
    statement_bind(&statement, (int64_t)places->count - 1);
    statement_bind(&statement, (int64_t)(limit - places->count));
    while (statement_next(&statement)) {
        struct place *place = list_add(places, arena, sizeof *place);
        place->id = statement_integer(&statement);
        place->depth = (int)statement_integer(&statement);
    }
    return statement_end(&statement, error);
}

/* Rows with the depths of the places they came from: a place without a comment has no row. */
static void match_depths(const struct place *places, const struct comment_row *rows, size_t count,
                         int *depths)
{
    for (size_t i = 0, at = 0; i < count; i++, at++) {
        while (places[at].id != rows[i].id)
            at++;
        depths[i] = places[at].depth;
    }
}

enum status comment_thread(struct store *store, int64_t id, size_t limit, struct arena *arena,
                           struct comment_row **rows, int **depths, size_t *count,
                           struct error *error)
{
    struct list places = {0};
    *count = 0;
    if (limit == 0)
        return OK;
    enum status status = read_ancestors(store, id, limit, arena, &places, error);
    if (status == OK && places.count < limit)
        status = read_descendants(store, id, limit, arena, &places, error);
    if (status != OK)
        return status;
    const struct place *list = places.items;
    int64_t *ids = arena_new(arena, places.count, sizeof *ids);
    for (size_t i = 0; i < places.count; i++)
        ids[i] = list[i].id;
    status = rows_read(store, ids, places.count, arena, rows, count, error);
    if (status != OK)
        return status;
    *depths = arena_new(arena, *count, sizeof **depths);
    match_depths(list, *rows, *count, *depths);
    return OK;
}
