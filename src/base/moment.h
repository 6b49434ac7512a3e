/* Moments: Unix seconds, UTC, and the forms people and files write them in. */
#ifndef BASE_MOMENT_H
#define BASE_MOMENT_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600, SECONDS_A_DAY = 86400 };

/* The current moment in Unix seconds: the system's clock, or the fixed one set below. */
int64_t moment_now(void);

/* Fixes what moment_now() returns, so that a screen or a report can be made again exactly; main
 * sets it from $MAJLIS_NOW. 0 returns to the system's clock. */
void moment_fix(int64_t now);

/* Milliseconds of a clock that never jumps, for waits and measurements. */
int64_t moment_monotonic_ms(void);

/* Reads Unix seconds, Unix milliseconds (13 digits), or ISO 8601: 2026-11-24, 2026-11-24T10:30,
 * 2026-11-24 10:30:15.250Z, ...+03:00; a moment without a zone is UTC. All of s must be read.
 * Returns true and fills *seconds when s is one of these and a real date. */
bool moment_parse(struct str s, int64_t *seconds);

enum { MOMENT_BYTES = 32 };

/* Writes 2026-11-24T10:30:15Z (UTC), NUL-terminated; returns out. */
const char *moment_iso(int64_t seconds, char out[static MOMENT_BYTES]);

/* Writes 2026-11-24 13:30 in the local time zone, for a person; returns out. */
const char *moment_local(int64_t seconds, char out[static MOMENT_BYTES]);

/* The start of the local day that holds seconds, so that "today" is the person's own. */
int64_t moment_day_start(int64_t seconds);

#endif
