/* How the queue screen looks: its boxes and what is drawn in them. */
#ifndef UI_QUEUE_DRAW_H
#define UI_QUEUE_DRAW_H

#include "ui/queue_screen.h"

/* The rectangles of the screen's parts; of size 0 where a part is not shown. */
struct queue_boxes {
    struct box title, tabs, filter, list, divider, comment;
};

/* The canvas without the two rows at the foot, which belong to the program. */
struct box canvas_body(const struct app *app);

/* Divides body: side by side on a wide terminal, one above the other on a narrow one, the comment
 * alone when it has the whole screen. */
struct queue_boxes queue_boxes(const struct queue_screen *queue, struct box body);

/* Draws the whole screen. */
void queue_draw(struct app *app, struct screen *screen, struct box body);

#endif
