/* The commands that decide: one key, then the next comment. */
#ifndef UI_DECIDE_COMMANDS_H
#define UI_DECIDE_COMMANDS_H

#include "ui/screen.h"

/* On the selected comments, or the one under the cursor. reject takes a reason's slug as argument,
 * or asks for it. */
void decide_approve(struct app *app, struct str argument);
void decide_reject(struct app *app, struct str argument);
void decide_spam(struct app *app, struct str argument);
void decide_hold(struct app *app, struct str argument);
void decide_escalate(struct app *app, struct str argument);

/* Takes back one's own last decision, and puts the cursor on its comment. */
void decide_undo(struct app *app, struct str argument);

/* After a decision: forgets the selection, reads again and goes to the next comment that nobody
 * reads. was_current is the comment that was under the cursor. */
void decide_go_on(struct app *app, int64_t was_current);

#endif
