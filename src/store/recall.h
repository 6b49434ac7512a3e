/* Answers that are remembered. Most of what supervisors see stands in sums that change only when what
 * happened is added to them, many deeds at once, and in names that hardly change at all. A stamp says
 * when either did (kept_stamp in majlis-schema(5)), so that a screen that is read again and again
 * reads them once, and then only what happened since.
 *
 * A statement whose answer may be remembered is started by statement_recall() and used as any other:
 * the same text with the same values gives the rows it gave before, until the stamp of its kind
 * changes. It may read nothing but what that stamp tells of. */
#ifndef STORE_RECALL_H
#define STORE_RECALL_H

#include "store/internal.h"

/* What a statement reads besides agencies, consultations, people and all else that has a name. */
enum recall_kind {
    RECALL_SUMS,      /* what comes, waits, goes and is due; or names alone */
    RECALL_WORK,      /* what people decided */
    RECALL_VOICES,    /* what is written about, and questions */
    RECALL_LETTERS,   /* clusters: their letters, and how many of these wait */
    RECALL_ESCALATED, /* what was escalated */
    RECALL_KINDS
};

/* Statements ask what is remembered between these two, within one snapshot. What the stamps say is
 * old is forgotten. */
enum status recall_begin(struct store *store, struct error *error);
void recall_end(struct store *store);

/* statement_start() for a statement whose answer is remembered, where there is one. Values are bound
 * to it as to others; texts live until it ends. */
void statement_recall(struct statement *statement, struct store *store, const char *sql,
                      enum recall_kind kind);

/* What ends every change of what no trigger sets a stamp for, in SQL: what is remembered of it is old.
 * stamp: as text, the column of kept_stamp */
#define KEPT_ANEW(stamp) "UPDATE kept_stamp SET " stamp " = random();"

/* Releases all that is remembered. */
void recall_free(struct recall_memory *memory);

/* --- for store/statement.c --- */

/* Notes a value for the parameter with this number or, where it is not NULL, this name. */
void recall_bind(struct statement *statement, int at, const char *name, int64_t number,
                 const struct str *text);
/* The next row, of what is remembered or of the statement itself. */
bool recall_next(struct statement *statement);
/* The next column of this row. */
int64_t recall_integer(struct statement *statement);
struct str recall_text(struct statement *statement);
/* The statement is bound anew, or ends. */
void recall_again(struct statement *statement);
void recall_let_go(struct statement *statement);

#endif
