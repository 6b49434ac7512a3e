/* Keeping the index of words. FTS5 gathers words in memory and writes them as a sorted piece, which
 * it merges with others later; and any statement that could be taken back by itself makes it write
 * what it has. So a comment at a time costs several times what many at a time do: an import puts
 * texts aside and indexes them together. */
#include "store/words.h"

#include "base/memory.h"
#include "store/alike_internal.h"
#include "store/figures_keep.h"

#include <stdlib.h>

enum {
    ASIDE_BYTES = 8 * 1024 * 1024, /* of texts; FTS5 writes what it gathered at 1 MB of words */
    ASIDE_FIRST = 1024,
};

struct words_waiting {
    int64_t id, consultation_id;
    size_t at, size; /* of its text in the bodies */
};

/* A statement without triggers or a SELECT: such a one does not make FTS5 write. The words that the
 * index is given are those by which look-alikes are found. */
static enum status add_now(struct store *store, const struct comment *comment, struct error *error)
{
    struct statement statement;
    alike_listen(store);
    statement_start(&statement, store, "INSERT INTO comment_words (rowid, body) VALUES (?1, ?2)");
    statement_bind(&statement, comment->id);
    statement_bind_text(&statement, comment->body);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    return alike_heard(store, comment->id, comment->consultation_id, comment->body.size, error);
}

static enum status add_waiting(struct store *store, struct error *error)
{
    struct words_aside *words = &store->words;
    enum status status = OK;
    for (size_t i = 0; status == OK && i < words->count; i++) {
        const struct words_waiting *each = &words->waiting[i];
        struct comment comment = {.id = each->id,
                                  .consultation_id = each->consultation_id,
                                  .body = {words->bodies.data + each->at, each->size}};
        status = add_now(store, &comment, error);
    }
    words->count = 0;
    buffer_clear(&words->bodies);
    return status;
}

enum status words_add(struct store *store, const struct comment *comment, struct error *error)
{
    struct words_aside *words = &store->words;
    if (!words->together)
        return add_now(store, comment, error);
    if (words->count == words->capacity) {
        words->capacity = words->capacity ? 2 * words->capacity : ASIDE_FIRST;
        words->waiting = memory_resize(words->waiting, words->capacity, sizeof *words->waiting);
    }
    words->waiting[words->count++] = (struct words_waiting){comment->id, comment->consultation_id,
                                                            words->bodies.size, comment->body.size};
    buffer_add(&words->bodies, comment->body);
    return words->bodies.size < ASIDE_BYTES ? OK : add_waiting(store, error);
}

enum status words_remove(struct store *store, int64_t id, struct error *error)
{
    struct statement statement;
    /* It may be among those that wait. */
    enum status status = add_waiting(store, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "INSERT INTO comment_words (comment_words, rowid, body)"
                    " SELECT 'delete', id, body FROM comment WHERE id = ?1");
    statement_bind(&statement, id);
    return statement_run(&statement, error);
}

/* A full disk makes SQLite roll the whole transaction back, maybe in the middle of FTS5's work, which
 * then keeps in memory how many words there were. A transaction that it takes part in and that is
 * rolled back makes it read that anew. */
void words_recover(struct store *store)
{
    if (!sqlite3_get_autocommit(store->database) ||
        statement_execute(store, "BEGIN IMMEDIATE", NULL) != OK)
        return;
    statement_execute(store, "DELETE FROM comment_words WHERE rowid = -1", NULL);
    store_rollback(store);
}

/* What comes lies scattered over every index, and a page that finds no room in the cache is written
 * again each time it changes. */
void comment_add_together(struct store *store)
{
    store->words.together = true;
    alike_put_aside(store);
    figures_gather_begin(store);
    statement_execute(store, "PRAGMA cache_size = -" STORE_CACHE_KIB_TOGETHER, NULL);
}

enum status comment_settle(struct store *store, struct error *error)
{
    enum status status = add_waiting(store, error);
    if (status == OK)
        status = alike_settle(store, error);
    if (status == OK)
        status = figures_gather(store, error);
    words_forget(store);
    if (status != OK)
        words_recover(store);
    return status;
}

void words_forget(struct store *store)
{
    triggers_on(store);
    if (!store->words.together)
        return;
    words_free(&store->words);
    statement_execute(store, "PRAGMA cache_size = -" STORE_CACHE_KIB, NULL);
}

void words_free(struct words_aside *words)
{
    free(words->waiting);
    free(words->asking);
    buffer_free(&words->bodies);
    *words = (struct words_aside){0};
}
