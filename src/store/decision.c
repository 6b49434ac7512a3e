/* Decisions: the trail. The schema's triggers make the comment follow. */
#include "store/record.h"

#include "base/language.h"
#include "store/log_internal.h"

static const char *const action_names[ACTION_COUNT] = {"approve", "reject",   "spam",
                                                       "hold",    "escalate", "undo"};

const char *action_name(enum action action)
{
    return action_names[action];
}

bool action_from_name(struct str name, enum action *action)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (str_equal(name, str_of(action_names[i]))) {
            *action = (enum action)i;
            return true;
        }
    }
    return false;
}

/* --- Adding --- */

/* The id the next decision will have. It stays true for as long as the write transaction lasts. */
static enum status next_id(struct store *store, int64_t *id, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT 1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'decision'),"
                    " 0)");
    statement_single(&statement, id);
    return statement_end(&statement, error);
}

static enum status record(struct store *store, const struct decision *decision, struct error *error)
{
    struct statement what;
    statement_start(&what, store, "SELECT " LOG_DECISION " FROM decision AS d WHERE d.id = ?1");
    statement_bind(&what, decision->id);
    return log_from(store,
                    (struct log_row){.at = decision->decided_at,
                                     .moderator_id = decision->moderator_id,
                                     .kind = str_of("decision"),
                                     .subject_id = decision->id},
                    &what, error);
}

enum status decision_add(struct store *store, struct decision *decision, struct error *error)
{
    struct statement statement;
    int64_t id = 0;
    enum status status = next_id(store, &id, error);
    if (status != OK)
        return status;
    if (decision->batch == BATCH_NEW)
        decision->batch = id;
    decision->id = id;
    statement_start(&statement, store,
                    "INSERT INTO decision (id, comment_id, moderator_id, action, from_state,"
                    " to_state, reason_id, note, undoes_id, batch, decided_at)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    statement_bind(&statement, decision->id);
    statement_bind(&statement, decision->comment_id);
    statement_bind(&statement, decision->moderator_id);
    statement_bind_text(&statement, str_of(action_name(decision->action)));
    statement_bind_text(&statement, str_of(state_name(decision->from_state)));
    statement_bind_text(&statement, str_of(state_name(decision->to_state)));
    statement_bind_id(&statement, decision->reason_id);
    statement_bind_text(&statement, decision->note);
    statement_bind_id(&statement, decision->undoes_id);
    statement_bind_id(&statement, decision->batch);
    statement_bind(&statement, decision->decided_at);
    status = statement_run(&statement, error);
    return status == OK ? record(store, decision, error) : status;
}

/* --- Reading --- */

#define DECISION_COLUMNS                                                                           \
    "d.id, d.comment_id, d.moderator_id, d.action, d.from_state, d.to_state, d.reason_id, d.note," \
    " d.undoes_id, d.batch, d.decided_at"

static void read_decision(struct statement *statement, struct arena *arena,
                          struct decision *decision)
{
    decision->id = statement_integer(statement);
    decision->comment_id = statement_integer(statement);
    decision->moderator_id = statement_integer(statement);
    /* The schema admits no other action, and no decision that starts or ends elsewhere. */
    action_from_name(statement_text(statement, arena), &decision->action);
    state_from_name(statement_text(statement, arena), &decision->from_state);
    state_from_name(statement_text(statement, arena), &decision->to_state);
    decision->reason_id = statement_integer(statement);
    decision->note = statement_text(statement, arena);
    decision->undoes_id = statement_integer(statement);
    decision->batch = statement_integer(statement);
    decision->decided_at = statement_integer(statement);
}

/* Reads the only row of a statement and ends it; *found is false when there is none. */
static enum status read_only_row(struct statement *statement, struct arena *arena,
                                 struct decision *decision, bool *found, struct error *error)
{
    *found = statement_next(statement);
    if (*found)
        read_decision(statement, arena, decision);
    return statement_end(statement, error);
}

enum status decision_read(struct store *store, int64_t id, struct arena *arena,
                          struct decision *decision, struct error *error)
{
    struct statement statement;
    bool found;
    statement_start(&statement, store,
                    "SELECT " DECISION_COLUMNS " FROM decision AS d WHERE d.id = ?1");
    statement_bind(&statement, id);
    enum status status = read_only_row(&statement, arena, decision, &found, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no decision %lld"), (long long)id);
    return status;
}

enum status decision_latest(struct store *store, int64_t comment, struct arena *arena,
                            struct decision *decision, struct error *error)
{
    struct statement statement;
    bool found;
    statement_start(&statement, store,
                    "SELECT " DECISION_COLUMNS " FROM decision AS d WHERE d.comment_id = ?1"
                    " ORDER BY d.id DESC LIMIT 1");
    statement_bind(&statement, comment);
    enum status status = read_only_row(&statement, arena, decision, &found, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status decision_latest_by(struct store *store, int64_t moderator, int64_t after,
                               struct arena *arena, struct decision *decision, struct error *error)
{
    struct statement statement;
    bool found;
    statement_start(&statement, store,
                    "SELECT " DECISION_COLUMNS " FROM decision AS d"
                    " WHERE d.moderator_id = ?1 AND d.id > ?2 AND d.action <> 'undo'"
                    " AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.id)"
                    " ORDER BY d.id DESC LIMIT 1");
    statement_bind(&statement, moderator);
    statement_bind(&statement, after);
    enum status status = read_only_row(&statement, arena, decision, &found, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status decision_batch(struct store *store, int64_t batch, int64_t before, size_t limit,
                           struct arena *arena, struct decision **decisions, size_t *count,
                           struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT " DECISION_COLUMNS " FROM decision AS d"
                    " WHERE d.batch = ?1 AND d.id < ?2"
                    " AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.id)"
                    " ORDER BY d.id DESC LIMIT ?3");
    statement_bind(&statement, batch);
    statement_bind(&statement, before ? before : INT64_MAX);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement))
        read_decision(&statement, arena, list_add(&list, arena, sizeof(struct decision)));
    *decisions = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status decision_last_id(struct store *store, int64_t *id, struct error *error)
{
    struct statement statement;
    *id = 0;
    statement_start(&statement, store, "SELECT max(id) FROM decision");
    statement_single(&statement, id);
    return statement_end(&statement, error);
}
