/* What others did since one looked, and what the team has agreed on. */
#include "store/team.h"

#include "base/buffer.h"
#include "store/internal.h"

#include <inttypes.h>

enum status news_since(struct store *store, int64_t after, size_t limit, struct arena *arena,
                       struct news **news, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT d.id, d.comment_id, d.moderator_id, m.name, d.action FROM decision AS d"
                    " JOIN moderator AS m ON m.id = d.moderator_id"
                    " WHERE d.id > ?1 ORDER BY d.id LIMIT ?2");
    statement_bind(&statement, after);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement)) {
        struct news *each = list_add(&list, arena, sizeof *each);
        each->decision = statement_integer(&statement);
        each->comment_id = statement_integer(&statement);
        each->moderator_id = statement_integer(&statement);
        each->name = statement_text(&statement, arena);
        action_from_name(statement_text(&statement, arena), &each->action);
    }
    *news = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}

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
    return status;
}
