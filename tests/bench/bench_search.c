/* Searching among a million made-up comments: the first page, the page behind it and the counts of
 * common and rare words in both languages, each against a bare loop over the same FTS5 query that
 * reads the same rows, prepared once, on the same connection. */
#include "bench/crowd_database.h"
#include "bench/measure.h"

#include "store/internal.h"
#include "store/match.h"
#include "store/queue_scope.h"
#include "ui/queue_model.h"

enum {
    SEED = 1,
    PAGE = 50,
    ROUNDS = 15,
};

static const double aim_ratio = 1.5;

struct bench {
    struct store *store;
    struct arena arena;
    struct query query;
    struct match match;
    struct error error;
};

/* --- Ours --- */

static void page_ours(struct bench *bench)
{
    struct arena arena = {0};
    struct comment_row *rows;
    size_t count;
    measure_must(queue_page(bench->store, &bench->query, NULL, QUEUE_AFTER, PAGE, &arena, &rows,
                            &count, &bench->error),
                 &bench->error);
    arena_free(&arena);
}

static void counts_ours(struct bench *bench)
{
    int64_t counts[STATE_COUNT];
    int64_t most = query_has_words(&bench->query) ? SEARCH_COUNT_MOST : WITHOUT_COUNT_MOST;
    measure_must(queue_counts(bench->store, &bench->query, most, counts, &bench->error),
                 &bench->error);
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
    measure_must(statement_end(&statement, &bench->error), &bench->error);
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
    measure_must(statement_end(&statement, &bench->error), &bench->error);
}

/* --- Measuring --- */

/* A row of the table; rounds alternate, so that a machine that is slow for a while is slow for
 * both. */
static void compare(struct bench *bench, const char *what, void (*ours)(struct bench *),
                    void (*bare)(struct bench *))
{
    static struct measure measure;
    ours(bench);
    bare(bench);
    for (measure.count = 0; measure.count < ROUNDS; measure.count++) {
        double start = measure_now();
        bare(bench);
        double between = measure_now();
        ours(bench);
        measure.ours[measure.count] = measure_now() - between;
        measure.floors[measure.count] = between - start;
    }
    measure_tell(what, &measure, aim_ratio);
}

static void ask(struct bench *bench, const char *line)
{
    size_t at;
    arena_reset(&bench->arena);
    measure_must(query_parse(str_of(line), &bench->arena, &bench->query, &at, &bench->error),
                 &bench->error);
    match_write(&bench->query, &bench->arena, &bench->match);
}

/* Only said, as nothing bare is the same: what else is asked for stands beside the words. */
static void tell(struct bench *bench, const char *line)
{
    double pages[ROUNDS], counts[ROUNDS];
    ask(bench, line);
    for (int i = 0; i < ROUNDS; i++) {
        double start = measure_now();
        page_ours(bench);
        double between = measure_now();
        counts_ours(bench);
        counts[i] = measure_now() - between;
        pages[i] = between - start;
    }
    printf("  %s: first page %.2f ms, counts %.2f ms\n", line, measure_median(pages, ROUNDS),
           measure_median(counts, ROUNDS));
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
    const char *path = crowd_database(SEED, measure_comments(), &arena);
    measure_must(store_open(&bench.store, path, STORE_READ_ONLY, &bench.error), &bench.error);
    measure_header();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ask(&bench, words[i]);
        compare(&bench, arena_printf(&arena, "search %s: first page", words[i]), page_ours,
                page_bare);
        compare(&bench, arena_printf(&arena, "search %s: counts", words[i]), counts_ours,
                counts_bare);
    }
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        tell(&bench, wholes[i]);
    store_close(bench.store);
    arena_free(&bench.arena);
    arena_free(&arena);
    return 0;
}
