/* Drawing a set of figures from its row in the table of sets: parts one below the other, two abreast
 * where there is room, as tall as the screen allows. It knows no set by name. */
#ifndef UI_FIGURES_DRAW_H
#define UI_FIGURES_DRAW_H

#include "store/figures.h"
#include "term/canvas.h"

/* A row that leads somewhere, where it was drawn. */
struct figures_link {
    const struct figure_row *row;
    int line; /* from the page's first line */
};

struct figures_page {
    const struct figure_set *set;
    const struct figure_rows *rows;
    const struct figure_scope *scope; /* what they are narrowed to */
    int scroll;                       /* the page's line that stands first in the box */
    size_t cursor;                    /* the link under the cursor */

    /* Filled by drawing. */
    int lines;                  /* of the whole page */
    struct figures_link *links; /* in the canvas's arena: they live for one frame */
    size_t link_count;
};

/* Draws the page into box. What is cut off above and below is drawn outside of box, and is the
 * caller's to cover. */
void figures_draw(struct canvas *canvas, struct box box, struct figures_page *page);

#endif
