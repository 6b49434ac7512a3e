/* The tokenizer named majlis: gives FTS5 the words of a text in their folded form, so that the index
 * and a search meet whatever spelling a writer chose. What folding is, is in text/fold.h. */
#include "store/alike_internal.h"

#include "text/fold.h"

#include <limits.h>

/* FTS5 wants an instance; this tokenizer has no settings, so that who is told of words serves as
 * one, and where nobody is told, this. */
static char nobody;

struct receiver {
    struct alike_desk *heard; /* NULL: nobody is told */
    void *context;
    int (*token)(void *context, int flags, const char *text, int size, int start, int end);
};

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **tokenizer)
{
    (void)arguments;
    *tokenizer = (Fts5Tokenizer *)(context ? context : &nobody);
    return count == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int pass_word(void *context, struct str word, size_t start, size_t end)
{
    const struct receiver *receiver = context;
    if (receiver->heard)
        alike_hear(receiver->heard, word);
    if (word.size > INT_MAX || end > INT_MAX)
        return SQLITE_TOOBIG;
    return receiver->token(receiver->context, 0, word.data, (int)word.size, (int)start, (int)end);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
                    int (*token)(void *context, int flags, const char *text, int size, int start,
                                 int end))
{
    bool told = (flags & FTS5_TOKENIZE_DOCUMENT) && (void *)tokenizer != (void *)&nobody;
    struct receiver receiver = {told ? (void *)tokenizer : NULL, context, token};
    if (size <= 0)
        return SQLITE_OK;
    return fold_words((struct str){text, (size_t)size}, pass_word, &receiver);
}

/* FTS5 hands out its interface through a pointer bound to a SELECT. */
static int find_interface(sqlite3 *database, fts5_api **interface)
{
    sqlite3_stmt *statement = NULL;
    *interface = NULL;
    int code = sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(statement, 1, (void *)interface, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK)
        sqlite3_step(statement);
    sqlite3_finalize(statement);
    return code == SQLITE_OK && !*interface ? SQLITE_ERROR : code;
}

int tokenizer_register(sqlite3 *database, struct alike_desk *heard)
{
    static fts5_tokenizer tokenizer = {create, delete, tokenize};
    fts5_api *interface;
    int code = find_interface(database, &interface);
    if (code != SQLITE_OK)
        return code;
    return interface->xCreateTokenizer(interface, "majlis", heard, &tokenizer, NULL);
}
