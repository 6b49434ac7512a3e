/* The dates of a query: as people type them, in their own time zone. */
#ifndef STORE_QUERY_DATE_H
#define STORE_QUERY_DATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads 2026-11-24 (the start of that local day), 2026-11-24T10:30 (local, where no zone is said),
 * 2026-11-24T10:30:15+03:00, Unix seconds, or how long before now: 3h, 7d, 2w.
 * Returns true and fills *moment (Unix seconds) when all of text is one of these and lies between
 * the years 1000 and 9999. */
bool query_date_parse(struct str text, int64_t now, int64_t *moment);

/* The same, and how long after now: +3h, +7d, +2w. */
bool query_date_parse_any(struct str text, int64_t now, int64_t *moment);

/* The start of the local day behind the one that begins at a moment. */
int64_t query_date_next_day(int64_t start);

#endif
