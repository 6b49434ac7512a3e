/* The supervisor's figures: one set at a time, its parts one below the other. */
#ifndef UI_FIGURES_SCREEN_H
#define UI_FIGURES_SCREEN_H

#include "ui/screen.h"

/* Opens the screen on the set of this name; without one, on that seen last. */
void figures_open(struct app *app, struct str argument);

/* Commands of the screen itself. */
void figures_next_set(struct app *app, struct str argument);
void figures_previous_set(struct app *app, struct str argument);
void figures_filter_line(struct app *app, struct str argument);
void figures_weeks(struct app *app, struct str argument);
void figures_down(struct app *app, struct str argument);
void figures_up(struct app *app, struct str argument);
void figures_page_down(struct app *app, struct str argument);
void figures_page_up(struct app *app, struct str argument);
void figures_first(struct app *app, struct str argument);
void figures_last(struct app *app, struct str argument);
void figures_follow(struct app *app, struct str argument);
void figures_queue(struct app *app, struct str argument);
void figures_take(struct app *app, struct str argument);
void figures_leave(struct app *app, struct str argument);

#endif
