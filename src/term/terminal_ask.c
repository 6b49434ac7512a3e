/* A question outside of the full screen: no echo meanwhile, and nothing of the answers left over for
 * the shell. */
#include "term/terminal_ask.h"

#include "base/language.h"
#include "base/moment.h"
#include "term/terminal_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static bool send_all(int tty, struct str bytes)
{
    while (bytes.size > 0) {
        ssize_t written = write(tty, bytes.data, bytes.size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = str_part(bytes, (size_t)written, bytes.size);
    }
    return true;
}

/* Decodes what came; keys typed meanwhile are dropped. */
static void hear(struct keys *keys, int tty)
{
    char bytes[4096];
    struct press press;
    int patience_ms;
    ssize_t size = read(tty, bytes, sizeof bytes);
    if (size > 0)
        keys_feed(keys, bytes, (size_t)size);
    while (keys_next(keys, 0, &press, &patience_ms))
        continue;
}

/* Sends the question, and the further one when it is time, and takes the answers. */
static bool converse(struct terminal_mode *mode, int tty)
{
    struct keys keys = {.answers = &mode->answers};
    struct buffer question = {0};
    bool fine = true;
    int wait_ms;
    mode_ask(mode, &question);
    fine = send_all(tty, buffer_str(&question));
    while (fine && (wait_ms = mode_wait_ms(mode)) > 0) {
        struct pollfd input = {.fd = tty, .events = POLLIN};
        if (poll(&input, 1, wait_ms) > 0)
            hear(&keys, tty);
        buffer_clear(&question);
        mode_ask_further(mode, &question);
        fine = send_all(tty, buffer_str(&question));
    }
    buffer_free(&question);
    keys_free(&keys);
    return fine;
}

enum status terminal_ask(const struct terminal_options *options, struct terminal_mode *mode,
                         int *answered_ms, struct error *error)
{
    struct termios before, silent;
    *mode = (struct terminal_mode){.told = options->wire,
                                   .patience_ms = options->patience_ms,
                                   .remembered = options->remembered,
                                   .type = getenv("TERM")};
    int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (tty < 0 || tcgetattr(tty, &before) != 0) {
        if (tty >= 0)
            close(tty);
        return error_set(error, STATUS_IO, _("there is no terminal here to ask"));
    }
    silent = before;
    cfmakeraw(&silent);
    silent.c_oflag = before.c_oflag;
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    tcsetattr(tty, TCSADRAIN, &silent);
    bool fine = converse(mode, tty);
    *answered_ms = mode->asked_ms && answers_ended(&mode->answers)
                       ? (int)(moment_monotonic_ms() - mode->asked_ms)
                       : -1;
    tcsetattr(tty, TCSADRAIN, &before);
    close(tty);
    mode_choose(mode);
    return fine ? OK
                : error_set(error, STATUS_IO, _("the terminal cannot be asked: %s"),
                            strerror(errno));
}
