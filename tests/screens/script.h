/* A script of steps, read from a file: lines of words. */
#ifndef SCREENS_SCRIPT_H
#define SCREENS_SCRIPT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* One word of a line. A quoted one may hold anything; text ends in a NUL that is not counted. */
struct word {
    struct str text;
    bool quoted;
};

/* One line that is neither empty nor a comment. */
struct line {
    int number; /* in its file, from 1 */
    struct word *words;
    size_t count; /* at least one */
};

struct script {
    const char *path;
    const char *folder; /* that holds it, for files named in it */
    const char *name;   /* the file's name without its ending */
    struct line *lines;
    size_t count;
};

/* Reads the script at path; everything lives in arena. STATUS_IO or STATUS_INPUT with *error
 * filled when it cannot be read or a line is malformed. */
enum status script_read(const char *path, struct arena *arena, struct script *script,
                        struct error *error);

/* True when word is the text given and was not quoted. */
bool word_is(const struct word *word, const char *text);

#endif
