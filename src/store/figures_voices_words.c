/* The words that stand out, as a table. Which these are: store/figures_words.c. */
#include "store/figures_voices.h"

#include "base/language.h"
#include "store/figures_words.h"

enum {
    WORDS_OF = 3,   /* consultations whose words are shown, */
    WORDS_EACH = 5, /* so many of each */
};

enum {
    STANDS_WORD,
    STANDS_TITLE,
    STANDS_SLUG,
    STANDS_COMMENTS,
    STANDS_HERE,
    STANDS_ELSEWHERE,
    STANDS_LIKELIHOOD
};

const struct figure_column voice_stands_columns[VOICE_STANDS_COLUMNS] = {
    [STANDS_WORD] = {"word", N_("word"), FIGURE_TEXT},
    [STANDS_TITLE] = {"title", N_("consultation"), FIGURE_LABEL},
    [STANDS_SLUG] = {"consultation", NULL, FIGURE_TEXT},
    [STANDS_COMMENTS] = {"comments", NULL, FIGURE_COUNT},
    [STANDS_HERE] = {"share", N_("here"), FIGURE_SHARE},
    [STANDS_ELSEWHERE] = {"share_elsewhere", N_("elsewhere"), FIGURE_SHARE},
    [STANDS_LIKELIHOOD] = {"likelihood", NULL, FIGURE_DECIMAL},
};

enum status voices_fill_words(struct voices *voices, const struct figure_rows *titles,
                              struct figure_rows *rows, struct error *error)
{
    int64_t chosen[WORDS_OF];
    size_t focus = 0, word_count = 0;
    struct standing_word *words;
    const struct voice_thing *things = voices->things[VOICE_CONSULTATION].items;
    for (; focus < voices->things[VOICE_CONSULTATION].count && focus < WORDS_OF; focus++)
        chosen[focus] = things[focus].id;
    enum status status = words_read(voices->store, voices->scope, chosen, focus, WORDS_EACH,
                                    voices->arena, &words, &word_count, error);
    for (size_t i = 0; status == OK && i < word_count; i++) {
        struct figure_row *row = figure_row_add(rows, VOICE_STANDS_COLUMNS, voices->arena);
        for (size_t at = 0; at < focus && at < titles->count; at++) {
            if (chosen[at] != words[i].consultation_id)
                continue;
            row->values[STANDS_TITLE] = titles->rows[at].values[VOICE_TITLE_TITLE];
            row->values[STANDS_SLUG] = titles->rows[at].values[VOICE_TITLE_SLUG];
        }
        struct str slug = row->values[STANDS_SLUG].text;
        row->values[STANDS_WORD] = figure_text(words[i].word);
        row->values[STANDS_COMMENTS] = figure_number(words[i].comments);
        row->values[STANDS_HERE] = figure_number(words[i].share);
        row->values[STANDS_ELSEWHERE] = figure_number(words[i].share_elsewhere);
        row->values[STANDS_LIKELIHOOD] = figure_number(words[i].likelihood);
        struct figure_scope scope = *voices->scope;
        scope.agency = (struct str){0}; /* which a consultation says */
        scope.consultation = slug;
        row->query = figure_scope_query(
            &scope,
            arena_printf(voices->arena, "\"%.*s\"%s", STR_FORMAT(words[i].word),
                         voices_always(&scope) ? "" : figure_scope_received(&scope, voices->arena)),
            voices->arena);
    }
    return status;
}
