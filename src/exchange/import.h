/* Comments coming in from files: CSV and JSON lines, all in one transaction or not at all. */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "desk/desk.h"

#include <stdio.h>

enum import_format { IMPORT_CSV, IMPORT_JSONL };

/* What a file's column or key gives. */
enum import_field {
    IMPORT_ID,
    IMPORT_BODY,
    IMPORT_AUTHOR,
    IMPORT_AUTHOR_KEY,
    IMPORT_SUBMITTED_AT,
    IMPORT_LANGUAGE,
    IMPORT_CHANNEL,
    IMPORT_PARENT,  /* the id, in the same source, of the comment it replies to */
    IMPORT_SECTION, /* ordinal */
    IMPORT_FIELD_COUNT,
};

/* "body", "submitted_at" ...: as in --map, and the column names taken without one. */
const char *import_field_name(enum import_field field);

struct import_options {
    enum import_format format;
    struct str consultation; /* slug */
    bool create;       /* make the consultation (and, if there is none, an agency) when unknown */
    struct str source; /* name of the source; the caller gives the file's name when none was said */
    struct str map[IMPORT_FIELD_COUNT]; /* column or key names; size 0: the field's own name or a
                                           known alias */
    const char *file_name;              /* for messages: "comments.csv", "standard input" */
    int64_t now;                        /* received_at */
    /* Called now and then with rows read and bytes read so far; returning false interrupts. May be
     * NULL. */
    bool (*progress)(void *context, int64_t rows, int64_t bytes);
    /* Called for each refused row, and for a reply that lost its parent, with "FILE:LINE: sentence".
     * May be NULL. */
    void (*refused)(void *context, const char *sentence);
    void *context;
};

struct import_result {
    int64_t read, added, changed, unchanged, refused;
};

/* Parses "body=Column,author=Column": into options->map. Column names may be quoted with "".
 * STATUS_USAGE names the part. */
enum status import_parse_map(struct str text, struct arena *arena, struct import_options *options,
                             struct error *error);

/* Reads comments from in (a pipe will do) into the store, through the desk's rights.
 * One transaction: on any error, or when progress() returns false (STATUS_INTERRUPTED), nothing
 * stays. A row that is wrong (no body, a date before 1990 or in the future, no such section ...) is
 * refused by itself, named, counted, and refuses nothing else. A row without a date is dated now.
 * One without an id gets one made of its content and of how many of the same content stand before
 * it in the file, so that reading the same file again adds nothing and no repeated letter is lost.
 * A reply may come before its parent; one whose parent is not in the source at all is kept as the
 * start of a thread, which refused() is told of too without counting it.
 * CSV bodies are kept byte for byte; in JSON lines, invalid UTF-8 refuses its line. A file that was
 * cut off (inside a quoted field, inside the last line's object) is STATUS_INPUT. */
enum status import_comments(struct desk *desk, FILE *in, const struct import_options *options,
                            struct import_result *result, struct error *error);

#endif
