/* majlis log: the trail of all that was done, and its head, to be published. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/json_out.h"
#include "store/log.h"

enum { PAGE_ROWS = 500 };

static void print_row(struct arena *arena, const struct log_row *row)
{
    char moment[MOMENT_BYTES];
    struct buffer line = {0};
    buffer_printf(&line, "%lld  %s  ", (long long)row->sequence, moment_local(row->at, moment));
    cli_add_text(arena, &line, row->login.size ? row->login : str_of("-"), CLI_COLUMNS, false);
    buffer_printf(&line, "  ");
    cli_add_text(arena, &line, row->kind, CLI_COLUMNS, false);
    if (row->subject_id)
        buffer_printf(&line, " %lld", (long long)row->subject_id);
    buffer_printf(&line, "  ");
    cli_add_text(arena, &line, row->what, CLI_COLUMNS_ANY, false);
    puts(buffer_text(&line));
    buffer_free(&line);
}

static json_t *id_json(int64_t id)
{
    return id ? json_integer(id) : json_null();
}

/* All that is hashed, so that another program can check the chain; what stays the text it is. */
static enum status print_json(const struct log_row *row, struct error *error)
{
    json_t *object = json_object();
    char moment[MOMENT_BYTES];
    json_object_set_new(object, "sequence", json_integer(row->sequence));
    json_object_set_new(object, "at", json_integer(row->at));
    json_object_set_new(object, "moment", json_string(moment_iso(row->at, moment)));
    json_object_set_new(object, "moderator_id", id_json(row->moderator_id));
    json_object_set_new(object, "login", json_out_string(row->login));
    json_object_set_new(object, "kind", json_out_string(row->kind));
    json_object_set_new(object, "subject_id", id_json(row->subject_id));
    json_object_set_new(object, "what", json_out_string(row->what));
    json_object_set_new(object, "hash", json_out_string(row->hash));
    return json_out_write(object, stdout, error);
}

static enum status print_rows(struct cli *cli, int64_t since, struct error *error)
{
    struct arena page = {0};
    struct log_row *rows;
    size_t count = 1;
    int64_t after = 0;
    enum status status = OK;
    while (!status && count > 0) {
        status = log_page(cli->store, after, since, PAGE_ROWS, &page, &rows, &count, error);
        for (size_t i = 0; !status && i < count; i++) {
            if (cli_value(cli, "json"))
                status = print_json(&rows[i], error);
            else
                print_row(&page, &rows[i]);
            after = rows[i].sequence;
        }
        arena_reset(&page);
    }
    arena_free(&page);
    return status;
}

static enum status print_head(struct cli *cli, struct error *error)
{
    struct log_row row;
    enum status status = log_head(cli->store, &cli->arena, &row, error);
    if (status == STATUS_EMPTY)
        return error_set(error, STATUS_STORE, _("%s has no log; 'majlis check' says more"),
                         store_path(cli->store));
    if (!status)
        printf("%.*s\n", STR_FORMAT(row.hash));
    return status;
}

static enum status run_log(struct cli *cli, struct error *error)
{
    const char *text = cli_value(cli, "since");
    int64_t since = INT64_MIN;
    if (text && !moment_parse(str_of(text), &since))
        return error_set(error, STATUS_USAGE,
                         _("--since %s: it takes a date such as 2026-11-24 or "
                           "2026-11-24T10:30:00Z"),
                         text);
    return cli_value(cli, "head") ? print_head(cli, error) : print_rows(cli, since, error);
}

static const struct cli_option options[] = {
    {"since", "DATE", N_("what was done from then on")},
    {"json", NULL, N_("one JSON object a line, with all that is hashed")},
    {"head", NULL, N_("only the last row's hash, to be published")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_log = {
    .name = "log",
    .usage = "[--since DATE] [--json] | --head",
    .summary = N_("all that was done, in its order"),
    .help = N_("Each row bears a hash over the one before. Who publishes the head from time to "
               "time, and gives it to 'majlis check --head', can see whether the past is as it "
               "was."),
    .options = options,
    .access = CLI_READ,
    .right = RIGHT_EXPORT,
    .run = run_log,
};
