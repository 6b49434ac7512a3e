/* Where the program's own files are, found from where the program itself is. */
#include "base/paths.h"

#include "base/language.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MAJLIS_STATE_DIR
#define MAJLIS_STATE_DIR "/var/lib/majlis"
#endif

static const char *beside_program(struct arena *arena, const char *below_share)
{
    char program[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    if (size < 0)
        return arena_printf(arena, "/usr/local/share/%s", below_share);
    program[size] = '\0';
    return arena_printf(arena, "%s/../share/%s", dirname(program), below_share);
}

const char *paths_share(struct arena *arena)
{
    return beside_program(arena, "majlis");
}

const char *paths_locale(struct arena *arena)
{
    return beside_program(arena, "locale");
}

const char *paths_installed_database(void)
{
    return MAJLIS_STATE_DIR "/majlis.db";
}

static const char *home_folder(void)
{
    const char *home = getenv("HOME");
    if (home)
        return home[0] == '/' ? home : NULL;
    const struct passwd *entry = getpwuid(getuid());
    return entry && entry->pw_dir && entry->pw_dir[0] == '/' ? entry->pw_dir : NULL;
}

/* A file of the user's own.
 * variable  names the folder of its kind where it is set to an absolute path
 * usual     that folder below the home, where it is not */
static const char *user_file(struct arena *arena, const char *variable, const char *usual,
                             const char *name)
{
    const char *folder = getenv(variable), *home = home_folder();
    if (folder && folder[0] == '/')
        return arena_printf(arena, "%s/majlis/%s", folder, name);
    return home ? arena_printf(arena, "%s/%s/majlis/%s", home, usual, name) : NULL;
}

const char *paths_user_database(struct arena *arena)
{
    return user_file(arena, "XDG_DATA_HOME", ".local/share", "majlis.db");
}

const char *paths_user_settings(struct arena *arena)
{
    return user_file(arena, "XDG_CONFIG_HOME", ".config", "config");
}

const char *paths_user_terminals(struct arena *arena)
{
    return user_file(arena, "XDG_STATE_HOME", ".local/state", "terminals");
}

const char *paths_host_settings(void)
{
    return "/etc/majlis/config";
}

enum status paths_make_folders(const char *path, struct error *error)
{
    char folder[PATH_MAX];
    size_t size = strlen(path);
    if (size >= sizeof folder)
        return error_set(error, STATUS_IO, _("cannot make the folder %s: %s"), path,
                         strerror(ENAMETOOLONG));
    memcpy(folder, path, size + 1);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST)
            return error_set(error, STATUS_IO, _("cannot make the folder %s: %s"), folder,
                             strerror(errno));
        *slash = '/';
    }
    return OK;
}
