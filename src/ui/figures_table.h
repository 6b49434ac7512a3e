/* A table of figures on the screen. */
#ifndef UI_FIGURES_TABLE_H
#define UI_FIGURES_TABLE_H

#include "store/figures.h"
#include "term/canvas.h"

/* Draws headings on box's first row and the rows below it. Columns are as wide as what stands in
 * them; where that is too much, words are cut first, then columns are left out from the far side. */
void figures_table_draw(struct canvas *canvas, struct box box, const struct figure_table *table,
                        const struct figure_rows *rows);

#endif
