/* The lines a comment is shown as, for the files that fill them. What strangers wrote and what the
 * interface says never share a paragraph: each piece is laid out by itself, so that no text can
 * reorder its neighbour. Everything is in the view's arena. */
#ifndef UI_COMMENT_VIEW_LINES_H
#define UI_COMMENT_VIEW_LINES_H

#include "ui/comment_view.h"

enum { VIEW_INDENT = 2 /* columns that lists stand in */ };

/* A piece of a line in a style of its own. */
struct part {
    struct str text;
    unsigned style;
};

/* Either one laid-out line of a stranger's text, or parts side by side. */
struct view_line {
    int indent;
    unsigned style;
    struct layout_line line;
    const struct span *spans;
    size_t span_count;
    const struct part *parts;
    size_t part_count;
    bool rule;
};

/* Adds a line that is to be filled; it lives until the next one is added. */
struct view_line *view_add_line(struct comment_view *view);

/* A blank line, and a rule over the width. */
void view_add_blank(struct comment_view *view);
void view_add_rule(struct comment_view *view);

/* A line of parts side by side, indented by so many columns; those without text are left out. */
void view_add_parts(struct comment_view *view, int indent, const struct part *parts, size_t count);

/* A blank line and words of the interface over what follows. */
void view_add_heading(struct comment_view *view, const char *words);

/* Text wrapped to the width, each paragraph in its own direction.
 * spans, span_count  parts of it in another style; may be NULL and 0 */
void view_add_text(struct comment_view *view, int indent, unsigned style, struct str text,
                   const struct span *spans, size_t span_count);

/* What printf makes of it. */
struct str view_text_of(struct comment_view *view, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Draws the lines from the scrolled one on into box, and at its end how many are below. */
void view_draw_lines(struct canvas *canvas, struct comment_view *view, struct box box);

/* Adds what stands around a comment: notes, responses, its author's others, thread and history. */
enum status view_add_surroundings(struct app *app, struct comment_view *view, struct error *error);

#endif
