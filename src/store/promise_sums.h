/* Giving rows of what was promised their meaning: what the files that read promises share. */
#ifndef STORE_PROMISE_SUMS_H
#define STORE_PROMISE_SUMS_H

#include "store/promise_read.h"

/* How many of one place and day. */
struct promise_numbers {
    int64_t day, kept[DUE_KIND_COUNT], late[DUE_KIND_COUNT], open[DUE_KIND_COUNT];
};

/* What a row is: of the sums, which say what is to be done in all beside it (see
 * promise_add_all_open()), or of what happened since, which do not. */
enum row_kind { ROW_OF_SUMS, ROW_OF_CHANGES };

/* What is being read; private to the files that include this. */
struct promise_reader {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct promise_reading *reading;
    bool plain; /* nothing is left out but agencies and consultations */
};

/* The first day whose rows say what is to be done: all before is a week ago or longer. */
int64_t promise_first_open_day(const struct promise_reader *reader);

/* All that is to be done, whenever it is due, into the sums of one place, or of all: late, unless a row
 * of the days from promise_first_open_day() on says otherwise. */
void promise_add_all_open(struct promise_reader *reader, struct promise_sums *sums, int kind,
                          int64_t open);

/* Adds a row. What is to be done today stands in rows of its own, by the moment: see
 * promise_add_today(). */
void promise_add(struct promise_reader *reader, struct promise_sums *sums, enum row_kind row,
                 const struct promise_numbers *numbers);

/* What is due today and to be done. passed: by now. */
void promise_add_today(struct promise_reader *reader, struct promise_sums *sums, bool passed,
                       int kind, int64_t open);

#endif
