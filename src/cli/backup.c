/* majlis backup: a consistent copy of the database, made while others work. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_backup(struct cli *cli, struct error *error)
{
    const char *path = cli->operands[0];
    enum status status = cli_may_write(cli, path, error);
    if (!status)
        status = store_backup(cli->store, path, error);
    if (!status)
        cli_say(_("%s is written and sound"), path);
    return status;
}

const struct cli_command cli_backup = {
    .name = "backup",
    .usage = "FILE",
    .summary = N_("write a copy of the database while others work"),
    .help = N_("FILE must not exist. The copy is checked before the command ends well."),
    .access = CLI_WRITE,
    .right = RIGHT_BACKUP,
    .operands_least = 1,
    .operands_most = 1,
    .run = run_backup,
};
