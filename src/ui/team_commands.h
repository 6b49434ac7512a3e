/* The commands between colleagues: taking over, handing on, and trainees' proposals. */
#ifndef UI_TEAM_COMMANDS_H
#define UI_TEAM_COMMANDS_H

#include "ui/screen.h"

/* Takes the comment under the cursor over from who reads it. */
void team_take(struct app *app, struct str argument);
/* Makes the proposal on the comment under the cursor a decision; declines it. */
void team_confirm(struct app *app, struct str argument);
void team_decline(struct app *app, struct str argument);
/* Hands the selected comments, or the one under the cursor, to a person or an agency: the argument,
 * or what a prompt is given. */
void team_assign(struct app *app, struct str argument);
/* The queues of what was handed to the person, to their agency, and of what trainees propose; a
 * second time, the whole queue again. */
void team_mine(struct app *app, struct str argument);
void team_of_agency(struct app *app, struct str argument);
void team_proposed(struct app *app, struct str argument);

#endif
