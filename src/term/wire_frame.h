/* The wire rows of the frame that is shown. A row is made anew only when its cells, or the cursor in
 * it, changed; and places on the screen are found in it both ways. */
#ifndef TERM_WIRE_FRAME_H
#define TERM_WIRE_FRAME_H

#include "term/canvas.h"
#include "term/wire.h"

/* What became of the rows since the start, for a debug log. */
struct wire_counts {
    unsigned long frames, rows; /* rows made; those that stayed as they were not counted */
    unsigned long turned;       /* of them, rows with right-to-left text */
    unsigned long seams;        /* strong blanks in them */
    unsigned long paired;       /* rows that are right only where brackets are paired */
    unsigned long near;         /* rows not quite as drawn */
    unsigned long overridden;   /* rows that a directional override keeps in order */
    unsigned long misplaced;    /* rows for which nothing works */
    unsigned long cells;        /* columns in these that differ */
};

/* Zero-initialise; wire_frame_free() releases it. The fields but counts belong to wire_frame.c. */
struct wire_frame {
    struct wire_counts counts;
    int width, height;
    const struct wire_profile *profile;
    struct wire_frame_row *rows;
    struct arena arena, scratch;
};

void wire_frame_free(struct wire_frame *frame);

/* Forgets all rows: they are made again. */
void wire_frame_forget(struct wire_frame *frame);

/* Brings the frame up to date with the canvas, for terminals of a profile. */
void wire_frame_update(struct wire_frame *frame, const struct wire_profile *profile,
                       const struct canvas *canvas);

/* The cells of a row as they are sent; they live until the next update. */
const struct cell *wire_frame_cells(const struct wire_frame *frame, int row);

/* True for a row that changed and must be sent whole. */
bool wire_frame_whole(const struct wire_frame *frame, int row);

/* The wire column of a visual column, and the visual column of a wire column; the column itself when
 * the place is not on the frame. */
int wire_frame_x(const struct wire_frame *frame, int row, int x);
int wire_frame_seen_x(const struct wire_frame *frame, int row, int x);

#endif
