/* A file coming in, a piece at a time, with the count of lines and bytes that messages and progress
 * need. A pipe will do; memory does not grow with the file. */
#ifndef EXCHANGE_INPUT_H
#define EXCHANGE_INPUT_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { INPUT_CHUNK_BYTES = 64 * 1024 };

struct input {
    FILE *file;
    const char *name; /* for messages */
    /* Asked between chunks, and when a signal cut the reading short: false stops. May be NULL. */
    bool (*go_on)(void *context, int64_t bytes);
    void *context;
    int64_t bytes; /* read from the file so far */
    size_t at, size;
    bool started;
    char chunk[INPUT_CHUNK_BYTES];
};

/* The unread rest of the chunk in memory, or of the next one; *rest lives until the next call. A
 * UTF-8 byte order mark at the file's start is passed over. The caller adds what it used to
 * input->at.
 * Returns OK, STATUS_EMPTY at the end of the file, STATUS_INPUT for UTF-16, STATUS_IO, or
 * STATUS_INTERRUPTED. */
enum status input_rest(struct input *input, struct str *rest, struct error *error);

#endif
