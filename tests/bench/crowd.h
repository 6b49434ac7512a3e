/* A made-up public: comments in any number from a seed, as a country might write them.
 *
 * Arabic and English; lengths that follow a power law; words with Zipf's law; campaigns, that is
 * letters repeated with small changes, within a few weeks, in one consultation; 200 consultations
 * that are open for a while each; authors of whom a few write much; replies; three years, with nights
 * and weekends. What becomes of a comment (who decided what, when) is made up, too.
 *
 * A comment follows from the seed, how many there are, and its number: any of them can be had at any
 * time, in any order, on any machine. Nothing in it was written by anybody. */
#ifndef TESTS_BENCH_CROWD_H
#define TESTS_BENCH_CROWD_H

#include "bench/crowd_words.h"
#include "store/record.h"

enum {
    CROWD_CONSULTATIONS = 200,
    CROWD_AGENCIES = 12,
    CROWD_SECTIONS = 8,    /* of a consultation whose kind is draft */
    CROWD_MODERATORS = 40, /* who decide; the first ones most */
    CROWD_REASONS = 6,
    CROWD_TAGS = 12,
    CROWD_DAYS = 3 * 365,
    CROWD_NOW = 1767225600, /* where the three years end: 2026-01-01, midnight UTC */
};

struct crowd_consultation {
    int agency; /* from 0 */
    bool draft; /* has sections */
    int64_t opens_at, closes_at;
    double weight; /* how much is written on it */
};

/* A letter many send in, each with changes of his own. */
struct crowd_campaign {
    int consultation;
    enum crowd_language language;
    int first_day, days;
    double weight;
    struct buffer letter;
};

struct crowd {
    uint64_t seed;
    int64_t comments;
    struct crowd_consultation consultations[CROWD_CONSULTATIONS];
    struct crowd_campaign *campaigns;
    size_t campaign_count;
    struct buffer body, author, pieces; /* of the comment last made */
};

struct crowd_comment {
    int64_t number;   /* from 1, in the order they are received */
    int consultation; /* from 0 */
    int section;      /* ordinal, from 1; 0: none */
    int64_t parent; /* the number of the comment it replies to, of the same consultation; 0: none */
    int campaign;   /* the campaign it is a letter of, from 1; 0: none */
    enum crowd_language language;
    struct str channel, author, author_key, body; /* they live until the next comment is made */
    int64_t submitted_at; /* mostly seconds before it is received; of letters on paper, weeks */
    int64_t received_at;
    /* What became of it; decided_at 0: nothing, it waits. */
    enum action action;
    int reason, moderator; /* from 0; reason only where the action is to reject */
    int64_t decided_at;
    int tag; /* from 1; 0: none */
};

/* The public of this seed, of so many comments. To be freed. */
void crowd_start(struct crowd *crowd, uint64_t seed, int64_t comments);
void crowd_free(struct crowd *crowd);

/* Makes the comment of this number, from 1 to the number of comments. */
void crowd_make(struct crowd *crowd, int64_t number, struct crowd_comment *comment);

#endif
