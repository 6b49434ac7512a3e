/* The commands that choose which comments are shown: state, consultation, search, filter. */
#ifndef UI_FIND_COMMANDS_H
#define UI_FIND_COMMANDS_H

#include "ui/screen.h"

void find_pending(struct app *app, struct str argument);
void find_approved(struct app *app, struct str argument);
void find_rejected(struct app *app, struct str argument);
void find_spam(struct app *app, struct str argument);
void find_held(struct app *app, struct str argument);
void find_escalated(struct app *app, struct str argument);
void find_all(struct app *app, struct str argument);

/* A picker of consultations, or the one whose slug the argument is. */
void find_consultation(struct app *app, struct str argument);
/* A prompt for words, or the words in the argument. */
void find_words(struct app *app, struct str argument);
/* A prompt for a query, or the query in the argument; an empty one shows all again. */
void find_filter(struct app *app, struct str argument);
/* Goes to the comment whose number the argument is. */
void find_number(struct app *app, struct str argument);

#endif
