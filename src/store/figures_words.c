/* Words that stand out, from the latest comments of a few consultations. */
#include "store/figures_words.h"

#include "base/memory.h"
#include "base/moment.h"
#include "store/counter.h"
#include "store/figures_kept.h"
#include "text/fold.h"

#include <stdlib.h>

enum {
    LOOKED_MOST = 400,  /* comments passed over or taken, of each consultation */
    BYTES_MOST = 400,   /* of a comment's beginning */
    COMMENTS_LEAST = 3, /* that have the word */
    LETTERS_LEAST = 3,  /* bytes of a word; Arabic letters have two each */
    CHANCE = 10830,     /* thousandths of G2: chi squared of one degree of freedom, p = 0.001 */
};

/* --- G2 --- */

/* The natural logarithm of x > 0, by halving into [1, 2) and the series of atanh: the C library's
 * would be the only need of another library. Exact to 1e-9. */
static double logarithm(double x)
{
    const double ln2 = 0.69314718055994530942;
    double halved = 0, sum = 0;
    for (; x >= 2; x /= 2)
        halved++;
    for (; x < 1; x *= 2)
        halved--;
    double y = (x - 1) / (x + 1), power = y;
    for (int i = 1; i < 24; i += 2, power *= y * y)
        sum += power / i;
    return 2 * sum + halved * ln2;
}

static double term(double observed, double expected)
{
    return observed > 0 ? observed * logarithm(observed / expected) : 0;
}

int64_t words_likelihood(int64_t with_here, int64_t here, int64_t with_elsewhere, int64_t elsewhere)
{
    const double thousandths = 1000.0, half = 0.5;
    double all = (double)(here + elsewhere), with = (double)(with_here + with_elsewhere);
    if (here <= 0 || elsewhere <= 0 || with <= 0)
        return 0;
    double rate = with / all;
    double sum = term((double)with_here, (double)here * rate) +
                 term((double)with_elsewhere, (double)elsewhere * rate) +
                 term((double)(here - with_here), (double)here * (1 - rate)) +
                 term((double)(elsewhere - with_elsewhere), (double)elsewhere * (1 - rate));
    return (int64_t)(2 * sum * thousandths + half);
}

/* --- Counting --- */

/* An entry's name is the language, a NUL and the folded word; sums[i] are the comments of
 * consultation i that have it. The entry of a language with no word behind it counts all. */
struct look {
    struct store *store;
    struct arena *arena, *bodies;
    struct counter words;
    size_t consultation; /* index of the one looked at */
    int64_t comment;     /* the comment's number in this look, from 1 */
    struct str language, body;
};

static struct counter_entry *find_word(struct look *look, struct str word)
{
    struct buffer name = {0};
    buffer_add(&name, look->language);
    buffer_add(&name, (struct str){"", 1});
    buffer_add(&name, word);
    struct counter_entry *entry = counter_find(&look->words, look->arena, buffer_str(&name));
    buffer_free(&name);
    return entry;
}

static int take_word(void *context, struct str word, size_t start, size_t end)
{
    struct look *look = context;
    if (word.size < LETTERS_LEAST || (word.data[0] >= '0' && word.data[0] <= '9'))
        return 0;
    if ((unsigned char)word.data[0] >= 0xc0 && word.size < 2 * LETTERS_LEAST)
        return 0;
    struct counter_entry *entry = find_word(look, word);
    if (entry->mark == look->comment)
        return 0;
    entry->mark = look->comment;
    entry->sums[look->consultation]++;
    if (entry->shown.size == 0)
        entry->shown = arena_copy(look->arena, str_part(look->body, start, end - start));
    return 0;
}

/* The latest that the scope leaves, found by their times alone and then looked at. */
static const char sample_sql[] =
    "SELECT c.language, substr(c.body, 1, :bytes)"
    " FROM (SELECT id FROM comment INDEXED BY comment_by_consultation"
    "       WHERE consultation_id = :of ORDER BY submitted_at DESC LIMIT :looked) AS late"
    " CROSS JOIN comment AS c ON c.id = late.id"
    " WHERE c.represented = 0 AND c.state NOT IN ('rejected', 'spam')"
    " AND c.received_at >= :from AND c.received_at < :until"
    " AND (:language = '' OR c.language = :language) AND (:channel = '' OR c.channel = :channel)"
    " LIMIT :most";

static enum status look_at(struct look *look, const struct figure_scope *scope,
                           int64_t consultation, struct error *error)
{
    struct statement statement;
    statement_start(&statement, look->store, sample_sql);
    kept_bind(&statement, scope);
    statement_name(&statement, ":of", consultation);
    statement_name(&statement, ":bytes", BYTES_MOST);
    statement_name(&statement, ":looked", LOOKED_MOST);
    statement_name(&statement, ":most", WORDS_COMMENTS);
    statement_name(&statement, ":from", scope->first_day * SECONDS_A_DAY - scope->clock);
    statement_name(&statement, ":until", (scope->last_day + 1) * SECONDS_A_DAY - scope->clock);
    while (statement_next(&statement)) {
        look->language = statement_text(&statement, look->bodies);
        look->body = statement_text(&statement, look->bodies);
        look->comment++;
        find_word(look, str_of(""))->sums[look->consultation]++;
        fold_words(look->body, take_word, look);
        arena_reset(look->bodies);
    }
    return statement_end(&statement, error);
}

/* --- Choosing --- */

static int64_t sum_of(const struct counter_entry *entry)
{
    int64_t sum = 0;
    for (size_t i = 0; i < WORDS_CONSULTATIONS; i++)
        sum += entry->sums[i];
    return sum;
}

/* Puts a word among the best of its consultation, which stand from first to *count. */
static void insert(struct standing_word *words, size_t first, size_t *count, size_t most,
                   const struct standing_word *word)
{
    size_t at = *count;
    while (at > first && words[at - 1].likelihood < word->likelihood)
        at--;
    if (at - first >= most)
        return;
    if (*count - first < most)
        (*count)++;
    memmove(&words[at + 1], &words[at], (*count - 1 - at) * sizeof *words);
    words[at] = *word;
}

static void weigh(struct look *look, const struct counter_entry *entry, int64_t consultation,
                  size_t index, struct standing_word *words, size_t first, size_t *count,
                  size_t most)
{
    const char *end = memchr(entry->name.data, '\0', entry->name.size);
    size_t language = end ? (size_t)(end - entry->name.data) + 1 : entry->name.size;
    if (entry->name.size == language || entry->sums[index] < COMMENTS_LEAST)
        return;
    const struct counter_entry *all =
        counter_find(&look->words, look->arena, str_part(entry->name, 0, language));
    int64_t here = all->sums[index], elsewhere = sum_of(all) - here;
    int64_t with = entry->sums[index], with_elsewhere = sum_of(entry) - with;
    struct standing_word word = {
        .consultation_id = consultation,
        .word = entry->shown,
        .comments = with,
        .share = 1000 * with / here,
        .share_elsewhere = elsewhere > 0 ? 1000 * with_elsewhere / elsewhere : 0,
        .likelihood = words_likelihood(with, here, with_elsewhere, elsewhere),
    };
    if (word.likelihood >= CHANCE && with * elsewhere > with_elsewhere * here)
        insert(words, first, count, most, &word);
}

/* Puts those that are written about most behind the first `focus`, so that *count are compared. */
static enum status add_others(struct store *store, int64_t *chosen, size_t focus, size_t *count,
                              struct error *error)
{
    struct statement statement;
    *count = focus;
    statement_start(&statement, store,
                    "SELECT id FROM voice_of INDEXED BY voice_of_most"
                    " WHERE scope = '' AND kind = 'consultation' AND comments > 0"
                    " ORDER BY comments DESC LIMIT ?1");
    statement_bind(&statement, WORDS_CONSULTATIONS);
    while (statement_next(&statement) && *count < WORDS_CONSULTATIONS) {
        int64_t id = statement_integer(&statement);
        bool known = false;
        for (size_t i = 0; i < focus; i++)
            known = known || chosen[i] == id;
        if (!known)
            chosen[(*count)++] = id;
    }
    return statement_end(&statement, error);
}

static enum status find_words(struct store *store, const struct figure_scope *scope,
                              const int64_t *focused, size_t focus, size_t most,
                              struct arena *arena, struct standing_word **words, size_t *word_count,
                              struct error *error)
{
    int64_t consultations[WORDS_CONSULTATIONS];
    size_t count;
    struct arena own = {0}, bodies = {0};
    struct look look = {.store = store, .arena = &own, .bodies = &bodies};
    focus = focus < WORDS_CONSULTATIONS ? focus : WORDS_CONSULTATIONS;
    memcpy(consultations, focused, focus * sizeof *consultations);
    enum status status = add_others(store, consultations, focus, &count, error);
    *words = arena_new(arena, focus * most + 1, sizeof **words);
    *word_count = 0;
    for (size_t i = 0; status == OK && i < count; i++) {
        look.consultation = i;
        status = look_at(&look, scope, consultations[i], error);
    }
    for (size_t i = 0; status == OK && i < focus && i < count; i++) {
        size_t first = *word_count;
        for (size_t entry = 0; entry < look.words.count; entry++)
            weigh(&look, &look.words.entries[entry], consultations[i], i, *words, first, word_count,
                  most);
    }
    for (size_t i = 0; i < *word_count; i++)
        (*words)[i].word = arena_copy(arena, (*words)[i].word);
    arena_free(&own);
    arena_free(&bodies);
    return status;
}

/* --- Remembering --- */

/* What was found last, and for what. */
struct standing_memory {
    struct arena arena;
    struct str question;
    struct standing_word *words;
    size_t count;
};

void standing_forget(struct store *store)
{
    if (store->standing)
        arena_free(&store->standing->arena);
    free(store->standing);
    store->standing = NULL;
}

/* Everything that the words depend on, and the time in steps of WORDS_SECONDS. */
static struct str make_question(const struct figure_scope *scope, const int64_t *consultations,
                                size_t focus, size_t most, struct arena *arena)
{
    struct buffer text = {0};
    buffer_printf(&text, "%lld %lld %lld %zu %.*s %.*s", (long long)(scope->now / WORDS_SECONDS),
                  (long long)scope->first_day, (long long)scope->last_day, most,
                  STR_FORMAT(scope->language), STR_FORMAT(scope->channel));
    for (size_t i = 0; i < focus; i++)
        buffer_printf(&text, " %lld", (long long)consultations[i]);
    struct str question = arena_copy(arena, buffer_str(&text));
    buffer_free(&text);
    return question;
}

static struct standing_word *copy_words(const struct standing_word *words, size_t count,
                                        struct arena *arena)
{
    struct standing_word *copy = arena_new(arena, count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i] = words[i];
        copy[i].word = arena_copy(arena, words[i].word);
    }
    return copy;
}

enum status words_read(struct store *store, const struct figure_scope *scope,
                       const int64_t *consultations, size_t focus, size_t most, struct arena *arena,
                       struct standing_word **words, size_t *word_count, struct error *error)
{
    struct str question = make_question(scope, consultations, focus, most, arena);
    if (store->standing && str_equal(store->standing->question, question)) {
        *words = copy_words(store->standing->words, store->standing->count, arena);
        *word_count = store->standing->count;
        return OK;
    }
    enum status status =
        find_words(store, scope, consultations, focus, most, arena, words, word_count, error);
    if (status != OK)
        return status;
    standing_forget(store);
    store->standing = memory_new(1, sizeof *store->standing);
    store->standing->question = arena_copy(&store->standing->arena, question);
    store->standing->words = copy_words(*words, *word_count, &store->standing->arena);
    store->standing->count = *word_count;
    return OK;
}
