/* Comments, one at a time: adding, reading, and the threads they stand in. */
#include "store/comment.h"

#include "base/language.h"
#include "base/memory.h"
#include "store/alike_internal.h"
#include "store/figures_keep.h"
#include "store/log_internal.h"
#include "store/row.h"
#include "store/words.h"

static const char *const state_names[STATE_COUNT] = {"pending", "approved", "rejected",
                                                     "spam",    "held",     "escalated"};

const char *state_name(enum comment_state state)
{
    return state_names[state];
}

bool state_from_name(struct str name, enum comment_state *state)
{
    for (int i = 0; i < STATE_COUNT; i++) {
        if (str_equal(name, str_of(state_names[i]))) {
            *state = (enum comment_state)i;
            return true;
        }
    }
    return false;
}

/* --- Reading --- */

static void read_comment(struct statement *statement, struct arena *arena, struct comment *comment)
{
    comment->id = statement_integer(statement);
    comment->consultation_id = statement_integer(statement);
    comment->section_id = statement_integer(statement);
    comment->parent_id = statement_integer(statement);
    comment->source = statement_text(statement, arena);
    comment->source_id = statement_text(statement, arena);
    comment->channel = statement_text(statement, arena);
    comment->author = statement_text(statement, arena);
    comment->author_key = statement_text(statement, arena);
    comment->language = statement_text(statement, arena);
    comment->submitted_at = statement_integer(statement);
    comment->received_at = statement_integer(statement);
    comment->revision = statement_integer(statement);
    comment->cluster_id = statement_integer(statement);
    /* The schema admits no other name. */
    state_from_name(statement_text(statement, arena), &comment->state);
}

enum status comment_read(struct store *store, int64_t id, size_t body_from, size_t body_most,
                         struct arena *arena, struct comment *comment, struct error *error)
{
    struct statement statement;
    struct body_reader reader = {.store = store};
    int code = SQLITE_OK;
    statement_start(&statement, store,
                    "SELECT id, consultation_id, section_id, parent_id, source, source_id, channel,"
                    " author, author_key, language, submitted_at, received_at, revision,"
                    " cluster_id, state FROM comment WHERE id = ?1");
    statement_bind(&statement, id);
    bool found = statement_next(&statement);
    if (found) {
        /* While the row is held, so that the text is of the same moment. */
        read_comment(&statement, arena, comment);
        code = body_read(&reader, id, body_from, body_most, arena, &comment->body,
                         &comment->body_size);
        body_close(&reader);
    }
    enum status status = statement_end(&statement, error);
    if (status == OK && code != SQLITE_OK)
        return store_failed(store, code, error);
    if (status == OK && !found)
        return error_set(error, STATUS_NOT_FOUND, _("there is no comment %lld"), (long long)id);
    return status;
}

enum status comment_by_source(struct store *store, struct str source, struct str source_id,
                              int64_t *id, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT id FROM comment WHERE source = ?1 AND source_id = ?2");
    statement_bind_text(&statement, source);
    statement_bind_text(&statement, source_id);
    bool found = statement_single(&statement, id);
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? STATUS_NOT_FOUND : status;
}

/* --- Adding --- */

/* After so many that were new, more of them are expected. */
enum { IN_A_ROW = 64 };

static const char insert_sql[] =
    "INSERT INTO comment (consultation_id, section_id, parent_id, source, source_id, channel,"
    " author, author_key, language, submitted_at, received_at, body)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    " ON CONFLICT (source, source_id) DO NOTHING";

/* Inserts it unless its name is taken; *added tells. All that triggers do for a comment that comes
 * is left to figures_gather() in an import that gathers. */
static enum status insert_comment(struct store *store, struct comment *comment, bool *added,
                                  struct error *error)
{
    struct statement statement;
    struct words_aside *words = &store->words;
    if (words->gathers && words->added_in_a_row >= IN_A_ROW)
        statement_start_bare(&statement, store, insert_sql);
    else
        statement_start(&statement, store, insert_sql);
    statement_bind(&statement, comment->consultation_id);
    statement_bind_id(&statement, comment->section_id);
    statement_bind_id(&statement, comment->parent_id);
    statement_bind_text(&statement, comment->source);
    statement_bind_text(&statement, comment->source_id);
    statement_bind_text(&statement, comment->channel);
    statement_bind_text(&statement, comment->author);
    statement_bind_text(&statement, comment->author_key);
    statement_bind_text(&statement, comment->language);
    statement_bind(&statement, comment->submitted_at);
    statement_bind(&statement, comment->received_at);
    statement_bind_text(&statement, comment->body);
    enum status status = statement_run(&statement, error);
    /* What triggers add does not count here. */
    *added = status == OK && sqlite3_changes(store->database) > 0;
    if (*added)
        comment->id = sqlite3_last_insert_rowid(store->database);
    words->added_in_a_row = *added ? words->added_in_a_row + 1 : 0;
    return status;
}

/* The id and the consultation of the comment of this name, and whether its body is another. */
static enum status find_same_name(struct store *store, struct comment *comment, bool *differs,
                                  struct error *error)
{
    struct statement statement;
    int64_t different = 0;
    statement_start(&statement, store,
                    "SELECT body <> ?1, id, consultation_id FROM comment"
                    " WHERE source = ?2 AND source_id = ?3");
    statement_bind_text(&statement, comment->body);
    statement_bind_text(&statement, comment->source);
    statement_bind_text(&statement, comment->source_id);
    if (statement_single(&statement, &different)) {
        comment->id = statement_integer(&statement);
        comment->consultation_id = statement_integer(&statement);
    }
    *differs = different != 0;
    return statement_end(&statement, error);
}

static enum status change_body(struct store *store, const struct comment *comment,
                               struct error *error)
{
    struct statement statement;
    enum status status = words_remove(store, comment->id, error);
    if (status == OK)
        status = alike_leave(store, comment->id, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "UPDATE comment SET body = ?1, revision = revision + 1 WHERE id = ?2");
    statement_bind_text(&statement, comment->body);
    statement_bind(&statement, comment->id);
    status = statement_run(&statement, error);
    if (status == OK)
        status = words_add(store, comment, error);
    if (status != OK)
        return status;
    /* Someone may have decided on what stood there before. */
    return log_subject(store, "comment", comment->id,
                       "SELECT json_object('revision', revision, 'sha256', majlis_sha256(body))"
                       " FROM comment WHERE id = ?1",
                       error);
}

static enum status add_or_change(struct store *store, struct comment *comment,
                                 enum comment_outcome *outcome, struct error *error)
{
    bool added, differs;
    int64_t consultation = comment->consultation_id;
    enum status status = insert_comment(store, comment, &added, error);
    *outcome = COMMENT_ADDED;
    if (status != OK)
        return status;
    if (added) {
        figures_arrived(store, comment);
        return words_add(store, comment, error);
    }
    status = find_same_name(store, comment, &differs, error);
    if (status == OK && comment->consultation_id != consultation) {
        *outcome = COMMENT_ELSEWHERE;
        return OK;
    }
    *outcome = differs ? COMMENT_CHANGED : COMMENT_UNCHANGED;
    return status == OK && differs ? change_body(store, comment, error) : status;
}

/* The comment and its words come together or not at all, even where no transaction is open. */
static enum status add_alone(struct store *store, struct comment *comment,
                             enum comment_outcome *outcome, struct error *error)
{
    enum status status = statement_execute(store, "SAVEPOINT comment_add", error);
    if (status != OK)
        return status;
    status = add_or_change(store, comment, outcome, error);
    if (status != OK)
        statement_execute(store, "ROLLBACK TO comment_add", NULL);
    enum status released =
        statement_execute(store, "RELEASE comment_add", status == OK ? error : NULL);
    return status == OK ? released : status;
}

enum status comment_add(struct store *store, struct comment *comment, enum comment_outcome *outcome,
                        struct error *error)
{
    /* Where many are added together, one that fails ends them all: nothing is taken back alone. */
    enum status status = store->words.together ? add_or_change(store, comment, outcome, error)
                                               : add_alone(store, comment, outcome, error);
    if (status != OK)
        words_recover(store);
    return status;
}

enum status comment_set_parent(struct store *store, int64_t comment, int64_t parent,
                               struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, "UPDATE comment SET parent_id = ?1 WHERE id = ?2");
    statement_bind_id(&statement, parent);
    statement_bind(&statement, comment);
    return statement_run(&statement, error);
}

/* --- Authors --- */

enum status author_counts(struct store *store, const struct comment *comment,
                          int64_t counts[STATE_COUNT], struct error *error)
{
    struct statement statement;
    struct arena arena = {0};
    memset(counts, 0, STATE_COUNT * sizeof *counts);
    bool by_key = comment->author_key.size > 0;
    statement_start(&statement, store,
                    by_key ? "SELECT state, count(*) FROM comment"
                             " WHERE author_key = ?1 AND author_key <> '' GROUP BY state"
                           : "SELECT state, count(*) FROM comment"
                             " WHERE author = ?1 AND author <> '' GROUP BY state");
    statement_bind_text(&statement, by_key ? comment->author_key : comment->author);
    while (statement_next(&statement)) {
        enum comment_state state;
        if (state_from_name(statement_text(&statement, &arena), &state))
            counts[state] = statement_integer(&statement);
    }
    arena_free(&arena);
    return statement_end(&statement, error);
}
