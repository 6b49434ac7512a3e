/* What the files that keep and read due moments share. */
#ifndef STORE_DUE_SQL_H
#define STORE_DUE_SQL_H

#include "store/due.h"
#include "store/internal.h"

/* The comments that something happened to since the sums were brought up to date. */
#define DUE_CHANGED "IN (SELECT comment_id FROM figure_change)"

/* The six sums, in their order. */
#define DUE_NUMBERS "decide_kept, decide_late, decide_open, answer_kept, answer_late, answer_open"
#define DUE_SUMS(sign)                                                                             \
    sign "sum(decide_kept), " sign "sum(decide_late), " sign "sum(decide_open), " sign             \
         "sum(answer_kept), " sign "sum(answer_late), " sign "sum(answer_open)"

#endif
