/* What people at work on the same comments tell each other: who reads what (claims), whom a comment
 * is for (assignments), and what a trainee would decide (proposals). Writing here checks no rule:
 * only desk/ may call the writing functions, inside its transaction. */
#ifndef STORE_TEAM_H
#define STORE_TEAM_H

#include "store/record.h"

/* --- claims --- */

struct claim {
    int64_t comment_id, moderator_id;
    struct str login, name; /* of the moderator; in arena */
    int64_t claimed_at, expires_at;
};

enum {
    CLAIM_SECONDS_MOST = 3600 /* the longest lease; one that says more is from a wrong clock */
};

/* Whether a lease that ends at expires_at means anything at now. */
bool claim_is_live(int64_t expires_at, int64_t now);

/* The claim on a comment; STATUS_EMPTY, without a sentence, when there is none or it has ended. */
enum status claim_read(struct store *store, int64_t comment, int64_t now, struct arena *arena,
                       struct claim *claim, struct error *error);
/* Writes a claim in place of what is there. */
enum status claim_write(struct store *store, const struct claim *claim, struct error *error);
/* Ends this moderator's claim on a comment; *ended is false when they have none. */
enum status claim_end(struct store *store, int64_t comment, int64_t moderator, bool *ended,
                      struct error *error);
/* The comment this moderator claimed last, whether or not the lease has ended meanwhile; STATUS_EMPTY,
 * without a sentence, when there is none. */
enum status claim_latest(struct store *store, int64_t moderator, int64_t *comment,
                         struct error *error);
/* The claims that live, oldest first, in arena. */
enum status claim_list(struct store *store, int64_t now, struct arena *arena, struct claim **claims,
                       size_t *count, struct error *error);

/* --- assignments --- */

struct assignment {
    int64_t comment_id, agency_id, moderator_id; /* one of the last two is 0 */
    struct str slug;                             /* of the agency, or the person's login */
    struct label label;                          /* the name of either */
    struct str assigner;                         /* the name of who assigned it */
    int64_t assigned_by, assigned_at;
};

/* STATUS_EMPTY, without a sentence, when the comment is nobody's. Strings in arena. */
enum status assignment_read(struct store *store, int64_t comment, struct arena *arena,
                            struct assignment *assignment, struct error *error);
/* Writes one in place of what is there; one of agency_id and moderator_id is not 0. */
enum status assignment_write(struct store *store, const struct assignment *assignment,
                             struct error *error);
/* Takes it back; *changed is false when there was none. */
enum status assignment_end(struct store *store, int64_t comment, bool *changed,
                           struct error *error);

/* --- proposals --- */

struct proposal {
    int64_t comment_id, moderator_id, revision;
    struct str login, name; /* of the moderator */
    enum action action;
    int64_t reason_id;   /* 0: none */
    struct label reason; /* its words */
    struct str note;
    int64_t proposed_at;
};

/* STATUS_EMPTY, without a sentence, when there is none. Strings in arena. */
enum status proposal_read(struct store *store, int64_t comment, struct arena *arena,
                          struct proposal *proposal, struct error *error);
/* The latest proposal of a moderator; STATUS_EMPTY when none waits. Strings in arena. */
enum status proposal_latest_by(struct store *store, int64_t moderator, struct arena *arena,
                               struct proposal *proposal, struct error *error);
/* All that wait, oldest first, at most limit; in arena. */
enum status proposal_list(struct store *store, size_t limit, struct arena *arena,
                          struct proposal **proposals, size_t *count, struct error *error);
/* Writes one in place of what is there. */
enum status proposal_write(struct store *store, const struct proposal *proposal,
                           struct error *error);
/* Removes it; *changed is false when there was none. */
enum status proposal_end(struct store *store, int64_t comment, bool *changed, struct error *error);

/* --- what others did --- */

enum news_kind {
    NEWS_DECISION,
    NEWS_PROPOSAL,
    NEWS_PROPOSAL_GONE, /* taken back, or declined */
    NEWS_TAG,
    NEWS_UNTAG,
    NEWS_NOTE,
    NEWS_ASSIGNMENT,
    NEWS_ASSIGNMENT_GONE,
    NEWS_RESPONSE_DRAFT, /* begun, or sent back */
    NEWS_RESPONSE_SUBMITTED,
    NEWS_RESPONSE_PUBLISHED,
    NEWS_KIND_COUNT,
};

/* A deed on a comment, as the trail has it. Strings in the arena that was given. */
struct news {
    int64_t sequence; /* of the trail's row */
    int64_t comment_id, moderator_id;
    enum news_kind kind;
    enum action action;        /* of a decision or a proposal */
    struct str name;           /* of the moderator */
    struct label about;        /* the tag, or whom it was handed to */
    int64_t person_id, agency; /* whom it was handed to; 0: not this kind */
};

/* The deeds on comments behind the trail's row of this number, oldest first, at most limit; in arena.
 */
enum status news_since(struct store *store, int64_t after, size_t limit, struct arena *arena,
                       struct news **news, size_t *count, struct error *error);

/* --- what the team has agreed on --- */

/* The number kept under this name; fallback when none is. */
enum status policy_number(struct store *store, const char *name, int64_t fallback, int64_t *value,
                          struct error *error);
enum status policy_set_number(struct store *store, const char *name, int64_t value,
                              struct error *error);

#endif
