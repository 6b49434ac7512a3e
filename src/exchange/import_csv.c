/* CSV coming in, read by libcsv. RFC 4180 holds where files mostly do: fields may be quoted, hold
 * line breaks and any bytes, and no blank is dropped; a row may end in LF, CRLF or CR. Beyond it, a
 * quote inside an unquoted field is taken as it stands. One inside a quoted field must be doubled:
 * whatever were guessed there could make two comments one. Where the header holds no comma, the
 * semicolon or the tab it holds separates: so spreadsheets write in many countries. */
#include "exchange/import_session.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/memory.h"
#include "exchange/input.h"
#include "text/utf8.h"

#include <csv.h>
#include <stdlib.h>

enum {
    FIELD_GROWS_BYTES = 64 * 1024, /* libcsv's own step would make long texts slow */
    NAMES_SHOWN_BYTES = 200,       /* of the header, in the sentence that finds no body in it */
    NO_COLUMN = -1,
};

struct span {
    size_t at, size;
};

struct reader {
    struct import_session *session;
    struct csv_parser parser;
    int64_t line;       /* that the next byte stands in, from 1 */
    int64_t row_line;   /* where the current row began */
    int64_t quote_line; /* where the latest quoted field began */
    bool between;       /* no byte of a row yet */
    bool after_return;  /* the byte before was CR: an LF ends no further line */
    bool started;       /* the separator is known */
    bool header_read;
    long columns;     /* in the header */
    long fields;      /* of the current row so far */
    bool only_blanks; /* the fields of the current row so far */
    bool overflowing; /* a field beyond the last column holds something */
    long column[IMPORT_FIELD_COUNT];
    int rank[IMPORT_FIELD_COUNT]; /* of the column chosen, see import_match() */
    struct span spans[IMPORT_FIELD_COUNT];
    struct buffer bytes; /* what the spans are of; in the header, the names */
    enum status status;
    struct error *error;
};

static int never_blank(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* A column of the header: whichever fields it gives better than the columns before it. */
static void take_name(struct reader *reader, struct str name)
{
    if (reader->fields > 0)
        buffer_add(&reader->bytes, str_of(", "));
    utf8_add_valid(&reader->bytes, name);
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++) {
        int rank = import_match(reader->session->options, (enum import_field)field, str_trim(name));
        if (rank >= 0 && (reader->column[field] == NO_COLUMN || rank < reader->rank[field])) {
            reader->column[field] = reader->fields;
            reader->rank[field] = rank;
        }
    }
}

static void take_value(struct reader *reader, struct str value)
{
    bool wanted = false;
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++) {
        if (reader->column[field] == reader->fields) {
            reader->spans[field] = (struct span){reader->bytes.size, value.size};
            wanted = true;
        }
    }
    if (wanted)
        buffer_add(&reader->bytes, value);
    if (reader->fields >= reader->columns && str_trim(value).size > 0)
        reader->overflowing = true;
}

static void field_ends(void *data, size_t size, void *context)
{
    struct reader *reader = context;
    struct str value = {data, size};
    if (reader->status != OK)
        return;
    reader->only_blanks = reader->only_blanks && str_trim(value).size == 0;
    if (reader->header_read)
        take_value(reader, value);
    else
        take_name(reader, value);
    reader->fields++;
}

static enum status check_header(struct reader *reader)
{
    const struct import_options *options = reader->session->options;
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++) {
        if (options->map[field].size > 0 && reader->column[field] == NO_COLUMN)
            return error_set(reader->error, STATUS_INPUT,
                             _("%s:%lld: there is no column '%.*s', which --map names for %s"),
                             options->file_name, (long long)reader->row_line,
                             STR_FORMAT(options->map[field]),
                             import_field_name((enum import_field)field));
    }
    if (reader->column[IMPORT_BODY] != NO_COLUMN)
        return OK;
    struct str names = str_part(buffer_str(&reader->bytes), 0, NAMES_SHOWN_BYTES);
    return error_set(reader->error, STATUS_INPUT,
                     _("%s:%lld: no column gives the text of the comments; name it with --map "
                       "body=COLUMN. The columns are: %.*s"),
                     options->file_name, (long long)reader->row_line, STR_FORMAT(names));
}

/* Too long a row is no row of this header; nor is one that ends before its text. A shorter end is
 * how spreadsheets leave empty cells out. */
static enum status take_row(struct reader *reader)
{
    struct import_session *session = reader->session;
    if (reader->overflowing || reader->fields <= reader->column[IMPORT_BODY]) {
        struct error why;
        error_set(&why, STATUS_INPUT, _("this row counts %ld fields, the header %ld"),
                  reader->fields, reader->columns);
        session->result->read++;
        import_refuse(session, reader->row_line, &why);
        return OK;
    }
    struct import_row row = {.line = reader->row_line};
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++)
        row.values[field] = str_part(buffer_str(&reader->bytes), reader->spans[field].at,
                                     reader->spans[field].size);
    return import_take(session, &row, reader->error);
}

static void start_row(struct reader *reader)
{
    memset(reader->spans, 0, sizeof reader->spans);
    buffer_clear(&reader->bytes);
    reader->fields = 0;
    reader->only_blanks = true;
    reader->overflowing = false;
    reader->between = true;
}

static void row_ends(int byte, void *context)
{
    struct reader *reader = context;
    (void)byte;
    /* A line of nothing but blanks separates rows and is none, unless rows have but one field. */
    bool nothing = reader->only_blanks && reader->fields <= 1 && reader->columns != 1;
    if (reader->status == OK && reader->header_read && !nothing) {
        reader->status = take_row(reader);
    } else if (reader->status == OK && !reader->header_read && !nothing) {
        reader->status = check_header(reader);
        reader->columns = reader->fields;
        reader->header_read = true;
    }
    start_row(reader);
}

static enum status refuse_quote(struct reader *reader)
{
    return error_set(reader->error, STATUS_INPUT,
                     _("%s:%lld: the quoted field that begins on line %lld holds a quote that is "
                       "not doubled; nothing was imported"),
                     reader->session->options->file_name, (long long)reader->line,
                     (long long)reader->quote_line);
}

/* Gives libcsv bytes that hold no quote and no line end, or a single one of these. */
static enum status feed(struct reader *reader, struct str bytes, unsigned char rule)
{
    csv_set_opts(&reader->parser, rule);
    size_t taken = csv_parse(&reader->parser, bytes.data, bytes.size, field_ends, row_ends, reader);
    if (reader->status == OK && taken < bytes.size) {
        if (csv_error(&reader->parser) != CSV_EPARSE)
            memory_exhausted();
        reader->status = refuse_quote(reader);
    }
    return reader->status;
}

static void begin_row_if_between(struct reader *reader)
{
    if (reader->between)
        reader->row_line = reader->line;
    reader->between = false;
}

/* libcsv's strict rule would refuse a quote in an unquoted field too, so it is left for that one
 * byte. */
static enum status feed_quote(struct reader *reader, struct str quote)
{
    begin_row_if_between(reader);
    bool inside = reader->parser.quoted;
    enum status status = feed(reader, quote, inside ? CSV_STRICT : 0);
    if (!inside && reader->parser.quoted)
        reader->quote_line = reader->line;
    return status;
}

static enum status feed_line_end(struct reader *reader, struct str end)
{
    bool second = end.data[0] == '\n' && reader->after_return;
    enum status status = feed(reader, end, CSV_STRICT);
    reader->after_return = end.data[0] == '\r';
    if (!second)
        reader->line++;
    return status;
}

static size_t plain_size(struct str bytes)
{
    size_t size = 0;
    while (size < bytes.size && bytes.data[size] != '"' && bytes.data[size] != '\n' &&
           bytes.data[size] != '\r')
        size++;
    return size;
}

static enum status feed_chunk(struct reader *reader, struct str chunk)
{
    enum status status = OK;
    for (size_t at = 0; status == OK && at < chunk.size;) {
        struct str rest = str_part(chunk, at, chunk.size);
        struct str plain = str_part(rest, 0, plain_size(rest));
        if (plain.size > 0) {
            begin_row_if_between(reader);
            status = feed(reader, plain, CSV_STRICT);
            at += plain.size;
        } else if (rest.data[0] == '"') {
            status = feed_quote(reader, str_part(rest, 0, 1));
            at++;
        } else {
            status = feed_line_end(reader, str_part(rest, 0, 1));
            at++;
            continue;
        }
        reader->after_return = false;
    }
    return status;
}

static enum status finish(struct reader *reader)
{
    const char *file = reader->session->options->file_name;
    csv_set_opts(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&reader->parser, field_ends, row_ends, reader) != 0)
        return error_set(reader->error, STATUS_INPUT,
                         _("%s:%lld: the quote that opens on this line is never closed; the file "
                           "was cut off, so nothing was imported"),
                         file, (long long)reader->quote_line);
    if (reader->status == OK && !reader->header_read)
        return error_set(reader->error, STATUS_INPUT,
                         _("%s: the file is empty; its first line must name the columns"), file);
    return reader->status;
}

/* What separates the fields, by the first line that is not empty. */
static char separator(struct str chunk)
{
    bool quoted = false, semicolon = false, tab = false, seen = false;
    for (size_t at = 0; at < chunk.size; at++) {
        char byte = chunk.data[at];
        bool line_end = byte == '\n' || byte == '\r';
        if (byte == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (byte == ',')
            return ',';
        if (line_end && seen)
            break;
        semicolon = semicolon || byte == ';';
        tab = tab || byte == '\t';
        seen = seen || !line_end;
    }
    return semicolon ? ';' : tab ? '\t' : ',';
}

static enum status read_chunks(struct reader *reader, struct input *input)
{
    struct str chunk;
    enum status status;
    while ((status = input_rest(input, &chunk, reader->error)) == OK) {
        if (!reader->started)
            csv_set_delim(&reader->parser, (unsigned char)separator(chunk));
        reader->started = true;
        status = feed_chunk(reader, chunk);
        if (status != OK)
            return status;
        input->at += chunk.size;
    }
    return status == STATUS_EMPTY ? finish(reader) : status;
}

enum status import_read_csv(struct import_session *session, struct error *error)
{
    struct reader reader = {.session = session, .line = 1, .row_line = 1, .error = error};
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++)
        reader.column[field] = NO_COLUMN;
    start_row(&reader);
    if (csv_init(&reader.parser, CSV_STRICT) != 0)
        memory_exhausted();
    csv_set_space_func(&reader.parser, never_blank);
    csv_set_blk_size(&reader.parser, FIELD_GROWS_BYTES);
    struct input *input = memory_new(1, sizeof *input);
    input->file = session->in;
    input->name = session->options->file_name;
    input->go_on = import_go_on;
    input->context = session;
    enum status status = read_chunks(&reader, input);
    free(input);
    csv_free(&reader.parser);
    buffer_free(&reader.bytes);
    return status;
}
