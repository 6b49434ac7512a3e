/* Finding words in a text as a search does. */
#include "text/find.h"

#include "base/arena.h"
#include "text/fold.h"

/* A search under way. Of the last words read, as many as the needle has, it is kept how many words
 * of the needle a match that began there has seen. */
struct finder {
    struct str *words; /* of the needle */
    size_t count;
    enum find_how how;
    struct stemmer *stemmer;
    struct str *stems; /* of words, where stems are compared */
    size_t *starts;    /* where the words read began, in a ring of count */
    bool *alive;       /* in the same ring: a match that began there still holds */
    size_t read;       /* how many words were read */
    size_t start, end;
};

/* Whether a word of the text is the one at this place of the needle. */
static bool is_wanted(const struct finder *finder, struct str word, size_t at)
{
    if (str_equal(word, finder->words[at]))
        return true;
    if (finder->how == FIND_PREFIX)
        return at + 1 == finder->count && str_starts(word, finder->words[at]);
    return finder->how == FIND_STEM &&
           str_equal(stemmer_stem(finder->stemmer, word), finder->stems[at]);
}

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
        if (!finder->alive[slot])
            continue;
        finder->alive[slot] = is_wanted(finder, word, seen);
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

bool find_in_text(struct str text, struct str needle, enum find_how how, struct stemmer *stemmer,
                  size_t from, size_t *start, size_t *end)
{
    struct finder finder = {.count = cut_needle(needle, NULL), .how = how, .stemmer = stemmer};
    if (finder.count == 0 || from >= text.size)
        return false;
    struct arena arena = {0};
    finder.words = arena_new(&arena, finder.count, sizeof *finder.words);
    finder.starts = arena_new(&arena, finder.count, sizeof *finder.starts);
    finder.alive = arena_new(&arena, finder.count, sizeof *finder.alive);
    finder.stems = arena_new(&arena, finder.count, sizeof *finder.stems);
    cut_needle(needle, finder.words);
    for (size_t i = 0; how == FIND_STEM && i < finder.count; i++)
        finder.stems[i] = arena_copy(&arena, stemmer_stem(stemmer, finder.words[i]));
    bool found = fold_words_from(text, from, find_word, &finder) != 0;
    if (found) {
        *start = finder.start;
        *end = finder.end;
    }
    arena_free(&arena);
    return found;
}
