/* Working time: which hours of which days people work, and when so much of it has passed. Pure: no
 * database, no clock of its own.
 *
 * Days are counted from 1970-01-01 on the team's clock, which is so many seconds ahead of UTC the
 * whole year round. Minutes are those of a day; a span may end at 24:00, not after. */
#ifndef BASE_WORKING_TIME_H
#define BASE_WORKING_TIME_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    WEEK_DAYS = 7,
    WORK_SPANS_MOST = 6,   /* of one day */
    MINUTES_A_DAY = 1440,  /* and so the latest end of a span */
    WORK_DAYS_MOST = 3700, /* how far ahead a due moment is looked for: ten years */
    WORK_TEXT_MOST = 200,  /* bytes of hours as they are written */
};

struct work_span {
    int from, to; /* minutes of the day; from < to */
};

/* The spans of each weekday, Sunday first; they ascend and do not touch. */
struct work_week {
    struct work_span spans[WEEK_DAYS][WORK_SPANS_MOST];
    int counts[WEEK_DAYS];
};

/* A week that holds from one day to another, both in. */
struct work_period {
    int64_t first_day, last_day;
    struct work_week week;
};

/* One calendar. On a day the period that begins latest holds, and of those the one that ends first;
 * where none holds, nobody works. */
struct work_calendar {
    int64_t clock; /* local time minus UTC, in seconds */
    const struct work_period *periods;
    size_t period_count;
    const int64_t *holidays; /* days, ascending */
    size_t holiday_count;
};

/* How long something may take: so many working hours, or so many working days. */
struct work_promise {
    int64_t amount; /* 0: nothing is promised */
    bool days;
};

/* Reads hours as they are written: "sun-thu 07:00-14:30", with several spans
 * ("sun-wed 08:00-12:00,13:00-16:00") and several groups of days ("sun-wed 07:00-14:30; thu
 * 07:00-13:00"). Days are sun mon tue wed thu fri sat, single, with commas, or from one to another
 * around the week. Spans may stand in any order. False when text is none of this, is longer than
 * WORK_TEXT_MOST, names a day twice, or has spans that overlap. */
bool work_week_parse(struct str text, struct work_week *week);

/* The same written as work_week_parse() reads it: each run of days with the same hours is a group.
 * In arena. */
struct str work_week_text(const struct work_week *week, struct arena *arena);

/* Reads "16h" (working hours) or "5d" (working days), 1 to 9999. "none" is no promise. */
bool work_promise_parse(struct str text, struct work_promise *promise);

/* The day of a moment on the calendar's clock, and whether people work on a day at all. */
int64_t work_day_of(const struct work_calendar *calendar, int64_t moment);
bool work_is_day(const struct work_calendar *calendar, int64_t day);

/* The spans of a day: none on a holiday. *spans lives as long as the calendar. */
int work_spans_of(const struct work_calendar *calendar, int64_t day,
                  const struct work_span **spans);

/* When something that came in at a moment is due.
 *
 * Hours: when so much working time has passed since, rounded up to a whole minute; what passes
 * outside of the hours does not count. Days: at the end of the hours of the so-manyth working day
 * behind the day on which it came in, whatever day that was.
 * Returns Unix seconds, or -1 where nothing is promised or nobody works for WORK_DAYS_MOST days. */
int64_t work_due(const struct work_calendar *calendar, struct work_promise promise, int64_t since);

/* The working time between two moments, in seconds; 0 when to is not after from. Looks at
 * WORK_DAYS_MOST days at most. */
int64_t work_seconds(const struct work_calendar *calendar, int64_t from, int64_t to);

#endif
