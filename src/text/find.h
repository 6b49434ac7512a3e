/* Finding: where in a text the words of a search stand, to mark them. */
#ifndef TEXT_FIND_H
#define TEXT_FIND_H

#include "text/stem.h"

#include <stdbool.h>

/* What makes a word of the text one of those sought: it is the same when folded; or the last of them
 * may be longer; or any of them may have the same stem. */
enum find_how { FIND_WHOLE, FIND_PREFIX, FIND_STEM };

/* Finds the words or phrase needle (folded already, words separated by single blanks) in text, from
 * byte from on: true, and the bytes of the match in *start and *end.
 * stemmer  used with FIND_STEM alone */
bool find_in_text(struct str text, struct str needle, enum find_how how, struct stemmer *stemmer,
                  size_t from, size_t *start, size_t *end);

#endif
