/* The terminal's life: taking it over, giving it back, and waiting for what a person does.
 *
 * Curses paints and knows the terminal's strings; input is read and decoded here (terminal_keys.c),
 * because a lost line, a signal and a paste must be told apart from keys. */
#include "term/terminal.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"
#include "term/terminal_keys.h"
#include "term/terminal_look.h"
#include "term/terminal_paint.h"
#include "term/terminal_signals.h"

#include <curses.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

struct terminal {
    SCREEN *screen;
    struct termios before;
    enum wire_mode wire;
    enum palette palette;
    struct keys keys;
    int64_t last_byte_ms; /* when input last came, by moment_monotonic_ms() */
    bool speaks_ansi;     /* it understands, or passes over, the sequences below */
    bool caret_shown;
    bool away;     /* given back for a while */
    bool hung_up;  /* the line is gone */
    bool was_away; /* was given back and taken again: the size may be another */
    void (*before_stop)(void *context);
    void *context;
};

/* What a terminal cannot answer for sanely; a window is never larger. */
enum { COLUMNS_MOST = 1000, ROWS_MOST = 500 };

/* Bracketed paste (xterm, 2004), mouse clicks (1000) in the form that has no largest column (1006),
 * and explicit bidi (ECMA-48 mode 8, BDSM, reset). Terminals without them pass over them. */
static const char take_sequence[] = "\033[8l\033[?2004h\033[?1000h\033[?1006h";
static const char give_sequence[] = "\033[?1006l\033[?1000l\033[?2004l\033[8h";

/* --- taking and giving ------------------------------------------------------------------------ */

/* Writes past curses, whose own output has been sent by the refresh before. */
static void send(const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, size);
        if (written < 0 && errno != EINTR)
            return; /* the line is gone; reading will tell */
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
}

/* Enters the alternate screen with curses, then sets what curses knows nothing of. The screen is
 * cleared once more with the next frame: VTE settles the bidi mode of a row when it is cleared. */
static void take(struct terminal *terminal)
{
    erase();
    refresh();
    curs_set(terminal->caret_shown ? 1 : 0);
    if (terminal->speaks_ansi)
        send(take_sequence, sizeof take_sequence - 1);
    signals_arm_restore(true);
    clearok(curscr, TRUE);
    terminal->away = false;
}

static void give(struct terminal *terminal)
{
    if (terminal->away)
        return;
    if (terminal->speaks_ansi)
        send(give_sequence, sizeof give_sequence - 1);
    endwin();
    signals_arm_restore(false);
    terminal->away = true;
}

/* Where collect_byte() puts what tputs() gives it, which has no room for a context. */
static struct buffer *collected;

static int collect_byte(int byte)
{
    buffer_add_byte(collected, (char)byte);
    return byte;
}

/* Prepares what a signal handler writes: the same as give(), as bytes. */
static void prepare_restore(const struct terminal *terminal)
{
    char *const strings[] = {keypad_local, cursor_normal, exit_attribute_mode, exit_ca_mode};
    struct buffer bytes = {0};
    if (terminal->speaks_ansi)
        buffer_add(&bytes, str_of(give_sequence));
    collected = &bytes;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        if (strings[i])
            tputs(strings[i], 1, collect_byte);
    }
    collected = NULL;
    signals_prepare_restore(buffer_str(&bytes), &terminal->before);
    buffer_free(&bytes);
}

/* --- opening and closing ---------------------------------------------------------------------- */

/* Teaches the decoder what terminfo says this terminal's keys send. */
static void learn_keys(struct keys *keys)
{
    static const struct {
        const char *capability;
        struct press press;
    } known[] = {
        {"kcuu1", {.kind = PRESS_UP}},
        {"kcud1", {.kind = PRESS_DOWN}},
        {"kcub1", {.kind = PRESS_LEFT}},
        {"kcuf1", {.kind = PRESS_RIGHT}},
        {"khome", {.kind = PRESS_HOME}},
        {"kend", {.kind = PRESS_END}},
        {"kpp", {.kind = PRESS_PAGE_UP}},
        {"knp", {.kind = PRESS_PAGE_DOWN}},
        {"kdch1", {.kind = PRESS_DELETE}},
        {"kcbt", {.kind = PRESS_BACKTAB}},
        {"kent", {.kind = PRESS_ENTER}},
        {"kf1", {.kind = PRESS_FUNCTION, .codepoint = 1}},
        {"kf2", {.kind = PRESS_FUNCTION, .codepoint = 2}},
        {"kf3", {.kind = PRESS_FUNCTION, .codepoint = 3}},
        {"kf4", {.kind = PRESS_FUNCTION, .codepoint = 4}},
        {"kf5", {.kind = PRESS_FUNCTION, .codepoint = 5}},
        {"kf6", {.kind = PRESS_FUNCTION, .codepoint = 6}},
        {"kf7", {.kind = PRESS_FUNCTION, .codepoint = 7}},
        {"kf8", {.kind = PRESS_FUNCTION, .codepoint = 8}},
        {"kf9", {.kind = PRESS_FUNCTION, .codepoint = 9}},
        {"kf10", {.kind = PRESS_FUNCTION, .codepoint = 10}},
        {"kf11", {.kind = PRESS_FUNCTION, .codepoint = 11}},
        {"kf12", {.kind = PRESS_FUNCTION, .codepoint = 12}},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *sequence = tigetstr(known[i].capability);
        /* tigetstr() says "no such capability" by a pointer of -1. */
        if (sequence && (intptr_t)sequence != -1)
            keys_learn(keys, sequence, known[i].press);
    }
}

/* Sets the curses modes this program wants: every key as it is pressed, none as a signal. */
static void set_modes(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    typeahead(-1);
    idcok(stdscr, FALSE);
}

static enum status screen_start(struct terminal *terminal, struct error *error)
{
    const char *name = getenv("TERM");
    terminal->screen = newterm(NULL, stdout, stdin);
    if (!terminal->screen)
        return error_set(error, STATUS_IO,
                         _("the terminal type \"%s\" is not known here; set TERM, for example to "
                           "xterm-256color"),
                         name ? name : "");
    if (!cursor_address) {
        endwin();
        delscreen(terminal->screen);
        return error_set(error, STATUS_IO, _("a terminal of type \"%s\" cannot show full screens"),
                         name);
    }
    return OK;
}

enum status terminal_open(struct terminal **out, const struct terminal_options *options,
                          struct error *error)
{
    struct termios before;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return error_set(error, STATUS_IO,
                         _("this needs a terminal: standard input or output is not one"));
    struct terminal *terminal = memory_new(1, sizeof *terminal);
    *terminal = (struct terminal){.before = before,
                                  .wire = options->wire,
                                  .before_stop = options->before_stop,
                                  .context = options->context};
    enum status status = signals_take(error);
    if (status == OK && (status = screen_start(terminal, error)) != OK)
        signals_give_back(false);
    if (status != OK) {
        free(terminal);
        return status;
    }
    set_modes();
    terminal->palette = look_start(options->no_color);
    terminal->speaks_ansi = cursor_address[0] == '\033' && cursor_address[1] == '[';
    learn_keys(&terminal->keys);
    prepare_restore(terminal);
    take(terminal);
    *out = terminal;
    return OK;
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    give(terminal);
    delscreen(terminal->screen);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal->before);
    signals_give_back(terminal->hung_up);
    keys_free(&terminal->keys);
    free(terminal);
}

void terminal_leave(struct terminal *terminal)
{
    give(terminal);
}

/* Takes the size the window has now. */
static void adopt_size(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return;
    int width = size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST;
    int height = size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST;
    if (width != COLS || height != LINES)
        resizeterm(height, width);
}

void terminal_return(struct terminal *terminal)
{
    if (!terminal->away)
        return;
    adopt_size();
    take(terminal);
}

/* --- showing ---------------------------------------------------------------------------------- */

void terminal_size(const struct terminal *terminal, int *width, int *height)
{
    (void)terminal; /* curses keeps it, and there is one terminal */
    *width = COLS;
    *height = LINES;
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas)
{
    if (!terminal->away && !terminal->hung_up)
        paint_canvas(canvas, terminal->wire, terminal->palette, &terminal->caret_shown);
}

void terminal_redraw(struct terminal *terminal)
{
    if (!terminal->away)
        clearok(curscr, TRUE);
}

void terminal_bell(struct terminal *terminal)
{
    if (!terminal->away)
        beep();
}

/* --- waiting ---------------------------------------------------------------------------------- */

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
        adopt_size();
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

/* Takes the next decoded press; Ctrl-Z is dealt with here. */
static bool take_key(struct terminal *terminal, struct press *press, int *patience_ms)
{
    while (keys_next(&terminal->keys, silence_ms(terminal), press, patience_ms)) {
        bool stop = press->kind == PRESS_CHARACTER && press->codepoint == 'z' && press->control &&
                    !press->alt;
        if (!stop)
            return true;
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

bool terminal_wait(struct terminal *terminal, int timeout_ms, struct press *press)
{
    int64_t end = timeout_ms < 0 ? -1 : moment_monotonic_ms() + timeout_ms;
    for (;;) {
        int patience_ms = -1;
        if (take_signal(terminal, press) || take_key(terminal, press, &patience_ms))
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
