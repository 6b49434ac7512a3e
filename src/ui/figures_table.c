/* Tables of figures: widths found from what stands in the columns. */
#include "ui/figures_table.h"

#include "base/digits.h"
#include "base/language.h"
#include "ui/figure_words.h"

enum {
    GAP = 2,
    WORDS_LEAST = 9, /* columns that words are cut to at most */
    WIDEST = 60,
};

struct widths {
    int *columns; /* 0: not shown */
    int total;    /* with the gaps between */
};

static void add_up(struct widths *widths, size_t count)
{
    widths->total = -GAP;
    for (size_t i = 0; i < count; i++)
        widths->total += widths->columns[i] > 0 ? widths->columns[i] + GAP : 0;
}

/* The widest column of words that can still be cut; -1 when there is none. */
static int find_cuttable(const struct figure_table *table, const struct widths *widths)
{
    int found = -1;
    for (size_t i = 0; i < table->column_count; i++) {
        if (figure_is_number(table->columns[i].kind) || widths->columns[i] <= WORDS_LEAST)
            continue;
        if (found < 0 || widths->columns[i] > widths->columns[found])
            found = (int)i;
    }
    return found;
}

static struct str heading_words(const struct figure_column *column, struct arena *arena)
{
    return digits_local(arena, str_of(_(column->heading)));
}

static void measure(struct canvas *canvas, const struct figure_table *table,
                    const struct figure_rows *rows, struct widths *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const struct figure_column *column = &table->columns[i];
        if (!column->heading)
            continue;
        unsigned widest = layout_columns(heading_words(column, &canvas->arena), WIDEST);
        for (size_t row = 0; row < rows->count; row++) {
            struct str words = figure_words(column, &rows->rows[row].values[i], &canvas->arena);
            unsigned width = layout_columns(words, WIDEST);
            widest = width > widest ? width : widest;
        }
        widths->columns[i] = widest > 0 ? (int)widest : 1;
    }
    add_up(widths, table->column_count);
}

static void fit(const struct figure_table *table, int room, struct widths *widths)
{
    size_t last = table->column_count;
    while (widths->total > room && last > 1) {
        int cut = find_cuttable(table, widths);
        if (cut >= 0)
            widths->columns[cut]--;
        else
            widths->columns[--last] = 0;
        add_up(widths, table->column_count);
    }
}

static void draw_cell(struct canvas *canvas, struct box cell, const struct figure_column *column,
                      unsigned style, struct str words)
{
    canvas_text(canvas, cell, figure_is_number(column->kind) ? ALIGN_END : ALIGN_START, style,
                words);
}

void figures_table_draw(struct canvas *canvas, struct box box, const struct figure_table *table,
                        const struct figure_rows *rows)
{
    struct widths widths = {arena_new(&canvas->arena, table->column_count, sizeof(int)), 0};
    measure(canvas, table, rows, &widths);
    fit(table, box.width, &widths);
    int start = box.column;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct figure_column *column = &table->columns[i];
        struct box cell = {start, box.row, widths.columns[i], 1};
        if (cell.width == 0)
            continue;
        draw_cell(canvas, cell, column, STYLE_DIM, heading_words(column, &canvas->arena));
        for (size_t row = 0; row < rows->count; row++) {
            cell.row = box.row + 1 + (int)row;
            draw_cell(canvas, cell, column, STYLE_NORMAL,
                      figure_words(column, &rows->rows[row].values[i], &canvas->arena));
        }
        start += cell.width + GAP;
    }
}
