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

/* What promise_part says of the rows of due, said of other rows of the same columns. */
#define DUE_PARTS(due)                                                                             \
    "SELECT comment_id, consultation_id,"                                                          \
    " (min(at, ifnull(met_at, at)) + (SELECT seconds FROM team_clock)) / 86400 AS day,"            \
    " language, channel, moderator_id, at,"                                                        \
    " (NOT is_answer AND ifnull(met_at <= at, 0)) AS decide_kept,"                                 \
    " (NOT is_answer AND ifnull(met_at > at, 0)) AS decide_late,"                                  \
    " (NOT is_answer AND met_at IS NULL) AS decide_open,"                                          \
    " (is_answer AND ifnull(met_at <= at, 0)) AS answer_kept,"                                     \
    " (is_answer AND ifnull(met_at > at, 0)) AS answer_late,"                                      \
    " (is_answer AND met_at IS NULL) AS answer_open"                                               \
    " FROM (SELECT u.comment_id, c.consultation_id, c.language, c.channel, is_answer,"             \
    "  iif(is_answer, u.answer_at, u.decide_at) AS at,"                                            \
    "  iif(is_answer, u.answered_at, u.decided_at) AS met_at,"                                     \
    "  ifnull(iif(is_answer, u.answered_by, u.decided_by), 0) AS moderator_id"                     \
    "  FROM " due " AS u CROSS JOIN comment AS c ON c.id = u.comment_id"                           \
    "  CROSS JOIN (SELECT 0 AS is_answer UNION ALL SELECT 1)) WHERE at IS NOT NULL"

#endif
