/* The commands that leave something on a comment: tags and notes; and publishing of responses. */
#ifndef UI_ANNOTATE_COMMANDS_H
#define UI_ANNOTATE_COMMANDS_H

#include "ui/screen.h"

/* A prompt for tags, or those in the argument: slugs, with - before one to take it off. On the
 * selected comments, or the one under the cursor. */
void annotate_tag(struct app *app, struct str argument);
/* The name of the setting that keeps an unfinished note. */
extern const char annotate_note_draft[];
/* A prompt for a note, or the one in the argument, on the comment under the cursor. */
void annotate_note(struct app *app, struct str argument);
/* Publishes, or sends back, the submitted response of the comment under the cursor. */
void annotate_publish(struct app *app, struct str argument);
void annotate_send_back(struct app *app, struct str argument);

#endif
