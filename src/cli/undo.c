/* majlis undo: takes back the caller's latest decision, of whichever session. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_undo(struct cli *cli, struct error *error)
{
    struct undone undone;
    enum status status = desk_undo(&cli->desk, true, cli->now, &undone, error);
    if (status)
        return status;
    if (undone.count > 1)
        cli_say(_("taken back: %s of %zu comments"), action_name(undone.action), undone.count);
    else
        cli_say(_("taken back: %s of comment %lld, now %s"), action_name(undone.action),
                (long long)undone.comment_id, state_name(undone.state));
    return OK;
}

const struct cli_command cli_undo = {
    .name = "undo",
    .usage = "",
    .summary = N_("take back your latest decision"),
    .help = N_("A bulk decision is taken back as a whole. What was undone stays in the history."),
    .access = CLI_WRITE,
    .right = RIGHT_DECIDE,
    .run = run_undo,
};
