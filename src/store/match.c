/* FTS5 expressions. Whatever a person typed stands in them between quotation marks, so that nothing of
 * it is taken for FTS5's own language. */
#include "store/match.h"

#include "base/buffer.h"
#include "store/internal.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A beginning that is not marked as one is looked for from so many letters on: shorter ones begin too
 * many words to say anything, and are slow to look for. */
enum { BEGINNING_LEAST = 3 };

/* Which words are meant: as typed, or every form that a search finds. */
enum form { FORM_TYPED, FORM_ANY };

static void add_string(struct buffer *expression, struct str text, bool stem)
{
    buffer_add_byte(expression, '"');
    if (stem)
        buffer_add_byte(expression, STEM_MARK);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            buffer_add_byte(expression, '"');
        buffer_add_byte(expression, text.data[i]);
    }
    buffer_add_byte(expression, '"');
}

/* Whether a word that may still be being typed is long enough to be looked for as a beginning. */
static bool is_long(struct str text)
{
    struct buffer folded = {0};
    size_t letters = 0;
    fold_text(text, &folded);
    for (size_t at = 0; at < folded.size; letters++) {
        uint32_t codepoint;
        at += utf8_decode(buffer_str(&folded), at, &codepoint);
    }
    buffer_free(&folded);
    return letters >= BEGINNING_LEAST;
}

static void add_word(struct buffer *expression, const struct query *query, size_t at,
                     enum form form)
{
    const struct query_word *word = &query->words[at];
    bool open = form == FORM_ANY && query_is_open(query, at) && is_long(word->text);
    if (open)
        buffer_add_byte(expression, '(');
    add_string(expression, word->text, form == FORM_ANY && word->how == WORD_FORMS);
    if (word->how == WORD_BEGINS)
        buffer_add(expression, str_of(" *"));
    if (!open)
        return;
    buffer_add(expression, str_of(" OR "));
    add_string(expression, word->text, false);
    buffer_add(expression, str_of(" *)"));
}

/* The wanted words; alternatives between parentheses. */
static struct str write_wanted(const struct query *query, enum form form, struct arena *arena)
{
    struct buffer expression = {0};
    for (size_t i = 0; i < query->word_count; i++) {
        const struct query_word *word = &query->words[i];
        bool goes_on = i + 1 < query->word_count && query->words[i + 1].alternative;
        if (word->excluded)
            continue;
        if (expression.size > 0)
            buffer_add(&expression, str_of(word->alternative ? " OR " : " AND "));
        if (goes_on && !word->alternative)
            buffer_add_byte(&expression, '(');
        add_word(&expression, query, i, form);
        if (word->alternative && !goes_on)
            buffer_add_byte(&expression, ')');
    }
    struct str text = arena_copy(arena, buffer_str(&expression));
    buffer_free(&expression);
    return text;
}

/* The words that must not be there, any of them. */
static struct str write_excluded(const struct query *query, struct arena *arena)
{
    struct buffer expression = {0};
    for (size_t i = 0; i < query->word_count; i++) {
        if (!query->words[i].excluded)
            continue;
        if (expression.size > 0)
            buffer_add(&expression, str_of(" OR "));
        add_word(&expression, query, i, FORM_ANY);
    }
    struct str text = arena_copy(arena, buffer_str(&expression));
    buffer_free(&expression);
    return text;
}

/* What either finds. */
static struct str write_either(struct str first, struct str second, struct arena *arena)
{
    if (first.size == 0 || second.size == 0)
        return first.size > 0 ? first : second;
    return str_of(arena_printf(arena, "(%.*s) OR %.*s", STR_FORMAT(first), STR_FORMAT(second)));
}

/* What the first finds and the other does not. */
static struct str write_without(struct str wanted, struct str unwanted, struct arena *arena)
{
    if (unwanted.size == 0)
        return wanted;
    return str_of(
        arena_printf(arena, "(%.*s) NOT (%.*s)", STR_FORMAT(wanted), STR_FORMAT(unwanted)));
}

void match_write(const struct query *query, struct arena *arena, struct match *match)
{
    struct str typed = write_wanted(query, FORM_TYPED, arena);
    struct str any = write_wanted(query, FORM_ANY, arena);
    struct str excluded = write_excluded(query, arena);
    *match = (struct match){0};
    if (typed.size == 0) {
        match->none = excluded;
        return;
    }
    match->wanted[0] = typed;
    match->wanted[1] = any;
    match->unwanted[0] = excluded;
    match->unwanted[1] = write_either(typed, excluded, arena);
    match->exact = write_without(typed, excluded, arena);
    match->all = write_without(any, excluded, arena);
    match->begins = memchr(any.data, '*', any.size) != NULL;
    if (!str_equal(typed, any))
        match->rest = write_without(any, match->unwanted[1], arena);
}
