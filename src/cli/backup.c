/* majlis backup: a consistent copy of the database, made while others work. */
#include "cli/cli.h"

#include "base/language.h"

#include <errno.h>
#include <unistd.h>

/* A program with a group of its own must not write where its caller may not. */
static enum status may_write_beside(struct cli *cli, const char *path, struct error *error)
{
    char *folder = arena_printf(&cli->arena, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    if (!cli_privileged() || access(slash ? folder : ".", W_OK | X_OK) == 0)
        return OK;
    return error_set(error, STATUS_IO, _("cannot write %s: %s"), path, strerror(errno));
}

static enum status run_backup(struct cli *cli, struct error *error)
{
    const char *path = cli->operands[0];
    enum status status = may_write_beside(cli, path, error);
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
