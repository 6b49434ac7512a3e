/* Folding: what two spellings of a word that a reader takes for the same have in common. */
#include "text/fold.h"

#include "base/arena.h"
#include "base/memory.h"
#include "text/utf8.h"
#include "text/word.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* A piece of text is folded at a time; it ends at ASCII white space, across which nothing
 * composes. */
enum { PIECE_BYTES = 4096 };

/* --- Single characters --- */

/* Controls but those that are blanks; a NUL in a word would end it for who reads it as a C string. */
static bool is_ignored_ascii(uint32_t codepoint)
{
    return (codepoint < ' ' && !(codepoint >= '\t' && codepoint <= '\r')) || codepoint == 0x7f;
}

static bool is_ignored(uint32_t codepoint)
{
    enum { TATWEEL = 0x640 };
    if (codepoint < 0x80)
        return is_ignored_ascii(codepoint);
    return codepoint == TATWEEL ||
           uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cc) ||
           uc_is_property(codepoint, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
}

/* After decomposition: hamzas and madda have become marks of their own. */
static uint32_t letter_form(uint32_t codepoint)
{
    enum { ALEF = 0x627, HEH = 0x647, KAF = 0x643, YEH = 0x64a };
    if (codepoint >= 0x660 && codepoint <= 0x669)
        return '0' + (codepoint - 0x660);
    if (codepoint >= 0x6f0 && codepoint <= 0x6f9)
        return '0' + (codepoint - 0x6f0);
    switch (codepoint) {
    case 0x671: /* alef wasla */
        return ALEF;
    case 0x629: /* teh marbuta */
    case 0x6be: /* heh doachashmee */
    case 0x6c1: /* heh goal */
    case 0x6c3: /* teh marbuta goal */
    case 0x6d5: /* ae */
        return HEH;
    case 0x6a9: /* keheh */
        return KAF;
    case 0x649: /* alef maksura */
    case 0x6cc: /* Farsi yeh */
    case 0x6d2: /* yeh barree */
        return YEH;
    default:
        return codepoint;
    }
}

/* Scripts whose words are recognised without their marks. Other scripts need theirs. */
static bool drops_marks(uint32_t base)
{
    if (base < 0x80)
        return true;
    const uc_script_t *script = uc_script(base);
    return script && (script == uc_script_byname("Arabic") ||
                      script == uc_script_byname("Hebrew") || script == uc_script_byname("Latin"));
}

static bool is_mark(uint32_t codepoint)
{
    return codepoint >= 0x300 &&
           uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

/* --- Pieces --- */

/* Drops and replaces characters of a decomposed text in place; returns what is left of size. */
static size_t simplify(uint32_t *text, size_t size)
{
    size_t kept = 0;
    bool drops = true;
    for (size_t i = 0; i < size; i++) {
        if (is_ignored(text[i]) || (is_mark(text[i]) && drops))
            continue;
        if (!is_mark(text[i]))
            drops = drops_marks(text[i]);
        text[kept++] = letter_form(text[i]);
    }
    return kept;
}

static void fold_ascii(struct str text, struct buffer *folded)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (is_ignored_ascii((unsigned char)byte))
            continue;
        buffer_add_byte(folded, byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte);
    }
}

static void fold_piece(struct str text, struct buffer *folded)
{
    uint32_t *decoded = memory_new(text.size, sizeof *decoded);
    size_t size = 0, folded_size = 0, composed_size = 0;
    for (size_t at = 0; at < text.size; size++)
        at += utf8_decode(text, at, &decoded[size]);
    uint32_t *decomposed = u32_casefold(decoded, size, NULL, UNINORM_NFKD, NULL, &folded_size);
    if (!decomposed)
        memory_exhausted();
    folded_size = simplify(decomposed, folded_size);
    uint32_t *composed = u32_normalize(UNINORM_NFC, decomposed, folded_size, NULL, &composed_size);
    if (!composed)
        memory_exhausted();
    for (size_t i = 0; i < composed_size; i++)
        utf8_add(folded, composed[i]);
    free(composed);
    free(decomposed);
    free(decoded);
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    }
    return true;
}

void fold_text(struct str text, struct buffer *folded)
{
    for (size_t start = 0, end; start < text.size; start = end) {
        for (end = start; end < text.size; end++) {
            if (end - start >= PIECE_BYTES && (text.data[end] == ' ' || text.data[end] == '\n'))
                break;
        }
        struct str piece = str_part(text, start, end - start);
        if (is_ascii(piece))
            fold_ascii(piece, folded);
        else
            fold_piece(piece, folded);
    }
}

/* --- Words --- */

struct word_folder {
    struct str text;
    struct buffer folded; /* one word */
    int (*each)(void *context, struct str word, size_t start, size_t end);
    void *context;
};

static int fold_word(void *context, size_t start, size_t end)
{
    struct word_folder *folder = context;
    buffer_clear(&folder->folded);
    fold_text(str_part(folder->text, start, end - start), &folder->folded);
    if (folder->folded.size == 0)
        return 0;
    return folder->each(folder->context, buffer_str(&folder->folded), start, end);
}

static int fold_words_from(struct str text, size_t from,
                           int (*each)(void *context, struct str word, size_t start, size_t end),
                           void *context)
{
    struct word_folder folder = {.text = text, .each = each, .context = context};
    int result = word_each(text, from, fold_word, &folder);
    buffer_free(&folder.folded);
    return result;
}

int fold_words(struct str text,
               int (*each)(void *context, struct str word, size_t start, size_t end), void *context)
{
    return fold_words_from(text, 0, each, context);
}

/* --- Finding --- */

/* A search under way. Of the last words read, as many as the needle has, it is kept how many words
 * of the needle a match that began there has seen. */
struct finder {
    struct str *words; /* of the needle */
    size_t count;
    size_t *starts; /* where the words read began, in a ring of count */
    bool *alive;    /* in the same ring: a match that began there still holds */
    size_t read;    /* how many words were read */
    size_t start, end;
};

static int find_word(void *context, struct str word, size_t start, size_t end)
{
    struct finder *finder = context;
    finder->starts[finder->read % finder->count] = start;
    finder->alive[finder->read % finder->count] = true;
    size_t candidates = finder->read < finder->count ? finder->read + 1 : finder->count;
    finder->read++;
    for (size_t seen = candidates; seen-- > 0;) {
        size_t slot = (finder->read - 1 - seen) % finder->count;
        bool last = seen + 1 == finder->count;
        struct str wanted = finder->words[seen];
        if (!finder->alive[slot])
            continue;
        finder->alive[slot] = last ? str_starts(word, wanted) : str_equal(word, wanted);
        if (last && finder->alive[slot]) {
            finder->start = finder->starts[slot];
            finder->end = end;
            return 1;
        }
    }
    return 0;
}

/* Cuts the needle at its blanks; returns the number of words. NULL counts only. */
static size_t cut_needle(struct str needle, struct str *words)
{
    size_t count = 0;
    for (size_t start = 0, end; start < needle.size; start = end + 1) {
        for (end = start; end < needle.size && needle.data[end] != ' '; end++)
            continue;
        if (end == start)
            continue;
        if (words)
            words[count] = str_part(needle, start, end - start);
        count++;
    }
    return count;
}

bool fold_find(struct str text, struct str needle, size_t from, size_t *start, size_t *end)
{
    struct finder finder = {.count = cut_needle(needle, NULL)};
    if (finder.count == 0 || from >= text.size)
        return false;
    struct arena arena = {0};
    finder.words = arena_new(&arena, finder.count, sizeof *finder.words);
    finder.starts = arena_new(&arena, finder.count, sizeof *finder.starts);
    finder.alive = arena_new(&arena, finder.count, sizeof *finder.alive);
    cut_needle(needle, finder.words);
    bool found = fold_words_from(text, from, find_word, &finder) != 0;
    if (found) {
        *start = finder.start;
        *end = finder.end;
    }
    arena_free(&arena);
    return found;
}
