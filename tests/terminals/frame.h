/* A frame as tests/screens/frames keeps it: rows of text, read into the cells of a terminal. */
#ifndef TERMINALS_FRAME_H
#define TERMINALS_FRAME_H

#include "text/cluster.h"
#include "text/utf8.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAME_COLUMNS = 132, FRAME_ROWS = 43, CELL_BYTES = 48 };

/* What a cell shows, as UTF-8; empty for a blank, and for the second column of a wide glyph. */
struct frame_cell {
    char text[CELL_BYTES];
    unsigned width; /* columns; 0 for the second one of a wide glyph */
};

struct frame {
    struct frame_cell cells[FRAME_ROWS][FRAME_COLUMNS];
    int rows;
};

static inline void frame_read_row(struct frame_cell *cells, struct str line)
{
    int column = 0;
    for (int i = 0; i < FRAME_COLUMNS; i++)
        cells[i] = (struct frame_cell){.width = 1};
    for (size_t at = 0; at < line.size && column < FRAME_COLUMNS;) {
        uint32_t codepoint;
        size_t size = utf8_decode(line, at, &codepoint);
        unsigned width = codepoint_width(codepoint);
        char *text = cells[width == 0 && column > 0 ? column - 1 : column].text;
        size_t used = strlen(text);
        if (codepoint != ' ' && used + size < CELL_BYTES) {
            memcpy(text + used, line.data + at, size);
            text[used + size] = '\0';
        }
        if (width > 0)
            cells[column].width = width;
        column += (int)width;
        if (width == 2 && column <= FRAME_COLUMNS)
            cells[column - 1] = (struct frame_cell){.width = 0};
        at += size;
    }
}

/* Reads a file; ends the program when it cannot. */
static inline void frame_read(const char *path, struct frame *frame)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    if (!file) {
        perror(path);
        exit(1);
    }
    memset(frame, 0, sizeof *frame);
    while (frame->rows < FRAME_ROWS && (size = getline(&line, &room, file)) >= 0) {
        while (size > 0 && line[size - 1] == '\n')
            size--;
        frame_read_row(frame->cells[frame->rows++], (struct str){line, (size_t)size});
    }
    free(line);
    fclose(file);
}

/* --- the sheet -------------------------------------------------------------------------------- */

/* Every different cell of some frames, shown alone: each between Latin letters, which keep it in its
 * place on a terminal that reorders, and with an empty row above, into which no mark of another
 * reaches up. A page holds SHEET_ACROSS by SHEET_DOWN of them. */
enum { SHEET_STEP = 4, SHEET_ACROSS = 19, SHEET_DOWN = 12, SHEET_MOST = 2000 };

struct sheet {
    char text[SHEET_MOST][CELL_BYTES];
    int count;
};

static inline int sheet_find(const struct sheet *sheet, const char *text)
{
    for (int i = 0; i < sheet->count; i++) {
        if (strcmp(sheet->text[i], text) == 0)
            return i;
    }
    return -1;
}

/* Adds the cells of width 1 that are not there yet; others a picture tells too little of. */
static inline void sheet_add(struct sheet *sheet, const struct frame *frame)
{
    for (int row = 0; row < frame->rows; row++) {
        for (int column = 0; column < FRAME_COLUMNS; column++) {
            const struct frame_cell *cell = &frame->cells[row][column];
            if (cell->text[0] && cell->width == 1 && sheet_find(sheet, cell->text) < 0 &&
                sheet->count < SHEET_MOST)
                strcpy(sheet->text[sheet->count++], cell->text);
        }
    }
}

static inline int sheet_pages(const struct sheet *sheet)
{
    return (sheet->count + SHEET_ACROSS * SHEET_DOWN - 1) / (SHEET_ACROSS * SHEET_DOWN);
}

static inline int sheet_row(int index)
{
    return index / SHEET_ACROSS % SHEET_DOWN * 2;
}

static inline int sheet_column(int index)
{
    return index % SHEET_ACROSS * SHEET_STEP + 2;
}

#endif
