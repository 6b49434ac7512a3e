/* majlis calendar: working hours, holidays and the team's clock, from which it follows when comments
 * are due. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "base/privilege.h"
#include "exchange/holidays.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum { DATE_BYTES = 10 /* 2026-12-18 */ };

/* --- Showing --- */

static struct str date_text(struct cli *cli, int64_t day)
{
    char iso[MOMENT_BYTES];
    return arena_copy(&cli->arena,
                      str_part(str_of(moment_iso(day * SECONDS_A_DAY, iso)), 0, DATE_BYTES));
}

static struct str slug_or_dash(struct str slug)
{
    return slug.size > 0 ? slug : str_of("-");
}

static struct str clock_text(struct cli *cli, int64_t seconds)
{
    int64_t minutes = (seconds < 0 ? -seconds : seconds) / SECONDS_A_MINUTE;
    return str_of(arena_printf(&cli->arena, "%c%02d:%02d", seconds < 0 ? '-' : '+',
                               (int)(minutes / 60), (int)(minutes % 60)));
}

static enum status show_clock(struct cli *cli, struct error *error)
{
    int64_t seconds;
    enum status status = policy_number(cli->store, CLOCK_POLICY, 0, &seconds, error);
    if (!status)
        printf("%.*s\n", STR_FORMAT(clock_text(cli, seconds)));
    return status;
}

static enum status show_hours(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 4};
    struct calendar_hours *hours;
    size_t count;
    enum status status = calendar_hours_list(cli->store, &cli->arena, &hours, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        bool ordinary = calendar_is_ordinary(&hours[i]);
        cli_table_add(&table, slug_or_dash(hours[i].agency));
        cli_table_add(&table, ordinary ? str_of("-") : date_text(cli, hours[i].first_day));
        cli_table_add(&table, ordinary ? str_of("-") : date_text(cli, hours[i].last_day));
        cli_table_add(&table, hours[i].hours);
    }
    if (!status)
        cli_table_print(&table, false, stdout);
    return status;
}

static enum status show_holidays(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 4};
    struct holiday *holidays;
    size_t count;
    enum status status = holiday_list(cli->store, &cli->arena, &holidays, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        cli_table_add(&table, slug_or_dash(holidays[i].agency));
        cli_table_add(&table, date_text(cli, holidays[i].day));
        cli_table_add(&table, holidays[i].name.ar);
        cli_table_add(&table, holidays[i].name.en);
    }
    if (!status && count > 0)
        cli_table_print(&table, false, stdout);
    return status;
}

static enum status show_all(struct cli *cli, struct error *error)
{
    enum status status = show_clock(cli, error);
    if (!status)
        status = show_hours(cli, error);
    return status ? status : show_holidays(cli, error);
}

/* --- Setting --- */

static struct str agency_of(const struct cli *cli)
{
    return str_of(cli_value(cli, "agency"));
}

static enum status read_day(const char *text, int64_t *day, struct error *error)
{
    int64_t moment;
    if (strlen(text) != DATE_BYTES || text[4] != '-' || !moment_parse(str_of(text), &moment) ||
        moment < 0)
        return error_set(error, STATUS_USAGE, _("'%s' is no date; write 2026-12-18"), text);
    *day = moment / SECONDS_A_DAY;
    return OK;
}

/* What follows from a change, told and worked out. */
static enum status follow(struct cli *cli, bool changed, struct error *error)
{
    if (!changed) {
        cli_say(_("so it was already; nothing is changed"));
        return OK;
    }
    return cli_catch_up(cli, true, error);
}

static enum status set_hours(struct cli *cli, struct error *error)
{
    const char *from = cli_value(cli, "from"), *to = cli_value(cli, "to");
    struct calendar_hours hours = {.agency = agency_of(cli),
                                   .first_day = CALENDAR_FIRST_DAY,
                                   .last_day = CALENDAR_LAST_DAY,
                                   .hours = str_of(cli->operands[1])};
    bool changed = false;
    enum status status = OK;
    if (!from != !to)
        return error_set(error, STATUS_USAGE, _("other hours hold --from one day --to another"));
    if (from)
        status = read_day(from, &hours.first_day, error);
    if (!status && to)
        status = read_day(to, &hours.last_day, error);
    if (str_equal(hours.hours, str_of("none")))
        hours.hours = (struct str){0};
    if (!status)
        status = desk_set_hours(&cli->desk, &hours, &changed, error);
    return status ? status : follow(cli, changed, error);
}

static enum status set_holiday(struct cli *cli, struct error *error)
{
    const char *to = cli_value(cli, "to");
    struct label name = {str_of(cli_value(cli, "ar")), str_of(cli_value(cli, "en"))};
    struct holidays_in in = {.arena = &cli->arena};
    int64_t first, last, changed = 0;
    enum status status = read_day(cli->operands[1], &first, error);
    last = first;
    if (!status && to)
        status = read_day(to, &last, error);
    if (!status && name.ar.size + name.en.size == 0)
        status = error_set(error, STATUS_USAGE, _("a holiday has a name: --ar NAME --en NAME"));
    if (!status)
        holidays_add(&in, 0, first, last, &name);
    if (!status && in.count == 0)
        status =
            error_set(error, STATUS_USAGE,
                      _("from the first day to the last it is %d days at most"), HOLIDAY_DAYS_MOST);
    if (!status)
        status = desk_set_holidays(&cli->desk, agency_of(cli), in.days, in.count, &changed, error);
    return status ? status : follow(cli, changed > 0, error);
}

static enum status set_workday(struct cli *cli, struct error *error)
{
    int64_t day;
    bool changed = false;
    enum status status = read_day(cli->operands[1], &day, error);
    if (!status)
        status = desk_remove_holiday(&cli->desk, agency_of(cli), day, &changed, error);
    return status ? status : follow(cli, changed, error);
}

/* "+03:00", "-3", "+5:30" or "0". */
static bool read_clock(struct str text, int64_t *seconds)
{
    enum { MINUTES_AN_HOUR = 60 };
    long long hours, minutes = 0;
    bool before = text.size > 0 && text.data[0] == '-';
    if (before || (text.size > 0 && text.data[0] == '+'))
        text = str_part(text, 1, text.size);
    const char *colon = text.size > 0 ? memchr(text.data, ':', text.size) : NULL;
    size_t size = colon ? (size_t)(colon - text.data) : text.size;
    if (size == 0 || text.data[0] < '0' || text.data[0] > '9' ||
        !str_to_int64(str_part(text, 0, size), &hours) || hours > 14)
        return false;
    if (colon &&
        (text.size != size + 3 || colon[1] < '0' || colon[1] > '9' ||
         !str_to_int64(str_part(text, size + 1, 2), &minutes) || minutes >= MINUTES_AN_HOUR))
        return false;
    *seconds = hours * SECONDS_AN_HOUR + minutes * SECONDS_A_MINUTE;
    *seconds = before ? -*seconds : *seconds;
    return true;
}

static enum status set_clock(struct cli *cli, struct error *error)
{
    int64_t seconds;
    bool changed = false;
    if (!read_clock(str_of(cli->operands[1]), &seconds))
        return error_set(error, STATUS_USAGE,
                         _("'%s' is no clock; write how far it is before UTC, as in +03:00"),
                         cli->operands[1]);
    cli_say(_("Everything is counted anew by the other clock; of many comments it takes a while"));
    enum status status = desk_set_clock(&cli->desk, seconds, &changed, error);
    return status ? status : follow(cli, changed, error);
}

/* --- Lists --- */

static void tell_wrong(void *context, int64_t line, const char *sentence)
{
    const char *name = context;
    cli_say("%s:%" PRId64 ": %s", name, line, sentence);
}

static enum status import(struct cli *cli, struct error *error)
{
    enum { YEARS_BACK = 1, YEARS_AHEAD = 10, DAYS_A_YEAR = 366 };
    const char *path = cli->operands[1];
    bool standard_input = strcmp(path, "-") == 0;
    int64_t today = cli->now / SECONDS_A_DAY, changed = 0;
    struct holidays_in in = {.name = standard_input ? _("standard input") : path,
                             .first = today - YEARS_BACK * DAYS_A_YEAR,
                             .last = today + YEARS_AHEAD * DAYS_A_YEAR,
                             .wrong = tell_wrong,
                             .arena = &cli->arena};
    char *name = arena_printf(&cli->arena, "%s", in.name);
    in.context = name;
    FILE *file = standard_input ? stdin : privilege_fopen(path, "re");
    if (!file)
        return error_set(error, STATUS_IO, _("cannot read %s: %s"), path, strerror(errno));
    enum status status = holidays_read(file, &in, error);
    if (!standard_input)
        fclose(file);
    if (!status)
        status = desk_set_holidays(&cli->desk, agency_of(cli), in.days, in.count, &changed, error);
    if (!status)
        status = cli_catch_up(cli, true, error);
    if (status)
        return status;
    cli_say(_("%lld days read: %lld are new or changed; %lld lines refused"), (long long)in.count,
            (long long)changed, (long long)in.wrong_count);
    return in.wrong_count == 0 ? OK
                               : error_set(error, STATUS_INPUT,
                                           _("not every line was a holiday; the rest is taken"));
}

static enum status run_calendar(struct cli *cli, struct error *error)
{
    static const struct {
        int operands;
        const char *word;
        enum status (*run)(struct cli *cli, struct error *error);
    } deeds[] = {
        {1, "show", show_all},          {1, "clock", show_clock},    {1, "hours", show_hours},
        {1, "holidays", show_holidays}, {2, "clock", set_clock},     {2, "hours", set_hours},
        {2, "holiday", set_holiday},    {2, "workday", set_workday}, {2, "import", import},
    };
    if (cli->operand_count == 0)
        return show_all(cli, error);
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (strcmp(cli->operands[0], deeds[i].word) == 0 && cli->operand_count == deeds[i].operands)
            return deeds[i].run(cli, error);
    }
    return error_set(error, STATUS_USAGE,
                     _("it is 'show', 'hours [HOURS|none]', 'holidays', 'holiday DATE', 'workday "
                       "DATE', 'import FILE' or 'clock [+HH:MM]'"));
}

static const struct cli_option options[] = {
    {"agency", "SLUG", N_("of this agency alone; of all that have said nothing else without it")},
    {"from", "DATE", N_("the first day on which other hours hold")},
    {"to", "DATE", N_("the last day, which is in")},
    {"ar", "NAME", N_("the holiday's name in Arabic")},
    {"en", "NAME", N_("the holiday's name in English")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_calendar = {
    .name = "calendar",
    .usage = "[show | hours [HOURS|none [--from DATE --to DATE]] | holidays |"
             " holiday DATE [--to DATE] --ar NAME --en NAME | workday DATE | import FILE|- |"
             " clock [+HH:MM]] [--agency SLUG]",
    .summary = N_("working hours, holidays and the clock by which comments are due"),
    .help = N_("HOURS are such as 'sun-wed 07:00-14:30; thu 07:00-13:00'. An agency that has hours "
               "of its own goes by these alone; holidays of all hold for each. 'import' reads a "
               "list of holidays as CSV (date, to, name_ar, name_en) or iCalendar. After a change, "
               "what is due is worked out anew."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .signed_operands = true,
    .operands_most = 2,
    .run = run_calendar,
};
