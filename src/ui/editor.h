/* A text being typed: mixed Arabic and English, several lines, the caret where the eye expects it.
 */
#ifndef UI_EDITOR_H
#define UI_EDITOR_H

#include "term/canvas.h"
#include "term/press.h"

#include <stdbool.h>

struct edit; /* one step of undo */

/* Zero-initialise ({0}); editor_free() releases it. The text is always valid UTF-8. */
struct editor {
    struct buffer text;
    size_t caret;  /* byte offset, at a cluster's edge */
    bool one_line; /* Enter is not taken, newlines become blanks */
    bool changed;  /* set by every change; the owner clears it */
    bool has_goal; /* up and down try to keep goal_column, from the line's left */
    int goal_column;
    size_t scroll;  /* the first visual line shown */
    unsigned width; /* of the last layout, for keys that move by lines */
    int rows;       /* of the last drawing */
    struct box box; /* of the last drawing, for the mouse */
    struct edit *undo, *redo;
    size_t undo_count, redo_count;
};

void editor_free(struct editor *editor);

/* Replaces the text, the caret at its end; forgets the steps of undo. */
void editor_set(struct editor *editor, struct str text);

/* Inserts text at the caret, as pasted: controls but newline and tab are dropped, CR LF and CR
 * become newlines, ill-formed bytes U+FFFD. */
void editor_insert(struct editor *editor, struct str text);

/* Handles a press: characters, paste, moving, deleting, undo (Ctrl-Z is the terminal's; Alt-U) and
 * redo (Alt-R). Returns false for one that is not the editor's. */
bool editor_press(struct editor *editor, const struct press *press);

/* Replaces the whole text, the caret at its end, as one step that undo takes back. Nothing changes
 * when the text is the same. */
void editor_replace(struct editor *editor, struct str text);

/* Puts the caret where the mouse's first button was pressed, if that is in the box of the last
 * drawing on this canvas. Returns false for any other press. */
bool editor_click(struct editor *editor, const struct canvas *canvas, const struct press *press);

/* How many visual lines the text takes in a box of this width. */
int editor_lines(const struct editor *editor, int width);

/* Draws the text into box and the caret into the canvas, scrolled so that the caret is seen. Where
 * two directions meet the caret has two places, and the second is marked. */
void editor_draw(struct editor *editor, struct canvas *canvas, struct box box, unsigned style);

#endif
