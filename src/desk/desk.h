/* The desk: the rules of moderation, and the only writer of decisions. Keys, bulk actions and
 * subcommands all come here; each call is one short transaction with its audit rows. */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "store/calendar.h"
#include "store/people.h"
#include "store/record.h"
#include "store/second.h"
#include "store/team.h"

/* A person at work: who, on which store, and since which decision (for undo). */
struct desk {
    struct store *store;
    struct moderator self; /* strings in arena */
    int64_t session_start; /* the largest decision id when the session began; undo stops there */
    struct arena arena;
};

/* Sits the moderator with this login down. STATUS_REFUSED, with a sentence that says what to do,
 * for one who is not in the list or not active. desk_close() releases its memory. */
enum status desk_open(struct desk *desk, struct store *store, struct str login,
                      struct error *error);
void desk_close(struct desk *desk);

/* Reads the person's role, agency and right to be here again, which others may have changed since.
 * STATUS_REFUSED, as desk_open(), for one who may not work here any more. */
enum status desk_look_again(struct desk *desk, struct error *error);

/* What a role may do. One table answers for keys, bulk actions and subcommands. */
enum right {
    RIGHT_READ,    /* see queues, comments, statistics */
    RIGHT_PROPOSE, /* say what one would decide, for another to confirm; claim what one reads */
    RIGHT_DECIDE,  /* approve, reject, spam, hold, escalate, undo one's own; confirm a proposal */
    RIGHT_TAG,
    RIGHT_NOTE,
    RIGHT_RESPOND, /* write and submit a response */
    RIGHT_PUBLISH, /* publish or send back a submitted response */
    RIGHT_ASSIGN,  /* hand a comment to a person or an agency */
    RIGHT_SETTLE,  /* decide what was escalated */
    RIGHT_TAKE,    /* take over a comment that another reads */
    RIGHT_IMPORT,
    RIGHT_EXPORT,
    RIGHT_BACKUP,   /* copy the whole database, people's keys and all */
    RIGHT_PEOPLE,   /* add and change moderators */
    RIGHT_CALENDAR, /* set working hours, holidays, the clock and promises */
    RIGHT_COUNT,
};
bool role_may(enum role role, enum right right);
/* The right's name for `majlis roles`: "decide" ... */
const char *right_name(enum right right);
/* STATUS_REFUSED with a sentence naming the role and the right when the person may not. */
enum status desk_require(const struct desk *desk, enum right right, struct error *error);

/* Decides one comment.
 * revision  the one that was read; STATUS_CONFLICT when the comment changed since; 0 does not ask
 * reason    id, needed with ACTION_REJECT and forbidden otherwise
 * decision  receives the row; may be NULL
 * Refused: a decision that would change nothing (it is already so), an escalated comment by who may
 * not settle it, unknown reason. STATUS_CONFLICT, too, under the live claim of another; a decision
 * ends the claim on its comment. */
enum status desk_decide(struct desk *desk, int64_t comment, int64_t revision, enum action action,
                        int64_t reason, struct str note, int64_t now, struct decision *decision,
                        struct error *error);

/* Decides many in one transaction, undone in one step. Comments that already are in that state
 * are passed over, and so are those under another's live claim, which *claimed counts; *decided
 * counts what was decided. Any other failure leaves all as it was. */
enum status desk_decide_many(struct desk *desk, const int64_t *comments, size_t count,
                             enum action action, int64_t reason, struct str note, int64_t now,
                             size_t *decided, size_t *claimed, struct error *error);

/* --- many at once ---
 *
 * What is meant for many is done in parts of at most MANY_AT_ONCE comments, each in a transaction
 * of its own, so that others can work meanwhile and it can be stopped; it is still one bulk action,
 * undone in one step. */

enum { MANY_AT_ONCE = 250 };

/* What a deed is meant for: a comment, or all letters of a cluster that are in a state. */
struct target {
    int64_t comment; /* the one, or the letter that stands for the others */
    int64_t cluster; /* 0: that comment alone */
    enum comment_state state;
    int64_t until;   /* letters with an id over this came after the person had looked */
    int64_t letters; /* there are, as the person saw it; 1 for a comment */
};

/* How far it has come. The caller names targets and count, which must live on, and zeroes the
 * rest. */
struct many {
    const struct target *targets;
    size_t count;
    size_t at;   /* the target that is next */
    bool inside; /* that one's letters up to after are through */
    struct queue_place after;
    int64_t batch;   /* of what was written; 0: nothing yet */
    size_t seen;     /* comments gone through */
    size_t done;     /* comments changed */
    size_t claimed;  /* passed over: under the live claim of another */
    size_t left_out; /* passed over: see the deed */
    bool finished;   /* nothing is left to be done */
};

/* One part of a decision: one of desk_decide_many() goes through at once. left_out stays 0. A
 * failure leaves what earlier parts did. */
enum status desk_decide_part(struct desk *desk, struct many *many, enum action action,
                             int64_t reason, struct str note, int64_t now, struct error *error);

/* One part of a proposal; left out is what others proposed on, and what is so already. */
enum status desk_propose_part(struct desk *desk, struct many *many, enum action action,
                              int64_t reason, struct str note, int64_t now, struct error *error);

/* What desk_tag() puts on and takes off. */
struct tagging {
    const struct str *add, *remove;
    size_t add_count, remove_count;
    bool create;
};
/* One part of tagging; done counts tags that changed. */
enum status desk_tag_part(struct desk *desk, struct many *many, const struct tagging *tagging,
                          int64_t now, struct error *error);

/* One part of handing on, as desk_assign(). */
enum status desk_assign_part(struct desk *desk, struct many *many, struct str to, int64_t now,
                             struct error *error);

/* One part of submitting the person's draft as the answer to all: the draft itself at first, then
 * a response of the same words to each other letter, all of one batch. Left out are letters that
 * were answered before. */
enum status desk_submit_part(struct desk *desk, struct many *many, int64_t draft, int64_t now,
                             struct error *error);

/* One part of publishing, or sending back, what was submitted in one batch; *done counts on, and
 * *finished tells when nothing is left. Sent back, the batch is one draft again. */
enum status desk_publish_part(struct desk *desk, int64_t batch, int64_t now, size_t *done,
                              bool *finished, struct error *error);
enum status desk_send_back_part(struct desk *desk, int64_t batch, int64_t now, size_t *done,
                                bool *finished, struct error *error);

/* --- claims: who reads what ---
 *
 * A claim is a lease, so that no two people handle one comment. It ends with its time, with a
 * decision, or when it is released, and leaves no trace in the history. */

enum { CLAIM_SECONDS = 300 /* how long a lease lasts, unless the team has set another time */ };

/* How long a lease lasts here, in seconds; and setting it (a minute to CLAIM_SECONDS_MOST). */
enum status desk_lease(struct desk *desk, int64_t *seconds, struct error *error);
enum status desk_set_lease(struct desk *desk, int64_t seconds, struct error *error);

/* Claims a comment, or renews the claim; over takes it from another. Asks for the right to propose
 * or to respond, and for taking it over for that right.
 * Returns STATUS_CONFLICT, naming who has it, when it is another's and not taken over. */
enum status desk_claim(struct desk *desk, int64_t comment, bool over, int64_t now,
                       struct error *error);
/* Ends the person's claim on a comment; nothing happens where there is none. */
enum status desk_release(struct desk *desk, int64_t comment, struct error *error);
/* Ends another's claim; wants the right to take over. STATUS_EMPTY with a sentence when there is
 * none. */
enum status desk_release_other(struct desk *desk, int64_t comment, int64_t now,
                               struct error *error);

/* --- proposals: a trainee's decisions wait for another --- */

/* Proposes a decision; revision and reason as desk_decide() takes them. It replaces the person's own
 * proposal on that comment; another's is refused. */
enum status desk_propose(struct desk *desk, int64_t comment, int64_t revision, enum action action,
                         int64_t reason, struct str note, int64_t now, struct error *error);
/* Makes another's proposal a decision of one's own, whose note names who proposed it. STATUS_EMPTY
 * with a sentence when none waits; STATUS_CONFLICT when the text changed since it was proposed. */
enum status desk_confirm(struct desk *desk, int64_t comment, int64_t revision, int64_t now,
                         struct decision *decision, struct error *error);
/* Declines another's proposal: it is gone, and the comment waits as before. */
enum status desk_decline(struct desk *desk, int64_t comment, struct error *error);
/* Takes back the person's latest proposal; *comment receives its comment. STATUS_EMPTY with a
 * sentence when none waits. */
enum status desk_withdraw(struct desk *desk, int64_t *comment, struct error *error);

/* --- second looks: what was decided is judged once more, blindly --- */

enum { SECOND_DRAW_MOST = 1000 /* comments drawn at once */ };

/* Draws decided comments by chance, of those decided since `since` (Unix seconds); see
 * second_draw(). For who may settle. */
enum status desk_draw_second(struct desk *desk, int64_t count, int64_t since, int64_t now,
                             int64_t *drawn, struct error *error);
/* The next that waits for this person's second look, behind the look whose id is after (0: the first);
 * what another reads just now is passed over. STATUS_EMPTY with a sentence when there is none. In
 * arena. */
enum status desk_next_second(struct desk *desk, int64_t now, int64_t after, struct arena *arena,
                             struct second_look *look, struct error *error);
/* What the person would have decided on a drawn comment. Refused on one's own decision;
 * STATUS_CONFLICT when somebody has said so already. */
enum status desk_say_second(struct desk *desk, int64_t comment, enum action action, int64_t now,
                            struct error *error);

/* --- what is agreed on working time; see store/calendar.h ---
 *
 * For who has the right to. An agency is named by its slug; an empty one stands for all that have
 * said nothing else. What is due follows at once where there are few comments, else in parts:
 * store/catch_up.h. *changed is false (or 0) where all was so before; then nothing is recorded. */

/* Sets hours, written as work_week_parse() reads them, for the days they hold; empty hours take those
 * of these days away. */
enum status desk_set_hours(struct desk *desk, const struct calendar_hours *hours, bool *changed,
                           struct error *error);
/* Makes days holidays, all of one agency and in one transaction; *changed counts those that were not,
 * or had another name. */
enum status desk_set_holidays(struct desk *desk, struct str agency, const struct holiday *holidays,
                              size_t count, int64_t *changed, struct error *error);
enum status desk_remove_holiday(struct desk *desk, struct str agency, int64_t day, bool *changed,
                                struct error *error);
/* Sets what is promised: "16h", "5d", "none"; "default" goes by what holds for all, and an empty one
 * stays as it is. */
enum status desk_set_promise(struct desk *desk, struct str agency, struct str decide,
                             struct str answer, bool *changed, struct error *error);
/* Sets the team's clock, in seconds before UTC. Everything kept by days and hours is counted anew. */
enum status desk_set_clock(struct desk *desk, int64_t seconds, bool *changed, struct error *error);

/* --- assignments: whom a comment is for --- */

/* Hands comments to a person (a login, or "me") or an agency ('@' and its slug); an empty name takes
 * them back. *changed counts what changed. */
enum status desk_assign(struct desk *desk, const int64_t *comments, size_t count, struct str to,
                        int64_t now, size_t *changed, struct error *error);

/* --- searches --- */

enum { SEARCH_NAME_BYTES = 120 };

/* Makes of what a person typed what it says of this person: the login in place of "me", and what a
 * saved search asks for in place of its name. Strings in arena. STATUS_NOT_FOUND and STATUS_INPUT,
 * with a sentence, for a search that is not there, or that the query contradicts. */
enum status desk_query(const struct desk *desk, struct query *query, struct arena *arena,
                       struct error *error);

/* Keeps a query under a name, in place of another of that name; the person's own. Refused: an empty
 * name or query. */
enum status desk_search_save(struct desk *desk, struct str name, const struct query *query,
                             int64_t now, struct error *error);
/* Takes a saved search away. STATUS_NOT_FOUND with a sentence when there is none of that name. */
enum status desk_search_delete(struct desk *desk, struct str name, struct error *error);

/* What an undo took back. */
struct undone {
    size_t count;             /* comments; more than 1 for a bulk action */
    int64_t comment_id;       /* the (first) comment */
    enum action action;       /* that was taken back */
    enum comment_state state; /* the (first) comment is in again */
    /* Of a bulk action that is taken back in parts. */
    int64_t batch, before; /* which, and the last decision that was come to */
    size_t kept;           /* passed over: others decided since, or are reading */
    bool finished;
};
/* Takes back the person's latest standing decision: of this session, or with any_session of any.
 * STATUS_EMPTY with a sentence when there is none; STATUS_CONFLICT, saying who and what, when
 * someone decided on the comment since. */
enum status desk_undo(struct desk *desk, bool any_session, int64_t now, struct undone *undone,
                      struct error *error);
/* The same, a part at a time, until it is finished; *undone is zeroed before the first. A bulk
 * action of at most MANY_AT_ONCE comments is one part, which goes back as a whole or not at all; of
 * a larger one, what stands against going back is passed over. */
enum status desk_undo_part(struct desk *desk, bool any_session, int64_t now, struct undone *undone,
                           struct error *error);

/* Puts tags on, or takes them off, by slug; a new slug is made a tag (label = slug as typed) when
 * create. *changed counts what changed. A slug is letters (any script), digits and '-', at most 40
 * characters. */
enum status desk_tag(struct desk *desk, const int64_t *comments, size_t comment_count,
                     const struct str *add, size_t add_count, const struct str *remove,
                     size_t remove_count, bool create, int64_t now, size_t *changed,
                     struct error *error);

/* Adds a note for colleagues; an empty one is refused. */
enum status desk_note(struct desk *desk, int64_t comment, struct str body, int64_t now,
                      struct error *error);

/* The draft the person has on a comment; STATUS_EMPTY when none. */
enum status desk_draft(struct desk *desk, int64_t comment, struct arena *arena,
                       struct response *draft, struct error *error);
/* Keeps body as the person's draft (made when there is none; an empty body removes it). Called as
 * one types. *id receives the draft's id, 0 when removed. */
enum status desk_draft_keep(struct desk *desk, int64_t comment, struct str body, int64_t now,
                            int64_t *id, struct error *error);
/* Makes the person's draft one that is meant for all letters that are like its comment, or (not
 * all) for that comment alone. */
enum status desk_draft_for_all(struct desk *desk, int64_t draft, bool all, int64_t now,
                               struct error *error);
/* Submits the person's draft for review; publishes a submitted one (who publishes is its reviewer;
 * who wrote it may publish it only when a supervisor); sends a submitted one back to draft
 * (STATUS_CONFLICT when its author has begun another draft to that comment). */
enum status desk_submit(struct desk *desk, int64_t response, int64_t now, struct error *error);
enum status desk_publish(struct desk *desk, int64_t response, int64_t now, struct error *error);
enum status desk_send_back(struct desk *desk, int64_t response, int64_t now, struct error *error);

/* A template's body with its blanks {{author}}, {{consultation}}, {{agency}} and {{moderator}}
 * filled in for a comment, in the template's language; an author without a name is a "participant"
 * there. Unknown blanks stay as they are, to be seen and filled by hand. In arena. */
enum status desk_fill_template(struct desk *desk, const struct template *template, int64_t comment,
                               struct arena *arena, struct str *body, struct error *error);

#endif
