/* majlis note: a note for colleagues on a comment. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_note(struct cli *cli, struct error *error)
{
    int64_t comment;
    struct buffer text = {0};
    enum status status = cli_comment(cli, cli->operands[0], &comment, error);
    for (int i = 1; i < cli->operand_count; i++)
        buffer_printf(&text, "%s%s", i > 1 ? " " : "", cli->operands[i]);
    if (!status)
        status = desk_note(&cli->desk, comment, buffer_str(&text), cli->now, error);
    buffer_free(&text);
    return status;
}

const struct cli_command cli_note = {
    .name = "note",
    .usage = "ID TEXT ...",
    .summary = N_("leave a note for colleagues on a comment"),
    .help = N_("The public never sees it. ID is the comment's number, or SOURCE/SOURCE_ID."),
    .access = CLI_WRITE,
    .right = RIGHT_NOTE,
    .operands_least = 2,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_note,
};
