/* The terminal: the only place that knows curses, escape sequences and signals of a terminal. */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

#include "base/error.h"
#include "term/canvas.h"
#include "term/press.h"

#include <stdbool.h>

struct terminal;

/* How a finished row of cells reaches the wire. */
enum wire_mode {
    WIRE_EXPLICIT, /* visual order, joined letters; the terminal is told to reorder nothing */
    WIRE_PLAIN,    /* visual order, letters in their plain forms, for fonts without joined ones */
};

struct terminal_options {
    enum wire_mode wire;
    bool no_color; /* besides $NO_COLOR and what the terminal can do */
    /* Called with context right before the program is stopped by Ctrl-Z; may be NULL. */
    void (*before_stop)(void *context);
    void *context;
};

/* Takes over the terminal on standard input and output: alternate screen, no echo, bracketed paste,
 * mouse clicks, implicit bidi off (CSI 8 l). It is given back by terminal_close(), on suspend
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

/* Gives the terminal back for a while (to stop, or to run an editor) and takes it again. */
void terminal_leave(struct terminal *terminal);
void terminal_return(struct terminal *terminal);

/* Redraws everything at the next terminal_show(), for a screen spoilt from outside. */
void terminal_redraw(struct terminal *terminal);

/* Rings the bell, once. */
void terminal_bell(struct terminal *terminal);

#endif
