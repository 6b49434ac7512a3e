/* What the benches of a million share: clocks, medians, and the row of the table each one prints. */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MEASURE_MOST = 1001 }; /* rounds */

/* Times of the program and of the floor, taken in turns, so that a busy machine slows both. */
struct measure {
    size_t count;
    double ours[MEASURE_MOST], floors[MEASURE_MOST];
};

static inline double measure_now(void) /* milliseconds */
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static inline int measure_compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static inline double measure_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, measure_compare);
    return values[count / 2];
}

static inline void measure_header(void)
{
    printf("%-50s %12s %12s %-6s %6s %5s\n", "what", "floor", "measured", "", "ratio", "aim");
}

/* One row of the table. */
static inline void measure_row(const char *what, double ours, double floor, const char *unit,
                               double aim)
{
    double ratio = ours / floor;
    printf("%-50s %12.3f %12.3f %-6s %6.2f %5.1f %s\n", what, floor, ours, unit, ratio, aim,
           ratio <= aim ? "reached" : "missed");
    fflush(stdout);
}

/* The same from rounds. */
static inline void measure_tell(const char *what, struct measure *measure, double aim)
{
    measure_row(what, measure_median(measure->ours, measure->count),
                measure_median(measure->floors, measure->count), "ms", aim);
}

/* Ends the bench where something failed. */
static inline void measure_must(enum status status, const struct error *error)
{
    if (status == OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(EXIT_FAILURE);
}

/* How many comments: a million, or what BENCH_COMMENTS says. */
static inline int64_t measure_comments(void)
{
    long long comments = 1000000;
    const char *said = getenv("BENCH_COMMENTS");
    if (said && (!str_to_int64(str_of(said), &comments) || comments < 1000)) {
        fputs("BENCH_COMMENTS must be a number, and at least 1000\n", stderr);
        exit(EXIT_FAILURE);
    }
    return comments;
}

#endif
