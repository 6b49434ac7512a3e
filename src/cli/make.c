/* Making a database: whole, or not at all.
 *
 * It is made beside its place and moved there when it is filled. Signals that would end the program
 * wait so long (a second or two), so that no half-made file is left behind. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/paths.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_database(struct cli *cli, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        unlink(arena_printf(&cli->arena, "%s%s", path, endings[i]));
}

static enum status make_beside(struct cli *cli, const char *path, unsigned mode,
                               enum status (*fill)(struct cli *, struct error *),
                               struct error *error)
{
    const char *beside = arena_printf(&cli->arena, "%s.%lld", path, (long long)getpid());
    enum status status = store_open(&cli->store, beside, STORE_NEW, error);
    if (!status)
        status = fill(cli, error);
    cli_close(cli);
    if (!status && chmod(beside, mode) != 0)
        status = error_set(error, STATUS_IO, _("cannot make %s: %s"), path, strerror(errno));
    if (!status) {
        remove_database(cli, path);
        if (rename(beside, path) != 0)
            status = error_set(error, STATUS_IO, _("cannot make %s: %s"), path, strerror(errno));
    }
    if (status)
        remove_database(cli, beside);
    return status;
}

enum status cli_make_database(struct cli *cli, const char *path, unsigned mode,
                              enum status (*fill)(struct cli *, struct error *),
                              struct error *error)
{
    sigset_t endings, before;
    enum status status = path[0] ? paths_make_folders(path, error)
                                 : error_set(error, STATUS_USAGE, _("the file has no name"));
    if (status)
        return status;
    sigemptyset(&endings);
    sigaddset(&endings, SIGINT);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGHUP);
    sigprocmask(SIG_BLOCK, &endings, &before);
    status = make_beside(cli, path, mode, fill, error);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
