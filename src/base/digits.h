/* The digits that numbers of the interface are written in: European ones, or, in Arabic, the
 * Arabic-Indic ones where the locale's country writes them or the person wishes them.
 *
 * A number that is a name, such as #76, a key or a path, stays in European digits: it is to be typed
 * again as it stands. What people wrote is never changed. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include "base/arena.h"

#include <stdbool.h>

/* Chooses: "arabic", "latin", or NULL for what the environment's locale wants (LC_ALL, LC_NUMERIC,
 * LANG; by Unicode's CLDR 42, Arabic countries write Arabic-Indic digits, but for the Emirates and
 * the Maghreb). Returns false, and nothing is chosen, when wanted is something else. */
bool digits_choose(const char *wanted);

/* text with its digits, the percent sign behind one and the point between two, as they are written
 * now: itself where that is the same, else in arena. Also for a C string: the result ends in a NUL
 * where text does. */
struct str digits_local(struct arena *arena, struct str text);

/* The same in place, in a buffer of capacity bytes with its NUL; what has no room is left. */
void digits_localise(char *text, size_t capacity);

/* text with Arabic-Indic and extended Arabic-Indic (Persian, Urdu) digits made European ones, for
 * numbers that are typed: itself where there are none, else in arena. */
struct str digits_european(struct arena *arena, struct str text);

#endif
