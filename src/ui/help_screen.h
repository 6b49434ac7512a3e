/* Help: every command with its keys, from the command table. */
#ifndef UI_HELP_SCREEN_H
#define UI_HELP_SCREEN_H

#include "ui/screen.h"

/* Opens help. */
void help_open(struct app *app, struct str argument);

/* Commands of the screen itself. */
void help_down(struct app *app, struct str argument);
void help_up(struct app *app, struct str argument);
void help_page_down(struct app *app, struct str argument);
void help_page_up(struct app *app, struct str argument);
void help_leave(struct app *app, struct str argument);

#endif
