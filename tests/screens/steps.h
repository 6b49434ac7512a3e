/* The steps of the script language, one row each. */
#ifndef SCREENS_STEPS_H
#define SCREENS_STEPS_H

#include "screens/run.h"

struct step {
    const char *name;
    size_t least_words; /* behind the name */
    const char *usage;  /* what follows the name */
    /* Does the step that run->line says; false when it failed and said so by run_fail(). */
    bool (*run)(struct run *run, const struct word *words, size_t count);
};

/* The row of a step, or NULL. */
const struct step *step_find(const struct word *name);

/* Starts the program on the run's database.
 * arguments  ends in NULL; behind the path of the program */
bool program_open(struct run *run, const char *const *arguments, int width, int height);

/* Ends the program if one is open, and looks at how it ended: it must leave when asked, by no
 * signal but one the script sent, and without a sanitizer's report. */
bool program_finish(struct run *run);

/* What a sanitizer reported of the run's programs, or NULL. It lives as long as the run. */
const char *program_report(struct run *run);

/* The step open, in program.c. */
bool step_open(struct run *run, const struct word *words, size_t count);

#endif
