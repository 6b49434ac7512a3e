/* Words, in pieces of bounded size: a text of any length needs little memory and linear time. */
#include "text/word.h"

#include "base/arena.h"
#include "text/cluster.h"
#include "text/utf8.h"

#include <unictype.h>
#include <uniwbrk.h>

/* A piece ends at a newline, or at the first blank behind this many bytes: a blank with something
 * else behind it is always a boundary. */
enum { PIECE_BYTES = 4096 };

/* The end of the piece that starts at from. */
static size_t piece_end(struct str text, size_t from)
{
    for (size_t at = from; at < text.size; at++) {
        if (text.data[at] == '\n')
            return at + 1;
        if (at - from >= PIECE_BYTES && text.data[at] == ' ' && at + 1 < text.size &&
            text.data[at + 1] != ' ')
            return at + 1;
    }
    return text.size;
}

/* Where the piece that holds byte at starts, for going backwards. */
static size_t piece_start(struct str text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

static bool is_of_word(uint32_t codepoint)
{
    return uc_is_property_alphabetic(codepoint) ||
           uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_N);
}

/* The code points of a piece. */
struct piece {
    uint32_t *text;
    size_t *offsets; /* one more than text */
    char *boundary;
    size_t size;
};

static struct piece piece_make(struct arena *arena, struct str text, size_t start, size_t end)
{
    size_t most = end - start;
    struct piece piece = {
        .text = arena_new(arena, most, sizeof *piece.text),
        .offsets = arena_new(arena, most + 1, sizeof *piece.offsets),
        .boundary = arena_new(arena, most, 1),
    };
    for (size_t at = start; at < end; piece.size++) {
        piece.offsets[piece.size] = at;
        at += utf8_decode((struct str){text.data, end}, at, &piece.text[piece.size]);
    }
    piece.offsets[piece.size] = end;
    u32_wordbreaks(piece.text, piece.size, piece.boundary);
    return piece;
}

static int each_of_piece(const struct piece *piece,
                         int (*each)(void *context, size_t start, size_t end), void *context)
{
    for (size_t start = 0, end; start < piece->size; start = end) {
        bool word = is_of_word(piece->text[start]);
        for (end = start + 1; end < piece->size && !piece->boundary[end]; end++)
            word = word || is_of_word(piece->text[end]);
        if (!word)
            continue;
        int result = each(context, piece->offsets[start], piece->offsets[end]);
        if (result != 0)
            return result;
    }
    return 0;
}

int word_each(struct str text, size_t from, int (*each)(void *context, size_t start, size_t end),
              void *context)
{
    struct arena arena = {0};
    int result = 0;
    for (size_t start = from, end; start < text.size && result == 0; start = end) {
        end = piece_end(text, start);
        struct piece piece = piece_make(&arena, text, start, end);
        result = each_of_piece(&piece, each, context);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return result;
}

/* --- One word forwards or backwards --- */

struct sought {
    size_t at;    /* the place to go from */
    size_t found; /* the nearest word's start so far */
};

static int first_behind(void *context, size_t start, size_t end)
{
    struct sought *sought = context;
    (void)end;
    if (start <= sought->at)
        return 0;
    sought->found = start;
    return 1;
}

static int last_before(void *context, size_t start, size_t end)
{
    struct sought *sought = context;
    (void)end;
    if (start >= sought->at)
        return 1;
    sought->found = start;
    return 0;
}

size_t word_next(struct str s, size_t at)
{
    struct sought sought = {at, s.size};
    if (at < s.size)
        word_each(s, piece_start(s, at), first_behind, &sought);
    return sought.found;
}

size_t word_previous(struct str s, size_t at)
{
    if (at > s.size)
        at = s.size;
    /* Paragraph by paragraph, until one has a word before the place. */
    for (size_t start, end = piece_end(s, at); end > 0; end = start) {
        start = piece_start(s, end > at ? at : end - 1);
        struct sought sought = {at, SIZE_MAX};
        word_each((struct str){s.data, end}, start, last_before, &sought);
        if (sought.found != SIZE_MAX)
            return sought.found;
    }
    return 0;
}
