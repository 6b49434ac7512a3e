/* One run of one script: what every step works on. */
#ifndef SCREENS_RUN_H
#define SCREENS_RUN_H

#include "base/arena.h"
#include "screens/identity.h"
#include "screens/script.h"
#include "screens/session.h"

#include <stdarg.h>
#include <stdbool.h>

/* What all scripts of this call share. */
struct setting {
    const char *program;             /* its absolute path */
    const char *folder;              /* of what is made for this call */
    const char *examples;            /* the database of worked examples, made once */
    int deadline_ms;                 /* of every wait */
    const char *wire;                /* the mode every program is told; NULL: none */
    const struct identity *identity; /* the terminal every program runs on; NULL: libvterm */
    bool update;                     /* write the screens that same-as compares with */
};

/* A program on a terminal of its own. */
struct program {
    bool opened; /* session holds a program, running or ended */
    bool killed; /* the script itself sent it KILL */
    const char *terminal_type;
    char **environment;
    struct session session;
};

struct run {
    const struct setting *setting;
    const struct script *script;
    const struct line *line; /* the step that is being done */
    const char *home;        /* the program's home, and all its files; of this run alone */
    const char *database;    /* NULL before the first open */
    bool opened;             /* session holds a program, running or ended */
    bool killed;             /* the script itself sent it KILL */
    const char *terminal_type;
    char **environment;
    struct session session;
    struct arena arena;
    const struct identity *identity; /* of the terminal the next program runs on */
    const char *user;     /* the login that the step "as" names; NULL: the runner's own */
    struct program other; /* the second program, while the first is the one above; or the reverse */
    const char *skipped;  /* why the script cannot be played here; NULL: it can */
    bool failed;
};

/* Does the script's steps up to the first that fails, and ends the programs. A script that cannot be
 * played here is skipped, and why is printed. */
enum verdict { VERDICT_PASSED, VERDICT_FAILED, VERDICT_SKIPPED };
enum verdict run_script(const struct setting *setting, const struct script *script,
                        const char *home);

/* Prints where the script stands, what went wrong, and the screen. Returns false, so that a step
 * can end with it. Only the first failure of a run is printed. */
bool run_fail(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Waits until the program has settled and condition holds; false when the deadline went by or the
 * program ended without it. A condition may be tried many times; its memory comes from scratch. */
typedef bool run_condition(struct run *run, const void *context, struct arena *scratch);
bool run_wait(struct run *run, run_condition *condition, const void *context);

#endif
