/* Tags: put on and taken off by slug, made when they are new. */
#include "desk/within.h"

#include "base/language.h"
#include "text/slug.h"

static enum status find_tag(struct desk *desk, struct str slug, bool create, struct arena *arena,
                            struct tag *tag, struct error *error)
{
    if (!slug_valid(slug, "-"))
        return error_set(error, STATUS_REFUSED,
                         _("'%.*s' cannot be a tag: a tag is letters, digits and '-', at most %d "
                           "characters, such as public-transport"),
                         STR_FORMAT(slug), SLUG_MOST);
    enum status status = tag_find(desk->store, slug, arena, tag, error);
    if (status != STATUS_NOT_FOUND || !create)
        return status;
    *tag = (struct tag){.slug = slug, .label = {slug, slug}};
    return tag_add(desk->store, tag, error);
}

static enum status change_tag(struct desk *desk, const int64_t *comments, size_t count,
                              const struct tag *tag, bool add, int64_t now, size_t *changed,
                              struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        bool different = false;
        status = add ? comment_tag_add(desk->store, comments[i], tag->id, desk->self.id, now,
                                       &different, error)
                     : comment_tag_remove(desk->store, comments[i], tag->id, desk->self.id, now,
                                          &different, error);
        *changed += different;
    }
    return status;
}

static enum status check_comments(struct desk *desk, const int64_t *comments, size_t count,
                                  struct error *error)
{
    struct arena arena = {0};
    enum status status = OK;
    for (size_t i = 0; status == OK && i < count; i++) {
        struct comment comment;
        status = desk_require_on(desk, RIGHT_TAG, comments[i], &arena, &comment, error);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return status;
}

enum status desk_tag_within(struct desk *desk, const int64_t *comments, size_t comment_count,
                            const struct str *add, size_t add_count, const struct str *remove,
                            size_t remove_count, bool create, int64_t now, size_t *changed,
                            struct error *error)
{
    struct arena arena = {0};
    struct tag tag;
    *changed = 0;
    enum status status = desk_require(desk, RIGHT_TAG, error);
    if (status == OK)
        status = check_comments(desk, comments, comment_count, error);
    for (size_t i = 0; status == OK && i < add_count; i++) {
        status = find_tag(desk, add[i], create, &arena, &tag, error);
        if (status == OK)
            status = change_tag(desk, comments, comment_count, &tag, true, now, changed, error);
    }
    for (size_t i = 0; status == OK && i < remove_count; i++) {
        status = find_tag(desk, remove[i], false, &arena, &tag, error);
        if (status == OK)
            status = change_tag(desk, comments, comment_count, &tag, false, now, changed, error);
    }
    arena_free(&arena);
    return status;
}

enum status desk_tag(struct desk *desk, const int64_t *comments, size_t comment_count,
                     const struct str *add, size_t add_count, const struct str *remove,
                     size_t remove_count, bool create, int64_t now, size_t *changed,
                     struct error *error)
{
    *changed = 0;
    size_t done = 0;
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    status = desk_tag_within(desk, comments, comment_count, add, add_count, remove, remove_count,
                             create, now, &done, error);
    status = desk_finish(desk, status, error);
    if (status == OK)
        *changed = done;
    return status;
}
