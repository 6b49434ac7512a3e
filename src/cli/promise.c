/* majlis promise: within how much working time agencies promise to decide and to answer. */
#include "cli/cli.h"

#include "base/language.h"

static enum status show(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 3};
    struct agency_promise *promises;
    size_t count;
    enum status status = agency_promise_list(cli->store, &cli->arena, &promises, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        const struct str parts[] = {promises[i].agency, promises[i].decide, promises[i].answer};
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
            cli_table_add(&table, parts[part].size > 0 ? parts[part] : str_of("-"));
    }
    if (!status)
        cli_table_print(&table, false, stdout);
    return status;
}

static enum status set(struct cli *cli, struct error *error)
{
    const char *decide = cli_value(cli, "decide"), *answer = cli_value(cli, "answer");
    bool changed = false;
    if (!decide && !answer)
        return error_set(error, STATUS_USAGE, _("say what is promised: --decide 2d, --answer 5d"));
    enum status status = desk_set_promise(&cli->desk, str_of(cli_value(cli, "agency")),
                                          str_of(decide), str_of(answer), &changed, error);
    if (!status && !changed)
        cli_say(_("so it was already; nothing is changed"));
    return status ? status : cli_catch_up(cli, true, error);
}

static enum status run_promise(struct cli *cli, struct error *error)
{
    bool named = cli_value(cli, "agency") || cli_value(cli, "decide") || cli_value(cli, "answer");
    if (cli->operand_count == 1 && strcmp(cli->operands[0], "set") == 0)
        return set(cli, error);
    if (!named && (cli->operand_count == 0 || strcmp(cli->operands[0], "show") == 0))
        return show(cli, error);
    return error_set(error, STATUS_USAGE, _("it is 'show' or 'set'"));
}

static const struct cli_option options[] = {
    {"agency", "SLUG", N_("of this agency alone; of all that have said nothing else without it")},
    {"decide", "16h|2d|none|default", N_("within how much working time a comment is decided")},
    {"answer", "16h|5d|none|default", N_("within how much working time a question is answered")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_promise = {
    .name = "promise",
    .usage = "[show | set [--agency SLUG] [--decide TIME] [--answer TIME]]",
    .summary = N_("by when agencies promise to decide and to answer"),
    .help =
        N_("TIME is working hours (16h), counted while people work, or working days (5d), which "
           "end with the hours of the so-manyth working day behind the one on which the comment "
           "came; see 'majlis calendar'. 'majlis stats promise' tells how far it is kept."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_most = 1,
    .run = run_promise,
};
