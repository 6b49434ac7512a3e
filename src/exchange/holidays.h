/* Lists of holidays coming in: CSV, or iCalendar (RFC 5545) as calendars on the web are published. */
#ifndef EXCHANGE_HOLIDAYS_H
#define EXCHANGE_HOLIDAYS_H

#include "store/calendar.h"

#include <stdio.h>

enum {
    HOLIDAYS_BYTES_MOST = 1 << 20, /* of a file */
    HOLIDAYS_MOST = 5000,          /* days in all */
    HOLIDAY_DAYS_MOST = 60,        /* of one entry, from its first day to its last */
    HOLIDAY_NAME_BYTES = 200,
};

/* Where what is read goes. wrong is told, with the line, what was left out and why. */
struct holidays_in {
    const char *name;    /* of the file, for messages */
    int64_t first, last; /* days; of what recurs, those in between are taken */
    void (*wrong)(void *context, int64_t line, const char *sentence);
    void *context;
    int64_t wrong_count;
    struct arena *arena;
    struct holiday *days; /* of agency 0; in arena, as the names are */
    size_t count, capacity;
};

/* Reads a whole list. What begins as iCalendar does is read as that; anything else is CSV whose first
 * line names the columns: date, and to (the last day, which is in) where one line is for several;
 * name_ar, name_en, or name for both. A line that is wrong is passed on and refuses nothing else.
 * STATUS_IO, or STATUS_INPUT for what is no list at all. */
enum status holidays_read(FILE *file, struct holidays_in *in, struct error *error);

/* --- for the parts of reading --- */

enum status holidays_read_csv(struct str text, struct holidays_in *in, struct error *error);
enum status holidays_read_ical(struct str text, struct holidays_in *in, struct error *error);

/* Adds the days of an entry, or tells what is wrong with it. */
void holidays_add(struct holidays_in *in, int64_t line, int64_t first, int64_t last,
                  const struct label *name);
void holidays_wrong(struct holidays_in *in, int64_t line, const char *sentence);

/* Takes the first line off text, without what ends it; false when nothing is left. */
bool holidays_take_line(struct str *text, struct str *line);

#endif
