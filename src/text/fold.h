/* Folding: the form in which words are compared, so that a search finds what a reader would. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/buffer.h"
#include "base/str.h"

/* Adds to folded the folded form of text: NFKC, full case folding, marks (Mn, Me, except where a
 * script needs them: only those of Arabic, Hebrew and Latin are dropped) and tatweel removed, alef
 * forms (أ إ آ ٱ) as ا, ى as ي, ة as ه, ؤ as و, ئ as ي, Persian and Urdu letters ک ی ے ہ ۀ as their
 * Arabic ones, Arabic-Indic and extended digits as 0-9, invisible characters (format controls,
 * zero-width) dropped. Ill-formed bytes become U+FFFD. */
void fold_text(struct str text, struct buffer *folded);

/* Calls each() for every word of text (UAX #29, words with a letter or digit), folded.
 * word        the folded word; it lives for the call only
 * start, end  its bytes in text
 * each()      returns non-zero to stop; that value is then returned. 0 otherwise. */
int fold_words(struct str text,
               int (*each)(void *context, struct str word, size_t start, size_t end),
               void *context);

/* The same from byte from on, which is a word's start or end. */
int fold_words_from(struct str text, size_t from,
                    int (*each)(void *context, struct str word, size_t start, size_t end),
                    void *context);

#endif
