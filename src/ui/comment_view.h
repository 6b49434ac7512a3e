/* The comment in full: its text, thread, author, tags, notes, responses and history, as lines. */
#ifndef UI_COMMENT_VIEW_H
#define UI_COMMENT_VIEW_H

#include "ui/screen.h"

struct view_line;

/* Zero-initialise ({0}); comment_view_free() releases it. */
struct comment_view {
    struct arena arena; /* everything below */
    int64_t comment_id; /* 0: nothing is shown */
    struct comment comment;
    struct response *responses;
    size_t response_count;
    struct view_line *lines;
    size_t line_count, line_capacity;
    size_t scroll;    /* the first line shown */
    size_t body_from; /* where the shown part of a very large body begins, in bytes */
    int64_t built_id; /* what the lines are of, and from which byte of its body */
    size_t built_from;
    struct span *differences; /* from the letter it is like */
    size_t difference_count;
    struct span changed;       /* what changed in the text since it is shown; end 0: nothing */
    int width, rows;           /* of the last drawing */
    int64_t letters;           /* that the comment stands for in a line; 0: it is shown alone */
    bool blind;                /* nothing is shown of what was decided, or by whom */
    bool stale;                /* the database or the language changed: read again when drawn */
    const struct query *query; /* whose words are highlighted; may be NULL */
    struct stemmer *stemmer;   /* made with the first words to highlight */
};

enum { BODY_PART_BYTES = 64 * 1024 }; /* a larger body is shown in parts of this size */

void comment_view_free(struct comment_view *view);

/* Chooses the comment to show; 0 for none. Scrolls to the top when it is another one.
 * letters  that it stands for, where it is the line of a cluster; else 0 */
void comment_view_show(struct comment_view *view, int64_t comment, int64_t letters,
                       const struct query *query);

/* Reads what is needed and draws it into box. */
void comment_view_draw(struct app *app, struct comment_view *view, struct box box);

/* Scrolls by lines, to the top, to the end. */
void comment_view_scroll(struct comment_view *view, int64_t lines);
void comment_view_top(struct comment_view *view);
void comment_view_bottom(struct comment_view *view);

/* Turns to the next (1) or previous (-1) part of a very large body. */
void comment_view_part(struct comment_view *view, int step);

#endif
