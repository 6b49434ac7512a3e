/* The commands about the program itself: language, command line, redraw, quit. */
#ifndef UI_PROGRAM_COMMANDS_H
#define UI_PROGRAM_COMMANDS_H

#include "ui/screen.h"

void program_language(struct app *app, struct str argument);
void program_command_line(struct app *app, struct str argument);
/* Goes to the comment whose number the argument is; asks for it when there is none. */
void program_goto(struct app *app, struct str argument);
void program_redraw(struct app *app, struct str argument);
void program_quit(struct app *app, struct str argument);

#endif
