/* Sets of figures going out, as CSV (RFC 4180) and as one JSON object. */
#ifndef EXCHANGE_FIGURES_OUT_H
#define EXCHANGE_FIGURES_OUT_H

#include "store/figures.h"

#include <stdio.h>

/* What was read, to be written. table: only the table at this place; FIGURES_ALL for every one. */
enum { FIGURES_ALL = -1 };
struct figures_read {
    const struct figure_set *set;
    const struct figure_filter *filter;
    const struct figure_scope *scope;
    const struct figure_rows *rows;
    int table;
};

/* One table: a line of names, then a line for each row. All tables: one below the other, an empty
 * line between, each line beginning with the table's name. STATUS_IO when out fails. */
enum status figures_write_csv(const struct figures_read *read, FILE *out, struct error *error);

/* One object in one line: "figures", "at", "from", "to", "filter", and an array under each table's
 * name. STATUS_IO when out fails. */
enum status figures_write_json(const struct figures_read *read, FILE *out, struct error *error);

#endif
