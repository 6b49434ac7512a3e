/* A disk that fails when it is told to: a shim before SQLite's own file system.
 *
 * The Nth write, sync or opening fails, and everything of that kind after it; or the power goes at
 * the Nth write or sync, and what was not synced by then is undone, as the disk never got it. */
#ifndef TESTS_CRASH_DISK_H
#define TESTS_CRASH_DISK_H

#include "load/office.h"
#include "store/internal.h"

#include <fcntl.h>

enum fault { FAULT_WRITE, FAULT_SYNC, FAULT_OPEN, FAULT_COUNT, FAULT_POWER = FAULT_COUNT };

static struct {
    enum fault fault;
    int64_t left; /* operations until one fails; under 0: the disk is well */
    bool struck;
} disk = {.left = -1};

/* A file of the shim: SQLite's own file lies behind it in memory. */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
    char path[256];
};

/* What is written over by a write that was not synced: enough to undo it. */
struct unsynced {
    char path[256];
    sqlite3_int64 at, old_size; /* of the file */
    int size;
    unsigned char *old; /* size bytes, as they were */
};

static struct {
    struct unsynced writes[4096];
    size_t count;
} cache;

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

/* Whether there is no power (any more). */
static bool is_dark(void)
{
    return strikes(FAULT_POWER);
}

/* Notes what is about to be written over, from at to the end of what is written or cut off. */
static void note_unsynced(sqlite3_file *file, int size, sqlite3_int64 at)
{
    const struct shim_file *shimmed = (struct shim_file *)file;
    if (disk.fault != FAULT_POWER || disk.left < 0)
        return;
    assert_true(cache.count < sizeof cache.writes / sizeof cache.writes[0]);
    struct unsynced *write = &cache.writes[cache.count++];
    *write = (struct unsynced){.at = at, .size = size, .old = calloc((size_t)size + 1, 1)};
    snprintf(write->path, sizeof write->path, "%s", shimmed->path);
    real_of(file)->pMethods->xFileSize(real_of(file), &write->old_size);
    real_of(file)->pMethods->xRead(real_of(file), write->old, size, at);
}

/* What was written so far of this file is on the disk. */
static void forget_unsynced(const char *path)
{
    size_t kept = 0;
    for (size_t i = 0; i < cache.count; i++) {
        if (strcmp(cache.writes[i].path, path) == 0)
            free(cache.writes[i].old);
        else
            cache.writes[kept++] = cache.writes[i];
    }
    cache.count = kept;
}

/* Undoes what never reached the disk: all of it or, as disks write in any order, some of it. */
static void disk_lose_unsynced(uint32_t *random, bool some)
{
    while (cache.count > 0) {
        struct unsynced *write = &cache.writes[--cache.count];
        int file = some && office_random(random, 2) == 0 ? -1 : open(write->path, O_WRONLY);
        if (file >= 0) {
            assert_int_equal(pwrite(file, write->old, (size_t)write->size, write->at), write->size);
            assert_int_equal(ftruncate(file, write->old_size), 0);
            close(file);
        }
        free(write->old);
    }
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
    if (is_dark())
        return SQLITE_IOERR_WRITE;
    note_unsynced(file, count, at);
    if (!strikes(FAULT_WRITE))
        return real_of(file)->pMethods->xWrite(real_of(file), bytes, count, at);
    real_of(file)->pMethods->xWrite(real_of(file), bytes, count / 2, at);
    return SQLITE_FULL;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    sqlite3_int64 old_size = size;
    if (is_dark())
        return SQLITE_IOERR_TRUNCATE;
    real_of(file)->pMethods->xFileSize(real_of(file), &old_size);
    if (old_size > size)
        note_unsynced(file, (int)(old_size - size), size);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    if (is_dark() || strikes(FAULT_SYNC))
        return SQLITE_IOERR_FSYNC;
    forget_unsynced(((struct shim_file *)file)->path);
    return real_of(file)->pMethods->xSync(real_of(file), flags);
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
    snprintf(opened->path, sizeof opened->path, "%s", name ? name : "");
    int code = real_vfs->xOpen(real_vfs, name, opened->real, flags, out_flags);
    if (opened->real->pMethods)
        opened->base.pMethods = &methods;
    return code;
}

/* Puts the shim before SQLite's own file system. Returns an SQLite result. */
static int disk_install(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    shim = *real_vfs;
    shim.zName = "shim";
    shim.szOsFile = (int)sizeof(struct shim_file) + real_vfs->szOsFile;
    shim.xOpen = shim_open;
    return sqlite3_vfs_register(&shim, 1);
}

#endif
