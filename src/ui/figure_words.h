/* Figures as words of the interface, in its language. */
#ifndef UI_FIGURE_WORDS_H
#define UI_FIGURE_WORDS_H

#include "store/figures.h"

/* A value as people read it: "12", "3h 5m", "83%", "2026-11-24", "-" where there is nothing. In
 * arena. */
struct str figure_words(const struct figure_column *column, const struct figure *value,
                        struct arena *arena);

/* The same, as short as can be, for an axis: "14" of an hour, "11-24" of a day, "12k" of a count. */
struct str figure_words_short(enum figure_kind kind, int64_t number, struct arena *arena);

/* Whether a column of this kind is flush with the far side, as numbers are. */
bool figure_is_number(enum figure_kind kind);

/* The time range: "2026-11-24" or "2026-10-26 - 2026-11-24". In arena. */
struct str figure_words_days(const struct figure_scope *scope, struct arena *arena);

#endif
