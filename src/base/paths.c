/* Where the program's own files are, found from where the program itself is. */
#include "base/paths.h"

#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
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

const char *paths_user_database(struct arena *arena)
{
    const char *data_home = getenv("XDG_DATA_HOME");
    if (data_home && data_home[0] == '/')
        return arena_printf(arena, "%s/majlis/majlis.db", data_home);
    const char *home = getenv("HOME");
    if (!home || home[0] != '/')
        return NULL;
    return arena_printf(arena, "%s/.local/share/majlis/majlis.db", home);
}
