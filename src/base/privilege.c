/* Keeping, laying aside and giving up the program's own group. It knows of no database. */
#include "base/privilege.h"

#include "base/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { VALUE_BYTES_MOST = 64, NAME_BYTES_MOST = 32 };

/* Process-wide, as the rights themselves are. */
static bool held;
static gid_t lent;
static char **callers; /* the environment as the caller gave it */

/* What a locale, a terminal type and a time zone are made of: never a path upwards or from the
 * root, which would name a file. */
static bool is_plain(const char *value)
{
    static const char fine[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.@+-/,<>";
    size_t size = strlen(value);
    return size <= VALUE_BYTES_MOST && strspn(value, fine) == size && value[0] != '/' &&
           !strstr(value, "..");
}

/* Whether the variable does no harm in a program with more rights than its caller. MAJLIS_DB may be
 * any path: but for the installed one, the group is given up before it is opened. */
static bool is_harmless(const char *name, const char *value)
{
    static const char *const names[] = {"TERM", "LANG", "TZ", "NO_COLOR", "MAJLIS_WIRE"};
    if (strcmp(name, "MAJLIS_DB") == 0)
        return true;
    bool known = strncmp(name, "LC_", 3) == 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        known = known || strcmp(name, names[i]) == 0;
    return known && is_plain(value) && (strcmp(name, "TZ") == 0 || !strchr(value, '/'));
}

/* Sets each of the caller's variables that is harmless, or each at all; none that is set. */
static bool set_callers(bool all)
{
    for (char **entry = callers; entry && *entry; entry++) {
        char name[NAME_BYTES_MOST + 1];
        const char *equals = strchr(*entry, '=');
        char *long_name = NULL;
        if (!equals || equals == *entry)
            continue;
        size_t size = (size_t)(equals - *entry);
        if (!all && size > NAME_BYTES_MOST)
            continue;
        if (size > NAME_BYTES_MOST && !(long_name = strndup(*entry, size)))
            return false;
        if (!long_name) {
            memcpy(name, *entry, size);
            name[size] = '\0';
        }
        bool set = true;
        if (all || is_harmless(name, equals + 1))
            set = setenv(long_name ? long_name : name, equals + 1, 0) == 0;
        free(long_name);
        if (!set)
            return false;
    }
    return true;
}

/* The kernel forgets this whenever a process's identity changes, so it is said after each change. */
static bool forbid_core(void)
{
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

static void close_strays(void)
{
    if (close_range(STDERR_FILENO + 1, ~0u, 0) == 0)
        return;
    long most = sysconf(_SC_OPEN_MAX);
    for (int descriptor = STDERR_FILENO + 1; descriptor < most; descriptor++)
        close(descriptor);
}

static enum status failed(struct error *error)
{
    return error_set(error, STATUS_IO, _("the program's group cannot be kept apart: %s"),
                     strerror(errno));
}

enum status privilege_start(struct error *error)
{
    const struct rlimit none = {0, 0};
    if (geteuid() != getuid())
        return error_set(error, STATUS_REFUSED,
                         _("majlis must not be installed set-user-ID; majlis-team(7) says how it "
                           "is installed for a team"));
    if (getegid() == getgid())
        return OK;
    held = true;
    lent = getegid();
    callers = environ;
    close_strays();
    if (setrlimit(RLIMIT_CORE, &none) != 0 || !forbid_core() || clearenv() != 0 ||
        !set_callers(false))
        return failed(error);
    return OK;
}

bool privilege_held(void)
{
    return held;
}

enum status privilege_give_up(struct error *error)
{
    gid_t real, effective, saved, own = getgid();
    if (!held)
        return OK;
    if (setresgid(own, own, own) != 0 || getresgid(&real, &effective, &saved) != 0 ||
        effective != own || saved != own)
        return error_set(error, STATUS_IO, _("cannot give up the program's group: %s"),
                         strerror(errno));
    held = false;
    return forbid_core() && set_callers(true) ? OK : failed(error);
}

enum status privilege_lower(struct error *error)
{
    if (held && (setegid(getgid()) != 0 || !forbid_core()))
        return failed(error);
    return OK;
}

enum status privilege_raise(struct error *error)
{
    if (held && (setegid(lent) != 0 || !forbid_core()))
        return failed(error);
    return OK;
}

FILE *privilege_fopen(const char *path, const char *mode)
{
    if (privilege_lower(NULL) != OK)
        return NULL;
    FILE *file = fopen(path, mode);
    int reason = errno;
    if (privilege_raise(NULL) != OK) {
        reason = errno;
        if (file)
            fclose(file);
        file = NULL;
    }
    errno = reason;
    return file;
}
