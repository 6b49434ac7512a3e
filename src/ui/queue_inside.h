/* What the files of the queue screen share. */
#ifndef UI_QUEUE_INSIDE_H
#define UI_QUEUE_INSIDE_H

#include "ui/queue_screen.h"

/* Shows the comment under the cursor in the pane beside the list. */
void queue_show_current(struct queue_screen *queue);

/* Moves the cursor by delta comments and, as far as it can, the row it stands on. */
void queue_move(struct app *app, int64_t delta);

/* Shows the letters of a cluster, in the states of the queue one is in; place is where its line
 * stands there. False when it failed; the sentence is shown. */
bool queue_letters_open(struct app *app, int64_t cluster, struct queue_place place);
/* Shows the queue again that the letters were opened from, at the line they are of. */
void queue_letters_close(struct app *app);

#endif
