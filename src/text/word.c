/* Words, in pieces of bounded size: a text of any length needs little memory and linear time. */
#include "text/word.h"

#include "base/arena.h"
#include "text/cluster.h"
#include "text/utf8.h"

#include <string.h>
#include <unictype.h>
#include <uniwbrk.h>

/* A piece ends at a newline, or at the first blank behind this many bytes: a blank with something
 * else behind it is always a boundary. */
enum { PIECE_BYTES = 4096 };

/* The end of the piece that starts at from. */
static size_t piece_end(struct str text, size_t from)
{
    if (from >= text.size)
        return text.size;
    const char *newline = memchr(text.data + from, '\n', text.size - from);
    size_t line_end = newline ? (size_t)(newline - text.data) + 1 : text.size;
    for (size_t at = from + PIECE_BYTES; at + 1 < line_end; at++) {
        if (text.data[at] == ' ' && text.data[at + 1] != ' ')
            return at + 1;
    }
    return line_end;
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

/* --- Common letters --- */

/* What UAX #29 calls the characters that nearly all texts here are made of. OTHER breaks on both
 * sides; UNCOMMON is left to the library. */
enum kind {
    OTHER,
    LETTER,
    NUMBER,
    EXTEND,
    JOINER,
    MID_LETTER,
    MID_NUMBER,
    MID_BOTH,
    UNCOMMON,
    INSIDE /* a byte that no character starts with */
};

static enum kind ascii_kind(unsigned char byte)
{
    if (is_ascii_letter((char)byte))
        return LETTER;
    if (byte >= '0' && byte <= '9')
        return NUMBER;
    switch (byte) {
    case '_':
        return JOINER;
    case ':':
        return MID_LETTER;
    case ',':
    case ';':
        return MID_NUMBER;
    case '.':
    case '\'':
        return MID_BOTH;
    default:
        return (byte >= ' ' && byte < 0x7f) || (byte >= '\t' && byte <= '\r') ? OTHER : UNCOMMON;
    }
}

static enum kind arabic_kind(uint32_t codepoint)
{
    if ((codepoint >= 0x620 && codepoint <= 0x64a) || codepoint == 0x67e || codepoint == 0x686 ||
        codepoint == 0x698 || codepoint == 0x6a9 || codepoint == 0x6af || codepoint == 0x6cc)
        return LETTER;
    if (codepoint >= 0x64b && codepoint <= 0x657)
        return EXTEND;
    if ((codepoint >= 0x660 && codepoint <= 0x669) || (codepoint >= 0x6f0 && codepoint <= 0x6f9))
        return NUMBER;
    if (codepoint == 0x60c) /* comma */
        return MID_NUMBER;
    return codepoint == 0x61b || codepoint == 0x61f ? OTHER : UNCOMMON; /* semicolon, question */
}

static enum kind kind_of(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return ascii_kind((unsigned char)codepoint);
    if (codepoint >= 0x600 && codepoint <= 0x6ff)
        return arabic_kind(codepoint);
    switch (codepoint) {
    case 0xab: /* guillemets */
    case 0xbb:
    case 0x2013: /* dashes */
    case 0x2014:
    case 0x201c: /* quotation marks */
    case 0x201d:
    case 0x2026: /* ellipsis */
        return OTHER;
    default:
        return UNCOMMON;
    }
}

/* Finds the kind of every character of a piece; kinds has a place for each byte. False where the
 * piece cannot be cut without the library: it can with common characters alone, and marks on nothing
 * but letters and digits. */
static bool find_kinds(struct str piece, unsigned char *kinds)
{
    enum kind before = OTHER;
    for (size_t at = 0; at < piece.size;) {
        enum kind kind;
        size_t bytes = 1;
        if ((unsigned char)piece.data[at] < 0x80) {
            kind = ascii_kind((unsigned char)piece.data[at]);
        } else {
            uint32_t codepoint = 0;
            bytes = utf8_decode(piece, at, &codepoint);
            kind = kind_of(codepoint);
        }
        if (kind == UNCOMMON ||
            (kind == EXTEND && before != LETTER && before != NUMBER && before != EXTEND))
            return false;
        before = kind;
        kinds[at++] = (unsigned char)kind;
        for (size_t i = 1; i < bytes; i++)
            kinds[at++] = INSIDE;
    }
    return true;
}

/* Whether what stands in the middle of a word joins what is before to what is behind it: WB6, WB7,
 * WB11 and WB12. */
static bool joins(enum kind before, enum kind middle, enum kind behind)
{
    if (before == LETTER && behind == LETTER)
        return middle == MID_LETTER || middle == MID_BOTH;
    return before == NUMBER && behind == NUMBER && (middle == MID_NUMBER || middle == MID_BOTH);
}

/* The byte of a piece behind the character at byte at. */
static size_t next_character(const unsigned char *kinds, size_t size, size_t at)
{
    for (at++; at < size && kinds[at] == INSIDE; at++)
        continue;
    return at;
}

/* The end of the word that starts at byte at of a piece; *word tells whether it holds a letter or a
 * digit. */
static size_t common_word_end(const unsigned char *kinds, size_t size, size_t at, bool *word)
{
    enum kind before = OTHER;
    *word = false;
    while (at < size) {
        size_t next = next_character(kinds, size, at);
        enum kind kind = (enum kind)kinds[at];
        if (kind == LETTER || kind == NUMBER || kind == JOINER) {
            before = kind;
            *word = *word || kind != JOINER;
        } else if (kind != EXTEND &&
                   !joins(before, kind, next < size ? (enum kind)kinds[next] : OTHER)) {
            break;
        }
        at = next;
    }
    return at;
}

/* start: where the piece begins in the text that each() is told places of. */
static int each_of_common(const unsigned char *kinds, size_t size, size_t start,
                          int (*each)(void *context, size_t start, size_t end), void *context)
{
    int result = 0;
    for (size_t at = 0, next; at < size && result == 0; at = next) {
        bool word;
        next = common_word_end(kinds, size, at, &word);
        if (next == at)
            next = next_character(kinds, size, at);
        else if (word)
            result = each(context, start + at, start + next);
    }
    return result;
}

/* --- Any letters --- */

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
        unsigned char *kinds = arena_new(&arena, end - start, 1);
        if (find_kinds(str_part(text, start, end - start), kinds)) {
            result = each_of_common(kinds, end - start, start, each, context);
        } else {
            struct piece piece = piece_make(&arena, text, start, end);
            result = each_of_piece(&piece, each, context);
        }
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
