/* Second looks: comments that were decided, drawn for somebody else to judge without being told what
 * was decided, so that it can be seen how well people agree. Writing here checks no rule: only desk/
 * may call the writing functions, inside its transaction. */
#ifndef STORE_SECOND_H
#define STORE_SECOND_H

#include "store/record.h"

struct second_look {
    int64_t id, decision_id, comment_id;
    int64_t decided_by; /* who must not be the one who looks */
    struct str login;   /* of who looked; size 0: nobody yet. In arena */
};

/* Draws at most count decisions for a second look, by chance: of those made since `since` (Unix
 * seconds) that stand, are for good (approve, reject, spam), were made one by one, or first of many,
 * and were not drawn before. *drawn receives how many. */
enum status second_draw(struct store *store, int64_t count, int64_t since, int64_t drawn_by,
                        int64_t now, int64_t *drawn, struct error *error);

/* The oldest behind a look (after: its id; 0: of all) that waits, is not about the moderator's own
 * decision, and whose comment nobody else reads at this moment; STATUS_EMPTY, without a sentence,
 * when there is none. */
enum status second_next(struct store *store, int64_t moderator, int64_t now, int64_t after,
                        struct arena *arena, struct second_look *look, struct error *error);
/* How many wait and are not about the moderator's own decisions. */
enum status second_waiting(struct store *store, int64_t moderator, int64_t *count,
                           struct error *error);
/* The latest drawn for a comment; STATUS_EMPTY, without a sentence, when there is none. */
enum status second_of(struct store *store, int64_t comment, struct arena *arena,
                      struct second_look *look, struct error *error);

/* Writes what somebody made of it, and the trail's row. */
enum status second_say(struct store *store, const struct second_look *look, int64_t moderator,
                       enum action action, int64_t now, struct error *error);

#endif
