/* Other people's words on the caller's terminal or pipe: one line, in logical order, harmless.
 *
 * The layout of the screens finds what is hostile; here its cells are put back from visual into
 * logical order, because a pipe wants the letters as they were written. */
#include "cli/cli.h"

#include "text/bidi.h"
#include "text/layout.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS_LEAST = 20 /* a narrower terminal is written to as if it had so many */ };

/* By place in the source; cells of one marker stay as they stand; an ellipsis comes last. */
static int by_source(const void *left, const void *right)
{
    const struct layout_cell *a = *(const struct layout_cell *const *)left;
    const struct layout_cell *b = *(const struct layout_cell *const *)right;
    if ((a->kind == CELL_ELLIPSIS) != (b->kind == CELL_ELLIPSIS))
        return a->kind == CELL_ELLIPSIS ? 1 : -1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a > b) - (a < b);
}

static void add_cell(struct buffer *line, const struct layout_cell *cell)
{
    for (int i = 0; i < GLYPH_CODEPOINTS && cell->glyph.codepoint[i]; i++) {
        uint32_t codepoint = cell->glyph.codepoint[i];
        bool turned = i == 0 && cell->kind == CELL_TEXT && (cell->level & 1);
        utf8_add(line, turned ? bidi_mirrored(codepoint) : codepoint);
    }
}

void cli_add_text(struct arena *arena, struct buffer *line, struct str text, unsigned columns,
                  bool pad)
{
    struct layout_options options = {.width = columns, .one_line = true, .unshaped = true};
    struct layout layout;
    layout_make(arena, text, &options, &layout);
    const struct layout_line *first = &layout.lines[0];
    const struct layout_cell **cells = arena_new(arena, first->width + 1, sizeof *cells);
    for (unsigned i = 0; i < first->width; i++)
        cells[i] = &first->cells[i];
    qsort(cells, first->width, sizeof *cells, by_source);
    for (unsigned i = 0; i < first->width; i++) {
        if (cells[i]->glyph.width > 0)
            add_cell(line, cells[i]);
    }
    for (unsigned i = first->width; pad && i < columns; i++)
        buffer_add_byte(line, ' ');
}

void cli_say(const char *format, ...)
{
    struct arena arena = {0};
    struct buffer line = {0};
    va_list list;
    va_start(list, format);
    const char *words = arena_vprintf(&arena, format, list);
    va_end(list);
    cli_add_text(&arena, &line, str_of(words), CLI_COLUMNS_ANY, false);
    fprintf(stderr, "%s\n", buffer_text(&line));
    buffer_free(&line);
    arena_free(&arena);
}

unsigned cli_columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return CLI_COLUMNS;
    return size.ws_col < COLUMNS_LEAST ? COLUMNS_LEAST : size.ws_col;
}
