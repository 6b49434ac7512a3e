/* Many processes on one database: each decides, undoes and tags, beside a reader of statistics.
 * Afterwards nothing is missing, nothing is there twice, and the trail is whole.
 *
 * $LOAD_ROUNDS is how many rounds each of the processes goes (8). */
#include "load/office.h"

#include "store/internal.h"
#include "store/statistics.h"

#include <fcntl.h>
#include <sys/wait.h>

enum { PROCESSES = 64, ROUNDS = 8, COMMENTS = 40 };

static int rounds_wanted(void)
{
    const char *text = getenv("LOAD_ROUNDS");
    return text && atoi(text) > 0 ? atoi(text) : ROUNDS;
}

static void tag_and_undo(struct desk *desk, int64_t comment, bool undo)
{
    struct error error;
    struct str tag = str_of("parking");
    struct undone undone;
    size_t changed;
    enum status status;
    do {
        status = desk_tag(desk, &comment, 1, undo ? NULL : &tag, !undo, undo ? &tag : NULL, undo,
                          false, OFFICE_NOW, &changed, &error);
    } while (status == STATUS_BUSY);
    office_must(status, &error);
    do {
        status = undo ? desk_undo(desk, false, OFFICE_NOW, &undone, &error) : OK;
    } while (status == STATUS_BUSY);
    if (status != STATUS_EMPTY && status != STATUS_CONFLICT)
        office_must(status, &error);
}

/* One person's work; every decision that was acknowledged goes into the pipe. */
static void work(const struct office *office, int64_t person, int acknowledgements)
{
    static const enum action actions[] = {ACTION_APPROVE, ACTION_SPAM, ACTION_HOLD};
    struct desk desk;
    uint32_t random = (uint32_t)person + 1;
    office_sit(office, person, &desk);
    for (int i = 0, rounds = rounds_wanted(); i < rounds; i++) {
        struct acknowledged done;
        int64_t comment = 1 + office_random(&random, (uint32_t)office->comments);
        if (office_decide(&desk, comment, actions[office_random(&random, 3)], &done) &&
            write(acknowledgements, &done, sizeof done) != sizeof done)
            _exit(EXIT_FAILURE);
        tag_and_undo(&desk, comment, i % 4 == 3);
    }
    office_leave(&desk);
    _exit(EXIT_SUCCESS);
}

/* Reads statistics until the pipe it is given is closed by everyone. */
static void read_statistics(const struct office *office, int until)
{
    struct desk desk;
    struct error error;
    struct arena arena = {0};
    char byte;
    office_sit(office, 0, &desk);
    do {
        struct consultation_statistics *list;
        size_t count;
        office_must(statistics_consultations(desk.store, OFFICE_NOW, OFFICE_NOW, &arena, &list,
                                             &count, &error),
                    &error);
        if (count != 1 || list[0].arrived != office->comments)
            _exit(EXIT_FAILURE);
        arena_reset(&arena);
    } while (read(until, &byte, 1) < 0);
    arena_free(&arena);
    office_leave(&desk);
    _exit(EXIT_SUCCESS);
}

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

/* Every acknowledged decision is there, as it was acknowledged; nothing else is, but undos. */
static void check_decisions(const struct office *office, const struct acknowledged *done,
                            size_t count)
{
    struct store *store;
    struct error error;
    struct arena arena = {0};
    office_must(store_open(&store, office->path, STORE_EXISTING, &error), &error);
    assert_int_equal(ask(store, "SELECT count(*) FROM decision WHERE action <> 'undo'"), count);
    assert_int_equal(ask(store, "SELECT count(*) FROM comment AS c WHERE revision <> 1 +"
                                " (SELECT count(*) FROM decision WHERE comment_id = c.id)"),
                     0);
    for (size_t i = 0; i < count; i++) {
        struct decision decision;
        office_must(decision_read(store, done[i].decision, &arena, &decision, &error), &error);
        assert_int_equal(decision.comment_id, done[i].comment);
        assert_int_equal(decision.action, done[i].action);
        /* Nobody else decided on what this one read. */
        for (size_t j = 0; j < i; j++)
            assert_false(done[j].comment == done[i].comment &&
                         done[j].revision == done[i].revision);
    }
    arena_free(&arena);
    store_close(store);
}

static void wait_for_all(int count)
{
    for (int i = 0; i < count; i++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
    }
}

static void many_processes_keep_one_truth(void **state)
{
    struct office office;
    int ends[2], running[2];
    (void)state;
    office_make(&office, PROCESSES, COMMENTS);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe2(running, O_NONBLOCK), 0);
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() == 0)
            work(&office, i, ends[1]);
    }
    close(ends[1]);
    if (fork() == 0) {
        close(running[1]);
        read_statistics(&office, running[0]);
    }
    size_t most = (size_t)PROCESSES * (size_t)rounds_wanted(), size = 0;
    struct acknowledged *done = calloc(most, sizeof *done);
    for (ssize_t part = 1; part > 0; size += (size_t)part)
        part = read(ends[0], (char *)done + size, most * sizeof *done - size);
    close(ends[0]);
    close(running[1]);
    close(running[0]);
    wait_for_all(PROCESSES + 1);
    assert_true(size / sizeof *done > COMMENTS);
    check_decisions(&office, done, size / sizeof *done);
    assert_int_equal(office_faults(&office), 0);
    free(done);
    office_remove(&office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_processes_keep_one_truth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
