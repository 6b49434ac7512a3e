/* The rules of desk.h without their transaction: for callers that make one transaction of many
 * steps (a bulk action, the worked examples). Every function here wants an open transaction, takes
 * and returns what its namesake in desk.h does, and leaves rolling back to whoever opened it. */
#ifndef DESK_WITHIN_H
#define DESK_WITHIN_H

#include "desk/desk.h"

/* Ends a transaction that store_begin() opened: commits when status is OK, else rolls back.
 * Returns status, or what the commit came to. */
enum status desk_finish(struct desk *desk, enum status status, struct error *error);

/* One decision of desk_decide() or, with a batch, of a bulk action.
 * batch  0: single; BATCH_NEW or the first decision's id: see struct decision
 * STATUS_EMPTY, with a sentence, when the comment is in that state already. */
enum status desk_decide_within(struct desk *desk, int64_t comment, int64_t revision,
                               enum action action, int64_t reason, struct str note, int64_t now,
                               int64_t batch, struct decision *decision, struct error *error);

/* What desk_decide_many() does; in *many batch, done and claimed go on from what they are. */
enum status desk_decide_each_within(struct desk *desk, const int64_t *comments, size_t count,
                                    enum action action, int64_t reason, struct str note,
                                    int64_t now, struct many *many, struct error *error);

/* A proposal with its revision (0 does not ask), by the person; see desk_propose(). */
enum status desk_propose_within(struct desk *desk, const struct proposal *proposal, int64_t now,
                                struct arena *arena, struct error *error);

enum status desk_assign_within(struct desk *desk, const int64_t *comments, size_t count,
                               struct str to, int64_t now, size_t *changed, struct error *error);

enum status desk_send_back_within(struct desk *desk, int64_t response, int64_t now,
                                  struct error *error);

enum status desk_tag_within(struct desk *desk, const int64_t *comments, size_t comment_count,
                            const struct str *add, size_t add_count, const struct str *remove,
                            size_t remove_count, bool create, int64_t now, size_t *changed,
                            struct error *error);
enum status desk_note_within(struct desk *desk, int64_t comment, struct str body, int64_t now,
                             struct error *error);
enum status desk_draft_keep_within(struct desk *desk, int64_t comment, struct str body, int64_t now,
                                   int64_t *id, struct error *error);
enum status desk_submit_within(struct desk *desk, int64_t response, int64_t now,
                               struct error *error);
enum status desk_publish_within(struct desk *desk, int64_t response, int64_t now,
                                struct error *error);

/* The latest decision on a comment that stands (no undo, and not undone); STATUS_EMPTY without a
 * sentence when there is none. Strings in arena. Needs no transaction. */
enum status desk_standing(struct store *store, int64_t comment, struct arena *arena,
                          struct event *standing, struct error *error);

/* The agency that asked the comment's consultation. Needs no transaction. */
enum status desk_agency_of(struct desk *desk, const struct comment *comment, int64_t *agency,
                           struct error *error);

/* OK when the comment is not under the live claim of another, else STATUS_CONFLICT with a sentence
 * that names who has it. */
enum status desk_require_unclaimed(struct desk *desk, int64_t comment, int64_t now,
                                   struct error *error);

/* A rejection names one of the reasons there are; nothing else has one. */
enum status desk_check_reason(struct desk *desk, enum action action, int64_t reason,
                              struct error *error);

/* Whether the comment, as it was just read, may go the way of action by this person: it has the
 * revision (0 does not ask), it is not so already (STATUS_EMPTY), and not escalated above them. */
enum status desk_check_comment(struct desk *desk, const struct comment *comment, int64_t revision,
                               enum action action, struct error *error);

/* Whether the person may use right on this comment: desk_require(), and for a responder with an
 * agency that the comment was written or assigned to it, or assigned to the person. Fills *comment with an empty body; strings in arena. */
enum status desk_require_on(struct desk *desk, enum right right, int64_t id, struct arena *arena,
                            struct comment *comment, struct error *error);

/* "approved", "rejected", "marked as spam" ... in the language in use. */
const char *desk_word_done(enum action action);

#endif
