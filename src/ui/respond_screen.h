/* Writing a response: the comment above, the editor below, the draft kept as one types. */
#ifndef UI_RESPOND_SCREEN_H
#define UI_RESPOND_SCREEN_H

#include "ui/screen.h"

/* Opens the editor for the comment under the cursor, with the person's draft if there is one. */
void respond_open(struct app *app, struct str argument);

/* A picker of the drafts the person left open. */
void respond_drafts(struct app *app, struct str argument);

/* A picker of the responses that wait for review; goes to the comment of the chosen one. */
void respond_review(struct app *app, struct str argument);

/* Commands of the screen itself. */
void respond_submit(struct app *app, struct str argument);
void respond_leave(struct app *app, struct str argument);
void respond_template(struct app *app, struct str argument);
void respond_comment_down(struct app *app, struct str argument);
void respond_comment_up(struct app *app, struct str argument);

/* How many drafts the person left open, and how many responses wait for review; said at the start. */
size_t respond_open_drafts(struct app *app);
size_t respond_waiting(struct app *app);

/* Goes on with the response in the person's own editor ($VISUAL, $EDITOR). */
void respond_edit_outside(struct app *app, struct str argument);

#endif
