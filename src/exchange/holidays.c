/* Lists of holidays: reading a file whole, telling what it is, and what both forms share. */
#include "exchange/holidays.h"

#include "base/buffer.h"
#include "base/language.h"
#include "text/utf8.h"

#include <errno.h>

void holidays_wrong(struct holidays_in *in, int64_t line, const char *sentence)
{
    in->wrong_count++;
    if (in->wrong)
        in->wrong(in->context, line, sentence);
}

static struct str fit_name(struct holidays_in *in, struct str name)
{
    struct buffer valid = {0};
    utf8_add_valid(&valid, str_trim(name));
    struct str text = arena_copy(in->arena, buffer_str(&valid));
    buffer_free(&valid);
    if (text.size > HOLIDAY_NAME_BYTES)
        text.size = utf8_valid_size(str_part(text, 0, HOLIDAY_NAME_BYTES));
    return text;
}

static void add_day(struct holidays_in *in, int64_t day, const struct label *name)
{
    enum { FIRST = 64 };
    if (in->count == in->capacity) {
        size_t capacity = in->capacity ? 2 * in->capacity : FIRST;
        struct holiday *bigger = arena_new(in->arena, capacity, sizeof *bigger);
        if (in->count > 0)
            memcpy(bigger, in->days, in->count * sizeof *bigger);
        in->days = bigger;
        in->capacity = capacity;
    }
    in->days[in->count++] = (struct holiday){.day = day, .name = *name};
}

void holidays_add(struct holidays_in *in, int64_t line, int64_t first, int64_t last,
                  const struct label *name)
{
    struct label fitting = {fit_name(in, name->ar), fit_name(in, name->en)};
    if (fitting.ar.size == 0)
        fitting.ar = fitting.en;
    if (fitting.en.size == 0)
        fitting.en = fitting.ar;
    if (last < first)
        holidays_wrong(in, line, _("the last day lies before the first"));
    else if (last - first >= HOLIDAY_DAYS_MOST)
        holidays_wrong(in, line, _("so many days in a row are no holiday"));
    else if (fitting.en.size == 0)
        holidays_wrong(in, line, _("the holiday has no name"));
    else if (in->count + (size_t)(last - first) >= HOLIDAYS_MOST)
        holidays_wrong(in, line, _("the list has more days than can be holidays"));
    else
        for (int64_t day = first; day <= last; day++)
            add_day(in, day, &fitting);
}

bool holidays_take_line(struct str *text, struct str *line)
{
    if (text->size == 0)
        return false;
    const char *end = memchr(text->data, '\n', text->size);
    size_t size = end ? (size_t)(end - text->data) : text->size;
    *line = str_part(*text, 0, size);
    *text = str_part(*text, size + 1, text->size);
    if (line->size > 0 && line->data[line->size - 1] == '\r')
        line->size--;
    return true;
}

static enum status read_file(FILE *file, const char *name, struct buffer *text, struct error *error)
{
    enum { CHUNK_BYTES = 8192 };
    char chunk[CHUNK_BYTES];
    size_t size;
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buffer_add(text, (struct str){chunk, size});
        if (text->size > HOLIDAYS_BYTES_MOST)
            return error_set(error, STATUS_INPUT, _("%s: the file is too large for a list of days"),
                             name);
    }
    if (ferror(file))
        return error_set(error, STATUS_IO, _("cannot read %s: %s"), name, strerror(errno));
    return OK;
}

/* A byte order mark is passed over; with UTF-16 nothing would be found. */
static struct str without_mark(struct str text)
{
    return str_starts(text, str_of("\xef\xbb\xbf")) ? str_part(text, 3, text.size) : text;
}

enum status holidays_read(FILE *file, struct holidays_in *in, struct error *error)
{
    struct buffer bytes = {0};
    enum status status = read_file(file, in->name, &bytes, error);
    struct str text = str_trim(without_mark(buffer_str(&bytes)));
    struct str whole = without_mark(buffer_str(&bytes));
    if (status == OK && text.size == 0)
        status = error_set(error, STATUS_INPUT, _("%s: the file is empty"), in->name);
    else if (status == OK && memchr(text.data, '\0', text.size))
        status = error_set(error, STATUS_INPUT, _("%s: this is not a text in UTF-8"), in->name);
    else if (status == OK && str_starts(text, str_of("BEGIN:VCALENDAR")))
        status = holidays_read_ical(whole, in, error);
    else if (status == OK)
        status = holidays_read_csv(whole, in, error);
    buffer_free(&bytes);
    return status;
}
