/* The two rows at the foot of the terminal: what was done, and the keys that work now. */
#ifndef UI_FOOTER_H
#define UI_FOOTER_H

#include "ui/screen.h"

/* Draws the message and, below it, the keys of the topmost screen's commands, as many as fit. */
void footer_draw(struct app *app);

#endif
