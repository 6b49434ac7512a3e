/* The names of a query, as ids of this database. */
#include "store/queue_names.h"

#include "base/language.h"
#include "store/internal.h"

/* The names that a query says and the database must know. */
enum named {
    NAMED_CONSULTATION,
    NAMED_AGENCY,
    NAMED_TAG,
    NAMED_ASSIGNED_AGENCY,
    NAMED_ASSIGNED_PERSON,
    NAMED_PROPOSER,
    NAMED_COUNT
};

static const struct {
    const char *find_sql, *list_sql;
} named_texts[NAMED_COUNT] = {
    {"SELECT id FROM consultation WHERE slug = ?1", "SELECT slug FROM consultation ORDER BY id"},
    {"SELECT id FROM agency WHERE slug = ?1", "SELECT slug FROM agency ORDER BY id"},
    {"SELECT id FROM tag WHERE slug = ?1", "SELECT slug FROM tag ORDER BY slug"},
    {"SELECT id FROM agency WHERE slug = ?1", "SELECT slug FROM agency ORDER BY id"},
    {"SELECT id FROM moderator WHERE login = ?1", "SELECT login FROM moderator ORDER BY login"},
    {"SELECT id FROM moderator WHERE login = ?1", "SELECT login FROM moderator ORDER BY login"},
};

static enum status unknown_name(enum named named, struct str name, const char *known,
                                struct error *error)
{
    switch (named) {
    case NAMED_CONSULTATION:
        return error_set(error, STATUS_INPUT, _("there is no consultation '%.*s'; there are: %s"),
                         STR_FORMAT(name), known);
    case NAMED_AGENCY:
    case NAMED_ASSIGNED_AGENCY:
        return error_set(error, STATUS_INPUT, _("there is no agency '%.*s'; there are: %s"),
                         STR_FORMAT(name), known);
    case NAMED_ASSIGNED_PERSON:
    case NAMED_PROPOSER:
        return error_set(error, STATUS_INPUT, _("there is no moderator '%.*s'; there are: %s"),
                         STR_FORMAT(name), known);
    default:
        return error_set(error, STATUS_INPUT, _("there is no tag '%.*s'; there are: %s"),
                         STR_FORMAT(name), known);
    }
}

/* Says which names there are, as many as a sentence takes. */
static enum status refuse_name(struct store *store, enum named named, struct str name,
                               struct error *error)
{
    enum { NAMES_BYTES = 300 };
    struct statement statement;
    struct arena arena = {0};
    struct buffer known = {0};
    statement_start(&statement, store, named_texts[named].list_sql);
    while (known.size < NAMES_BYTES && statement_next(&statement)) {
        struct str each = statement_text(&statement, &arena);
        buffer_printf(&known, "%s%.*s", known.size > 0 ? ", " : "", STR_FORMAT(each));
    }
    if (known.size >= NAMES_BYTES)
        buffer_add(&known, str_of(" ..."));
    if (known.size == 0)
        buffer_add(&known, str_of(_("none yet")));
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = unknown_name(named, name, buffer_text(&known), error);
    buffer_free(&known);
    arena_free(&arena);
    return status;
}

/* The id of the row with this slug, 0 for an empty one. *found is false for an unknown one. */
static enum status find_id(struct store *store, const char *sql, struct str slug, int64_t *id,
                           bool *found, struct error *error)
{
    struct statement statement;
    *id = 0;
    *found = true;
    if (slug.size == 0)
        return OK;
    statement_start(&statement, store, sql);
    statement_bind_text(&statement, slug);
    *found = statement_single(&statement, id);
    return statement_end(&statement, error);
}

bool scope_anybody(struct str name)
{
    return str_equal(name, str_of("any"));
}

enum status scope_name(struct store *store, struct scope *scope, struct error *error)
{
    const struct query *query = scope->query;
    struct str assigned = scope_anybody(query->assigned) ? (struct str){0} : query->assigned;
    bool to_agency = assigned.size > 0 && assigned.data[0] == '@';
    const struct str names[NAMED_COUNT] = {
        [NAMED_CONSULTATION] = query->consultation,
        [NAMED_AGENCY] = query->agency,
        [NAMED_TAG] = query->tag,
        [NAMED_ASSIGNED_AGENCY] =
            to_agency ? str_part(assigned, 1, assigned.size) : (struct str){0},
        [NAMED_ASSIGNED_PERSON] = to_agency ? (struct str){0} : assigned,
        [NAMED_PROPOSER] = scope_anybody(query->proposed) ? (struct str){0} : query->proposed,
    };
    int64_t *const ids[NAMED_COUNT] = {
        &scope->consultation,    &scope->agency,          &scope->tag,
        &scope->assigned_agency, &scope->assigned_person, &scope->proposer};
    enum status status = OK;
    for (int i = 0; status == OK && i < NAMED_COUNT; i++) {
        bool found;
        status = find_id(store, named_texts[i].find_sql, names[i], ids[i], &found, error);
        if (status == OK && !found)
            status = refuse_name(store, (enum named)i, names[i], error);
    }
    /* A bare '@' names nobody, and must not find everything. */
    if (status == OK && to_agency && scope->assigned_agency == 0)
        status = refuse_name(store, NAMED_ASSIGNED_AGENCY, names[NAMED_ASSIGNED_AGENCY], error);
    return status;
}

/* Says which sections there are, as many as a sentence takes. */
static enum status refuse_section(struct store *store, const struct scope *scope,
                                  struct error *error)
{
    enum { SECTIONS_MOST = 40 };
    struct statement statement;
    struct buffer known = {0};
    statement_start(&statement, store,
                    "SELECT ordinal FROM section WHERE consultation_id = ?1 ORDER BY ordinal"
                    " LIMIT ?2");
    statement_bind(&statement, scope->consultation);
    statement_bind(&statement, SECTIONS_MOST);
    while (statement_next(&statement))
        buffer_printf(&known, "%s%lld", known.size > 0 ? ", " : "",
                      (long long)statement_integer(&statement));
    if (known.size == 0)
        buffer_add(&known, str_of(_("none yet")));
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = error_set(error, STATUS_INPUT,
                           _("consultation '%.*s' has no section %lld; there are: %s"),
                           STR_FORMAT(scope->query->consultation), (long long)scope->query->section,
                           buffer_text(&known));
    buffer_free(&known);
    return status;
}

enum status scope_find_section(struct store *store, struct scope *scope, struct error *error)
{
    struct statement statement;
    int64_t ordinal = scope->query->section;
    if (ordinal == 0)
        return OK;
    if (scope->consultation == 0)
        return error_set(error, STATUS_INPUT,
                         _("a section is part of a consultation; name that as well: "
                           "consultation:NAME section:%lld"),
                         (long long)ordinal);
    statement_start(&statement, store,
                    "SELECT id FROM section WHERE consultation_id = ?1 AND ordinal = ?2");
    statement_bind(&statement, scope->consultation);
    statement_bind(&statement, ordinal);
    bool found = statement_single(&statement, &scope->section);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? refuse_section(store, scope, error) : status;
}

enum status scope_find_cluster(struct store *store, struct scope *scope, int64_t *consultation,
                               struct error *error)
{
    const struct query *query = scope->query;
    struct statement statement;
    int64_t cluster = query->cluster;
    bool found = true;
    enum status status = OK;
    if (query->alike != 0) {
        statement_start(&statement, store,
                        "SELECT ifnull(cluster_id, 0) FROM comment WHERE id = ?1");
        statement_bind(&statement, query->alike);
        found = statement_single(&statement, &scope->cluster);
        status = statement_end(&statement, error);
        if (status == OK && !found)
            return error_set(error, STATUS_INPUT, _("there is no comment %lld"),
                             (long long)query->alike);
        if (scope->cluster == 0 || (cluster != 0 && scope->cluster != cluster))
            scope->comment = query->alike;
    }
    if (cluster != 0)
        scope->cluster = cluster;
    if (status != OK || scope->cluster == 0)
        return status;
    statement_start(&statement, store, "SELECT consultation_id FROM cluster WHERE id = ?1");
    statement_bind(&statement, scope->cluster);
    found = statement_single(&statement, consultation);
    status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_INPUT, _("there is no cluster %lld"),
                         (long long)scope->cluster);
    return status;
}
