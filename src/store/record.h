/* What moderators leave on a comment: decisions, tags, notes, responses. Writing here checks no
 * rule: only desk/ may call the writing functions, inside its transaction. */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "store/catalog.h"
#include "store/comment.h"

enum action {
    ACTION_APPROVE,
    ACTION_REJECT,
    ACTION_SPAM,
    ACTION_HOLD,
    ACTION_ESCALATE,
    ACTION_UNDO,
    ACTION_COUNT
};

/* "approve" ... as stored; and back: false when name is none. */
const char *action_name(enum action action);
bool action_from_name(struct str name, enum action *action);

struct decision {
    int64_t id, comment_id, moderator_id;
    enum action action;
    enum comment_state from_state, to_state;
    int64_t reason_id; /* 0: none */
    struct str note;
    int64_t undoes_id; /* 0: not an undo */
    int64_t
        batch; /* id of the bulk action's first decision; 0: single. BATCH_NEW: this is the first */
    int64_t decided_at;
};
enum { BATCH_NEW = -1 };

/* Adds the decision, fills its id (and its batch, when BATCH_NEW), sets the comment's state, raises
 * its revision, and keeps first_decided_at: all in one statement. The schema refuses (STATUS_STORE)
 * one that does not start from the state the comment is in, and an undo of anything but a decision
 * on the same comment that began where the undo goes back to. Wants an open transaction. */
enum status decision_add(struct store *, struct decision *, struct error *);

/* One decision by id; the latest of a comment (STATUS_EMPTY when none); the latest standing one of
 * a moderator with an id over after (not an undo, not undone; STATUS_EMPTY when none). Note in
 * arena. */
enum status decision_read(struct store *, int64_t id, struct arena *, struct decision *,
                          struct error *);
enum status decision_latest(struct store *, int64_t comment, struct arena *, struct decision *,
                            struct error *);
enum status decision_latest_by(struct store *, int64_t moderator, int64_t after, struct arena *,
                               struct decision *, struct error *);
/* The decisions of a bulk action that stand, newest first, at most limit of those with an id under
 * before (0: of all). */
enum status decision_batch(struct store *, int64_t batch, int64_t before, size_t limit,
                           struct arena *, struct decision **, size_t *count, struct error *);
/* The largest decision id there is, 0 when none. */
enum status decision_last_id(struct store *, int64_t *id, struct error *);

/* Tags on a comment. Adding one that is there, or removing one that is not, changes nothing and
 * sets *changed to false. */
enum status comment_tag_add(struct store *, int64_t comment, int64_t tag, int64_t moderator,
                            int64_t now, bool *changed, struct error *);
enum status comment_tag_remove(struct store *, int64_t comment, int64_t tag, int64_t moderator,
                               int64_t now, bool *changed, struct error *);
enum status comment_tags(struct store *, int64_t comment, struct arena *, struct tag **,
                         size_t *count, struct error *);

enum status note_add(struct store *, int64_t comment, int64_t moderator, struct str body,
                     int64_t now, int64_t *id, struct error *);

enum response_state { RESPONSE_DRAFT, RESPONSE_SUBMITTED, RESPONSE_PUBLISHED };
const char *response_state_name(enum response_state state);

struct response {
    int64_t id, comment_id, agency_id, author_id, reviewer_id;
    int64_t batch;          /* id of the first of those that answer many letters; 0: one letter */
    struct str author_name; /* of the moderator who wrote it */
    struct str language, body;
    enum response_state state;
    int64_t created_at, changed_at, submitted_at, published_at; /* 0: not yet */
};

/* Adds (id 0, filled) or rewrites a response row as given; by is who does it, at its changed_at. */
enum status response_write(struct store *, struct response *, int64_t by, struct error *);
enum status response_delete(struct store *, int64_t id, int64_t by, int64_t now, struct error *);
enum status response_read(struct store *, int64_t id, struct arena *, struct response *,
                          struct error *);
/* The responses to a comment, oldest first. */
enum status response_list(struct store *, int64_t comment, struct arena *, struct response **,
                          size_t *count, struct error *);
/* The drafts a moderator left open, newest first: what to go on with after the line dropped. */
enum status response_drafts(struct store *, int64_t moderator, size_t limit, struct arena *,
                            struct response **, size_t *count, struct error *);

/* The ids of a batch's responses that wait for review, newest first, so that the one it is named
 * after comes last; at most limit. */
enum status response_batch(struct store *, int64_t batch, size_t limit, struct arena *,
                           int64_t **ids, size_t *count, struct error *);
/* How many letters a batch answers, counted up to most. */
enum status response_batch_size(struct store *, int64_t batch, size_t most, int64_t *size,
                                struct error *);

/* The responses that wait for review, of whomever, oldest first; of a batch only its first. */
enum status response_waiting(struct store *, size_t limit, struct arena *, struct response **,
                             size_t *count, struct error *);

/* What happened to a comment, in time order: arrived, decisions, tags that stand, notes, response
 * steps. */
enum event_kind {
    EVENT_ARRIVED,
    EVENT_DECISION,
    EVENT_TAG,
    EVENT_NOTE,
    EVENT_RESPONSE_DRAFT,
    EVENT_RESPONSE_SUBMITTED,
    EVENT_RESPONSE_PUBLISHED
};
struct event {
    enum event_kind kind;
    int64_t at;
    struct str who;     /* the moderator's name, or the author's */
    enum action action; /* of a decision */
    enum comment_state to_state;
    struct label label;    /* of the reason, or of the tag */
    struct str slug;       /* of the reason, or of the tag */
    struct str body;       /* of the note, of the decision's note */
    int64_t id, undoes_id; /* of a decision */
    bool undone;           /* this decision was undone */
};
enum status comment_history(struct store *, int64_t comment, struct arena *, struct event **,
                            size_t *count, struct error *);

#endif
