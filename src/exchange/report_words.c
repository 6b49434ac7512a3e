/* Dates, durations and names of things in a report. */
#include "exchange/report_page.h"

#include "base/language.h"
#include "base/moment.h"

#include <stdio.h>
#include <time.h>

static const char *month_words(int month)
{
    static const char *const months[] = {
        N_("January"),   N_("February"), N_("March"),    N_("April"),
        N_("May"),       N_("June"),     N_("July"),     N_("August"),
        N_("September"), N_("October"),  N_("November"), N_("December"),
    };
    return _(months[month]);
}

static struct tm local_parts(int64_t moment)
{
    time_t seconds = (time_t)moment;
    struct tm parts = {0};
    localtime_r(&seconds, &parts);
    return parts;
}

const char *report_date(int64_t moment, char out[static REPORT_WORDS_BYTES])
{
    enum { FIRST_YEAR = 1900 };
    struct tm parts = local_parts(moment);
    /* TRANSLATORS: day, month, year. */
    snprintf(out, REPORT_WORDS_BYTES, _("%d %s %d"), parts.tm_mday, month_words(parts.tm_mon),
             parts.tm_year + FIRST_YEAR);
    return out;
}

const char *report_axis_date(int64_t moment, char out[static REPORT_WORDS_BYTES])
{
    struct tm parts = local_parts(moment);
    snprintf(out, REPORT_WORDS_BYTES, "%d/%d", parts.tm_mday, parts.tm_mon + 1);
    return out;
}

const char *report_duration(int64_t seconds, char out[static REPORT_WORDS_BYTES])
{
    enum { MINUTES_AN_HOUR = 60, HOURS_A_DAY = 24 };
    int minutes = (int)(seconds / SECONDS_A_MINUTE % MINUTES_AN_HOUR);
    int hours = (int)(seconds / SECONDS_AN_HOUR % HOURS_A_DAY);
    int days = (int)(seconds / SECONDS_A_DAY);
    if (seconds < 0)
        snprintf(out, REPORT_WORDS_BYTES, "\xe2\x80\x93");
    else if (seconds < SECONDS_AN_HOUR)
        /* TRANSLATORS: minutes, in a report. */
        snprintf(out, REPORT_WORDS_BYTES, _("%d min"), minutes);
    else if (seconds < SECONDS_A_DAY)
        /* TRANSLATORS: hours and minutes, in a report. */
        snprintf(out, REPORT_WORDS_BYTES, _("%d h %d min"), hours, minutes);
    else
        /* TRANSLATORS: days and hours, in a report. */
        snprintf(out, REPORT_WORDS_BYTES, _("%d d %d h"), days, hours);
    return out;
}

const char *report_percent(int64_t part, int64_t whole, char out[static REPORT_WORDS_BYTES])
{
    enum { HUNDRED = 100 };
    if (whole == 0)
        snprintf(out, REPORT_WORDS_BYTES, "\xe2\x80\x93");
    else
        snprintf(out, REPORT_WORDS_BYTES, "%lld%%",
                 (long long)((part * 2 * HUNDRED + whole) / (2 * whole)));
    return out;
}

struct name {
    const char *stored, *words;
};

static const char *find_words(const struct name *names, size_t count, struct str stored)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(stored, str_of(names[i].stored)))
            return _(names[i].words);
    }
    return NULL;
}

const char *report_language_words(struct str code)
{
    static const struct name names[] = {
        {"ar", N_("Arabic language")},
        {"en", N_("English language")},
        {"und", N_("not recognised")},
    };
    return find_words(names, sizeof names / sizeof names[0], code);
}

const char *report_channel_words(struct str channel)
{
    static const struct name names[] = {
        {"web", N_("web site")},    {"mobile", N_("mobile application")},
        {"email", N_("e-mail")},    {"twitter", N_("social networks")},
        {"forum", N_("forum")},     {"townhall", N_("town hall")},
        {"phone", N_("telephone")}, {"letter", N_("letter")},
    };
    return find_words(names, sizeof names / sizeof names[0], channel);
}

const char *report_kind_words(struct str kind)
{
    static const struct name names[] = {
        {"consultation", N_("Consultation")},
        {"draft", N_("Draft document")},
        {"session", N_("Open session")},
    };
    return find_words(names, sizeof names / sizeof names[0], kind);
}

const char *report_state_words(enum comment_state state)
{
    static const char *const words[STATE_COUNT] = {
        [STATE_PENDING] = N_("Waiting for a decision"),
        [STATE_APPROVED] = N_("Published"),
        [STATE_REJECTED] = N_("Not published, with a reason"),
        [STATE_SPAM] = N_("Not published: spam"),
        [STATE_HELD] = N_("Set aside for later"),
        [STATE_ESCALATED] = N_("With a supervisor"),
    };
    return _(words[state]);
}
