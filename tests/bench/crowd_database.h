/* The made-up public in a database: built once for a seed and a number, kept, and copied or opened
 * by every measurement that wants it; and as CSV, for `majlis import`. */
#ifndef TESTS_BENCH_CROWD_DATABASE_H
#define TESTS_BENCH_CROWD_DATABASE_H

#include "bench/crowd.h"

#include <stdio.h>

/* Told now and then of what is done; NULL: nobody is told. */
typedef void crowd_progress(const char *what, int64_t done, int64_t of);

/* Fills a new database at path, which must not be there, as years of work would have: agencies,
 * consultations with sections, moderators (crowd1 ... a supervisor, the others moderators), reasons,
 * tags, comments with their ids being their numbers, decisions in the order they were made. */
enum status crowd_database_make(const char *path, uint64_t seed, int64_t comments,
                                crowd_progress *progress, struct error *error);

/* The path of the database of this seed and number in the folder $BUILD/crowd ("build/crowd"), made
 * there first if it is not there yet; one that another schema or another crowd made does not count.
 * It is for all: who writes copies it first. In arena. Ends the program when it can't be made. */
const char *crowd_database(uint64_t seed, int64_t comments, struct arena *arena);

/* Copies a database file (closed, or in use by readers alone) to path, or ends the program. */
void crowd_database_copy(const char *from, const char *path);

/* Writes comments as CSV with a header of the names `majlis import` knows, plus "consultation" and
 * "campaign"; consultation from 0, or -1 for all. The first of them is number 1. */
void crowd_write_csv(struct crowd *crowd, int consultation, FILE *out);

/* The slug of a consultation, from 0. In arena. */
struct str crowd_slug(int consultation, struct arena *arena);

#endif
