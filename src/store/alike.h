/* Look-alikes: clusters of letters that are alike (text/alike.h), found as comments arrive.
 *
 * Finding costs by what arrives, not by what is there: each comment looks up a few keys, each of
 * which names a few comments at most. Clusters lie within one consultation. */
#ifndef STORE_ALIKE_H
#define STORE_ALIKE_H

#include "store/comment.h"

/* From now on comments that arrive are put aside and looked at many at a time, which is cheaper:
 * for an import. Wants an open transaction, which must end with alike_settle(); a rollback forgets
 * them. */
void alike_put_aside(struct store *store);
/* Looks at all that were put aside, and no longer puts aside. */
enum status alike_settle(struct store *store, struct error *error);

/* Looks at up to most of the comments that were there before there were look-alikes, in the caller's
 * transaction. *left receives how many ids are still to be taken; 0: none. */
enum status alike_catch_up(struct store *store, int64_t most, int64_t *left, struct error *error);
/* How many ids are still to be taken. */
enum status alike_backlog(struct store *store, int64_t *left, struct error *error);

/* --- Clusters --- */

struct cluster {
    int64_t id, consultation_id;
    int64_t letters;             /* in it now; or those of a language, a way or a time */
    int64_t waiting;             /* of these, how many wait */
    int64_t counts[STATE_COUNT]; /* of all in it, by state; read by cluster_read() alone */
    struct str pattern;          /* the text of the letter that was first */
};

/* A cluster with its counts; STATUS_NOT_FOUND with a sentence when there is none. pattern is empty
 * unless with_pattern. In arena. */
enum status cluster_read(struct store *store, int64_t id, bool with_pattern, struct arena *arena,
                         struct cluster *cluster, struct error *error);

enum { CLUSTER_LIST_CHARACTERS = 120 };
/* The largest clusters of a consultation, an agency or both (0: of all), at most limit, largest first;
 * with the beginnings of their patterns, so many characters of each. */
enum status cluster_list(struct store *store, int64_t consultation, int64_t agency, size_t limit,
                         struct arena *arena, struct cluster **clusters, size_t *count,
                         struct error *error);

/* Puts one cluster among the largest, of which there are *count and at most limit: the most letters
 * first, and where they have as many, the one that began first. There is room for limit of them. */
void cluster_take(struct cluster *clusters, size_t limit, size_t *count, const struct cluster *one);
/* Reads the rest of clusters whose ids, letters and waiting are there, as cluster_list() does. */
enum status clusters_fill(struct store *store, struct cluster *clusters, size_t count,
                          struct arena *arena, struct error *error);

/* The letters of a cluster that are in a state, in the queue's order, at most limit.
 * until  ids over this one are left out: they came after who asks had looked
 * after  letters behind this place; NULL: from the first */
enum status cluster_letters(struct store *store, int64_t cluster, enum comment_state state,
                            int64_t until, const struct queue_place *after, size_t limit,
                            struct arena *arena, struct queue_place **letters, size_t *count,
                            struct error *error);

/* The largest comment id there is; 0: none. */
enum status comment_last_id(struct store *store, int64_t *id, struct error *error);

/* How many letters stand in clusters, and how many clusters these are, in a consultation, an agency
 * or all (0); from the kept counts. */
enum status cluster_totals(struct store *store, int64_t consultation, int64_t agency,
                           int64_t *letters, int64_t *clusters, struct error *error);

#endif
