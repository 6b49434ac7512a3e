/* Tables of a few rows, such as statistics: measured first, then written. */
#include "cli/cli.h"

#include "text/layout.h"

enum { TABLE_CELLS_FIRST = 64 };

void cli_table_add(struct cli_table *table, struct str text)
{
    if (table->count == table->capacity) {
        size_t capacity = table->capacity ? 2 * table->capacity : TABLE_CELLS_FIRST;
        struct str *cells = arena_new(table->arena, capacity, sizeof *cells);
        if (table->count)
            memcpy(cells, table->cells, table->count * sizeof *cells);
        table->cells = cells;
        table->capacity = capacity;
    }
    struct buffer safe = {0};
    cli_add_text(table->arena, &safe, text, CLI_COLUMNS, false);
    table->cells[table->count++] = arena_copy(table->arena, buffer_str(&safe));
    buffer_free(&safe);
}

void cli_table_number(struct cli_table *table, int64_t number)
{
    cli_table_add(table, str_of(arena_printf(table->arena, "%lld", (long long)number)));
}

static unsigned column_width(const struct cli_table *table, size_t column)
{
    unsigned widest = 0;
    for (size_t i = column; i < table->count; i += (size_t)table->columns) {
        unsigned width = layout_columns(table->cells[i], CLI_COLUMNS);
        if (width > widest)
            widest = width;
    }
    return widest;
}

void cli_table_print(const struct cli_table *table, bool numbers, FILE *out)
{
    size_t columns = (size_t)table->columns;
    unsigned *widths = arena_new(table->arena, columns, sizeof *widths);
    for (size_t i = 0; i < columns; i++)
        widths[i] = column_width(table, i);
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % columns;
        bool last = column + 1 == columns,
             right = numbers && column > 0 && !(table->words >> column & 1);
        int blanks = (int)(widths[column] - layout_columns(table->cells[i], CLI_COLUMNS));
        fprintf(out, "%*s%.*s", right ? blanks : 0, "", STR_FORMAT(table->cells[i]));
        fprintf(out, "%*s%s", right || last ? 0 : blanks, "", last ? "\n" : "  ");
    }
}
