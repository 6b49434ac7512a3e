/* What the files of store/ share: the open database, and statements that are prepared once, bound
 * in order, read in order and ended in one place, so that no other file speaks to SQLite's C
 * interface for a query. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "store/store.h"
#include "store/words.h"

#include <sqlite3.h>

/* How much of the database SQLite keeps in memory, at most: as one works, and while many comments
 * are added. */
#define STORE_CACHE_KIB "32768"
#define STORE_CACHE_KIB_TOGETHER "262144"

/* Prepared statements by their text: open addressing, capacity a power of two (or 0). */
enum { RECENT_STATEMENTS = 256 };
struct statement_cache {
    struct cached_statement *entries;
    size_t count, capacity;
    /* By the address of their text, which for most is the same each time; a look at the text itself
     * tells whether it is. */
    sqlite3_stmt *recent[RECENT_STATEMENTS];
};

struct store {
    sqlite3 *database;
    char *path;
    int64_t person;                /* who works through it: log_set_person() */
    int64_t rare_rows;             /* up to how many rows something counts as rare: queue_scope.h */
    int64_t walk_rows, probe_rows; /* what leads a search: queue_scope.h */
    int64_t stretch_ids;         /* how many ids a search walks at once, at first: queue_scope.h */
    bool (*stop)(void *context); /* store_set_stop() */
    void *stop_context;
    struct statement_cache statements;
    struct alike_desk *alike;    /* arrivals whose look-alikes are to be found: alike_internal.h */
    struct calendars *calendars; /* as last read: calendar.h */
    struct words_aside words;    /* of comments that are being added */
    bool bare;                   /* triggers are switched off: statement_start_bare() */
    struct standing_memory *standing; /* words that stood out lately: figures_words.h */
    struct recall_memory *recalls;    /* answers that are remembered: recall.h */
};

/* Releases every prepared statement. */
void statement_cache_free(struct statement_cache *cache);

/* --- Statements --- */

/* A statement in use. A failure is remembered: what follows does nothing, and statement_end()
 * reports it, so that a caller asks once. */
struct statement {
    struct store *store;
    sqlite3_stmt *prepared;
    int code;              /* SQLITE_OK, or the first failure */
    int bound;             /* parameters bound so far */
    int column;            /* columns of this row read so far */
    struct recall *recall; /* of a statement whose answer is remembered; NULL: of others */
};

/* Takes the statement with this text from the cache, or prepares it. The text is a constant or is
 * composed of constants; a value never stands in it. Between this and statement_end() the same text
 * must not be started again. */
void statement_start(struct statement *statement, struct store *store, const char *sql);

/* For store/recall.c, of statements themselves. Prepares one, or takes it from the cache; binds one
 * parameter, to the text where there is one. */
void statement_prepare(struct statement *statement, const char *sql);
void statement_bind_at(struct statement *statement, int at, int64_t number, const struct str *text);
/* The bytes of a column of this row, whatever stands in them; they live until the next step. */
struct str statement_bytes(struct statement *statement, int column);

/* The same for a statement for which no trigger has anything to do, so often that asking them costs:
 * the triggers of the connection are switched off, which makes what it writes cheaper by a third.
 * Any other statement that writes switches them on again as it starts. Each change has every
 * statement prepared anew, so that these should come in long rows. */
void statement_start_bare(struct statement *statement, struct store *store, const char *sql);

/* Switches the triggers on where they are off: before what does not go through a statement. */
void triggers_on(struct store *store);

/* Makes a statement in use ready to be bound and stepped anew, without looking for it again. */
void statement_again(struct statement *statement);

/* Binds the next parameter (?1, ?2 ...). A text's bytes must live until statement_end(); a number
 * of a row binds as NULL when it is 0. */
void statement_bind(struct statement *statement, int64_t value);
void statement_bind_text(struct statement *statement, struct str value);
void statement_bind_id(struct statement *statement, int64_t id);

/* Binds the parameter with this name (":state"), where the statement has it. */
void statement_name(struct statement *statement, const char *name, int64_t value);
void statement_name_text(struct statement *statement, const char *name, struct str value);

/* Steps to the next row; false at the end and on failure. */
bool statement_next(struct statement *statement);

/* The row's next column: a number (0 for NULL), or bytes copied to arena (empty for NULL). */
int64_t statement_integer(struct statement *statement);
struct str statement_text(struct statement *statement, struct arena *arena);

/* Gives the statement back; OK, or what failed, with its sentence. */
enum status statement_end(struct statement *statement, struct error *error);

/* Steps to the end and gives it back: for statements that only write. */
enum status statement_run(struct statement *statement, struct error *error);

/* A statement that binds and returns nothing, from its text on. */
enum status statement_execute(struct store *store, const char *sql, struct error *error);

/* For a statement of at most one row of one number: *value receives it; false when there was no
 * row or a failure. */
bool statement_single(struct statement *statement, int64_t *value);

/* Begins to read as of one moment, unless a transaction is open that does so already; what it
 * returns goes to snapshot_end(). */
bool snapshot_start(struct store *store);
void snapshot_end(struct store *store, bool started);

/* Starts a statement whose rows are the ids of an agency's consultations, or (agency 0) of one; of
 * both: of this one where it is that agency's. */
void consultations_start(struct statement *statement, struct store *store, int64_t agency,
                         int64_t consultation);

/* --- Lists --- */

/* Items that grow in an arena. */
struct list {
    void *items;
    size_t count, capacity;
};

/* Room for one more item of this size, zeroed, at the end. */
void *list_add(struct list *list, struct arena *arena, size_t size);

/* --- Failures --- */

/* Turns an SQLite result into a status and a sentence that says what to do. */
enum status store_failed(struct store *store, int code, struct error *error);

/* Runs constant SQL of any number of statements. */
enum status store_execute(struct store *store, const char *sql, struct error *error);

/* What a string of a full-text expression begins with where words of the same stem will do. */
enum { STEM_MARK = 1 };

/* Gives SQLite the tokenizer named majlis. Returns an SQLite result.
 * heard  is told the words of texts that are indexed (not of what is searched for); may be NULL. It
 *        lives as long as the database is open. */
int tokenizer_register(sqlite3 *database, struct alike_desk *heard);

/* Brings the database to the schema of this program, or fills an empty one. */
enum status migrate(struct store *store, struct error *error);

/* The name that makes SQLite open the file at path, and not what it takes some names for, such as
 * ":memory:". The caller frees it with free(). */
char *database_name(const char *path);

/* Removes a database file and those that SQLite keeps beside it. */
void remove_database(const char *path);

/* --- Bodies --- */

/* Reads parts of bodies without reading the rest of them: a body may have megabytes. */
struct body_reader {
    struct store *store;
    sqlite3_blob *blob;
};

/* Reads at most most bytes of a comment's body from byte from, into arena; *size receives the whole
 * body's size. The reader begins as {.store = store}. Returns an SQLite result. */
int body_read(struct body_reader *reader, int64_t comment, size_t from, size_t most,
              struct arena *arena, struct str *part, size_t *size);
void body_close(struct body_reader *reader);

#endif
