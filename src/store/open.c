/* Opening: what is a majlis database that can be worked with, and a sentence for each thing that is
 * not. Nothing is written to a file before it is known to be ours. */
#include "store/internal.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/memory.h"
#include "store/alike_internal.h"
#include "store/due.h"
#include "store/log_internal.h"
#include "store/queue_scope.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- The file, before SQLite sees it --- */

/* The file's kind and size; a file that is not there has size 0 and *there false. */
static enum status look(const char *path, bool *there, struct stat *file, struct error *error)
{
    *there = stat(path, file) == 0;
    if (!*there) {
        if (errno == ENOENT)
            return OK;
        return error_set(error, STATUS_IO, _("%s cannot be opened: %s"), path, strerror(errno));
    }
    if (S_ISDIR(file->st_mode))
        return error_set(error, STATUS_STORE,
                         _("%s is a folder; name the file of a database in it"), path);
    if (!S_ISREG(file->st_mode))
        return error_set(error, STATUS_STORE, _("%s is not an ordinary file"), path);
    return OK;
}

/* Whether the person who runs the program, or the group it was installed with, may. */
static bool may(const char *path, int how)
{
    return faccessat(AT_FDCWD, path, how, AT_EACCESS) == 0;
}

static enum status check_existing(const char *path, enum store_mode mode, struct error *error)
{
    bool there;
    struct stat file;
    enum status status = look(path, &there, &file, error);
    if (status != OK)
        return status;
    if (!there)
        return error_set(error, STATUS_NOT_FOUND,
                         _("there is no database %s; 'majlis init' makes one"), path);
    if (!may(path, R_OK))
        return error_set(error, STATUS_STORE, _("you may not read %s; ask its owner for the right"),
                         path);
    if (file.st_size == 0)
        return error_set(error, STATUS_STORE,
                         _("%s is empty, not a majlis database; 'majlis init' makes it one"), path);
    if (mode == STORE_EXISTING && !may(path, W_OK)) {
        if (errno == EROFS)
            return error_set(error, STATUS_STORE,
                             _("%s lies on a medium that can only be read; copy it to another to "
                               "work on it"),
                             path);
        return error_set(error, STATUS_STORE,
                         _("you may only read %s; ask its owner for the right to write to it"),
                         path);
    }
    return OK;
}

/* Makes the file, readable by its owner alone, unless an empty one is there. *made tells whether it
 * is this call's to remove again. */
static enum status make_file(const char *path, bool *made, struct error *error)
{
    bool there;
    struct stat file;
    enum status status = look(path, &there, &file, error);
    if (status != OK)
        return status;
    if (there && file.st_size > 0)
        return error_set(error, STATUS_REFUSED,
                         _("%s is there already and is left as it is; name another file"), path);
    if (there)
        return OK;
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return error_set(error, STATUS_IO, _("%s cannot be made: %s"), path, strerror(errno));
    close(descriptor);
    *made = true;
    return OK;
}

/* --- The connection --- */

/* The path as a URI that tells SQLite the file cannot change. In arena. */
static const char *immutable_uri(const char *path, struct arena *arena)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
    struct buffer uri = {0};
    buffer_add(&uri, str_of(path[0] == '/' ? "file://" : "file:"));
    for (; *path; path++) {
        if (strchr(safe, *path))
            buffer_add_byte(&uri, *path);
        else
            buffer_printf(&uri, "%%%02X", (unsigned)(unsigned char)*path);
    }
    buffer_add(&uri, str_of("?immutable=1"));
    const char *text = arena_copy(arena, buffer_str(&uri)).data;
    buffer_free(&uri);
    return text;
}

/* Opens the file; *code receives SQLite's answer. What is asked of a connection before anything is
 * read: a file may be made to attack who opens it. */
static void connect_file(struct store *store, const char *name, int flags, int *code)
{
    *code = sqlite3_open_v2(name, &store->database, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (!store->database)
        memory_exhausted();
    sqlite3 *database = store->database;
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, STORE_BUSY_MS);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    /* Until the file is known to be ours, closing it leaves its log as it is. */
    sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

/* A first look inside: the header and the schema are read. Returns SQLite's answer. */
static int first_read(struct store *store)
{
    return sqlite3_exec(store->database, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* Whether files can be made beside the database: SQLite keeps its log and its memory of it there. */
static bool folder_writable(const char *path)
{
    struct arena arena = {0};
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : arena_printf(&arena, "%.*s", (int)(slash - path), path);
    bool writable = may(folder, W_OK);
    arena_free(&arena);
    return writable;
}

/* Where there is no place for SQLite's memory of the log and no log, nothing is missed by doing
 * without. */
static bool may_stand_still(const char *path, struct arena *arena)
{
    struct stat log;
    bool no_log = stat(arena_printf(arena, "%s-wal", path), &log) != 0 || log.st_size == 0;
    return no_log && !folder_writable(path);
}

static int connect_read_only(struct store *store, struct arena *arena)
{
    int code;
    connect_file(store, store->path, SQLITE_OPEN_READONLY, &code);
    if (code == SQLITE_OK)
        code = first_read(store);
    if (code == SQLITE_OK || !may_stand_still(store->path, arena))
        return code;
    sqlite3_close(store->database);
    connect_file(store, immutable_uri(store->path, arena), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                 &code);
    return code == SQLITE_OK ? first_read(store) : code;
}

static int connect_store(struct store *store, enum store_mode mode)
{
    struct arena arena = {0};
    int code;
    if (mode == STORE_READ_ONLY) {
        code = connect_read_only(store, &arena);
    } else {
        connect_file(store, store->path, SQLITE_OPEN_READWRITE, &code);
        if (code == SQLITE_OK)
            code = first_read(store);
    }
    arena_free(&arena);
    return code;
}

/* --- What it is --- */

static unsigned long big_endian(const unsigned char *bytes, int count)
{
    unsigned long number = 0;
    for (int i = 0; i < count; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* Whether the file has fewer bytes than its header says: asked through SQLite's own handle, since
 * closing another one would release this process's locks. See "The Database Header" in SQLite's
 * file format. */
static bool is_cut_short(const struct store *store)
{
    enum { HEADER_BYTES = 100, PAGE_SIZE_AT = 16, PAGE_COUNT_AT = 28, LARGEST_PAGE = 65536 };
    unsigned char header[HEADER_BYTES];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(store->database, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
            SQLITE_OK ||
        !file || !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        return false;
    int code = file->pMethods->xRead(file, header, HEADER_BYTES, 0);
    if (code != SQLITE_OK)
        return code == SQLITE_IOERR_SHORT_READ;
    unsigned long page = big_endian(header + PAGE_SIZE_AT, 2);
    if (page == 1)
        page = LARGEST_PAGE;
    return (unsigned long)size < page * big_endian(header + PAGE_COUNT_AT, 4);
}

static enum status read_failed(struct store *store, int code, struct error *error)
{
    if (code == SQLITE_CORRUPT && is_cut_short(store))
        return error_set(error, STATUS_STORE,
                         _("%s is damaged: its end is missing; a backup brings it back"),
                         store->path);
    return store_failed(store, code, error);
}

static enum status read_number(struct store *store, const char *sql, int64_t *number,
                               struct error *error)
{
    struct statement statement;
    *number = 0;
    statement_start(&statement, store, sql);
    statement_single(&statement, number);
    return statement_end(&statement, error);
}

static enum status check_identity(struct store *store, enum store_mode mode, struct error *error)
{
    int64_t application, version, tables;
    enum status status = read_number(store, "PRAGMA application_id", &application, error);
    if (status == OK)
        status = read_number(store, "PRAGMA user_version", &version, error);
    if (status == OK)
        status = read_number(store, "SELECT count(*) FROM sqlite_schema", &tables, error);
    if (status != OK || (mode == STORE_NEW && tables == 0 && application == 0))
        return status;
    if (application != STORE_APPLICATION_ID)
        return error_set(error, STATUS_STORE,
                         _("%s is a database of another program, not of majlis"), store->path);
    if (version > schema_migration_count)
        return error_set(error, STATUS_STORE,
                         _("%s was made by a newer majlis (schema %lld; this one knows %d); use "
                           "that one, or bring this one up to date"),
                         store->path, (long long)version, schema_migration_count);
    if (mode == STORE_READ_ONLY && version < schema_migration_count)
        return error_set(error, STATUS_STORE,
                         _("%s was made by an older majlis (schema %lld, now %d); any command that "
                           "writes brings it up to date"),
                         store->path, (long long)version, schema_migration_count);
    return OK;
}

/* --- What is asked of it --- */

static enum status set_up(struct store *store, struct error *error)
{
    static const char settings[] = "PRAGMA foreign_keys = ON;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA cell_size_check = ON;"
                                   "PRAGMA cache_size = -" STORE_CACHE_KIB ";";
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    if (log_register(store->database) != SQLITE_OK || due_register(store) != SQLITE_OK)
        memory_exhausted();
    if (tokenizer_register(store->database, store->alike) != SQLITE_OK)
        return error_set(error, STATUS_STORE,
                         _("the SQLite library of this system has no full-text search (FTS5); "
                           "install one that has"));
    return store_execute(store, settings, error);
}

/* A log lets people read while another writes. Where it cannot be had, because someone is at work
 * or the file system shares no memory, all is as right and only slower. */
static void keep_log(struct store *store)
{
    sqlite3_exec(store->database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

/* Said once, before SQLite starts; later it is refused and nothing is lost but speed.
 *
 * What a statement changed is noted, for the case that it fails: a decision with all that is kept of
 * it comes to more than SQLite would hold in memory, and would make a file for it each time. So they
 * always stay there. (A threshold would be the size of their pieces as well, and when it comes to
 * writing one that is over 128 KiB, SQLite 3.40 writes a part of it and says that the disk is full.)
 *
 * One thread speaks to it, and nobody asks how much memory it has: locks and sums at every
 * allocation would be for nothing.
 *
 * Each small table that a statement makes for itself takes room for so many pages at once; with the
 * twenty that SQLite takes by itself, memory goes back to the system when each ends, and comes again,
 * which costs ten times what the statement does. */
static void configure(void)
{
    enum { PAGES_AT_ONCE = 4 };
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, NULL, 0, PAGES_AT_ONCE);
}

static enum status open_store(struct store *store, enum store_mode mode, struct error *error)
{
    int code = connect_store(store, mode);
    if (code != SQLITE_OK)
        return read_failed(store, code, error);
    enum status status = check_identity(store, mode, error);
    if (status == OK)
        status = set_up(store, error);
    if (status != OK || mode == STORE_READ_ONLY)
        return status;
    if (sqlite3_db_readonly(store->database, "main") == 1)
        return store_failed(store, SQLITE_READONLY, error);
    /* Asked for now: a decision must not be the first to learn of it. */
    if (!folder_writable(store->path))
        return store_failed(store, SQLITE_CANTOPEN, error);
    status = migrate(store, error);
    if (status == OK)
        keep_log(store);
    return status;
}

void remove_database(const char *path)
{
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(arena_printf(&arena, "%s%s", path, endings[i]));
    arena_free(&arena);
}

char *database_name(const char *path)
{
    struct buffer name = {0};
    if (path[0] == ':' || str_starts(str_of(path), str_of("file:")))
        buffer_add(&name, str_of("./"));
    buffer_add(&name, str_of(path));
    buffer_text(&name);
    return name.data;
}

enum status store_open(struct store **store, const char *path, enum store_mode mode,
                       struct error *error)
{
    bool made = false;
    configure();
    *store = NULL;
    enum status status =
        mode == STORE_NEW ? make_file(path, &made, error) : check_existing(path, mode, error);
    if (status != OK)
        return status;
    struct store *opened = memory_new(1, sizeof *opened);
    opened->path = database_name(path);
    opened->rare_rows = RARE_ROWS;
    opened->alike = alike_desk_new();
    opened->walk_rows = WALK_ROWS;
    opened->probe_rows = PROBE_ROWS;
    opened->stretch_ids = STRETCH_IDS;
    status = open_store(opened, mode, error);
    if (status != OK) {
        store_close(opened);
        if (made)
            remove_database(path);
        return status;
    }
    *store = opened;
    return OK;
}
