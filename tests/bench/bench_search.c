/* Searching among a million made-up comments: the first page, the page behind it and the counts of
 * common and rare words in both languages, each against a bare loop over the same FTS5 query that
 * reads the same rows, prepared once, on the same connection.
 *
 * SEARCH_COMMENTS sets another number of comments. */
#include "bench/crowd_database.h"

#include "store/internal.h"
#include "store/match.h"
#include "store/queue_scope.h"

#include <stdlib.h>
#include <time.h>

enum {
    COMMENTS = 1000000,
    SEED = 1,
    PAGE = 50,
    ROUNDS = 15,
    COUNT_MOST = 2000, /* up to which the screens count */
};

static const double aim_ratio = 1.5;

struct bench {
    struct store *store;
    struct arena arena;
    struct query query;
    struct match match;
    struct error error;
};

static void must(const struct bench *bench, enum status status)
{
    if (status == OK)
        return;
    fprintf(stderr, "bench_search: %s\n", bench->error.message);
    exit(EXIT_FAILURE);
}

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- Ours --- */

static void page_ours(struct bench *bench)
{
    struct arena arena = {0};
    struct comment_row *rows;
    size_t count;
    must(bench, queue_page(bench->store, &bench->query, NULL, QUEUE_AFTER, PAGE, &arena, &rows,
                           &count, &bench->error));
    arena_free(&arena);
}

static void counts_ours(struct bench *bench)
{
    int64_t counts[STATE_COUNT];
    must(bench, queue_counts(bench->store, &bench->query, COUNT_MOST, counts, &bench->error));
}

/* --- The floor --- */

/* The same rows with the same columns, straight from the query. */
static void page_bare(struct bench *bench)
{
    static const char sql[] =
        "SELECT c.id, c.consultation_id, c.parent_id, c.submitted_at, c.revision, c.language,"
        " c.author, (SELECT count(*) FROM comment_tag WHERE comment_id = c.id),"
        " (SELECT count(*) FROM comment AS r WHERE r.parent_id = c.id),"
        " EXISTS (SELECT 1 FROM response WHERE comment_id = c.id AND state <> 'draft'),"
        " k.moderator_id, k.expires_at, m.name,"
        " (SELECT moderator_id FROM proposal WHERE comment_id = c.id),"
        " EXISTS (SELECT 1 FROM assignment WHERE comment_id = c.id), c.state,"
        " substr(c.body, 1, 480)"
        " FROM comment_words AS w CROSS JOIN comment AS c ON c.id = w.rowid"
        " LEFT JOIN claim AS k ON k.comment_id = c.id"
        " LEFT JOIN moderator AS m ON m.id = k.moderator_id"
        " WHERE w.comment_words MATCH ?1 ORDER BY w.rowid LIMIT ?2";
    struct statement statement;
    statement_start(&statement, bench->store, sql);
    statement_bind_text(&statement, bench->match.exact);
    statement_bind(&statement, PAGE);
    while (statement_next(&statement)) {
        for (int column = 0; column < sqlite3_column_count(statement.prepared); column++)
            sqlite3_column_text(statement.prepared, column);
    }
    must(bench, statement_end(&statement, &bench->error));
}

/* The same counts by state, all to the end. */
static void counts_bare(struct bench *bench)
{
    static const char sql[] = "SELECT c.state, count(*) FROM comment_words AS w"
                              " CROSS JOIN comment AS c ON c.id = w.rowid"
                              " WHERE w.comment_words MATCH ?1 GROUP BY c.state";
    struct statement statement;
    statement_start(&statement, bench->store, sql);
    statement_bind_text(&statement, bench->match.all);
    while (statement_next(&statement))
        statement_integer(&statement);
    must(bench, statement_end(&statement, &bench->error));
}

/* --- Measuring --- */

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Rounds alternate, so that a machine that is slow for a while is slow for both. Prints the medians
 * and returns the ratio. */
static double measure(struct bench *bench, const char *what, void (*ours)(struct bench *),
                      void (*bare)(struct bench *))
{
    double our_seconds[ROUNDS], bare_seconds[ROUNDS];
    ours(bench);
    bare(bench);
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_seconds();
        bare(bench);
        double between = now_seconds();
        ours(bench);
        our_seconds[i] = now_seconds() - between;
        bare_seconds[i] = between - start;
    }
    qsort(our_seconds, ROUNDS, sizeof *our_seconds, compare);
    qsort(bare_seconds, ROUNDS, sizeof *bare_seconds, compare);
    double ratio = our_seconds[ROUNDS / 2] / bare_seconds[ROUNDS / 2];
    printf("bench_search: %-44s %9.3f ms, bare %9.3f ms, ratio %.2f\n", what,
           our_seconds[ROUNDS / 2] * 1000, bare_seconds[ROUNDS / 2] * 1000, ratio);
    fflush(stdout);
    return ratio;
}

static void ask(struct bench *bench, const char *line)
{
    size_t at;
    arena_reset(&bench->arena);
    must(bench, query_parse(str_of(line), &bench->arena, &bench->query, &at, &bench->error));
    match_write(&bench->query, &bench->arena, &bench->match);
}

/* Only said, as nothing bare is the same: what else is asked for stands beside the words. */
static void tell(struct bench *bench, const char *line)
{
    double pages[ROUNDS], counts[ROUNDS];
    ask(bench, line);
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_seconds();
        page_ours(bench);
        double between = now_seconds();
        counts_ours(bench);
        counts[i] = now_seconds() - between;
        pages[i] = between - start;
    }
    qsort(pages, ROUNDS, sizeof *pages, compare);
    qsort(counts, ROUNDS, sizeof *counts, compare);
    printf("bench_search: %-44s first page %.3f ms, counts %.3f ms\n", line,
           pages[ROUNDS / 2] * 1000, counts[ROUNDS / 2] * 1000);
    fflush(stdout);
}

int main(void)
{
    /* Of the made-up words: the most frequent, and ones that few comments have. */
    static const char *const words[] = {"~of",          "~complaintal", "~في",      "~المترو",
                                        "people road*", "complaintal",  "السيارات", "المترو"};
    static const char *const wholes[] = {
        "of state:pending",       "في state:pending consultation:consultation-7",
        "في lang:ar state:held",  "of -the author:nobody",
        "المترو state:escalated", "-of state:pending"};
    struct bench bench = {0};
    struct arena arena = {0};
    const char *number = getenv("SEARCH_COMMENTS");
    const char *path = crowd_database(SEED, number ? atoll(number) : COMMENTS, &arena);
    double worst = 0;
    must(&bench, store_open(&bench.store, path, STORE_READ_ONLY, &bench.error));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char what[80];
        ask(&bench, words[i]);
        snprintf(what, sizeof what, "%s: first page", words[i]);
        double page = measure(&bench, what, page_ours, page_bare);
        snprintf(what, sizeof what, "%s: counts", words[i]);
        double counts = measure(&bench, what, counts_ours, counts_bare);
        worst = page > worst ? page : worst;
        worst = counts > worst ? counts : worst;
    }
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        tell(&bench, wholes[i]);
    printf("bench_search: largest ratio %.2f, aim %.1f: %s\n", worst, aim_ratio,
           worst <= aim_ratio ? "reached" : "missed");
    store_close(bench.store);
    arena_free(&bench.arena);
    arena_free(&arena);
    return 0;
}
