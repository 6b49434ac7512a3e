/* What the kept sums say of a scope: comments that come and go by the day and by the hour, and how
 * many are in which state. A scope that names one thing reads that thing's own sums, one row a day;
 * one that names several adds up the finest sums of the consultations it leaves. Neither reads a
 * comment. */
#ifndef STORE_FIGURES_FLOW_H
#define STORE_FIGURES_FLOW_H

#include "store/catalog.h"
#include "store/comment.h"
#include "store/figures_filter.h"

struct flow {
    int64_t arrived;  /* comments received */
    int64_t decided;  /* decisions that stand and took a comment out of what waits */
    int64_t reopened; /* decisions that stand and put one back */
    int64_t waiting;  /* of those received then, how many wait now */
};

/* Fills flows[0 .. last - first] with the days first to last of the team's clock. With a moderator,
 * decided and reopened are that person's alone; who decides does not change what arrives. */
enum status flow_days(struct store *store, const struct figure_scope *scope, int64_t first,
                      int64_t last, struct flow *flows, struct error *error);

/* flow_days() up to today, for all that a screen says of these days. Where flow_has_sums(), what waits
 * and came later than today, by a clock that was ahead, is among what came today. */
enum status flow_days_to_now(struct store *store, const struct figure_scope *scope, int64_t first,
                             struct flow *flows, struct error *error);

/* Whether days come from sums of their own, so that reading more of them costs little. */
bool flow_has_sums(const struct figure_scope *scope);

/* flow_days() for hours of the team's clock. */
enum status flow_hours(struct store *store, const struct figure_scope *scope, int64_t first,
                       int64_t last, struct flow *flows, struct error *error);

/* How many comments are in each state. */
enum status tally_read(struct store *store, const struct figure_scope *scope,
                       int64_t counts[STATE_COUNT], struct error *error);

/* The hour of the team's clock in which the oldest comment that waits was received; -1 when none
 * waits. */
enum status flow_oldest(struct store *store, const struct figure_scope *scope, int64_t *hour,
                        struct error *error);

/* How many wait by how long ago they were received: counts[i] those that came in from[i] days ago or
 * more, but less than from[i + 1]. from ascends from 0; days are those of the team's clock. median
 * receives for how long half of them have waited at least, in seconds, those of one day taken to be
 * evenly spread over it; -1 when nothing waits.
 *
 * all     how many wait, as tally_read() says
 * recent  the days from first on, as flow_days_to_now() filled them, where flow_has_sums(); else NULL
 */
enum status flow_ages(struct store *store, const struct figure_scope *scope, struct arena *arena,
                      int64_t all, const struct flow *recent, int64_t first, int places,
                      const int64_t *from, int64_t *counts, int64_t *median, struct error *error);

enum { FLOW_PLACES_MOST = 25 /* consultations told of */ };

/* What there is at a consultation, as far as the scope leaves it; answered: comments, of all. */
struct flow_place {
    int64_t consultation_id;
    int64_t comments, waiting, answered;
    int64_t oldest_day; /* of the team's clock, on which the oldest that waits came; -1 */
    struct label title;
    struct str slug;
};

/* The consultations of the scope that have comments, most waiting first, FLOW_PLACES_MOST at most. In
 * arena. */
enum status flow_places(struct store *store, const struct figure_scope *scope, struct arena *arena,
                        struct flow_place **places, size_t *count, struct error *error);

#endif
