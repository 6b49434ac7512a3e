/* Where the program's own files are: data beside the program, the user's own beside the user. */
#ifndef BASE_PATHS_H
#define BASE_PATHS_H

#include "base/arena.h"
#include "base/error.h"

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

/* The user's settings: $XDG_CONFIG_HOME/majlis/config or ~/.config/majlis/config; and what the
 * program remembers of terminals by itself: $XDG_STATE_HOME/majlis/terminals or
 * ~/.local/state/majlis/terminals (XDG Base Directory Specification, 0.8). A program that keeps a
 * group of its own sees no $HOME; the password file then says where the home is. NULL when there is
 * none. In arena. */
const char *paths_user_settings(struct arena *arena);
const char *paths_user_terminals(struct arena *arena);

/* The settings of everyone on this host. A constant. */
const char *paths_host_settings(void);

/* Makes the folders of path that are missing, for the user alone. */
enum status paths_make_folders(const char *path, struct error *error);

#endif
