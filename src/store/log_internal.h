/* The trail, for the writing functions of store/. */
#ifndef STORE_LOG_INTERNAL_H
#define STORE_LOG_INTERNAL_H

#include "store/internal.h"
#include "store/log.h"

/* What is recorded of a decision, a note, a moderator, an assignment, a proposal and a response: used
 * where they are written, and where the check compares the rows with the trail. Of a response's body
 * the hash is recorded once it is submitted: a draft changes with every pause of the typing. */
#define LOG_DECISION                                                                               \
    "json_object('comment', d.comment_id, 'action', d.action, 'from', d.from_state,"               \
    " 'to', d.to_state, 'reason', d.reason_id, 'note', d.note, 'undoes', d.undoes_id,"             \
    " 'batch', d.batch)"
#define LOG_NOTE "json_object('comment', n.comment_id, 'body', n.body)"
#define LOG_MODERATOR                                                                              \
    "json_object('login', m.login, 'name', m.name, 'role', m.role, 'agency', m.agency_id,"         \
    " 'active', m.active)"
#define LOG_ASSIGNMENT "json_object('agency', x.agency_id, 'moderator', x.moderator_id)"
#define LOG_PROPOSAL "json_object('action', p.action, 'reason', p.reason_id, 'note', p.note)"
#define LOG_RESPONSE                                                                               \
    "json_object('comment', r.comment_id, 'author', r.author_id, 'state', r.state, 'sha256',"      \
    " CASE r.state WHEN 'draft' THEN NULL ELSE majlis_sha256(r.body) END)"

#define LOG_SECOND_LOOK "json_object('decision', x.decision_id, 'action', x.action)"

/* Adds a row whose what is the one column of the one row that this started statement gives; the
 * statement is ended. sequence and hash are filled in here. Wants an open transaction, so that the
 * row comes with what it records or not at all. */
enum status log_from(struct store *store, struct log_row row, struct statement *what,
                     struct error *error);

/* Records what a statement of one parameter, the subject's id, says of it, in the name of who works
 * through this store, now. */
enum status log_subject(struct store *store, const char *kind, int64_t subject, const char *sql,
                        struct error *error);

/* The first row of a trail, which seals the decisions there were before; nothing when there are
 * rows. */
enum status log_begin(struct store *store, struct error *error);

/* The SHA-256 of every decision up to and with this id, as it is recorded, in hexadecimal digits. */
enum status log_old_decisions(struct store *store, int64_t last, char hash[static 65],
                              struct error *error);

/* Gives SQLite the function majlis_sha256(text). Returns an SQLite result. */
int log_register(sqlite3 *database);

#endif
