/* A look at a set of figures, and what it is set beside: fifty rows of a summary table, both as of one
 * moment and into an arena. */
#ifndef TESTS_BENCH_FIGURE_LOOK_H
#define TESTS_BENCH_FIGURE_LOOK_H

#include "bench/crowd_database.h"
#include "bench/measure.h"

#include "store/figures.h"
#include "store/internal.h"

static const double aim_figures = 5.0;

static inline void figure_look_rows(struct store *store, struct arena *arena)
{
    struct statement statement;
    struct error error;
    bool snapshot = snapshot_start(store);
    statement_start(&statement, store,
                    "SELECT scope, day, arrived, decided, reopened, waiting FROM flow_of"
                    " WHERE scope = '' ORDER BY day LIMIT 50");
    while (statement_next(&statement)) {
        statement_text(&statement, arena);
        for (int i = 0; i < 5; i++)
            statement_integer(&statement);
    }
    measure_must(statement_end(&statement, &error), &error);
    snapshot_end(store, snapshot);
}

static inline void figure_look_set(struct store *store, struct arena *arena,
                                   const struct figure_set *set, const char *line)
{
    struct figure_filter filter;
    struct figure_rows *rows;
    struct error error;
    measure_must(figure_filter_parse(str_of(line), CROWD_NOW, arena, &filter, &error), &error);
    measure_must(figures_read(store, set, &filter, CROWD_NOW, arena, &rows, NULL, &error), &error);
}

/* Milliseconds of one look; set NULL: at the summary table. line: as behind 'f' on the screen. */
static inline double figure_look(struct store *store, const struct figure_set *set,
                                 const char *line)
{
    struct arena arena = {0};
    double begin = measure_now();
    if (set)
        figure_look_set(store, &arena, set, line);
    else
        figure_look_rows(store, &arena);
    double spent = measure_now() - begin;
    arena_free(&arena);
    return spent;
}

/* A row of the table: looks while somebody decides, one decision before each, so that no answer is
 * yesterday's; then what the very first look cost.
 * decide  makes one decision, in whatever way the bench does */
static inline void figure_looks(struct store *store, const struct figure_set *set, const char *line,
                                const char *what, size_t looks, void (*decide)(void *context),
                                void *context)
{
    static struct measure measure;
    double first = figure_look(store, set, line);
    for (measure.count = 0; measure.count < looks; measure.count++) {
        decide(context);
        measure.floors[measure.count] = figure_look(store, NULL, NULL);
        measure.ours[measure.count] = figure_look(store, set, line);
    }
    measure_tell(what, &measure, aim_figures);
    printf("  the first look %.2f ms\n", first);
}

#endif
