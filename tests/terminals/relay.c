/* relay KEYS STATE -- PROGRAM [ARGUMENT ...]: runs a program on a pseudo-terminal inside a real
 * terminal, and hands on what both say. Bytes that come through the pipe KEYS are typed too. A line is
 * written to the pipe STATE whenever the program has come to rest: what was typed is answered. So a
 * picture can be taken of what a person would see, without guessing how long that takes. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { REST_MS = 250, READ_BYTES = 65536, USAGE = 2 };

static struct termios before;

static void fail(const char *what)
{
    fprintf(stderr, "relay: %s: %s\r\n", what, strerror(errno));
    exit(1);
}

static void put_back(void)
{
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

static void write_all(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(to, bytes, size);
        if (written < 0 && errno != EINTR)
            fail("write");
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
}

/* Hands on what there is; false at the end. */
static bool hand_on(int from, int to)
{
    static char bytes[READ_BYTES];
    ssize_t size = read(from, bytes, sizeof bytes);
    if (size > 0)
        write_all(to, bytes, (size_t)size);
    return size > 0 || (size < 0 && (errno == EINTR || errno == EAGAIN));
}

static pid_t start(char *const *arguments, int *master)
{
    struct winsize size;
    struct termios raw;
    if (tcgetattr(STDIN_FILENO, &before) != 0 || ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0)
        fail("no terminal");
    pid_t program = forkpty(master, NULL, &before, &size);
    if (program == 0) {
        execv(arguments[0], arguments);
        _exit(127);
    }
    if (program < 0)
        fail("forkpty");
    raw = before;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    atexit(put_back);
    return program;
}

static void relay(int master, int keys, int state)
{
    bool resting = false;
    for (;;) {
        struct pollfd watched[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                   {.fd = master, .events = POLLIN},
                                   {.fd = keys, .events = POLLIN}};
        int ready = poll(watched, 3, resting ? -1 : REST_MS);
        if (ready == 0) {
            write_all(state, "rest\n", strlen("rest\n"));
            resting = true;
            continue;
        }
        resting = false;
        if (watched[1].revents && !hand_on(master, STDOUT_FILENO))
            return;
        if (watched[0].revents && !hand_on(STDIN_FILENO, master))
            return;
        if (watched[2].revents && !hand_on(keys, master))
            return;
    }
}

int main(int argc, char **argv)
{
    int master;
    if (argc < 5 || strcmp(argv[3], "--") != 0) {
        fprintf(stderr, "usage: relay KEYS STATE -- PROGRAM [ARGUMENT ...]\n");
        return USAGE;
    }
    signal(SIGPIPE, SIG_IGN);
    /* Both ends of the pipes are held open, so that nobody waits for the other. */
    int keys = open(argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC);
    int state = open(argv[2], O_RDWR | O_CLOEXEC);
    if (keys < 0 || state < 0)
        fail("pipe");
    pid_t program = start(argv + 4, &master);
    relay(master, keys, state);
    kill(program, SIGHUP);
    waitpid(program, NULL, 0);
    return 0;
}
