/* Backups: a consistent copy made while others work, and checked before it is called one. */
#include "store/check.h"

#include "base/language.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int copy_database(sqlite3 *to, sqlite3 *from)
{
    enum { ALL_PAGES = -1 };
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return sqlite3_extended_errcode(to);
    int code = sqlite3_backup_step(backup, ALL_PAGES);
    int finished = sqlite3_backup_finish(backup);
    /* A step that reached the end says so; the end itself says what went wrong. */
    return code == SQLITE_DONE ? SQLITE_OK : finished != SQLITE_OK ? finished : code;
}

/* The copy's own failures name the copy; those of reading, the store. */
static enum status copy_to(struct store *store, const char *path, struct error *error)
{
    struct store copy = {.path = database_name(path)};
    int code = sqlite3_open_v2(copy.path, &copy.database, SQLITE_OPEN_READWRITE, NULL);
    if (!copy.database)
        memory_exhausted();
    sqlite3_extended_result_codes(copy.database, 1);
    enum status status = OK;
    if (code == SQLITE_OK)
        code = copy_database(copy.database, store->database);
    if (code != SQLITE_OK)
        status = store_failed(sqlite3_errcode(store->database) == SQLITE_OK ? &copy : store, code,
                              error);
    sqlite3_close(copy.database);
    free(copy.path);
    return status;
}

/* Keeps the first sentence. */
static void keep_fault(void *context, const char *sentence)
{
    struct error *first = context;
    if (first->message[0] == '\0')
        error_set(first, OK, "%s", sentence);
}

static enum status check_copy(const char *path, struct error *error)
{
    struct store *copy;
    struct error first = {.message = ""};
    int64_t faults = 0;
    enum status status = store_open(&copy, path, STORE_EXISTING, error);
    if (status != OK)
        return status;
    status = check_store(copy, true, (struct str){0}, keep_fault, &first, &faults, error);
    store_close(copy);
    if (status == OK && faults > 0)
        return error_set(error, STATUS_STORE,
                         _("the copy is not sound, so the database is not either (%s); 'majlis "
                           "check' says more, an older backup may be sound"),
                         first.message);
    return status;
}

/* Makes the file, readable by its owner alone. */
static enum status make_copy_file(const char *path, struct error *error)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 && errno == EEXIST)
        return error_set(error, STATUS_REFUSED,
                         _("%s is there already and is left as it is; name another file"), path);
    if (descriptor < 0)
        return error_set(error, STATUS_IO, _("%s cannot be made: %s"), path, strerror(errno));
    close(descriptor);
    return OK;
}

enum status store_backup(struct store *store, const char *path, struct error *error)
{
    enum status status = make_copy_file(path, error);
    if (status != OK)
        return status;
    status = copy_to(store, path, error);
    if (status == OK)
        status = check_copy(path, error);
    if (status != OK)
        remove_database(path);
    return status;
}
