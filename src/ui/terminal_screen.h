/* Settling how rows are sent to this terminal: three samples side by side, of which one reads right. */
#ifndef UI_TERMINAL_SCREEN_H
#define UI_TERMINAL_SCREEN_H

#include "ui/screen.h"

/* Opens the samples over what is shown. The command of the name "terminal". */
void terminal_screen_open(struct app *app, struct str argument);

/* The commands of that screen: which sample reads right, forgetting what was chosen, going back. */
void terminal_choose_first(struct app *app, struct str argument);
void terminal_choose_second(struct app *app, struct str argument);
void terminal_choose_third(struct app *app, struct str argument);
void terminal_forget(struct app *app, struct str argument);
void terminal_leave_samples(struct app *app, struct str argument);

/* Shows them without a database, until a key settled it or called it off.
 * options  of the terminal
 * STATUS_IO when the terminal cannot be used or the choice cannot be remembered. */
enum status terminal_screen_run(const struct terminal_options *options, struct error *error);

/* One line on why frames are sent as they are: a constant, translated. */
const char *terminal_reason(enum mode_reason reason);

/* What a person with this terminal should know besides: a constant, translated; NULL: nothing. */
const char *terminal_advice(const struct terminal_mode *mode);

#endif
