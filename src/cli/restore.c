/* majlis restore: a backup takes the place of the database. It asks nobody to sit down, for the
 * database may be beyond that: who may write the file itself may restore it. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_restore(struct cli *cli, struct error *error)
{
    const char *path, *kept;
    enum status status = cli_place_database(cli, &path, error);
    if (!status)
        status = store_restore(path, cli->operands[0], &cli->arena, &kept, error);
    if (status)
        return status;
    cli_say(_("%s is what the backup holds"), path);
    if (kept)
        cli_say(_("what was there before is %s"), kept);
    return OK;
}

const struct cli_command cli_restore = {
    .name = "restore",
    .usage = "FILE",
    .summary = N_("put a backup in the place of the database"),
    .help = N_("FILE is checked first and is left as it is. What was there is kept beside. Nobody "
               "else may have the database open."),
    .access = CLI_NO_DATABASE,
    .operands_least = 1,
    .operands_most = 1,
    .run = run_restore,
};
