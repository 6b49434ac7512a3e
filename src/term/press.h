/* Key presses and what else a person does to a terminal, decoded. */
#ifndef TERM_PRESS_H
#define TERM_PRESS_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum press_kind {
    PRESS_NONE,      /* nothing came within the time given */
    PRESS_CHARACTER, /* codepoint; with control or alt where that was held */
    PRESS_ENTER,
    PRESS_ESCAPE,
    PRESS_TAB,
    PRESS_BACKTAB,
    PRESS_BACKSPACE,
    PRESS_DELETE,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_HOME,
    PRESS_END,
    PRESS_PAGE_UP,
    PRESS_PAGE_DOWN,
    PRESS_FUNCTION, /* F1 ...: codepoint is the number */
    PRESS_MOUSE,  /* at x, y; codepoint is 1 for button 1 pressed, 4 and 5 for the wheel up and down
                   */
    PRESS_PASTE,  /* pasted holds what came between the brackets of a bracketed paste */
    PRESS_RESIZE, /* the terminal has another size now */
    PRESS_HANGUP, /* the terminal is gone: save and leave */
    PRESS_TERMINATE, /* SIGTERM or SIGHUP came: save and leave */
};

struct press {
    enum press_kind kind;
    uint32_t codepoint;
    bool control, alt, shift;
    int x, y;          /* of the mouse: physical column and row */
    struct str pasted; /* lives until the next press is read */
};

/* Reads a key's name as settings and tests write it: "a", "A", "ctrl+w", "alt+b", "enter", "esc",
 * "tab", "backtab", "up", "pgdn", "space", "f1", "/" ... Returns false when it is none. */
bool press_parse(struct str name, struct press *press);

/* The name of a press, as press_parse() reads it and help shows it; returns out. */
enum { PRESS_NAME_BYTES = 32 };
const char *press_name(const struct press *press, char out[static PRESS_NAME_BYTES]);

/* True when both are the same key. */
bool press_equal(const struct press *a, const struct press *b);

/* The command key an Arabic keyboard means: the Latin letter on the same key of the Arabic (101)
 * layout, ASCII digits for Arabic-Indic ones, '?' for '؟'; any other press unchanged. Commands are
 * looked up with the result, so that one need not switch the layout to work; text that is typed is
 * never changed. */
struct press press_on_latin_layout(struct press press);

#endif
