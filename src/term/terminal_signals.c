/* Signal handlers and what they need. Everything a handler touches is prepared in advance; a
 * handler calls only functions that POSIX lists as safe there. */
#include "term/terminal_signals.h"

#include "base/language.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int ordinary[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

enum {
    ORDINARY_COUNT = sizeof ordinary / sizeof ordinary[0],
    FATAL_COUNT = sizeof fatal / sizeof fatal[0],
    HANDLER_STACK_BYTES = 64 * 1024, /* so that a stack that overflowed can be told of */
};

static struct sigaction ordinary_before[ORDINARY_COUNT], fatal_before[FATAL_COUNT];
static int pipe_ends[2] = {-1, -1};
static char handler_stack[HANDLER_STACK_BYTES];

static struct {
    volatile sig_atomic_t armed;
    char bytes[RESTORE_BYTES];
    size_t size;
    struct termios before;
} restore;

/* --- giving the terminal back ---------------------------------------------------------------- */

static void restore_now(void)
{
    if (!restore.armed)
        return;
    restore.armed = 0;
    /* A process in the background would be stopped for touching the terminal. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTTOU, &ignore, NULL);
    for (size_t sent = 0; sent < restore.size;) {
        ssize_t written = write(STDOUT_FILENO, restore.bytes + sent, restore.size - sent);
        if (written <= 0 && errno != EINTR)
            break;
        sent += written > 0 ? (size_t)written : 0;
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
}

void signals_prepare_restore(struct str bytes, const struct termios *before)
{
    static bool registered;
    restore.armed = 0;
    restore.size = bytes.size < RESTORE_BYTES ? bytes.size : RESTORE_BYTES;
    memcpy(restore.bytes, bytes.data, restore.size);
    restore.before = *before;
    memory_on_exhaustion(restore_now);
    if (!registered)
        atexit(restore_now);
    registered = true;
}

void signals_arm_restore(bool armed)
{
    restore.armed = armed;
}

/* --- handlers -------------------------------------------------------------------------------- */

static void on_ordinary(int signal_number)
{
    int saved = errno;
    unsigned char byte = (unsigned char)signal_number;
    ssize_t written = write(pipe_ends[1], &byte, 1); /* a full pipe holds enough to know */
    (void)written;
    errno = saved;
}

/* Restores, then lets what was there before (the system's default, a sanitizer's report) have it.
 */
static void on_fatal(int signal_number)
{
    restore_now();
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        if (fatal[i] == signal_number)
            sigaction(signal_number, &fatal_before[i], NULL);
    }
    raise(signal_number);
}

enum status signals_take(struct error *error)
{
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return error_set(error, STATUS_IO, _("cannot make a pipe: %s"), strerror(errno));
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_handler = on_ordinary, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ORDINARY_COUNT; i++)
        sigaction(ordinary[i], &action, &ordinary_before[i]);
    action.sa_handler = on_fatal;
    action.sa_flags = SA_ONSTACK;
    for (size_t i = 0; i < FATAL_COUNT; i++)
        sigaction(fatal[i], &action, &fatal_before[i]);
    return OK;
}

void signals_give_back(bool line_gone)
{
    for (size_t i = 0; i < ORDINARY_COUNT; i++) {
        if (ordinary[i] == SIGHUP && line_gone)
            signal(SIGHUP, SIG_IGN);
        else
            sigaction(ordinary[i], &ordinary_before[i], NULL);
    }
    for (size_t i = 0; i < FATAL_COUNT; i++)
        sigaction(fatal[i], &fatal_before[i], NULL);
    for (size_t i = 0; i < 2; i++) {
        close(pipe_ends[i]);
        pipe_ends[i] = -1;
    }
}

int signals_descriptor(void)
{
    return pipe_ends[0];
}

struct signals_seen signals_seen(void)
{
    struct signals_seen seen = {0};
    unsigned char bytes[64];
    ssize_t size;
    while ((size = read(pipe_ends[0], bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < size; i++) {
            bool resized = bytes[i] == SIGWINCH, stopped = bytes[i] == SIGTSTP;
            bool continued = bytes[i] == SIGCONT;
            seen.resized |= resized;
            seen.stopped |= stopped;
            seen.continued |= continued;
            seen.terminated |= !resized && !stopped && !continued;
        }
    }
    return seen;
}

void signals_stop(void)
{
    struct sigaction stop_ours, continue_ours, standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    sigaction(SIGTSTP, &standard, &stop_ours);
    sigaction(SIGCONT, &standard, &continue_ours);
    /* The whole process group, as the terminal's driver would: a pipe's other end stops too. */
    kill(0, SIGTSTP);
    sigaction(SIGCONT, &continue_ours, NULL);
    sigaction(SIGTSTP, &stop_ours, NULL);
}
