/* What the team has agreed on. */
#include "store/team.h"

#include "base/moment.h"
#include "store/log_internal.h"

#include <inttypes.h>

enum status policy_number(struct store *store, const char *name, int64_t fallback, int64_t *value,
                          struct error *error)
{
    struct statement statement;
    struct arena arena = {0};
    long long number;
    *value = fallback;
    statement_start(&statement, store, "SELECT value FROM policy WHERE name = ?1");
    statement_bind_text(&statement, str_of(name));
    if (statement_next(&statement) && str_to_int64(statement_text(&statement, &arena), &number))
        *value = number;
    arena_free(&arena);
    return statement_end(&statement, error);
}

enum status policy_set_number(struct store *store, const char *name, int64_t value,
                              struct error *error)
{
    struct statement statement;
    struct arena arena = {0};
    statement_start(&statement, store,
                    "INSERT INTO policy (name, value) VALUES (?1, ?2)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    statement_bind_text(&statement, str_of(name));
    statement_bind_text(&statement, str_of(arena_printf(&arena, "%" PRId64, value)));
    enum status status = statement_run(&statement, error);
    arena_free(&arena);
    if (status != OK)
        return status;
    statement_start(&statement, store, "SELECT json_object('name', ?1, 'value', ?2)");
    statement_bind_text(&statement, str_of(name));
    statement_bind(&statement, value);
    return log_from(store,
                    (struct log_row){.at = moment_now(),
                                     .moderator_id = store->person,
                                     .kind = str_of("policy")},
                    &statement, error);
}
