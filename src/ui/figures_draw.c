/* The parts of a set on the screen: which stands where, and its tiles, tables and charts. */
#include "ui/figures_draw.h"

#include "base/digits.h"
#include "base/language.h"
#include "ui/chart.h"
#include "ui/figure_words.h"
#include "ui/figures_table.h"

enum {
    ABREAST_FROM = 110, /* columns from which two half parts stand side by side */
    BETWEEN = 2,        /* columns between them */
    CHART_ROWS_MOST = 18,
    TILE_GAP = 3,
    LINKS_FIRST = 64,
};

/* --- Tiles --- */

/* Columns of the widest tile: heading, a blank, value. */
static int tile_width(struct canvas *canvas, const struct figure_table *table,
                      const struct figure_row *row)
{
    unsigned widest = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct figure_column *column = &table->columns[i];
        if (!column->heading)
            continue;
        struct str value = figure_words(column, &row->values[i], &canvas->arena);
        unsigned width =
            layout_columns(str_of(_(column->heading)), 60) + 1 + layout_columns(value, 30);
        widest = width > widest ? width : widest;
    }
    return (int)widest;
}

static int tiles_per_line(struct canvas *canvas, const struct figure_table *table,
                          const struct figure_row *row, int width)
{
    int fit = (width + TILE_GAP) / (tile_width(canvas, table, row) + TILE_GAP);
    return fit < 1 ? 1 : fit;
}

static int shown_columns(const struct figure_table *table)
{
    int shown = 0;
    for (size_t i = 0; i < table->column_count; i++)
        shown += table->columns[i].heading != NULL;
    return shown;
}

static void draw_tiles(struct canvas *canvas, struct box box, const struct figure_table *table,
                       const struct figure_row *row)
{
    int wide = tile_width(canvas, table, row), at = 0;
    int fit = tiles_per_line(canvas, table, row, box.width);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct figure_column *column = &table->columns[i];
        if (!column->heading)
            continue;
        struct box tile = {box.column + at % fit * (wide + TILE_GAP), box.row + at / fit, wide, 1};
        struct str value = figure_words(column, &row->values[i], &canvas->arena);
        canvas_text(canvas, tile, ALIGN_START, STYLE_NORMAL, str_of(_(column->heading)));
        canvas_text(canvas, tile, ALIGN_END, STYLE_STRONG, value);
        at++;
    }
}

/* --- Charts --- */

static void make_chart(struct canvas *canvas, const struct figure_part *part,
                       const struct figure_table *table, const struct figure_rows *rows,
                       struct chart *chart)
{
    struct arena *arena = &canvas->arena;
    int64_t *at = arena_new(arena, rows->count, sizeof *at);
    struct str *labels = arena_new(arena, rows->count, sizeof *labels);
    struct chart_series *series = arena_new(arena, part->series_count, sizeof *series);
    for (size_t i = 0; i < rows->count; i++) {
        at[i] = rows->rows[i].values[part->label].number;
        labels[i] =
            figure_words(&table->columns[part->label], &rows->rows[i].values[part->label], arena);
    }
    for (size_t s = 0; s < part->series_count; s++) {
        const struct figure_column *column = &table->columns[part->series[s]];
        int64_t *values = arena_new(arena, rows->count, sizeof *values);
        for (size_t i = 0; i < rows->count; i++) {
            const struct figure *value = &rows->rows[i].values[part->series[s]];
            values[i] = value->none ? 0 : value->number;
        }
        series[s] = (struct chart_series){str_of(_(column->heading)), values, column->kind};
    }
    *chart = (struct chart){rows->count, at,     table->columns[part->label].kind,
                            labels,      series, part->series_count};
}

/* --- A part --- */

static bool is_chart(const struct figure_part *part)
{
    return part->shape == SHAPE_COLUMNS || part->shape == SHAPE_LINE;
}

/* The words below a part; NULL: none. */
static const char *note_of(const struct figures_page *page, const struct figure_part *part)
{
    if (page->rows[part->table].count == 0)
        return NULL;
    return part->note_for ? part->note_for(page->scope) : part->note;
}

/* Rows a part takes in a width, blank row behind it not counted; 0: it is left out. */
static int part_rows(struct canvas *canvas, const struct figures_page *page,
                     const struct figure_part *part, int width)
{
    const struct figure_rows *rows = &page->rows[part->table];
    int extra = (part->title ? 1 : 0) + (note_of(page, part) ? 1 : 0);
    if (rows->count == 0)
        return part->empty ? extra + 1 : 0;
    const struct figure_table *table = &page->set->tables[part->table];
    int fit;
    switch (part->shape) {
    case SHAPE_TILES:
        fit = tiles_per_line(canvas, table, &rows->rows[0], width);
        return extra + (shown_columns(table) + fit - 1) / fit;
    case SHAPE_TABLE:
        return extra + 1 + (int)rows->count;
    case SHAPE_BARS:
        return extra + (int)rows->count;
    default:
        return part->rows;
    }
}

static void add_link(struct canvas *canvas, struct figures_page *page, const struct figure_row *row,
                     int line)
{
    if (page->link_count % LINKS_FIRST == 0) {
        struct figures_link *more =
            arena_new(&canvas->arena, page->link_count + LINKS_FIRST, sizeof *more);
        if (page->link_count > 0)
            memcpy(more, page->links, page->link_count * sizeof *more);
        page->links = more;
    }
    page->links[page->link_count++] = (struct figures_link){row, line};
}

/* Notes which rows lead somewhere, and marks the one under the cursor. first: the box's row of the
 * first of them. */
static void link_rows(struct canvas *canvas, struct figures_page *page, struct box box, int first,
                      int top, const struct figure_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct box row = {box.column - 1, first + (int)i, box.width + 1, 1};
        if (rows->rows[i].comment == 0 && rows->rows[i].query.size == 0)
            continue;
        if (page->link_count == page->cursor) {
            canvas_sign(canvas, row.column, row.row, STYLE_NORMAL, 0x25ba);
            canvas_add_style(canvas, row, STYLE_CURRENT);
        }
        add_link(canvas, page, &rows->rows[i], first + (int)i - top);
    }
}

static void draw_body(struct canvas *canvas, struct figures_page *page,
                      const struct figure_part *part, struct box box, int top)
{
    const struct figure_table *table = &page->set->tables[part->table];
    const struct figure_rows *rows = &page->rows[part->table];
    struct chart chart;
    switch (part->shape) {
    case SHAPE_TILES:
        draw_tiles(canvas, box, table, &rows->rows[0]);
        return;
    case SHAPE_TABLE:
        figures_table_draw(canvas, box, table, rows);
        link_rows(canvas, page, box, box.row + 1, top, rows);
        return;
    case SHAPE_COLUMNS:
        make_chart(canvas, part, table, rows, &chart);
        chart_columns(canvas, box, &chart);
        return;
    case SHAPE_LINE:
        make_chart(canvas, part, table, rows, &chart);
        chart_line(canvas, box, &chart);
        return;
    case SHAPE_BARS:
        make_chart(canvas, part, table, rows, &chart);
        chart_bars(canvas, box, &chart);
        link_rows(canvas, page, box, box.row, top, rows);
        return;
    }
}

/* top: the canvas's row where the page begins. */
static void draw_part(struct canvas *canvas, struct figures_page *page,
                      const struct figure_part *part, struct box box, int top)
{
    const struct figure_rows *rows = &page->rows[part->table];
    if (part->title) {
        canvas_text(canvas, (struct box){box.column, box.row, box.width, 1}, ALIGN_START,
                    STYLE_STRONG, digits_local(&canvas->arena, str_of(_(part->title))));
        box.row++;
        box.height--;
    }
    if (rows->count == 0) {
        canvas_text(canvas, (struct box){box.column, box.row, box.width, 1}, ALIGN_START, STYLE_DIM,
                    str_of(_(part->empty)));
        return;
    }
    if (note_of(page, part)) {
        box.height--;
        canvas_text(canvas, (struct box){box.column, box.row + box.height, box.width, 1},
                    ALIGN_START, STYLE_DIM,
                    digits_local(&canvas->arena, str_of(_(note_of(page, part)))));
    }
    draw_body(canvas, page, part, box, top);
}

/* --- The page --- */

/* A part, or two abreast, as a row of the page. */
struct band {
    const struct figure_part *first, *second; /* second: NULL when it stands alone */
    int rows;
};

static size_t make_bands(struct canvas *canvas, const struct figures_page *page, int width,
                         struct band *bands)
{
    size_t count = 0;
    int half = (width - BETWEEN) / 2;
    for (size_t i = 0; i < page->set->part_count; i++) {
        const struct figure_part *part = &page->set->parts[i];
        struct band *before = count > 0 ? &bands[count - 1] : NULL;
        bool abreast = width >= ABREAST_FROM && part->half;
        int rows = part_rows(canvas, page, part, abreast ? half : width);
        if (rows == 0)
            continue;
        if (abreast && before && before->first->half && !before->second) {
            before->second = part;
            before->rows = rows > before->rows ? rows : before->rows;
            continue;
        }
        bands[count++] = (struct band){part, NULL, rows};
    }
    return count;
}

/* Gives the rows that are left over to the charts, one each in turn. */
static void grow_charts(struct band *bands, size_t count, int left)
{
    for (bool grew = true; left > 0 && grew;) {
        grew = false;
        for (size_t i = 0; i < count && left > 0; i++) {
            bool chart = is_chart(bands[i].first) || (bands[i].second && is_chart(bands[i].second));
            int step =
                bands[i].first->shape == SHAPE_COLUMNS ? (int)bands[i].first->series_count : 1;
            if (!chart || bands[i].rows + step > CHART_ROWS_MOST || step > left)
                continue;
            bands[i].rows += step;
            left -= step;
            grew = true;
        }
    }
}

static void draw_band(struct canvas *canvas, struct figures_page *page, const struct band *band,
                      struct box box, int top)
{
    struct box half = {box.column, box.row, (box.width - BETWEEN) / 2, box.height};
    if (!band->second) {
        draw_part(canvas, page, band->first, box, top);
        return;
    }
    draw_part(canvas, page, band->first, half, top);
    half.column = box.column + box.width - half.width;
    draw_part(canvas, page, band->second, half, top);
}

void figures_draw(struct canvas *canvas, struct box box, struct figures_page *page)
{
    struct band *bands = arena_new(&canvas->arena, page->set->part_count, sizeof *bands);
    size_t count = make_bands(canvas, page, box.width, bands);
    int used = count > 0 ? (int)count - 1 : 0;
    page->links = NULL;
    page->link_count = 0;
    for (size_t i = 0; i < count; i++)
        used += bands[i].rows;
    grow_charts(bands, count, box.height - used);
    int top = box.row - page->scroll, row = top;
    for (size_t i = 0; i < count; i++) {
        draw_band(canvas, page, &bands[i], (struct box){box.column, row, box.width, bands[i].rows},
                  top);
        row += bands[i].rows + 1;
    }
    page->lines = row - top - (count > 0 ? 1 : 0);
}
