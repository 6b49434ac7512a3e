/* Proposals: what a trainee would decide, until another makes it a decision or declines it. */
#include "store/team.h"

#include "store/log_internal.h"

#define PROPOSAL_COLUMNS                                                                           \
    "SELECT p.comment_id, p.moderator_id, p.revision, m.login, m.name, p.action, p.reason_id,"     \
    " ifnull(r.label_ar, ''), ifnull(r.label_en, ''), p.note, p.proposed_at"                       \
    " FROM proposal AS p JOIN moderator AS m ON m.id = p.moderator_id"                             \
    " LEFT JOIN reason AS r ON r.id = p.reason_id"

static void read_proposal(struct statement *statement, struct arena *arena,
                          struct proposal *proposal)
{
    proposal->comment_id = statement_integer(statement);
    proposal->moderator_id = statement_integer(statement);
    proposal->revision = statement_integer(statement);
    proposal->login = statement_text(statement, arena);
    proposal->name = statement_text(statement, arena);
    /* The schema admits no other name. */
    action_from_name(statement_text(statement, arena), &proposal->action);
    proposal->reason_id = statement_integer(statement);
    proposal->reason.ar = statement_text(statement, arena);
    proposal->reason.en = statement_text(statement, arena);
    proposal->note = statement_text(statement, arena);
    proposal->proposed_at = statement_integer(statement);
}

/* Reads the one row of a statement and ends it. */
static enum status read_one(struct statement *statement, struct arena *arena,
                            struct proposal *proposal, struct error *error)
{
    bool found = statement_next(statement);
    if (found)
        read_proposal(statement, arena, proposal);
    enum status status = statement_end(statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status proposal_read(struct store *store, int64_t comment, struct arena *arena,
                          struct proposal *proposal, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, PROPOSAL_COLUMNS " WHERE p.comment_id = ?1");
    statement_bind(&statement, comment);
    return read_one(&statement, arena, proposal, error);
}

enum status proposal_latest_by(struct store *store, int64_t moderator, struct arena *arena,
                               struct proposal *proposal, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    PROPOSAL_COLUMNS " WHERE p.moderator_id = ?1"
                                     " ORDER BY p.proposed_at DESC, p.comment_id DESC LIMIT 1");
    statement_bind(&statement, moderator);
    return read_one(&statement, arena, proposal, error);
}

enum status proposal_list(struct store *store, size_t limit, struct arena *arena,
                          struct proposal **proposals, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    PROPOSAL_COLUMNS " ORDER BY p.proposed_at, p.comment_id LIMIT ?1");
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement))
        read_proposal(&statement, arena, list_add(&list, arena, sizeof(struct proposal)));
    *proposals = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status proposal_write(struct store *store, const struct proposal *proposal,
                           struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO proposal (comment_id, moderator_id, revision, action, reason_id,"
                    " note, proposed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                    " ON CONFLICT (comment_id) DO UPDATE SET moderator_id = excluded.moderator_id,"
                    " revision = excluded.revision, action = excluded.action,"
                    " reason_id = excluded.reason_id, note = excluded.note,"
                    " proposed_at = excluded.proposed_at");
    statement_bind(&statement, proposal->comment_id);
    statement_bind(&statement, proposal->moderator_id);
    statement_bind(&statement, proposal->revision);
    statement_bind_text(&statement, str_of(action_name(proposal->action)));
    statement_bind_id(&statement, proposal->reason_id);
    statement_bind_text(&statement, proposal->note);
    statement_bind(&statement, proposal->proposed_at);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "SELECT " LOG_PROPOSAL " FROM proposal AS p WHERE p.comment_id = ?1");
    statement_bind(&statement, proposal->comment_id);
    return log_from(store,
                    (struct log_row){.at = proposal->proposed_at,
                                     .moderator_id = proposal->moderator_id,
                                     .kind = str_of("proposal"),
                                     .subject_id = proposal->comment_id},
                    &statement, error);
}

enum status proposal_end(struct store *store, int64_t comment, bool *changed, struct error *error)
{
    int64_t removed = 0;
    struct statement statement;
    statement_start(&statement, store, "DELETE FROM proposal WHERE comment_id = ?1 RETURNING 1");
    statement_bind(&statement, comment);
    statement_single(&statement, &removed);
    *changed = removed != 0;
    enum status status = statement_run(&statement, error);
    if (status != OK || !*changed)
        return status;
    return log_subject(store, "proposal", comment,
                       "SELECT json_object('action', NULL) WHERE ?1 > 0", error);
}
