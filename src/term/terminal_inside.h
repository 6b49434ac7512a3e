/* Inside the terminal: what terminal.c and terminal_input.c share. */
#ifndef TERM_TERMINAL_INSIDE_H
#define TERM_TERMINAL_INSIDE_H

#include "term/terminal.h"
#include "term/terminal_keys.h"
#include "term/terminal_look.h"
#include "term/terminal_mode.h"
#include "term/wire_frame.h"

#include <stdint.h>
#include <termios.h>

enum { PRESSES_AHEAD = 32 }; /* keys typed before the first frame; more wait undecoded */

struct terminal {
    void *screen; /* SCREEN of curses */
    struct termios before;
    struct terminal_mode mode;
    struct wire_frame frame; /* in WIRE_IMPLICIT */
    enum palette palette;
    enum background background; /* as wished; BACKGROUND_OWN: as the terminal says */
    struct keys keys;
    struct press ahead[PRESSES_AHEAD];
    size_t ahead_count, ahead_taken;
    int64_t last_byte_ms; /* when input last came, by moment_monotonic_ms() */
    bool speaks_ansi;     /* it understands, or passes over, sequences such as CSI 8 l */
    bool mode_found;      /* the first frame's mode was waited for */
    bool caret_shown;
    bool away;         /* given back for a while */
    bool hung_up;      /* the line is gone */
    bool was_away;     /* was given back and taken again: the size may be another */
    const char *debug; /* path of the debug log, or NULL */
    void (*before_stop)(void *context);
    void *context;
};

/* --- terminal.c --- */

/* Writes past curses, whose own output has been sent by the refresh before. */
void terminal_send(struct str bytes);

/* Takes the size the window has now. */
void terminal_adopt_size(void);

/* Sends frames as terminal->mode says from now on; the next one is drawn whole. */
void terminal_adopt_mode(struct terminal *terminal);

/* --- terminal_input.c --- */

/* Waits for the terminal's answers, no longer than they may take, and keeps keys that come before.
 */
void terminal_await_answers(struct terminal *terminal);

#endif
