/* Words that stand out: those that the comments of one consultation have more often than those of
 * others, beyond what chance would bring about. */
#ifndef STORE_FIGURES_WORDS_H
#define STORE_FIGURES_WORDS_H

#include "store/figures_filter.h"

/* The log-likelihood ratio G2 of T. Dunning, Accurate Methods for the Statistics of Surprise and
 * Coincidence, Computational Linguistics 19 (1993), 61-74, of a word in comments here and elsewhere:
 * twice the sum of observed * ln(observed / expected) over the four counts of comments, with the
 * word or without, here or elsewhere. Over 10.83 chance would bring it about once in a thousand.
 *
 * with_here, with_elsewhere  comments that have the word; here, elsewhere: all comments
 * Returns thousandths. 0 when nothing is compared. */
int64_t words_likelihood(int64_t with_here, int64_t here, int64_t with_elsewhere,
                         int64_t elsewhere);

enum { WORDS_SECONDS = 300 };

struct standing_word {
    int64_t consultation_id;
    struct str word;                          /* as somebody wrote it */
    int64_t comments, share, share_elsewhere; /* with it; of those looked at, in thousandths */
    int64_t likelihood;                       /* in thousandths */
};

enum {
    WORDS_CONSULTATIONS = 7, /* that are looked at, at most */
    WORDS_COMMENTS = 40,     /* of each, at most: the latest that the scope leaves */
};

/* Compares the comments of a few consultations (`focus` of them) with those of the others that are
 * written about most at all times, each language apart, and gives at most `most` words of each, the
 * most telling first. Others are compared with whatever the scope names but what they are other in.
 * Of letters that are alike one speaks for all; what was rejected or is spam says nothing.
 *
 * Looks at the beginnings of WORDS_COMMENTS comments of each consultation, however many there are:
 * that takes milliseconds, so what was found is remembered with the store for WORDS_SECONDS. In
 * arena. */
enum status words_read(struct store *store, const struct figure_scope *scope,
                       const int64_t *consultations, size_t focus, size_t most, struct arena *arena,
                       struct standing_word **words, size_t *word_count, struct error *error);

/* Forgets what was remembered; when the store closes. */
void standing_forget(struct store *store);

#endif
