/* Shingles, their hashes, and how much of them two texts have in common. */
#include "text/alike.h"

#include "base/memory.h"
#include "text/fold.h"

#include <stdlib.h>

enum { PERCENT = 100, FIRST_CAPACITY = 64, SHORT = 48 };

/* FNV-1a, folded to 32 bits: a hash for bytes that come one by one. */
static uint32_t hash_word(struct str word)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 0x100000001b3u;
    return (uint32_t)(hash ^ hash >> 32);
}

/* Spreads the bits, so that the smallest hashes are a fair sample (the finalizer of MurmurHash3). */
static uint32_t spread(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdu;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53u;
    return (uint32_t)(hash ^ hash >> 33);
}

void alike_clear(struct alike *alike)
{
    alike->count = alike->words = 0;
}

void alike_free(struct alike *alike)
{
    free(alike->shingles);
    *alike = (struct alike){0};
}

/* Of a word and those before it, the latest first. */
static uint32_t hash_shingle(uint32_t latest, const uint32_t before[ALIKE_WORDS - 1])
{
    uint64_t hash = latest;
    for (int i = 0; i < ALIKE_WORDS - 1; i++)
        hash = hash * 0x9e3779b97f4a7c15u + before[i];
    return spread(hash);
}

static void reserve(struct alike *alike, size_t count)
{
    if (count <= alike->capacity)
        return;
    while (alike->capacity < count)
        alike->capacity = alike->capacity ? 2 * alike->capacity : FIRST_CAPACITY;
    alike->shingles = memory_resize(alike->shingles, alike->capacity, sizeof *alike->shingles);
}

static void add_shingle(struct alike *alike, uint32_t latest)
{
    reserve(alike, alike->count + 1);
    alike->shingles[alike->count++] = hash_shingle(latest, alike->before);
}

void alike_add(struct alike *alike, struct str word)
{
    /* There is a word for two bytes at most: what comes behind is not taken at the end anyway. */
    if (alike->words >= ALIKE_MOST_BYTES)
        return;
    uint32_t hash = hash_word(word);
    alike->words++;
    if (alike->words >= ALIKE_WORDS)
        add_shingle(alike, hash);
    for (int i = ALIKE_WORDS - 2; i > 0; i--)
        alike->before[i] = alike->before[i - 1];
    alike->before[0] = hash;
}

/* Sorts by one byte after the other, the lowest first; spare has room for as many. */
static void sort(uint32_t *list, uint32_t *spare, size_t count)
{
    enum { BYTES = sizeof *list, BITS = 8, VALUES = 256 };
    size_t places[BYTES][VALUES] = {0};
    for (size_t i = 0; i < count; i++) {
        for (int byte = 0; byte < BYTES; byte++)
            places[byte][list[i] >> byte * BITS & (VALUES - 1)]++;
    }
    for (int byte = 0; byte < BYTES; byte++) {
        size_t *place = places[byte];
        for (size_t value = 0, next = 0; value < VALUES; value++) {
            size_t many = place[value];
            place[value] = next;
            next += many;
        }
        for (size_t i = 0; i < count; i++)
            spare[place[list[i] >> byte * BITS & (VALUES - 1)]++] = list[i];
        uint32_t *sorted = spare;
        spare = list;
        list = sorted;
    }
}

/* What is short is sorted without all that counting. */
static void insert_sorted(uint32_t *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint32_t each = list[i];
        size_t at = i;
        for (; at > 0 && list[at - 1] > each; at--)
            list[at] = list[at - 1];
        list[at] = each;
    }
}

static int compare(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

void alike_finish(struct alike *alike, size_t size)
{
    if (alike->words < ALIKE_LEAST_WORDS || size > ALIKE_MOST_BYTES)
        alike->count = 0;
    if (alike->count < 2)
        return;
    if (alike->count < SHORT) {
        insert_sorted(alike->shingles, alike->count);
    } else {
        reserve(alike, 2 * alike->count);
        sort(alike->shingles, alike->shingles + alike->count, alike->count);
    }
    size_t kept = 1;
    for (size_t i = 1; i < alike->count; i++) {
        if (alike->shingles[i] != alike->shingles[kept - 1])
            alike->shingles[kept++] = alike->shingles[i];
    }
    alike->count = kept;
}

static int take_word(void *context, struct str word, size_t start, size_t end)
{
    (void)start;
    (void)end;
    alike_add(context, word);
    return 0;
}

void alike_read(struct alike *alike, struct str text)
{
    alike_clear(alike);
    if (text.size <= ALIKE_MOST_BYTES)
        fold_words(text, take_word, alike);
    alike_finish(alike, text.size);
}

size_t alike_keys(const struct alike *alike, uint32_t keys[ALIKE_KEYS])
{
    size_t count = alike->count < ALIKE_KEYS ? alike->count : ALIKE_KEYS;
    for (size_t i = 0; i < count; i++)
        keys[i] = alike->shingles[i];
    return count;
}

/* How many shingles both have. */
static size_t common(const struct alike *a, const struct alike *b)
{
    size_t found = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint32_t left = a->shingles[i], right = b->shingles[j];
        found += left == right;
        i += left <= right;
        j += right <= left;
    }
    return found;
}

unsigned alike_percent(const struct alike *a, const struct alike *b)
{
    size_t both = common(a, b), either = a->count + b->count - both;
    return a->count == 0 || b->count == 0 ? 0 : (unsigned)(both * PERCENT / either);
}

unsigned alike_least_percent(size_t words)
{
    enum { SHORT_WORDS = 16, LONG_WORDS = 48, SHORT_PERCENT = 60, LONG_PERCENT = 40 };
    if (words < SHORT_WORDS)
        return PERCENT;
    if (words >= LONG_WORDS)
        return LONG_PERCENT;
    size_t more = LONG_WORDS - words;
    return LONG_PERCENT +
           (unsigned)(more * (SHORT_PERCENT - LONG_PERCENT) / (LONG_WORDS - SHORT_WORDS));
}

bool alike_is(const struct alike *a, const struct alike *b)
{
    size_t words = a->words < b->words ? a->words : b->words;
    return alike_percent(a, b) >= alike_least_percent(words);
}

/* --- Differences --- */

/* A word of the text, and whether the pattern has it in the same company: at all, and with the word
 * behind it. */
struct said {
    struct alike_place place;
    uint32_t hash;
    bool same, joined;
};

struct said_list {
    struct said *words;
    size_t count, capacity;
};

static int note_word(void *context, struct str word, size_t start, size_t end)
{
    struct said_list *list = context;
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? 2 * list->capacity : FIRST_CAPACITY;
        list->words = memory_resize(list->words, list->capacity, sizeof *list->words);
    }
    list->words[list->count++] = (struct said){{start, end}, hash_word(word), false, false};
    return 0;
}

/* Marks the words of every shingle that is the pattern's, too. */
static void compare_words(const struct alike *pattern, struct said_list *list)
{
    for (size_t last = ALIKE_WORDS - 1; last < list->count; last++) {
        struct said *words = &list->words[last];
        uint32_t before[ALIKE_WORDS - 1];
        for (int i = 0; i < ALIKE_WORDS - 1; i++)
            before[i] = words[-1 - i].hash;
        uint32_t hash = hash_shingle(words->hash, before);
        if (!bsearch(&hash, pattern->shingles, pattern->count, sizeof hash, compare))
            continue;
        for (int i = 0; i < ALIKE_WORDS; i++) {
            words[-i].same = true;
            words[-i].joined = words[-i].joined || i > 0;
        }
    }
}

size_t alike_differences(const struct alike *pattern, struct str text, struct alike_place **places)
{
    struct said_list list = {0};
    size_t count = 0;
    *places = NULL;
    if (pattern->count == 0 || text.size > ALIKE_MOST_BYTES)
        return 0;
    fold_words(text, note_word, &list);
    if (list.count < ALIKE_LEAST_WORDS) {
        free(list.words);
        return 0;
    }
    compare_words(pattern, &list);
    *places = memory_new(list.count, sizeof **places);
    bool open = false; /* the last word was marked */
    for (size_t i = 0; i < list.count; i++) {
        const struct said *word = &list.words[i];
        bool more = i + 1 < list.count, less = i > 0;
        bool cut = more && !word->joined && word->same && word[1].same;
        cut = cut || (less && !word[-1].joined && word->same && word[-1].same);
        bool marked = !word->same || cut;
        if (marked && !open)
            (*places)[count++] = word->place;
        else if (marked)
            (*places)[count - 1].end = word->place.end;
        open = marked;
    }
    free(list.words);
    return count;
}
