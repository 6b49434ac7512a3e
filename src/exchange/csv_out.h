/* CSV going out (RFC 4180): valid UTF-8, and nothing in it that a spreadsheet would run. */
#ifndef EXCHANGE_CSV_OUT_H
#define EXCHANGE_CSV_OUT_H

#include "base/str.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes a field, and the comma before it unless it is the first of its line. U+FFFD stands for what
 * is not UTF-8. False when out fails. */
bool csv_out_field(FILE *out, bool first, struct str text);

/* The same for a number of the program's own, which may be below zero; not empty. */
bool csv_out_number(FILE *out, bool first, struct str number);

/* Ends the line. False when out fails. */
bool csv_out_end(FILE *out);

#endif
