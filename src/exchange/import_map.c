/* Which column or key gives which field: the names that are known, and those of --map. */
#include "exchange/import_session.h"

#include "base/language.h"

#include <strings.h>

enum { ALIASES_MOST = 12 };

/* The field's own name first, then the names other systems use, the surest first. */
static const char *const names[IMPORT_FIELD_COUNT][ALIASES_MOST] = {
    [IMPORT_ID] = {"id", "comment-id", "comment_id"},
    [IMPORT_BODY] = {"body", "comment-body", "comment_body", "comment", "text", "tweet", "content",
                     "message", "نص", "تعليق"},
    [IMPORT_AUTHOR] = {"author", "author_name", "name", "author-id", "author_id"},
    [IMPORT_AUTHOR_KEY] = {"author_key", "author-key", "author-id", "author_id"},
    [IMPORT_SUBMITTED_AT] = {"submitted_at", "timestamp", "date", "created_at", "datetime", "time"},
    [IMPORT_LANGUAGE] = {"language", "lang"},
    [IMPORT_CHANNEL] = {"channel"},
    [IMPORT_PARENT] = {"parent", "parent_id", "in_reply_to"},
    [IMPORT_SECTION] = {"section"},
};

const char *import_field_name(enum import_field field)
{
    return names[field][0];
}

int import_match(const struct import_options *options, enum import_field field, struct str name)
{
    if (options->map[field].size > 0)
        return str_equal(options->map[field], name) ? 0 : -1;
    for (int rank = 0; rank < ALIASES_MOST && names[field][rank]; rank++) {
        struct str known = str_of(names[field][rank]);
        if (known.size == name.size && strncasecmp(known.data, name.data, name.size) == 0)
            return rank;
    }
    return -1;
}

/* Takes a name up to ',' or '=' from the front of *text; "quoted" ones may hold both, and "" for a
 * quote. False when a quote is left open. */
static bool take_name(struct str *text, struct arena *arena, struct str *name)
{
    *text = str_trim(*text);
    size_t at = 0;
    if (text->size == 0 || text->data[0] != '"') {
        while (at < text->size && text->data[at] != ',' && text->data[at] != '=')
            at++;
        *name = str_trim(str_part(*text, 0, at));
        *text = str_part(*text, at, text->size);
        return true;
    }
    char *bytes = arena_new(arena, text->size, 1);
    size_t size = 0;
    for (at = 1; at < text->size; at++) {
        if (text->data[at] == '"') {
            if (at + 1 >= text->size || text->data[at + 1] != '"')
                break;
            at++;
        }
        bytes[size++] = text->data[at];
    }
    if (at >= text->size)
        return false;
    *name = (struct str){bytes, size};
    *text = str_trim(str_part(*text, at + 1, text->size));
    return true;
}

static bool find_field(struct str name, enum import_field *field)
{
    for (int i = 0; i < IMPORT_FIELD_COUNT; i++) {
        if (str_equal(name, str_of(names[i][0]))) {
            *field = (enum import_field)i;
            return true;
        }
    }
    return false;
}

/* Takes one "field=Column" from the front of *text. */
static enum status take_pair(struct str *text, struct arena *arena, struct import_options *options,
                             struct error *error)
{
    struct str whole = *text, left, right;
    enum import_field field;
    if (!take_name(text, arena, &left) || text->size == 0 || text->data[0] != '=')
        return error_set(error, STATUS_USAGE,
                         _("in --map, '%.*s' is not FIELD=COLUMN, such as body=Comment"),
                         STR_FORMAT(whole));
    if (!find_field(left, &field))
        return error_set(error, STATUS_USAGE,
                         _("in --map, there is no field '%.*s': the fields are id, body, author, "
                           "author_key, submitted_at, language, channel, parent and section"),
                         STR_FORMAT(left));
    *text = str_part(*text, 1, text->size);
    if (!take_name(text, arena, &right) || right.size == 0)
        return error_set(error, STATUS_USAGE, _("in --map, '%.*s' names no column"),
                         STR_FORMAT(whole));
    if (options->map[field].size > 0)
        return error_set(error, STATUS_USAGE, _("in --map, '%.*s' stands twice"), STR_FORMAT(left));
    options->map[field] = arena_copy(arena, right);
    return OK;
}

enum status import_parse_map(struct str text, struct arena *arena, struct import_options *options,
                             struct error *error)
{
    enum status status = OK;
    bool more = true;
    while (status == OK && more) {
        status = take_pair(&text, arena, options, error);
        more = status == OK && text.size > 0;
        if (more && text.data[0] != ',')
            return error_set(error, STATUS_USAGE, _("in --map, a comma is missing before '%.*s'"),
                             STR_FORMAT(text));
        if (more)
            text = str_part(text, 1, text.size);
    }
    return status;
}
