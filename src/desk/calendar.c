/* What is agreed on working time and promises: who may, what fits, and taking it in. */
#include "desk/within.h"

#include "base/language.h"
#include "store/due.h"

#include <inttypes.h>

/* Of few comments it is known at once when they are due; of more, in parts: store/catch_up.h. */
enum { COMMENTS_AT_ONCE = 2000 };

/* The agency of a slug; 0 for an empty one. */
static enum status find_agency(struct desk *desk, struct str slug, int64_t *id, struct error *error)
{
    struct arena arena = {0};
    struct agency agency = {0};
    enum status status = OK;
    if (slug.size > 0)
        status = agency_find(desk->store, slug, &arena, &agency, error);
    *id = agency.id;
    arena_free(&arena);
    return status;
}

static enum status begin(struct desk *desk, struct str agency, int64_t *id, struct error *error)
{
    enum status status = desk_require(desk, RIGHT_CALENDAR, error);
    if (status == OK)
        status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = find_agency(desk, agency, id, error);
    return status == OK ? OK : desk_finish(desk, status, error);
}

static enum status finish(struct desk *desk, enum status status, struct error *error)
{
    int64_t left;
    if (status == OK)
        status = due_catch_up(desk->store, COMMENTS_AT_ONCE, &left, error);
    return desk_finish(desk, status, error);
}

/* Hours as they are kept, or empty where they are to be taken away. */
static enum status check_hours(const struct calendar_hours *hours, struct arena *arena,
                               struct str *written, struct error *error)
{
    struct work_week week;
    *written = (struct str){0};
    if (hours->last_day < hours->first_day)
        return error_set(error, STATUS_REFUSED, _("the last day lies before the first"));
    if (hours->hours.size == 0 && hours->agency.size == 0 && calendar_is_ordinary(hours))
        return error_set(error, STATUS_REFUSED,
                         _("the ordinary hours of all can be changed, not taken away"));
    if (hours->hours.size == 0)
        return OK;
    if (!work_week_parse(hours->hours, &week))
        return error_set(error, STATUS_REFUSED,
                         _("'%.*s' are no working hours; write them as in 'sun-wed 07:00-14:30; "
                           "thu 07:00-13:00', at most %d spans a day"),
                         STR_FORMAT(hours->hours), WORK_SPANS_MOST);
    *written = work_week_text(&week, arena);
    return OK;
}

enum status desk_set_hours(struct desk *desk, const struct calendar_hours *hours, bool *changed,
                           struct error *error)
{
    struct arena arena = {0};
    struct calendar_hours written = *hours;
    *changed = false;
    enum status status = check_hours(hours, &arena, &written.hours, error);
    if (status == OK)
        status = begin(desk, hours->agency, &written.agency_id, error);
    if (status == OK)
        status = finish(desk, calendar_hours_write(desk->store, &written, changed, error), error);
    arena_free(&arena);
    return status;
}

enum status desk_set_holidays(struct desk *desk, struct str agency, const struct holiday *holidays,
                              size_t count, int64_t *changed, struct error *error)
{
    int64_t id;
    *changed = 0;
    enum status status = begin(desk, agency, &id, error);
    if (status != OK)
        return status;
    for (size_t i = 0; status == OK && i < count; i++) {
        struct holiday one = holidays[i];
        bool one_changed = false;
        one.agency_id = id;
        status = holiday_write(desk->store, &one, &one_changed, error);
        *changed += one_changed;
    }
    return finish(desk, status, error);
}

enum status desk_remove_holiday(struct desk *desk, struct str agency, int64_t day, bool *changed,
                                struct error *error)
{
    struct holiday holiday = {.day = day};
    *changed = false;
    enum status status = begin(desk, agency, &holiday.agency_id, error);
    if (status != OK)
        return status;
    return finish(desk, holiday_remove(desk->store, &holiday, changed, error), error);
}

static enum status check_promise(struct str text, struct error *error)
{
    struct work_promise promise;
    if (text.size == 0 || work_promise_parse(text, &promise))
        return OK;
    return error_set(error, STATUS_REFUSED,
                     _("'%.*s' is no promise; write 16h for working hours, 5d for working days, or "
                       "none"),
                     STR_FORMAT(text));
}

/* What is said of one part: nothing leaves it, "default" takes the agency's own away. */
static struct str part_of(struct str now, struct str said)
{
    return str_equal(said, str_of("default")) ? (struct str){0} : said.size > 0 ? said : now;
}

static enum status set_promise_within(struct desk *desk, int64_t agency, struct str decide,
                                      struct str answer, struct arena *arena, bool *changed,
                                      struct error *error)
{
    struct agency_promise *list, promise = {.agency_id = agency};
    size_t count;
    enum status status = agency_promise_list(desk->store, arena, &list, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (list[i].agency_id == agency)
            promise = list[i];
    }
    promise.decide = part_of(promise.decide, decide);
    promise.answer = part_of(promise.answer, answer);
    if (status == OK && agency == 0 && (promise.decide.size == 0 || promise.answer.size == 0))
        status = error_set(error, STATUS_REFUSED,
                           _("only an agency can go by the default; for all, say what it is, or "
                             "none"));
    return status == OK ? agency_promise_write(desk->store, &promise, changed, error) : status;
}

enum status desk_set_promise(struct desk *desk, struct str agency, struct str decide,
                             struct str answer, bool *changed, struct error *error)
{
    struct arena arena = {0};
    int64_t id;
    *changed = false;
    enum status status = check_promise(part_of((struct str){0}, decide), error);
    if (status == OK)
        status = check_promise(part_of((struct str){0}, answer), error);
    if (status == OK)
        status = begin(desk, agency, &id, error);
    if (status == OK)
        status = finish(desk, set_promise_within(desk, id, decide, answer, &arena, changed, error),
                        error);
    arena_free(&arena);
    return status;
}

enum status desk_set_clock(struct desk *desk, int64_t seconds, bool *changed, struct error *error)
{
    int64_t none;
    *changed = false;
    if (seconds < -CLOCK_MOST || seconds > CLOCK_MOST)
        return error_set(error, STATUS_REFUSED,
                         _("a clock is at most 14 hours before or behind UTC"));
    enum status status = begin(desk, (struct str){0}, &none, error);
    if (status != OK)
        return status;
    return finish(desk, team_clock_write(desk->store, seconds, changed, error), error);
}
