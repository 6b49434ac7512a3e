/* What the tests of figures share: filters as people type them, and the same in plain SQL, so that
 * what a set says can be compared with what is counted without anything that is kept. */
#ifndef TESTS_UNIT_FIGURES_SUPPORT_H
#define TESTS_UNIT_FIGURES_SUPPORT_H

#include "unit/history.h"

#include "store/figures.h"

/* A filter as people type it, and the same in SQL over comment c, consultation k, agency g. */
struct case_of_filter {
    const char *line, *comments, *decisions;
};

static const struct case_of_filter figure_cases[] = {
    {"", "true", "true"},
    {"agency:roads", "g.slug = 'roads'", "true"},
    {"agency:parks", "g.slug = 'parks'", "true"},
    {"consultation:metro", "k.slug = 'metro'", "true"},
    {"lang:ar", "c.language = 'ar'", "true"},
    {"channel:townhall", "c.channel = 'townhall'", "true"},
    {"moderator:person-2", "true", "m.login = 'person-2'"},
    {"agency:roads language:en", "g.slug = 'roads' AND c.language = 'en'", "true"},
    {"language:en channel:web moderator:person-1", "c.language = 'en' AND c.channel = 'web'",
     "m.login = 'person-1'"},
    {"consultation:metro moderator:person-0", "k.slug = 'metro'", "m.login = 'person-0'"},
    {"agency:parks consultation:metro", "false", "true"},
};

#define WAITS "IN ('pending', 'held', 'escalated')"
#define FROM_COMMENT                                                                               \
    "FROM comment c JOIN consultation k ON k.id = c.consultation_id"                               \
    " JOIN agency g ON g.id = k.agency_id "
#define FROM_DECISION                                                                              \
    "FROM decision d JOIN moderator m ON m.id = d.moderator_id JOIN comment c ON c.id ="           \
    " d.comment_id JOIN consultation k ON k.id = c.consultation_id JOIN agency g ON g.id ="        \
    " k.agency_id WHERE d.action <> 'undo' AND d.id NOT IN"                                        \
    " (SELECT undoes_id FROM decision WHERE undoes_id IS NOT NULL) "

enum { FIGURE_CASES = sizeof figure_cases / sizeof *figure_cases };

/* Reads a set with a filter's line, through a store of its own. scope: as figures_read() fills it. */
static inline struct figure_rows *figures_by(struct fixture *fixture, struct store *store,
                                             const struct figure_set *set, const char *line,
                                             struct figure_scope *scope)
{
    struct figure_filter filter;
    struct figure_rows *rows;
    must(fixture,
         figure_filter_parse(str_of(line), FIXTURE_NOW, &fixture->arena, &filter, &fixture->error));
    must(fixture, figures_read(store, set, &filter, FIXTURE_NOW, &fixture->arena, &rows, scope,
                               &fixture->error));
    return rows;
}

/* The same through the fixture's, by the set's name. */
static inline struct figure_rows *figures_of(struct fixture *fixture, const char *name,
                                             const char *line, struct figure_scope *scope)
{
    return figures_by(fixture, fixture->store, figure_set_find(str_of(name)), line, scope);
}

/* Lives through a random history for each seed, on a clock of its own, in a new database.
 * live  goes through it and compares; called with a history that has begun */
static inline void figures_live(void **state, const uint32_t *seeds, const char *const *clocks,
                                size_t count, void (*live)(struct history *history))
{
    for (size_t i = 0; i < count; i++) {
        struct history history;
        if (i > 0) {
            fixture_close(state);
            fixture_open(state);
        }
        struct fixture *fixture = *state;
        fixture->random = seeds[i];
        run_sql(fixture, arena_printf(&fixture->arena,
                                      "UPDATE policy SET value = '%s' WHERE name = 'utc-offset'",
                                      clocks[i]));
        history_start(&history, fixture);
        live(&history);
        history_end(&history);
    }
}

/* The check finds each of these harms, which are SQL, and nothing once they are taken back. */
static inline void figures_harmed(struct fixture *fixture, const char *const *harms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        must(fixture, store_begin(fixture->store, &fixture->error));
        run_sql(fixture, harms[i]);
        assert_true(fixture_faults(fixture) > 0);
        store_rollback(fixture->store);
    }
    assert_int_equal(fixture_faults(fixture), 0);
}

#endif
