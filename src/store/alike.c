/* Arrivals: the shingles of every comment that comes, until their look-alikes are looked for; and
 * comments that leave. How look-alikes are found stands in alike_find.c. */
#include "store/alike_internal.h"
#include "store/alike_memory.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    ASIDE_ARRIVALS = 32768,           /* looked at together: their keys are then read in order */
    ASIDE_SHINGLES = 4 * 1024 * 1024, /* 16 MB, however long the texts are */
};

struct alike_desk *alike_desk_new(void)
{
    return memory_new(1, sizeof(struct alike_desk));
}

void alike_desk_free(struct alike_desk *desk)
{
    if (!desk)
        return;
    alike_free(&desk->heard);
    alike_forget_texts(desk);
    free(desk->arrivals);
    free(desk->shingles);
    free(desk);
}

void alike_forget_texts(struct alike_desk *desk)
{
    alike_memory_free(desk->memory);
    desk->memory = NULL;
}

void alike_forget(struct store *store)
{
    struct alike_desk *desk = store->alike;
    desk->count = desk->shingle_count = 0;
    desk->listening = desk->putting_aside = false;
    alike_forget_texts(desk);
}

void alike_put_aside(struct store *store)
{
    store->alike->putting_aside = true;
}

enum status alike_settle(struct store *store, struct error *error)
{
    store->alike->putting_aside = false;
    enum status status = alike_find(store, error);
    alike_forget_texts(store->alike);
    return status;
}

/* --- Listening --- */

void alike_listen(struct store *store)
{
    alike_clear(&store->alike->heard);
    store->alike->listening = true;
}

void alike_hear(struct alike_desk *desk, struct str word)
{
    if (desk->listening)
        alike_add(&desk->heard, word);
}

size_t alike_keys_in(const struct alike *alike, int64_t consultation, int32_t keys[ALIKE_KEYS])
{
    uint32_t own[ALIKE_KEYS];
    size_t count = alike_keys(alike, own);
    for (size_t i = 0; i < count; i++)
        keys[i] = (int32_t)(own[i] ^ (uint32_t)consultation * 0x9e3779b1u);
    return count;
}

/* Adds what was heard to the arrivals; a text that is not taken can be like none. */
static void add_arrival(struct alike_desk *desk, int64_t id, int64_t consultation)
{
    const struct alike *heard = &desk->heard;
    if (heard->count == 0)
        return;
    if (desk->count == desk->capacity) {
        desk->capacity = desk->capacity ? 2 * desk->capacity : 16;
        desk->arrivals = memory_resize(desk->arrivals, desk->capacity, sizeof *desk->arrivals);
    }
    while (desk->shingle_capacity - desk->shingle_count < heard->count) {
        desk->shingle_capacity = desk->shingle_capacity ? 2 * desk->shingle_capacity : 1024;
        desk->shingles =
            memory_resize(desk->shingles, desk->shingle_capacity, sizeof *desk->shingles);
    }
    struct arrival *arrival = &desk->arrivals[desk->count++];
    *arrival = (struct arrival){.id = id,
                                .consultation = consultation,
                                .from = desk->shingle_count,
                                .shingles = heard->count,
                                .words = heard->words};
    arrival->key_count = alike_keys_in(heard, consultation, arrival->keys);
    memcpy(desk->shingles + desk->shingle_count, heard->shingles,
           heard->count * sizeof *heard->shingles);
    desk->shingle_count += heard->count;
}

enum status alike_heard(struct store *store, int64_t id, int64_t consultation, size_t size,
                        struct error *error)
{
    struct alike_desk *desk = store->alike;
    desk->listening = false;
    alike_finish(&desk->heard, size);
    add_arrival(desk, id, consultation);
    bool full = desk->count >= ASIDE_ARRIVALS || desk->shingle_count >= ASIDE_SHINGLES;
    return desk->putting_aside && !full ? OK : alike_find(store, error);
}

/* --- Leaving --- */

/* The keys of a stored comment, as its text is now. */
static enum status read_keys(struct store *store, int64_t id, int32_t keys[ALIKE_KEYS],
                             size_t *count, int64_t *cluster, struct error *error)
{
    struct arena arena = {0};
    struct alike alike = {0};
    struct statement statement;
    *count = 0;
    *cluster = 0;
    statement_start(&statement, store,
                    "SELECT consultation_id, ifnull(cluster_id, 0), body FROM comment WHERE id = ?1"
                    " AND length(CAST(body AS BLOB)) <= ?2");
    statement_bind(&statement, id);
    statement_bind(&statement, ALIKE_MOST_BYTES);
    if (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        *cluster = statement_integer(&statement);
        alike_read(&alike, statement_text(&statement, &arena));
        *count = alike_keys_in(&alike, consultation, keys);
    }
    alike_free(&alike);
    arena_free(&arena);
    return statement_end(&statement, error);
}

/* Takes a comment's name from a key; another letter of its cluster is named instead, so that the
 * cluster is still found. */
static enum status leave_key(struct store *store, int32_t key, int64_t id, int64_t heir,
                             struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, "DELETE FROM alike_key WHERE key = ?1 AND comment_id = ?2");
    statement_bind(&statement, key);
    statement_bind(&statement, id);
    enum status status = statement_run(&statement, error);
    if (status != OK || heir == 0)
        return status;
    statement_start(
        &statement, store,
        "INSERT INTO alike_key (key, comment_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    statement_bind(&statement, key);
    statement_bind(&statement, heir);
    return statement_run(&statement, error);
}

static enum status find_heir(struct store *store, int64_t cluster, int64_t id, int64_t *heir,
                             struct error *error)
{
    struct statement statement;
    *heir = 0;
    statement_start(&statement, store,
                    "SELECT id FROM comment INDEXED BY comment_by_cluster"
                    " WHERE cluster_id = ?1 AND id <> ?2 LIMIT 1");
    statement_bind(&statement, cluster);
    statement_bind(&statement, id);
    statement_single(&statement, heir);
    return statement_end(&statement, error);
}

enum status alike_leave(struct store *store, int64_t id, struct error *error)
{
    int32_t keys[ALIKE_KEYS];
    size_t count;
    int64_t cluster, heir = 0;
    /* It may be among those put aside, with the text it no longer has. */
    enum status status = alike_find(store, error);
    if (store->alike->memory)
        alike_memory_drop(store->alike->memory, id);
    if (status == OK)
        status = read_keys(store, id, keys, &count, &cluster, error);
    if (status == OK && cluster != 0)
        status = find_heir(store, cluster, id, &heir, error);
    for (size_t i = 0; status == OK && i < count; i++)
        status = leave_key(store, keys[i], id, heir, error);
    if (status != OK || cluster == 0)
        return status;
    struct statement statement;
    statement_start(&statement, store, "UPDATE comment SET cluster_id = NULL WHERE id = ?1");
    statement_bind(&statement, id);
    return statement_run(&statement, error);
}

/* --- The backlog --- */

static enum status read_backlog(struct store *store, int64_t *next, int64_t *last,
                                struct error *error)
{
    struct statement statement;
    *next = 1;
    *last = 0;
    statement_start(&statement, store, "SELECT last_id, next_id FROM alike_backlog WHERE id = 1");
    if (statement_single(&statement, last))
        *next = statement_integer(&statement);
    return statement_end(&statement, error);
}

enum status alike_backlog(struct store *store, int64_t *left, struct error *error)
{
    int64_t next, last;
    enum status status = read_backlog(store, &next, &last, error);
    *left = next > last ? 0 : last - next + 1;
    return status;
}

/* Takes the comments from next on; *next receives the id to go on with. */
static enum status take_old(struct store *store, int64_t most, int64_t *next, int64_t last,
                            struct error *error)
{
    struct alike_desk *desk = store->alike;
    struct arena arena = {0};
    struct statement statement;
    int64_t taken = 0;
    statement_start(&statement, store,
                    "SELECT id, consultation_id, iif(length(CAST(body AS BLOB)) <= ?3, body, '')"
                    " FROM comment WHERE id BETWEEN ?1 AND ?2 AND cluster_id IS NULL"
                    " ORDER BY id LIMIT ?4");
    statement_bind(&statement, *next);
    statement_bind(&statement, last);
    statement_bind(&statement, ALIKE_MOST_BYTES);
    statement_bind(&statement, most);
    *next = last + 1;
    for (; statement_next(&statement); taken++) {
        int64_t id = statement_integer(&statement);
        int64_t consultation = statement_integer(&statement);
        alike_read(&desk->heard, statement_text(&statement, &arena));
        add_arrival(desk, id, consultation);
        arena_reset(&arena);
        if (taken + 1 == most || desk->shingle_count >= ASIDE_SHINGLES) {
            *next = id + 1;
            break;
        }
    }
    arena_free(&arena);
    return statement_end(&statement, error);
}

enum status alike_catch_up(struct store *store, int64_t most, int64_t *left, struct error *error)
{
    int64_t next, last;
    struct statement statement;
    *left = 0;
    enum status status = read_backlog(store, &next, &last, error);
    if (status != OK || next > last)
        return status;
    status = take_old(store, most, &next, last, error);
    if (status == OK)
        status = alike_find(store, error);
    if (status != OK)
        return status;
    statement_start(&statement, store, "UPDATE alike_backlog SET next_id = ?1 WHERE id = 1");
    statement_bind(&statement, next);
    *left = next > last ? 0 : last - next + 1;
    return statement_run(&statement, error);
}
