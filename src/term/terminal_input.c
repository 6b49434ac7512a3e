/* Waiting for what a person does. Input is read and decoded here and in terminal_keys.c, not by
 * curses, because a lost line, a signal, a paste and a terminal's answer must be told apart from
 * keys. */
#include "term/terminal_inside.h"

#include "base/moment.h"
#include "term/terminal_signals.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

/* Ctrl-Z: gives the terminal back, stops, and takes it again when continued. */
static void suspend(struct terminal *terminal)
{
    if (terminal->before_stop)
        terminal->before_stop(terminal->context);
    terminal_leave(terminal);
    signals_stop();
    terminal_return(terminal);
    terminal->was_away = true;
}

/* After a stop that could not be foreseen (SIGSTOP) others may have written on the screen. */
static void retake(struct terminal *terminal)
{
    if (terminal->away)
        return;
    terminal_leave(terminal);
    terminal_return(terminal);
    terminal->was_away = true;
}

/* Turns signals into presses. */
static bool take_signal(struct terminal *terminal, struct press *press)
{
    struct signals_seen seen = signals_seen();
    if (seen.terminated) {
        *press = (struct press){.kind = PRESS_TERMINATE};
        return true;
    }
    if (seen.stopped)
        suspend(terminal);
    else if (seen.continued)
        retake(terminal);
    if (seen.resized && !terminal->away)
        terminal_adopt_size();
    if (!seen.resized && !terminal->was_away)
        return false;
    terminal->was_away = false;
    *press = (struct press){.kind = PRESS_RESIZE};
    return true;
}

static int silence_ms(const struct terminal *terminal)
{
    int64_t silence = moment_monotonic_ms() - terminal->last_byte_ms;
    return silence > INT_MAX ? INT_MAX : (int)silence;
}

/* A terminal that reorders rows names the column of the row it was sent, wherever that is seen. */
static void see_through_wire(const struct terminal *terminal, struct press *press)
{
    if (press->kind == PRESS_MOUSE && terminal->mode.wire == WIRE_IMPLICIT)
        press->x = wire_frame_seen_x(&terminal->frame, press->y, press->x);
}

/* The next decoded press, or one that came before the first frame. */
static bool next_press(struct terminal *terminal, struct press *press, int *patience_ms)
{
    if (terminal->ahead_taken == terminal->ahead_count)
        return keys_next(&terminal->keys, silence_ms(terminal), press, patience_ms);
    *press = terminal->ahead[terminal->ahead_taken++];
    return true;
}

/* Takes the next press; Ctrl-Z is dealt with here. */
static bool take_key(struct terminal *terminal, struct press *press, int *patience_ms)
{
    while (next_press(terminal, press, patience_ms)) {
        bool stop = press->kind == PRESS_CHARACTER && press->codepoint == 'z' && press->control &&
                    !press->alt;
        if (!stop) {
            see_through_wire(terminal, press);
            return true;
        }
        suspend(terminal);
        return take_signal(terminal, press);
    }
    return false;
}

static void read_input(struct terminal *terminal)
{
    enum { READ_BYTES = 4096 };
    char bytes[READ_BYTES];
    ssize_t size = read(STDIN_FILENO, bytes, sizeof bytes);
    if (size > 0) {
        keys_feed(&terminal->keys, bytes, (size_t)size);
        terminal->last_byte_ms = moment_monotonic_ms();
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
        terminal->hung_up = true;
    }
}

/* The lesser of two waits, of which -1 is endless; a wait that is over is 0. */
static int lesser_wait(int64_t a, int64_t b)
{
    int64_t lesser = a < 0 ? b : b < 0 ? a : a < b ? a : b;
    return lesser > INT_MAX ? INT_MAX : (int)lesser;
}

/* Waits for input or a signal, and reads the input. False when time_ms went by without either. */
static bool wait_for_input(struct terminal *terminal, int time_ms)
{
    struct pollfd watched[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                               {.fd = signals_descriptor(), .events = POLLIN}};
    int ready = poll(watched, sizeof watched / sizeof watched[0], time_ms);
    if (ready > 0 && watched[0].revents)
        read_input(terminal);
    return ready != 0;
}

/* Asks on, where a multiplexer turned out to be between. */
static void ask_further(struct terminal *terminal)
{
    struct buffer question = {0};
    mode_ask_further(&terminal->mode, &question);
    if (question.size > 0)
        terminal_send(buffer_str(&question));
    buffer_free(&question);
}

void terminal_await_answers(struct terminal *terminal)
{
    int patience_ms, wait_ms;
    while ((wait_ms = mode_wait_ms(&terminal->mode)) > 0 && !terminal->hung_up) {
        struct press *press = &terminal->ahead[terminal->ahead_count];
        if (terminal->ahead_count == PRESSES_AHEAD)
            break;
        if (keys_next(&terminal->keys, silence_ms(terminal), press, &patience_ms)) {
            terminal->ahead_count++;
            if (press->kind == PRESS_PASTE)
                break; /* what it holds must be taken before more is decoded */
            continue;
        }
        ask_further(terminal);
        wait_ms = mode_wait_ms(&terminal->mode);
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        if (wait_ms > 0 && poll(&input, 1, lesser_wait(wait_ms, patience_ms)) > 0)
            read_input(terminal);
    }
}

/* Looks at answers that came late; true when the screen is to be drawn anew for them. */
static bool take_answers(struct terminal *terminal, struct press *press)
{
    struct answers *answers = &terminal->mode.answers;
    mode_wait_ms(&terminal->mode); /* gives up at last */
    if (terminal->mode_found)
        ask_further(terminal);
    if (!terminal->mode_found || !answers->fresh)
        return false;
    answers->fresh = false;
    ask_further(terminal);
    if (!answers_ended(answers) || !mode_choose(&terminal->mode))
        return false;
    terminal_adopt_mode(terminal);
    *press = (struct press){.kind = PRESS_RESIZE};
    return true;
}

bool terminal_key_waits(const struct terminal *terminal)
{
    struct pollfd watched = {.fd = STDIN_FILENO, .events = POLLIN};
    return terminal->hung_up || poll(&watched, 1, 0) > 0;
}

bool terminal_wait(struct terminal *terminal, int timeout_ms, struct press *press)
{
    int64_t end = timeout_ms < 0 ? -1 : moment_monotonic_ms() + timeout_ms;
    for (;;) {
        int patience_ms = -1;
        if (take_signal(terminal, press) || take_key(terminal, press, &patience_ms) ||
            take_answers(terminal, press))
            return true;
        if (terminal->hung_up) {
            *press = (struct press){.kind = PRESS_HANGUP};
            return true;
        }
        int64_t now = moment_monotonic_ms();
        int64_t settles = patience_ms < 0 ? -1 : terminal->last_byte_ms + patience_ms - now;
        int64_t left = end < 0 ? -1 : end > now ? end - now : 0;
        int time_ms = lesser_wait(left, patience_ms < 0 ? -1 : settles > 0 ? settles : 0);
        if (!wait_for_input(terminal, time_ms) && left == 0)
            break;
    }
    *press = (struct press){.kind = PRESS_NONE};
    return false;
}
