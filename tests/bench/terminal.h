/* A program on a pseudo-terminal, as benches measure it: what it sends, and when. */
#ifndef TESTS_BENCH_TERMINAL_H
#define TESTS_BENCH_TERMINAL_H

#include "bench/measure.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TERMINAL_ROWS = 24, TERMINAL_COLUMNS = 80 };
enum { TERMINAL_QUIET_MS = 60, TERMINAL_LIMIT_MS = 10000, TERMINAL_READ_BYTES = 65536 };

/* What the program sent last. */
static char terminal_output[1 << 20];
static size_t terminal_output_size;

static inline void terminal_fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

/* Starts a program; returns the terminal's master side. */
static inline int terminal_start(char *const arguments[], pid_t *process)
{
    struct winsize size = {.ws_row = TERMINAL_ROWS, .ws_col = TERMINAL_COLUMNS};
    int master;
    *process = forkpty(&master, NULL, NULL, &size);
    if (*process < 0)
        terminal_fail("forkpty");
    if (*process == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return master;
}

static inline void terminal_stop(int master, pid_t process)
{
    kill(process, SIGTERM);
    close(master);
    waitpid(process, NULL, 0);
}

/* Ends the program as a person does; one that is ended from outside opens again where it was. */
static inline void terminal_leave(int master, pid_t process)
{
    if (write(master, "q", 1) != 1)
        terminal_fail("write");
    waitpid(process, NULL, 0);
    close(master);
}

/* Answers a question that ends in what was read last. answers: NULL: a terminal that is silent. */
static inline void terminal_answer(int master, const char *answers, size_t from)
{
    static const char question_end[] = "\033[c";
    if (answers &&
        memmem(terminal_output + from, terminal_output_size - from, question_end,
               sizeof question_end - 1) &&
        write(master, answers, strlen(answers)) < 0)
        terminal_fail("write");
}

/* Reads until the program has been quiet for TERMINAL_QUIET_MS; returns when its last byte came
 * (measure_now()), or 0 when none did. */
static inline double terminal_read(int master, const char *answers)
{
    double last = 0, begin = measure_now();
    struct pollfd wait = {.fd = master, .events = POLLIN};
    terminal_output_size = 0;
    while (measure_now() - begin < TERMINAL_LIMIT_MS &&
           poll(&wait, 1, last > 0 ? TERMINAL_QUIET_MS : TERMINAL_LIMIT_MS) > 0) {
        size_t room = sizeof terminal_output - terminal_output_size;
        ssize_t size = read(master, terminal_output + terminal_output_size,
                            room < TERMINAL_READ_BYTES ? room : TERMINAL_READ_BYTES);
        if (size <= 0)
            break;
        terminal_output_size += (size_t)size;
        terminal_answer(master, answers, terminal_output_size - (size_t)size);
        last = measure_now();
    }
    return last;
}

/* Milliseconds from a key to the last byte that it brought about; *bytes: how many these were. */
static inline double terminal_time_key(int master, const char *key, double *bytes)
{
    double begin = measure_now();
    if (write(master, key, strlen(key)) < 0)
        terminal_fail("write");
    double end = terminal_read(master, NULL);
    *bytes = (double)terminal_output_size;
    return end - begin;
}

/* Milliseconds of the sqlite3 shell selecting what a first screen shows. */
static inline double terminal_time_shell(const char *database)
{
    char command[4096];
    snprintf(command, sizeof command,
             "sqlite3 -readonly '%s' \"SELECT id, author, substr(body, 1, 480) FROM comment "
             "WHERE state = 'pending' ORDER BY submitted_at, id LIMIT 50\" >/dev/null",
             database);
    double begin = measure_now();
    if (system(command) != 0)
        terminal_fail("sqlite3");
    return measure_now() - begin;
}

#endif
