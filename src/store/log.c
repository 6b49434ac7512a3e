/* The trail: adding rows and reading them. How it is checked stands in log_check.c. */
#include "store/log_internal.h"

#include "base/language.h"
#include "base/moment.h"
#include "store/log_hash.h"

enum { DIGITS = LOG_HASH_SIZE + 1 };

void log_set_person(struct store *store, int64_t moderator)
{
    store->person = moderator;
}

/* --- Adding --- */

/* The last row's number and hash; both empty in a trail that begins. */
static enum status read_end(struct store *store, struct arena *arena, int64_t *sequence,
                            struct str *hash, struct error *error)
{
    struct statement statement;
    *sequence = 0;
    *hash = (struct str){0};
    statement_start(&statement, store,
                    "SELECT sequence, hash FROM log ORDER BY sequence DESC LIMIT 1");
    if (statement_single(&statement, sequence))
        *hash = statement_text(&statement, arena);
    return statement_end(&statement, error);
}

static enum status insert_row(struct store *store, const struct log_row *row, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO log (sequence, at, moderator_id, kind, subject_id, what, hash)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    statement_bind(&statement, row->sequence);
    statement_bind(&statement, row->at);
    statement_bind_id(&statement, row->moderator_id);
    statement_bind_text(&statement, row->kind);
    statement_bind_id(&statement, row->subject_id);
    statement_bind_text(&statement, row->what);
    statement_bind_text(&statement, row->hash);
    return statement_run(&statement, error);
}

enum status log_from(struct store *store, struct log_row row, struct statement *what,
                     struct error *error)
{
    struct arena arena = {0};
    struct str before;
    char digits[DIGITS];
    bool there = statement_next(what);
    if (there)
        row.what = statement_text(what, &arena);
    enum status status = statement_end(what, error);
    if (status == OK && !there)
        status = error_set(error, STATUS_NOT_FOUND, _("there is nothing to record"));
    if (status == OK)
        status = read_end(store, &arena, &row.sequence, &before, error);
    if (status == OK) {
        row.sequence++;
        log_hash_row(&row, before, digits);
        row.hash = (struct str){digits, LOG_HASH_SIZE};
        status = insert_row(store, &row, error);
    }
    arena_free(&arena);
    return status;
}

enum status log_subject(struct store *store, const char *kind, int64_t subject, const char *sql,
                        struct error *error)
{
    struct statement what;
    statement_start(&what, store, sql);
    statement_bind(&what, subject);
    return log_from(store,
                    (struct log_row){.at = moment_now(),
                                     .moderator_id = store->person,
                                     .kind = str_of(kind),
                                     .subject_id = subject},
                    &what, error);
}

enum status log_import(struct store *store, int64_t moderator, int64_t now,
                       const struct log_import *import, struct error *error)
{
    struct statement what;
    statement_start(&what, store,
                    "SELECT json_object('source', ?1, 'read', ?2, 'added', ?3, 'changed', ?4,"
                    " 'unchanged', ?5, 'refused', ?6, 'last', (SELECT max(id) FROM comment))");
    statement_bind_text(&what, import->source);
    statement_bind(&what, import->read);
    statement_bind(&what, import->added);
    statement_bind(&what, import->changed);
    statement_bind(&what, import->unchanged);
    statement_bind(&what, import->refused);
    return log_from(store,
                    (struct log_row){.at = now,
                                     .moderator_id = moderator,
                                     .kind = str_of("import"),
                                     .subject_id = import->consultation_id},
                    &what, error);
}

enum status log_export(struct store *store, int64_t moderator, int64_t now, struct str format,
                       struct str query, struct error *error)
{
    struct statement what;
    statement_start(&what, store, "SELECT json_object('format', ?1, 'query', ?2)");
    statement_bind_text(&what, format);
    statement_bind_text(&what, query);
    return log_from(
        store, (struct log_row){.at = now, .moderator_id = moderator, .kind = str_of("export")},
        &what, error);
}

/* --- The beginning --- */

enum status log_old_decisions(struct store *store, int64_t last, char hash[static DIGITS],
                              struct error *error)
{
    struct log_hash hashing;
    struct arena arena = {0};
    struct statement statement;
    log_hash_start(&hashing);
    statement_start(&statement, store,
                    "SELECT json_array(d.id, d.moderator_id, d.decided_at, " LOG_DECISION ")"
                    " FROM decision AS d WHERE d.id <= ?1 ORDER BY d.id");
    statement_bind(&statement, last);
    while (statement_next(&statement)) {
        log_hash_add(&hashing, statement_text(&statement, &arena));
        log_hash_add(&hashing, str_of("\n"));
        arena_reset(&arena);
    }
    log_hash_end(&hashing, hash);
    arena_free(&arena);
    return statement_end(&statement, error);
}

enum status log_begin(struct store *store, struct error *error)
{
    struct statement statement;
    int64_t last = 0;
    char hash[DIGITS];
    struct log_row row = {.at = moment_now(), .kind = str_of("begin")};
    statement_start(&statement, store,
                    "SELECT (SELECT ifnull(max(id), 0) FROM decision)"
                    " WHERE NOT EXISTS (SELECT 1 FROM log)");
    bool empty = statement_single(&statement, &last);
    enum status status = statement_end(&statement, error);
    if (status != OK || !empty)
        return status;
    status = log_old_decisions(store, last, hash, error);
    if (status != OK)
        return status;
    row.subject_id = last;
    statement_start(&statement, store,
                    "SELECT json_object('decisions', (SELECT count(*) FROM decision), 'sha256',"
                    " ?1)");
    statement_bind_text(&statement, (struct str){hash, LOG_HASH_SIZE});
    return log_from(store, row, &statement, error);
}

/* --- Reading --- */

#define LOG_SELECT                                                                                 \
    "SELECT l.sequence, l.at, l.moderator_id, m.login, l.kind, l.subject_id, l.what, l.hash"       \
    " FROM log AS l LEFT JOIN moderator AS m ON m.id = l.moderator_id"

static void read_row(struct statement *statement, struct arena *arena, struct log_row *row)
{
    row->sequence = statement_integer(statement);
    row->at = statement_integer(statement);
    row->moderator_id = statement_integer(statement);
    row->login = statement_text(statement, arena);
    row->kind = statement_text(statement, arena);
    row->subject_id = statement_integer(statement);
    row->what = statement_text(statement, arena);
    row->hash = statement_text(statement, arena);
}

enum status log_last(struct store *store, int64_t *sequence, struct error *error)
{
    struct statement statement;
    *sequence = 0;
    statement_start(&statement, store, "SELECT max(sequence) FROM log");
    statement_single(&statement, sequence);
    return statement_end(&statement, error);
}

enum status log_head(struct store *store, struct arena *arena, struct log_row *row,
                     struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, LOG_SELECT " ORDER BY l.sequence DESC LIMIT 1");
    bool found = statement_next(&statement);
    if (found)
        read_row(&statement, arena, row);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status log_page(struct store *store, int64_t after, int64_t since, size_t limit,
                     struct arena *arena, struct log_row **rows, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store,
                    LOG_SELECT " WHERE l.sequence > ?1 AND l.at >= ?2 ORDER BY l.sequence"
                               " LIMIT ?3");
    statement_bind(&statement, after);
    statement_bind(&statement, since);
    statement_bind(&statement, (int64_t)limit);
    while (statement_next(&statement))
        read_row(&statement, arena, list_add(&list, arena, sizeof(struct log_row)));
    *rows = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}
