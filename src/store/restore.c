/* Restoring: a backup, proved sound, in the place of the database; what was there is kept beside. */
#include "store/internal.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Leaves the log behind, which SQLite does only for who is alone, and then locks everybody out
 * until the connection is closed. A file too damaged to be read has nobody working on it. */
static enum status be_alone(struct store *old, struct error *error)
{
    enum { PRIMARY_CODE = 0xff, WAIT_MS = 500 };
    int code = sqlite3_open_v2(old->path, &old->database, SQLITE_OPEN_READWRITE, NULL);
    if (!old->database)
        memory_exhausted();
    sqlite3_busy_timeout(old->database, WAIT_MS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(old->database, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", NULL,
                            NULL, NULL);
    if ((code & PRIMARY_CODE) == SQLITE_BUSY)
        return error_set(error, STATUS_BUSY,
                         _("%s is open in another program; let everybody leave, then restore"),
                         old->path);
    if ((code & PRIMARY_CODE) == SQLITE_READONLY || (code & PRIMARY_CODE) == SQLITE_CANTOPEN)
        return store_failed(old, code, error);
    return OK;
}

/* The old file gets a second name before the new one takes its place, so that at every moment there
 * is a database. */
static enum status take_place(const char *fresh, const char *path, const char *kept,
                              struct error *error)
{
    struct stat old;
    if (stat(path, &old) != 0)
        return error_set(error, STATUS_IO, _("%s cannot be opened: %s"), path, strerror(errno));
    bool as_before = chmod(fresh, old.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) == 0 &&
                     (getuid() != 0 || chown(fresh, old.st_uid, old.st_gid) == 0);
    if (!as_before || link(path, kept) != 0 || rename(fresh, path) != 0)
        return error_set(error, STATUS_IO, _("%s cannot be replaced: %s"), path, strerror(errno));
    return OK;
}

static enum status replace(const char *fresh, const char *path, const char *kept,
                           struct error *error)
{
    struct stat file;
    if (stat(path, &file) != 0 && errno == ENOENT) {
        if (rename(fresh, path) == 0)
            return OK;
        return error_set(error, STATUS_IO, _("%s cannot be made: %s"), path, strerror(errno));
    }
    struct store old = {.path = database_name(path)};
    enum status status = be_alone(&old, error);
    if (status == OK)
        status = take_place(fresh, path, kept, error);
    sqlite3_close(old.database);
    free(old.path);
    return status;
}

enum status store_restore(const char *path, const char *backup, struct arena *arena,
                          const char **kept, struct error *error)
{
    char moment[MOMENT_BYTES];
    struct store *source;
    struct stat file;
    const char *fresh = arena_printf(arena, "%s.restored-%lld", path, (long long)getpid());
    *kept = stat(path, &file) == 0
                ? arena_printf(arena, "%s.before-%s-%lld", path, moment_iso(moment_now(), moment),
                               (long long)getpid())
                : NULL;
    enum status status = store_open(&source, backup, STORE_READ_ONLY, error);
    if (status != OK)
        return status;
    /* The copy is checked before it is called one. */
    status = store_backup(source, fresh, error);
    store_close(source);
    if (status != OK)
        return status;
    status = replace(fresh, path, *kept, error);
    if (status != OK)
        remove_database(fresh);
    return status;
}
