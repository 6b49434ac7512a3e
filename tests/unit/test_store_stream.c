/* What a tool that streams the database to another host needs of it: a write-ahead log that it can
 * follow, nobody who locks others out, and checkpoints that leave the log to it while it reads.
 *
 * The tool is played here as Litestream works: one connection of its own keeps a reader in the log;
 * it copies the file once and then the log as it grows, and brings the log into the database
 * itself, now and then. */
#include "unit/store_support.h"

#include <fcntl.h>
#include <sys/stat.h>

/* More decisions than one automatic checkpoint's pages (1000) hold. */
enum { DECISIONS = 400, STEP = 50 };

static void sql_must(sqlite3 *database, const char *sql)
{
    char *message = NULL;
    int code = sqlite3_exec(database, sql, NULL, NULL, &message);
    if (code != SQLITE_OK)
        print_error("%s: %s\n", sql, message ? message : "");
    sqlite3_free(message);
    assert_int_equal(code, SQLITE_OK);
}

static off_t size_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_size;
}

/* Copies what is behind the first from bytes of one file to the same place of another. */
static off_t copy_from(const char *source, const char *target, off_t from)
{
    char bytes[4096];
    ssize_t size;
    int in = open(source, O_RDONLY), out = open(target, O_WRONLY | O_CREAT, 0600);
    assert_true(in >= 0 && out >= 0);
    while ((size = pread(in, bytes, sizeof bytes, from)) > 0) {
        assert_int_equal(pwrite(out, bytes, (size_t)size, from), size);
        from += size;
    }
    close(in);
    close(out);
    return from;
}

/* Decides on so many comments, each in a transaction of its own. */
static void decide(struct fixture *fixture, int count)
{
    for (int i = 0; i < count; i++) {
        struct decision decision = {.comment_id = fixture_add_text(fixture, "Widen the road"),
                                    .moderator_id = fixture->moderators[0],
                                    .action = ACTION_APPROVE,
                                    .to_state = STATE_APPROVED,
                                    .decided_at = FIXTURE_NOW};
        must(fixture, store_begin(fixture->store, &fixture->error));
        must(fixture, decision_add(fixture->store, &decision, &fixture->error));
        must(fixture, store_commit(fixture->store, &fixture->error));
    }
}

static int64_t decisions_in(const char *path)
{
    struct store *store;
    struct error error;
    struct statement statement;
    int64_t count = 0, faults = -1;
    assert_int_equal(store_open(&store, path, STORE_EXISTING, &error), OK);
    statement_start(&statement, store, "SELECT count(*) FROM decision");
    statement_single(&statement, &count);
    assert_int_equal(statement_end(&statement, &error), OK);
    assert_int_equal(
        store_check(store, (struct str){0}, fixture_print_fault, NULL, &faults, &error), OK);
    assert_int_equal(faults, 0);
    store_close(store);
    return count;
}

/* The log only grows while the tool's reader is in it, so that the tool misses nothing; what it
 * copied is the whole database. */
static void a_tool_can_follow_the_log(void **state)
{
    struct fixture *fixture = *state;
    const char *copy = fixture_path(fixture, "copy.db"),
               *copy_log = fixture_path(fixture, "copy.db-wal"),
               *log = fixture_path(fixture, "majlis.db-wal");
    sqlite3 *tool;
    assert_int_equal(sqlite3_open(fixture->path, &tool), SQLITE_OK);
    sql_must(tool, "PRAGMA wal_autocheckpoint = 0; BEGIN; SELECT count(*) FROM sqlite_schema");
    copy_from(fixture->path, copy, 0);
    off_t copied = copy_from(log, copy_log, 0), before = 0;
    for (int done = 0; done < DECISIONS; done += STEP) {
        decide(fixture, STEP);
        assert_true(size_of(log) > before);
        before = size_of(log);
        copied = copy_from(log, copy_log, copied);
    }
    /* The log is past the size at which the program would begin it anew, were nobody in it. */
    assert_true(copied > (off_t)1000 * ask(fixture, "PRAGMA page_size"));
    assert_int_equal(decisions_in(copy), DECISIONS);
    sql_must(tool, "COMMIT");
    sqlite3_close(tool);
}

/* The tool's own checkpoints and locks disturb nobody for longer than a transaction takes, and the
 * program's disturb the tool no more. */
static void nobody_locks_the_other_out(void **state)
{
    struct fixture *fixture = *state;
    sqlite3 *tool;
    assert_int_equal(sqlite3_open(fixture->path, &tool), SQLITE_OK);
    assert_int_equal(ask(fixture, "SELECT locking_mode = 'normal' FROM pragma_locking_mode"), 1);
    decide(fixture, 1);
    static const char *const checkpoints[] = {
        "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(FULL)",
        "PRAGMA wal_checkpoint(RESTART)", "PRAGMA wal_checkpoint(TRUNCATE)"};
    for (size_t i = 0; i < sizeof checkpoints / sizeof *checkpoints; i++) {
        sqlite3_stmt *statement;
        assert_int_equal(sqlite3_prepare_v2(tool, checkpoints[i], -1, &statement, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(statement, 0), 0); /* nobody was in the way */
        sqlite3_finalize(statement);
        decide(fixture, 1);
    }
    /* A table of the tool's own, such as Litestream keeps, is no fault. */
    sql_must(tool, "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)");
    sql_must(tool, "BEGIN IMMEDIATE; INSERT INTO _litestream_seq VALUES (1, 1); COMMIT");
    assert_int_equal(fixture_faults(fixture), 0);
    sqlite3_close(tool);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tool_can_follow_the_log),
        TEST(nobody_locks_the_other_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
