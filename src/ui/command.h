/* Every command: what runs it, who may, and what help says of it. The help screen, the footer, the
 * ':' line and the manual's table of keys are all made from this one table. */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

#include "ui/screen.h"

struct command {
    const char *name; /* as the ':' line takes it; unique */
    const char
        *keys; /* their names as press_parse() reads them, between blanks; may be none; two keys
                             pressed one after the other have a comma between: "ctrl+x,ctrl+e" */
    unsigned where;       /* contexts (enum context) the keys work in */
    enum right right;     /* what the person must be allowed */
    const char *argument; /* N_() what may follow the name, such as "REASON"; NULL: nothing */
    void (*run)(struct app *app, struct str argument);
    const char *brief; /* N_() one word for the footer; NULL: not shown there */
    const char *help;  /* N_() one sentence */
};

/* All commands, in the order help shows them. */
const struct command *command_table(size_t *count);

/* The command whose key this is in a context; NULL when it is none's.
 *
 * first        the key before it, where that was the first of two; NULL for none
 * wants_other  receives whether this is the first of two keys; may be NULL */
const struct command *command_for_press(enum context context, const struct press *first,
                                        const struct press *press, bool *wants_other);

/* The command with this name, or the only one beginning so; NULL otherwise. */
const struct command *command_named(struct str name);

/* Runs a command after asking whether the person may. */
void command_run(struct app *app, const struct command *command, struct str argument);

/* Runs a line as typed behind ':': a name and its argument. */
void command_run_line(struct app *app, struct str line);

#endif
