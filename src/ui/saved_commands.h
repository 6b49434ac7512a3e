/* The commands on searches that are kept under a name. */
#ifndef UI_SAVED_COMMANDS_H
#define UI_SAVED_COMMANDS_H

#include "ui/screen.h"

/* Keeps the search that is shown under the name in the argument, or asks for one. */
void search_save(struct app *app, struct str argument);
/* Shows what the saved search of this name finds, or a picker of them. */
void search_saved(struct app *app, struct str argument);
/* Takes a saved search away: the one in the argument, or one from a picker. */
void search_forget(struct app *app, struct str argument);

#endif
