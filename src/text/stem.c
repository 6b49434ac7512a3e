/* Stemming by libstemmer, on folded words.
 *
 * The Arabic stemmer knows words as they are written with care. A folded word has lost the difference
 * between a final ta marbuta and ha, and on some endings the stemmer takes off the beginning instead
 * of the end; so a word is given to it in the one form it treats well: as a singular with ta
 * marbuta. */
#include "text/stem.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>

/* Letters an Arabic word, or its stem, has at least; an Arabic letter has two bytes. */
enum { ARABIC_LETTERS_LEAST = 3, ARABIC_BYTES_LEAST = 2 * ARABIC_LETTERS_LEAST };
/* Longer words are names of nothing: stemming them would only cost. */
enum { WORD_BYTES_MOST = 64 };

/* Few words make up most of a text: what became of the last ones is kept, each at the place that its
 * hash gives it. */
enum { KEPT_WORDS = 32768, KEPT_BYTES = 30 };
struct kept {
    unsigned char word_size, stem_size; /* word_size 0: a free place */
    char word[KEPT_BYTES], stem[KEPT_BYTES];
};

struct stemmer {
    struct sb_stemmer *arabic, *english;
    struct buffer form;
    struct kept kept[KEPT_WORDS];
};

static struct sb_stemmer *open_stemmer(const char *language)
{
    struct sb_stemmer *opened = sb_stemmer_new(language, "UTF_8");
    if (!opened)
        memory_exhausted();
    return opened;
}

struct stemmer *stemmer_new(void)
{
    struct stemmer *stemmer = memory_new(1, sizeof *stemmer);
    stemmer->arabic = open_stemmer("arabic");
    stemmer->english = open_stemmer("english");
    return stemmer;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->arabic);
    sb_stemmer_delete(stemmer->english);
    buffer_free(&stemmer->form);
    free(stemmer);
}

static bool is_latin(struct str word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] != '\'' && (word.data[i] < 'a' || word.data[i] > 'z'))
            return false;
    }
    return true;
}

/* Letters from U+0620 to U+064A: what folding leaves of Arabic. */
static bool is_arabic(struct str word)
{
    if (word.size % 2 != 0)
        return false;
    for (size_t i = 0; i < word.size; i += 2) {
        unsigned char lead = (unsigned char)word.data[i], next = (unsigned char)word.data[i + 1];
        if (!(lead == 0xd8 && next >= 0xa0) && !(lead == 0xd9 && next <= 0x8a))
            return false;
    }
    return true;
}

static bool ends_in(struct str word, struct str ending)
{
    return word.size >= ending.size &&
           memcmp(word.data + word.size - ending.size, ending.data, ending.size) == 0;
}

/* Without a conjunction before the article, and with a ta marbuta for the endings of a noun that has
 * one: its plural, and with who it belongs to. */
static void write_form(struct str word, struct buffer *form)
{
    static const char *const articles[] = {"ال", "لل"};
    static const char *const endings[] = {"ات", "تي", "ته", "تها", "تنا", "تهم", "تكم", "ه"};
    struct str rest = str_part(word, 2, word.size);
    if (str_starts(word, str_of("و")) || str_starts(word, str_of("ف"))) {
        for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
            if (str_starts(rest, str_of(articles[i])) && rest.size >= ARABIC_BYTES_LEAST + 4)
                word = rest;
        }
    }
    buffer_clear(form);
    buffer_add(form, word);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_of(endings[i]);
        if (!ends_in(word, ending) || word.size - ending.size < ARABIC_BYTES_LEAST)
            continue;
        buffer_replace(form, word.size - ending.size, ending.size, str_of("ة"));
        return;
    }
}

static struct str stem_by(struct sb_stemmer *by, struct str word)
{
    const sb_symbol *stem = sb_stemmer_stem(by, (const sb_symbol *)word.data, (int)word.size);
    if (!stem)
        memory_exhausted();
    return (struct str){(const char *)stem, (size_t)sb_stemmer_length(by)};
}

static struct str stem_arabic(struct stemmer *stemmer, struct str word)
{
    write_form(word, &stemmer->form);
    struct str stem = stem_by(stemmer->arabic, buffer_str(&stemmer->form));
    return stem.size < ARABIC_BYTES_LEAST ? word : stem;
}

static struct str stem(struct stemmer *stemmer, struct str word)
{
    if (is_latin(word))
        return stem_by(stemmer->english, word);
    if (is_arabic(word) && word.size > ARABIC_BYTES_LEAST)
        return stem_arabic(stemmer, word);
    return word;
}

/* FNV-1a, 32 bits. */
static struct kept *place_of(struct stemmer *stemmer, struct str word)
{
    const uint32_t offset_basis = 0x811c9dc5, prime = 0x01000193;
    uint32_t hash = offset_basis;
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * prime;
    return &stemmer->kept[hash % KEPT_WORDS];
}

struct str stemmer_stem(struct stemmer *stemmer, struct str word)
{
    if (word.size == 0 || word.size > WORD_BYTES_MOST)
        return word;
    if (word.size > KEPT_BYTES)
        return stem(stemmer, word);
    struct kept *kept = place_of(stemmer, word);
    if (!str_equal((struct str){kept->word, kept->word_size}, word)) {
        struct str found = stem(stemmer, word);
        if (found.size > KEPT_BYTES)
            return found;
        memcpy(kept->stem, found.data, found.size);
        memcpy(kept->word, word.data, word.size);
        kept->stem_size = (unsigned char)found.size;
        kept->word_size = (unsigned char)word.size;
    }
    return (struct str){kept->stem, kept->stem_size};
}
