/* Deeds on many comments, a part at a time: which comments are next, and the transaction around
 * what is done with them. */
#include "desk/within.h"

#include "base/language.h"
#include "store/alike.h"

/* The letters of a target that are next, without those that another reads. */
static enum status take_letters(struct desk *desk, struct many *many, int64_t now, size_t most,
                                int64_t *ids, size_t *count, struct error *error)
{
    const struct target *target = &many->targets[many->at];
    struct arena arena = {0};
    struct queue_place *letters;
    size_t read = 0;
    enum status status =
        cluster_letters(desk->store, target->cluster, target->state, target->until,
                        many->inside ? &many->after : NULL, most, &arena, &letters, &read, error);
    for (size_t i = 0; status == OK && i < read; i++) {
        many->after = letters[i];
        status = desk_require_unclaimed(desk, letters[i].id, now, error);
        if (status == OK)
            ids[(*count)++] = letters[i].id;
        else if (status == STATUS_CONFLICT)
            many->claimed++, status = OK;
    }
    many->inside = read == most;
    many->at += !many->inside;
    arena_free(&arena);
    return status;
}

/* The comments that are next: at most MANY_AT_ONCE are looked at. */
static enum status take_some(struct desk *desk, struct many *many, int64_t now, int64_t *ids,
                             size_t *count, struct error *error)
{
    size_t room = MANY_AT_ONCE;
    enum status status = OK;
    *count = 0;
    while (status == OK && room > 0 && many->at < many->count) {
        size_t passed = *count + many->claimed;
        if (many->targets[many->at].cluster == 0)
            ids[(*count)++] = many->targets[many->at++].comment;
        else
            status = take_letters(desk, many, now, room, ids, count, error);
        passed = *count + many->claimed - passed;
        many->seen += passed;
        room -= passed;
    }
    many->finished = many->at == many->count;
    return status;
}

/* What one part is about: the deed's own sort of what it was given. */
struct deed {
    enum status (*on)(struct desk *desk, const struct deed *deed, const int64_t *ids, size_t count,
                      struct many *many, struct error *error);
    enum action action;
    int64_t reason, draft, now;
    struct str text; /* a note, or whom it is for */
    const struct tagging *tagging;
};

/* In one transaction; a failure leaves *many as it was. */
static enum status do_part(struct desk *desk, struct many *many, const struct deed *deed,
                           struct error *error)
{
    int64_t ids[MANY_AT_ONCE];
    struct many next = *many;
    size_t count;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = take_some(desk, &next, deed->now, ids, &count, error);
    if (status == OK)
        status = deed->on(desk, deed, ids, count, &next, error);
    status = desk_finish(desk, status, error);
    if (status == OK)
        *many = next;
    return status;
}

static enum status decide_ids(struct desk *desk, const struct deed *deed, const int64_t *ids,
                              size_t count, struct many *many, struct error *error)
{
    return desk_decide_each_within(desk, ids, count, deed->action, deed->reason, deed->text,
                                   deed->now, many, error);
}

enum status desk_decide_part(struct desk *desk, struct many *many, enum action action,
                             int64_t reason, struct str note, int64_t now, struct error *error)
{
    const struct deed deed = {
        .on = decide_ids, .action = action, .reason = reason, .text = note, .now = now};
    return do_part(desk, many, &deed, error);
}

static enum status propose_ids(struct desk *desk, const struct deed *deed, const int64_t *ids,
                               size_t count, struct many *many, struct error *error)
{
    struct arena arena = {0};
    enum status status = desk_require(desk, RIGHT_PROPOSE, error);
    if (status == OK)
        status = desk_check_reason(desk, deed->action, deed->reason, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        const struct proposal proposal = {.comment_id = ids[i],
                                          .moderator_id = desk->self.id,
                                          .action = deed->action,
                                          .reason_id = deed->reason,
                                          .note = deed->text,
                                          .proposed_at = deed->now};
        status = desk_propose_within(desk, &proposal, deed->now, &arena, error);
        many->done += status == OK;
        many->claimed += status == STATUS_CONFLICT;
        many->left_out += status == STATUS_REFUSED;
        if (status == STATUS_CONFLICT || status == STATUS_REFUSED)
            status = OK;
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}

enum status desk_propose_part(struct desk *desk, struct many *many, enum action action,
                              int64_t reason, struct str note, int64_t now, struct error *error)
{
    const struct deed deed = {
        .on = propose_ids, .action = action, .reason = reason, .text = note, .now = now};
    return do_part(desk, many, &deed, error);
}

static enum status tag_ids(struct desk *desk, const struct deed *deed, const int64_t *ids,
                           size_t count, struct many *many, struct error *error)
{
    const struct tagging *tagging = deed->tagging;
    size_t changed;
    enum status status =
        desk_tag_within(desk, ids, count, tagging->add, tagging->add_count, tagging->remove,
                        tagging->remove_count, tagging->create, deed->now, &changed, error);
    many->done += status == OK ? changed : 0;
    return status;
}

enum status desk_tag_part(struct desk *desk, struct many *many, const struct tagging *tagging,
                          int64_t now, struct error *error)
{
    const struct deed deed = {.on = tag_ids, .tagging = tagging, .now = now};
    return do_part(desk, many, &deed, error);
}

static enum status assign_ids(struct desk *desk, const struct deed *deed, const int64_t *ids,
                              size_t count, struct many *many, struct error *error)
{
    size_t changed;
    enum status status =
        desk_assign_within(desk, ids, count, deed->text, deed->now, &changed, error);
    many->done += status == OK ? changed : 0;
    return status;
}

enum status desk_assign_part(struct desk *desk, struct many *many, struct str to, int64_t now,
                             struct error *error)
{
    const struct deed deed = {.on = assign_ids, .text = to, .now = now};
    return do_part(desk, many, &deed, error);
}

/* --- Responses --- */

/* Whether the public, or a reviewer, has an answer to this comment in hand. */
static enum status is_answered(struct desk *desk, int64_t comment, struct arena *arena,
                               bool *answered, struct error *error)
{
    struct response *list;
    size_t count;
    enum status status = response_list(desk->store, comment, arena, &list, &count, error);
    *answered = false;
    for (size_t i = 0; status == OK && i < count; i++)
        *answered = *answered || list[i].state != RESPONSE_DRAFT;
    return status;
}

/* The same words to another letter. */
static enum status answer_letter(struct desk *desk, const struct response *pattern, int64_t comment,
                                 struct many *many, struct arena *arena, struct error *error)
{
    struct comment read;
    struct response response = *pattern;
    bool answered = false;
    enum status status = desk_require_on(desk, RIGHT_RESPOND, comment, arena, &read, error);
    if (status == OK)
        status = is_answered(desk, comment, arena, &answered, error);
    if (status == STATUS_REFUSED || (status == OK && answered)) {
        many->left_out++;
        return OK;
    }
    response.id = 0;
    response.comment_id = comment;
    if (status == OK)
        status = response_write(desk->store, &response, desk->self.id, error);
    many->done += status == OK;
    return status;
}

static enum status answer_ids(struct desk *desk, const struct deed *deed, const int64_t *ids,
                              size_t count, struct many *many, struct error *error)
{
    struct arena arena = {0};
    struct response pattern;
    enum status status = OK;
    if (many->batch == 0) {
        status = desk_submit_within(desk, deed->draft, deed->now, error);
        many->done += status == OK;
        many->batch = deed->draft;
    }
    if (status == OK)
        status = response_read(desk->store, deed->draft, &arena, &pattern, error);
    if (status == OK && pattern.batch == 0) {
        pattern.batch = pattern.id;
        status = response_write(desk->store, &pattern, desk->self.id, error);
    }
    for (size_t i = 0; status == OK && i < count; i++) {
        if (ids[i] != pattern.comment_id)
            status = answer_letter(desk, &pattern, ids[i], many, &arena, error);
    }
    arena_free(&arena);
    return status;
}

enum status desk_submit_part(struct desk *desk, struct many *many, int64_t draft, int64_t now,
                             struct error *error)
{
    const struct deed deed = {.on = answer_ids, .draft = draft, .now = now};
    return do_part(desk, many, &deed, error);
}

/* Reads which responses of the batch are next, and does it to each. */
static enum status review_within(struct desk *desk, int64_t batch, bool publish, int64_t now,
                                 size_t *done, bool *finished, struct error *error)
{
    struct arena arena = {0};
    int64_t *ids;
    size_t count = 0;
    enum status status = desk_require(desk, RIGHT_PUBLISH, error);
    if (status == OK)
        status = response_batch(desk->store, batch, MANY_AT_ONCE, &arena, &ids, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (publish)
            status = desk_publish_within(desk, ids[i], now, error);
        else if (ids[i] == batch)
            status = desk_send_back_within(desk, ids[i], now, error);
        else
            status = response_delete(desk->store, ids[i], desk->self.id, now, error);
        *done += status == OK;
    }
    *finished = count < MANY_AT_ONCE;
    arena_free(&arena);
    return status;
}

static enum status review_part(struct desk *desk, int64_t batch, bool publish, int64_t now,
                               size_t *done, bool *finished, struct error *error)
{
    size_t counted = *done;
    bool last = false;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = review_within(desk, batch, publish, now, &counted, &last, error);
    status = desk_finish(desk, status, error);
    if (status == OK) {
        *done = counted;
        *finished = last;
    }
    return status;
}

enum status desk_publish_part(struct desk *desk, int64_t batch, int64_t now, size_t *done,
                              bool *finished, struct error *error)
{
    return review_part(desk, batch, true, now, done, finished, error);
}

enum status desk_send_back_part(struct desk *desk, int64_t batch, int64_t now, size_t *done,
                                bool *finished, struct error *error)
{
    return review_part(desk, batch, false, now, done, finished, error);
}

enum status desk_draft_for_all(struct desk *desk, int64_t draft, bool all, int64_t now,
                               struct error *error)
{
    struct arena arena = {0};
    struct response response;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = response_read(desk->store, draft, &arena, &response, error);
    if (status == OK && (response.author_id != desk->self.id || response.state != RESPONSE_DRAFT))
        status = error_set(error, STATUS_REFUSED, _("response %lld is no draft of yours"),
                           (long long)draft);
    if (status == OK) {
        response.batch = all ? draft : 0;
        response.changed_at = now;
        status = response_write(desk->store, &response, desk->self.id, error);
    }
    arena_free(&arena);
    return desk_finish(desk, status, error);
}
