/* What a person was in the middle of, kept as it comes about, so that a line that drops or a program
 * that is killed loses none of it: the line being typed, the queue that was open, the comment. */
#ifndef UI_UNFINISHED_H
#define UI_UNFINISHED_H

#include "ui/screen.h"

/* A line about a comment, kept under a name such as "unfinished-note". */

/* Keeps it in place of the one kept before; an empty text forgets it. */
enum status unfinished_keep(struct app *app, const char *name, int64_t comment, struct str text,
                            struct error *error);
/* The line that is kept; false when none is. *text in arena. */
bool unfinished_find(struct app *app, const char *name, struct arena *arena, int64_t *comment,
                     struct str *text);

/* The session. */

/* Finds out whether the person's last session ended without being left, and if so opens what was
 * open then. This session is kept instead from the first session_keep() on.
 * asked  whether a certain queue was asked for: then only the comment is told of
 * told   receives a translated sentence, empty when there is nothing to tell */
void session_resume(struct app *app, bool asked, char told[static ERROR_BYTES]);
/* Keeps which queue is open, where that changed; costs nothing where it has not. */
void session_keep(struct app *app);
/* The end: by the person's own wish, and nothing is kept, or not, and the comment is kept, too. */
void session_end(struct app *app, bool wished);

#endif
