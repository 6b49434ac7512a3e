/* Saved searches: each person's own, by name. */
#include "desk/desk.h"

#include "base/language.h"
#include "store/saved.h"
#include "text/utf8.h"

/* A name is a line of text that can be read and typed again. */
static enum status check_name(struct str name, struct error *error)
{
    if (name.size == 0)
        return error_set(error, STATUS_REFUSED, _("a saved search needs a name"));
    if (name.size > SEARCH_NAME_BYTES)
        return error_set(error, STATUS_REFUSED, _("the name is too long; %d bytes are the most"),
                         SEARCH_NAME_BYTES);
    for (size_t at = 0; at < name.size;) {
        enum { DELETE = 0x7f, LAST_CONTROL = 0x9f };
        uint32_t codepoint;
        at += utf8_decode(name, at, &codepoint);
        if (codepoint < ' ' || (codepoint >= DELETE && codepoint <= LAST_CONTROL) ||
            utf8_valid_size(name) != name.size)
            return error_set(error, STATUS_REFUSED,
                             _("the name of a saved search is a line of text, without controls"));
    }
    return OK;
}

enum status desk_search_save(struct desk *desk, struct str name, const struct query *query,
                             int64_t now, struct error *error)
{
    struct arena arena = {0};
    struct saved_search search = {.name = str_trim(name), .saved_at = now};
    enum status status = desk_require(desk, RIGHT_READ, error);
    if (status == OK)
        status = check_name(search.name, error);
    search.query = query_text(query, &arena);
    if (status == OK && search.query.size == 0)
        status = error_set(error, STATUS_REFUSED,
                           _("there is no search to save; search or filter first"));
    if (status == OK)
        status = saved_search_write(desk->store, desk->self.id, &search, error);
    arena_free(&arena);
    return status;
}

enum status desk_search_delete(struct desk *desk, struct str name, struct error *error)
{
    struct arena arena = {0};
    struct str query;
    bool there;
    /* Asked for first, so that who mistypes learns which there are. */
    enum status status =
        saved_search_find(desk->store, desk->self.id, str_trim(name), &arena, &query, error);
    if (status == OK)
        status = saved_search_delete(desk->store, desk->self.id, str_trim(name), &there, error);
    arena_free(&arena);
    return status;
}

enum status desk_query(const struct desk *desk, struct query *query, struct arena *arena,
                       struct error *error)
{
    struct query saved = {0};
    struct str text;
    size_t at;
    enum status status = OK;
    if (query->saved.size > 0)
        status = saved_search_find(desk->store, desk->self.id, query->saved, arena, &text, error);
    if (status == OK && query->saved.size > 0)
        status = query_parse(text, arena, &saved, &at, error);
    if (status == OK && query->saved.size > 0)
        status = query_join(query, &saved, error);
    query->saved = (struct str){0};
    if (str_equal(query->assigned, str_of("me")))
        query->assigned = desk->self.login;
    if (str_equal(query->proposed, str_of("me")))
        query->proposed = desk->self.login;
    return status;
}
