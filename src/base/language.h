/* The interface language: which one, and gettext under a name of our own. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <libintl.h>
#include <stdbool.h>

/* _() translates now; N_() marks a text in a table for a later _(). */
#define _(text) gettext(text)
#define N_(text) (text)

enum language { LANGUAGE_ENGLISH, LANGUAGE_ARABIC };

/* Prepares locale and gettext: LC_CTYPE is UTF-8 whatever the caller's locale is (a moderator's SSH
 * often brings one that is not installed), and messages come from the catalogues in locale_dir.
 * locale_dir  the folder that holds ar/LC_MESSAGES/majlis.mo
 * wanted      "ar", "en" or NULL for what the environment's locale says
 * Returns false when wanted is neither; the language is then unchanged. */
bool language_start(const char *locale_dir, const char *wanted);

/* Switches the language at once: the next _() is in it. */
void language_set(enum language language);

/* The language now in use. */
enum language language_now(void);

/* "ar" or "en" for the language now in use; a constant. */
const char *language_code(void);

#endif
