/* JSON lines coming in: one object a line (RFC 8259), read by jansson. A line that is wrong is
 * refused by itself; only a last line that was cut off says that the file is not whole. */
#include "exchange/import_session.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/memory.h"
#include "exchange/input.h"
#include "text/utf8.h"

#include <jansson.h>
#include <stdlib.h>

enum { UTF8_MOST_BYTES = 4 };

/* Reads the next line, however long, without its end. *cut tells that the file ended before its
 * end did. STATUS_EMPTY when there is none. */
static enum status read_line(struct input *input, struct buffer *line, bool *cut,
                             struct error *error)
{
    struct str rest;
    enum status status;
    buffer_clear(line);
    *cut = false;
    while ((status = input_rest(input, &rest, error)) == OK) {
        const char *end = memchr(rest.data, '\n', rest.size);
        size_t size = end ? (size_t)(end - rest.data) : rest.size;
        buffer_add(line, str_part(rest, 0, size));
        input->at += end ? size + 1 : size;
        if (end)
            return OK;
    }
    *cut = true;
    return status == STATUS_EMPTY && line->size > 0 ? OK : status;
}

/* A JSON value as the text of a field: strings as they are, numbers written out, null as nothing.
 * The text lives as long as value and arena. */
static enum status value_text(const json_t *value, struct arena *arena, struct str *text,
                              struct error *why)
{
    *text = (struct str){0};
    switch (json_typeof(value)) {
    case JSON_STRING:
        *text = (struct str){json_string_value(value), json_string_length(value)};
        return OK;
    case JSON_INTEGER:
        *text = str_of(arena_printf(arena, "%lld", (long long)json_integer_value(value)));
        return OK;
    case JSON_REAL:
        *text = str_of(arena_printf(arena, "%.0f", json_real_value(value)));
        return OK;
    case JSON_NULL:
        return OK;
    default:
        return error_set(why, STATUS_INPUT, _("neither a text nor a number"));
    }
}

static enum status take_values(struct import_session *session, json_t *object,
                               struct import_row *row, struct arena *arena, struct error *why)
{
    int ranks[IMPORT_FIELD_COUNT];
    const char *name;
    json_t *value;
    for (int field = 0; field < IMPORT_FIELD_COUNT; field++)
        ranks[field] = -1;
    json_object_foreach(object, name, value)
    {
        for (int field = 0; field < IMPORT_FIELD_COUNT; field++) {
            int rank = import_match(session->options, (enum import_field)field, str_of(name));
            if (rank < 0 || (ranks[field] >= 0 && ranks[field] <= rank))
                continue;
            ranks[field] = rank;
            enum status status = value_text(value, arena, &row->values[field], why);
            if (status == OK && field == IMPORT_BODY && json_is_number(value))
                status = error_set(why, STATUS_INPUT, _("not a text"));
            if (status != OK)
                return error_prefix(why, status, "%s", import_field_name((enum import_field)field));
        }
    }
    return OK;
}

/* Parses a line; NULL with why for one that is no object. *unfinished tells that it stops in the
 * middle of one, or of its last character. */
static json_t *parse_line(struct str text, bool *unfinished, struct error *why)
{
    json_error_t problem;
    size_t valid = utf8_valid_size(text);
    *unfinished = false;
    json_t *object = json_loadb(text.data, text.size, JSON_ALLOW_NUL, &problem);
    if (!object)
        *unfinished = json_error_code(&problem) == json_error_premature_end_of_input;
    if (valid < text.size) {
        *unfinished = text.size - valid < UTF8_MOST_BYTES;
        json_decref(object);
        error_set(why, STATUS_INPUT, _("byte %zu of the line is not valid UTF-8"), valid + 1);
        return NULL;
    }
    if (!object) {
        error_set(why, STATUS_INPUT, _("the line is not JSON from byte %d on"), problem.position);
        return NULL;
    }
    if (!json_is_object(object)) {
        json_decref(object);
        error_set(why, STATUS_INPUT, _("the line is JSON, but not an object {...}"));
        return NULL;
    }
    return object;
}

static enum status refuse_line(struct import_session *session, int64_t line,
                               const struct error *why)
{
    session->result->read++;
    import_refuse(session, line, why);
    return OK;
}

static enum status take_line(struct import_session *session, struct str text, int64_t line,
                             bool cut, struct arena *arena, struct error *error)
{
    struct import_row row = {.line = line};
    struct error why;
    bool unfinished;
    json_t *object = parse_line(text, &unfinished, &why);
    if (!object && cut && unfinished)
        return error_set(error, STATUS_INPUT,
                         _("%s:%lld: the last line stops in the middle; the file was cut off, so "
                           "nothing was imported"),
                         session->options->file_name, (long long)line);
    if (!object)
        return refuse_line(session, line, &why);
    enum status status = take_values(session, object, &row, arena, &why);
    status = status == OK ? import_take(session, &row, error) : refuse_line(session, line, &why);
    json_decref(object);
    return status;
}

enum status import_read_jsonl(struct import_session *session, struct error *error)
{
    struct buffer line = {0};
    struct arena arena = {0};
    bool cut;
    int64_t number = 0;
    enum status status;
    struct input *input = memory_new(1, sizeof *input);
    input->file = session->in;
    input->name = session->options->file_name;
    input->go_on = import_go_on;
    input->context = session;
    while ((status = read_line(input, &line, &cut, error)) == OK) {
        number++;
        if (str_trim(buffer_str(&line)).size == 0)
            continue;
        arena_reset(&arena);
        status = take_line(session, buffer_str(&line), number, cut, &arena, error);
        if (status != OK)
            break;
    }
    free(input);
    arena_free(&arena);
    buffer_free(&line);
    return status == STATUS_EMPTY ? OK : status;
}
