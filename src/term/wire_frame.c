/* Keeping the wire rows from one frame to the next. */
#include "term/wire_frame.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* A screen full of hostile rows holds nobody up for more than a fraction of a second. */
enum { STATES_OF_UPDATE = 300000 };

struct wire_frame_row {
    bool made, turned; /* turned: sent, wire_of and visual_of are in use */
    bool fresh;        /* the last update changed it, and it is or was turned */
    int caret;         /* in this row, or -1 */
    struct cell *seen; /* the visual cells it was made of */
    struct cell *sent;
    uint32_t *wire_of, *visual_of;
};

void wire_frame_free(struct wire_frame *frame)
{
    arena_free(&frame->arena);
    arena_free(&frame->scratch);
    if (frame->rows)
        free(frame->rows[0].seen);
    free(frame->rows);
    frame->rows = NULL;
    frame->width = frame->height = 0;
}

void wire_frame_forget(struct wire_frame *frame)
{
    for (int y = 0; y < frame->height; y++)
        frame->rows[y].made = false;
}

/* Makes room for a frame of another size: one piece of memory, shared out among the rows. */
static void resize(struct wire_frame *frame, int width, int height)
{
    size_t columns = (size_t)width, each = columns * 2 * (sizeof(struct cell) + sizeof(uint32_t));
    wire_frame_free(frame);
    if (width < 1 || height < 1)
        return;
    frame->width = width;
    frame->height = height;
    frame->rows = memory_new((size_t)height, sizeof *frame->rows);
    char *room = memory_new((size_t)height, each);
    for (int y = 0; y < height; y++, room += each) {
        struct wire_frame_row *row = &frame->rows[y];
        *row = (struct wire_frame_row){.seen = (void *)room};
        row->sent = row->seen + columns;
        row->wire_of = (void *)(row->sent + columns);
        row->visual_of = row->wire_of + columns;
    }
}

static void count(struct wire_counts *counts, const struct wire_row *made)
{
    counts->rows++;
    counts->turned += made->result != WIRE_UNTOUCHED;
    counts->seams += made->seams;
    counts->paired += made->result == WIRE_PAIRED;
    counts->near += made->result == WIRE_NEAR;
    counts->overridden += made->overridden;
    counts->misplaced += made->result == WIRE_MISPLACED;
    counts->cells += made->misplaced;
}

/* Makes a row anew.
 * states  of wire_row_make(), for all rows of the update */
static void make(struct wire_frame *frame, struct wire_frame_row *row, const struct cell *cells,
                 int caret, size_t *states)
{
    size_t width = (size_t)frame->width;
    memcpy(row->seen, cells, width * sizeof *cells);
    struct wire_row made = wire_row_make(&frame->arena, &frame->scratch, frame->profile, row->seen,
                                         width, caret, states);
    row->fresh = row->turned || made.result != WIRE_UNTOUCHED;
    row->made = true;
    row->caret = caret;
    row->turned = made.result != WIRE_UNTOUCHED;
    if (row->turned) {
        memcpy(row->sent, made.cells, width * sizeof *row->sent);
        memcpy(row->wire_of, made.wire_of, width * sizeof *row->wire_of);
        memcpy(row->visual_of, made.visual_of, width * sizeof *row->visual_of);
    }
    count(&frame->counts, &made);
    arena_reset(&frame->arena);
}

/* True when a row asks to be sent as it is: it shows how some order looks on this terminal. */
static bool is_sample(const struct cell *cells, int width)
{
    for (int x = 0; x < width; x++) {
        if (cells[x].style & STYLE_SAMPLE)
            return true;
    }
    return false;
}

void wire_frame_update(struct wire_frame *frame, const struct wire_profile *profile,
                       const struct canvas *canvas)
{
    if (canvas->width != frame->width || canvas->height != frame->height)
        resize(frame, canvas->width, canvas->height);
    if (profile != frame->profile)
        wire_frame_forget(frame);
    frame->profile = profile;
    frame->counts.frames++;
    size_t states = STATES_OF_UPDATE;
    size_t size = (size_t)frame->width * sizeof *canvas->cells;
    for (int y = 0; y < frame->height; y++) {
        struct wire_frame_row *row = &frame->rows[y];
        const struct cell *cells = &canvas->cells[(size_t)y * (size_t)canvas->width];
        int caret = canvas->caret_y == y ? canvas->caret_x : -1;
        if (is_sample(cells, canvas->width)) {
            memcpy(row->seen, cells, size);
            row->fresh = true;
            row->turned = row->made = false;
        } else if (!row->made || row->caret != caret || memcmp(row->seen, cells, size) != 0) {
            make(frame, row, cells, caret, &states);
        } else {
            row->fresh = false;
        }
    }
}

const struct cell *wire_frame_cells(const struct wire_frame *frame, int row)
{
    const struct wire_frame_row *kept = &frame->rows[row];
    return kept->turned ? kept->sent : kept->seen;
}

bool wire_frame_whole(const struct wire_frame *frame, int row)
{
    return frame->profile->whole && frame->rows[row].fresh;
}

static bool is_turned(const struct wire_frame *frame, int row, int x)
{
    return row >= 0 && row < frame->height && x >= 0 && x < frame->width && frame->rows[row].turned;
}

int wire_frame_x(const struct wire_frame *frame, int row, int x)
{
    return is_turned(frame, row, x) ? (int)frame->rows[row].wire_of[x] : x;
}

int wire_frame_seen_x(const struct wire_frame *frame, int row, int x)
{
    return is_turned(frame, row, x) ? (int)frame->rows[row].visual_of[x] : x;
}
