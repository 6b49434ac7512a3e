/* The program's own JSON files. jansson reads one object at a time and says how far it came, which
 * gives every object its line. */
#include "exchange/json_list.h"

#include "base/language.h"
#include "base/memory.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static enum status read_file(struct json_list *list, const char *path, struct error *error)
{
    enum { CHUNK_BYTES = 64 * 1024 };
    char *chunk = memory_new(CHUNK_BYTES, 1);
    FILE *file = fopen(path, "rb");
    size_t got = 0;
    while (file && (got = fread(chunk, 1, CHUNK_BYTES, file)) > 0)
        buffer_add(&list->text, (struct str){chunk, got});
    enum status status = OK;
    if (!file || ferror(file))
        status = error_set(error, STATUS_IO, _("cannot read %s: %s"), path, strerror(errno));
    if (file)
        fclose(file);
    free(chunk);
    return status;
}

enum status json_list_open(struct json_list *list, const char *folder, const char *name,
                           struct error *error)
{
    struct buffer path = {0};
    *list = (struct json_list){.line = 1};
    list->name = memory_new(strlen(name) + 1, 1);
    memcpy(list->name, name, strlen(name));
    list->item.file = list->name;
    buffer_printf(&path, "%s/%s", folder, name);
    enum status status = read_file(list, buffer_text(&path), error);
    buffer_free(&path);
    return status;
}

void json_list_close(struct json_list *list)
{
    json_decref(list->item.object);
    buffer_free(&list->text);
    free(list->name);
    *list = (struct json_list){0};
}

static void count_lines(struct json_list *list)
{
    for (; list->counted < list->at; list->counted++)
        list->line += list->text.data[list->counted] == '\n';
}

/* Passes over blanks, and over what stands between the objects of an array. */
static void skip_to_object(struct json_list *list)
{
    for (; list->at < list->text.size; list->at++) {
        char byte = list->text.data[list->at];
        if (byte == '[' && list->at == 0)
            list->array = true;
        else if (!strchr(" \t\r\n", byte) && !(list->array && (byte == ',' || byte == ']')))
            break;
    }
    count_lines(list);
}

enum status json_list_next(struct json_list *list, struct error *error)
{
    json_error_t problem;
    json_decref(list->item.object);
    list->item.object = NULL;
    skip_to_object(list);
    list->item.line = list->line;
    if (list->at == list->text.size)
        return STATUS_EMPTY;
    list->item.object = json_loadb(list->text.data + list->at, list->text.size - list->at,
                                   JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &problem);
    if (!list->item.object) {
        /* One a line, the object that does not end is at fault, not the line after it. */
        if (list->array && problem.line > 0)
            list->item.line += problem.line - 1;
        return json_item_wrong(&list->item, error, _("not valid JSON: %s"), problem.text);
    }
    if (!json_is_object(list->item.object))
        return json_item_wrong(&list->item, error, _("there is something that is not an object"));
    list->at += (size_t)problem.position;
    count_lines(list);
    return OK;
}

enum status json_item_wrong(const struct json_item *item, struct error *error, const char *format,
                            ...)
{
    char sentence[ERROR_BYTES];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    return error_set(error, STATUS_INPUT, "%s:%lld: %s", item->file, (long long)item->line,
                     sentence);
}

enum status json_item_text(const struct json_item *item, const char *name, bool needed,
                           struct str *text, struct error *error)
{
    const json_t *value = json_object_get(item->object, name);
    *text = (struct str){0};
    if (!value && !needed)
        return OK;
    if (!json_is_string(value))
        return json_item_wrong(item, error, _("\"%s\" has to be there, and be a text"), name);
    *text = (struct str){json_string_value(value), json_string_length(value)};
    if (needed && text->size == 0)
        return json_item_wrong(item, error, _("\"%s\" is empty"), name);
    return OK;
}

enum status json_item_number(const struct json_item *item, const char *name, bool needed,
                             double *number, struct error *error)
{
    const json_t *value = json_object_get(item->object, name);
    *number = 0;
    if (!value && !needed)
        return OK;
    if (!json_is_number(value))
        return json_item_wrong(item, error, _("\"%s\" has to be there, and be a number"), name);
    *number = json_number_value(value);
    return OK;
}

enum status json_item_array(const struct json_item *item, const char *name, json_t **array,
                            struct error *error)
{
    *array = json_object_get(item->object, name);
    if (*array && !json_is_array(*array))
        return json_item_wrong(item, error, _("\"%s\" has to be a list"), name);
    return OK;
}

enum status json_item_inner(const struct json_item *item, const char *name, struct json_item *inner,
                            struct error *error)
{
    *inner = *item;
    inner->object = json_object_get(item->object, name);
    if (inner->object && !json_is_object(inner->object))
        return json_item_wrong(item, error, _("\"%s\" has to be an object"), name);
    return OK;
}
