/* What is agreed on working time, by agency: hours, holidays, and by when something is decided or
 * answered. How it is worked with stands in base/working_time.h, what is due in store/due.h.
 *
 * Agency 0 stands for every agency that has said nothing else: one that has hours of its own uses
 * none of the others'; holidays of all hold for all. Writing checks no right: desk/ does, and calls
 * inside its transaction. Each writing function records in the trail what it wrote. */
#ifndef STORE_CALENDAR_H
#define STORE_CALENDAR_H

#include "base/working_time.h"
#include "store/catalog.h"

/* The policy under which the team's clock is kept: local time minus UTC, in seconds. */
#define CLOCK_POLICY "utc-offset"
enum { CLOCK_MOST = 14 * 3600 /* seconds, either way */ };

enum { CALENDAR_FIRST_DAY = 0, CALENDAR_LAST_DAY = 2932896 /* 9999-12-31 */ };

/* Hours that hold from one day to another, both in; the ordinary ones hold always. */
struct calendar_hours {
    int64_t agency_id;
    struct str agency; /* its slug; empty for agency 0 */
    int64_t first_day, last_day;
    struct str hours; /* as work_week_parse() reads them */
};
bool calendar_is_ordinary(const struct calendar_hours *hours);

struct holiday {
    int64_t agency_id;
    struct str agency;
    int64_t day;
    struct label name;
};

struct agency_promise {
    int64_t agency_id;
    struct str agency;
    struct str decide, answer; /* as work_promise_parse() reads them; empty: as agency 0 */
};

/* Everything there is, agency 0 first, then by agency and day. In arena. */
enum status calendar_hours_list(struct store *store, struct arena *arena,
                                struct calendar_hours **hours, size_t *count, struct error *error);
enum status holiday_list(struct store *store, struct arena *arena, struct holiday **holidays,
                         size_t *count, struct error *error);
enum status agency_promise_list(struct store *store, struct arena *arena,
                                struct agency_promise **promises, size_t *count,
                                struct error *error);

/* Writes hours, in place of those of the same agency and days; empty hours take these away. *changed
 * is false when all is as it was, and then nothing is recorded. */
enum status calendar_hours_write(struct store *store, const struct calendar_hours *hours,
                                 bool *changed, struct error *error);
/* Writes a holiday in place of another on that day; or takes it away. */
enum status holiday_write(struct store *store, const struct holiday *holiday, bool *changed,
                          struct error *error);
enum status holiday_remove(struct store *store, const struct holiday *holiday, bool *changed,
                           struct error *error);
/* Writes a promise; of an agency with neither part of its own nothing is kept. */
enum status agency_promise_write(struct store *store, const struct agency_promise *promise,
                                 bool *changed, struct error *error);

/* Sets the team's clock, and counts everything that is kept by its days and hours anew, which reads
 * every comment. */
enum status team_clock_write(struct store *store, int64_t seconds, bool *changed,
                             struct error *error);

/* --- ready to be worked with --- */

enum due_kind { DUE_DECIDE, DUE_ANSWER, DUE_KIND_COUNT };

enum { WITHIN_BYTES = 24 };

struct agency_calendar {
    int64_t agency_id;
    struct work_calendar calendar;
    struct work_promise promises[DUE_KIND_COUNT];
    char within[DUE_KIND_COUNT][WITHIN_BYTES]; /* the same as text: 16h, 2d */
};

/* Reads the calendars anew where they changed since; cheap where they did not. */
enum status calendars_refresh(struct store *store, struct error *error);

/* The one of an agency, as last refreshed, which happens by itself at first; agency 0's where it is
 * not known. Lives until the next refresh. NULL on a failure to read. */
const struct agency_calendar *calendar_of(struct store *store, int64_t agency);

/* Forgets what was read, such as when a transaction is rolled back. */
void calendars_forget(struct store *store);

#endif
