/* Moderators and their settings. */
#include "store/people.h"

#include "base/language.h"
#include "store/log_internal.h"

static const char *const role_names[ROLE_COUNT] = {"trainee", "moderator", "responder",
                                                   "supervisor", "operator"};

const char *role_name(enum role role)
{
    return role_names[role];
}

bool role_from_name(struct str name, enum role *role)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (str_equal(name, str_of(role_names[i]))) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

#define MODERATOR_COLUMNS "id, login, name, role, agency_id, active"

static void read_moderator(struct statement *statement, struct arena *arena,
                           struct moderator *moderator)
{
    moderator->id = statement_integer(statement);
    moderator->login = statement_text(statement, arena);
    moderator->name = statement_text(statement, arena);
    /* The schema admits no other name. */
    role_from_name(statement_text(statement, arena), &moderator->role);
    moderator->agency_id = statement_integer(statement);
    moderator->active = statement_integer(statement) != 0;
}

enum status moderator_find(struct store *store, struct str login, struct arena *arena,
                           struct moderator *moderator, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT " MODERATOR_COLUMNS " FROM moderator WHERE login = ?1");
    statement_bind_text(&statement, login);
    bool found = statement_next(&statement);
    if (found)
        read_moderator(&statement, arena, moderator);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no moderator with the login '%.*s'"),
                         STR_FORMAT(login));
    return status;
}

enum status moderator_list(struct store *store, struct arena *arena, struct moderator **moderators,
                           size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT " MODERATOR_COLUMNS " FROM moderator ORDER BY login");
    while (statement_next(&statement))
        read_moderator(&statement, arena, list_add(&list, arena, sizeof(struct moderator)));
    *moderators = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

static void bind_moderator(struct statement *statement, const struct moderator *moderator)
{
    statement_bind_text(statement, moderator->login);
    statement_bind_text(statement, moderator->name);
    statement_bind_text(statement, str_of(role_name(moderator->role)));
    statement_bind_id(statement, moderator->agency_id);
    statement_bind(statement, moderator->active);
}

static enum status record(struct store *store, int64_t moderator, struct error *error)
{
    return log_subject(store, "moderator", moderator,
                       "SELECT " LOG_MODERATOR " FROM moderator AS m WHERE m.id = ?1", error);
}

enum status moderator_add(struct store *store, struct moderator *moderator, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO moderator (login, name, role, agency_id, active)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)"
                    " ON CONFLICT (login) DO UPDATE SET name = excluded.name,"
                    " role = excluded.role, agency_id = excluded.agency_id,"
                    " active = excluded.active"
                    " RETURNING id");
    bind_moderator(&statement, moderator);
    statement_single(&statement, &moderator->id);
    enum status status = statement_run(&statement, error);
    return status == OK ? record(store, moderator->id, error) : status;
}

enum status moderator_change(struct store *store, const struct moderator *moderator,
                             struct error *error)
{
    int64_t changed = 0;
    struct statement statement;
    statement_start(&statement, store,
                    "UPDATE moderator SET login = ?1, name = ?2, role = ?3, agency_id = ?4,"
                    " active = ?5 WHERE id = ?6 RETURNING 1");
    bind_moderator(&statement, moderator);
    statement_bind(&statement, moderator->id);
    statement_single(&statement, &changed);
    enum status status = statement_run(&statement, error);
    if (status == OK && !changed)
        return error_set(error, STATUS_NOT_FOUND, _("there is no moderator number %lld"),
                         (long long)moderator->id);
    return status == OK ? record(store, moderator->id, error) : status;
}

enum status setting_get(struct store *store, int64_t moderator, const char *name,
                        struct arena *arena, struct str *value, struct error *error)
{
    struct statement statement;
    *value = (struct str){0};
    statement_start(&statement, store,
                    "SELECT value FROM setting WHERE moderator_id = ?1 AND name = ?2");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, str_of(name));
    if (statement_next(&statement))
        *value = statement_text(&statement, arena);
    return statement_end(&statement, error);
}

enum status setting_set(struct store *store, int64_t moderator, const char *name, struct str value,
                        struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO setting (moderator_id, name, value) VALUES (?1, ?2, ?3)"
                    " ON CONFLICT (moderator_id, name) DO UPDATE SET value = excluded.value");
    statement_bind(&statement, moderator);
    statement_bind_text(&statement, str_of(name));
    statement_bind_text(&statement, value);
    return statement_run(&statement, error);
}
