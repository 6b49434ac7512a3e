/* Opening the store: what is made, and a sentence for each thing that is not a database to work
 * with. */
#include "unit/store_support.h"

#include "store/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Opens path, expects the status and a part of the sentence, and closes it again. */
static void refuses(struct fixture *fixture, const char *path, enum store_mode mode,
                    enum status expected, const char *part)
{
    struct store *store;
    enum status status = store_open(&store, path, mode, &fixture->error);
    if (status == OK)
        store_close(store);
    assert_int_equal(status, expected);
    must_say(fixture, part);
    assert_null(store);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A file's bytes. In the fixture's arena. */
static struct str read_file(struct fixture *fixture, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = arena_new(&fixture->arena, size + 1, 1);
    assert_int_equal(fread(bytes, 1, size, file), size);
    fclose(file);
    return (struct str){bytes, size};
}

/* Ends the fixture's store, so that its file is whole, and leaves a copy to spoil. */
static const char *closed_copy(struct fixture *fixture)
{
    const char *path = fixture_path(fixture, "copy.db");
    must(fixture, store_backup(fixture->store, path, &fixture->error));
    return path;
}

static void make_database(const char *path, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void a_new_one_is_ours_and_private(void **state)
{
    struct fixture *fixture = *state;
    struct stat file;
    assert_int_equal(stat(fixture->path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_equal(ask(fixture, "PRAGMA application_id"), STORE_APPLICATION_ID);
    assert_int_equal(ask(fixture, "PRAGMA user_version"), schema_migration_count);
    assert_int_equal(ask(fixture, "PRAGMA foreign_keys"), 1);
    assert_int_equal(ask(fixture, "PRAGMA trusted_schema"), 0);
    assert_int_equal(ask(fixture, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    assert_string_equal(store_path(fixture->store), fixture->path);
    assert_int_equal(fixture_faults(fixture), 0);
}

static void an_empty_file_can_be_made_one(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "other.db");
    struct store *store;
    write_file(path, "", 0);
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "empty");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "empty");
    must(fixture, store_open(&store, path, STORE_NEW, &fixture->error));
    store_close(store);
    must(fixture, store_open(&store, path, STORE_EXISTING, &fixture->error));
    store_close(store);
}

static void what_is_there_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "other.db");
    write_file(path, "a letter", 8);
    refuses(fixture, path, STORE_NEW, STATUS_REFUSED, "there already");
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "not a majlis database");
    assert_true(str_equal(read_file(fixture, path), str_of("a letter")));
}

static void what_is_not_there_is_said(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "fresh.db");
    refuses(fixture, path, STORE_EXISTING, STATUS_NOT_FOUND, "majlis init");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_NOT_FOUND, path);
    assert_int_not_equal(access(path, F_OK), 0);
    refuses(fixture, fixture_path(fixture, "majlis.db/below"), STORE_EXISTING, STATUS_IO, "below");
    refuses(fixture, fixture_path(fixture, "no/folder.db"), STORE_NEW, STATUS_IO, "cannot be made");
}

static void folders_and_pipes_are_no_files(void **state)
{
    struct fixture *fixture = *state;
    const char *folder = fixture_path(fixture, "ordner"), *pipe = fixture_path(fixture, "pipe");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    for (int mode = STORE_EXISTING; mode <= STORE_READ_ONLY; mode++) {
        refuses(fixture, folder, (enum store_mode)mode, STATUS_STORE, "folder");
        refuses(fixture, pipe, (enum store_mode)mode, STATUS_STORE, "ordinary");
    }
}

static void noise_is_no_database(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "other.db");
    char noise[5000];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)fixture_random(fixture, 256);
    write_file(path, noise, sizeof noise);
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "not a majlis database");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "not a majlis database");
}

static void anothers_is_refused_and_unchanged(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "other.db");
    make_database(path, "CREATE TABLE comment (id INTEGER PRIMARY KEY, body TEXT);");
    struct str before = read_file(fixture, path);
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "another program");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "another program");
    assert_true(str_equal(read_file(fixture, path), before));
}

static void a_newer_one_is_refused_and_unchanged(void **state)
{
    struct fixture *fixture = *state;
    const char *path = closed_copy(fixture);
    make_database(path, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999;");
    struct str before = read_file(fixture, path);
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "newer");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "9999");
    assert_true(str_equal(read_file(fixture, path), before));
}

static void an_older_one_is_not_written_when_only_read(void **state)
{
    struct fixture *fixture = *state;
    const char *path = closed_copy(fixture);
    make_database(path, "PRAGMA user_version = 0;");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "older");
    /* The first migration cannot run where its tables are: nothing is changed by trying. */
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "exists");
    refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "older");
}

static void a_truncated_one_is_said_to_be(void **state)
{
    struct fixture *fixture = *state;
    const char *path = closed_copy(fixture);
    struct stat file;
    assert_int_equal(stat(path, &file), 0);
    for (off_t size = file.st_size - 4096; size > 4096; size -= 5 * 4096 + 11) {
        assert_int_equal(truncate(path, size), 0);
        refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "end is missing");
        refuses(fixture, path, STORE_READ_ONLY, STATUS_STORE, "end is missing");
    }
    assert_int_equal(truncate(path, 50), 0);
    refuses(fixture, path, STORE_EXISTING, STATUS_STORE, "end is missing");
}

static void a_damaged_one_never_crashes(void **state)
{
    struct fixture *fixture = *state;
    fixture_add_text(fixture, "a comment");
    const char *path = closed_copy(fixture);
    struct str whole = read_file(fixture, path);
    int found = 0;
    enum { ROUNDS = 60, SPOILT_BYTES = 200 };
    for (int round = 0; round < ROUNDS; round++) {
        char *bytes = arena_new(&fixture->arena, whole.size, 1);
        memcpy(bytes, whole.data, whole.size);
        for (int i = 0; i < SPOILT_BYTES; i++)
            bytes[fixture_random(fixture, (uint32_t)whole.size)] ^= 0x55;
        write_file(path, bytes, whole.size);
        struct store *store;
        int64_t faults = 0;
        enum status status = store_open(&store, path, STORE_EXISTING, &fixture->error);
        if (status == OK)
            status = store_check(store, (struct str){0}, NULL, NULL, &faults, &fixture->error);
        found += status != OK || faults > 0;
        if (status != OK)
            assert_int_equal(status, STATUS_STORE);
        store_close(store);
    }
    assert_int_equal(found, ROUNDS);
}

/* Runs check() as a user without rights; skips where that cannot be. */
static void as_nobody(struct fixture *fixture, int (*check)(struct fixture *fixture))
{
    enum { NOBODY = 65534, CANNOT = 77 };
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(CANNOT);
        _exit(check(fixture));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* 0 when the copy opens for reading, shows its comments and takes no change; else which step. */
static int reads_only(struct fixture *fixture)
{
    struct store *store;
    struct query query = {0};
    struct comment_row *rows;
    size_t count = 0;
    const char *path = fixture_path(fixture, "copy.db");
    if (store_open(&store, path, STORE_READ_ONLY, &fixture->error) != OK)
        return 1;
    if (queue_page(store, &query, NULL, QUEUE_AFTER, 10, &fixture->arena, &rows, &count,
                   &fixture->error) != OK ||
        count != 1)
        return 2;
    int64_t faults = -1;
    if (store_check(store, (struct str){0}, NULL, NULL, &faults, &fixture->error) != OK ||
        faults != 0)
        return 3;
    if (store_begin(store, &fixture->error) == OK &&
        setting_set(store, 1, "a", str_of("b"), &fixture->error) != STATUS_STORE)
        return 4;
    if (!strstr(fixture->error.message, "read"))
        return 5;
    store_close(store);
    if (store_open(&store, path, STORE_EXISTING, &fixture->error) != STATUS_STORE)
        return 6;
    return strstr(fixture->error.message, "only read") ? 0 : 7;
}

static int may_not_read(struct fixture *fixture)
{
    struct store *store;
    const char *path = fixture_path(fixture, "copy.db");
    if (store_open(&store, path, STORE_READ_ONLY, &fixture->error) != STATUS_STORE)
        return 1;
    return strstr(fixture->error.message, "may not read") ? 0 : 2;
}

/* A file that may be written, in a folder that may not: the log has no place. */
static int may_not_log(struct fixture *fixture)
{
    struct store *store;
    const char *path = fixture_path(fixture, "copy.db");
    if (store_open(&store, path, STORE_EXISTING, &fixture->error) != STATUS_STORE)
        return 1;
    return strstr(fixture->error.message, "folder") ? 0 : 2;
}

static void rights_decide(void **state)
{
    struct fixture *fixture = *state;
    fixture_add_text(fixture, "a comment");
    const char *path = closed_copy(fixture);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    as_nobody(fixture, reads_only);
    assert_int_equal(chmod(fixture->folder, 0777), 0);
    as_nobody(fixture, reads_only);
    assert_int_equal(chmod(fixture->folder, 0555), 0);
    assert_int_equal(chmod(path, 0666), 0);
    as_nobody(fixture, may_not_log);
    assert_int_equal(chmod(path, 0), 0);
    as_nobody(fixture, may_not_read);
    assert_int_equal(chmod(fixture->folder, 0700), 0);
}

static void a_name_is_only_a_name(void **state)
{
    struct fixture *fixture = *state;
    char here[4096];
    struct store *store;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(fixture->folder), 0);
    static const char *const names[] = {":memory:", "file:x?mode=memory", "a%41?b#c"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        must(fixture, store_open(&store, names[i], STORE_NEW, &fixture->error));
        store_close(store);
        assert_int_equal(access(names[i], F_OK), 0);
        must(fixture, store_open(&store, names[i], STORE_READ_ONLY, &fixture->error));
        store_close(store);
        remove_database(names[i]);
    }
    assert_int_equal(chdir(here), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_one_is_ours_and_private),
        TEST(an_empty_file_can_be_made_one),
        TEST(what_is_there_is_left_alone),
        TEST(what_is_not_there_is_said),
        TEST(folders_and_pipes_are_no_files),
        TEST(noise_is_no_database),
        TEST(anothers_is_refused_and_unchanged),
        TEST(a_newer_one_is_refused_and_unchanged),
        TEST(an_older_one_is_not_written_when_only_read),
        TEST(a_truncated_one_is_said_to_be),
        TEST(a_damaged_one_never_crashes),
        TEST(rights_decide),
        TEST(a_name_is_only_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
