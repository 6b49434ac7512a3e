/* Writing sets of figures for other programs: the same names in CSV and JSON, units in the names,
 * nothing translated. */
#include "exchange/figures_out.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"
#include "exchange/csv_out.h"
#include "exchange/json_out.h"

#include <inttypes.h>

enum { DATE_BYTES = 10, HOUR_BYTES = 16 }; /* of 2026-11-24T13:30:00Z */

static const double thousand = 1000.0;

/* A column becomes one field, or two where it holds both languages. */
static int field_count(const struct figure_column *column)
{
    return column->kind == FIGURE_LABEL ? 2 : 1;
}

/* The name of a column's field: "oldest_seconds", "title_ar". */
static const char *field_name(const struct figure_column *column, int field, struct arena *arena)
{
    if (column->kind == FIGURE_LABEL)
        return arena_printf(arena, "%s_%s", column->name, field == 0 ? "ar" : "en");
    if (column->kind == FIGURE_SECONDS)
        return arena_printf(arena, "%s_seconds", column->name);
    return column->name;
}

static bool is_written(const struct figures_read *read, size_t table)
{
    return read->table == FIGURES_ALL || (size_t)read->table == table;
}

/* A moment of the team's clock, without a zone. */
static struct str clock_text(int64_t seconds, size_t size, struct arena *arena)
{
    char iso[MOMENT_BYTES];
    return arena_copy(arena, str_part(str_of(moment_iso(seconds, iso)), 0, size));
}

/* A value that is written as text; false when it is a number. */
static bool value_text(const struct figure_column *column, const struct figure *value, int field,
                       struct arena *arena, struct str *text)
{
    char iso[MOMENT_BYTES];
    switch (column->kind) {
    case FIGURE_TEXT:
    case FIGURE_WORD:
    case FIGURE_LANGUAGE:
    case FIGURE_CHANNEL:
    case FIGURE_WITHIN:
        *text = value->text;
        return true;
    case FIGURE_LABEL:
        *text = field == 0 ? value->arabic : value->text;
        return true;
    case FIGURE_MOMENT:
        *text = arena_copy(arena, str_of(moment_iso(value->number, iso)));
        return true;
    case FIGURE_DAY:
        *text = clock_text(value->number * SECONDS_A_DAY, DATE_BYTES, arena);
        return true;
    case FIGURE_HOUR:
        *text = clock_text(value->number * SECONDS_AN_HOUR, HOUR_BYTES, arena);
        return true;
    default:
        return false;
    }
}

static bool is_fraction(const struct figure_column *column)
{
    return column->kind == FIGURE_SHARE || column->kind == FIGURE_DECIMAL;
}

/* --- CSV --- */

static bool write_value(const struct figure_column *column, const struct figure *value, int field,
                        bool first, FILE *out, struct arena *arena)
{
    struct str text = {0};
    if (value->none || value_text(column, value, field, arena, &text))
        return csv_out_field(out, first, text);
    if (is_fraction(column))
        text = str_of(arena_printf(arena, "%.3f", (double)value->number / thousand));
    else
        text = str_of(arena_printf(arena, "%" PRId64, value->number));
    return csv_out_number(out, first, text);
}

static bool write_names(const struct figure_table *table, bool named, FILE *out,
                        struct arena *arena)
{
    bool first = !named, fine = !named || csv_out_field(out, true, str_of("table"));
    for (size_t i = 0; fine && i < table->column_count; i++) {
        for (int field = 0; fine && field < field_count(&table->columns[i]); field++) {
            fine = csv_out_field(out, first, str_of(field_name(&table->columns[i], field, arena)));
            first = false;
        }
    }
    return fine && csv_out_end(out);
}

static bool write_row(const struct figure_table *table, const struct figure_row *row, bool named,
                      FILE *out, struct arena *arena)
{
    bool first = !named, fine = !named || csv_out_field(out, true, str_of(table->name));
    for (size_t i = 0; fine && i < table->column_count; i++) {
        const struct figure_column *column = &table->columns[i];
        for (int field = 0; fine && field < field_count(column); field++) {
            fine = write_value(column, &row->values[i], field, first, out, arena);
            first = false;
        }
    }
    return fine && csv_out_end(out);
}

enum status figures_write_csv(const struct figures_read *read, FILE *out, struct error *error)
{
    struct arena arena = {0};
    bool named = read->table == FIGURES_ALL, fine = true, between = false;
    for (size_t i = 0; fine && i < read->set->table_count; i++) {
        if (!is_written(read, i))
            continue;
        fine = (!between || csv_out_end(out)) &&
               write_names(&read->set->tables[i], named, out, &arena);
        for (size_t row = 0; fine && row < read->rows[i].count; row++) {
            fine = write_row(&read->set->tables[i], &read->rows[i].rows[row], named, out, &arena);
            arena_reset(&arena);
        }
        between = true;
    }
    arena_free(&arena);
    return fine ? OK : json_out_failed(error);
}

/* --- JSON --- */

static void set_new(json_t *object, const char *name, json_t *value)
{
    if (!value || json_object_set_new(object, name, value) != 0)
        memory_exhausted();
}

static json_t *json_value(const struct figure_column *column, const struct figure *value, int field,
                          struct arena *arena)
{
    struct str text;
    if (value->none)
        return json_null();
    if (value_text(column, value, field, arena, &text))
        return json_out_string(text);
    return is_fraction(column) ? json_real((double)value->number / thousand)
                               : json_integer(value->number);
}

static json_t *json_row(const struct figure_table *table, const struct figure_row *row,
                        struct arena *arena)
{
    json_t *object = json_object();
    for (size_t i = 0; i < table->column_count; i++) {
        for (int field = 0; field < field_count(&table->columns[i]); field++)
            set_new(object, field_name(&table->columns[i], field, arena),
                    json_value(&table->columns[i], &row->values[i], field, arena));
    }
    return object;
}

static json_t *json_filter(const struct figure_filter *filter)
{
    json_t *object = json_object();
    for (const struct figure_field *field = figure_fields; field->name; field++) {
        const struct str *value =
            (const struct str *)(const void *)((const char *)filter + field->at);
        if (value->size > 0)
            set_new(object, field->name, json_out_string(*value));
    }
    return object;
}

enum status figures_write_json(const struct figures_read *read, FILE *out, struct error *error)
{
    struct arena arena = {0};
    char iso[MOMENT_BYTES];
    json_t *object = json_object();
    const struct figure_scope *scope = read->scope;
    set_new(object, "figures", json_string(read->set->name));
    set_new(object, "at", json_string(moment_iso(scope->now, iso)));
    set_new(object, "from",
            json_out_string(clock_text(scope->first_day * SECONDS_A_DAY, DATE_BYTES, &arena)));
    set_new(object, "to",
            json_out_string(clock_text(scope->last_day * SECONDS_A_DAY, DATE_BYTES, &arena)));
    set_new(object, "filter", json_filter(read->filter));
    for (size_t i = 0; i < read->set->table_count; i++) {
        json_t *list = json_array();
        for (size_t row = 0; is_written(read, i) && row < read->rows[i].count; row++)
            json_array_append_new(
                list, json_row(&read->set->tables[i], &read->rows[i].rows[row], &arena));
        if (is_written(read, i))
            set_new(object, read->set->tables[i].name, list);
        else
            json_decref(list);
    }
    arena_free(&arena);
    return json_out_write(object, out, error);
}
