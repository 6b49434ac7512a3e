/* The words of a made-up public: an endless vocabulary in each language, the commonest first, and
 * numbers that come from a seed alone. */
#ifndef TESTS_BENCH_CROWD_WORDS_H
#define TESTS_BENCH_CROWD_WORDS_H

#include "base/buffer.h"

#include <stdint.h>

enum crowd_language { CROWD_ARABIC, CROWD_ENGLISH, CROWD_LANGUAGES };

/* Words there are in each language: what 200 consultations of a country come to, names and
 * misspellings among them. */
enum { CROWD_WORDS = 120000 };

/* Numbers that follow from where they begin: the same everywhere. */
struct crowd_dice {
    uint64_t state;
};

/* Dice for one matter of one thing: what is thrown depends on these three and on nothing else. */
struct crowd_dice crowd_dice(uint64_t seed, uint64_t matter, uint64_t number);
uint64_t crowd_throw(struct crowd_dice *dice);
/* A number under limit; one between 0 and 1, the latter excluded. */
uint64_t crowd_under(struct crowd_dice *dice, uint64_t limit);
double crowd_share(struct crowd_dice *dice);
/* A rank under limit with Zipf's law: rank r about as often as 1 / (r + 1). */
uint64_t crowd_rank(struct crowd_dice *dice, uint64_t limit);
/* The rank of a word, as often as words of running text are. */
uint64_t crowd_word_rank(struct crowd_dice *dice);
/* A length that follows a power law (Pareto): at least least, at most most. */
uint64_t crowd_length(struct crowd_dice *dice, double least, double exponent, uint64_t most);

/* Adds the word of this rank: 0 is the commonest. The first are words of daily use, then what
 * people write about, then what is derived from it, then names. */
void crowd_add_word(struct buffer *text, enum crowd_language language, uint64_t rank);

/* Adds a person's name, by its number. */
void crowd_add_name(struct buffer *text, enum crowd_language language, uint64_t number);

/* Adds a title for a consultation, by its number, in one language. */
void crowd_add_title(struct buffer *text, enum crowd_language language, uint64_t number);

#endif
