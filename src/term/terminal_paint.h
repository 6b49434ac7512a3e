/* Painting: a canvas becomes rows of curses' own screen, which sends what changed. */
#ifndef TERM_TERMINAL_PAINT_H
#define TERM_TERMINAL_PAINT_H

#include "term/canvas.h"
#include "term/terminal_kind.h"
#include "term/terminal_look.h"
#include "term/wire_frame.h"

/* Puts canvas on curses' screen and sends what changed since the last time; what does not fit is
 * left out. In WIRE_IMPLICIT curses is given the rows of frame, so that what it leaves unsent is
 * what the terminal has.
 * frame        brought up to date with the canvas by the caller in WIRE_IMPLICIT; else unused
 * caret_shown  whether the cursor is visible now; it is brought up to date */
void paint_canvas(const struct canvas *canvas, enum wire_mode wire, const struct wire_frame *frame,
                  enum palette palette, bool *caret_shown);

/* The letter that a presentation form (U+FB50..U+FDFF, U+FE70..U+FEFF) is a form of. Ligatures of
 * two letters, which have one cell, become their isolated form; anything else is unchanged. */
uint32_t paint_plain_letter(uint32_t codepoint);

#endif
