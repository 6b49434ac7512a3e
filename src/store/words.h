/* The index of words, as the functions that write comments keep it: in a connection that does not
 * trust the schema, no trigger may write to a virtual table. Private to store/. */
#ifndef STORE_WORDS_H
#define STORE_WORDS_H

#include "base/buffer.h"
#include "store/comment.h"

/* Comments whose words are still to be indexed, and what else waits with them. Zero-initialise
 * ({0}). */
struct words_aside {
    bool together; /* between comment_add_together() and comment_settle() */
    bool gathers;  /* and what they add to counts comes at the end: figures_gather_begin() */
    struct words_waiting *waiting;
    size_t count, capacity;
    struct buffer bodies;
    size_t added_in_a_row; /* since one last was there already */
    int64_t *asking;       /* comments added, gathering, whose texts have a question mark */
    size_t asking_count, asking_capacity;
};

/* Puts the words of a comment's body into the index; between comment_add_together() and
 * comment_settle() now or later. */
enum status words_add(struct store *store, const struct comment *comment, struct error *error);

/* Takes the words of a comment out again; to be called while it has the body they came from. */
enum status words_remove(struct store *store, int64_t id, struct error *error);

/* To be called where adding has failed: makes the index good again after a full disk. */
void words_recover(struct store *store);

/* Forgets what waits: the transaction it arrived in was rolled back. */
void words_forget(struct store *store);
void words_free(struct words_aside *words);

#endif
