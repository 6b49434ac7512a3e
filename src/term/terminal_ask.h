/* Asking the terminal who it is outside of the full screen, for a report. */
#ifndef TERM_TERMINAL_ASK_H
#define TERM_TERMINAL_ASK_H

#include "term/terminal.h"

/* Asks the terminal of this process (/dev/tty, whatever standard input and output are), and chooses as
 * terminal_open() would.
 * options      as for that; patience_ms is how long to wait at most
 * mode         receives what was asked, answered and chosen; mode_free() releases it
 * answered_ms  receives how long the answers took, -1 where they did not all come
 * STATUS_IO with a sentence when there is no terminal. */
enum status terminal_ask(const struct terminal_options *options, struct terminal_mode *mode,
                         int *answered_ms, struct error *error);

#endif
