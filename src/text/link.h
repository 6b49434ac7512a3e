/* Links in a text: what should stay on one line, and what says nothing of a text's language. */
#ifndef TEXT_LINK_H
#define TEXT_LINK_H

#include "base/str.h"

#include <stdbool.h>

/* Finds the next link of text from byte from on: a scheme followed by "://", or "www." where a word
 * starts; it ends at a blank, a control, one of <>" or the first byte outside ASCII. True and its
 * bytes in *start and *end when there is one. */
bool link_next(struct str text, size_t from, size_t *start, size_t *end);

/* False when text has no link for sure, which is told at once. */
bool link_any(struct str text);

#endif
