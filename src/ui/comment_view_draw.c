/* The part of a comment's lines that is in sight, and how many are below it. */
#include "ui/comment_view_lines.h"

#include "base/language.h"
#include "ui/words.h"

static void draw_line(struct canvas *canvas, const struct view_line *line, struct box box)
{
    box.column += line->indent;
    box.width -= line->indent;
    if (line->rule) {
        canvas_rule(canvas, box, STYLE_DIM);
        return;
    }
    if (!line->parts) {
        canvas_line(canvas, box, ALIGN_OWN, line->style, &line->line, line->spans,
                    line->span_count);
        return;
    }
    for (size_t i = 0; i < line->part_count && box.width > 0; i++) {
        bool last = i + 1 == line->part_count;
        struct box part = box;
        /* A stranger's name must not push what follows off the line. */
        if (!last && part.width > box.width / 2 && line->parts[i].text.size > 24)
            part.width = box.width / 2;
        int used =
            canvas_text(canvas, part, ALIGN_START, line->parts[i].style, line->parts[i].text);
        box.column += used;
        box.width -= used;
    }
}

/* Whether nothing but blanks or a rule stands in box's only row. */
static bool is_free(const struct canvas *canvas, const struct view_line *line, struct box box)
{
    if (line->rule)
        return true;
    for (int column = box.column; column < box.column + box.width; column++) {
        const struct cell *cell =
            &canvas->cells[box.row * canvas->width + canvas_x(canvas, column)];
        if (cell->glyph.codepoint[0] != ' ' || cell->glyph.codepoint[1] != 0)
            return false;
    }
    return true;
}

/* Says at the end of box's last row how many lines are below it. Where the line that stands there
 * reaches so far it gives up its row, and is one of those below: no word is ever covered. */
static void draw_below(struct canvas *canvas, const struct view_line *last, struct box box,
                       size_t below)
{
    struct box row = {box.column, box.row + box.height - 1, box.width, 1}, place;
    for (bool given_up = false;; given_up = true) {
        /* TRANSLATORS: lines of a comment below what is shown; kept short. */
        const char *more =
            arena_printf(&canvas->arena, ngettext(" %s more line ", " %s more lines ", below),
                         word_number(&canvas->arena, (int64_t)below).data);
        int width = (int)layout_columns(str_of(more), (unsigned)box.width);
        place = (struct box){row.column + row.width - width, row.row, width, 1};
        if (given_up || is_free(canvas, last, place)) {
            canvas_text(canvas, place, ALIGN_START, STYLE_BAR, str_of(more));
            return;
        }
        canvas_fill(canvas, row, STYLE_NORMAL);
        below++;
    }
}

void view_draw_lines(struct canvas *canvas, struct comment_view *view, struct box box)
{
    size_t rows = box.height > 0 ? (size_t)box.height : 0;
    size_t most = view->line_count > rows ? view->line_count - rows : 0;
    if (view->scroll > most)
        view->scroll = most;
    size_t shown = view->line_count - view->scroll;
    if (shown > rows)
        shown = rows;
    const struct view_line *first = view->lines + view->scroll;
    for (size_t row = 0; row < shown; row++)
        draw_line(canvas, &first[row], (struct box){box.column, box.row + (int)row, box.width, 1});
    size_t below = view->line_count - view->scroll - shown;
    if (below > 0 && rows > 0)
        draw_below(canvas, &first[rows - 1], box, below);
}
