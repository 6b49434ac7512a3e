/* Clusters as they are read: counts, patterns and letters. */
#include "store/alike.h"

#include "base/language.h"
#include "store/internal.h"
#include "store/recall.h"

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
    const int64_t *counts = cluster->counts;
    cluster->waiting = counts[STATE_PENDING] + counts[STATE_HELD] + counts[STATE_ESCALATED];
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

/* --- The largest --- */

/* Two texts instead of one with an OR: each then reads its index in order. ?3: letters, more than
 * which are wanted. */
static const char most_of_all_sql[] =
    "SELECT id, letters FROM cluster INDEXED BY cluster_by_letters"
    " WHERE letters > ?3 ORDER BY letters DESC, id LIMIT ?2";
static const char most_of_one_sql[] =
    "SELECT id, letters FROM cluster INDEXED BY cluster_of_consultation"
    " WHERE consultation_id = ?1 AND letters > ?3 ORDER BY letters DESC, id LIMIT ?2";

void cluster_take(struct cluster *clusters, size_t limit, size_t *count, const struct cluster *one)
{
    size_t at = *count;
    while (at > 0 && (clusters[at - 1].letters < one->letters ||
                      (clusters[at - 1].letters == one->letters && clusters[at - 1].id > one->id)))
        at--;
    if (at == limit)
        return;
    *count += *count < limit;
    memmove(&clusters[at + 1], &clusters[at], (*count - 1 - at) * sizeof *clusters);
    clusters[at] = *one;
}

/* Of all, of one, or the largest of each of an agency's. */
static enum status find_largest(struct store *store, int64_t consultation, int64_t agency,
                                size_t limit, struct cluster *clusters, size_t *count,
                                struct error *error)
{
    struct statement each, most;
    bool some = consultation != 0 || agency != 0;
    consultations_start(&each, store, agency, consultation);
    statement_recall(&most, store, some ? most_of_one_sql : most_of_all_sql, RECALL_LETTERS);
    while (!some || statement_next(&each)) {
        statement_again(&most);
        statement_bind_id(&most, some ? statement_integer(&each) : 0);
        statement_bind(&most, (int64_t)limit);
        statement_bind(&most, *count == limit && limit > 0 ? clusters[limit - 1].letters - 1 : 1);
        while (statement_next(&most)) {
            struct cluster one = {.id = statement_integer(&most)};
            one.letters = statement_integer(&most);
            cluster_take(clusters, limit, count, &one);
        }
        if (!some)
            break;
    }
    enum status status = statement_end(&most, error);
    enum status ended = statement_end(&each, status == OK ? error : NULL);
    return status == OK ? ended : status;
}

enum { AT_ONCE = 8 }; /* clusters that are looked up with one statement */
#define OF_THESE " IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"

/* The one with this id. */
static struct cluster *find_cluster(struct cluster *clusters, size_t count, int64_t id)
{
    size_t at = 0;
    while (at + 1 < count && clusters[at].id != id)
        at++;
    return &clusters[at];
}

static void bind_ids(struct statement *statement, const struct cluster *clusters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        statement_bind(statement, clusters[i].id);
}

/* Reads the first AT_ONCE of so many clusters: what they are of, and how they begin. */
static enum status read_some(struct store *store, struct cluster *clusters, size_t count,
                             struct arena *arena, struct error *error)
{
    struct statement statement;
    count = count < AT_ONCE ? count : AT_ONCE;
    statement_recall(&statement, store,
                     "SELECT id, consultation_id, substr(pattern, 1, ?9) FROM cluster"
                     " WHERE id" OF_THESE,
                     RECALL_LETTERS);
    bind_ids(&statement, clusters, count);
    statement.bound = AT_ONCE;
    statement_bind(&statement, CLUSTER_LIST_CHARACTERS);
    while (statement_next(&statement)) {
        struct cluster *cluster = find_cluster(clusters, count, statement_integer(&statement));
        cluster->consultation_id = statement_integer(&statement);
        cluster->pattern = statement_text(&statement, arena);
    }
    return statement_end(&statement, error);
}

/* How many letters of these wait. */
static enum status count_waiting(struct store *store, struct cluster *clusters, size_t count,
                                 struct error *error)
{
    struct statement statement;
    count = count < AT_ONCE ? count : AT_ONCE;
    statement_recall(&statement, store,
                     "SELECT cluster_id, letters FROM cluster_state WHERE cluster_id" OF_THESE
                     " AND state IN ('pending', 'held', 'escalated')",
                     RECALL_LETTERS);
    bind_ids(&statement, clusters, count);
    while (statement_next(&statement)) {
        struct cluster *cluster = find_cluster(clusters, count, statement_integer(&statement));
        cluster->waiting += statement_integer(&statement);
    }
    return statement_end(&statement, error);
}

enum status clusters_fill(struct store *store, struct cluster *clusters, size_t count,
                          struct arena *arena, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < count; i += AT_ONCE)
        status = read_some(store, clusters + i, count - i, arena, error);
    return status;
}

enum status cluster_list(struct store *store, int64_t consultation, int64_t agency, size_t limit,
                         struct arena *arena, struct cluster **clusters, size_t *count,
                         struct error *error)
{
    *count = 0;
    *clusters = arena_new(arena, limit + 1, sizeof **clusters);
    enum status status = find_largest(store, consultation, agency, limit, *clusters, count, error);
    for (size_t i = 0; status == OK && i < *count; i += AT_ONCE)
        status = count_waiting(store, *clusters + i, *count - i, error);
    return status == OK ? clusters_fill(store, *clusters, *count, arena, error) : status;
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
    static const char one[] = "SELECT n.letters, n.clusters FROM cluster_count AS n"
                              " CROSS JOIN consultation AS k ON k.id = n.consultation_id"
                              " WHERE n.consultation_id = ?2 AND n.state = ''"
                              " AND (?1 = 0 OR k.agency_id = ?1)",
                      total[] = "SELECT letters, clusters FROM cluster_total WHERE agency_id = ?1";
    struct statement statement;
    *letters = *clusters = 0;
    statement_recall(&statement, store, consultation ? one : total, RECALL_LETTERS);
    statement_bind(&statement, agency);
    if (consultation)
        statement_bind(&statement, consultation);
    if (statement_single(&statement, letters))
        *clusters = statement_integer(&statement);
    return statement_end(&statement, error);
}
