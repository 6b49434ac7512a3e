/* Second looks: comments that were decided, one after the other, to be judged once more by somebody
 * who is not told what was decided. One key judges and shows the next. */
#ifndef UI_SECOND_SCREEN_H
#define UI_SECOND_SCREEN_H

#include "ui/screen.h"

/* Whether they are what the person is at, and the keys that decide mean them. */
bool second_is_open(const struct app *app);

/* What the person would have decided on the comment shown; the next is shown. It is written when the
 * next one is judged, when the screen is left, or after SECOND_HELD_SECONDS: until then it can be
 * taken back. */
void second_judge(struct app *app, enum action action);
/* Takes the last one back and shows its comment again. */
void second_undo(struct app *app);

enum { SECOND_HELD_SECONDS = 60 };

/* How many wait for the person's second look; 0 as well where that cannot be read. */
int64_t second_waiting_for(struct app *app);

/* Commands. */
void second_open(struct app *app, struct str argument);
void second_later(struct app *app, struct str argument);
void second_draw_sample(struct app *app, struct str argument);
void second_down(struct app *app, struct str argument);
void second_up(struct app *app, struct str argument);
void second_page_down(struct app *app, struct str argument);
void second_page_up(struct app *app, struct str argument);
void second_next_part(struct app *app, struct str argument);
void second_previous_part(struct app *app, struct str argument);
void second_leave(struct app *app, struct str argument);

#endif
