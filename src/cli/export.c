/* majlis export: comments to standard output, for other programs. */
#include "exchange/export.h"
#include "cli/cli.h"

#include "base/language.h"

enum { EVERY_COMMENT = -1 };

static enum status run_export(struct cli *cli, struct error *error)
{
    enum export_format format = EXPORT_CSV;
    struct query query;
    if (strcmp(cli->operands[0], "jsonl") == 0)
        format = EXPORT_JSONL;
    else if (strcmp(cli->operands[0], "csv") != 0)
        return error_set(error, STATUS_USAGE, _("unknown format '%s': it is csv or jsonl"),
                         cli->operands[0]);
    enum status status = cli_query(cli, 1, &query, error);
    return status ? status
                  : export_comments(&cli->desk, &query, format, EVERY_COMMENT, stdout, error);
}

const struct cli_command cli_export = {
    .name = "export",
    .usage = "csv|jsonl [QUERY]",
    .summary = N_("write comments to standard output"),
    .help = N_("Whole texts, oldest first. QUERY is what the search field takes; see "
               "majlis-query(7). All of its words may stand apart, or in one quoted operand."),
    .access = CLI_WRITE,
    .right = RIGHT_EXPORT,
    .operands_least = 1,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_export,
};
