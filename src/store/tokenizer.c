/* The tokenizer named majlis: gives FTS5 the words of a text in their folded form, so that the index
 * and a search meet whatever spelling a writer chose. What folding is, is in text/fold.h.
 *
 * A word whose stem is another is indexed under both, at one place: the stem with STEM_MARK before
 * it, so that it is found by its form alone, too. A search says which it means: a string that begins
 * with STEM_MARK asks for every word with the stem of one of its own. */
#include "store/alike_internal.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "text/fold.h"
#include "text/stem.h"

#include <limits.h>
#include <stdlib.h>

/* FTS5's instance of a tokenizer. */
struct tokenizer {
    struct alike_desk *heard; /* is told the words that are indexed; NULL: nobody is */
    struct stemmer *stemmer;
    struct buffer marked; /* a stem behind its mark */
};

struct receiver {
    struct tokenizer *tokenizer;
    bool stems, asks; /* whether stems are wanted, and by a search */
    bool told;        /* whether somebody is told the words */
    void *context;
    int (*token)(void *context, int flags, const char *text, int size, int start, int end);
};

static int create(void *context, const char **arguments, int count, Fts5Tokenizer **tokenizer)
{
    (void)arguments;
    if (count != 0)
        return SQLITE_ERROR;
    struct tokenizer *made = memory_new(1, sizeof *made);
    made->stemmer = stemmer_new();
    made->heard = context;
    *tokenizer = (Fts5Tokenizer *)(void *)made;
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    struct tokenizer *made = (struct tokenizer *)(void *)tokenizer;
    stemmer_free(made->stemmer);
    buffer_free(&made->marked);
    free(made);
}

/* Another form of the word that was passed last, at the same place. */
static int pass_form(const struct receiver *receiver, struct str form, size_t start, size_t end)
{
    return receiver->token(receiver->context, FTS5_TOKEN_COLOCATED, form.data, (int)form.size,
                           (int)start, (int)end);
}

static int pass_stem(const struct receiver *receiver, struct str word, size_t start, size_t end)
{
    struct buffer *marked = &receiver->tokenizer->marked;
    struct str stem = stemmer_stem(receiver->tokenizer->stemmer, word);
    bool same = str_equal(stem, word);
    if (same && !receiver->asks)
        return SQLITE_OK;
    buffer_clear(marked);
    buffer_add_byte(marked, STEM_MARK);
    buffer_add(marked, stem);
    int code = pass_form(receiver, buffer_str(marked), start, end);
    /* A word that is its own stem is indexed as it is. */
    return code == SQLITE_OK && receiver->asks && !same
               ? pass_form(receiver, str_part(buffer_str(marked), 1, stem.size), start, end)
               : code;
}

static int pass_word(void *context, struct str word, size_t start, size_t end)
{
    const struct receiver *receiver = context;
    if (receiver->told)
        alike_hear(receiver->tokenizer->heard, word);
    if (word.size >= INT_MAX || end > INT_MAX)
        return SQLITE_TOOBIG;
    int code =
        receiver->token(receiver->context, 0, word.data, (int)word.size, (int)start, (int)end);
    return code == SQLITE_OK && receiver->stems ? pass_stem(receiver, word, start, end) : code;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
                    int (*token)(void *context, int flags, const char *text, int size, int start,
                                 int end))
{
    if (size <= 0)
        return SQLITE_OK;
    struct receiver receiver = {.tokenizer = (struct tokenizer *)(void *)tokenizer,
                                .asks = flags & FTS5_TOKENIZE_QUERY,
                                .context = context,
                                .token = token};
    receiver.told = (flags & FTS5_TOKENIZE_DOCUMENT) && receiver.tokenizer->heard;
    receiver.stems = !receiver.asks || text[0] == STEM_MARK;
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
