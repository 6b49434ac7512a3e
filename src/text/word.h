/* Words of a text (UAX #29, section 4.1, by libunistring). */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "base/str.h"

/* Calls each() for every word of text from byte from on, in order: what lies between two word
 * boundaries and holds a letter or a digit. from should be a word's start or end.
 * each()  receives the word's bytes; returns non-zero to stop; that value is then returned. */
int word_each(struct str text, size_t from, int (*each)(void *context, size_t start, size_t end),
              void *context);

#endif
