/* Dates in queries. */
#include "store/query_date.h"

#include "base/digits.h"
#include "base/moment.h"

#include <stdio.h>
#include <time.h>

enum {
    SECONDS_A_WEEK = 7 * SECONDS_A_DAY,
    AGO_DIGITS_MOST = 6,   /* 999999 weeks lie behind the year 1000 by far */
    UNIX_DIGITS_LEAST = 9, /* since 1973: fewer digits are a year or a slip */
    ISO_DATE_BYTES = 10,   /* 2026-11-24 */
    ISO_DASH_AT = 4,
};

/* 1000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: what ISO 8601's four digits can write. */
static const int64_t first_moment = -30610224000, last_moment = 253402300799;

/* The seconds of a unit: h, d or w; 0 for anything else. */
static int64_t unit_seconds(char unit)
{
    switch (unit) {
    case 'h':
        return SECONDS_AN_HOUR;
    case 'd':
        return SECONDS_A_DAY;
    case 'w':
        return SECONDS_A_WEEK;
    default:
        return 0;
    }
}

static bool parse_ago(struct str text, int64_t now, int64_t *moment)
{
    long long number;
    if (text.size < 2 || text.size > AGO_DIGITS_MOST + 1 || text.data[0] < '0' ||
        text.data[0] > '9')
        return false;
    int64_t unit = unit_seconds(text.data[text.size - 1]);
    if (unit == 0 || !str_to_int64(str_part(text, 0, text.size - 1), &number))
        return false;
    *moment = now - number * unit;
    return true;
}

/* Takes the clock's figures of a moment in UTC for those of the local zone. */
static bool make_local(int64_t *moment)
{
    time_t utc = (time_t)*moment;
    struct tm parts;
    if (!gmtime_r(&utc, &parts))
        return false;
    parts.tm_isdst = -1;
    *moment = (int64_t)mktime(&parts);
    return true;
}

/* Whether a date-time that can be read says no zone: then one can still be put behind it. */
static bool says_no_zone(struct str text)
{
    enum { LONGEST = 64 };
    char zoned[LONGEST + 2];
    int64_t moment;
    if (text.size > LONGEST)
        return false;
    int size = snprintf(zoned, sizeof zoned, "%.*sZ", STR_FORMAT(text));
    return moment_parse((struct str){zoned, (size_t)size}, &moment);
}

static bool parse_date(struct str text, int64_t now, int64_t *moment)
{
    int64_t parsed;
    if (!parse_ago(text, now, &parsed)) {
        bool iso = text.size >= ISO_DATE_BYTES && text.data[ISO_DASH_AT] == '-';
        if ((!iso && text.size < UNIX_DIGITS_LEAST) || !moment_parse(text, &parsed))
            return false;
        if (parsed < first_moment || parsed > last_moment)
            return false;
        if (iso && (text.size == ISO_DATE_BYTES || says_no_zone(text)) && !make_local(&parsed))
            return false;
    }
    if (parsed < first_moment || parsed > last_moment)
        return false;
    *moment = parsed;
    return true;
}

bool query_date_parse(struct str typed, int64_t now, int64_t *moment)
{
    struct arena arena = {0};
    bool parsed = parse_date(digits_european(&arena, typed), now, moment);
    arena_free(&arena);
    return parsed;
}

bool query_date_parse_any(struct str typed, int64_t now, int64_t *moment)
{
    int64_t ago;
    if (typed.size == 0 || typed.data[0] != '+')
        return query_date_parse(typed, now, moment);
    struct arena arena = {0};
    struct str text = digits_european(&arena, str_part(typed, 1, typed.size));
    bool parsed = parse_ago(text, now, &ago) && now + (now - ago) <= last_moment;
    if (parsed)
        *moment = now + (now - ago);
    arena_free(&arena);
    return parsed;
}

int64_t query_date_next_day(int64_t start)
{
    enum { WELL_INTO_THE_NEXT = SECONDS_A_DAY + SECONDS_A_DAY / 4 }; /* clocks may be put forward */
    return moment_day_start(start + WELL_INTO_THE_NEXT);
}
