/* Remembering the answers of statements. A row is kept as it is read; an answer of which only the
 * first rows were asked for is read on where more are wanted. */
#include "store/recall.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    BOUND_MOST = 40,      /* values of one statement */
    USED_MOST = 4,        /* statements in use at once; others are not remembered */
    BUCKETS = 256,        /* of answers, by hash */
    BYTES_MOST = 1 << 22, /* of one kind: more is forgotten */
    ROWS_FIRST = 8,
};

struct bound {
    int at;           /* 0: by name */
    const char *name; /* a constant */
    bool is_text;
    int64_t number;
    struct str text;
};

struct cell {
    int64_t number;
    struct str text;
};

struct answer {
    struct answer *next; /* in its bucket */
    uint64_t hash;
    const char *sql; /* a constant: known by its address */
    struct bound *bounds;
    size_t bound_count;
    struct cell *cells;
    size_t rows, capacity; /* rows that were read, and that there is room for */
    size_t columns;
    bool complete; /* there are no more */
};

struct recall {
    bool used;
    enum recall_kind kind;
    const char *sql;
    struct bound bounds[BOUND_MOST];
    size_t bound_count;
    struct answer *answer; /* NULL: not looked for yet */
    size_t row;            /* rows given so far */
    bool stepping;         /* the statement itself has given as many */
};

struct kind_memory {
    int64_t stamp;
    struct arena arena;
    size_t bytes;
    struct answer *buckets[BUCKETS];
};

struct recall_memory {
    bool open;
    int64_t names; /* the stamp of names */
    struct kind_memory kinds[RECALL_KINDS];
    struct recall recalls[USED_MOST];
};

static void forget(struct kind_memory *kind)
{
    arena_free(&kind->arena);
    *kind = (struct kind_memory){.stamp = kind->stamp};
}

enum status recall_begin(struct store *store, struct error *error)
{
    int64_t names = 0, stamps[RECALL_KINDS] = {0};
    struct statement statement;
    if (!store->recalls)
        store->recalls = memory_new(1, sizeof *store->recalls);
    struct recall_memory *memory = store->recalls;
    statement_start(&statement, store,
                    "SELECT names, sums, work, voices, letters, escalated FROM kept_stamp"
                    " WHERE id = 1");
    if (statement_single(&statement, &names)) {
        for (int kind = 0; kind < RECALL_KINDS; kind++)
            stamps[kind] = statement_integer(&statement);
    }
    enum status status = statement_end(&statement, error);
    for (int i = 0; i < RECALL_KINDS; i++) {
        struct kind_memory *kind = &memory->kinds[i];
        if (names != memory->names || stamps[i] != kind->stamp || kind->bytes > BYTES_MOST)
            forget(kind);
        kind->stamp = stamps[i];
    }
    memory->names = names;
    memory->open = status == OK;
    return status;
}

void recall_end(struct store *store)
{
    if (store->recalls)
        store->recalls->open = false;
}

void recall_free(struct recall_memory *memory)
{
    for (int kind = 0; memory && kind < RECALL_KINDS; kind++)
        forget(&memory->kinds[kind]);
    free(memory);
}

void statement_recall(struct statement *statement, struct store *store, const char *sql,
                      enum recall_kind kind)
{
    struct recall_memory *memory = store->recalls;
    for (int i = 0; memory && memory->open && i < USED_MOST; i++) {
        struct recall *recall = &memory->recalls[i];
        if (recall->used)
            continue;
        recall->used = true;
        recall->kind = kind;
        recall->sql = sql;
        *statement = (struct statement){.store = store, .recall = recall};
        recall_again(statement);
        return;
    }
    statement_start(statement, store, sql);
}

void recall_bind(struct statement *statement, int at, const char *name, int64_t number,
                 const struct str *text)
{
    struct recall *recall = statement->recall;
    if (recall->bound_count == BOUND_MOST) {
        statement->code = SQLITE_RANGE;
        return;
    }
    recall->bounds[recall->bound_count++] =
        (struct bound){at, name, text, number, text ? *text : (struct str){0}};
}

void recall_again(struct statement *statement)
{
    statement->recall->bound_count = 0;
    statement->recall->answer = NULL;
    statement->recall->row = 0;
    statement->recall->stepping = false;
}

void recall_let_go(struct statement *statement)
{
    statement->recall->used = false;
}

/* --- Finding an answer --- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    const uint64_t golden_ratio = 0x9e3779b97f4a7c15u;
    hash = (hash ^ value) * golden_ratio;
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const struct recall *recall)
{
    uint64_t hash = mix(0, (uint64_t)(uintptr_t)recall->sql);
    for (size_t i = 0; i < recall->bound_count; i++) {
        const struct bound *bound = &recall->bounds[i];
        hash = mix(hash, (uint64_t)bound->number);
        for (size_t at = 0; at < bound->text.size; at++)
            hash = mix(hash, (unsigned char)bound->text.data[at]);
    }
    return hash;
}

static bool same_bounds(const struct answer *answer, const struct recall *recall)
{
    if (answer->bound_count != recall->bound_count)
        return false;
    for (size_t i = 0; i < answer->bound_count; i++) {
        const struct bound *one = &answer->bounds[i], *other = &recall->bounds[i];
        if (one->at != other->at || one->name != other->name || one->is_text != other->is_text ||
            one->number != other->number || !str_equal(one->text, other->text))
            return false;
    }
    return true;
}

/* The room of a kind that keeps its count. */
static void *room(struct kind_memory *kind, size_t count, size_t size)
{
    kind->bytes += count * size;
    return arena_new(&kind->arena, count, size);
}

static struct str keep_text(struct kind_memory *kind, struct str text)
{
    kind->bytes += text.size;
    return arena_copy(&kind->arena, text);
}

static struct answer *add_answer(struct kind_memory *kind, const struct recall *recall,
                                 uint64_t hash)
{
    struct answer *answer = room(kind, 1, sizeof *answer);
    *answer = (struct answer){.hash = hash, .sql = recall->sql, .bound_count = recall->bound_count};
    if (recall->bound_count > 0)
        answer->bounds = room(kind, recall->bound_count, sizeof *answer->bounds);
    for (size_t i = 0; i < recall->bound_count; i++) {
        answer->bounds[i] = recall->bounds[i];
        if (recall->bounds[i].is_text)
            answer->bounds[i].text = keep_text(kind, recall->bounds[i].text);
    }
    answer->next = kind->buckets[hash % BUCKETS];
    kind->buckets[hash % BUCKETS] = answer;
    return answer;
}

static struct answer *find_answer(struct kind_memory *kind, const struct recall *recall)
{
    uint64_t hash = hash_of(recall);
    struct answer *answer = kind->buckets[hash % BUCKETS];
    while (answer &&
           (answer->hash != hash || answer->sql != recall->sql || !same_bounds(answer, recall)))
        answer = answer->next;
    return answer ? answer : add_answer(kind, recall, hash);
}

/* --- Reading on --- */

/* Binds what was noted, and steps over the rows that are known. */
static int begin_stepping(struct statement *statement)
{
    struct recall *recall = statement->recall;
    int code = SQLITE_ROW;
    if (!statement->prepared)
        statement_prepare(statement, recall->sql);
    if (statement->prepared) {
        sqlite3_reset(statement->prepared);
        sqlite3_clear_bindings(statement->prepared);
    }
    for (size_t i = 0; i < recall->bound_count; i++) {
        const struct bound *bound = &recall->bounds[i];
        int at = bound->at ? bound->at
                 : statement->prepared
                     ? sqlite3_bind_parameter_index(statement->prepared, bound->name)
                     : 0;
        if (at > 0)
            statement_bind_at(statement, at, bound->number, bound->is_text ? &bound->text : NULL);
    }
    for (size_t i = 0; statement->code == SQLITE_OK && code == SQLITE_ROW && i < recall->row; i++)
        code = sqlite3_step(statement->prepared);
    recall->stepping = true;
    return statement->code == SQLITE_OK ? code : statement->code;
}

static void keep_row(struct statement *statement, struct kind_memory *kind)
{
    struct answer *answer = statement->recall->answer;
    sqlite3_stmt *prepared = statement->prepared;
    answer->columns = (size_t)sqlite3_column_count(prepared);
    if (answer->rows == answer->capacity) {
        size_t capacity = answer->capacity ? 2 * answer->capacity : ROWS_FIRST;
        struct cell *bigger = room(kind, capacity * answer->columns, sizeof *bigger);
        if (answer->rows > 0)
            memcpy(bigger, answer->cells, answer->rows * answer->columns * sizeof *bigger);
        answer->cells = bigger;
        answer->capacity = capacity;
    }
    struct cell *cells = &answer->cells[answer->rows++ * answer->columns];
    for (size_t i = 0; i < answer->columns; i++) {
        int column = (int)i, type = sqlite3_column_type(prepared, column);
        cells[i] = (struct cell){0};
        if (type == SQLITE_TEXT || type == SQLITE_BLOB)
            cells[i].text = keep_text(kind, statement_bytes(statement, column));
        else
            cells[i].number = sqlite3_column_int64(prepared, column);
    }
}

/* Reads one more row of the statement itself. */
static bool read_on(struct statement *statement, struct kind_memory *kind)
{
    struct recall *recall = statement->recall;
    int code = recall->stepping ? SQLITE_ROW : begin_stepping(statement);
    if (code == SQLITE_ROW)
        code = sqlite3_step(statement->prepared);
    if (code == SQLITE_ROW)
        keep_row(statement, kind);
    else if (code == SQLITE_DONE)
        recall->answer->complete = true;
    else if (statement->code == SQLITE_OK)
        statement->code = code;
    return code == SQLITE_ROW;
}

bool recall_next(struct statement *statement)
{
    struct recall *recall = statement->recall;
    struct kind_memory *kind = &statement->store->recalls->kinds[recall->kind];
    if (statement->code != SQLITE_OK)
        return false;
    if (!recall->answer)
        recall->answer = find_answer(kind, recall);
    if (recall->row == recall->answer->rows &&
        (recall->answer->complete || !read_on(statement, kind)))
        return false;
    recall->row++;
    statement->column = 0;
    return true;
}

static const struct cell *next_cell(struct statement *statement)
{
    const struct recall *recall = statement->recall;
    const struct answer *answer = recall->answer;
    return &answer->cells[(recall->row - 1) * answer->columns + (size_t)statement->column++];
}

int64_t recall_integer(struct statement *statement)
{
    return next_cell(statement)->number;
}

struct str recall_text(struct statement *statement)
{
    return next_cell(statement)->text;
}
