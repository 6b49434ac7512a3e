/* The two rows at the foot of the terminal: what was done, and the keys that work now. */
#ifndef UI_FOOTER_H
#define UI_FOOTER_H

#include "ui/screen.h"

enum { FOOTER_ROWS = 2 };

/* The rows that the program keeps at the foot for the screens above: FOOTER_ROWS; while something is
 * being typed, as many more as the message needs, so that it hides nothing of that. */
int footer_rows(struct app *app);

/* Draws the message and, below it, the keys of the topmost screen's commands, as many as fit. */
void footer_draw(struct app *app);

#endif
