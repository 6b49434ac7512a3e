/* Responses: a draft that is kept as it is typed, submitted by who wrote it, published or sent back
 * by a supervisor. */
#include "desk/within.h"

#include "base/language.h"
#include "text/guess.h"

/* The response of this author to this comment that is still a draft; STATUS_EMPTY when none. */
static enum status find_draft(struct desk *desk, int64_t comment, int64_t author,
                              struct arena *arena, struct response *draft, struct error *error)
{
    struct response *list;
    size_t count;
    enum status status = response_list(desk->store, comment, arena, &list, &count, error);
    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (list[i].author_id == author && list[i].state == RESPONSE_DRAFT) {
            *draft = list[i];
            return OK;
        }
    }
    return STATUS_EMPTY;
}

enum status desk_draft(struct desk *desk, int64_t comment, struct arena *arena,
                       struct response *draft, struct error *error)
{
    return find_draft(desk, comment, desk->self.id, arena, draft, error);
}

/* A new draft; the rights are asked here, so that keeping what is typed later stays cheap. */
static enum status start_draft(struct desk *desk, int64_t comment, int64_t now, struct arena *arena,
                               struct response *draft, struct error *error)
{
    struct comment read;
    *draft = (struct response){.comment_id = comment,
                               .author_id = desk->self.id,
                               .state = RESPONSE_DRAFT,
                               .created_at = now};
    enum status status = desk_require_on(desk, RIGHT_RESPOND, comment, arena, &read, error);
    if (status == OK)
        status = desk_agency_of(desk, &read, &draft->agency_id, error);
    /* Whom it was assigned to answers in the own agency's name. */
    if (status == OK && desk->self.role == ROLE_RESPONDER && desk->self.agency_id != 0)
        draft->agency_id = desk->self.agency_id;
    return status;
}

static enum status keep(struct desk *desk, int64_t comment, struct str body, int64_t now,
                        struct arena *arena, int64_t *id, struct error *error)
{
    struct response draft;
    *id = 0;
    enum status status = desk_require(desk, RIGHT_RESPOND, error);
    if (status == OK)
        status = find_draft(desk, comment, desk->self.id, arena, &draft, error);
    if (status == OK && body.size == 0)
        return response_delete(desk->store, draft.id, desk->self.id, now, error);
    if (status == STATUS_EMPTY) {
        status = start_draft(desk, comment, now, arena, &draft, error);
        if (status == OK && body.size == 0)
            return OK;
    }
    if (status != OK)
        return status;
    draft.body = body;
    draft.language = str_of(guess_language(body));
    draft.changed_at = now;
    status = response_write(desk->store, &draft, desk->self.id, error);
    *id = draft.id;
    return status;
}

enum status desk_draft_keep_within(struct desk *desk, int64_t comment, struct str body, int64_t now,
                                   int64_t *id, struct error *error)
{
    struct arena arena = {0};
    enum status status = keep(desk, comment, body, now, &arena, id, error);
    arena_free(&arena);
    return status;
}

enum status desk_draft_keep(struct desk *desk, int64_t comment, struct str body, int64_t now,
                            int64_t *id, struct error *error)
{
    *id = 0;
    int64_t kept = 0;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_draft_keep_within(desk, comment, body, now, &kept, error);
    status = desk_finish(desk, status, error);
    if (status == OK)
        *id = kept;
    return status;
}

/* Says where a response stands that should stand elsewhere. */
static enum status refuse_state(const struct response *response, struct error *error)
{
    if (response->state == RESPONSE_DRAFT)
        return error_set(error, STATUS_REFUSED,
                         _("response %lld is still a draft; %.*s has to submit it first"),
                         (long long)response->id, STR_FORMAT(response->author_name));
    if (response->state == RESPONSE_SUBMITTED)
        return error_set(error, STATUS_REFUSED,
                         _("response %lld is submitted already and waits for a supervisor"),
                         (long long)response->id);
    return error_set(error, STATUS_REFUSED,
                     _("response %lld is published already; write another one to add to it"),
                     (long long)response->id);
}

static enum status submit(struct desk *desk, int64_t id, int64_t now, struct arena *arena,
                          struct error *error)
{
    struct response response;
    struct comment comment;
    enum status status = desk_require(desk, RIGHT_RESPOND, error);
    if (status == OK)
        status = response_read(desk->store, id, arena, &response, error);
    if (status == OK)
        status = desk_require_on(desk, RIGHT_RESPOND, response.comment_id, arena, &comment, error);
    if (status != OK)
        return status;
    if (response.author_id != desk->self.id)
        return error_set(error, STATUS_REFUSED,
                         _("response %lld is the draft of %.*s, who alone can submit it"),
                         (long long)id, STR_FORMAT(response.author_name));
    if (response.state != RESPONSE_DRAFT)
        return refuse_state(&response, error);
    if (str_trim(response.body).size == 0)
        return error_set(error, STATUS_REFUSED, _("the response is empty; write it first"));
    response.state = RESPONSE_SUBMITTED;
    response.submitted_at = response.changed_at = now;
    return response_write(desk->store, &response, desk->self.id, error);
}

enum status desk_submit_within(struct desk *desk, int64_t response, int64_t now,
                               struct error *error)
{
    struct arena arena = {0};
    enum status status = submit(desk, response, now, &arena, error);
    arena_free(&arena);
    return status;
}

enum status desk_submit(struct desk *desk, int64_t response, int64_t now, struct error *error)
{
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, desk_submit_within(desk, response, now, error), error);
}

/* A submitted response, for who may publish. */
static enum status read_submitted(struct desk *desk, int64_t id, struct arena *arena,
                                  struct response *response, struct error *error)
{
    enum status status = desk_require(desk, RIGHT_PUBLISH, error);
    if (status == OK)
        status = response_read(desk->store, id, arena, response, error);
    if (status == OK && response->state != RESPONSE_SUBMITTED)
        status = refuse_state(response, error);
    return status;
}

enum status desk_publish_within(struct desk *desk, int64_t id, int64_t now, struct error *error)
{
    struct arena arena = {0};
    struct response response;
    enum status status = read_submitted(desk, id, &arena, &response, error);
    if (status == OK) {
        response.state = RESPONSE_PUBLISHED;
        response.reviewer_id = desk->self.id;
        response.published_at = response.changed_at = now;
        status = response_write(desk->store, &response, desk->self.id, error);
    }
    arena_free(&arena);
    return status;
}

enum status desk_publish(struct desk *desk, int64_t response, int64_t now, struct error *error)
{
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, desk_publish_within(desk, response, now, error), error);
}

/* There is one draft of one author to one comment: the author may have begun another meanwhile. */
static enum status send_back(struct desk *desk, int64_t id, int64_t now, struct arena *arena,
                             struct error *error)
{
    struct response response, other;
    enum status status = read_submitted(desk, id, arena, &response, error);
    if (status != OK)
        return status;
    status = find_draft(desk, response.comment_id, response.author_id, arena, &other, error);
    if (status == OK)
        return error_set(error, STATUS_CONFLICT,
                         _("%.*s has begun another draft to comment %lld; it must be submitted or "
                           "emptied before this one can go back"),
                         STR_FORMAT(response.author_name), (long long)response.comment_id);
    if (status != STATUS_EMPTY)
        return status;
    response.state = RESPONSE_DRAFT;
    response.submitted_at = 0;
    response.changed_at = now;
    return response_write(desk->store, &response, desk->self.id, error);
}

enum status desk_send_back_within(struct desk *desk, int64_t response, int64_t now,
                                  struct error *error)
{
    struct arena arena = {0};
    enum status status = send_back(desk, response, now, &arena, error);
    arena_free(&arena);
    return status;
}

enum status desk_send_back(struct desk *desk, int64_t response, int64_t now, struct error *error)
{
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, desk_send_back_within(desk, response, now, error), error);
}
