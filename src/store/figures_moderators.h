/* What the files of Moderators share: people and what they did, as it is read, before it is shown. */
#ifndef STORE_FIGURES_MODERATORS_H
#define STORE_FIGURES_MODERATORS_H

#include "store/figures.h"
#include "store/internal.h"
#include "store/record.h"

enum {
    JUDGEMENTS = ACTION_UNDO, /* categories: the actions but undo */
};

/* The columns of work behind its key, in their order. */
enum {
    SUM_APPROVED,
    SUM_ESCALATED = SUM_APPROVED + 4,
    SUM_UNDONE,
    SUM_OVERTURNED,
    SUM_PACE,
    PACES = 12,
    SUMS = SUM_PACE + PACES
};
/* Decided in less than so many seconds; see work in majlis-schema(5). */
extern const int64_t moderators_paces[PACES];

struct person {
    int64_t id, sums[SUMS], decisions, rejections;
    int64_t *reasons; /* rejections, in the order of reason_list() */
    struct str login, name;
    /* Comments another judged too: first of the person, then of the other. Of samples, and of what
     * the person proposed. */
    int64_t samples[JUDGEMENTS * JUDGEMENTS], proposals[JUDGEMENTS * JUDGEMENTS];
};

struct people_read {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct person *people;
    size_t count;
    struct reason *reasons;
    size_t reason_count;
    struct list samples;
    int64_t agreed;
    int64_t open; /* samples that nobody has looked at yet */
};

/* Reads everything a scope leaves, people with the most decisions first. read has its store, scope and
 * arena. */
enum status moderators_read(struct people_read *read, struct error *error);

#endif
