/* Lists of holidays as CSV, each line read by libcsv: a holiday is never longer than its line. */
#include "exchange/holidays.h"

#include "base/digits.h"
#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"

#include <csv.h>

enum field { FIELD_FIRST, FIELD_LAST, FIELD_AR, FIELD_EN, FIELD_BOTH, FIELD_COUNT };
enum { COLUMNS_MOST = 32, NO_FIELD = -1 };

/* Names of columns, as other programs write them; they end in NULL. */
static const char *const names[FIELD_COUNT][5] = {
    [FIELD_FIRST] = {"date", "day", "from", "start", NULL},
    [FIELD_LAST] = {"to", "until", "end", "last", NULL},
    [FIELD_AR] = {"name_ar", "ar", "arabic", NULL},
    [FIELD_EN] = {"name_en", "en", "english", NULL},
    [FIELD_BOTH] = {"name", "holiday", "title", "summary", NULL},
};

/* The fields of one line. */
struct cells {
    struct arena *arena;
    struct str items[COLUMNS_MOST];
    size_t count;
};

static void field_ends(void *text, size_t size, void *context)
{
    struct cells *cells = context;
    if (cells->count < COLUMNS_MOST)
        cells->items[cells->count++] = str_trim(arena_copy(cells->arena, (struct str){text, size}));
}

static void line_ends(int end, void *context)
{
    (void)end;
    (void)context;
}

/* False for a line that is no CSV by itself, such as one with an open quotation mark. */
static bool read_cells(struct str line, char separator, struct cells *cells)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        memory_exhausted();
    csv_set_delim(&parser, (unsigned char)separator);
    cells->count = 0;
    bool whole =
        csv_parse(&parser, line.data, line.size, field_ends, line_ends, cells) == line.size &&
        csv_fini(&parser, field_ends, line_ends, cells) == 0;
    csv_free(&parser);
    return whole;
}

static bool same_name(struct str text, const char *name)
{
    if (text.size != strlen(name))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if ((byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte) != name[i])
            return false;
    }
    return true;
}

/* Which column has which field; false when one that is needed is missing. */
static bool read_header(const struct cells *cells, int column[FIELD_COUNT])
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        column[field] = NO_FIELD;
        for (size_t i = 0; i < cells->count && column[field] == NO_FIELD; i++) {
            for (const char *const *name = names[field]; *name; name++) {
                if (same_name(cells->items[i], *name))
                    column[field] = (int)i;
            }
        }
    }
    return column[FIELD_FIRST] != NO_FIELD &&
           (column[FIELD_AR] != NO_FIELD || column[FIELD_EN] != NO_FIELD ||
            column[FIELD_BOTH] != NO_FIELD);
}

static struct str cell(const struct cells *cells, int column)
{
    bool there = column != NO_FIELD && (size_t)column < cells->count;
    return there ? cells->items[column] : (struct str){0};
}

/* A date and nothing more, in whichever digits. */
static bool read_day(struct arena *arena, struct str text, int64_t *day)
{
    enum { DATE_BYTES = 10 /* 2026-11-24 */ };
    int64_t moment;
    text = digits_european(arena, text);
    if (text.size != DATE_BYTES || text.data[4] != '-' || !moment_parse(text, &moment) ||
        moment < 0)
        return false;
    *day = moment / SECONDS_A_DAY;
    return true;
}

static void read_line(struct holidays_in *in, int64_t line, const struct cells *cells,
                      const int column[FIELD_COUNT])
{
    struct str first_text = cell(cells, column[FIELD_FIRST]);
    struct str last_text = cell(cells, column[FIELD_LAST]), both = cell(cells, column[FIELD_BOTH]);
    struct label name = {cell(cells, column[FIELD_AR]), cell(cells, column[FIELD_EN])};
    int64_t first, last;
    if (!read_day(in->arena, first_text, &first)) {
        holidays_wrong(in, line,
                       arena_printf(in->arena, _("'%.*s' is no date; write 2026-12-18"),
                                    STR_FORMAT(first_text)));
        return;
    }
    last = first;
    if (last_text.size > 0 && !read_day(in->arena, last_text, &last)) {
        holidays_wrong(in, line,
                       arena_printf(in->arena, _("'%.*s' is no date; write 2026-12-18"),
                                    STR_FORMAT(last_text)));
        return;
    }
    if (name.ar.size == 0)
        name.ar = both;
    if (name.en.size == 0)
        name.en = both;
    holidays_add(in, line, first, last, &name);
}

/* What separates the columns, by the line that names them. */
static char separator_of(struct str header)
{
    if (memchr(header.data, ',', header.size))
        return ',';
    return memchr(header.data, ';', header.size) ? ';' : '\t';
}

enum status holidays_read_csv(struct str text, struct holidays_in *in, struct error *error)
{
    struct cells cells = {.arena = in->arena};
    int column[FIELD_COUNT];
    struct str line;
    bool header = false;
    char separator = ',';
    for (int64_t number = 1; holidays_take_line(&text, &line); number++) {
        if (str_trim(line).size == 0)
            continue;
        if (!header)
            separator = separator_of(line);
        bool whole = read_cells(line, separator, &cells);
        if (!header && (!whole || !read_header(&cells, column)))
            return error_set(error, STATUS_INPUT,
                             _("%s:%lld: the first line names the columns: date, name_ar and "
                               "name_en (or name), and to where a holiday has several days"),
                             in->name, (long long)number);
        if (!header)
            header = true;
        else if (whole)
            read_line(in, number, &cells, column);
        else
            holidays_wrong(in, number, _("a quotation mark is not closed"));
    }
    return OK;
}
