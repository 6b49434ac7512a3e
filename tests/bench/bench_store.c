/* Decisions a second by 1, 4, 16 and 64 processes on one database, against a bare SQLite loop that
 * writes the same rows into the same schema in the same run, without reading a thing before. */
#include "bench/bare_decision.h"
#include "load/office.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

enum {
    PROCESSES_MOST = 64,
    SECONDS = 1,
    ROUNDS = 5,
    SAMPLES_MOST = 1 << 16,
    COMMENTS = 4000,
    PERCENT = 100
};

static const double aim_ratio = 0.8;

/* In memory that all processes share. */
struct samples {
    size_t count[PROCESSES_MOST];
    double seconds[PROCESSES_MOST][SAMPLES_MOST];
};

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* One decision on the comment, in the given state now; false to try again. */
typedef bool (*one_decision)(struct desk *desk, int64_t comment, bool approved);

static bool decide_by_desk(struct desk *desk, int64_t comment, bool approved)
{
    struct error error;
    enum status status = desk_decide(desk, comment, 0, approved ? ACTION_SPAM : ACTION_APPROVE, 0,
                                     (struct str){0}, OFFICE_NOW, NULL, &error);
    if (status != STATUS_BUSY)
        office_must(status, &error);
    return status == OK;
}

static bool decide_bare(struct desk *desk, int64_t comment, bool approved)
{
    struct bare_decision bare = {
        .comment = comment, .moderator = desk->self.id, .now = OFFICE_NOW, .approve = !approved};
    struct error error;
    enum status status = store_begin(desk->store, &error);
    if (status == OK)
        status = bare_decision_write(desk->store, &bare, &error);
    if (status == OK)
        status = store_commit(desk->store, &error);
    store_rollback(desk->store);
    if (status != STATUS_BUSY)
        office_must(status, &error);
    return status == OK;
}

/* Decides on this process's own comments until the time is over. */
static void work(const struct office *office, int process, int processes, one_decision decide,
                 struct samples *samples)
{
    struct desk desk;
    office_sit(office, process, &desk);
    double end = now_seconds() + SECONDS;
    int64_t own = COMMENTS / processes, number = 0;
    for (double start = now_seconds(); start < end && number < SAMPLES_MOST; number++) {
        int64_t comment = 1 + process + processes * (number % own);
        while (!decide(&desk, comment, number / own % 2 == 1))
            continue;
        double done = now_seconds();
        samples->seconds[process][number] = done - start;
        start = done;
    }
    samples->count[process] = (size_t)number;
    office_leave(&desk);
    _exit(EXIT_SUCCESS);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Returns decisions a second, and fills the two percentiles in milliseconds. */
static double run(int processes, one_decision decide, double *middle, double *slow)
{
    struct office office;
    struct samples *samples =
        mmap(NULL, sizeof *samples, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (samples == MAP_FAILED)
        abort();
    office_make(&office, PROCESSES_MOST, COMMENTS);
    double start = now_seconds();
    for (int i = 0; i < processes; i++) {
        if (fork() == 0)
            work(&office, i, processes, decide, samples);
    }
    for (int status; wait(&status) > 0;) {
        if (status != 0)
            exit(EXIT_FAILURE);
    }
    double spent = now_seconds() - start;
    size_t count = 0;
    double *all = calloc((size_t)processes * SAMPLES_MOST, sizeof *all);
    for (int i = 0; i < processes; i++) {
        memcpy(all + count, samples->seconds[i], samples->count[i] * sizeof *all);
        count += samples->count[i];
    }
    qsort(all, count, sizeof *all, compare);
    *middle = all[count / 2] * 1000;
    *slow = all[count * 99 / PERCENT] * 1000;
    free(all);
    munmap(samples, sizeof *samples);
    office_remove(&office);
    return (double)count / spent;
}

/* What a kind of run came to, in its round with the middle number of decisions. */
struct outcome {
    double decisions, middle, slow;
};

static int compare_outcomes(const void *a, const void *b)
{
    return compare(&((const struct outcome *)a)->decisions,
                   &((const struct outcome *)b)->decisions);
}

/* Rounds alternate, so that a disk that is slow for a while is slow for both. Returns the ratio. */
static double measure(int processes)
{
    struct outcome desk[ROUNDS], bare[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        bare[i].decisions = run(processes, decide_bare, &bare[i].middle, &bare[i].slow);
        desk[i].decisions = run(processes, decide_by_desk, &desk[i].middle, &desk[i].slow);
    }
    qsort(desk, ROUNDS, sizeof *desk, compare_outcomes);
    qsort(bare, ROUNDS, sizeof *bare, compare_outcomes);
    const struct outcome *ours = &desk[ROUNDS / 2], *theirs = &bare[ROUNDS / 2];
    double ratio = ours->decisions / theirs->decisions;
    printf("bench_store: %2d processes: %6.0f decisions a second, 50%% within %.2f ms, 99%% "
           "within %.2f ms; bare SQLite %6.0f, %.2f ms, %.2f ms; ratio %.2f\n",
           processes, ours->decisions, ours->middle, ours->slow, theirs->decisions, theirs->middle,
           theirs->slow, ratio);
    fflush(stdout);
    return ratio;
}

int main(void)
{
    static const int processes[] = {1, 4, 16, PROCESSES_MOST};
    double least = measure(processes[0]);
    for (size_t i = 1; i < sizeof processes / sizeof *processes; i++) {
        double ratio = measure(processes[i]);
        least = ratio < least ? ratio : least;
    }
    printf("bench_store: least ratio %.2f, aim %.1f: %s\n", least, aim_ratio,
           least >= aim_ratio ? "reached" : "missed");
    return 0;
}
