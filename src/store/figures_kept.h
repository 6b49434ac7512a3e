/* Reading what is kept of people, answers and voices (see work, answer and voice in
 * majlis-schema(5)): the same conditions and parameters for each, and percentiles from counts. */
#ifndef STORE_FIGURES_KEPT_H
#define STORE_FIGURES_KEPT_H

#include "store/figures_filter.h"
#include "store/figures_flow_sql.h"
#include "store/internal.h"

/* In SQL: the days of the scope, of a table named w; what the scope leaves, with the consultations
 * beside it as k. kept_bind() binds their parameters. */
#define KEPT_DAYS "w.day >= :first AND w.day <= :last"
#define KEPT_WORDS                                                                                 \
    "(:language = '' OR w.language = :language) AND (:channel = '' OR w.channel = :channel)"
#define KEPT_NARROW                                                                                \
    "(:agency = 0 OR k.agency_id = :agency) AND (:consultation = 0 OR k.id = :consultation)"       \
    " AND " KEPT_WORDS
#define KEPT_CHOSEN CHOSEN(":agency", ":consultation")
/* The rows of all; those that a scope leaves; and these of a view that has few rows. */
#define KEPT_ALL(table) " FROM " table " AS w WHERE w.consultation_id = 0"
#define KEPT_SOME(table)                                                                           \
    " FROM " KEPT_CHOSEN " AS k CROSS JOIN " table " AS w ON w.consultation_id = k.id"             \
    " WHERE " KEPT_WORDS
#define KEPT_FEW(view)                                                                             \
    " FROM " view " AS w CROSS JOIN consultation AS k ON k.id = w.consultation_id"                 \
    " WHERE " KEPT_NARROW

/* Binds :first, :last, :agency, :consultation, :language, :channel and :moderator, each where the
 * statement has it. */
void kept_bind(struct statement *statement, const struct figure_scope *scope);

/* Whether nothing is left out but days and moderators, so that the rows of all are the right ones. */
bool kept_whole(const struct figure_scope *scope);

/* Adds so many columns of the row, from the next one on, to sums. */
void kept_add(struct statement *statement, int64_t *sums, size_t count);

/* The time within which percent of the measured lie: within[i] of them in less than bounds[i]
 * seconds, evenly spread between two bounds. total may be more than within[count - 1]: what took
 * longer than the last bound is taken to lie at it. -1 when total is 0. */
int64_t kept_percentile(const int64_t *within, const int64_t *bounds, size_t count, int64_t total,
                        int percent);

/* Counts everything of this kind anew; see figures_recount(). */
enum status kept_recount(struct store *store, struct error *error);

#endif
