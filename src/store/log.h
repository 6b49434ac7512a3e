/* The trail: a row for everything that was done, sealed with a hash over the row before it. The
 * store's own writing functions add their rows in the transaction they write in; what else is to be
 * recorded (an export, an import's counts) is added here.
 *
 * A row's hash is the SHA-256, in lower-case hexadecimal digits, of the previous row's hash (empty
 * for the first) and the row's sequence, at, moderator_id, kind, subject_id and what, each in
 * decimal or as it stands (empty for NULL), parted by line feeds. */
#ifndef STORE_LOG_H
#define STORE_LOG_H

#include "store/store.h"

enum { LOG_HASH_SIZE = 64 }; /* hexadecimal digits of a SHA-256 */

/* A row. Strings of rows that were read lie in the arena that was given. */
struct log_row {
    int64_t sequence, at;
    int64_t moderator_id; /* 0: nobody sat at the desk */
    struct str login;     /* the moderator's now; not part of what is hashed */
    struct str kind;      /* "decision" ... see majlis-schema(5) */
    int64_t subject_id;   /* 0: none */
    struct str what;      /* JSON */
    struct str hash;
};

/* The facts of an import. */
struct log_import {
    int64_t consultation_id, read, added, changed, unchanged, refused;
    struct str source;
};

/* Records an import, or that comments go out. Both want an open transaction.
 * query  which comments, as the search field takes it */
enum status log_import(struct store *store, int64_t moderator, int64_t now,
                       const struct log_import *import, struct error *error);
enum status log_export(struct store *store, int64_t moderator, int64_t now, struct str format,
                       struct str query, struct error *error);

/* The last row's sequence; 0 in a database that has none. */
enum status log_last(struct store *store, int64_t *sequence, struct error *error);

/* The last row; STATUS_EMPTY in a database that has none. */
enum status log_head(struct store *store, struct arena *arena, struct log_row *row,
                     struct error *error);

/* Up to limit rows after a sequence number, of moments not before since; oldest first. */
enum status log_page(struct store *store, int64_t after, int64_t since, size_t limit,
                     struct arena *arena, struct log_row **rows, size_t *count,
                     struct error *error);

/* Walks the whole chain, and calls found() with a sentence for each row that is not as it was
 * written, that is missing, or that was put in.
 * head  a hash that was published once, which must be the hash of some row; size 0: none */
enum status log_check(struct store *store, struct str head,
                      void (*found)(void *context, const char *sentence), void *context,
                      struct error *error);

/* Who works through this store: whom rows belong to whose writing function is not told. desk_open()
 * sets it; 0 is nobody. */
void log_set_person(struct store *store, int64_t moderator);

#endif
