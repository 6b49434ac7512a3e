/* Light stemming: what the forms of one word have in common, such as "schools" and "school", or
 * السيارات and سيارتي. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/str.h"

/* Holds what stemming needs; for one thread at a time. stemmer_new() never fails; stemmer_free()
 * takes NULL. */
struct stemmer;
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *stemmer);

/* The stem of a folded word (see text/fold.h) of Arabic or Latin letters, by the Snowball
 * stemmers for Arabic and English. It lives until the next call.
 * Returns the word itself where there is nothing to take off: another script, digits, a word so
 * short that its stem would say nothing. Forms of one word that differ inside (broken plurals)
 * have different stems. */
struct str stemmer_stem(struct stemmer *stemmer, struct str word);

#endif
