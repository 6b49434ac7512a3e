/* majlis init: an empty database, ready for work. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/paths.h"
#include "exchange/examples.h"

#include <sys/stat.h>

enum {
    OWN_MODE = S_IRUSR | S_IWUSR,
    SHARED_MODE = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP, /* the installed one, for the group */
};

static enum status fill(struct cli *cli, struct error *error)
{
    struct moderator first = {
        .login = cli->login, .name = cli->name, .role = ROLE_SUPERVISOR, .active = true};
    enum status status = examples_load_lists(cli->store, paths_share(&cli->arena), error);
    return status ? status : moderator_add(cli->store, &first, error);
}

static enum status run_init(struct cli *cli, struct error *error)
{
    const char *path;
    struct stat there;
    enum status status = cli_place_database(cli, &path, error);
    if (status)
        return status;
    if (lstat(path, &there) == 0)
        return error_set(error, STATUS_REFUSED, _("%s is there already; nothing was changed"),
                         path);
    bool shared = strcmp(path, paths_installed_database()) == 0;
    status = cli_make_database(cli, path, shared ? SHARED_MODE : OWN_MODE, fill, error);
    if (!status)
        cli_say(_("%s is made; %.*s is its first supervisor"), path, STR_FORMAT(cli->login));
    return status;
}

const struct cli_command cli_init = {
    .name = "init",
    .usage = "",
    .summary = N_("make an empty database with reasons, tags and templates"),
    .help = N_("It is made where --db or $MAJLIS_DB says; else in the installation's folder where "
               "you may write there, else among your own files. You become its first supervisor, "
               "who may do everything an operator may; 'majlis moderator add' lets others in."),
    .access = CLI_NO_DATABASE,
    .run = run_init,
};
