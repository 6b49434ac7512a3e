/* Working time, each case worked out by hand on a calendar: Doha's clock, 2026 and the turn to 2027.
 * 2026-11-22 is a Sunday; Friday and Saturday are days off. */
#include "base/working_time.h"

#include "base/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { CLOCK = 3 * 3600, HOLIDAYS = 2, PERIODS_MOST = 3 };

static int64_t at(const char *local)
{
    char text[32];
    int64_t moment;
    snprintf(text, sizeof text, "%s+03:00", local);
    assert_true(moment_parse(str_of(text), &moment));
    return moment;
}

static int64_t day(const char *date)
{
    int64_t moment;
    assert_true(moment_parse(str_of(date), &moment));
    return moment / SECONDS_A_DAY;
}

struct setting {
    struct work_period periods[PERIODS_MOST];
    int64_t holidays[HOLIDAYS];
    struct work_calendar calendar;
};

/* The ordinary hours alone: seven and a half a day. */
static struct work_calendar *ordinary(struct setting *setting, const char *hours)
{
    setting->periods[0] = (struct work_period){.first_day = 0, .last_day = INT32_MAX};
    assert_true(work_week_parse(str_of(hours), &setting->periods[0].week));
    setting->holidays[0] = day("2026-12-18"); /* National Day, a Friday */
    setting->holidays[1] = day("2027-01-03"); /* a Sunday */
    setting->calendar =
        (struct work_calendar){CLOCK, setting->periods, 1, setting->holidays, HOLIDAYS};
    return &setting->calendar;
}

static void must_be_due(const struct work_calendar *calendar, const char *within, const char *since,
                        const char *due)
{
    struct work_promise promise;
    char text[MOMENT_BYTES];
    assert_true(work_promise_parse(str_of(within), &promise));
    int64_t found = work_due(calendar, promise, at(since));
    if (found != at(due))
        fail_msg("%s after %s is %s (UTC), not %s", within, since, moment_iso(found, text), due);
}

static void hours_pass_while_people_work(void **state)
{
    struct setting setting;
    const struct work_calendar *calendar = ordinary(&setting, "sun-thu 07:00-14:30");
    (void)state;
    must_be_due(calendar, "2h", "2026-11-22T08:00", "2026-11-22T10:00");
    /* Before hours they begin at seven; after hours, the next day. */
    must_be_due(calendar, "2h", "2026-11-22T05:15", "2026-11-22T09:00");
    must_be_due(calendar, "2h", "2026-11-22T20:00", "2026-11-23T09:00");
    /* An hour is left on Thursday; three hours of four lie on Sunday. */
    must_be_due(calendar, "4h", "2026-11-26T13:30", "2026-11-29T10:00");
    /* What fills the day to its end is due at its end, not the next morning. */
    must_be_due(calendar, "1h", "2026-11-26T13:30", "2026-11-26T14:30");
    must_be_due(calendar, "15h", "2026-11-22T07:00", "2026-11-23T14:30");
    /* At the very end of the hours nothing of the day is left. */
    must_be_due(calendar, "1h", "2026-11-26T14:30", "2026-11-29T08:00");
    /* On a day off. */
    must_be_due(calendar, "1h", "2026-11-27T09:00", "2026-11-29T08:00");
    /* Seconds are rounded up to the minute. */
    must_be_due(calendar, "2h", "2026-11-22T08:00:01", "2026-11-22T10:01");
}

static void the_year_ends_and_feasts_are_kept(void **state)
{
    struct setting setting;
    const struct work_calendar *calendar = ordinary(&setting, "sun-thu 07:00-14:30");
    (void)state;
    /* Thursday 31 December: half an hour is left. Friday, Saturday and the feast on Sunday do not
     * count, so that the rest of eight hours is seven and a half on Monday 4 January. */
    must_be_due(calendar, "8h", "2026-12-31T14:00", "2027-01-04T14:30");
    must_be_due(calendar, "1d", "2026-12-31T14:00", "2027-01-04T14:30");
    assert_int_equal(work_seconds(calendar, at("2026-12-31T14:00"), at("2027-01-04T08:00")),
                     (30 + 60) * 60);
    assert_false(work_is_day(calendar, day("2027-01-03")));
    assert_true(work_is_day(calendar, day("2027-01-04")));
    assert_false(work_is_day(calendar, day("2027-01-01")));
}

static void days_end_with_their_hours(void **state)
{
    struct setting setting;
    const struct work_calendar *calendar =
        ordinary(&setting, "sun-wed 07:00-14:30; thu 7:00-13:00");
    (void)state;
    must_be_due(calendar, "1d", "2026-11-22T08:00", "2026-11-23T14:30");
    must_be_due(calendar, "1d", "2026-11-22T23:59", "2026-11-23T14:30");
    must_be_due(calendar, "2d", "2026-11-25T08:00", "2026-11-29T14:30");
    must_be_due(calendar, "1d", "2026-11-25T08:00", "2026-11-26T13:00");
    must_be_due(calendar, "1d", "2026-11-27T08:00", "2026-11-29T14:30");
    must_be_due(calendar, "5d", "2026-11-26T08:00", "2026-12-03T13:00");
}

static void a_day_may_have_several_spans(void **state)
{
    struct setting setting;
    const struct work_calendar *calendar = ordinary(&setting, "sun-thu 16:00-18:00,08:00-12:00");
    (void)state;
    must_be_due(calendar, "1h", "2026-11-22T11:30", "2026-11-22T16:30");
    must_be_due(calendar, "4h", "2026-11-22T08:00", "2026-11-22T12:00");
    must_be_due(calendar, "6h", "2026-11-22T13:00", "2026-11-23T12:00");
    must_be_due(calendar, "1d", "2026-11-22T13:00", "2026-11-23T18:00");
    assert_int_equal(work_seconds(calendar, at("2026-11-22T11:00"), at("2026-11-22T17:00")),
                     2 * 3600);
    assert_int_equal(work_seconds(calendar, at("2026-11-22T12:30"), at("2026-11-22T15:00")), 0);
    assert_int_equal(work_seconds(calendar, at("2026-11-22T17:00"), at("2026-11-22T11:00")), 0);
}

static void other_hours_hold_for_a_time(void **state)
{
    struct setting setting;
    struct work_calendar *calendar = ordinary(&setting, "sun-thu 07:00-14:30");
    (void)state;
    /* As in Ramadan, from Monday to the Wednesday after; and within it one day of its own. */
    setting.periods[1] =
        (struct work_period){day("2027-02-08"), day("2027-02-17"), .week.counts = {0}};
    setting.periods[2] =
        (struct work_period){day("2027-02-10"), day("2027-02-10"), .week.counts = {0}};
    assert_true(work_week_parse(str_of("sun-thu 09:00-14:00"), &setting.periods[1].week));
    assert_true(work_week_parse(str_of("wed 09:00-10:00"), &setting.periods[2].week));
    calendar->period_count = 3;
    must_be_due(calendar, "1h", "2027-02-07T06:00", "2027-02-07T08:00");
    must_be_due(calendar, "1h", "2027-02-08T06:00", "2027-02-08T10:00");
    must_be_due(calendar, "6h", "2027-02-09T13:00", "2027-02-11T13:00");
    must_be_due(calendar, "1d", "2027-02-17T13:00", "2027-02-18T14:30");
}

static void nobody_may_work_at_all(void **state)
{
    struct setting setting;
    struct work_calendar *calendar = ordinary(&setting, "sun-thu 00:00-24:00");
    struct work_promise promise = {24, false};
    (void)state;
    /* Round the clock, but for the weekend. */
    must_be_due(calendar, "24h", "2026-11-26T12:00", "2026-11-29T12:00");
    calendar->period_count = 0;
    assert_int_equal(work_due(calendar, promise, at("2026-11-26T12:00")), -1);
    promise.days = true;
    assert_int_equal(work_due(calendar, promise, at("2026-11-26T12:00")), -1);
    promise.amount = 0;
    assert_int_equal(work_due(calendar, promise, at("2026-11-26T12:00")), -1);
}

static void the_clock_is_the_calendars(void **state)
{
    struct setting setting;
    struct work_calendar *calendar = ordinary(&setting, "sun-thu 07:00-14:30");
    struct work_promise promise = {1, true};
    int64_t since, due;
    (void)state;
    /* 22:00 UTC on Saturday is Sunday in Doha, and Saturday in London. */
    assert_true(moment_parse(str_of("2026-11-21T22:00:00Z"), &since));
    assert_true(moment_parse(str_of("2026-11-23T11:30:00Z"), &due));
    assert_int_equal(work_due(calendar, promise, since), due);
    calendar->clock = 0;
    assert_true(moment_parse(str_of("2026-11-22T14:30:00Z"), &due));
    assert_int_equal(work_due(calendar, promise, since), due);
    /* Before 1970 days count backwards. */
    assert_int_equal(work_day_of(calendar, -1), -1);
    calendar->clock = -3600;
    assert_int_equal(work_day_of(calendar, 0), -1);
}

static void hours_are_read_and_written(void **state)
{
    static const struct {
        const char *text, *written;
    } right[] = {
        {"sun-thu 07:00-14:30", "sun-thu 07:00-14:30"},
        {" sun-thu 7:00-14:30 ", "sun-thu 07:00-14:30"},
        {"sun,mon,tue 8:00-12:00, 13:00-17:00", "sun-tue 08:00-12:00,13:00-17:00"},
        {"fri-mon 10:00-11:00", "sun-mon 10:00-11:00; fri-sat 10:00-11:00"},
        {"thu 07:00-13:00; sun-wed 07:00-14:30", "sun-wed 07:00-14:30; thu 07:00-13:00"},
        {"sun-sat 00:00-24:00", "sun-sat 00:00-24:00"},
    };
    static const char *const wrong[] = {
        "",
        "sun-thu",
        "sun-thu 14:30-07:00",
        "sun-thu 07:00-07:00",
        "sun-thu 07:00-24:01",
        "sun-thu 07:0-08:00",
        "sun-thu 07:60-09:00",
        "sun-thu 08:00-12:00,11:00-13:00",
        "sun-thu 08:00-12:00,12:00-13:00",
        "sun-thu 08:00-12:00; mon 08:00-09:00",
        "sun,sun 08:00-12:00",
        "sun-thu 08:00-12:00 x",
        "day 08:00-12:00",
        "sun-thu 1:00-2:00,3:00-4:00,5:00-6:00,7:00-8:00,9:00-10:00,11:00-12:00,13:00-14:00",
        "sun-thu08:00-12:00",
    };
    struct arena arena = {0};
    struct work_week week;
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(work_week_parse(str_of(right[i].text), &week));
        assert_string_equal(work_week_text(&week, &arena).data, right[i].written);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (work_week_parse(str_of(wrong[i]), &week))
            fail_msg("'%s' was read", wrong[i]);
    }
    arena_free(&arena);
}

static void promises_are_read(void **state)
{
    static const char *const wrong[] = {"", "h", "0h", "5", "-5h", "5w", "10000h", "5 h", "+5h"};
    struct work_promise promise;
    (void)state;
    assert_true(work_promise_parse(str_of("16h"), &promise));
    assert_int_equal(promise.amount, 16);
    assert_false(promise.days);
    assert_true(work_promise_parse(str_of("5d"), &promise));
    assert_true(promise.days);
    assert_true(work_promise_parse(str_of("none"), &promise));
    assert_int_equal(promise.amount, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(work_promise_parse(str_of(wrong[i]), &promise));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_pass_while_people_work),
        cmocka_unit_test(the_year_ends_and_feasts_are_kept),
        cmocka_unit_test(days_end_with_their_hours),
        cmocka_unit_test(a_day_may_have_several_spans),
        cmocka_unit_test(other_hours_hold_for_a_time),
        cmocka_unit_test(nobody_may_work_at_all),
        cmocka_unit_test(the_clock_is_the_calendars),
        cmocka_unit_test(hours_are_read_and_written),
        cmocka_unit_test(promises_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
