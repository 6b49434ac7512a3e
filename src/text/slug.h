/* Slugs: the short names people type and programs keep. */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H

#include "base/str.h"

#include <stdbool.h>

enum { SLUG_MOST = 40 /* characters */ };

/* True when s is 1 to SLUG_MOST letters (of any script), decimal digits and the ASCII characters in
 * also, such as "-", and valid UTF-8 throughout. */
bool slug_valid(struct str s, const char *also);

#endif
