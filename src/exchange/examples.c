/* The worked examples: what is there before anyone writes (lists, agencies, people, consultations),
 * and the one transaction around everything. */
#include "exchange/examples.h"

#include "base/language.h"
#include "base/memory.h"
#include "base/moment.h"
#include "exchange/examples_load.h"

#include <stdlib.h>

enum status examples_each(struct loader *loader, const char *name,
                          enum status (*add)(struct loader *loader, const struct json_item *item,
                                             void *context, struct error *error),
                          void *context, struct error *error)
{
    struct json_list list;
    enum status status = json_list_open(&list, loader->share, name, error);
    while (status == OK && (status = json_list_next(&list, error)) == OK)
        status = add(loader, &list.item, context, error);
    json_list_close(&list);
    return status == STATUS_EMPTY ? OK : status;
}

/* slug, and a label in both languages under names such as "label_ar" and "label_en". */
static enum status read_labelled(const struct json_item *item, const char *ar, const char *en,
                                 struct str *slug, struct label *label, struct error *error)
{
    enum status status = slug ? json_item_text(item, "slug", true, slug, error) : OK;
    if (status == OK)
        status = json_item_text(item, ar, true, &label->ar, error);
    if (status == OK)
        status = json_item_text(item, en, true, &label->en, error);
    return status;
}

static enum status add_reason(struct loader *loader, const struct json_item *item, void *context,
                              struct error *error)
{
    struct reason reason = {0};
    (void)context;
    enum status status =
        read_labelled(item, "label_ar", "label_en", &reason.slug, &reason.label, error);
    return status == OK ? reason_add(loader->store, &reason, error) : status;
}

static enum status add_tag(struct loader *loader, const struct json_item *item, void *context,
                           struct error *error)
{
    struct tag tag = {0};
    (void)context;
    enum status status = read_labelled(item, "label_ar", "label_en", &tag.slug, &tag.label, error);
    return status == OK ? tag_add(loader->store, &tag, error) : status;
}

static enum status add_template(struct loader *loader, const struct json_item *item, void *context,
                                struct error *error)
{
    struct template template = {0};
    (void)context;
    enum status status = json_item_text(item, "slug", true, &template.slug, error);
    if (status == OK)
        status = json_item_text(item, "language", true, &template.language, error);
    if (status == OK)
        status = json_item_text(item, "title", true, &template.title, error);
    if (status == OK)
        status = json_item_text(item, "body", true, &template.body, error);
    return status == OK ? template_add(loader->store, &template, error) : status;
}

static enum status load_lists(struct loader *loader, struct error *error)
{
    enum status status = examples_each(loader, "reasons.json", add_reason, NULL, error);
    if (status == OK)
        status = examples_each(loader, "tags.json", add_tag, NULL, error);
    if (status == OK)
        status = examples_each(loader, "templates.json", add_template, NULL, error);
    return status;
}

/* What an agency says of its working hours and promises, where it says anything. */
static enum status add_agreements(struct loader *loader, const struct json_item *item,
                                  int64_t agency, struct error *error)
{
    struct calendar_hours hours = {
        .agency_id = agency, .first_day = CALENDAR_FIRST_DAY, .last_day = CALENDAR_LAST_DAY};
    struct agency_promise promise = {.agency_id = agency};
    struct work_week week;
    struct work_promise read;
    bool changed;
    enum status status = json_item_text(item, "hours", false, &hours.hours, error);
    if (status == OK)
        status = json_item_text(item, "decide", false, &promise.decide, error);
    if (status == OK)
        status = json_item_text(item, "answer", false, &promise.answer, error);
    if (status != OK)
        return status;
    if ((hours.hours.size > 0 && !work_week_parse(hours.hours, &week)) ||
        (promise.decide.size > 0 && !work_promise_parse(promise.decide, &read)) ||
        (promise.answer.size > 0 && !work_promise_parse(promise.answer, &read)))
        return json_item_wrong(item, error, _("the working hours or the promise cannot be read"));
    if (hours.hours.size > 0)
        status = calendar_hours_write(loader->store, &hours, &changed, error);
    return status == OK ? agency_promise_write(loader->store, &promise, &changed, error) : status;
}

static enum status add_agency(struct loader *loader, const struct json_item *item, void *context,
                              struct error *error)
{
    struct agency agency = {0};
    (void)context;
    enum status status =
        read_labelled(item, "name_ar", "name_en", &agency.slug, &agency.name, error);
    if (status == OK)
        status = agency_add(loader->store, &agency, error);
    return status == OK ? add_agreements(loader, item, agency.id, error) : status;
}

/* A holiday of every year, in the years around now. */
static enum status add_holiday(struct loader *loader, const struct json_item *item, void *context,
                               struct error *error)
{
    struct holiday holiday = {0};
    struct str date;
    char iso[MOMENT_BYTES];
    (void)context;
    int year = atoi(moment_iso(loader->now, iso));
    enum status status = read_labelled(item, "name_ar", "name_en", NULL, &holiday.name, error);
    if (status == OK)
        status = json_item_text(item, "date", true, &date, error);
    for (int one = year - 1; status == OK && one <= year + 1; one++) {
        int64_t moment;
        bool changed;
        const char *text = arena_printf(&loader->arena, "%04d-%.*s", one, STR_FORMAT(date));
        if (!moment_parse(str_of(text), &moment))
            return json_item_wrong(item, error, _("'%s' is no date; write 2026-12-18"), text);
        holiday.day = moment / SECONDS_A_DAY;
        status = holiday_write(loader->store, &holiday, &changed, error);
    }
    return status;
}

static enum status add_moderator(struct loader *loader, const struct json_item *item, void *context,
                                 struct error *error)
{
    struct moderator moderator = {.active = true};
    struct str role;
    (void)context;
    enum status status = json_item_text(item, "login", true, &moderator.login, error);
    if (status == OK)
        status = json_item_text(item, "name", true, &moderator.name, error);
    if (status == OK)
        status = json_item_text(item, "role", true, &role, error);
    if (status == OK && !role_from_name(role, &moderator.role))
        status = json_item_wrong(item, error, _("there is no role '%.*s'"), STR_FORMAT(role));
    return status == OK ? moderator_add(loader->store, &moderator, error) : status;
}

static enum status add_sections(struct loader *loader, const struct json_item *item,
                                int64_t consultation, struct error *error)
{
    json_t *array;
    enum status status = json_item_array(item, "sections", &array, error);
    for (size_t i = 0; status == OK && i < json_array_size(array); i++) {
        struct json_item inner = {item->file, item->line, json_array_get(array, i)};
        struct section section = {.consultation_id = consultation, .ordinal = (int)i + 1};
        status = read_labelled(&inner, "title_ar", "title_en", NULL, &section.title, error);
        if (status == OK)
            status = json_item_text(&inner, "body", true, &section.body, error);
        if (status == OK)
            status = section_add(loader->store, &section, error);
    }
    return status;
}

static enum status read_days(const struct loader *loader, const struct json_item *item,
                             const char *name, int64_t *at, struct error *error)
{
    double days;
    enum status status = json_item_number(item, name, true, &days, error);
    *at = loader->now + (int64_t)(days * (double)SECONDS_A_DAY);
    return status;
}

static enum status read_consultation(struct loader *loader, const struct json_item *item,
                                     struct consultation *consultation, struct error *error)
{
    struct str agency_slug;
    struct agency agency;
    enum status status = read_labelled(item, "title_ar", "title_en", &consultation->slug,
                                       &consultation->title, error);
    if (status == OK)
        status = json_item_text(item, "kind", true, &consultation->kind, error);
    if (status == OK)
        status = read_days(loader, item, "opens_days", &consultation->opens_at, error);
    if (status == OK)
        status = read_days(loader, item, "closes_days", &consultation->closes_at, error);
    if (status == OK)
        status = json_item_text(item, "agency", true, &agency_slug, error);
    if (status != OK)
        return status;
    status = agency_find(loader->store, agency_slug, &loader->arena, &agency, error);
    if (status != OK)
        return error_prefix(error, status, "%s:%lld", item->file, (long long)item->line);
    consultation->agency_id = agency.id;
    return OK;
}

static enum status add_consultation(struct loader *loader, const struct json_item *item,
                                    void *context, struct error *error)
{
    struct consultation consultation = {0};
    (void)context;
    enum status status = read_consultation(loader, item, &consultation, error);
    if (status == OK)
        status = consultation_add(loader->store, &consultation, error);
    if (status == OK)
        status = add_sections(loader, item, consultation.id, error);
    return status;
}

/* Seats everyone, so that each deed is done by who did it and under that person's rights. */
static enum status open_desks(struct loader *loader, struct error *error)
{
    struct moderator *list;
    size_t count = 0;
    enum status status = moderator_list(loader->store, &loader->arena, &list, &count, error);
    loader->desks = memory_new(count + 1, sizeof *loader->desks);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (!list[i].active)
            continue;
        status = desk_open(&loader->desks[loader->desk_count], loader->store, list[i].login, error);
        loader->desk_count += status == OK;
    }
    return status;
}

static enum status load_comments(struct loader *loader, struct error *error)
{
    struct consultation *list;
    size_t count = 0;
    enum status status = consultation_list(loader->store, &loader->arena, &list, &count, error);
    for (size_t i = 0; status == OK && i < count; i++)
        status = examples_load_comments(loader, &list[i], error);
    return status;
}

static enum status load_all(struct loader *loader, struct str login, struct str name,
                            struct error *error)
{
    struct moderator self = {.login = login, .name = name, .role = ROLE_SUPERVISOR, .active = true};
    enum status status = load_lists(loader, error);
    if (status == OK)
        status = examples_each(loader, "examples/agencies.json", add_agency, NULL, error);
    if (status == OK)
        status = examples_each(loader, "examples/holidays.json", add_holiday, NULL, error);
    if (status == OK)
        status = examples_each(loader, "examples/moderators.json", add_moderator, NULL, error);
    if (status == OK)
        status = moderator_add(loader->store, &self, error);
    if (status == OK)
        status =
            examples_each(loader, "examples/consultations.json", add_consultation, NULL, error);
    if (status == OK)
        status = load_comments(loader, error);
    if (status == OK)
        status = open_desks(loader, error);
    if (status == OK)
        status = examples_do_deeds(loader, error);
    return status;
}

static void release(struct loader *loader)
{
    for (size_t i = 0; i < loader->desk_count; i++)
        desk_close(&loader->desks[i]);
    for (size_t i = 0; i < loader->deed_count; i++)
        json_decref(loader->deeds[i].item.object);
    free(loader->desks);
    free(loader->deeds);
    arena_free(&loader->arena);
}

static enum status finish(struct store *store, enum status status, struct error *error)
{
    if (status == OK)
        status = store_commit(store, error);
    if (status != OK)
        store_rollback(store);
    return status;
}

enum status examples_load_lists(struct store *store, const char *share, struct error *error)
{
    struct loader loader = {.store = store, .share = share};
    enum status status = store_begin(store, error);
    if (status == OK)
        status = finish(store, load_lists(&loader, error), error);
    release(&loader);
    return status;
}

enum status examples_load(struct store *store, const char *share, struct str login, struct str name,
                          int64_t now, struct error *error)
{
    struct loader loader = {.store = store, .share = share, .now = now};
    enum status status = store_begin(store, error);
    if (status == OK)
        status = finish(store, load_all(&loader, login, name, error), error);
    release(&loader);
    return status;
}
