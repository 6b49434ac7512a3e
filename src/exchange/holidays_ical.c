/* Lists of holidays as iCalendar. Each event is cut out by its lines, so that a mistake can be named,
 * and read by libical, which knows how days recur. The library, with all that it brings along, is
 * loaded only here: it would make every start of the program three times as long. */
#include "exchange/holidays.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/moment.h"
#include "text/guess.h"

#include <dlfcn.h>
#include <libical/ical.h>

enum { EVENT_BYTES_MOST = 64 * 1024 };

/* --- The library --- */

#define LIBRARY_NAME "libical.so.3"
#define EACH_FUNCTION(X)                                                                           \
    X(icalcomponent_foreach_recurrence)                                                            \
    X(icalcomponent_free)                                                                          \
    X(icalcomponent_get_dtend)                                                                     \
    X(icalcomponent_get_dtstart)                                                                   \
    X(icalcomponent_get_first_property)                                                            \
    X(icalcomponent_get_next_property)                                                             \
    X(icalcomponent_get_status)                                                                    \
    X(icalcomponent_isa)                                                                           \
    X(icalerror_set_errors_are_fatal)                                                              \
    X(icalmemory_free_ring)                                                                        \
    X(icalparameter_get_language)                                                                  \
    X(icalparser_parse_string)                                                                     \
    X(icalproperty_get_first_parameter)                                                            \
    X(icalproperty_get_summary)                                                                    \
    X(icaltime_as_timet)                                                                           \
    X(icaltime_from_timet_with_zone)                                                               \
    X(icaltime_is_date)                                                                            \
    X(icaltime_is_null_time)                                                                       \
    X(icaltimezone_get_utc_timezone)

static struct library {
    void *handle;
#define DECLARE(function) __typeof__(&function) function;
    EACH_FUNCTION(DECLARE)
#undef DECLARE
} library;

static bool find_function(const char *name, void *function)
{
    void *found = dlsym(library.handle, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

/* It stays until the program ends: what it keeps for the thread would outlive it otherwise. */
static enum status load_library(struct error *error)
{
    if (library.handle)
        return OK;
    library.handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);
    bool loaded = library.handle != NULL;
#define FIND(function) loaded = loaded && find_function(#function, &library.function);
    EACH_FUNCTION(FIND)
#undef FIND
    if (loaded)
        return OK;
    if (library.handle)
        dlclose(library.handle);
    library.handle = NULL;
    return error_set(error, STATUS_IO,
                     _("iCalendar files are read by the library libical (%s), which is not "
                       "installed; a CSV file is read without it"),
                     LIBRARY_NAME);
}

/* --- Events --- */

/* A name for each language that says which it is, and else by its letters. */
static struct label read_name(icalcomponent *event)
{
    struct label name = {0};
    for (icalproperty *property =
             library.icalcomponent_get_first_property(event, ICAL_SUMMARY_PROPERTY);
         property;
         property = library.icalcomponent_get_next_property(event, ICAL_SUMMARY_PROPERTY)) {
        struct str text = str_of(library.icalproperty_get_summary(property));
        icalparameter *said =
            library.icalproperty_get_first_parameter(property, ICAL_LANGUAGE_PARAMETER);
        struct str language =
            str_of(said ? library.icalparameter_get_language(said) : guess_language(text));
        if (str_starts(language, str_of("ar")))
            name.ar = text;
        else
            name.en = text;
    }
    return name;
}

/* One event, with where its days go. */
struct event {
    struct holidays_in *in;
    int64_t line, days;
    struct label name;
};

static void occurs(icalcomponent *component, struct icaltime_span *span, void *context)
{
    struct event *event = context;
    int64_t first = (int64_t)span->start / SECONDS_A_DAY;
    (void)component;
    if (first >= event->in->first && first <= event->in->last)
        holidays_add(event->in, event->line, first, first + event->days - 1, &event->name);
}

static bool recurs(icalcomponent *component)
{
    return library.icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY) ||
           library.icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY);
}

static struct icaltimetype day_time(int64_t day)
{
    return library.icaltime_from_timet_with_zone((time_t)(day * SECONDS_A_DAY), 0,
                                                 library.icaltimezone_get_utc_timezone());
}

static void read_dates(struct event *event, icalcomponent *component)
{
    struct icaltimetype start = library.icalcomponent_get_dtstart(component);
    struct icaltimetype end = library.icalcomponent_get_dtend(component);
    if (library.icaltime_is_null_time(start)) {
        holidays_wrong(event->in, event->line, _("the event has no day (DTSTART)"));
        return;
    }
    if (!library.icaltime_is_date(start)) {
        holidays_wrong(event->in, event->line,
                       _("the event has hours; a holiday is a whole day (VALUE=DATE)"));
        return;
    }
    int64_t first = (int64_t)library.icaltime_as_timet(start) / SECONDS_A_DAY;
    /* The end of an event is the first day behind it. */
    event->days = library.icaltime_is_null_time(end)
                      ? 1
                      : (int64_t)library.icaltime_as_timet(end) / SECONDS_A_DAY - first;
    event->days = event->days == 0 ? 1 : event->days;
    if (recurs(component))
        library.icalcomponent_foreach_recurrence(component, day_time(event->in->first),
                                                 day_time(event->in->last + 1), occurs, event);
    else
        holidays_add(event->in, event->line, first, first + event->days - 1, &event->name);
}

static void read_event(struct holidays_in *in, int64_t line, struct buffer *text)
{
    icalcomponent *component = library.icalparser_parse_string(buffer_text(text));
    bool event_found = component && library.icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT;
    /* The library leaves out what it cannot read; days must not recur less often unseen. */
    if (event_found && strstr(buffer_text(text), "\nRRULE") &&
        !library.icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY))
        event_found = false;
    if (!event_found) {
        holidays_wrong(in, line, _("the event that begins here cannot be read"));
    } else if (library.icalcomponent_get_status(component) != ICAL_STATUS_CANCELLED) {
        struct event event = {.in = in, .line = line, .name = read_name(component)};
        read_dates(&event, component);
    }
    if (component)
        library.icalcomponent_free(component);
}

enum status holidays_read_ical(struct str text, struct holidays_in *in, struct error *error)
{
    struct buffer event = {0};
    struct str line;
    int64_t begun = 0;
    enum status status = load_library(error);
    if (status != OK)
        return status;
    library.icalerror_set_errors_are_fatal(0);
    for (int64_t number = 1; holidays_take_line(&text, &line); number++) {
        bool begins = str_equal(line, str_of("BEGIN:VEVENT"));
        if (begins && begun > 0)
            holidays_wrong(in, begun, _("the event that begins here does not end"));
        if (begins) {
            begun = number;
            buffer_clear(&event);
        }
        if (begun == 0)
            continue;
        buffer_add(&event, line);
        buffer_add(&event, str_of("\r\n"));
        if (event.size > EVENT_BYTES_MOST) {
            holidays_wrong(in, begun, _("the event that begins here cannot be read"));
            begun = 0;
        } else if (str_equal(line, str_of("END:VEVENT"))) {
            read_event(in, begun, &event);
            begun = 0;
        }
    }
    if (begun > 0)
        holidays_wrong(in, begun, _("the event that begins here does not end"));
    buffer_free(&event);
    library.icalmemory_free_ring();
    return OK;
}
