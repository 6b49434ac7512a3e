/* Statements: prepared once for a store and kept by their text; binding, stepping and reading. */
#include "store/internal.h"

#include "base/memory.h"
#include "store/recall.h"

#include <stdlib.h>

enum { CACHE_FIRST = 128 };

struct cached_statement {
    uint64_t hash;
    sqlite3_stmt *prepared; /* NULL: a free place */
};

/* --- The cache --- */

/* FNV-1a, 64 bits. */
static uint64_t hash_text(const char *text)
{
    const uint64_t offset_basis = 0xcbf29ce484222325u, prime = 0x100000001b3u;
    uint64_t hash = offset_basis;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * prime;
    return hash;
}

/* The place of the statement with this text, or the free place where it belongs. */
static struct cached_statement *find_place(const struct statement_cache *cache, uint64_t hash,
                                           const char *sql)
{
    size_t mask = cache->capacity - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct cached_statement *entry = &cache->entries[i];
        if (!entry->prepared)
            return entry;
        if (entry->hash == hash && strcmp(sqlite3_sql(entry->prepared), sql) == 0)
            return entry;
    }
}

static void grow(struct statement_cache *cache)
{
    struct statement_cache bigger = {.count = cache->count};
    bigger.capacity = cache->capacity ? 2 * cache->capacity : CACHE_FIRST;
    bigger.entries = memory_new(bigger.capacity, sizeof *bigger.entries);
    for (size_t i = 0; i < cache->capacity; i++) {
        struct cached_statement *entry = &cache->entries[i];
        if (entry->prepared)
            *find_place(&bigger, entry->hash, sqlite3_sql(entry->prepared)) = *entry;
    }
    free(cache->entries);
    memcpy(bigger.recent, cache->recent, sizeof bigger.recent);
    *cache = bigger;
}

void statement_cache_free(struct statement_cache *cache)
{
    for (size_t i = 0; i < cache->capacity; i++)
        sqlite3_finalize(cache->entries[i].prepared);
    free(cache->entries);
    *cache = (struct statement_cache){0};
}

/* --- Statements --- */

static sqlite3_stmt **recent_place(struct statement_cache *cache, const char *sql)
{
    const uint64_t golden_ratio = 0x9e3779b97f4a7c15u;
    uint64_t hash = (uint64_t)(uintptr_t)sql * golden_ratio;
    return &cache->recent[(hash >> 32) % RECENT_STATEMENTS];
}

/* The statement with this text, prepared where it is not yet; NULL, with *code, when that fails. */
static sqlite3_stmt *prepare(struct store *store, const char *sql, int *code)
{
    struct statement_cache *cache = &store->statements;
    if (2 * (cache->count + 1) > cache->capacity)
        grow(cache);
    uint64_t hash = hash_text(sql);
    struct cached_statement *entry = find_place(cache, hash, sql);
    if (entry->prepared)
        return entry->prepared;
    *code = sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT,
                               &entry->prepared, NULL);
    if (entry->prepared) {
        entry->hash = hash;
        cache->count++;
    }
    return entry->prepared;
}

void statement_prepare(struct statement *statement, const char *sql)
{
    struct store *store = statement->store;
    sqlite3_stmt **recent = recent_place(&store->statements, sql);
    if (*recent && strcmp(sqlite3_sql(*recent), sql) == 0) {
        statement->prepared = *recent;
        return;
    }
    statement->prepared = prepare(store, sql, &statement->code);
    *recent = statement->prepared;
}

static void set_triggers(struct store *store, bool on)
{
    if (store->bare == on)
        sqlite3_db_config(store->database, SQLITE_DBCONFIG_ENABLE_TRIGGER, (int)on, NULL);
    store->bare = !on;
}

void triggers_on(struct store *store)
{
    set_triggers(store, true);
}

void statement_start(struct statement *statement, struct store *store, const char *sql)
{
    *statement = (struct statement){.store = store};
    statement_prepare(statement, sql);
    if (store->bare && statement->prepared && !sqlite3_stmt_readonly(statement->prepared))
        triggers_on(store);
}

void statement_start_bare(struct statement *statement, struct store *store, const char *sql)
{
    set_triggers(store, false);
    *statement = (struct statement){.store = store};
    statement_prepare(statement, sql);
}

void statement_again(struct statement *statement)
{
    if (statement->prepared)
        sqlite3_reset(statement->prepared);
    if (statement->recall)
        recall_again(statement);
    statement->bound = 0;
}

static void keep_failure(struct statement *statement, int code)
{
    if (statement->code == SQLITE_OK && code != SQLITE_OK)
        statement->code = code;
}

void statement_bind_at(struct statement *statement, int at, int64_t number, const struct str *text)
{
    if (statement->code != SQLITE_OK)
        return;
    /* A NULL pointer would bind NULL, which no text column takes. */
    keep_failure(statement,
                 text ? sqlite3_bind_text64(statement->prepared, at, text->data ? text->data : "",
                                            text->size, SQLITE_STATIC, SQLITE_UTF8)
                      : sqlite3_bind_int64(statement->prepared, at, number));
}

static void bind(struct statement *statement, int at, int64_t number, const struct str *text)
{
    if (statement->recall)
        recall_bind(statement, at, NULL, number, text);
    else
        statement_bind_at(statement, at, number, text);
}

void statement_bind(struct statement *statement, int64_t value)
{
    bind(statement, ++statement->bound, value, NULL);
}

void statement_bind_text(struct statement *statement, struct str value)
{
    bind(statement, ++statement->bound, 0, &value);
}

void statement_bind_id(struct statement *statement, int64_t id)
{
    statement->bound++;
    if (id != 0)
        bind(statement, statement->bound, id, NULL);
}

static void bind_name(struct statement *statement, const char *name, int64_t number,
                      const struct str *text)
{
    if (statement->recall) {
        recall_bind(statement, 0, name, number, text);
        return;
    }
    int at = statement->prepared ? sqlite3_bind_parameter_index(statement->prepared, name) : 0;
    if (at > 0)
        statement_bind_at(statement, at, number, text);
}

void statement_name(struct statement *statement, const char *name, int64_t value)
{
    bind_name(statement, name, value, NULL);
}

void statement_name_text(struct statement *statement, const char *name, struct str value)
{
    bind_name(statement, name, 0, &value);
}

bool statement_next(struct statement *statement)
{
    if (statement->recall)
        return recall_next(statement);
    if (statement->code != SQLITE_OK)
        return false;
    int code = sqlite3_step(statement->prepared);
    statement->column = 0;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        keep_failure(statement, code);
    return code == SQLITE_ROW;
}

int64_t statement_integer(struct statement *statement)
{
    if (statement->recall)
        return recall_integer(statement);
    return sqlite3_column_int64(statement->prepared, statement->column++);
}

struct str statement_bytes(struct statement *statement, int column)
{
    /* As a blob: the bytes as they are, with whatever stands behind a NUL. */
    const char *data = sqlite3_column_blob(statement->prepared, column);
    int size = sqlite3_column_bytes(statement->prepared, column);
    if (!data && size == 0 && sqlite3_errcode(statement->store->database) == SQLITE_NOMEM)
        memory_exhausted();
    return (struct str){data, (size_t)size};
}

struct str statement_text(struct statement *statement, struct arena *arena)
{
    if (statement->recall)
        return arena_copy(arena, recall_text(statement));
    return arena_copy(arena, statement_bytes(statement, statement->column++));
}

enum status statement_end(struct statement *statement, struct error *error)
{
    enum status status = OK;
    if (statement->code != SQLITE_OK)
        status = store_failed(statement->store, statement->code, error);
    if (statement->prepared) {
        sqlite3_reset(statement->prepared);
        sqlite3_clear_bindings(statement->prepared);
    }
    if (statement->recall)
        recall_let_go(statement);
    return status;
}

enum status statement_run(struct statement *statement, struct error *error)
{
    while (statement_next(statement))
        continue;
    return statement_end(statement, error);
}

enum status statement_execute(struct store *store, const char *sql, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, sql);
    return statement_run(&statement, error);
}

bool statement_single(struct statement *statement, int64_t *value)
{
    if (!statement_next(statement))
        return false;
    *value = statement_integer(statement);
    return true;
}

/* --- Lists --- */

void *list_add(struct list *list, struct arena *arena, size_t size)
{
    enum { LIST_FIRST = 16 };
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : LIST_FIRST;
        void *bigger = arena_new(arena, capacity, size);
        if (list->count > 0)
            memcpy(bigger, list->items, list->count * size);
        list->items = bigger;
        list->capacity = capacity;
    }
    return (char *)list->items + size * list->count++;
}
