/* The comments of a worked example, with their moments counted back from now. */
#include "exchange/examples_load.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"
#include "text/guess.h"

#include <stdlib.h>

static const char example_source[] = "examples";

enum { DEEDS_FIRST = 256 };

static const double HOURS_TO_FIRST_TAGS = 0.1;

/* What the comments of one file share. */
struct batch {
    const struct consultation *consultation;
    struct section *sections;
    size_t section_count;
    struct str file;
};

enum status examples_moment(const struct loader *loader, const struct json_item *item,
                            const char *hours_name, int64_t since, int64_t *at, struct error *error)
{
    double hours;
    enum status status = json_item_number(item, hours_name, true, &hours, error);
    *at = since + (int64_t)(hours * (double)SECONDS_AN_HOUR);
    if (status == OK && (*at > loader->now || *at < since))
        status = json_item_wrong(
            item, error, _("\"%s\" leads to before the comment, or after today"), hours_name);
    return status;
}

/* Puts a deed on the list; hours_name is when it was done, after its comment. */
static enum status add_deed(struct loader *loader, enum deed_kind kind, const char *hours_name,
                            const struct json_item *item, const struct deed *about,
                            struct error *error)
{
    struct deed deed = *about;
    deed.kind = kind;
    deed.order = loader->deed_count;
    deed.item = *item;
    deed.item.file = deed.file.data;
    enum status status =
        examples_moment(loader, item, hours_name, about->submitted_at, &deed.at, error);
    if (status != OK)
        return status;
    if (loader->deed_count == loader->deed_capacity) {
        loader->deed_capacity = loader->deed_capacity ? 2 * loader->deed_capacity : DEEDS_FIRST;
        loader->deeds = memory_resize(loader->deeds, loader->deed_capacity, sizeof *loader->deeds);
    }
    json_incref(deed.item.object);
    loader->deeds[loader->deed_count++] = deed;
    return OK;
}

/* Tags on a comment nobody decided on yet: a trainee put them on soon after it came. */
static enum status add_first_tags(struct loader *loader, const struct json_item *item, json_t *tags,
                                  const struct deed *about, struct error *error)
{
    struct json_item tagging = *item;
    tagging.object = json_pack("{s:f, s:O}", "after_hours", HOURS_TO_FIRST_TAGS, "tags", tags);
    if (!tagging.object)
        memory_exhausted();
    enum status status = add_deed(loader, DEED_TAG, "after_hours", &tagging, about, error);
    json_decref(tagging.object);
    return status;
}

static enum status add_decision(struct loader *loader, const struct json_item *item,
                                const struct deed *about, struct error *error)
{
    struct json_item decision;
    json_t *tags;
    enum status status = json_item_inner(item, "decision", &decision, error);
    if (status == OK)
        status = json_item_array(item, "tags", &tags, error);
    if (status == OK && tags && !decision.object)
        return add_first_tags(loader, item, tags, about, error);
    if (status != OK || !decision.object)
        return status;
    status = add_deed(loader, DEED_DECIDE, "after_hours", &decision, about, error);
    if (status != OK || !tags)
        return status;
    /* Who decided put the tags on: they go with the decision. */
    json_object_set(decision.object, "tags", tags);
    return add_deed(loader, DEED_TAG, "after_hours", &decision, about, error);
}

static enum status add_notes(struct loader *loader, const struct json_item *item,
                             const struct deed *about, struct error *error)
{
    json_t *notes;
    enum status status = json_item_array(item, "notes", &notes, error);
    for (size_t i = 0; status == OK && i < json_array_size(notes); i++) {
        struct json_item note = {item->file, item->line, json_array_get(notes, i)};
        status = add_deed(loader, DEED_NOTE, "after_hours", &note, about, error);
    }
    return status;
}

static enum status add_response(struct loader *loader, const struct json_item *item,
                                const struct deed *about, struct error *error)
{
    struct json_item response;
    struct str state;
    enum status status = json_item_inner(item, "response", &response, error);
    if (status != OK || !response.object)
        return status;
    status = json_item_text(&response, "state", true, &state, error);
    if (status == OK)
        status = add_deed(loader, DEED_RESPOND, "after_hours", &response, about, error);
    if (status == OK && str_equal(state, str_of("published")))
        status = add_deed(loader, DEED_PUBLISH, "published_after_hours", &response, about, error);
    return status;
}

static enum status add_deeds(struct loader *loader, const struct json_item *item,
                             const struct comment *comment, struct str file, struct error *error)
{
    struct deed about = {
        .comment = comment->id, .submitted_at = comment->submitted_at, .file = file};
    enum status status = add_decision(loader, item, &about, error);
    if (status == OK)
        status = add_notes(loader, item, &about, error);
    if (status == OK)
        status = add_response(loader, item, &about, error);
    return status;
}

static enum status read_texts(const struct json_item *item, struct comment *comment,
                              struct error *error)
{
    const struct {
        const char *name;
        bool needed;
        struct str *text;
    } texts[] = {
        {"id", true, &comment->source_id},       {"channel", true, &comment->channel},
        {"author", false, &comment->author},     {"author_key", false, &comment->author_key},
        {"language", false, &comment->language}, {"body", true, &comment->body},
    };
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof texts / sizeof *texts; i++)
        status = json_item_text(item, texts[i].name, texts[i].needed, texts[i].text, error);
    comment->body_size = comment->body.size;
    if (comment->language.size == 0)
        comment->language = str_of(guess_language(comment->body));
    return status;
}

static enum status read_moment(const struct loader *loader, const struct json_item *item,
                               struct comment *comment, struct error *error)
{
    double days;
    enum status status = json_item_number(item, "days_ago", true, &days, error);
    if (status == OK && days < 0)
        status = json_item_wrong(item, error, _("\"days_ago\" is below zero"));
    comment->submitted_at = loader->now - (int64_t)(days * (double)SECONDS_A_DAY);
    comment->received_at = comment->submitted_at;
    return status;
}

static enum status read_section(const struct json_item *item, const struct batch *batch,
                                struct comment *comment, struct error *error)
{
    double ordinal;
    enum status status = json_item_number(item, "section", false, &ordinal, error);
    if (status != OK || ordinal == 0)
        return status;
    for (size_t i = 0; i < batch->section_count; i++) {
        if (batch->sections[i].ordinal == (int)ordinal)
            comment->section_id = batch->sections[i].id;
    }
    return comment->section_id
               ? OK
               : json_item_wrong(item, error, _("there is no section %d"), (int)ordinal);
}

static enum status read_parent(const struct loader *loader, const struct json_item *item,
                               struct comment *comment, struct error *error)
{
    struct str parent;
    enum status status = json_item_text(item, "parent", false, &parent, error);
    if (status != OK || parent.size == 0)
        return status;
    status = comment_by_source(loader->store, str_of(example_source), parent, &comment->parent_id,
                               error);
    if (status == STATUS_NOT_FOUND)
        status = json_item_wrong(item, error, _("there is no comment '%.*s' before this one"),
                                 STR_FORMAT(parent));
    return status;
}

static enum status add_comment(struct loader *loader, const struct json_item *item, void *context,
                               struct error *error)
{
    const struct batch *batch = context;
    struct comment comment = {.consultation_id = batch->consultation->id,
                              .source = str_of(example_source)};
    enum comment_outcome outcome = COMMENT_ADDED;
    enum status status = read_texts(item, &comment, error);
    if (status == OK)
        status = read_moment(loader, item, &comment, error);
    if (status == OK)
        status = read_section(item, batch, &comment, error);
    if (status == OK)
        status = read_parent(loader, item, &comment, error);
    if (status == OK)
        status = comment_add(loader->store, &comment, &outcome, error);
    if (status == OK && outcome != COMMENT_ADDED)
        status = json_item_wrong(item, error, _("there is another comment '%.*s'"),
                                 STR_FORMAT(comment.source_id));
    return status == OK ? add_deeds(loader, item, &comment, batch->file, error) : status;
}

enum status examples_load_comments(struct loader *loader, const struct consultation *consultation,
                                   struct error *error)
{
    struct batch batch = {.consultation = consultation};
    batch.file =
        str_of(arena_printf(&loader->arena, "examples/%.*s.jsonl", STR_FORMAT(consultation->slug)));
    enum status status = section_list(loader->store, consultation->id, &loader->arena,
                                      &batch.sections, &batch.section_count, error);
    if (status == OK)
        status = examples_each(loader, batch.file.data, add_comment, &batch, error);
    return status;
}
