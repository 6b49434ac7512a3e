/* The terminal: the only place that knows curses, escape sequences and signals of a terminal. */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

#include "base/error.h"
#include "term/canvas.h"
#include "term/press.h"
#include "term/terminal_mode.h"

#include <stdbool.h>

struct terminal;

/* What the colours of a screen are chosen for. */
enum background {
    BACKGROUND_OWN, /* the terminal's own, whatever they are */
    BACKGROUND_DARK,
    BACKGROUND_LIGHT,
};

struct terminal_options {
    enum wire_mode wire;    /* WIRE_AUTOMATIC: as remembered or known of the terminal */
    int patience_ms;        /* how long the first frame waits for the terminal's answers */
    const char *remembered; /* path of the file of settled modes; NULL: none. Strings live as long
                               as the terminal */
    enum background background; /* what explicit colours are chosen for, where they are needed;
                                   BACKGROUND_OWN: what the terminal answers, else dark */
    const char *debug;          /* path of a log of what could not be shown; NULL: none */
    bool no_color;              /* besides $NO_COLOR and what the terminal can do */
    /* Called with context right before the program is stopped by Ctrl-Z; may be NULL. */
    void (*before_stop)(void *context);
    void *context;
};

/* Takes over the terminal on standard input and output: alternate screen, no echo, bracketed paste,
 * mouse clicks, its own bidi off (CSI 8 l) unless frames are sent in WIRE_IMPLICIT. It is asked what
 * it is; the first terminal_show() waits for the answers. It is given back by terminal_close(), on suspend
 * (Ctrl-Z, resumed with a full redraw), on every fatal signal and at exit.
 * Fails with STATUS_IO when standard input or output is no terminal or $TERM is unknown. */
enum status terminal_open(struct terminal **terminal, const struct terminal_options *options,
                          struct error *error);
void terminal_close(struct terminal *terminal);

/* The size now, in columns and rows. */
void terminal_size(const struct terminal *terminal, int *width, int *height);

/* Shows the canvas, sending only what changed since the last frame. The canvas has the terminal's
 * size; where it has not, what fits is shown. */
void terminal_show(struct terminal *terminal, const struct canvas *canvas);

/* Waits at most timeout_ms (-1 without end) for the next press. Returns false and PRESS_NONE when
 * none came. A malformed or unknown escape sequence is swallowed whole. Ctrl-Z stops the program and
 * is not seen; when it goes on, PRESS_RESIZE asks for a redraw. Once the line is gone, every call
 * gives PRESS_HANGUP at once. */
bool terminal_wait(struct terminal *terminal, int timeout_ms, struct press *press);

/* Whether something was typed that terminal_wait() did not give yet. */
bool terminal_key_waits(const struct terminal *terminal);

/* Gives the terminal back for a while (to stop, or to run an editor) and takes it again. */
void terminal_leave(struct terminal *terminal);
void terminal_return(struct terminal *terminal);

/* Redraws everything at the next terminal_show(), for a screen spoilt from outside. The terminal is
 * asked again. */
void terminal_redraw(struct terminal *terminal);

/* How frames are sent, and what is known of the terminal. Before the first frame this waits for its
 * answers. */
const struct terminal_mode *terminal_mode(struct terminal *terminal);

/* Sends frames so from now on, and remembers it for this kind of terminal; WIRE_AUTOMATIC forgets what
 * was remembered. STATUS_IO with a sentence when it cannot be remembered; it holds all the same. The
 * next frame is drawn whole. */
enum status terminal_settle(struct terminal *terminal, enum wire_mode wire, struct error *error);

/* Rings the bell, once. */
void terminal_bell(struct terminal *terminal);

#endif
