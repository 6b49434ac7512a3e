/* A box to choose one thing from: reasons, consultations, templates, drafts. */
#ifndef UI_PICKER_H
#define UI_PICKER_H

#include "ui/screen.h"

struct picker_item {
    struct str text;   /* what is read */
    struct str detail; /* at the other end of the row, such as a count; may be empty */
    unsigned style;
};

enum { PICKER_KEYS = 9 }; /* the first items are chosen by the digits 1 to 9, at once */

/* Opens a box of count items. The items and their strings are copied.
 * title   translated
 * chosen  called with the item's index when one was chosen, the picker closed by then
 * at      the item under the cursor at first */
void picker_open(struct app *app, const char *title, const struct picker_item *items, size_t count,
                 size_t at, void (*chosen)(struct app *app, size_t index));

/* Commands, for the picker on top. */
void picker_choose(struct app *app, struct str argument);
void picker_leave(struct app *app, struct str argument);
void picker_down(struct app *app, struct str argument);
void picker_up(struct app *app, struct str argument);
void picker_page_down(struct app *app, struct str argument);
void picker_page_up(struct app *app, struct str argument);
void picker_first(struct app *app, struct str argument);
void picker_last(struct app *app, struct str argument);

#endif
