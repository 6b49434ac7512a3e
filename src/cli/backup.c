/* majlis backup: a consistent copy of the database, made while others work. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/privilege.h"

/* The copy is the caller's file, made with the caller's own rights. What is read of the database is
 * open already. */
static enum status copy_as_caller(struct cli *cli, const char *path, struct error *error)
{
    enum status status = privilege_lower(error);
    if (status)
        return status;
    status = store_backup(cli->store, path, error);
    enum status raised = privilege_raise(status ? NULL : error);
    return status ? status : raised;
}

static enum status run_backup(struct cli *cli, struct error *error)
{
    const char *path = cli->operands[0];
    enum status status = copy_as_caller(cli, path, error);
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
