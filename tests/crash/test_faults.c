/* Faults of the disk: the Nth write, sync or opening fails while comments are imported, decided on
 * or answered. Whatever N is, the action is done whole or not at all, the person is told, and once
 * the disk is well again, so is the database.
 *
 * A shim stands before SQLite's own file system and fails what it is told to. */
#include "load/office.h"

#include "exchange/import.h"
#include "store/internal.h"

enum fault { FAULT_WRITE, FAULT_SYNC, FAULT_OPEN, FAULT_COUNT };

static struct {
    enum fault fault;
    int64_t left; /* operations until one fails; under 0: the disk is well */
    bool struck;
} disk = {.left = -1};

/* A file of the shim: SQLite's own file lies behind it in memory. */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs shim;
static sqlite3_vfs *real_vfs;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct shim_file *)file)->real;
}

/* From the moment it first fails the disk stays ill: the way back must not need it. */
static bool strikes(enum fault fault)
{
    if (disk.left < 0 || fault != disk.fault)
        return false;
    if (disk.left > 0) {
        disk.left--;
        return false;
    }
    disk.struck = true;
    return true;
}

static int shim_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int shim_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), bytes, count, at);
}

/* Half of what was to be written is, as on a disk that fills up. */
static int shim_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    if (!strikes(FAULT_WRITE))
        return real_of(file)->pMethods->xWrite(real_of(file), bytes, count, at);
    real_of(file)->pMethods->xWrite(real_of(file), bytes, count / 2, at);
    return SQLITE_FULL;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    return strikes(FAULT_SYNC) ? SQLITE_IOERR_FSYNC
                               : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_reserved(sqlite3_file *file, int *reserved)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}

static int shim_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int shim_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int shim_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory);
}

static int shim_shm_lock(sqlite3_file *file, int from, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), from, count, flags);
}

static void shim_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int shim_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *out_flags)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 2, /* without memory maps of the database, which no write would go through */
        .xClose = shim_close,
        .xRead = shim_read,
        .xWrite = shim_write,
        .xTruncate = shim_truncate,
        .xSync = shim_sync,
        .xFileSize = shim_size,
        .xLock = shim_lock,
        .xUnlock = shim_unlock,
        .xCheckReservedLock = shim_reserved,
        .xFileControl = shim_control,
        .xSectorSize = shim_sector,
        .xDeviceCharacteristics = shim_traits,
        .xShmMap = shim_map,
        .xShmLock = shim_shm_lock,
        .xShmBarrier = shim_barrier,
        .xShmUnmap = shim_unmap,
    };
    struct shim_file *opened = (struct shim_file *)file;
    (void)vfs;
    opened->base.pMethods = NULL;
    if (strikes(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    opened->real = (sqlite3_file *)(opened + 1);
    int code = real_vfs->xOpen(real_vfs, name, opened->real, flags, out_flags);
    if (opened->real->pMethods)
        opened->base.pMethods = &methods;
    return code;
}

/* --- The actions --- */

static enum status import(struct desk *desk, struct error *error)
{
    static const char rows[] = "id,body\n1,one\n2,two\n3,three\n";
    struct import_result result;
    struct import_options options = {.format = IMPORT_CSV,
                                     .consultation = str_of("traffic"),
                                     .source = str_of("file"),
                                     .file_name = "comments",
                                     .now = OFFICE_NOW};
    FILE *in = tmpfile();
    assert_non_null(in);
    fputs(rows, in);
    rewind(in);
    enum status status = import_comments(desk, in, &options, &result, error);
    fclose(in);
    return status;
}

static enum status decide(struct desk *desk, struct error *error)
{
    const int64_t comments[] = {1, 2, 3};
    size_t decided, claimed;
    return desk_decide_many(desk, comments, 3, ACTION_APPROVE, 0, str_of("note"), OFFICE_NOW,
                            &decided, &claimed, error);
}

static enum status respond(struct desk *desk, struct error *error)
{
    int64_t id;
    return desk_draft_keep(desk, 1, str_of("Thank you"), OFFICE_NOW, &id, error);
}

/* done counts what the action leaves; it is all of it, or nothing. */
static const struct {
    const char *name;
    enum status (*act)(struct desk *desk, struct error *error);
    const char *done;
    int64_t whole;
} actions[] = {
    {"import", import,
     "SELECT (SELECT count(*) FROM comment WHERE source = 'file')"
     " + (SELECT count(*) FROM log WHERE kind = 'import')",
     4},
    {"decide", decide,
     "SELECT (SELECT count(*) FROM decision) + (SELECT count(*) FROM comment WHERE state ="
     " 'approved') + (SELECT count(*) FROM log WHERE kind = 'decision')",
     9},
    {"respond", respond,
     "SELECT (SELECT count(*) FROM response) + (SELECT count(*) FROM log WHERE kind = 'response')",
     2},
};

static int64_t ask(struct store *store, const char *sql)
{
    struct statement statement;
    struct error error;
    int64_t value = 0;
    statement_start(&statement, store, sql);
    statement_single(&statement, &value);
    office_must(statement_end(&statement, &error), &error);
    return value;
}

/* Lets the operation of this number fail during the action, on a new database. False once no fault
 * strikes any more. */
static bool strike(size_t action, enum fault fault, int64_t number)
{
    struct office office;
    struct store *store = NULL;
    struct desk desk;
    struct error error = {{0}};
    disk.left = -1;
    office_make(&office, 1, 3);
    disk.fault = fault;
    disk.struck = false;
    disk.left = number;
    enum status status = store_open(&store, office.path, STORE_EXISTING, &error);
    if (status == OK)
        status = desk_open(&desk, store, str_of("person0"), &error);
    if (status == OK) {
        status = actions[action].act(&desk, &error);
        desk_close(&desk);
    }
    if (status != OK && error.message[0] == '\0')
        fail_msg("%s: nothing was said of fault %d", actions[action].name, (int)fault);
    bool struck = disk.struck;
    store_close(store);
    disk.left = -1;
    office_must(store_open(&store, office.path, STORE_EXISTING, &error), &error);
    int64_t done = ask(store, actions[action].done);
    if (status == OK ? done != actions[action].whole : done != 0)
        fail_msg("%s, fault %d at %lld: status %d and %lld left", actions[action].name, (int)fault,
                 (long long)number, (int)status, (long long)done);
    store_close(store);
    assert_int_equal(office_faults(&office), 0);
    office_remove(&office);
    return struck;
}

static void no_fault_leaves_half_an_action(void **state)
{
    enum { OPERATIONS_MOST = 200 };
    (void)state;
    for (size_t action = 0; action < sizeof actions / sizeof *actions; action++) {
        for (int fault = 0; fault < FAULT_COUNT; fault++) {
            int64_t number = 0;
            while (strike(action, (enum fault)fault, number))
                assert_true(++number < OPERATIONS_MOST);
            /* Each action writes and each begins by opening: a fault that never strikes tests
             * nothing. */
            assert_true(number > 0);
        }
    }
}

int main(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    shim = *real_vfs;
    shim.zName = "shim";
    shim.szOsFile = (int)sizeof(struct shim_file) + real_vfs->szOsFile;
    shim.xOpen = shim_open;
    if (sqlite3_vfs_register(&shim, 1) != SQLITE_OK)
        return EXIT_FAILURE;
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_fault_leaves_half_an_action)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
