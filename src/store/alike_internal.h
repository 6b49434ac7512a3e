/* Finding look-alikes, for the writing functions of store/ and the check. */
#ifndef STORE_ALIKE_INTERNAL_H
#define STORE_ALIKE_INTERNAL_H

#include "store/alike.h"
#include "store/internal.h"
#include "text/alike.h"

enum {
    ALIKE_LISTED = 8, /* comments that one key names, at most: what everybody writes finds nobody */
};

/* A comment that has arrived, and whose look-alikes are to be found. */
struct arrival {
    int64_t id, consultation;
    int64_t cluster; /* 0: none yet */
    size_t from;     /* its shingles, in those of all */
    size_t shingles, words;
    size_t key_count;
    int32_t keys[ALIKE_KEYS]; /* of its consultation */
};

/* What is known of arrivals. */
struct alike_desk {
    struct alike heard; /* the words of the text that is being indexed */
    bool listening;
    bool putting_aside;
    struct arrival *arrivals;
    size_t count, capacity;
    uint32_t *shingles; /* of all arrivals */
    size_t shingle_count, shingle_capacity;
    struct alike_memory *memory; /* texts they were compared with; NULL: none */
};

/* To be freed. */
struct alike_desk *alike_desk_new(void);
void alike_desk_free(struct alike_desk *desk);
/* Forgets what was put aside: the transaction it arrived in was rolled back. */
void alike_forget(struct store *store);
/* Forgets the texts that arrivals were compared with. */
void alike_forget_texts(struct alike_desk *desk);

/* Between these two, the words that the index of words is given are listened to, so that a text is
 * folded once; alike_heard() takes them as those of a comment that has arrived, with a body of so
 * many bytes. */
void alike_listen(struct store *store);
enum status alike_heard(struct store *store, int64_t id, int64_t consultation, size_t size,
                        struct error *error);
/* A word that was heard; called by the tokenizer. */
void alike_hear(struct alike_desk *desk, struct str word);

/* The comment's text is about to change: it leaves its cluster and the index of keys. */
enum status alike_leave(struct store *store, int64_t id, struct error *error);

/* Finds the look-alikes of all arrivals in the desk, in their order, and empties it. */
enum status alike_find(struct store *store, struct error *error);

/* The keys of a text in its consultation, as the index has them; returns how many. */
size_t alike_keys_in(const struct alike *alike, int64_t consultation, int32_t keys[ALIKE_KEYS]);

#endif
