/* The query language: one line that says which comments. See majlis-query(7).
 *
 *   state:pending consultation:SLUG agency:SLUG lang:ar tag:SLUG author:NAME source:NAME
 *   channel:NAME assigned:WHO proposed:WHO before:DATE after:DATE received:<DATE received:>DATE
 *   late:decide late:answer due:<DATE due:>DATE cluster:NUMBER alike:NUMBER section:NUMBER saved:NAME
 *   word "a phrase" begin* ~spelled -without one OR other
 *
 * All must hold. A value with blanks is quoted: author:"Umm Ahmad"; inside quotes, \" and \\ stand for
 * a quotation mark and a backslash. The same field twice: either holds for state and for none else
 * (that is an error). A DATE is 2026-11-24 (the start of that local day), 2026-11-24T10:30 (local,
 * unless a zone is said), Unix seconds, or how long ago: 3h, 7d, 2w. author:NAME means the exact
 * name or, where nobody has that name, the exact author_key. A word also finds its other forms, and
 * the last word longer words that begin with it. late:decide is what waits although it was due, and
 * late:answer a question without an answer; due: is when what waits is to be decided, and there a DATE
 * may lie ahead, too: +3h, +7d. received:2026-11-24 and due:2026-11-24 mean that day. WHO is a login, me, or any; with assigned: also @
 * and the slug of an agency. cluster:NUMBER means the letters of a cluster, alike:NUMBER those that
 * are like a comment, itself among them. section:NUMBER means the section with that ordinal, of the
 * consultation that is named beside it. "me" and saved:NAME are replaced by desk_query(). Parsing knows no
 * database: what a name means, and that there is none such, comes out in queue_page() and
 * queue_counts(). */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { QUERY_WORDS = 32 };

/* A span of time: from <= moment < to, as far as they are said. */
struct query_span {
    bool has_from, has_to;
    int64_t from, to;
};

/* What an agency promised and has not done by now. */
enum query_late { LATE_NOT_ASKED, LATE_DECIDE, LATE_ANSWER };

/* Which words of a text a word or phrase of a query means. */
enum word_how {
    WORD_FORMS,  /* it and other words of the same stem */
    WORD_EXACT,  /* ~: it alone */
    WORD_BEGINS, /* *: every word that begins with it */
};

struct query_word {
    struct str text; /* as typed, without what says how */
    enum word_how how;
    bool excluded;    /* -: it must not be there */
    bool alternative; /* OR: it or the one before it, or both */
};

struct query {
    unsigned states; /* bit (1u << enum comment_state); 0 is any */
    struct str consultation, agency, language, channel, tag, author, source; /* size 0: any */
    struct str assigned, proposed; /* size 0: whether or not */
    int64_t cluster, alike;        /* 0: whether or not */
    int64_t section;               /* its ordinal in the consultation; 0: whether or not */
    bool has_before, has_after;
    int64_t before, after;           /* submitted_at < before, >= after */
    struct query_span received, due; /* due: when what waits is to be decided */
    enum query_late late;
    struct str saved; /* a saved search that must hold as well; size 0: none */
    struct query_word words[QUERY_WORDS];
    size_t word_count;
    /* Of a cluster's letters in one state, only the first: one line stands for all of them. Holds
     * where nothing but states, a consultation or an agency is asked for, and is no part of the
     * line that a query is written as. */
    bool lines;
};

/* Whether lines, where it is set, holds for this query. */
bool query_has_lines(const struct query *query);

/* Whether anything is asked for but states, consultations and agencies, of which counts are kept. */
bool query_is_narrow(const struct query *query);

/* Whether the word at this place also finds longer ones that begin with it: the last of a query, which
 * may still be being typed, unless that says how it is meant. */
bool query_is_open(const struct query *query, size_t word);

/* Parses text into *query; strings in arena. Ill-formed UTF-8, controls, and words without a letter
 * or digit are errors, too. An error (STATUS_INPUT) says what is wrong and at
 * which column (from 1, in characters); *at receives the byte offset of the place. */
enum status query_parse(struct str text, struct arena *arena, struct query *query, size_t *at,
                        struct error *error);

/* Whether it searches for words, and does not only exclude some. */
bool query_has_words(const struct query *query);

/* Makes of a query one that finds what the other finds as well. STATUS_INPUT with a sentence where
 * they contradict each other. */
enum status query_join(struct query *query, const struct query *other, struct error *error);

/* The query as a line that query_parse() reads back to the same query. In arena. */
struct str query_text(const struct query *query, struct arena *arena);

/* The field names with their colon ("state:", "consultation:" ...), NULL behind the last; for
 * completion. */
extern const char *const query_fields[];

#endif
