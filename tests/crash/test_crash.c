/* kill -9 at random moments while decisions are made: afterwards the database is sound, and every
 * decision that was acknowledged is there.
 *
 * $CRASH_RUNS is how often (30); $CRASH_SEED makes the moments others (1). */
#include "load/office.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { RUNS = 30, WORKERS = 3, COMMENTS = 20, LONGEST_US = 40000, ACKNOWLEDGED_MOST = 200000 };

static int setting(const char *name, int standard)
{
    const char *text = getenv(name);
    return text && atoi(text) > 0 ? atoi(text) : standard;
}

/* Decides until it is killed. */
static void work(const struct office *office, int64_t person, uint32_t random, int acknowledgements)
{
    static const enum action actions[] = {ACTION_APPROVE, ACTION_SPAM, ACTION_HOLD};
    struct desk desk;
    office_sit(office, person, &desk);
    for (;;) {
        struct acknowledged done;
        int64_t comment = 1 + office_random(&random, (uint32_t)office->comments);
        if (office_decide(&desk, comment, actions[office_random(&random, 3)], &done) &&
            write(acknowledgements, &done, sizeof done) != sizeof done)
            _exit(EXIT_FAILURE);
    }
}

/* Lets some work, kills them in the middle of it, and reads what they were told. */
static size_t crash_once(const struct office *office, uint32_t *random, struct acknowledged *done)
{
    pid_t workers[WORKERS];
    int ends[2];
    size_t size = 0;
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < WORKERS; i++) {
        uint32_t seed = office_random(random, UINT32_MAX >> 8);
        workers[i] = fork();
        if (workers[i] == 0)
            work(office, i, seed, ends[1]);
    }
    close(ends[1]);
    /* From the first acknowledgement on, so that the moment lies within the work. */
    ssize_t part = read(ends[0], done, sizeof *done);
    size += part > 0 ? (size_t)part : 0;
    struct timespec moment = {.tv_nsec = 1000L * office_random(random, LONGEST_US)};
    nanosleep(&moment, NULL);
    for (int i = 0; i < WORKERS; i++)
        kill(workers[i], SIGKILL);
    while ((part = read(ends[0], (char *)done + size, ACKNOWLEDGED_MOST * sizeof *done - size)) > 0)
        size += (size_t)part;
    close(ends[0]);
    for (int i = 0; i < WORKERS; i++) {
        int status;
        assert_int_equal(waitpid(workers[i], &status, 0), workers[i]);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }
    return size / sizeof *done;
}

static void check_acknowledged(const struct office *office, const struct acknowledged *done,
                               size_t count)
{
    struct store *store;
    struct error error;
    struct arena arena = {0};
    office_must(store_open(&store, office->path, STORE_EXISTING, &error), &error);
    for (size_t i = 0; i < count; i++) {
        struct decision decision;
        office_must(decision_read(store, done[i].decision, &arena, &decision, &error), &error);
        assert_int_equal(decision.comment_id, done[i].comment);
        assert_int_equal(decision.action, done[i].action);
        arena_reset(&arena);
    }
    arena_free(&arena);
    store_close(store);
}

static void a_kill_loses_nothing_that_was_acknowledged(void **state)
{
    struct office office;
    struct acknowledged *done = calloc(ACKNOWLEDGED_MOST, sizeof *done);
    uint32_t random = (uint32_t)setting("CRASH_SEED", 1);
    size_t sum = 0;
    (void)state;
    office_make(&office, WORKERS, COMMENTS);
    for (int run = 0, runs = setting("CRASH_RUNS", RUNS); run < runs; run++) {
        size_t count = crash_once(&office, &random, done);
        assert_true(count > 0);
        check_acknowledged(&office, done, count);
        assert_int_equal(office_faults(&office), 0);
        sum += count;
    }
    print_message("%zu acknowledged decisions, all there\n", sum);
    office_remove(&office);
    free(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_loses_nothing_that_was_acknowledged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
