/* Comments going out: CSV (RFC 4180) and JSON lines. */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H

#include "desk/desk.h"

#include <stdio.h>

enum export_format { EXPORT_CSV, EXPORT_JSONL };

/* Writes every comment the query finds, oldest first, with whole bodies: id, consultation, state,
 * language, channel, author, body, submitted_at (ISO 8601), source, source_id, parent, tags (slugs,
 * in CSV separated by blanks), reason. id and parent are the numbers here, so that an export can be
 * imported elsewhere with its threads.
 *
 * Bytes that are not valid UTF-8 are written as U+FFFD. In CSV a field that a spreadsheet would run
 * as a formula (=, +, -, @, tab or CR first) gets a ' before it. In JSON, characters a terminal
 * would obey are \uXXXX.
 *
 * limit  how many at most; -1: all
 * Returns STATUS_IO when out fails. */
enum status export_comments(struct desk *desk, const struct query *query, enum export_format format,
                            int64_t limit, FILE *out, struct error *error);

/* Writes one JSON object and a newline for `list`: id, consultation, state, language, author, body,
 * submitted_at, tags. */
enum status export_list_line(struct desk *desk, int64_t comment, FILE *out, struct error *error);

/* The history of a comment as one JSON array. */
enum status export_history(struct desk *desk, int64_t comment, FILE *out, struct error *error);

#endif
