/* Giving rows of what was promised their meaning: what the files that read promises share. */
#ifndef STORE_PROMISE_SUMS_H
#define STORE_PROMISE_SUMS_H

#include "store/internal.h"
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

/* A row's six numbers, in the order of DUE_NUMBERS (store/due_sql.h). */
void promise_read_numbers(struct statement *statement, struct promise_numbers *numbers);

/* In the order of their ids, for qsort(): so must the places of a reading be while rows are added. */
int promise_compare_ids(const void *a, const void *b);

/* Adds a row to its consultation and to its agency, where these are read. */
void promise_add_to_places(struct promise_reader *reader, int64_t consultation, int64_t agency,
                           enum row_kind row, const struct promise_numbers *numbers);
/* promise_add_all_open() for the consultation and the agency. */
void promise_add_all_open_to_places(struct promise_reader *reader, int64_t consultation,
                                    int64_t agency, const int64_t open[DUE_KIND_COUNT]);
/* promise_add_today() for everything, and for the consultation and the agency. */
void promise_add_today_everywhere(struct promise_reader *reader, int64_t consultation,
                                  int64_t agency, bool passed, int kind, int64_t open);

/* Adds what happened since the sums were brought up to date; a failure is told. */
enum status promise_add_changes(struct promise_reader *reader, struct error *error);

#endif
