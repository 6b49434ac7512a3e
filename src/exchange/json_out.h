/* JSON going out: always valid UTF-8, and harmless on a terminal that shows it. */
#ifndef EXCHANGE_JSON_OUT_H
#define EXCHANGE_JSON_OUT_H

#include "base/error.h"
#include "base/str.h"

#include <jansson.h>
#include <stdio.h>

/* A new JSON string of these bytes, U+FFFD for what is not UTF-8. */
json_t *json_out_string(struct str text);

/* Writes value in one line with a newline, and releases it. Characters that act on a terminal or
 * reorder its text (C1 controls, DEL, bidi controls, line separators) are written as \uXXXX.
 * STATUS_IO when out fails. */
enum status json_out_write(json_t *value, FILE *out, struct error *error);

/* STATUS_IO with the sentence every output here fails with; errno says why. */
enum status json_out_failed(struct error *error);

#endif
