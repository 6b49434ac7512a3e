/* Voices: what is written most about, in which languages and which ways it comes, which tags and
 * words stand out, which letters come again and again, and which questions nobody has answered. What
 * each table says stands in figures_voices_*.c. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "store/figures_voices.h"

enum { ALL_COMMENTS, ALL_LETTERS, ALL_CLUSTERS, ALL_QUESTIONS, ALL_COLUMNS };

static const struct figure_column all_columns[ALL_COLUMNS] = {
    [ALL_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
    [ALL_LETTERS] = {"letters", N_("letters that are alike"), FIGURE_COUNT},
    [ALL_CLUSTERS] = {"clusters", N_("clusters of these"), FIGURE_COUNT},
    [ALL_QUESTIONS] = {"unanswered", N_("unanswered questions"), FIGURE_COUNT},
};

enum {
    TABLE_ALL,
    TABLE_CONSULTATIONS,
    TABLE_SECTIONS,
    TABLE_LANGUAGES,
    TABLE_CHANNELS,
    TABLE_TAGS,
    TABLE_WORDS,
    TABLE_CLUSTERS,
    TABLE_QUESTIONS,
    TABLE_COUNT
};

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_ALL] = {"all", all_columns, ALL_COLUMNS},
    [TABLE_CONSULTATIONS] = {"consultations", voice_title_columns, VOICE_TITLE_COLUMNS},
    [TABLE_SECTIONS] = {"sections", voice_section_columns, VOICE_SECTION_COLUMNS},
    [TABLE_LANGUAGES] = {"languages", voice_language_columns, VOICE_WORD_COLUMNS},
    [TABLE_CHANNELS] = {"channels", voice_channel_columns, VOICE_WORD_COLUMNS},
    [TABLE_TAGS] = {"tags", voice_tag_columns, VOICE_TAG_COLUMNS},
    [TABLE_WORDS] = {"words", voice_stands_columns, VOICE_STANDS_COLUMNS},
    [TABLE_CLUSTERS] = {"clusters", voice_cluster_columns, VOICE_CLUSTER_COLUMNS},
    [TABLE_QUESTIONS] = {"questions", voice_asked_columns, VOICE_ASKED_COLUMNS},
};

/* What is said does not hang on who decides. */
static const char *all_note(const struct figure_scope *scope)
{
    return scope->moderator_id ? N_("Of all moderators: what is written does not depend on them.")
                               : NULL;
}

#define BARS(at, words, number)                                                                    \
    {                                                                                              \
        .shape = SHAPE_BARS, .table = (at), .title = (words), .series = {(number)},                \
        .series_count = 1, .half = true                                                            \
    }

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES, .table = TABLE_ALL, .note_for = all_note},
    {.shape = SHAPE_TABLE,
     .table = TABLE_CONSULTATIONS,
     .title = N_("Consultations, the most written about first"),
     .empty = N_("Nobody wrote anything in this time.")},
    BARS(TABLE_LANGUAGES, N_("Languages"), VOICE_WORD_COMMENTS),
    BARS(TABLE_CHANNELS, N_("Ways it came"), VOICE_WORD_COMMENTS),
    BARS(TABLE_SECTIONS, N_("Sections"), VOICE_SECTION_COMMENTS),
    BARS(TABLE_TAGS, N_("Tags"), VOICE_TAG_COMMENTS),
    {.shape = SHAPE_TABLE,
     .table = TABLE_WORDS,
     .title = N_("Words that stand out"),
     .note = N_("Share of the comments with the word, in the latest 40 of each.")},
    {.shape = SHAPE_TABLE, .table = TABLE_CLUSTERS, .title = N_("Letters that are alike")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_QUESTIONS,
     .title = N_("Questions nobody has answered, the oldest first"),
     .empty = N_("Every question has its answer.")},
};

static void fill_all(const struct voices *voices, struct figure_rows *rows)
{
    struct figure_row *row = figure_row_add(rows, ALL_COLUMNS, voices->arena);
    row->values[ALL_COMMENTS] = figure_number(voices->comments);
    row->values[ALL_LETTERS] = figure_number(voices->letters);
    row->values[ALL_CLUSTERS] = figure_number(voices->clusters);
    row->values[ALL_QUESTIONS] = figure_number(voices->questions);
}

static enum status read_voices(struct store *store, const struct figure_scope *scope,
                               struct arena *arena, struct figure_rows *rows, struct error *error)
{
    static const size_t of_kind[VOICE_KINDS] = {TABLE_CONSULTATIONS, TABLE_SECTIONS,
                                                TABLE_LANGUAGES, TABLE_CHANNELS, TABLE_TAGS};
    struct voices voices = {.store = store, .scope = scope, .arena = arena};
    enum status status = voices_count(&voices, error);
    for (int kind = 0; status == OK && kind < VOICE_KINDS; kind++)
        status = voices_fill_things(&voices, (enum voice_kind)kind, &rows[of_kind[kind]], error);
    if (status == OK)
        status = voices_fill_words(&voices, &rows[TABLE_CONSULTATIONS], &rows[TABLE_WORDS], error);
    if (status == OK)
        status = voices_fill_clusters(&voices, &rows[TABLE_CLUSTERS], error);
    if (status == OK)
        status = voices_fill_questions(&voices, &rows[TABLE_QUESTIONS], error);
    fill_all(&voices, &rows[TABLE_ALL]);
    return status;
}

const struct figure_set figures_voices = {
    .name = "voices",
    .title = N_("Voices"),
    .about = N_("what is written about, how it comes, what stands out, what nobody answered"),
    .days = FIGURE_DAYS_MOST,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_voices,
};
