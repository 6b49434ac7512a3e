/* Folding: what two spellings of a word that a reader takes for the same have in common. */
#include "text/fold.h"

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

/* --- Common letters --- */

/* What a letter of the Arabic block that is nearly always meant becomes: 0 nothing, NOT_COMMON for
 * what folding has to look at more closely. */
enum { NOT_COMMON = 0xffff };
static uint32_t common_form(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x622: /* alef with madda above */
    case 0x623: /* alef with hamza above */
    case 0x625: /* alef with hamza below */
        return 0x627;
    case 0x624: /* waw with hamza */
        return 0x648;
    case 0x626: /* yeh with hamza */
        return 0x64a;
    case 0x640: /* tatweel */
    case 0x670: /* superscript alef */
        return 0;
    default:
        if (codepoint >= 0x64b && codepoint <= 0x65f)
            return 0;
        if ((codepoint >= 0x621 && codepoint <= 0x64a) ||
            (codepoint >= 0x660 && codepoint <= 0x669) ||
            (codepoint >= 0x6f0 && codepoint <= 0x6f9) || codepoint == 0x67e ||
            codepoint == 0x686 || codepoint == 0x698 || codepoint == 0x6a9 || codepoint == 0x6af ||
            codepoint == 0x6cc)
            return letter_form(codepoint);
        return NOT_COMMON;
    }
}

/* Folds ASCII and the common letters of Arabic, which are nearly all there is, without a detour
 * through normal forms. False, with nothing added, where the text holds anything else. What such a
 * character becomes is no longer than it was. */
static bool fold_common(struct str text, struct buffer *folded)
{
    enum { PART_BYTES = 256, CHARACTER_BYTES = 2 };
    char part[PART_BYTES];
    size_t before = folded->size, size = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t codepoint = (unsigned char)text.data[at];
        if (size + CHARACTER_BYTES > PART_BYTES) {
            buffer_add(folded, (struct str){part, size});
            size = 0;
        }
        if (codepoint < 0x80) {
            if (!is_ignored_ascii(codepoint))
                part[size++] = (char)(codepoint >= 'A' && codepoint <= 'Z' ? codepoint - 'A' + 'a'
                                                                           : codepoint);
            at++;
            continue;
        }
        at += utf8_decode(text, at, &codepoint);
        codepoint = common_form(codepoint);
        if (codepoint == NOT_COMMON) {
            folded->size = before;
            return false;
        }
        if (codepoint >= 0x80) {
            part[size++] = (char)(0xc0 | codepoint >> 6);
            part[size++] = (char)(0x80 | (codepoint & 0x3f));
        } else if (codepoint != 0) {
            part[size++] = (char)codepoint;
        }
    }
    buffer_add(folded, (struct str){part, size});
    return true;
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

void fold_text(struct str text, struct buffer *folded)
{
    for (size_t start = 0, end; start < text.size; start = end) {
        for (end = start; end < text.size; end++) {
            if (end - start >= PIECE_BYTES && (text.data[end] == ' ' || text.data[end] == '\n'))
                break;
        }
        struct str piece = str_part(text, start, end - start);
        if (!fold_common(piece, folded))
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

int fold_words_from(struct str text, size_t from,
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
