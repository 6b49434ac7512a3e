/* When the store cannot: locked by another, no room left; and the backup that is made meanwhile. */
#include "unit/store_support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { SHORT_BUSY_MS = 20 };

static void a_lock_is_waited_for_and_then_said(void **state)
{
    struct fixture *fixture = *state;
    struct store *other;
    must(fixture, store_open(&other, fixture->path, STORE_EXISTING, &fixture->error));
    store_set_busy_ms(other, SHORT_BUSY_MS);
    fixture_add_text(fixture, "before");
    must(fixture, store_begin(fixture->store, &fixture->error));
    assert_int_equal(store_begin(other, &fixture->error), STATUS_BUSY);
    must_say(fixture, "another program");
    assert_int_equal(setting_set(other, fixture->moderators[0], "a", str_of("b"), &fixture->error),
                     STATUS_BUSY);
    /* Reading goes on. */
    int64_t counts[STATE_COUNT];
    struct query query = {0};
    must(fixture, queue_counts(other, &query, 10, counts, &fixture->error));
    assert_int_equal(counts[STATE_PENDING], 1);
    store_rollback(fixture->store);
    store_rollback(fixture->store);
    must(fixture, store_begin(other, &fixture->error));
    store_close(other);
    must(fixture, store_begin(fixture->store, &fixture->error));
    must(fixture, store_commit(fixture->store, &fixture->error));
}

static void a_version_tells_of_others(void **state)
{
    struct fixture *fixture = *state;
    struct store *other;
    must(fixture, store_open(&other, fixture->path, STORE_EXISTING, &fixture->error));
    int64_t before = store_version(other);
    assert_int_equal(store_version(other), before);
    must(fixture, setting_set(other, fixture->moderators[0], "a", str_of("b"), &fixture->error));
    assert_int_equal(store_version(other), before);
    fixture_add_text(fixture, "new");
    int64_t after = store_version(other);
    assert_int_not_equal(after, before);
    assert_int_equal(store_version(other), after);
    store_close(other);
}

/* Lets no file of this process grow over size; RLIM_INFINITY lifts it. */
static void limit_files(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static enum status add_until_it_fails(struct fixture *fixture)
{
    enum { COMMENTS_MOST = 5000 };
    enum comment_outcome outcome;
    enum status status = store_begin(fixture->store, &fixture->error);
    for (int i = 0; status == OK && i < COMMENTS_MOST; i++) {
        struct comment comment = fixture_comment(
            fixture, 0, str_of("a comment that takes some room in the file, whatever it says"));
        status = comment_add(fixture->store, &comment, &outcome, &fixture->error);
    }
    if (status == OK)
        status = store_commit(fixture->store, &fixture->error);
    return status;
}

static void a_full_disk_leaves_all_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    struct stat file;
    signal(SIGXFSZ, SIG_IGN);
    /* So that the log is short and small changes still fit under the limit. */
    run_sql(fixture, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 10");
    fixture_add_text(fixture, "before");
    assert_int_equal(stat(fixture->path, &file), 0);
    limit_files((rlim_t)file.st_size + 200000);
    enum status status = add_until_it_fails(fixture);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, STATUS_STORE);
    must_say(fixture, "no room left");
    store_rollback(fixture->store);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM comment"), 1);
    assert_int_equal(fixture_faults(fixture), 0);
    fixture_add_text(fixture, "after");
    assert_int_equal(fixture_faults(fixture), 0);
}

static void a_backup_is_whole_or_not_there(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "copy.db");
    struct stat file;
    struct store *copy;
    fixture_add_text(fixture, "one");
    must(fixture, store_backup(fixture->store, path, &fixture->error));
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_not_equal(access(fixture_path(fixture, "copy.db-wal"), F_OK), 0);
    assert_int_equal(store_backup(fixture->store, path, &fixture->error), STATUS_REFUSED);
    must_say(fixture, "there already");
    must(fixture, store_open(&copy, path, STORE_READ_ONLY, &fixture->error));
    int64_t counts[STATE_COUNT];
    struct query query = fixture_query(fixture, "one");
    must(fixture, queue_counts(copy, &query, 10, counts, &fixture->error));
    assert_int_equal(counts[STATE_PENDING], 1);
    store_close(copy);
    signal(SIGXFSZ, SIG_IGN);
    limit_files(20000);
    const char *other = fixture_path(fixture, "other.db");
    enum status status = store_backup(fixture->store, other, &fixture->error);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, STATUS_STORE);
    must_say(fixture, "no room left");
    must_say(fixture, "other.db");
    assert_int_not_equal(access(other, F_OK), 0);
    assert_int_equal(
        store_backup(fixture->store, fixture_path(fixture, "no/copy.db"), &fixture->error),
        STATUS_IO);
}

static void a_backup_is_of_one_moment(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "copy.db");
    struct store *writer, *copy;
    must(fixture, store_open(&writer, fixture->path, STORE_EXISTING, &fixture->error));
    struct store *reader = fixture->store;
    fixture_add_text(fixture, "committed");
    fixture->store = writer;
    must(fixture, store_begin(writer, &fixture->error));
    fixture_add_text(fixture, "not committed");
    must(fixture, store_backup(reader, path, &fixture->error));
    must(fixture, store_commit(writer, &fixture->error));
    fixture->store = reader;
    store_close(writer);
    must(fixture, store_open(&copy, path, STORE_EXISTING, &fixture->error));
    fixture->store = copy;
    assert_int_equal(ask(fixture, "SELECT count(*) FROM comment"), 1);
    assert_int_equal(fixture_faults(fixture), 0);
    fixture->store = reader;
    store_close(copy);
}

static void an_unsound_backup_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    const char *path = fixture_path(fixture, "copy.db");
    fixture_add_text(fixture, "one");
    run_sql(fixture, "UPDATE comment_count SET count = 7");
    assert_int_equal(store_backup(fixture->store, path, &fixture->error), STATUS_STORE);
    must_say(fixture, "not sound");
    assert_int_not_equal(access(path, F_OK), 0);
}

/* What SQLite notes of a statement, in case it fails, comes to 24 MB here. */
static void a_large_statement_is_not_a_full_disk(void **state)
{
    struct fixture *fixture = *state;
    run_sql(fixture,
            "CREATE TABLE large (id INTEGER PRIMARY KEY, filling BLOB CHECK (filling <> ''));"
            "INSERT INTO large WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            " WHERE i < 6000) SELECT i, randomblob(3500) FROM n;");
    must(fixture, store_begin(fixture->store, &fixture->error));
    run_sql(fixture, "UPDATE large SET filling = randomblob(3500)");
    must(fixture, store_commit(fixture->store, &fixture->error));
    run_sql(fixture, "DROP TABLE large");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lock_is_waited_for_and_then_said),
        TEST(a_version_tells_of_others),
        TEST(a_full_disk_leaves_all_as_it_was),
        TEST(a_backup_is_whole_or_not_there),
        TEST(a_backup_is_of_one_moment),
        TEST(an_unsound_backup_is_not_kept),
        TEST(a_large_statement_is_not_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
