/* What a person waits for: from the start to the first screen, from a key to the changed screen; and
 * how many bytes a step sends. The program runs on a pseudo-terminal of 80x24 on the worked examples:
 * told how to send rows, on a terminal that answers at once that it is xterm, and on one that is PuTTY
 * and is sent rows to reorder.
 *
 * Floors of the same run: for the start, the sqlite3 shell selecting the same 50 rows; for a key, a
 * byte echoed by cat through a pseudo-terminal of its own. Medians of rounds.
 *
 *     bench_screen [PROGRAM [DATABASE]] */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_ROUNDS = 15, KEY_ROUNDS = 101, QUIET_MS = 60, LIMIT_MS = 10000, READ_BYTES = 65536 };

/* A terminal: what the program is told, and what it is answered. */
struct played {
    const char *name, *wire, *answers;
};

static const struct played terminals[] = {
    {"told", "explicit", NULL},
    {"xterm", "automatic", "\033[0n\033P>|XTerm(379)\033\\\033[>41;379;0c\033[?64;1;2c"},
    {"PuTTY", "automatic", "\033[0nPuTTY\033[>0;136;0c\033[?6c"},
};

static char output[1 << 20];
static size_t output_size;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_screen: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Starts a program on a pseudo-terminal; returns its master side. */
static int start(char *const arguments[], pid_t *process)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    int master;
    *process = forkpty(&master, NULL, NULL, &size);
    if (*process < 0)
        fail("forkpty");
    if (*process == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return master;
}

static void stop(int master, pid_t process)
{
    kill(process, SIGTERM);
    close(master);
    waitpid(process, NULL, 0);
}

/* Answers a question that ends in what was read last. */
static void answer(int master, const char *answers, size_t from)
{
    static const char question_end[] = "\033[c";
    if (answers &&
        memmem(output + from, output_size - from, question_end, sizeof question_end - 1) &&
        write(master, answers, strlen(answers)) < 0)
        fail("write");
}

/* Reads until the program has been quiet for QUIET_MS; returns when its last byte came, or 0 when
 * none did. */
static double read_burst(int master, const char *answers)
{
    double last = 0, begin = now_ms();
    struct pollfd wait = {.fd = master, .events = POLLIN};
    output_size = 0;
    while (now_ms() - begin < LIMIT_MS && poll(&wait, 1, last > 0 ? QUIET_MS : LIMIT_MS) > 0) {
        size_t room = sizeof output - output_size;
        ssize_t size = read(master, output + output_size, room < READ_BYTES ? room : READ_BYTES);
        if (size <= 0)
            break;
        output_size += (size_t)size;
        answer(master, answers, output_size - (size_t)size);
        last = now_ms();
    }
    return last;
}

static double time_key(int master, const char *key, double *bytes)
{
    double begin = now_ms();
    if (write(master, key, strlen(key)) < 0)
        fail("write");
    double end = read_burst(master, NULL);
    *bytes = (double)output_size;
    return end - begin;
}

static double time_shell(const char *database)
{
    char command[4096];
    snprintf(command, sizeof command,
             "sqlite3 -readonly '%s' \"SELECT id, author, substr(body, 1, 480) FROM comment "
             "WHERE state = 'pending' ORDER BY submitted_at, id LIMIT 50\" >/dev/null",
             database);
    double begin = now_ms();
    if (system(command) != 0)
        fail("sqlite3");
    return now_ms() - begin;
}

static void bench_start(char *const arguments[], const char *database,
                        const struct played *terminal)
{
    double ours[START_ROUNDS], floors[START_ROUNDS];
    for (int round = 0; round < START_ROUNDS; round++) {
        pid_t process;
        floors[round] = time_shell(database);
        double begin = now_ms();
        int master = start(arguments, &process);
        ours[round] = read_burst(master, terminal->answers) - begin;
        stop(master, process);
    }
    double our = median(ours, START_ROUNDS), shell = median(floors, START_ROUNDS);
    printf("%s: start to first screen: %.1f ms, sqlite3 selecting 50 rows: %.1f ms, ratio %.2f\n",
           terminal->name, our, shell, our / shell);
}

static void bench_keys(char *const arguments[], const struct played *terminal)
{
    char cat[] = "cat", *echo[] = {cat, NULL};
    double ours[KEY_ROUNDS], floors[KEY_ROUNDS], bytes[KEY_ROUNDS], ignored;
    pid_t process, echo_process;
    int master = start(arguments, &process), echo_master = start(echo, &echo_process);
    read_burst(master, terminal->answers);
    for (int round = 0; round < KEY_ROUNDS; round++) {
        floors[round] = time_key(echo_master, "j", &ignored);
        ours[round] = time_key(master, round % 20 < 10 ? "j" : "k", &bytes[round]);
    }
    stop(master, process);
    stop(echo_master, echo_process);
    printf("%s: key to changed screen: %.2f ms, an echo through a terminal: %.2f ms; %.0f bytes a "
           "step\n",
           terminal->name, median(ours, KEY_ROUNDS), median(floors, KEY_ROUNDS),
           median(bytes, KEY_ROUNDS));
}

int main(int count, char *arguments[])
{
    char database[] = "/tmp/majlis-bench-XXXXXX", command[4096];
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    char standard[2048];
    snprintf(standard, sizeof standard, "%s/bin/majlis", build);
    char *program = count > 1 ? arguments[1] : standard;
    char *path = count > 2 ? arguments[2] : database;
    if (count <= 2) {
        if (!mkdtemp(database))
            fail("mkdtemp");
        char *file;
        if (asprintf(&file, "%s/demo.db", database) < 0)
            fail("asprintf");
        path = file;
        snprintf(command, sizeof command, "'%s' --db '%s' demo --no-open >/dev/null", program,
                 path);
        if (system(command) != 0)
            fail("majlis demo");
    }
    char option_db[] = "--db", option_lang[] = "--lang", english[] = "en";
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        char wire[64];
        snprintf(wire, sizeof wire, "--wire=%s", terminals[i].wire);
        char *call[] = {program, option_db, path, option_lang, english, wire, NULL};
        bench_start(call, path, &terminals[i]);
        bench_keys(call, &terminals[i]);
    }
    if (count <= 2) {
        snprintf(command, sizeof command, "rm -r '%s'", database);
        if (system(command) != 0)
            fail("rm");
    }
    return 0;
}
