/* Responses: an agency's answers, from draft to published. */
#include "store/record.h"

#include "base/language.h"
#include "store/log_internal.h"

static const char *const response_state_names[] = {
    [RESPONSE_DRAFT] = "draft",
    [RESPONSE_SUBMITTED] = "submitted",
    [RESPONSE_PUBLISHED] = "published",
};

const char *response_state_name(enum response_state state)
{
    return response_state_names[state];
}

static enum response_state response_state_from_name(struct str name)
{
    if (str_equal(name, str_of(response_state_names[RESPONSE_PUBLISHED])))
        return RESPONSE_PUBLISHED;
    if (str_equal(name, str_of(response_state_names[RESPONSE_SUBMITTED])))
        return RESPONSE_SUBMITTED;
    return RESPONSE_DRAFT;
}

/* --- Writing --- */

static void bind_response(struct statement *statement, const struct response *response)
{
    statement_bind_id(statement, response->id);
    statement_bind(statement, response->comment_id);
    statement_bind(statement, response->agency_id);
    statement_bind(statement, response->author_id);
    statement_bind_id(statement, response->reviewer_id);
    statement_bind_text(statement, response->language);
    statement_bind_text(statement, response->body);
    statement_bind_text(statement, str_of(response_state_name(response->state)));
    statement_bind(statement, response->created_at);
    statement_bind(statement, response->changed_at);
    statement_bind_id(statement, response->submitted_at);
    statement_bind_id(statement, response->published_at);
    statement_bind_id(statement, response->batch);
}

static enum status not_found(int64_t id, struct error *error)
{
    return error_set(error, STATUS_NOT_FOUND, _("there is no response %lld"), (long long)id);
}

/* Records the step a response took. A draft is recorded when it is begun and when it is gone, not
 * each time the keys rest; when it is submitted, what it says. */
#define RESPONSE_STEP "SELECT " LOG_RESPONSE " FROM response AS r WHERE r.id = ?1"
#define RESPONSE_GONE "SELECT json_object('state', 'deleted') WHERE ?1 > 0"

static enum status record(struct store *store, int64_t id, int64_t by, int64_t now, const char *sql,
                          struct error *error)
{
    struct statement what;
    statement_start(&what, store, sql);
    statement_bind(&what, id);
    return log_from(
        store,
        (struct log_row){
            .at = now, .moderator_id = by, .kind = str_of("response"), .subject_id = id},
        &what, error);
}

/* Whether writing this is a step: a new response, or another state. */
static enum status is_step(struct store *store, const struct response *response, bool *step,
                           struct error *error)
{
    struct statement statement;
    int64_t same = 0;
    statement_start(&statement, store,
                    "SELECT state = 'draft' AND ?2 = 'draft' FROM response"
                    " WHERE id = ?1");
    statement_bind(&statement, response->id);
    statement_bind_text(&statement, str_of(response_state_name(response->state)));
    statement_single(&statement, &same);
    *step = same == 0;
    return statement_end(&statement, error);
}

enum status response_write(struct store *store, struct response *response, int64_t by,
                           struct error *error)
{
    struct statement statement;
    int64_t id = response->id;
    bool step = true;
    enum status status = is_step(store, response, &step, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    id == 0
                        ? "INSERT INTO response (id, comment_id, agency_id, author_id, reviewer_id,"
                          " language, body, state, created_at, changed_at, submitted_at,"
                          " published_at, batch)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                          " RETURNING id"
                        : "UPDATE response SET comment_id = ?2, agency_id = ?3, author_id = ?4,"
                          " reviewer_id = ?5, language = ?6, body = ?7, state = ?8,"
                          " created_at = ?9, changed_at = ?10, submitted_at = ?11,"
                          " published_at = ?12, batch = ?13"
                          " WHERE id = ?1 RETURNING id");
    bind_response(&statement, response);
    bool written = statement_single(&statement, &response->id);
    status = statement_run(&statement, error);
    if (status == OK && !written)
        return not_found(id, error);
    return status == OK && step
               ? record(store, response->id, by, response->changed_at, RESPONSE_STEP, error)
               : status;
}

enum status response_delete(struct store *store, int64_t id, int64_t by, int64_t now,
                            struct error *error)
{
    struct statement statement;
    int64_t deleted;
    statement_start(&statement, store, "DELETE FROM response WHERE id = ?1 RETURNING id");
    statement_bind(&statement, id);
    bool found = statement_single(&statement, &deleted);
    enum status status = statement_run(&statement, error);
    if (status == OK && !found)
        return not_found(id, error);
    if (status != OK)
        return status;
    return record(store, id, by, now, RESPONSE_GONE, error);
}

/* --- Reading --- */

#define RESPONSE_SELECT                                                                            \
    "SELECT r.id, r.comment_id, r.agency_id, r.author_id, r.reviewer_id, m.name, r.language,"      \
    " r.body, r.state, r.created_at, r.changed_at, r.submitted_at, r.published_at, r.batch"        \
    " FROM response AS r JOIN moderator AS m ON m.id = r.author_id"

static void read_response(struct statement *statement, struct arena *arena,
                          struct response *response)
{
    response->id = statement_integer(statement);
    response->comment_id = statement_integer(statement);
    response->agency_id = statement_integer(statement);
    response->author_id = statement_integer(statement);
    response->reviewer_id = statement_integer(statement);
    response->author_name = statement_text(statement, arena);
    response->language = statement_text(statement, arena);
    response->body = statement_text(statement, arena);
    response->state = response_state_from_name(statement_text(statement, arena));
    response->created_at = statement_integer(statement);
    response->changed_at = statement_integer(statement);
    response->submitted_at = statement_integer(statement);
    response->published_at = statement_integer(statement);
    response->batch = statement_integer(statement);
}

/* Reads all rows of a statement and ends it. */
static enum status read_list(struct statement *statement, struct arena *arena,
                             struct response **responses, size_t *count, struct error *error)
{
    struct list list = {0};
    while (statement_next(statement))
        read_response(statement, arena, list_add(&list, arena, sizeof(struct response)));
    *responses = list.items;
    *count = list.count;
    return statement_end(statement, error);
}

enum status response_read(struct store *store, int64_t id, struct arena *arena,
                          struct response *response, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, RESPONSE_SELECT " WHERE r.id = ?1");
    statement_bind(&statement, id);
    bool found = statement_next(&statement);
    if (found)
        read_response(&statement, arena, response);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? not_found(id, error) : status;
}

enum status response_list(struct store *store, int64_t comment, struct arena *arena,
                          struct response **responses, size_t *count, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, RESPONSE_SELECT " WHERE r.comment_id = ?1 ORDER BY r.id");
    statement_bind(&statement, comment);
    return read_list(&statement, arena, responses, count, error);
}

enum status response_drafts(struct store *store, int64_t moderator, size_t limit,
                            struct arena *arena, struct response **responses, size_t *count,
                            struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    RESPONSE_SELECT " WHERE r.author_id = ?1 AND r.state = 'draft'"
                                    " ORDER BY r.changed_at DESC, r.id DESC LIMIT ?2");
    statement_bind(&statement, moderator);
    statement_bind(&statement, (int64_t)limit);
    return read_list(&statement, arena, responses, count, error);
}

enum status response_waiting(struct store *store, size_t limit, struct arena *arena,
                             struct response **responses, size_t *count, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    RESPONSE_SELECT " WHERE r.state = 'submitted'"
                                    " AND (r.batch IS NULL OR r.batch = r.id)"
                                    " ORDER BY r.changed_at, r.id LIMIT ?1");
    statement_bind(&statement, (int64_t)limit);
    return read_list(&statement, arena, responses, count, error);
}

enum status response_batch(struct store *store, int64_t batch, size_t limit, struct arena *arena,
                           int64_t **ids, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id FROM response INDEXED BY response_of_batch"
                    " WHERE batch = ?1 AND state = 'submitted' ORDER BY id DESC LIMIT ?2");
    statement_bind(&statement, batch);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement)) {
        int64_t *id = list_add(&list, arena, sizeof *id);
        *id = statement_integer(&statement);
    }
    *ids = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status response_batch_size(struct store *store, int64_t batch, size_t most, int64_t *size,
                                struct error *error)
{
    struct statement statement;
    *size = 0;
    statement_start(&statement, store,
                    "SELECT count(*) FROM (SELECT 1 FROM response INDEXED BY response_of_batch"
                    " WHERE batch = ?1 LIMIT ?2)");
    statement_bind(&statement, batch);
    statement_bind(&statement, (int64_t)most);
    statement_single(&statement, size);
    return statement_end(&statement, error);
}
