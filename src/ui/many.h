/* What is done to many comments: part by part between two presses, so that the screen goes on, with
 * its progress in the status line; a key stops it. */
#ifndef UI_MANY_H
#define UI_MANY_H

#include "ui/screen.h"

/* One such deed. */
struct job {
    /* Does the next part, and sets many.finished with the last. */
    enum status (*part)(struct app *app, struct job *job, struct error *error);
    /* Reads again what is shown and says what was done: all of it, or what came before the stop. */
    void (*end)(struct app *app, const struct job *job);
    struct many many;
    int64_t total; /* comments there are; 0: not known */
    /* What the parts need. */
    enum action action;
    int64_t reason;
    int64_t response; /* the draft, or the batch */
    int64_t current;  /* the comment under the cursor when it began */
    bool proposed, publishing;
    struct undone undone;
    struct buffer text; /* tags, or whom it is for */
    struct target *targets;
};

/* A job on the targets as they are now (queue_targets()), which are copied; many_run() takes it. */
struct job *many_new(struct app *app,
                     enum status (*part)(struct app *app, struct job *job, struct error *error),
                     void (*end)(struct app *app, const struct job *job));

/* Does the first part at once and, where there is more, the others while no key is pressed. Returns
 * what the first part came to; a failure is said. */
enum status many_run(struct app *app, struct job *job);

/* Adds to what was said how many were left out since colleagues read them. */
void many_say_claimed(struct app *app, const struct job *job);
/* Says on how many comments the subject's line, or the selection, makes a key act; nothing for one. */
void many_say_aim(struct app *app);

/* The next part of what is under way. */
void many_step(struct app *app);
/* A key was pressed: what is under way ends here. */
void many_stop(struct app *app);
/* Forgets what is under way. */
void many_free(struct app *app);

#endif
