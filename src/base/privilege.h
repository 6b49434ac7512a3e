/* The group that a program installed for a team has and its caller has not (set-group-ID): what
 * lends it to the installed database and to nothing else. A program without one passes through all
 * of this unchanged.
 *
 * Whoever opens a file for the caller does so between privilege_lower() and privilege_raise(), or
 * with privilege_fopen(); whoever starts another program calls privilege_give_up() before. */
#ifndef BASE_PRIVILEGE_H
#define BASE_PRIVILEGE_H

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* The first thing a program does, before it reads its environment. With a group of its own it closes
 * descriptors above standard error, writes no core, and keeps of the environment only TERM, LANG,
 * LC_*, TZ, NO_COLOR, MAJLIS_WIRE and MAJLIS_DB, where their values are plain.
 * Returns OK, or STATUS_REFUSED when the program was installed set-user-ID, or STATUS_IO. */
enum status privilege_start(struct error *error);

/* True while the program has, or can take back, a group its caller has not. */
bool privilege_held(void);

/* Gives the group up for good; the caller's own environment is there again, but for what was set
 * meanwhile. STATUS_IO when it cannot be given up: nothing may then be opened. */
enum status privilege_give_up(struct error *error);

/* Lays the group aside, and takes it up again. STATUS_IO when that fails. */
enum status privilege_lower(struct error *error);
enum status privilege_raise(struct error *error);

/* fopen() with the caller's own rights: NULL with errno when the caller may not. */
FILE *privilege_fopen(const char *path, const char *mode);

#endif
