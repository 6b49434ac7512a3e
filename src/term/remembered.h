/* The modes a person has settled, terminal by terminal: a small file of the person's own, so that it
 * can be read before a database is open and holds for all of them. A line is a mode, a tab and the
 * terminal's key. */
#ifndef TERM_REMEMBERED_H
#define TERM_REMEMBERED_H

#include "base/error.h"
#include "term/terminal_kind.h"

/* The mode remembered for a key, WIRE_AUTOMATIC when there is none or the file cannot be read.
 * path  of the file; NULL: there is none */
enum wire_mode remembered_mode(const char *path, const char *key);

/* Remembers the mode, or forgets it where it is WIRE_AUTOMATIC. Missing folders are made; the file
 * is replaced whole. The caller's own rights are used. STATUS_IO with a sentence when it cannot be
 * written. */
enum status remembered_set(const char *path, const char *key, enum wire_mode mode,
                           struct error *error);

#endif
