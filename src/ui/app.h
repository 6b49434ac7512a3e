/* The full-screen program: opens the terminal, runs the screens, gives the terminal back. */
#ifndef UI_APP_H
#define UI_APP_H

#include "desk/desk.h"
#include "term/terminal.h"

struct app_options {
    struct terminal_options terminal;
    const char *consultation; /* slug to open first; NULL for all */
};

/* Runs until the person quits or the terminal is gone. What was typed is in the database by then.
 * Returns OK, or STATUS_IO when the terminal cannot be used. */
enum status app_run(struct desk *desk, const struct app_options *options, struct error *error);

#endif
