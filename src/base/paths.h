/* Where the program's own files are: data beside the program, the user's own beside the user. */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/arena.h"

/* The folder of installed data (worked examples, reasons, templates, locale): share/majlis beside
 * the running program's bin folder, so that a build tree and any PREFIX work alike.
 * Returns a NUL-terminated string in arena. */
const char *paths_share(struct arena *arena);

/* The folder of translations: share/locale beside the program's bin folder. In arena. */
const char *paths_locale(struct arena *arena);

/* The database of this installation: <prefix's var>/lib/majlis/majlis.db as set when built. */
const char *paths_installed_database(void);

/* The user's own database: $XDG_DATA_HOME/majlis/majlis.db or ~/.local/share/majlis/majlis.db; NULL
 * when the user has no home. In arena. */
const char *paths_user_database(struct arena *arena);

#endif
