/* Who keeps a database locked, as Linux tells in /proc. A lock is not asked for with F_GETLK: that
 * needs the file opened once more, and closing it would let go of all locks that this process holds
 * on it. */
#include "store/lock_owner.h"

#include "base/arena.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where SQLite locks for writing: a byte of the log's shared memory (WAL_WRITE_LOCK in its WAL
 * format), or without a log the RESERVED byte of the database itself. */
enum { LOG_WRITE_BYTE = 120, RESERVED_BYTE = 0x40000001 };

enum { LINE_BYTES = 256 };

/* Reads a line of /proc/locks: "1: POSIX  ADVISORY  WRITE 123 08:01:5678 120 120". True when it is
 * a lock for writing on this byte of the file with this inode. */
static bool line_is(const char *line, unsigned long long inode, unsigned long long byte,
                    long long *process)
{
    unsigned long long line_inode, first, last;
    if (sscanf(line, "%*d: POSIX %*s WRITE %lld %*x:%*x:%llu %llu %llu", process, &line_inode,
               &first, &last) != 4)
        return false;
    return line_inode == inode && first <= byte && byte <= last;
}

static bool find_process(const char *path, unsigned long long byte, int64_t *process)
{
    struct stat file;
    char line[LINE_BYTES];
    long long holder;
    bool found = false;
    FILE *locks = stat(path, &file) == 0 ? fopen("/proc/locks", "re") : NULL;
    if (!locks)
        return false;
    while (!found && fgets(line, sizeof line, locks))
        found = line_is(line, (unsigned long long)file.st_ino, byte, &holder);
    fclose(locks);
    /* A process of another name space has no number here. */
    if (!found || holder <= 0 || holder == getpid())
        return false;
    *process = holder;
    return true;
}

/* Its program and its user, which "status" tells even of a process with rights of its own. */
static bool describe(struct lock_owner *owner)
{
    char path[64], line[LINE_BYTES];
    unsigned user = 0;
    bool named = false;
    snprintf(path, sizeof path, "/proc/%lld/status", (long long)owner->process);
    FILE *status = fopen(path, "re");
    if (!status)
        return false;
    while (fgets(line, sizeof line, status)) {
        named = named || sscanf(line, "Name: %63[^\n]", owner->program) == 1;
        if (sscanf(line, "Uid: %u", &user) == 1)
            break;
    }
    fclose(status);
    const struct passwd *entry = getpwuid(user);
    if (entry)
        snprintf(owner->login, sizeof owner->login, "%s", entry->pw_name);
    else
        snprintf(owner->login, sizeof owner->login, "%u", user);
    return named;
}

bool lock_owner_find(const char *path, struct lock_owner *owner)
{
    struct arena arena = {0};
    *owner = (struct lock_owner){0};
    bool found =
        find_process(arena_printf(&arena, "%s-shm", path), LOG_WRITE_BYTE, &owner->process) ||
        find_process(path, RESERVED_BYTE, &owner->process);
    arena_free(&arena);
    return found && describe(owner);
}
