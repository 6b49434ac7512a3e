/* Replies: a file may bring an answer before what it answers, so those wait until the file is in.
 * Only the numbers and the parent's name are kept, not the rows. */
#include "exchange/import_session.h"

#include "base/language.h"
#include "base/memory.h"
#include "text/utf8.h"

#include <stdlib.h>

enum {
    REPLIES_FIRST = 64,
    NESTED_MOST = 1000, /* replies to replies: nobody writes so deep, and no reader gets there */
    QUOTED_CHARACTERS_BYTES = 120,
};

struct reply {
    int64_t child, line;
    struct str parent;
};

void import_reply_wait(struct import_session *session, int64_t child, int64_t line,
                       struct str parent)
{
    struct import_replies *replies = &session->replies;
    if (replies->count == replies->capacity) {
        replies->capacity = replies->capacity ? 2 * replies->capacity : REPLIES_FIRST;
        replies->list = memory_resize(replies->list, replies->capacity, sizeof *replies->list);
    }
    replies->list[replies->count++] =
        (struct reply){child, line, arena_copy(&replies->names, parent)};
}

/* Whether child stands among the ancestors of parent, or too many do. */
static enum status check_ancestors(struct import_session *session, int64_t child, int64_t parent,
                                   struct error *error)
{
    struct arena arena = {0};
    struct comment ancestor = {.parent_id = parent};
    enum status status = OK;
    int depth = 0;
    while (status == OK && ancestor.parent_id != 0 && ancestor.parent_id != child &&
           depth < NESTED_MOST) {
        depth++;
        status =
            comment_read(session->desk->store, ancestor.parent_id, 0, 0, &arena, &ancestor, error);
        arena_reset(&arena);
    }
    arena_free(&arena);
    if (status != OK || ancestor.parent_id == 0)
        return status;
    if (ancestor.parent_id == child)
        return error_set(error, STATUS_REFUSED,
                         _("this comment is said to reply to itself; it was kept as the start of a "
                           "thread"));
    return error_set(error, STATUS_REFUSED,
                     _("replies stand over %d deep here; this one was kept as the start of a "
                       "thread"),
                     NESTED_MOST);
}

enum status import_reply_link(struct import_session *session, int64_t child, int64_t parent,
                              struct error *error)
{
    struct comment read, answered;
    struct store *store = session->desk->store;
    enum status status = comment_read(store, child, 0, 0, &session->row, &read, error);
    if (status != OK || read.parent_id != 0)
        return status;
    status = comment_read(store, parent, 0, 0, &session->row, &answered, error);
    if (status == OK && answered.consultation_id != read.consultation_id)
        status = error_set(error, STATUS_REFUSED,
                           _("this comment replies to one of another consultation; it was kept as "
                             "the start of a thread"));
    if (status == OK)
        status = check_ancestors(session, child, parent, error);
    if (status == OK)
        status = comment_set_parent(store, child, parent, error);
    return status;
}

/* Says that the parent never came. Systems that number their comments write 0 for "no parent". */
static void report_orphan(struct import_session *session, const struct reply *reply)
{
    struct error why;
    struct buffer name = {0};
    if (str_equal(reply->parent, str_of("0")))
        return;
    utf8_add_valid(&name, str_part(reply->parent, 0, QUOTED_CHARACTERS_BYTES));
    error_set(&why, STATUS_INPUT,
              _("it replies to '%s', which is not in this source; it was kept as the start of a "
                "thread"),
              buffer_text(&name));
    buffer_free(&name);
    import_remark(session, reply->line, &why);
}

static enum status settle(struct import_session *session, const struct reply *reply,
                          struct error *error)
{
    int64_t parent;
    struct error why;
    enum status status = comment_by_source(session->desk->store, session->options->source,
                                           reply->parent, &parent, error);
    if (status == STATUS_NOT_FOUND) {
        report_orphan(session, reply);
        return OK;
    }
    if (status != OK)
        return status;
    status = import_reply_link(session, reply->child, parent, &why);
    if (status == STATUS_REFUSED) {
        import_remark(session, reply->line, &why);
        return OK;
    }
    if (status != OK && error)
        *error = why;
    return status;
}

enum status import_replies_settle(struct import_session *session, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < session->replies.count; i++) {
        arena_reset(&session->row);
        status = settle(session, &session->replies.list[i], error);
    }
    return status;
}

void import_replies_free(struct import_replies *replies)
{
    free(replies->list);
    arena_free(&replies->names);
    *replies = (struct import_replies){0};
}
