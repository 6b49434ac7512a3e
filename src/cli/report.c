/* majlis report: what we heard, decided and answered, as one HTML file. */
#include "exchange/report.h"
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "base/privilege.h"
#include "store/query_date.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { HALF_A_DAY = SECONDS_A_DAY / 2 };

/* --- The request --- */

static enum status read_language(const struct cli *cli, enum report_language *language,
                                 struct error *error)
{
    const char *value = cli_value(cli, "lang");
    if (!value)
        value = cli->language ? cli->language : "both";
    *language = REPORT_BOTH;
    if (strcmp(value, "ar") == 0)
        *language = REPORT_ARABIC;
    else if (strcmp(value, "en") == 0)
        *language = REPORT_ENGLISH;
    else if (strcmp(value, "both") != 0)
        return error_set(error, STATUS_USAGE, _("--lang %s: it is ar, en or both"), value);
    return OK;
}

/* Reads the option's date; moment stays as it is when it was not given. */
static enum status read_date(const struct cli *cli, const char *option, int64_t *moment,
                             struct error *error)
{
    const char *value = cli_value(cli, option);
    if (!value || query_date_parse(str_of(value), cli->now, moment))
        return OK;
    return error_set(error, STATUS_USAGE,
                     _("--%s %s: it takes a date such as 2026-11-24, or how long ago, such as 7d"),
                     option, value);
}

/* Whole days: from the start of the first to the end of the last, which is in. Without --from it
 * begins with the first comment, without --to it ends today. */
static enum status read_period(struct cli *cli, struct report_request *request, struct error *error)
{
    int64_t from = cli->now, to = cli->now;
    int64_t agency = request->agency ? request->agency->id : 0;
    enum status status = read_date(cli, "to", &to, error);
    if (!status && !cli_value(cli, "from")) {
        status = report_first(cli->store, agency, &from, error);
        if (status == STATUS_EMPTY || (!status && from > to)) {
            from = to;
            status = OK;
        }
    } else if (!status) {
        status = read_date(cli, "from", &from, error);
    }
    request->from = moment_day_start(from);
    request->to = moment_day_start(moment_day_start(to) + SECONDS_A_DAY + HALF_A_DAY);
    if (!status && request->from >= request->to)
        status = error_set(error, STATUS_USAGE,
                           _("the report would end before it begins: --from "
                             "must name a day that is not after --to"));
    return status;
}

static enum status read_request(struct cli *cli, struct agency *agency,
                                struct report_request *request, struct error *error)
{
    const char *slug = cli_value(cli, "agency");
    *request = (struct report_request){.now = cli->now};
    enum status status = read_language(cli, &request->language, error);
    if (!status && slug)
        status = agency_find(cli->store, str_of(slug), &cli->arena, agency, error);
    if (!status && slug)
        request->agency = agency;
    return status ? status : read_period(cli, request, error);
}

/* --- The file --- */

static bool write_all(FILE *out, const struct buffer *page)
{
    return fwrite(page->data, 1, page->size, out) == page->size;
}

/* Writes beside the place and moves it there, so that nobody reads half a report. */
static enum status write_beside(struct cli *cli, const char *path, const struct buffer *page,
                                struct error *error)
{
    char *beside = arena_printf(&cli->arena, "%s.XXXXXX", path);
    int descriptor = mkstemp(beside);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    bool written = out && write_all(out, page) && fflush(out) == 0 && fsync(descriptor) == 0;
    int reason = errno;
    if (out && fclose(out) != 0 && written) {
        reason = errno;
        written = false;
    }
    if (written && rename(beside, path) != 0) {
        reason = errno;
        written = false;
    }
    if (written)
        return OK;
    if (descriptor >= 0)
        unlink(beside);
    return error_set(error, STATUS_IO, _("cannot write %s: %s"), path, strerror(reason));
}

/* The report is the caller's file, made with the caller's own rights. */
static enum status write_file(struct cli *cli, const char *path, const struct buffer *page,
                              struct error *error)
{
    enum status status = privilege_lower(error);
    if (status)
        return status;
    status = write_beside(cli, path, page, error);
    enum status raised = privilege_raise(status ? NULL : error);
    return status ? status : raised;
}

static enum status run_report(struct cli *cli, struct error *error)
{
    const char *path = cli_value(cli, "o");
    struct report_request request;
    struct agency agency;
    struct buffer page = {0};
    if (!path || !*path)
        return error_set(error, STATUS_USAGE,
                         _("say where the report goes: -o FILE, or -o - for standard output"));
    enum status status = read_request(cli, &agency, &request, error);
    if (!status)
        status = report_make(&cli->desk, &request, &page, error);
    if (!status && strcmp(path, "-") == 0)
        write_all(stdout, &page); /* main() looks whether it arrived */
    else if (!status)
        status = write_file(cli, path, &page, error);
    buffer_free(&page);
    return status;
}

static const struct cli_option options[] = {
    {"o", "FILE", N_("where the report goes; - is standard output")},
    {"from", "DATE", N_("the first day; without it, that of the first comment")},
    {"to", "DATE", N_("the last day, which is in; without it, today")},
    {"agency", "SLUG", N_("this agency's consultations only")},
    {"lang", "ar|en|both", N_("the language of the report; without it, both")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_report = {
    .name = "report",
    .usage = "-o FILE [--from DATE] [--to DATE] [--agency SLUG] [--lang ar|en|both]",
    .summary = N_("what was heard, decided and answered, as a page to read and print"),
    .help = N_("One HTML file that needs nothing else. It tells of the comments written in these "
               "days, without the names of those who wrote them."),
    .options = options,
    .access = CLI_READ,
    .right = RIGHT_EXPORT,
    .run = run_report,
};
