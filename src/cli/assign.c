/* majlis assign: hands a comment to a person or an agency. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_assign(struct cli *cli, struct error *error)
{
    const char *to = cli_value(cli, "to");
    size_t count = (size_t)cli->operand_count, changed;
    int64_t *comments = arena_new(&cli->arena, count, sizeof *comments);
    enum status status = OK;
    if (!to == !cli_value(cli, "nobody"))
        status =
            error_set(error, STATUS_USAGE, _("say whom: --to LOGIN, --to @AGENCY or --nobody"));
    for (size_t i = 0; !status && i < count; i++)
        status = cli_comment(cli, cli->operands[i], &comments[i], error);
    if (!status)
        status = desk_assign(&cli->desk, comments, count, str_of(to ? to : ""), cli->now, &changed,
                             error);
    if (!status)
        cli_say(ngettext("%zu comment changed hands", "%zu comments changed hands", changed),
                changed);
    return status;
}

static const struct cli_option options[] = {
    {"to", "LOGIN|@SLUG", N_("the person, or the agency; me is yourself")},
    {"nobody", NULL, N_("take it back")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_assign = {
    .name = "assign",
    .usage = "ID ... --to LOGIN|@SLUG|me | --nobody",
    .summary = N_("hand comments to a person or an agency"),
    .help = N_("ID is the comment's number, or SOURCE/SOURCE_ID. What is handed on is found by "
               "assigned: in a query."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_ASSIGN,
    .operands_least = 1,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_assign,
};
