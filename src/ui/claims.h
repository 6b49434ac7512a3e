/* Claims as the screens keep them: the comment one reads is claimed once the cursor rests on it, the
 * claim is renewed while somebody is there, and released on every way out. */
#ifndef UI_CLAIMS_H
#define UI_CLAIMS_H

#include "ui/screen.h"

enum { CLAIM_REST_MS = 300 /* how long the cursor rests before what is under it is claimed */ };

/* Claims what is being looked at now, renews that claim, or releases what no longer is. Costs
 * nothing while nothing changes; to be called whenever nobody presses a key. */
void claims_rest(struct app *app);

/* Claims a comment at once, for what is about to be done with it. False, with the sentence shown,
 * when it is another's. Where the claim cannot be written the sentence is shown, and true returned:
 * what is done without a claim is still refused when another was quicker. */
bool claims_take(struct app *app, int64_t comment);

/* Ends the claim this program holds, if any. */
void claims_release(struct app *app);

/* Looks whether the claim this program holds is still its own, and says so when it is not. */
void claims_verify(struct app *app);

/* Whether a row is under the live claim of another. */
bool claims_other(const struct app *app, const struct comment_row *row);

/* Whether a row is none to go on with: another reads it, or one's own proposal waits on it. */
bool claims_taken(const struct app *app, const struct comment_row *row);

#endif
