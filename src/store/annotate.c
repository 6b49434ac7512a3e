/* What moderators add to a comment beside decisions: tags and notes. */
#include "store/record.h"

#include "store/log_internal.h"

static enum status record_tag(struct store *store, const char *kind, int64_t comment, int64_t tag,
                              int64_t moderator, int64_t now, struct error *error)
{
    struct statement what;
    statement_start(&what, store, "SELECT json_object('tag', slug) FROM tag WHERE id = ?1");
    statement_bind(&what, tag);
    return log_from(
        store,
        (struct log_row){
            .at = now, .moderator_id = moderator, .kind = str_of(kind), .subject_id = comment},
        &what, error);
}

enum status comment_tag_add(struct store *store, int64_t comment, int64_t tag, int64_t moderator,
                            int64_t now, bool *changed, struct error *error)
{
    int64_t added = 0;
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO comment_tag (comment_id, tag_id, moderator_id, tagged_at)"
                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (comment_id, tag_id) DO NOTHING"
                    " RETURNING 1");
    statement_bind(&statement, comment);
    statement_bind(&statement, tag);
    statement_bind(&statement, moderator);
    statement_bind(&statement, now);
    statement_single(&statement, &added);
    *changed = added != 0;
    enum status status = statement_run(&statement, error);
    if (status != OK || !*changed)
        return status;
    return record_tag(store, "tag", comment, tag, moderator, now, error);
}

enum status comment_tag_remove(struct store *store, int64_t comment, int64_t tag, int64_t moderator,
                               int64_t now, bool *changed, struct error *error)
{
    int64_t removed = 0;
    struct statement statement;
    statement_start(&statement, store,
                    "DELETE FROM comment_tag WHERE comment_id = ?1 AND tag_id = ?2 RETURNING 1");
    statement_bind(&statement, comment);
    statement_bind(&statement, tag);
    statement_single(&statement, &removed);
    *changed = removed != 0;
    enum status status = statement_run(&statement, error);
    if (status != OK || !*changed)
        return status;
    return record_tag(store, "untag", comment, tag, moderator, now, error);
}

enum status comment_tags(struct store *store, int64_t comment, struct arena *arena,
                         struct tag **tags, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT tag.id, tag.slug, tag.label_ar, tag.label_en"
                    " FROM comment_tag JOIN tag ON tag.id = comment_tag.tag_id"
                    " WHERE comment_tag.comment_id = ?1 ORDER BY tag.slug");
    statement_bind(&statement, comment);
    while (statement_next(&statement)) {
        struct tag *tag = list_add(&list, arena, sizeof *tag);
        tag->id = statement_integer(&statement);
        tag->slug = statement_text(&statement, arena);
        tag->label.ar = statement_text(&statement, arena);
        tag->label.en = statement_text(&statement, arena);
    }
    *tags = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

enum status note_add(struct store *store, int64_t comment, int64_t moderator, struct str body,
                     int64_t now, int64_t *id, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO note (comment_id, moderator_id, body, written_at)"
                    " VALUES (?1, ?2, ?3, ?4) RETURNING id");
    statement_bind(&statement, comment);
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, body);
    statement_bind(&statement, now);
    statement_single(&statement, id);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store, "SELECT " LOG_NOTE " FROM note AS n WHERE n.id = ?1");
    statement_bind(&statement, *id);
    return log_from(
        store,
        (struct log_row){
            .at = now, .moderator_id = moderator, .kind = str_of("note"), .subject_id = *id},
        &statement, error);
}
