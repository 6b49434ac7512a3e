/* Failures: what SQLite answers, as a status and a sentence for the person who can act on it. */
#include "store/internal.h"

#include "base/language.h"
#include "base/memory.h"
#include "store/lock_owner.h"

#include <errno.h>

/* The extended result's primary code is its lowest byte. */
enum { PRIMARY_CODE = 0xff };

/* A limit on a file's size or a quota is a full disk to whoever runs into it. */
static bool is_full(int code, int system_error)
{
    if ((code & PRIMARY_CODE) == SQLITE_FULL)
        return true;
    return (code & PRIMARY_CODE) == SQLITE_IOERR &&
           (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG);
}

/* Failures of the file and of what it lies on. */
static enum status file_failed(const struct store *store, int code, int system_error,
                               struct error *error)
{
    switch (code & PRIMARY_CODE) {
    case SQLITE_IOERR:
        return error_set(error, STATUS_STORE, _("%s cannot be read or written: %s"), store->path,
                         system_error ? strerror(system_error) : sqlite3_errstr(code));
    case SQLITE_READONLY:
        return error_set(error, STATUS_STORE,
                         _("%s may only be read here; ask its owner for the right to write to it "
                           "and to its folder"),
                         store->path);
    case SQLITE_CANTOPEN:
        return error_set(error, STATUS_STORE,
                         _("%s, or a file beside it, cannot be opened: %s; ask its owner for the "
                           "right to write to its folder"),
                         store->path, system_error ? strerror(system_error) : sqlite3_errstr(code));
    case SQLITE_NOTADB:
        return error_set(error, STATUS_STORE, _("%s is not a majlis database"), store->path);
    default:
        return error_set(error, STATUS_STORE,
                         _("%s is damaged; 'majlis check' says where, a backup brings it back"),
                         store->path);
    }
}

/* Says who, where the system tells. */
static enum status busy(const struct store *store, struct error *error)
{
    struct lock_owner owner;
    if (lock_owner_find(store->path, &owner))
        return error_set(error, STATUS_BUSY,
                         _("another program is writing to %s and did not finish: %s of %s (process "
                           "%lld); try again"),
                         store->path, owner.program, owner.login, (long long)owner.process);
    return error_set(error, STATUS_BUSY,
                     _("another program is writing to %s and did not finish; try again"),
                     store->path);
}

/* What the system said to the write that failed; 0 when it is not known. A commit that fails leaves
 * it with the file of the log alone. */
static int find_system_error(struct store *store, int code)
{
    int system_error = sqlite3_system_errno(store->database);
    sqlite3_file *log = NULL;
    if (system_error != 0 || (code & PRIMARY_CODE) != SQLITE_IOERR)
        return system_error;
    sqlite3_file_control(store->database, "main", SQLITE_FCNTL_JOURNAL_POINTER, (void *)&log);
    if (log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &system_error);
    return system_error;
}

enum status store_failed(struct store *store, int code, struct error *error)
{
    int system_error = find_system_error(store, code);
    if (is_full(code, system_error))
        return error_set(error, STATUS_STORE,
                         _("there is no room left on the disk that holds %s; nothing of this was "
                           "written. Make room, then do it again"),
                         store->path);
    switch (code & PRIMARY_CODE) {
    case SQLITE_NOMEM:
        memory_exhausted();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return busy(store, error);
    case SQLITE_TOOBIG:
        return error_set(error, STATUS_INPUT, _("this text is larger than a database can hold"));
    case SQLITE_INTERRUPT:
        return error_set(error, STATUS_INTERRUPTED, _("stopped"));
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return file_failed(store, code, system_error, error);
    default:
        return error_set(error, STATUS_STORE, _("the database %s refused: %s"), store->path,
                         sqlite3_errmsg(store->database));
    }
}

enum status store_execute(struct store *store, const char *sql, struct error *error)
{
    triggers_on(store);
    int code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : store_failed(store, code, error);
}
