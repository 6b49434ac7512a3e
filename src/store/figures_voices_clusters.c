/* Letters that come again and again, as a table: the largest clusters by their letters of the scope.
 *
 * Of all languages, ways and times, what each cluster has is kept with it; of a language or a way (or
 * both) of all times, in cluster_sum, which has an order of its own for each; of a time, its days are
 * added up. */
#include "store/figures_voices.h"

#include "base/language.h"
#include "store/alike.h"
#include "store/figures_kept.h"
#include "store/recall.h"

enum { CLUSTER_PATTERN, CLUSTER_ID, CLUSTER_LETTERS, CLUSTER_WAITING };

const struct figure_column voice_cluster_columns[VOICE_CLUSTER_COLUMNS] = {
    [CLUSTER_PATTERN] = {"begins", N_("letter"), FIGURE_TEXT},
    [CLUSTER_ID] = {"cluster", NULL, FIGURE_COUNT},
    [CLUSTER_LETTERS] = {"letters", N_("letters"), FIGURE_COUNT},
    [CLUSTER_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
};

/* The largest so far. */
struct largest {
    struct cluster clusters[VOICES_SHOWN];
    size_t count;
};

/* What stands in a row of cluster, letters, and how many of these wait. */
static struct cluster read_row(struct statement *statement)
{
    struct cluster one = {.id = statement_integer(statement)};
    one.letters = statement_integer(statement);
    one.waiting = statement_integer(statement);
    return one;
}

static void take(struct largest *largest, const struct cluster *one)
{
    cluster_take(largest->clusters, VOICES_SHOWN, &largest->count, one);
}

/* --- Of a language, or of the ways they came --- */

static const char *narrowed_by(const struct figure_scope *scope)
{
    return scope->language.size == 0 ? "channel" : scope->channel.size == 0 ? "language" : "both";
}

static void bind_sum(struct statement *statement, const struct figure_scope *scope)
{
    kept_bind(statement, scope);
    statement_name_text(statement, ":narrowed", str_of(narrowed_by(scope)));
}

#define OF_SUM(t)                                                                                  \
    t ".narrowed = :narrowed AND " t ".language = :language AND " t ".channel = :channel"

/* The row of consultation 0 is of all. */
static const char totals_sql[] =
    "SELECT w.letters, w.clusters FROM cluster_sum_count AS w WHERE " OF_SUM(
        "w") " AND w.consultation_id = :consultation";
static const char totals_of_agency_sql[] =
    "SELECT ifnull(sum(w.letters), 0), ifnull(sum(w.clusters), 0) FROM " KEPT_CHOSEN
    " AS k CROSS JOIN cluster_sum_count AS w ON w.consultation_id = k.id AND " OF_SUM("w");

static enum status count_sums(struct voices *voices, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, voices->store,
                     voices->scope->agency_id ? totals_of_agency_sql : totals_sql, RECALL_LETTERS);
    bind_sum(&statement, voices->scope);
    if (statement_single(&statement, &voices->letters))
        voices->clusters = statement_integer(&statement);
    return statement_end(&statement, error);
}

/* A letter alone is like none. */
#define LARGEST(index, narrowed)                                                                   \
    "SELECT w.cluster_id, w.letters, w.waiting FROM cluster_sum AS w INDEXED BY " index            \
    " WHERE " narrowed                                                                             \
    " AND " OF_SUM("w") " AND w.letters > :over AND (w.letters > 1 OR"                             \
                        " (SELECT o.letters FROM cluster AS o WHERE o.id = w.cluster_id) > 1)"     \
                        " ORDER BY w.letters DESC, w.cluster_id LIMIT :most"

static const char most_of_all_sql[] = LARGEST("cluster_sum_most", "true");
static const char most_of_one_sql[] =
    LARGEST("cluster_sum_of_consultation", "w.consultation_id = :one");

/* Of all, or the largest of each consultation of the scope. */
static enum status find_sums(const struct voices *voices, struct largest *largest,
                             struct error *error)
{
    const struct figure_scope *scope = voices->scope;
    bool some = scope->consultation_id != 0 || scope->agency_id != 0;
    struct statement each, most;
    consultations_start(&each, voices->store, scope->agency_id, scope->consultation_id);
    statement_recall(&most, voices->store, some ? most_of_one_sql : most_of_all_sql,
                     RECALL_LETTERS);
    while (!some || statement_next(&each)) {
        bool full = largest->count == VOICES_SHOWN;
        statement_again(&most);
        bind_sum(&most, scope);
        if (some)
            statement_name(&most, ":one", statement_integer(&each));
        statement_name(&most, ":over", full ? largest->clusters[VOICES_SHOWN - 1].letters - 1 : 0);
        statement_name(&most, ":most", VOICES_SHOWN);
        while (statement_next(&most)) {
            struct cluster one = read_row(&most);
            take(largest, &one);
        }
        if (!some)
            break;
    }
    enum status status = statement_end(&most, error);
    enum status ended = statement_end(&each, status == OK ? error : NULL);
    return status == OK ? ended : status;
}

/* --- Of a time --- */

/* A row for each cluster that has letters then; and whether these, or others of it, are several. */
static const char days_sql[] =
    "SELECT sum(w.letters) > 1 OR (SELECT o.letters FROM cluster AS o WHERE o.id = w.cluster_id) > "
    "1,"
    " w.cluster_id, sum(w.letters), sum(w.waiting)" KEPT_SOME(
        "cluster_day") " AND " KEPT_DAYS " GROUP BY w.cluster_id HAVING sum(w.letters) > 0";

static enum status add_days(struct voices *voices, struct largest *largest, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, voices->store, days_sql, RECALL_LETTERS);
    kept_bind(&statement, voices->scope);
    while (statement_next(&statement)) {
        bool several = statement_integer(&statement) != 0;
        struct cluster one = read_row(&statement);
        voices->letters += one.letters;
        voices->clusters++;
        if (several)
            take(largest, &one);
    }
    return statement_end(&statement, error);
}

/* --- All of it --- */

/* *clusters receives the largest, in the arena of voices or in largest. */
static enum status find_clusters(struct voices *voices, struct largest *largest,
                                 struct cluster **clusters, size_t *count, struct error *error)
{
    const struct figure_scope *scope = voices->scope;
    bool always = voices_always(scope);
    enum status status;
    if (always && scope->language.size == 0 && scope->channel.size == 0) {
        status = cluster_totals(voices->store, scope->consultation_id, scope->agency_id,
                                &voices->letters, &voices->clusters, error);
        return status == OK ? cluster_list(voices->store, scope->consultation_id, scope->agency_id,
                                           VOICES_SHOWN, voices->arena, clusters, count, error)
                            : status;
    }
    status = always ? count_sums(voices, error) : add_days(voices, largest, error);
    if (status == OK && always)
        status = find_sums(voices, largest, error);
    *clusters = largest->clusters;
    *count = largest->count;
    return status == OK ? clusters_fill(voices->store, *clusters, *count, voices->arena, error)
                        : status;
}

/* The letters of the scope alone; which consultation they are of, the cluster says. */
static struct str query_of(const struct voices *voices, int64_t cluster)
{
    struct figure_scope scope = *voices->scope;
    scope.agency = scope.consultation = (struct str){0};
    const char *received =
        voices_always(&scope) ? "" : figure_scope_received(&scope, voices->arena);
    return figure_scope_query(
        &scope, arena_printf(voices->arena, "cluster:%lld%s", (long long)cluster, received),
        voices->arena);
}

enum status voices_fill_clusters(struct voices *voices, struct figure_rows *rows,
                                 struct error *error)
{
    struct largest largest = {.count = 0};
    struct cluster *clusters;
    size_t count = 0;
    enum status status = find_clusters(voices, &largest, &clusters, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct figure_row *row = figure_row_add(rows, VOICE_CLUSTER_COLUMNS, voices->arena);
        row->values[CLUSTER_PATTERN] =
            figure_text(voices_begin(clusters[i].pattern, voices->arena));
        row->values[CLUSTER_ID] = figure_number(clusters[i].id);
        row->values[CLUSTER_LETTERS] = figure_number(clusters[i].letters);
        row->values[CLUSTER_WAITING] = figure_number(clusters[i].waiting);
        row->query = query_of(voices, clusters[i].id);
    }
    return status;
}
