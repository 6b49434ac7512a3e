/* Look-alikes: what a text is recognised by when it comes again with changes of its sender's own.
 *
 * A text is taken for the set of its shingles: every ALIKE_WORDS words that follow each other, in
 * their folded form (fold.h), as one hash. How alike two texts are is how much of both sets is in
 * either (Jaccard's index; A. Broder, "On the resemblance and containment of documents", 1997). A
 * text's keys are its smallest hashes, which is a sample of the set that does not depend on the
 * text's size: texts that share much of their sets share a key, so that an index of keys finds
 * candidates. Pure: what is stored, and where, is the store's to know. */
#ifndef TEXT_ALIKE_H
#define TEXT_ALIKE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    ALIKE_WORDS = 3,              /* of a shingle */
    ALIKE_KEYS = 6,               /* of a text, at most */
    ALIKE_LEAST_WORDS = 4,        /* "I agree" is said by many who never saw each other's words */
    ALIKE_MOST_BYTES = 64 * 1024, /* what is longer is no letter that others send in, too */
};

/* The shingles of a text. Zero-initialise ({0}); alike_free() releases it. */
struct alike {
    uint32_t *shingles; /* once finished: ascending, each once; none for a text that is not taken */
    size_t count, capacity;
    uint32_t before[ALIKE_WORDS - 1]; /* hashes of the last words, the latest first */
    size_t words;
};

/* Begins with a new text; what was reserved is kept for it. */
void alike_clear(struct alike *alike);
void alike_free(struct alike *alike);

/* Adds the text's next word, folded. */
void alike_add(struct alike *alike, struct str word);

/* Ends the text.
 * size  of the whole text, in bytes; one over ALIKE_MOST_BYTES, or of fewer than ALIKE_LEAST_WORDS
 *       words, keeps no shingle: it is like none. */
void alike_finish(struct alike *alike, size_t size);

/* All of it for one text: clears, folds, adds and finishes. */
void alike_read(struct alike *alike, struct str text);

/* Writes the keys, ascending; returns how many: 0 for a text that is not taken. */
size_t alike_keys(const struct alike *alike, uint32_t keys[ALIKE_KEYS]);

/* How much two finished texts have in common, in percent, rounded down: 100 only where the sets are
 * the same, 0 where one is empty. */
unsigned alike_percent(const struct alike *a, const struct alike *b);

/* How much two letters must have in common to be alike, in percent, where the shorter has so many
 * words: 100 under 16, since there one word makes another letter ("I support ...", "I oppose ...");
 * then from 60 down to 40 at 48 words, since greetings and closing formulas weigh less and less. */
unsigned alike_least_percent(size_t words);

/* Whether a reader would take them for the same letter. */
bool alike_is(const struct alike *a, const struct alike *b);

/* A place in a text, in bytes. */
struct alike_place {
    size_t start, end;
};

/* Where a text says something else than a finished pattern: words that stand in no shingle of the
 * pattern's; and, where only something was left out, the two words that now stand side by side. In
 * their order, neighbours as one; *places is the caller's, to be freed with free(). Returns how
 * many; 0 for a text that is not taken, or where the pattern is not. */
size_t alike_differences(const struct alike *pattern, struct str text, struct alike_place **places);

#endif
