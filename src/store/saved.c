/* Saved searches. */
#include "store/saved.h"

#include "base/buffer.h"
#include "base/language.h"
#include "store/internal.h"

enum status saved_search_list(struct store *store, int64_t moderator, struct arena *arena,
                              struct saved_search **searches, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT name, query, saved_at FROM saved_search WHERE moderator_id = ?1"
                    " ORDER BY name");
    statement_bind(&statement, moderator);
    while (statement_next(&statement)) {
        struct saved_search *search = list_add(&list, arena, sizeof *search);
        search->name = statement_text(&statement, arena);
        search->query = statement_text(&statement, arena);
        search->saved_at = statement_integer(&statement);
    }
    *searches = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

/* Says which there are. */
static enum status refuse(struct store *store, int64_t moderator, struct str name,
                          struct error *error)
{
    struct arena arena = {0};
    struct buffer known = {0};
    struct saved_search *searches;
    size_t count;
    enum status status = saved_search_list(store, moderator, &arena, &searches, &count, error);
    for (size_t i = 0; status == OK && i < count; i++)
        buffer_printf(&known, "%s%.*s", i > 0 ? ", " : "", STR_FORMAT(searches[i].name));
    if (status == OK && count == 0)
        status =
            error_set(error, STATUS_NOT_FOUND,
                      _("there is no saved search '%.*s', nor any other yet"), STR_FORMAT(name));
    else if (status == OK)
        status =
            error_set(error, STATUS_NOT_FOUND, _("there is no saved search '%.*s'; there are: %s"),
                      STR_FORMAT(name), buffer_text(&known));
    buffer_free(&known);
    arena_free(&arena);
    return status;
}

enum status saved_search_find(struct store *store, int64_t moderator, struct str name,
                              struct arena *arena, struct str *query, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT query FROM saved_search WHERE moderator_id = ?1 AND name = ?2");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, name);
    bool found = statement_next(&statement);
    if (found)
        *query = statement_text(&statement, arena);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? refuse(store, moderator, name, error) : status;
}

enum status saved_search_write(struct store *store, int64_t moderator,
                               const struct saved_search *search, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO saved_search (moderator_id, name, query, saved_at)"
                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (moderator_id, name)"
                    " DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, search->name);
    statement_bind_text(&statement, search->query);
    statement_bind(&statement, search->saved_at);
    return statement_run(&statement, error);
}

enum status saved_search_delete(struct store *store, int64_t moderator, struct str name,
                                bool *there, struct error *error)
{
    struct statement statement;
    int64_t one = 0;
    statement_start(&statement, store,
                    "DELETE FROM saved_search WHERE moderator_id = ?1 AND name = ?2 RETURNING 1");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, name);
    *there = statement_single(&statement, &one);
    return statement_run(&statement, error);
}
