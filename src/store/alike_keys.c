/* Keys of arrivals: sorted, so that the index is read and written from one end to the other. */
#include "store/alike_keys.h"

#include <stdlib.h>

/* A key of an arrival, for sorting. */
struct key_use {
    int32_t key;
    uint32_t arrival, at;
};

static int compare_uses(const void *left, const void *right)
{
    const struct key_use *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->arrival < b->arrival ? -1 : a->arrival > b->arrival;
}

static struct key_use *sort_keys(const struct alike_desk *desk, struct arena *arena, size_t *count)
{
    struct key_use *uses = arena_new(arena, desk->count * ALIKE_KEYS, sizeof *uses);
    *count = 0;
    for (size_t i = 0; i < desk->count; i++) {
        for (size_t k = 0; k < desk->arrivals[i].key_count; k++)
            uses[(*count)++] =
                (struct key_use){desk->arrivals[i].keys[k], (uint32_t)i, (uint32_t)k};
    }
    if (*count > 1)
        qsort(uses, *count, sizeof *uses, compare_uses);
    return uses;
}

static void read_group(struct statement *statement, struct alike_group *group)
{
    statement_again(statement);
    statement_bind(statement, group->key);
    statement_bind(statement, ALIKE_LISTED);
    while (statement_next(statement))
        group->ids[group->listed++] = statement_integer(statement);
    group->stored = group->listed;
}

enum status alike_groups_read(struct store *store, const struct alike_desk *desk,
                              struct arena *arena, struct alike_groups *groups, struct error *error)
{
    size_t count;
    const struct key_use *uses = sort_keys(desk, arena, &count);
    struct statement statement;
    groups->list = arena_new(arena, count, sizeof *groups->list);
    groups->of = arena_new(arena, desk->count, sizeof *groups->of);
    groups->count = 0;
    statement_start(&statement, store,
                    "SELECT comment_id FROM alike_key WHERE key = ?1 ORDER BY comment_id LIMIT ?2");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || uses[i].key != uses[i - 1].key) {
            struct alike_group *group = &groups->list[groups->count++];
            *group = (struct alike_group){.key = uses[i].key};
            read_group(&statement, group);
        }
        groups->of[uses[i].arrival][uses[i].at] = (uint32_t)(groups->count - 1);
    }
    return statement_end(&statement, error);
}

/* Rows of alike_key that are written by one statement. */
enum { TOGETHER = 16 };
struct new_keys {
    int64_t values[2 * TOGETHER]; /* a key and a comment's id, in turns */
    size_t count;
};

#define PAIRS_4 "(?, ?), (?, ?), (?, ?), (?, ?)"

static enum status write_keys(struct store *store, struct new_keys *keys, struct error *error)
{
    static const char one_sql[] =
        "INSERT INTO alike_key (key, comment_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
    static const char together_sql[] =
        "INSERT INTO alike_key (key, comment_id) VALUES " PAIRS_4 ", " PAIRS_4 ", " PAIRS_4
        ", " PAIRS_4 " ON CONFLICT DO NOTHING";
    size_t rows = keys->count == TOGETHER ? TOGETHER : 1;
    enum status status = OK;
    for (size_t i = 0; status == OK && i < keys->count; i += rows) {
        struct statement statement;
        statement_start(&statement, store, rows == TOGETHER ? together_sql : one_sql);
        for (size_t k = 2 * i; k < 2 * (i + rows); k++)
            statement_bind(&statement, keys->values[k]);
        status = statement_run(&statement, error);
    }
    keys->count = 0;
    return status;
}

enum status alike_groups_write(struct store *store, const struct alike_groups *groups,
                               struct error *error)
{
    struct new_keys keys = {0};
    enum status status = OK;
    for (size_t i = 0; i < groups->count; i++) {
        const struct alike_group *group = &groups->list[i];
        for (size_t k = group->stored; status == OK && k < group->listed; k++) {
            keys.values[2 * keys.count] = group->key;
            keys.values[2 * keys.count + 1] = group->ids[k];
            keys.count++;
            if (keys.count == TOGETHER)
                status = write_keys(store, &keys, error);
        }
    }
    return status == OK ? write_keys(store, &keys, error) : status;
}
