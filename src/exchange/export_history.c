/* The history of a comment going out as JSON. */
#include "exchange/export.h"

#include "base/moment.h"
#include "exchange/json_out.h"

static const char *const kind_names[] = {
    [EVENT_ARRIVED] = "arrived",
    [EVENT_DECISION] = "decision",
    [EVENT_TAG] = "tag",
    [EVENT_NOTE] = "note",
    [EVENT_RESPONSE_DRAFT] = "response_draft",
    [EVENT_RESPONSE_SUBMITTED] = "response_submitted",
    [EVENT_RESPONSE_PUBLISHED] = "response_published",
};

static void set_text(json_t *object, const char *name, struct str text)
{
    if (text.size > 0)
        json_object_set_new(object, name, json_out_string(text));
}

static void set_decision(json_t *object, const struct event *event)
{
    json_object_set_new(object, "id", json_integer(event->id));
    set_text(object, "action", str_of(action_name(event->action)));
    set_text(object, "to_state", str_of(state_name(event->to_state)));
    set_text(object, "reason", event->slug);
    set_text(object, "note", event->body);
    if (event->undoes_id)
        json_object_set_new(object, "undoes_id", json_integer(event->undoes_id));
    json_object_set_new(object, "undone", json_boolean(event->undone));
}

static json_t *event_object(const struct event *event)
{
    char at[MOMENT_BYTES];
    json_t *object = json_object();
    set_text(object, "kind", str_of(kind_names[event->kind]));
    set_text(object, "at", str_of(moment_iso(event->at, at)));
    json_object_set_new(object, "who", json_out_string(event->who));
    if (event->kind == EVENT_DECISION)
        set_decision(object, event);
    else if (event->kind == EVENT_TAG)
        set_text(object, "tag", event->slug);
    else
        set_text(object, "body", event->body);
    return object;
}

enum status export_history(struct desk *desk, int64_t comment, FILE *out, struct error *error)
{
    struct arena arena = {0};
    struct comment read;
    struct event *events;
    size_t count;
    enum status status = desk_require(desk, RIGHT_READ, error);
    if (status == OK)
        status = comment_read(desk->store, comment, 0, 0, &arena, &read, error);
    if (status == OK)
        status = comment_history(desk->store, comment, &arena, &events, &count, error);
    if (status == OK) {
        json_t *array = json_array();
        for (size_t i = 0; i < count; i++)
            json_array_append_new(array, event_object(&events[i]));
        status = json_out_write(array, out, error);
    }
    arena_free(&arena);
    return status;
}
