/* Statistics: by consultation, by moderator, and the last thirty days. */
#ifndef UI_STATISTICS_SCREEN_H
#define UI_STATISTICS_SCREEN_H

#include "ui/screen.h"

/* Opens the screen. */
void statistics_open(struct app *app, struct str argument);

/* Commands of the screen itself. */
void statistics_other_page(struct app *app, struct str argument);
void statistics_down(struct app *app, struct str argument);
void statistics_up(struct app *app, struct str argument);
void statistics_leave(struct app *app, struct str argument);

#endif
