/* What the files of the figures' screen share. */
#ifndef UI_FIGURES_INSIDE_H
#define UI_FIGURES_INSIDE_H

#include "ui/figures_draw.h"
#include "ui/figures_screen.h"

struct figures_screen {
    struct screen screen;
    struct figures_page page;
    struct arena arena, filter_arena; /* of what was read, and of the filter's strings */
    struct figure_filter filter;
    struct figure_scope scope;
    int box_rows; /* of the last drawing */
    /* The links of the last drawing; they live as long as what was read. */
    struct figures_link *links;
    size_t link_count;
    bool fine; /* the last reading succeeded */
};

/* The screen where it is topmost, as it is to its own commands; else NULL. */
struct figures_screen *figures_topmost(struct app *app);

/* Reads what is shown anew. Where that fails it is told, what stands stays, and false is returned. */
bool figures_read_anew(struct app *app, struct figures_screen *figures);

/* Narrows to what a line says, and reads; where either fails, as figures_read_anew(). */
bool figures_set_filter(struct app *app, struct figures_screen *figures, struct str line);

/* What the person looks at is found again when they come back. */
void figures_remember(struct app *app, const struct figures_screen *figures);

/* Scrolls so that a line of the page is in sight (-1: whichever), and no further than the end. */
void figures_keep_in_sight(struct figures_screen *figures, int line);

#endif
