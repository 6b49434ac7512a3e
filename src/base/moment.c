/* Moments: reading and writing points in time. */
#include "base/moment.h"

#include <stdio.h>
#include <time.h>

static int64_t fixed_now;

int64_t moment_now(void)
{
    return fixed_now ? fixed_now : (int64_t)time(NULL);
}

void moment_fix(int64_t now)
{
    fixed_now = now;
}

int64_t moment_monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes exactly count digits from the front of *s. */
static bool take_digits(struct str *s, size_t count, int *value)
{
    if (s->size < count)
        return false;
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        if (s->data[i] < '0' || s->data[i] > '9')
            return false;
        number = number * 10 + (s->data[i] - '0');
    }
    *s = str_part(*s, count, s->size);
    *value = number;
    return true;
}

static bool take_byte(struct str *s, char byte)
{
    if (s->size == 0 || s->data[0] != byte)
        return false;
    *s = str_part(*s, 1, s->size);
    return true;
}

/* ISO 8601 time of day: HH:MM, then :SS, then a fraction that is dropped. */
static bool take_time(struct str *s, struct tm *parts)
{
    if (!take_digits(s, 2, &parts->tm_hour) || !take_byte(s, ':') ||
        !take_digits(s, 2, &parts->tm_min))
        return false;
    if (take_byte(s, ':')) {
        if (!take_digits(s, 2, &parts->tm_sec))
            return false;
        if (take_byte(s, '.') || take_byte(s, ',')) {
            int digit;
            if (!take_digits(s, 1, &digit))
                return false;
            while (take_digits(s, 1, &digit))
                continue;
        }
    }
    return parts->tm_hour < 24 && parts->tm_min < 60 && parts->tm_sec <= 60;
}

static bool take_zone(struct str *s, int64_t *offset)
{
    int hours, minutes = 0, sign;
    *offset = 0;
    if (s->size == 0 || take_byte(s, 'Z') || take_byte(s, 'z'))
        return true;
    if (take_byte(s, '+'))
        sign = 1;
    else if (take_byte(s, '-'))
        sign = -1;
    else
        return false;
    if (!take_digits(s, 2, &hours))
        return false;
    take_byte(s, ':');
    if (s->size > 0 && !take_digits(s, 2, &minutes))
        return false;
    if (hours > 14 || minutes > 59)
        return false;
    *offset = sign * (hours * (int64_t)SECONDS_AN_HOUR + minutes * SECONDS_A_MINUTE);
    return true;
}

static bool parse_iso(struct str s, int64_t *seconds)
{
    struct tm parts = {0};
    int year, month, day;
    int64_t offset = 0;
    if (!take_digits(&s, 4, &year) || !take_byte(&s, '-') || !take_digits(&s, 2, &month) ||
        !take_byte(&s, '-') || !take_digits(&s, 2, &day))
        return false;
    if (take_byte(&s, 'T') || take_byte(&s, 't') || take_byte(&s, ' ')) {
        if (!take_time(&s, &parts))
            return false;
        while (take_byte(&s, ' '))
            continue;
        if (!take_zone(&s, &offset))
            return false;
    }
    if (s.size != 0)
        return false;
    parts.tm_year = year - 1900;
    parts.tm_mon = month - 1;
    parts.tm_mday = day;
    struct tm kept = parts;
    time_t moment = timegm(&parts);
    /* timegm() turns 31 February into March: a date that moved was no date. */
    if (parts.tm_mon != kept.tm_mon || parts.tm_mday != kept.tm_mday)
        return false;
    *seconds = (int64_t)moment - offset;
    return true;
}

bool moment_parse(struct str s, int64_t *seconds)
{
    enum { MILLISECOND_DIGITS = 12 }; /* Unix seconds need this many only in the year 5138 */
    long long number;
    s = str_trim(s);
    bool dashed = s.size >= 5 && s.data[4] == '-';
    if (!dashed && str_to_int64(s, &number)) {
        if (number < 0)
            return false;
        *seconds = s.size >= MILLISECOND_DIGITS ? number / 1000 : number;
        return true;
    }
    return parse_iso(s, seconds);
}

enum { YEAR_FIRST = 1900 /* of struct tm */, YEAR_DIGITS = 4, YEAR_MOST = 9999 };

/* By hand, since figures write very many; false for a year of other than four digits. */
static bool put_year(char *out, int64_t year)
{
    if (year < 0 || year > YEAR_MOST)
        return false;
    for (int i = YEAR_DIGITS; i-- > 0; year /= 10)
        out[i] = (char)('0' + year % 10);
    return true;
}

/* Two digits behind a mark; returns the place behind them. */
static char *put_two(char *out, char mark, int number)
{
    out[0] = mark;
    out[1] = (char)('0' + number / 10 % 10);
    out[2] = (char)('0' + number % 10);
    return out + 3;
}

const char *moment_iso(int64_t seconds, char out[static MOMENT_BYTES])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!gmtime_r(&moment, &parts) || !put_year(out, YEAR_FIRST + (int64_t)parts.tm_year)) {
        snprintf(out, MOMENT_BYTES, "?");
        return out;
    }
    char *at = put_two(out + YEAR_DIGITS, '-', parts.tm_mon + 1);
    at = put_two(at, '-', parts.tm_mday);
    at = put_two(at, 'T', parts.tm_hour);
    at = put_two(at, ':', parts.tm_min);
    at = put_two(at, ':', parts.tm_sec);
    memcpy(at, "Z", sizeof "Z");
    return out;
}

const char *moment_local(int64_t seconds, char out[static MOMENT_BYTES])
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!localtime_r(&moment, &parts) || strftime(out, MOMENT_BYTES, "%Y-%m-%d %H:%M", &parts) == 0)
        snprintf(out, MOMENT_BYTES, "?");
    return out;
}

int64_t moment_day_start(int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm parts;
    if (!localtime_r(&moment, &parts))
        return seconds - seconds % SECONDS_A_DAY;
    parts.tm_hour = parts.tm_min = parts.tm_sec = 0;
    parts.tm_isdst = -1;
    return (int64_t)mktime(&parts);
}
