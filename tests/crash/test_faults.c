/* Faults of the disk: the Nth write, sync or opening fails while comments are imported, decided on
 * or answered. Whatever N is, the action is done whole or not at all, the person is told, and once
 * the disk is well again, so is the database. And the power goes at any moment: what was acknowledged
 * is there afterwards.
 *
 * $CRASH_STEP is how many writes and syncs lie between two moments at which the power goes (3). */
#include "crash/disk.h"

#include "exchange/import.h"

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

/* --- The power --- */

enum { DEEDS = 2 };

static int64_t setting(const char *name, int64_t standard)
{
    const char *text = getenv(name);
    return text && atoi(text) > 0 ? atoi(text) : standard;
}

/* Decides on one comment after the other; returns how many decisions were acknowledged. The log is
 * brought into the database every few pages, so that the power goes there, too. */
static int decide_on_and_on(const struct office *office, int64_t decisions[static DEEDS])
{
    struct store *store = NULL;
    struct desk desk;
    struct error error;
    int done = 0;
    enum status status = store_open(&store, office->path, STORE_EXISTING, &error);
    if (status == OK) {
        sqlite3_exec(store->database, "PRAGMA wal_autocheckpoint = 8", NULL, NULL, NULL);
        status = desk_open(&desk, store, str_of("person0"), &error);
    }
    if (status == OK) {
        for (; status == OK && done < DEEDS; done += status == OK) {
            struct decision decision;
            status = desk_decide(&desk, 1 + done, 0, ACTION_APPROVE, 0, str_of("note"), OFFICE_NOW,
                                 &decision, &error);
            decisions[done] = decision.id;
        }
        desk_close(&desk);
    }
    store_close(store);
    return done;
}

/* Lets the power go at the write or sync of this number. False once the work ends before. */
static bool darken(int64_t number, bool some, uint32_t *random)
{
    struct office office;
    struct store *store;
    struct error error;
    int64_t decisions[DEEDS];
    char path[160];
    disk.left = -1;
    office_make(&office, 1, DEEDS);
    disk.fault = FAULT_POWER;
    disk.struck = false;
    disk.left = number;
    int done = decide_on_and_on(&office, decisions);
    bool struck = disk.struck;
    disk.left = -1;
    disk_lose_unsynced(random, some);
    snprintf(path, sizeof path, "%s-shm", office.path);
    unlink(path); /* it was memory */
    office_must(store_open(&store, office.path, STORE_EXISTING, &error), &error);
    for (int i = 0; i < done; i++) {
        struct arena arena = {0};
        struct decision decision;
        if (decision_read(store, decisions[i], &arena, &decision, &error) != OK)
            fail_msg("power lost at %lld: decision %d of %d is gone", (long long)number, i + 1,
                     done);
        arena_free(&arena);
    }
    store_close(store);
    assert_int_equal(office_faults(&office), 0);
    office_remove(&office);
    return struck;
}

static void a_power_cut_takes_back_no_decision(void **state)
{
    enum { OPERATIONS_LEAST = 20, OPERATIONS_MOST = 2000 };
    int64_t step = setting("CRASH_STEP", 3);
    uint32_t random = 1;
    (void)state;
    for (int some = 0; some < 2; some++) {
        int64_t number = some;
        while (darken(number, some, &random))
            assert_true((number += step) < OPERATIONS_MOST);
        assert_true(number > OPERATIONS_LEAST);
    }
}

int main(void)
{
    if (disk_install() != SQLITE_OK)
        return EXIT_FAILURE;
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_fault_leaves_half_an_action),
                                       cmocka_unit_test(a_power_cut_takes_back_no_decision)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
