/* Clusters as they are read: counts, patterns and letters. */
#include "store/alike.h"

#include "base/language.h"
#include "store/internal.h"

static enum status read_states(struct store *store, struct cluster *cluster, struct error *error)
{
    struct arena arena = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT state, letters FROM cluster_state WHERE cluster_id = ?1");
    statement_bind(&statement, cluster->id);
    while (statement_next(&statement)) {
        enum comment_state state;
        if (state_from_name(statement_text(&statement, &arena), &state))
            cluster->counts[state] = statement_integer(&statement);
    }
    arena_free(&arena);
    return statement_end(&statement, error);
}

enum status cluster_read(struct store *store, int64_t id, bool with_pattern, struct arena *arena,
                         struct cluster *cluster, struct error *error)
{
    struct statement statement;
    *cluster = (struct cluster){.id = id};
    statement_start(&statement, store,
                    "SELECT consultation_id, letters, iif(?2, pattern, '') FROM cluster"
                    " WHERE id = ?1");
    statement_bind(&statement, id);
    statement_bind(&statement, with_pattern);
    bool found = statement_single(&statement, &cluster->consultation_id);
    if (found) {
        cluster->letters = statement_integer(&statement);
        cluster->pattern = statement_text(&statement, arena);
    }
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no cluster %lld"), (long long)id);
    return status == OK ? read_states(store, cluster, error) : status;
}

/* Two texts instead of one with an OR: each then reads its index in order. */
static const char list_all_sql[] =
    "SELECT id, consultation_id, letters, pattern FROM cluster INDEXED BY cluster_by_letters"
    " WHERE letters > 1 ORDER BY letters DESC, id LIMIT ?2";
static const char list_of_sql[] =
    "SELECT id, consultation_id, letters, pattern FROM cluster INDEXED BY cluster_of_consultation"
    " WHERE consultation_id = ?1 AND letters > 1 ORDER BY letters DESC, id LIMIT ?2";

enum status cluster_list(struct store *store, int64_t consultation, size_t limit,
                         struct arena *arena, struct cluster **clusters, size_t *count,
                         struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store, consultation ? list_of_sql : list_all_sql);
    statement_bind_id(&statement, consultation);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement)) {
        struct cluster *cluster = list_add(&list, arena, sizeof *cluster);
        cluster->id = statement_integer(&statement);
        cluster->consultation_id = statement_integer(&statement);
        cluster->letters = statement_integer(&statement);
        cluster->pattern = statement_text(&statement, arena);
    }
    *clusters = list.items;
    *count = list.count;
    enum status status = statement_end(&statement, error);
    for (size_t i = 0; status == OK && i < list.count; i++)
        status = read_states(store, &(*clusters)[i], error);
    return status;
}

enum status cluster_letters(struct store *store, int64_t cluster, enum comment_state state,
                            int64_t until, const struct queue_place *after, size_t limit,
                            struct arena *arena, struct queue_place **letters, size_t *count,
                            struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, submitted_at FROM comment INDEXED BY comment_by_cluster"
                    " WHERE cluster_id = ?1 AND state = ?2 AND id <= ?3 AND submitted_at >= ?4"
                    " AND (submitted_at > ?4 OR id > ?5) ORDER BY submitted_at, id LIMIT ?6");
    statement_bind(&statement, cluster);
    statement_bind_text(&statement, str_of(state_name(state)));
    statement_bind(&statement, until);
    statement_bind(&statement, after ? after->submitted_at : INT64_MIN);
    statement_bind(&statement, after ? after->id : 0);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement)) {
        struct queue_place *place = list_add(&list, arena, sizeof *place);
        place->id = statement_integer(&statement);
        place->submitted_at = statement_integer(&statement);
    }
    *letters = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status comment_last_id(struct store *store, int64_t *id, struct error *error)
{
    struct statement statement;
    *id = 0;
    statement_start(&statement, store, "SELECT ifnull(max(id), 0) FROM comment");
    statement_single(&statement, id);
    return statement_end(&statement, error);
}

enum status cluster_totals(struct store *store, int64_t consultation, int64_t agency,
                           int64_t *letters, int64_t *clusters, struct error *error)
{
    struct statement statement;
    *letters = *clusters = 0;
    statement_start(&statement, store,
                    "SELECT ifnull(sum(letters), 0), ifnull(sum(clusters), 0) FROM cluster_count"
                    " WHERE state = '' AND (?1 IS NULL OR consultation_id = ?1)"
                    " AND (?2 IS NULL OR consultation_id IN"
                    " (SELECT id FROM consultation WHERE agency_id = ?2))");
    statement_bind_id(&statement, consultation);
    statement_bind_id(&statement, agency);
    if (statement_single(&statement, letters))
        *clusters = statement_integer(&statement);
    return statement_end(&statement, error);
}
