/* Looks: what a style is in colours and attributes, by what the terminal can do. */
#ifndef TERM_TERMINAL_LOOK_H
#define TERM_TERMINAL_LOOK_H

#include "term/terminal.h"

#include <curses.h>
#include <stdbool.h>
#include <stdint.h>

/* What one cell looks like: attributes and a colour pair, as setcchar() takes them. */
struct look {
    attr_t attributes;
    short pair;
};

/* How many colours looks are chosen for. */
enum palette {
    PALETTE_NONE,     /* attributes only */
    PALETTE_BASIC,    /* the eight colours that every terminal with colours has */
    PALETTE_EXTENDED, /* 256 colours in xterm's order */
};

/* Starts colours in curses, unless no_color is set or $NO_COLOR is set and not empty, and returns
 * what can be used. Call it once, after newterm(). */
enum palette look_start(bool no_color);

/* Sets what the screen's own colours are: the terminal's at first. Explicit ones are for frames in
 * which something must look like a blank, which takes the background's colour by its number. The
 * screen must be drawn anew. */
void look_set_background(enum palette palette, enum background background);

/* The look of a style with its flags, those of wire.h too. */
struct look look_of(enum palette palette, uint16_t style);

#endif
