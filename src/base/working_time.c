/* Working time: due moments are found by walking over days, of which there are as many as the promise
 * is long. */
#include "base/working_time.h"

#include "base/buffer.h"
#include "base/moment.h"

#include <stdlib.h>

enum {
    FIRST_WEEKDAY = 4, /* 1970-01-01 was a Thursday: Sunday is 0 */
    DAY_BYTES = 3,     /* "sun" */
    MINUTES_AN_HOUR = 60,
    PROMISE_MOST = 9999,
};

static const char *const day_names[WEEK_DAYS] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* --- Reading hours --- */

static void skip_blanks(struct str *text)
{
    while (text->size > 0 && text->data[0] == ' ')
        *text = str_part(*text, 1, text->size);
}

static bool take(struct str *text, char byte)
{
    if (text->size == 0 || text->data[0] != byte)
        return false;
    *text = str_part(*text, 1, text->size);
    return true;
}

static bool take_day(struct str *text, int *day)
{
    for (*day = 0; *day < WEEK_DAYS; ++*day) {
        if (!str_starts(*text, str_of(day_names[*day])))
            continue;
        *text = str_part(*text, DAY_BYTES, text->size);
        return true;
    }
    return false;
}

/* "sun-wed,sat" as bits. A range may go around the week: "fri-mon". */
static bool take_days(struct str *text, unsigned *days)
{
    *days = 0;
    do {
        int first, last;
        if (!take_day(text, &first))
            return false;
        last = first;
        if (take(text, '-') && !take_day(text, &last))
            return false;
        for (int day = first;; day = (day + 1) % WEEK_DAYS) {
            if (*days & (1u << day))
                return false;
            *days |= 1u << day;
            if (day == last)
                break;
        }
    } while (take(text, ','));
    return true;
}

/* One or two digits. */
static bool take_number(struct str *text, int *number)
{
    size_t digits = 0;
    for (*number = 0; digits < 2 && text->size > 0; digits++) {
        char byte = text->data[0];
        if (byte < '0' || byte > '9')
            break;
        *number = 10 * *number + (byte - '0');
        *text = str_part(*text, 1, text->size);
    }
    return digits > 0;
}

/* "7:30" or "07:30", as minutes of the day; "24:00" is its end. */
static bool take_time(struct str *text, int *minutes)
{
    int hours, rest;
    size_t before;
    if (!take_number(text, &hours) || !take(text, ':'))
        return false;
    before = text->size;
    if (!take_number(text, &rest) || before - text->size != 2 || rest >= MINUTES_AN_HOUR)
        return false;
    *minutes = hours * MINUTES_AN_HOUR + rest;
    return *minutes <= MINUTES_A_DAY;
}

static int compare_spans(const void *a, const void *b)
{
    const struct work_span *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

static bool take_spans(struct str *text, struct work_span *spans, int *count)
{
    *count = 0;
    do {
        struct work_span *span = &spans[*count];
        skip_blanks(text);
        if (*count == WORK_SPANS_MOST || !take_time(text, &span->from) || !take(text, '-') ||
            !take_time(text, &span->to) || span->from >= span->to)
            return false;
        ++*count;
        skip_blanks(text);
    } while (take(text, ','));
    qsort(spans, (size_t)*count, sizeof *spans, compare_spans);
    for (int i = 1; i < *count; i++) {
        if (spans[i].from <= spans[i - 1].to)
            return false;
    }
    return true;
}

bool work_week_parse(struct str text, struct work_week *week)
{
    *week = (struct work_week){0};
    if (text.size > WORK_TEXT_MOST)
        return false;
    text = str_trim(text);
    do {
        struct work_span spans[WORK_SPANS_MOST];
        unsigned days;
        int count;
        skip_blanks(&text);
        if (!take_days(&text, &days) || text.size == 0 || text.data[0] != ' ' ||
            !take_spans(&text, spans, &count))
            return false;
        for (int day = 0; day < WEEK_DAYS; day++) {
            if (!(days & (1u << day)))
                continue;
            if (week->counts[day] > 0)
                return false;
            memcpy(week->spans[day], spans, (size_t)count * sizeof *spans);
            week->counts[day] = count;
        }
    } while (take(&text, ';'));
    return text.size == 0;
}

/* --- Writing hours --- */

static bool same_hours(const struct work_week *week, int a, int b)
{
    if (week->counts[a] != week->counts[b])
        return false;
    for (int i = 0; i < week->counts[a]; i++) {
        if (week->spans[a][i].from != week->spans[b][i].from ||
            week->spans[a][i].to != week->spans[b][i].to)
            return false;
    }
    return true;
}

static void add_spans(struct buffer *line, const struct work_week *week, int day)
{
    for (int i = 0; i < week->counts[day]; i++) {
        struct work_span span = week->spans[day][i];
        buffer_printf(line, "%s%02d:%02d-%02d:%02d", i > 0 ? "," : " ", span.from / MINUTES_AN_HOUR,
                      span.from % MINUTES_AN_HOUR, span.to / MINUTES_AN_HOUR,
                      span.to % MINUTES_AN_HOUR);
    }
}

struct str work_week_text(const struct work_week *week, struct arena *arena)
{
    struct buffer line = {0};
    for (int day = 0; day < WEEK_DAYS; day++) {
        int last = day;
        if (week->counts[day] == 0)
            continue;
        while (last + 1 < WEEK_DAYS && same_hours(week, day, last + 1))
            last++;
        buffer_printf(&line, "%s%s", line.size > 0 ? "; " : "", day_names[day]);
        if (last > day)
            buffer_printf(&line, "-%s", day_names[last]);
        add_spans(&line, week, day);
        day = last;
    }
    struct str text = arena_copy(arena, buffer_str(&line));
    buffer_free(&line);
    return text;
}

bool work_promise_parse(struct str text, struct work_promise *promise)
{
    long long amount;
    *promise = (struct work_promise){0};
    if (str_equal(text, str_of("none")))
        return true;
    if (text.size < 2 || text.data[0] < '0' || text.data[0] > '9' ||
        !str_to_int64(str_part(text, 0, text.size - 1), &amount))
        return false;
    char unit = text.data[text.size - 1];
    if ((unit != 'h' && unit != 'd') || amount < 1 || amount > PROMISE_MOST)
        return false;
    *promise = (struct work_promise){amount, unit == 'd'};
    return true;
}

/* --- Days --- */

static int64_t floor_day(int64_t seconds)
{
    int64_t day = seconds / SECONDS_A_DAY;
    return seconds % SECONDS_A_DAY < 0 ? day - 1 : day;
}

int64_t work_day_of(const struct work_calendar *calendar, int64_t moment)
{
    return floor_day(moment + calendar->clock);
}

static bool is_holiday(const struct work_calendar *calendar, int64_t day)
{
    size_t low = 0, high = calendar->holiday_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (calendar->holidays[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calendar->holiday_count && calendar->holidays[low] == day;
}

static const struct work_period *period_of(const struct work_calendar *calendar, int64_t day)
{
    const struct work_period *found = NULL;
    for (size_t i = 0; i < calendar->period_count; i++) {
        const struct work_period *one = &calendar->periods[i];
        if (day < one->first_day || day > one->last_day)
            continue;
        if (!found || one->first_day > found->first_day ||
            (one->first_day == found->first_day && one->last_day < found->last_day))
            found = one;
    }
    return found;
}

int work_spans_of(const struct work_calendar *calendar, int64_t day, const struct work_span **spans)
{
    const struct work_period *period = period_of(calendar, day);
    int weekday = (int)((day % WEEK_DAYS + WEEK_DAYS + FIRST_WEEKDAY) % WEEK_DAYS);
    if (!period || is_holiday(calendar, day))
        return 0;
    *spans = period->week.spans[weekday];
    return period->week.counts[weekday];
}

bool work_is_day(const struct work_calendar *calendar, int64_t day)
{
    const struct work_span *spans;
    return work_spans_of(calendar, day, &spans) > 0;
}

/* The moment of a minute of a day. */
static int64_t moment_of(const struct work_calendar *calendar, int64_t day, int minute)
{
    return day * SECONDS_A_DAY + minute * (int64_t)SECONDS_A_MINUTE - calendar->clock;
}

/* --- Due moments --- */

static int64_t due_in_days(const struct work_calendar *calendar, int64_t days, int64_t since)
{
    int64_t first = work_day_of(calendar, since);
    for (int64_t day = first + 1; day <= first + WORK_DAYS_MOST; day++) {
        const struct work_span *spans;
        int count = work_spans_of(calendar, day, &spans);
        if (count > 0 && --days == 0)
            return moment_of(calendar, day, spans[count - 1].to);
    }
    return -1;
}

static int64_t whole_minute(int64_t moment)
{
    int64_t over = moment % SECONDS_A_MINUTE;
    over = over < 0 ? over + SECONDS_A_MINUTE : over;
    return over == 0 ? moment : moment + SECONDS_A_MINUTE - over;
}

static int64_t due_in_seconds(const struct work_calendar *calendar, int64_t left, int64_t since)
{
    int64_t first = work_day_of(calendar, since);
    for (int64_t day = first; day <= first + WORK_DAYS_MOST; day++) {
        const struct work_span *spans;
        int count = work_spans_of(calendar, day, &spans);
        for (int i = 0; i < count; i++) {
            int64_t from = moment_of(calendar, day, spans[i].from);
            int64_t to = moment_of(calendar, day, spans[i].to);
            from = since > from ? since : from;
            if (from >= to)
                continue;
            if (left <= to - from)
                return whole_minute(from + left);
            left -= to - from;
        }
    }
    return -1;
}

int64_t work_due(const struct work_calendar *calendar, struct work_promise promise, int64_t since)
{
    if (promise.amount <= 0)
        return -1;
    return promise.days ? due_in_days(calendar, promise.amount, since)
                        : due_in_seconds(calendar, promise.amount * SECONDS_AN_HOUR, since);
}

int64_t work_seconds(const struct work_calendar *calendar, int64_t from, int64_t to)
{
    int64_t sum = 0, first = work_day_of(calendar, from);
    for (int64_t day = first; day <= work_day_of(calendar, to) && day <= first + WORK_DAYS_MOST;
         day++) {
        const struct work_span *spans;
        int count = work_spans_of(calendar, day, &spans);
        for (int i = 0; i < count; i++) {
            int64_t begins = moment_of(calendar, day, spans[i].from);
            int64_t ends = moment_of(calendar, day, spans[i].to);
            begins = from > begins ? from : begins;
            ends = to < ends ? to : ends;
            sum += ends > begins ? ends - begins : 0;
        }
    }
    return sum;
}
