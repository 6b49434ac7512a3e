/* Moving in a queue of a quarter of a million comments, deciding, and reading figures, in one
 * process, each against a bare SQLite loop on the same database. The floor of a move is one
 * statement with the same keys, in the same order, that gives all that a row of the list shows; it
 * reads just the rows that come into sight. */
#include "bench/bare_decision.h"
#include "bench/crowd_database.h"
#include "bench/figure_look.h"
#include "bench/measure.h"

#include "desk/desk.h"
#include "store/internal.h"
#include "store/people.h"
#include "ui/queue_model.h"

#include <unistd.h>

enum {
    SEED = 1,
    STEPS = 1000,
    PAGES = 201,
    JUMPS = 51,
    DECISIONS = 201,
    READS = 51,
    PAGE_ROWS = 20
};

static const double aim_moves = 2, aim_decide = 2;

struct bench {
    struct arena arena;
    struct desk desk;
    struct query waiting; /* state:pending */
    struct queue_model model;
    struct error error;
};

/* What a row of the list shows, by key. */
#define ROW_SQL                                                                                    \
    "SELECT c.id, c.submitted_at, consultation_id, parent_id, revision, language, author, state,"  \
    " substr(CAST(body AS BLOB), 1, 484), (SELECT count(*) FROM comment_tag WHERE comment_id ="    \
    " c.id), (SELECT count(*) FROM comment AS r WHERE r.parent_id = c.id),"                        \
    " EXISTS (SELECT 1 FROM response WHERE comment_id = c.id AND state <> 'draft'),"               \
    " k.moderator_id, k.expires_at, m.name,"                                                       \
    " (SELECT moderator_id FROM proposal WHERE comment_id = c.id),"                                \
    " EXISTS (SELECT 1 FROM assignment WHERE comment_id = c.id)"                                   \
    " FROM comment AS c INDEXED BY comment_by_state LEFT JOIN claim AS k ON k.comment_id = c.id"   \
    " LEFT JOIN moderator AS m ON m.id = k.moderator_id WHERE c.state = 'pending'"

static const char after_sql[] = ROW_SQL " AND (c.submitted_at, c.id) > (?1, ?2)"
                                        " ORDER BY c.submitted_at, c.id LIMIT ?3";
static const char last_sql[] = ROW_SQL " ORDER BY c.submitted_at DESC, c.id DESC LIMIT ?3";

/* --- Moves --- */

/* Reads the rows of one of these statements; *place moves to the last of them. */
static double time_bare(struct bench *bench, const char *sql, int limit, struct queue_place *place)
{
    double begin = measure_now();
    struct statement statement;
    struct arena arena = {0};
    statement_start(&statement, bench->desk.store, sql);
    statement_bind(&statement, place->submitted_at);
    statement_bind(&statement, place->id);
    statement_bind(&statement, limit);
    while (statement_next(&statement)) {
        place->id = statement_integer(&statement);
        place->submitted_at = statement_integer(&statement);
        for (int column = 2; column < sqlite3_column_count(statement.prepared); column++)
            statement_text(&statement, &arena);
    }
    measure_must(statement_end(&statement, &bench->error), &bench->error);
    arena_free(&arena);
    return measure_now() - begin;
}

/* What drawing the list does before it draws. */
static void show(struct bench *bench)
{
    measure_must(queue_model_show(&bench->model, bench->desk.store, PAGE_ROWS, &bench->error),
                 &bench->error);
}

/* The program reads ahead, some rows at a time, so that its row of the table is the mean: the median,
 * of steps that read nothing, would flatter. */
static void bench_steps(struct bench *bench, const char *what, int delta, size_t moves)
{
    double ours = 0, floor = 0;
    struct queue_place place = {0};
    const struct comment_row *row;
    int rows = delta < 0 ? -delta : delta;
    for (size_t i = 0; i < moves; i++) {
        double begin = measure_now();
        measure_must(queue_model_move(&bench->model, bench->desk.store, delta, &bench->error),
                     &bench->error);
        show(bench);
        row = queue_model_current(&bench->model);
        ours += measure_now() - begin;
        floor += time_bare(bench, after_sql, rows, &place);
        if (!row)
            break;
    }
    measure_row(what, ours / (double)moves, floor / (double)moves, "ms", aim_moves);
}

static void bench_jumps(struct bench *bench)
{
    static struct measure measure;
    for (measure.count = 0; measure.count < JUMPS; measure.count++) {
        struct queue_place place = {0};
        measure.floors[measure.count] = time_bare(bench, last_sql, PAGE_ROWS, &place);
        measure_must(queue_model_first(&bench->model, bench->desk.store, &bench->error),
                     &bench->error);
        double begin = measure_now();
        measure_must(queue_model_last(&bench->model, bench->desk.store, &bench->error),
                     &bench->error);
        show(bench);
        measure.ours[measure.count] = measure_now() - begin;
    }
    measure_tell("jump to the end", &measure, aim_moves);
}

static void bench_moves(struct bench *bench)
{
    char next[64];
    size_t at;
    measure_must(
        query_parse(str_of("state:pending"), &bench->arena, &bench->waiting, &at, &bench->error),
        &bench->error);
    measure_must(queue_model_open(&bench->model, bench->desk.store, &bench->waiting, &bench->error),
                 &bench->error);
    snprintf(next, sizeof next, "next, in a queue of %lld", (long long)bench->model.total);
    bench_steps(bench, next, 1, STEPS);
    measure_must(queue_model_last(&bench->model, bench->desk.store, &bench->error), &bench->error);
    bench_steps(bench, "previous", -1, STEPS);
    measure_must(queue_model_first(&bench->model, bench->desk.store, &bench->error), &bench->error);
    bench_steps(bench, "page", PAGE_ROWS, PAGES);
    bench_jumps(bench);
    measure_must(queue_model_first(&bench->model, bench->desk.store, &bench->error), &bench->error);
}

/* --- Decisions --- */

/* One transaction with the rows that the desk writes, from constants, and the next comment by its
 * key. */
static double time_bare_decision(struct bench *bench, struct queue_place *place)
{
    struct store *store = bench->desk.store;
    struct error *error = &bench->error;
    time_bare(bench, after_sql, 1, place);
    struct bare_decision bare = {.comment = place->id,
                                 .moderator = bench->desk.self.id,
                                 .now = CROWD_NOW,
                                 .from = str_of("pending"),
                                 .approve = true};
    double begin = measure_now();
    measure_must(store_begin(store, error), error);
    measure_must(bare_decision_write(store, &bare, error), error);
    measure_must(store_commit(store, error), error);
    struct queue_place next = *place;
    time_bare(bench, after_sql, 1, &next);
    return measure_now() - begin;
}

static double time_decision(struct bench *bench)
{
    struct store *store = bench->desk.store;
    struct arena arena = {0};
    struct comment comment;
    const struct comment_row *row = queue_model_current(&bench->model);
    double begin = measure_now();
    measure_must(desk_decide(&bench->desk, row->id, row->revision, ACTION_APPROVE, 0, str_of(""),
                             CROWD_NOW, NULL, &bench->error),
                 &bench->error);
    measure_must(queue_model_reload(&bench->model, store, &bench->error), &bench->error);
    show(bench);
    row = queue_model_current(&bench->model);
    measure_must(comment_read(store, row->id, 0, EXCERPT_BYTES, &arena, &comment, &bench->error),
                 &bench->error);
    double spent = measure_now() - begin;
    arena_free(&arena);
    return spent;
}

static void bench_decisions(struct bench *bench)
{
    static struct measure measure;
    struct queue_place place = {.submitted_at = CROWD_NOW / 2};
    /* The floor decides on others: those in the second half. */
    measure_must(queue_model_first(&bench->model, bench->desk.store, &bench->error), &bench->error);
    place.submitted_at = CROWD_NOW - CROWD_DAYS * (int64_t)(86400 / 8);
    for (; measure.count < DECISIONS; measure.count++) {
        measure.floors[measure.count] = time_bare_decision(bench, &place);
        measure.ours[measure.count] = time_decision(bench);
    }
    measure_tell("decide and show the next", &measure, aim_decide);
}

/* --- Figures --- */

static void decide_once(void *context)
{
    time_decision(context);
}

/* A row of the table for each set of figures that there is a screen of. */
static void bench_figures(struct bench *bench)
{
    char what[64];
    for (size_t i = 0; i < figure_set_count; i++) {
        snprintf(what, sizeof what, "figures: %s", figure_sets[i]->name);
        figure_looks(bench->desk.store, figure_sets[i], "", what, READS, decide_once, bench);
    }
}

int main(void)
{
    static struct bench bench;
    char folder[] = "/tmp/majlis-bench-XXXXXX";
    struct store *store;
    if (!mkdtemp(folder)) {
        perror(folder);
        return EXIT_FAILURE;
    }
    const char *kept = crowd_database(SEED, measure_comments(), &bench.arena);
    const char *path = arena_printf(&bench.arena, "%s/copy.db", folder);
    crowd_database_copy(kept, path);
    measure_must(store_open(&store, path, STORE_EXISTING, &bench.error), &bench.error);
    measure_must(desk_open(&bench.desk, store, str_of("crowd1"), &bench.error), &bench.error);
    measure_header();
    bench_moves(&bench);
    bench_decisions(&bench);
    bench_figures(&bench);
    queue_model_free(&bench.model);
    desk_close(&bench.desk);
    store_close(store);
    arena_free(&bench.arena);
    return system(arena_printf(&bench.arena, "rm -r %s", folder)) == 0 ? 0 : EXIT_FAILURE;
}
