/* Reading the program's own JSON files: objects one after the other, in an array or one a line,
 * each with the line it begins on, so that a mistake can be named. */
#ifndef EXCHANGE_JSON_LIST_H
#define EXCHANGE_JSON_LIST_H

#include "base/buffer.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* An object and where it stands. */
struct json_item {
    const char *file; /* as messages name it; lives as long as its list */
    int64_t line;
    json_t *object;
};

struct json_list {
    struct json_item item; /* the current one; its object lives until the next call */
    char *name;
    struct buffer text;
    size_t at, counted; /* bytes parsed, and bytes whose lines are in line */
    int64_t line;
    bool array;
};

/* Opens folder/name. STATUS_IO when it can't be read. Close it whatever is returned. */
enum status json_list_open(struct json_list *list, const char *folder, const char *name,
                           struct error *error);

/* Moves to the next object. STATUS_EMPTY at the end; STATUS_INPUT with FILE:LINE for bad JSON. */
enum status json_list_next(struct json_list *list, struct error *error);

void json_list_close(struct json_list *list);

/* STATUS_INPUT with FILE:LINE and a sentence. */
enum status json_item_wrong(const struct json_item *item, struct error *error, const char *format,
                            ...) __attribute__((format(printf, 3, 4)));

/* The text called name, which lives as long as the object. Where it is not there: empty, or
 * STATUS_INPUT when needed. */
enum status json_item_text(const struct json_item *item, const char *name, bool needed,
                           struct str *text, struct error *error);

/* The number called name, whole or not; 0 where it is not there, or STATUS_INPUT when needed. */
enum status json_item_number(const struct json_item *item, const char *name, bool needed,
                             double *number, struct error *error);

/* The list called name, or NULL. STATUS_INPUT for something else by that name. */
enum status json_item_array(const struct json_item *item, const char *name, json_t **array,
                            struct error *error);

/* The object called name as an item of the same line; its object is NULL where it is not there.
 * STATUS_INPUT for something else by that name. */
enum status json_item_inner(const struct json_item *item, const char *name, struct json_item *inner,
                            struct error *error);

#endif
