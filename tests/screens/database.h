/* Databases for scripts, and questions to them through SQLite's own command. */
#ifndef SCREENS_DATABASE_H
#define SCREENS_DATABASE_H

#include "base/buffer.h"
#include "screens/run.h"

/* Runs a program and collects what it prints, standard error and all.
 * arguments, environment  end in NULL; the program is looked for in PATH
 * Returns its status as waitpid() gives it, or -1 when it could not be started. */
int command_run(char *const *arguments, char *const *environment, struct buffer *output);

/* The environment of every program a script starts: nothing of the caller's but PATH.
 * home      its home folder
 * database  what MAJLIS_DB names; may be NULL
 * Everything lives in arena; there is room for ENVIRONMENT_MORE more. */
enum { ENVIRONMENT_MORE = 16 };
char **environment_make(const char *home, const char *database, const char *terminal_type,
                        struct arena *arena);

/* Sets NAME=VALUE, copied into arena, in an environment made by environment_make(); false when it
 * is full. */
bool environment_set(char **environment, const char *name_and_value, struct arena *arena);

/* Makes the database of worked examples or an empty one at path; false with what the program
 * printed in *output. */
bool database_make(const struct setting *setting, const char *const *words, const char *path,
                   const char *home, struct buffer *output);

/* Copies a database that nobody has open. */
bool database_copy(const char *from, const char *to);

/* Asks a question whose answer is one value, into *answer; false with SQLite's words there. */
bool database_ask(const char *path, const char *sql, struct buffer *answer);
/* The same for SQL that writes, as a program of another making would. */
bool database_change(const char *path, const char *sql, struct buffer *answer);

#endif
