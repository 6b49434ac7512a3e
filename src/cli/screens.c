/* The full-screen program, on the database of this installation or of this user: what runs when no
 * command is named. It stands in no list. */
#include "cli/cli.h"

#include "base/language.h"
#include "ui/app.h"

static enum status run_screens(struct cli *cli, struct error *error)
{
    struct app_options options = {0};
    enum status status = cli_terminal(cli, &options.terminal, error);
    return status ? status : app_run(&cli->desk, &options, error);
}

const struct cli_command cli_screens = {
    .name = "",
    .usage = "",
    .summary = N_("the full-screen program"),
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .run = run_screens,
};
