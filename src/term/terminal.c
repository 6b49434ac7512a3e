/* The terminal's life: taking it over, giving it back, and showing frames. Curses paints and knows
 * the terminal's strings. */
#include "term/terminal.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/privilege.h"
#include "term/terminal_inside.h"
#include "term/terminal_paint.h"
#include "term/terminal_signals.h"

#include <curses.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

/* What a terminal cannot answer for sanely; a window is never larger. */
enum { COLUMNS_MOST = 1000, ROWS_MOST = 500 };

/* Bracketed paste (xterm, 2004), mouse clicks (1000) in the form that has no largest column (1006),
 * and explicit bidi (ECMA-48 mode 8, BDSM, reset). Terminals without them pass over them. */
static const char take_sequence[] = "\033[?2004h\033[?1000h\033[?1006h";
static const char give_sequence[] = "\033[?1006l\033[?1000l\033[?2004l\033[8h";
static const char explicit_sequence[] = "\033[8l", implicit_sequence[] = "\033[8h";

/* --- taking and giving ------------------------------------------------------------------------ */

void terminal_send(struct str bytes)
{
    while (bytes.size > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes.data, bytes.size);
        if (written < 0 && errno != EINTR)
            return; /* the line is gone; reading will tell */
        if (written > 0)
            bytes = str_part(bytes, (size_t)written, bytes.size);
    }
}

static void send_bidi_mode(const struct terminal *terminal)
{
    if (terminal->speaks_ansi)
        terminal_send(
            str_of(terminal->mode.wire == WIRE_IMPLICIT ? implicit_sequence : explicit_sequence));
}

/* Enters the alternate screen with curses, then sets what curses knows nothing of. The screen is
 * cleared once more with the next frame: VTE settles the bidi mode of a row when it is cleared. */
static void take(struct terminal *terminal)
{
    erase();
    refresh();
    curs_set(terminal->caret_shown ? 1 : 0);
    if (terminal->speaks_ansi)
        terminal_send(str_of(take_sequence));
    send_bidi_mode(terminal);
    signals_arm_restore(true);
    clearok(curscr, TRUE);
    terminal->away = false;
}

static void give(struct terminal *terminal)
{
    if (terminal->away)
        return;
    if (terminal->speaks_ansi)
        terminal_send(str_of(give_sequence));
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

/* --- the debug log ---------------------------------------------------------------------------- */

/* Adds a line; a log that cannot be written is no reason to stop. It holds numbers only: what is on
 * the screen are people's words. */
static void log_line(const struct terminal *terminal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void log_line(const struct terminal *terminal, const char *format, ...)
{
    FILE *file = terminal->debug ? privilege_fopen(terminal->debug, "ae") : NULL;
    va_list list;
    if (!file)
        return;
    va_start(list, format);
    fprintf(file, "majlis %ld: ", (long)getpid());
    vfprintf(file, format, list);
    fputc('\n', file);
    va_end(list);
    fclose(file);
}

static void log_misplaced(const struct terminal *terminal, unsigned long rows)
{
    log_line(terminal, "frame %lu: %lu rows cannot be shown exactly", terminal->frame.counts.frames,
             rows);
}

static void log_end(struct terminal *terminal)
{
    const struct wire_counts *counts = &terminal->frame.counts;
    log_line(
        terminal,
        "wire %s; %lu frames, %lu rows made, %lu turned, %lu seams; exact with paired brackets "
        "only: %lu rows; not quite as drawn: %lu rows; overridden: %lu rows; misplaced: %lu rows, "
        "%lu columns",
        wire_mode_name(terminal->mode.wire), counts->frames, counts->rows, counts->turned,
        counts->seams, counts->paired, counts->near, counts->overridden, counts->misplaced,
        counts->cells);
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

/* Asks the terminal who it is. Nobody waits yet: the answers come while the first frame is made. */
static void ask(struct terminal *terminal)
{
    struct buffer question = {0};
    if (terminal->speaks_ansi)
        mode_ask(&terminal->mode, &question);
    terminal_send(buffer_str(&question));
    buffer_free(&question);
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
                                  .mode = {.told = options->wire,
                                           .patience_ms = options->patience_ms,
                                           .remembered = options->remembered,
                                           .type = getenv("TERM")},
                                  .background = options->background,
                                  .debug = options->debug,
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
    terminal->keys.answers = &terminal->mode.answers;
    prepare_restore(terminal);
    mode_choose(&terminal->mode);
    take(terminal);
    ask(terminal); /* what an old terminal shows of it goes with the first frame */
    *out = terminal;
    return OK;
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal)
        return;
    give(terminal);
    log_end(terminal);
    delscreen(terminal->screen);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal->before);
    signals_give_back(terminal->hung_up);
    keys_free(&terminal->keys);
    wire_frame_free(&terminal->frame);
    mode_free(&terminal->mode);
    free(terminal);
}

void terminal_leave(struct terminal *terminal)
{
    give(terminal);
}

void terminal_adopt_size(void)
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
    terminal_adopt_size();
    take(terminal);
}

/* --- showing ---------------------------------------------------------------------------------- */

void terminal_size(const struct terminal *terminal, int *width, int *height)
{
    (void)terminal; /* curses keeps it, and there is one terminal */
    *width = COLS;
    *height = LINES;
}

void terminal_adopt_mode(struct terminal *terminal)
{
    bool implicit = terminal->mode.wire == WIRE_IMPLICIT;
    bool light = terminal->background == BACKGROUND_OWN ? terminal->mode.light
                                                        : terminal->background == BACKGROUND_LIGHT;
    look_set_background(terminal->palette, !implicit ? BACKGROUND_OWN
                                           : light   ? BACKGROUND_LIGHT
                                                     : BACKGROUND_DARK);
    wire_frame_forget(&terminal->frame);
    if (terminal->away)
        return;
    send_bidi_mode(terminal);
    clearok(curscr, TRUE);
}

/* Once, before the first frame. */
static void find_mode(struct terminal *terminal)
{
    if (terminal->mode_found)
        return;
    terminal_await_answers(terminal);
    mode_choose(&terminal->mode);
    terminal_adopt_mode(terminal);
    terminal->mode_found = true;
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas)
{
    find_mode(terminal);
    if (terminal->away || terminal->hung_up)
        return;
    if (terminal->mode.wire == WIRE_IMPLICIT) {
        unsigned long misplaced = terminal->frame.counts.misplaced;
        wire_frame_update(&terminal->frame, terminal->mode.profile, canvas);
        if (terminal->frame.counts.misplaced > misplaced)
            log_misplaced(terminal, terminal->frame.counts.misplaced - misplaced);
    }
    paint_canvas(canvas, terminal->mode.wire, &terminal->frame, terminal->palette,
                 &terminal->caret_shown);
}

void terminal_redraw(struct terminal *terminal)
{
    if (terminal->away)
        return;
    ask(terminal); /* a multiplexer may be shown on another terminal by now */
    clearok(curscr, TRUE);
}

const struct terminal_mode *terminal_mode(struct terminal *terminal)
{
    find_mode(terminal);
    return &terminal->mode;
}

enum status terminal_settle(struct terminal *terminal, enum wire_mode wire, struct error *error)
{
    enum status status = mode_settle(&terminal->mode, wire, error);
    terminal_adopt_mode(terminal);
    return status;
}

void terminal_bell(struct terminal *terminal)
{
    if (!terminal->away)
        beep();
}
