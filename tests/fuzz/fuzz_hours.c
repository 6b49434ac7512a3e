/* Working hours of any bytes: what is taken is written down and read back to the same, and a due
 * moment lies behind what it is counted from, with as much working time between. */
#include "base/working_time.h"

#include "base/moment.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void must_be_due(const struct work_week *week, int64_t since)
{
    struct work_period period = {.first_day = 0, .last_day = INT32_MAX, .week = *week};
    struct work_calendar calendar = {.clock = 3 * SECONDS_AN_HOUR, .periods = &period};
    calendar.period_count = 1;
    for (int64_t hours = 1; hours < 100; hours += 33) {
        int64_t due = work_due(&calendar, (struct work_promise){hours, false}, since);
        must(due > since && due % SECONDS_A_MINUTE == 0);
        int64_t between = work_seconds(&calendar, since, due) - hours * SECONDS_AN_HOUR;
        must(between >= 0 && between < SECONDS_A_MINUTE);
    }
    int64_t end = work_due(&calendar, (struct work_promise){1, true}, since);
    must(end > since && work_day_of(&calendar, end - 1) > work_day_of(&calendar, since));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct work_week week, again;
    if (work_week_parse((struct str){(const char *)data, size}, &week)) {
        struct str text = work_week_text(&week, &arena);
        must(work_week_parse(text, &again));
        must(str_equal(work_week_text(&again, &arena), text));
        must_be_due(&week, 1790000000 + (int64_t)size * 3517);
    }
    arena_free(&arena);
    return 0;
}
