/* Signals, as far as they concern a terminal: the ordinary ones become bytes of a pipe that a wait
 * can watch; the fatal ones give the terminal back before they do what they do. A process has one
 * terminal, so what is here is of the process. */
#ifndef TERM_TERMINAL_SIGNALS_H
#define TERM_TERMINAL_SIGNALS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <termios.h>

/* Takes over SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT and the fatal signals;
 * what they did before comes back with signals_give_back(), but a hangup is ignored for good when
 * the line is gone: the shell's SIGHUP may come after the end of input, while the program still
 * saves. Returns STATUS_IO with *error filled when there is no pipe to be had. */
enum status signals_take(struct error *error);
void signals_give_back(bool line_gone);

/* The end of the pipe that becomes readable when a signal came. */
int signals_descriptor(void);

/* Takes the signals that came since the last call out of the pipe. */
struct signals_seen {
    bool resized, terminated, stopped, continued;
};
struct signals_seen signals_seen(void);

/* Stops this process as Ctrl-Z does; returns when it is continued. */
void signals_stop(void);

enum { RESTORE_BYTES = 512 };

/* What gives the terminal back in an emergency: bytes to write, at most RESTORE_BYTES of them, and
 * the settings to set. It is used when a fatal signal comes, memory runs out or the program exits,
 * while armed. */
void signals_prepare_restore(struct str bytes, const struct termios *before);
void signals_arm_restore(bool armed);

#endif
