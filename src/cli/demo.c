/* majlis demo: the worked examples, made when they are not there, then opened. --fresh replaces
 * nothing but worked examples: their database bears a mark. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "exchange/examples.h"
#include "ui/app.h"

#include <sys/stat.h>

static const char mark[] = "worked-examples"; /* a setting of who made them */

static enum status example_path(struct cli *cli, const char **path, struct error *error)
{
    static const char name[] = "demo.db";
    *path = cli->database;
    if (*path)
        return OK;
    const char *own = paths_user_database(&cli->arena);
    if (!own)
        return error_set(error, STATUS_NOT_FOUND,
                         _("you have no home folder to keep a database in; name one with --db"));
    int folder = (int)(strrchr(own, '/') + 1 - own);
    *path = arena_printf(&cli->arena, "%.*s%s", folder, own, name);
    return OK;
}

/* Whether the open store is one of worked examples. */
static enum status find_mark(struct cli *cli, bool *marked, struct error *error)
{
    struct moderator *people;
    size_t count;
    *marked = false;
    enum status status = moderator_list(cli->store, &cli->arena, &people, &count, error);
    for (size_t i = 0; !status && i < count && !*marked; i++) {
        struct str value = {0};
        status = setting_get(cli->store, people[i].id, mark, &cli->arena, &value, error);
        if (status == STATUS_EMPTY || status == STATUS_NOT_FOUND)
            status = OK;
        *marked = value.size > 0;
    }
    return status;
}

/* Refuses to replace what is at path unless it is worked examples. */
static enum status may_replace(struct cli *cli, const char *path, struct error *error)
{
    bool marked = false;
    enum status status = cli_open(cli, path, STORE_READ_ONLY, error);
    if (!status)
        status = find_mark(cli, &marked, error);
    cli_close(cli);
    if (status)
        return error_prefix(error, status, _("not replaced"));
    if (!marked)
        return error_set(error, STATUS_REFUSED,
                         _("%s holds no worked examples, so --fresh does not replace it"), path);
    return OK;
}

static enum status fill(struct cli *cli, struct error *error)
{
    enum status status =
        examples_load(cli->store, paths_share(&cli->arena), cli->login, cli->name, cli->now, error);
    if (!status)
        status = cli_sit(cli, error);
    if (!status)
        status = setting_set(cli->store, cli->desk.self.id, mark, str_of("yes"), error);
    return status;
}

static enum status make_examples(struct cli *cli, const char *path, struct error *error)
{
    enum status status = cli_make_database(cli, path, S_IRUSR | S_IWUSR, fill, error);
    if (!status)
        cli_say(_("%s is made"), path);
    return status;
}

static enum status open_examples(struct cli *cli, const char *path, struct error *error)
{
    struct app_options options = {0};
    enum status status = cli_terminal(cli, &options.terminal, error);
    if (!status)
        status = cli_open(cli, path, STORE_EXISTING, error);
    if (!status)
        status = cli_sit(cli, error);
    return status ? status : app_run(&cli->desk, &options, error);
}

static enum status run_demo(struct cli *cli, struct error *error)
{
    const char *path;
    struct stat there;
    enum status status = privilege_give_up(error);
    if (!status)
        status = example_path(cli, &path, error);
    if (status)
        return status;
    bool exists = stat(path, &there) == 0, fresh = cli_value(cli, "fresh") != NULL;
    if (exists && fresh)
        status = may_replace(cli, path, error);
    if (!status && (!exists || fresh))
        status = make_examples(cli, path, error);
    if (!status && !cli_value(cli, "no-open"))
        status = open_examples(cli, path, error);
    return status;
}

static const struct cli_option options[] = {
    {"fresh", NULL, N_("make the examples anew, as of now; what was done in them is lost")},
    {"no-open", NULL, N_("make them, and do not open them")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_demo = {
    .name = "demo",
    .usage = "[--db FILE] [--fresh] [--no-open]",
    .summary = N_("open the worked examples"),
    .help = N_("Consultations as an agency meets them, in Arabic and English, ready to moderate. "
               "They are kept apart from real work, in demo.db among your own files, and you may "
               "do everything in them."),
    .options = options,
    .access = CLI_NO_DATABASE,
    .run = run_demo,
};
