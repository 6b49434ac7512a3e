/* The words of a query as FTS5 expressions. */
#ifndef STORE_MATCH_H
#define STORE_MATCH_H

#include "store/query.h"

/* What is found in two parts, the better one first; any of them is empty where it finds nothing by
 * itself. */
struct match {
    struct str all;   /* every comment that is found */
    struct str exact; /* those that hold every word as it was typed */
    struct str rest;  /* the others: by another form of a word, or a longer word */
    struct str none;  /* of a query that only excludes words: comments that are not wanted */
    /* The same for asking about one comment. FTS5 answers a NOT with the next comment that it leaves,
     * however far away that is, so that what is wanted and what is not are asked one by one. */
    struct str wanted[2];   /* exact, and all */
    struct str unwanted[2]; /* not to be among exact, and among rest; empty: nothing */
    bool begins;            /* all and rest ask for beginnings of words, which is costly */
};

/* Writes the expressions; in arena. */
void match_write(const struct query *query, struct arena *arena, struct match *match);

#endif
