/* What others do, as it happens. */
#ifndef UI_LIVE_H
#define UI_LIVE_H

#include "ui/screen.h"

/* Reads everything again after another process changed the database, and notes what became of the
 * comment under the cursor. */
void live_refresh(struct app *app);

/* Says who decided what since the last time, once the sentence before it has been readable for a
 * while; what concerns the comment being read is said at once. */
void live_tell(struct app *app);

/* Whether the comment under the cursor changed so lately that a key may have been meant for what
 * stood there before; says so. */
bool live_just_moved(struct app *app);

/* Whether the press is the digit that was meant for a choice that did not open, a moment ago. */
bool live_was_meant_for_choice(const struct app *app, const struct press *press);

#endif
