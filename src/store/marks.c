/* What moderators put on comments by name: reasons and tags; and the templates they answer with. */
#include "store/catalog.h"

#include "base/language.h"
#include "store/internal.h"
#include "store/recall.h"

/* --- Reasons --- */

static void read_reason(struct statement *statement, struct arena *arena, struct reason *reason)
{
    reason->id = statement_integer(statement);
    reason->slug = statement_text(statement, arena);
    reason->label.ar = statement_text(statement, arena);
    reason->label.en = statement_text(statement, arena);
}

enum status reason_list(struct store *store, struct arena *arena, struct reason **reasons,
                        size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_recall(&statement, store,
                     "SELECT id, slug, label_ar, label_en FROM reason ORDER BY id", RECALL_SUMS);
    while (statement_next(&statement))
        read_reason(&statement, arena, list_add(&list, arena, sizeof(struct reason)));
    *reasons = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status reason_find(struct store *store, struct str slug, struct arena *arena,
                        struct reason *reason, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, slug, label_ar, label_en FROM reason WHERE slug = ?1");
    statement_bind_text(&statement, slug);
    bool found = statement_next(&statement);
    if (found)
        read_reason(&statement, arena, reason);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no reason '%.*s'"), STR_FORMAT(slug));
    return status;
}

enum status reason_add(struct store *store, struct reason *reason, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO reason (slug, label_ar, label_en) VALUES (?1, ?2, ?3)"
                    " ON CONFLICT (slug) DO UPDATE SET label_ar = excluded.label_ar,"
                    " label_en = excluded.label_en"
                    " RETURNING id");
    statement_bind_text(&statement, reason->slug);
    statement_bind_text(&statement, reason->label.ar);
    statement_bind_text(&statement, reason->label.en);
    statement_single(&statement, &reason->id);
    return statement_run(&statement, error);
}

/* --- Tags --- */

static void read_tag(struct statement *statement, struct arena *arena, struct tag *tag)
{
    tag->id = statement_integer(statement);
    tag->slug = statement_text(statement, arena);
    tag->label.ar = statement_text(statement, arena);
    tag->label.en = statement_text(statement, arena);
}

enum status tag_list(struct store *store, struct arena *arena, struct tag **tags, size_t *count,
                     struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, slug, label_ar, label_en FROM tag ORDER BY slug");
    while (statement_next(&statement))
        read_tag(&statement, arena, list_add(&list, arena, sizeof(struct tag)));
    *tags = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status tag_find(struct store *store, struct str slug, struct arena *arena, struct tag *tag,
                     struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, slug, label_ar, label_en FROM tag WHERE slug = ?1");
    statement_bind_text(&statement, slug);
    bool found = statement_next(&statement);
    if (found)
        read_tag(&statement, arena, tag);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no tag '%.*s'"), STR_FORMAT(slug));
    return status;
}

enum status tag_add(struct store *store, struct tag *tag, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO tag (slug, label_ar, label_en) VALUES (?1, ?2, ?3)"
                    " ON CONFLICT (slug) DO UPDATE SET label_ar = excluded.label_ar,"
                    " label_en = excluded.label_en"
                    " RETURNING id");
    statement_bind_text(&statement, tag->slug);
    statement_bind_text(&statement, tag->label.ar);
    statement_bind_text(&statement, tag->label.en);
    statement_single(&statement, &tag->id);
    return statement_run(&statement, error);
}

/* --- Templates --- */

enum status template_list(struct store *store, struct arena *arena, struct template **templates,
                          size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id, slug, language, title, body FROM template ORDER BY slug, language");
    while (statement_next(&statement)) {
        struct template *template = list_add(&list, arena, sizeof *template);
        template->id = statement_integer(&statement);
        template->slug = statement_text(&statement, arena);
        template->language = statement_text(&statement, arena);
        template->title = statement_text(&statement, arena);
        template->body = statement_text(&statement, arena);
    }
    *templates = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status template_add(struct store *store, struct template *template, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO template (slug, language, title, body) VALUES (?1, ?2, ?3, ?4)"
                    " ON CONFLICT (slug, language) DO UPDATE SET title = excluded.title,"
                    " body = excluded.body"
                    " RETURNING id");
    statement_bind_text(&statement, template->slug);
    statement_bind_text(&statement, template->language);
    statement_bind_text(&statement, template->title);
    statement_bind_text(&statement, template->body);
    statement_single(&statement, &template->id);
    return statement_run(&statement, error);
}
