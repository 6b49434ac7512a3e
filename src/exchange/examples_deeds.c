/* What the example moderators did, done again in the order of time and under the desk's rules. */
#include "exchange/examples_load.h"

#include "base/language.h"

#include <stdlib.h>

/* The desk of who did it: of the login called name or, for tags of nobody, of a trainee. */
static enum status find_desk(struct loader *loader, const struct deed *deed, const char *name,
                             struct desk **desk, struct error *error)
{
    struct str login;
    enum status status = json_item_text(&deed->item, name, deed->kind != DEED_TAG, &login, error);
    if (status != OK)
        return status;
    for (size_t i = 0; i < loader->desk_count; i++) {
        const struct moderator *self = &loader->desks[i].self;
        if (login.size ? str_equal(self->login, login) : self->role == ROLE_TRAINEE) {
            *desk = &loader->desks[i];
            return OK;
        }
    }
    if (login.size == 0)
        return json_item_wrong(&deed->item, error, _("there is no trainee who could have tagged"));
    return json_item_wrong(&deed->item, error, _("there is no moderator '%.*s'"),
                           STR_FORMAT(login));
}

static enum status decide(struct loader *loader, const struct deed *deed, struct desk *desk,
                          struct error *error)
{
    struct str action_word, reason_slug, note;
    enum action action;
    struct reason reason = {0};
    enum status status = json_item_text(&deed->item, "action", true, &action_word, error);
    if (status == OK)
        status = json_item_text(&deed->item, "reason", false, &reason_slug, error);
    if (status == OK)
        status = json_item_text(&deed->item, "note", false, &note, error);
    if (status != OK)
        return status;
    if (!action_from_name(action_word, &action) || action == ACTION_UNDO)
        return json_item_wrong(&deed->item, error, _("there is no action '%.*s'"),
                               STR_FORMAT(action_word));
    if (reason_slug.size > 0)
        status = reason_find(loader->store, reason_slug, &loader->arena, &reason, error);
    if (status == OK)
        status = desk_decide_within(desk, deed->comment, 0, action, reason.id, note, deed->at, 0,
                                    NULL, error);
    return status;
}

static enum status tag(struct loader *loader, const struct deed *deed, struct desk *desk,
                       struct error *error)
{
    json_t *tags = json_object_get(deed->item.object, "tags");
    size_t count = json_array_size(tags), changed;
    struct str *slugs = arena_new(&loader->arena, count + 1, sizeof *slugs);
    for (size_t i = 0; i < count; i++)
        slugs[i] = str_of(json_string_value(json_array_get(tags, i)));
    return desk_tag_within(desk, &deed->comment, 1, slugs, count, NULL, 0, false, deed->at,
                           &changed, error);
}

static enum status note(const struct deed *deed, struct desk *desk, struct error *error)
{
    struct str body;
    enum status status = json_item_text(&deed->item, "body", true, &body, error);
    return status == OK ? desk_note_within(desk, deed->comment, body, deed->at, error) : status;
}

static enum status respond(const struct deed *deed, struct desk *desk, struct error *error)
{
    struct str body, state;
    int64_t id;
    enum status status = json_item_text(&deed->item, "body", true, &body, error);
    if (status == OK)
        status = json_item_text(&deed->item, "state", true, &state, error);
    if (status == OK)
        status = desk_draft_keep_within(desk, deed->comment, body, deed->at, &id, error);
    if (status == OK && !str_equal(state, str_of("draft")))
        status = desk_submit_within(desk, id, deed->at, error);
    return status;
}

/* Publishes what waits for review at this comment. */
static enum status publish(struct loader *loader, const struct deed *deed, struct desk *desk,
                           struct error *error)
{
    struct response *list;
    size_t count = 0;
    int64_t waiting = 0;
    enum status status =
        response_list(loader->store, deed->comment, &loader->arena, &list, &count, error);
    for (size_t i = 0; i < count; i++) {
        if (list[i].state == RESPONSE_SUBMITTED)
            waiting = list[i].id;
    }
    return status == OK ? desk_publish_within(desk, waiting, deed->at, error) : status;
}

static enum status do_deed(struct loader *loader, const struct deed *deed, struct error *error)
{
    struct desk *desk = NULL;
    const char *who = deed->kind == DEED_PUBLISH ? "reviewer" : "by";
    enum status status = find_desk(loader, deed, who, &desk, error);
    if (status != OK)
        return status;
    switch (deed->kind) {
    case DEED_DECIDE:
        status = decide(loader, deed, desk, error);
        break;
    case DEED_TAG:
        status = tag(loader, deed, desk, error);
        break;
    case DEED_NOTE:
        status = note(deed, desk, error);
        break;
    case DEED_RESPOND:
        status = respond(deed, desk, error);
        break;
    case DEED_PUBLISH:
        status = publish(loader, deed, desk, error);
        break;
    }
    /* What the reading functions find wrong has its place already. */
    if (status != OK && status != STATUS_INPUT)
        status = error_prefix(error, STATUS_INPUT, "%s:%lld", deed->item.file,
                              (long long)deed->item.line);
    return status;
}

static int by_time(const void *left, const void *right)
{
    const struct deed *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

enum status examples_do_deeds(struct loader *loader, struct error *error)
{
    enum status status = OK;
    if (loader->deed_count > 0)
        qsort(loader->deeds, loader->deed_count, sizeof *loader->deeds, by_time);
    for (size_t i = 0; status == OK && i < loader->deed_count; i++)
        status = do_deed(loader, &loader->deeds[i], error);
    return status;
}
