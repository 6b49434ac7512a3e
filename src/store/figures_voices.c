/* Voices: what is written most about, in which languages and which ways it comes, which tags and
 * words stand out, which letters come again and again, and which questions nobody has answered. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "store/alike.h"
#include "store/counter.h"
#include "store/figures_kept.h"
#include "store/figures_words.h"

#include <stdlib.h>

enum {
    SHOWN_MOST = 8,      /* rows of a table */
    WORDS_OF = 3,        /* consultations whose words are shown, */
    WORDS_EACH = 5,      /* so many of each */
    READ_MOST = 64,      /* of languages and channels */
    KEY_BYTES = 128,     /* of a thing's name while it is counted */
    PATTERN_BYTES = 120, /* of a letter's beginning */
};

enum kind { KIND_CONSULTATION, KIND_SECTION, KIND_LANGUAGE, KIND_CHANNEL, KIND_TAG, KIND_COUNT };
static const char *const kind_names[KIND_COUNT] = {"consultation", "section", "language", "channel",
                                                   "tag"};

/* One thing that comments are counted for. */
struct thing {
    int64_t id;
    struct str word;
    int64_t comments;
};

struct reading {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct list things[KIND_COUNT]; /* of struct thing, the most first */
    int64_t comments, questions, letters, clusters;
};

/* Whether the scope leaves out nothing at all. Who decides does not change what is said. */
static bool is_everything(const struct figure_scope *scope)
{
    return kept_whole(scope) && scope->last_day == scope->today &&
           scope->last_day - scope->first_day + 1 >= FIGURE_DAYS_MOST;
}

static int by_comments(const void *a, const void *b)
{
    const struct thing *one = a, *other = b;
    if (one->comments != other->comments)
        return one->comments < other->comments ? 1 : -1;
    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    size_t size = one->word.size < other->word.size ? one->word.size : other->word.size;
    int order = size > 0 ? memcmp(one->word.data, other->word.data, size) : 0;
    return order ? order
                 : (one->word.size > other->word.size) - (one->word.size < other->word.size);
}

static void sort(struct reading *reading)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (reading->things[kind].count > 1)
            qsort(reading->things[kind].items, reading->things[kind].count, sizeof(struct thing),
                  by_comments);
    }
}

/* --- Everything --- */

static void set_thing(struct reading *reading, enum kind kind, const struct thing *thing)
{
    struct thing *things = reading->things[kind].items;
    for (size_t i = 0; i < reading->things[kind].count; i++) {
        if (things[i].id == thing->id && str_equal(things[i].word, thing->word)) {
            things[i] = *thing;
            return;
        }
    }
    *(struct thing *)list_add(&reading->things[kind], reading->arena, sizeof *thing) = *thing;
}

static struct thing next_thing(struct statement *statement, struct arena *arena)
{
    struct thing thing;
    thing.id = statement_integer(statement);
    thing.word = statement_text(statement, arena);
    thing.comments = statement_integer(statement);
    return thing;
}

static enum status read_most(struct reading *reading, enum kind kind, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reading->store,
                    "SELECT id, word, comments FROM voice_sum INDEXED BY voice_sum_most"
                    " WHERE kind = ?1 AND comments > 0 ORDER BY comments DESC LIMIT ?2");
    statement_bind_text(&statement, str_of(kind_names[kind]));
    statement_bind(&statement,
                   kind == KIND_LANGUAGE || kind == KIND_CHANNEL ? READ_MOST : SHOWN_MOST + 1);
    while (statement_next(&statement)) {
        struct thing thing = next_thing(&statement, reading->arena);
        set_thing(reading, kind, &thing);
    }
    return statement_end(&statement, error);
}

static bool find_kind(struct str name, enum kind *kind)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        *kind = (enum kind)i;
        if (str_equal(name, str_of(kind_names[i])))
            return true;
    }
    return false;
}

/* What came since the sums were brought up to date, with these. */
static enum status read_behind(struct reading *reading, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reading->store,
                    "SELECT b.kind, b.id, b.word, b.comments + ifnull(v.comments, 0)"
                    " FROM voice_sum_behind AS b LEFT JOIN voice_sum AS v"
                    " ON v.kind = b.kind AND v.id = b.id AND v.word = b.word");
    while (statement_next(&statement)) {
        enum kind kind;
        bool known = find_kind(statement_text(&statement, reading->arena), &kind);
        struct thing thing = next_thing(&statement, reading->arena);
        if (known)
            set_thing(reading, kind, &thing);
    }
    return statement_end(&statement, error);
}

static enum status read_everything(struct reading *reading, struct error *error)
{
    enum status status = OK;
    for (int kind = 0; status == OK && kind < KIND_COUNT; kind++)
        status = read_most(reading, (enum kind)kind, error);
    return status == OK ? read_behind(reading, error) : status;
}

/* --- Some of it --- */

static void count_thing(struct reading *reading, struct counter *counter, enum kind kind,
                        int64_t id, struct str word, int64_t comments)
{
    enum { ID_AT = sizeof kind, WORD_AT = ID_AT + sizeof id };
    char name[KEY_BYTES];
    size_t size = word.size < KEY_BYTES - WORD_AT ? word.size : KEY_BYTES - WORD_AT;
    memcpy(name, &kind, sizeof kind);
    memcpy(name + ID_AT, &id, sizeof id);
    if (size > 0)
        memcpy(name + WORD_AT, word.data, size);
    struct counter_entry *entry =
        counter_find(counter, reading->arena, (struct str){name, WORD_AT + size});
    entry->sums[0] += comments;
    entry->sums[1] = kind;
    entry->sums[2] = id;
    entry->shown = word;
}

static enum status count_from(struct reading *reading, struct counter *counter, const char *sql,
                              struct error *error)
{
    struct statement statement;
    statement_start(&statement, reading->store, sql);
    kept_bind(&statement, reading->scope);
    while (statement_next(&statement)) {
        int64_t consultation = statement_integer(&statement);
        int64_t section = statement_integer(&statement), tag = statement_integer(&statement);
        struct str language = statement_text(&statement, reading->arena);
        struct str channel = statement_text(&statement, reading->arena);
        int64_t comments = statement_integer(&statement);
        if (tag != 0) {
            count_thing(reading, counter, KIND_TAG, tag, str_of(""), comments);
            continue;
        }
        count_thing(reading, counter, KIND_CONSULTATION, consultation, str_of(""), comments);
        if (section != 0)
            count_thing(reading, counter, KIND_SECTION, section, str_of(""), comments);
        count_thing(reading, counter, KIND_LANGUAGE, 0, language, comments);
        count_thing(reading, counter, KIND_CHANNEL, 0, channel, comments);
    }
    return statement_end(&statement, error);
}

#define VOICE_COLUMNS "SELECT w.consultation_id, w.section_id, 0, w.language, w.channel, w.arrived"
#define TAG_COLUMNS "SELECT w.consultation_id, 0, w.tag_id, w.language, w.channel, w.comments"

static enum status read_some(struct reading *reading, struct error *error)
{
    static const char *const texts[] = {
        VOICE_COLUMNS KEPT_SOME("voice") " AND " KEPT_DAYS,
        VOICE_COLUMNS KEPT_FEW("voice_behind") " AND " KEPT_DAYS,
        TAG_COLUMNS KEPT_SOME("voice_tag") " AND " KEPT_DAYS,
    };
    struct counter counter = {0};
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof texts / sizeof *texts; i++)
        status = count_from(reading, &counter, texts[i], error);
    for (size_t i = 0; i < counter.count; i++) {
        const struct counter_entry *entry = &counter.entries[i];
        struct thing thing = {entry->sums[2], entry->shown, entry->sums[0]};
        if (thing.comments > 0)
            *(struct thing *)list_add(&reading->things[entry->sums[1]], reading->arena,
                                      sizeof thing) = thing;
    }
    return status;
}

/* --- Tables --- */

enum { ALL_COMMENTS, ALL_LETTERS, ALL_CLUSTERS, ALL_QUESTIONS, ALL_COLUMNS };

static const struct figure_column all_columns[ALL_COLUMNS] = {
    [ALL_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
    [ALL_LETTERS] = {"letters", N_("letters that are alike"), FIGURE_COUNT},
    [ALL_CLUSTERS] = {"clusters", N_("clusters of these"), FIGURE_COUNT},
    [ALL_QUESTIONS] = {"unanswered", N_("unanswered questions"), FIGURE_COUNT},
};

enum { TITLE_TITLE, TITLE_SLUG, TITLE_COMMENTS, TITLE_SHARE, TITLE_QUESTIONS, TITLE_COLUMNS };

static const struct figure_column title_columns[TITLE_COLUMNS] = {
    [TITLE_TITLE] = {"title", N_("consultation"), FIGURE_LABEL},
    [TITLE_SLUG] = {"consultation", NULL, FIGURE_TEXT},
    [TITLE_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
    [TITLE_SHARE] = {"share", N_("of all"), FIGURE_SHARE},
    [TITLE_QUESTIONS] = {"unanswered", N_("unanswered"), FIGURE_COUNT},
};

enum { SECTION_TITLE, SECTION_CONSULTATION, SECTION_ORDINAL, SECTION_COMMENTS, SECTION_COLUMNS };

static const struct figure_column section_columns[SECTION_COLUMNS] = {
    [SECTION_TITLE] = {"title", N_("section"), FIGURE_LABEL},
    [SECTION_CONSULTATION] = {"consultation", NULL, FIGURE_TEXT},
    [SECTION_ORDINAL] = {"section", NULL, FIGURE_COUNT},
    [SECTION_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

enum { WORD_WORD, WORD_COMMENTS, WORD_COLUMNS };

static const struct figure_column language_columns[WORD_COLUMNS] = {
    [WORD_WORD] = {"language", N_("language"), FIGURE_TEXT},
    [WORD_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};
static const struct figure_column channel_columns[WORD_COLUMNS] = {
    [WORD_WORD] = {"channel", N_("channel"), FIGURE_TEXT},
    [WORD_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

enum { TAG_LABEL, TAG_SLUG, TAG_COMMENTS, TAG_COLUMN_COUNT };

static const struct figure_column tag_columns[TAG_COLUMN_COUNT] = {
    [TAG_LABEL] = {"label", N_("tag"), FIGURE_LABEL},
    [TAG_SLUG] = {"tag", NULL, FIGURE_TEXT},
    [TAG_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

enum {
    STANDS_WORD,
    STANDS_TITLE,
    STANDS_SLUG,
    STANDS_COMMENTS,
    STANDS_HERE,
    STANDS_ELSEWHERE,
    STANDS_LIKELIHOOD,
    STANDS_COLUMNS
};

static const struct figure_column stands_columns[STANDS_COLUMNS] = {
    [STANDS_WORD] = {"word", N_("word"), FIGURE_TEXT},
    [STANDS_TITLE] = {"title", N_("consultation"), FIGURE_LABEL},
    [STANDS_SLUG] = {"consultation", NULL, FIGURE_TEXT},
    [STANDS_COMMENTS] = {"comments", NULL, FIGURE_COUNT},
    [STANDS_HERE] = {"share", N_("here"), FIGURE_SHARE},
    [STANDS_ELSEWHERE] = {"share_elsewhere", N_("elsewhere"), FIGURE_SHARE},
    [STANDS_LIKELIHOOD] = {"likelihood", NULL, FIGURE_DECIMAL},
};

enum { CLUSTER_PATTERN, CLUSTER_ID, CLUSTER_LETTERS, CLUSTER_WAITING, CLUSTER_COLUMNS };

static const struct figure_column cluster_columns[CLUSTER_COLUMNS] = {
    [CLUSTER_PATTERN] = {"begins", N_("letter"), FIGURE_TEXT},
    [CLUSTER_ID] = {"cluster", NULL, FIGURE_COUNT},
    [CLUSTER_LETTERS] = {"letters", N_("letters"), FIGURE_COUNT},
    [CLUSTER_WAITING] = {"waiting", N_("waiting"), FIGURE_COUNT},
};

enum { ASKED_COMMENT, ASKED_TEXT, ASKED_SINCE, ASKED_COLUMNS };

static const struct figure_column asked_columns[ASKED_COLUMNS] = {
    [ASKED_COMMENT] = {"comment", N_("comment"), FIGURE_COMMENT},
    [ASKED_TEXT] = {"begins", N_("question"), FIGURE_TEXT},
    [ASKED_SINCE] = {"since", N_("since"), FIGURE_SECONDS},
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
    [TABLE_CONSULTATIONS] = {"consultations", title_columns, TITLE_COLUMNS},
    [TABLE_SECTIONS] = {"sections", section_columns, SECTION_COLUMNS},
    [TABLE_LANGUAGES] = {"languages", language_columns, WORD_COLUMNS},
    [TABLE_CHANNELS] = {"channels", channel_columns, WORD_COLUMNS},
    [TABLE_TAGS] = {"tags", tag_columns, TAG_COLUMN_COUNT},
    [TABLE_WORDS] = {"words", stands_columns, STANDS_COLUMNS},
    [TABLE_CLUSTERS] = {"clusters", cluster_columns, CLUSTER_COLUMNS},
    [TABLE_QUESTIONS] = {"questions", asked_columns, ASKED_COLUMNS},
};

#define BARS(at, words, number)                                                                    \
    {                                                                                              \
        .shape = SHAPE_BARS, .table = (at), .title = (words), .series = {(number)},                \
        .series_count = 1, .half = true                                                            \
    }

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES, .table = TABLE_ALL},
    {.shape = SHAPE_TABLE,
     .table = TABLE_CONSULTATIONS,
     .title = N_("Consultations, the most written about first"),
     .empty = N_("Nobody wrote anything in this time.")},
    BARS(TABLE_LANGUAGES, N_("Languages"), WORD_COMMENTS),
    BARS(TABLE_CHANNELS, N_("Ways it came"), WORD_COMMENTS),
    BARS(TABLE_SECTIONS, N_("Sections"), SECTION_COMMENTS),
    BARS(TABLE_TAGS, N_("Tags"), TAG_COMMENTS),
    {.shape = SHAPE_TABLE,
     .table = TABLE_WORDS,
     .title = N_("Words that stand out"),
     .note = N_("Share of the comments with the word, in the latest 40 of each.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_CLUSTERS,
     .title = N_("Letters that are alike"),
     .note = N_("Of all time, languages and ways.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_QUESTIONS,
     .title = N_("Questions nobody has answered, the oldest first"),
     .empty = N_("Every question has its answer.")},
};

/* --- Filling them --- */

/* Text on one line, cut at a character. */
static struct str begin_of(struct str text, struct arena *arena)
{
    size_t size = text.size < PATTERN_BYTES ? text.size : PATTERN_BYTES;
    while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
        size--;
    char *copy = arena_new(arena, size + sizeof "\u2026", 1);
    for (size_t i = 0; i < size; i++)
        copy[i] = (char)(text.data[i] == '\n' || text.data[i] == '\r' || text.data[i] == '\t'
                             ? ' '
                             : text.data[i]);
    if (size < text.size) {
        memcpy(copy + size, "\u2026", sizeof "\u2026");
        size += sizeof "\u2026" - 1;
    }
    return (struct str){copy, size};
}

static struct str query_of(struct reading *reading, const char *field, struct str value)
{
    return str_of(arena_printf(reading->arena, "%s:\"%.*s\"", field, STR_FORMAT(value)));
}

/* The unanswered questions of a consultation, or (0) of all that the scope leaves. */
static enum status count_questions(struct reading *reading, int64_t consultation, int64_t *count,
                                   struct error *error)
{
    static const char all[] = "SELECT w.questions" KEPT_ALL("question_count"),
                      some[] = "SELECT ifnull(sum(w.questions), 0)" KEPT_SOME(
                          "question_count") " AND (:of = 0 OR k.id = :of)";
    struct statement statement;
    *count = 0;
    statement_start(&statement, reading->store,
                    kept_whole(reading->scope) && consultation == 0 ? all : some);
    kept_bind(&statement, reading->scope);
    statement_name(&statement, ":of", consultation);
    statement_single(&statement, count);
    return statement_end(&statement, error);
}

static enum status fill_consultation(struct reading *reading, const struct thing *thing,
                                     struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    struct label title = {0};
    int64_t questions = 0;
    statement_start(&statement, reading->store,
                    "SELECT slug, title_ar, title_en FROM consultation WHERE id = ?1");
    statement_bind(&statement, thing->id);
    if (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, TITLE_COLUMNS, reading->arena);
        struct str slug = statement_text(&statement, reading->arena);
        title.ar = statement_text(&statement, reading->arena);
        title.en = statement_text(&statement, reading->arena);
        row->values[TITLE_TITLE] = figure_label(&title);
        row->values[TITLE_SLUG] = figure_text(slug);
        row->values[TITLE_COMMENTS] = figure_number(thing->comments);
        row->values[TITLE_SHARE] = figure_share(thing->comments, reading->comments);
        row->query = query_of(reading, "consultation", slug);
    }
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = count_questions(reading, thing->id, &questions, error);
    if (status == OK && rows->count > 0)
        rows->rows[rows->count - 1].values[TITLE_QUESTIONS] = figure_number(questions);
    return status;
}

static enum status fill_section(struct reading *reading, const struct thing *thing,
                                struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    struct label title;
    statement_start(&statement, reading->store,
                    "SELECT s.title_ar, s.title_en, k.slug, s.ordinal FROM section AS s"
                    " JOIN consultation AS k ON k.id = s.consultation_id WHERE s.id = ?1");
    statement_bind(&statement, thing->id);
    if (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, SECTION_COLUMNS, reading->arena);
        title.ar = statement_text(&statement, reading->arena);
        title.en = statement_text(&statement, reading->arena);
        row->values[SECTION_TITLE] = figure_label(&title);
        row->values[SECTION_CONSULTATION] = figure_text(statement_text(&statement, reading->arena));
        row->values[SECTION_ORDINAL] = figure_number(statement_integer(&statement));
        row->values[SECTION_COMMENTS] = figure_number(thing->comments);
    }
    return statement_end(&statement, error);
}

static enum status fill_tag(struct reading *reading, const struct thing *thing,
                            struct figure_rows *rows, struct error *error)
{
    struct statement statement;
    struct label label;
    statement_start(&statement, reading->store,
                    "SELECT slug, label_ar, label_en FROM tag WHERE id = ?1");
    statement_bind(&statement, thing->id);
    if (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, TAG_COLUMN_COUNT, reading->arena);
        struct str slug = statement_text(&statement, reading->arena);
        label.ar = statement_text(&statement, reading->arena);
        label.en = statement_text(&statement, reading->arena);
        row->values[TAG_LABEL] = figure_label(&label);
        row->values[TAG_SLUG] = figure_text(slug);
        row->values[TAG_COMMENTS] = figure_number(thing->comments);
        row->query = query_of(reading, "tag", slug);
    }
    return statement_end(&statement, error);
}

static enum status fill_word(struct reading *reading, const struct thing *thing, bool language,
                             struct figure_rows *rows)
{
    struct figure_row *row = figure_row_add(rows, WORD_COLUMNS, reading->arena);
    row->values[WORD_WORD] = figure_text(thing->word);
    row->values[WORD_COMMENTS] = figure_number(thing->comments);
    if (language)
        row->query = query_of(reading, "lang", thing->word);
    return OK;
}

static enum status fill_things(struct reading *reading, enum kind kind, struct figure_rows *rows,
                               struct error *error)
{
    const struct thing *things = reading->things[kind].items;
    enum status status = OK;
    for (size_t i = 0; status == OK && i < reading->things[kind].count && i < SHOWN_MOST; i++) {
        switch (kind) {
        case KIND_CONSULTATION:
            status = fill_consultation(reading, &things[i], rows, error);
            break;
        case KIND_SECTION:
            status = fill_section(reading, &things[i], rows, error);
            break;
        case KIND_TAG:
            status = fill_tag(reading, &things[i], rows, error);
            break;
        default:
            status = fill_word(reading, &things[i], kind == KIND_LANGUAGE, rows);
            break;
        }
    }
    return status;
}

/* The consultations whose words are compared: the first few of this scope, then the others that are
 * written about most at all times. */
static enum status choose_compared(struct reading *reading, int64_t *chosen, size_t *count,
                                   size_t *focus, struct error *error)
{
    struct statement statement;
    const struct thing *things = reading->things[KIND_CONSULTATION].items;
    *count = 0;
    while (*count < reading->things[KIND_CONSULTATION].count && *count < WORDS_OF) {
        chosen[*count] = things[*count].id;
        (*count)++;
    }
    *focus = *count;
    statement_start(&statement, reading->store,
                    "SELECT id FROM voice_sum INDEXED BY voice_sum_most"
                    " WHERE kind = 'consultation' AND comments > 0"
                    " ORDER BY comments DESC LIMIT ?1");
    statement_bind(&statement, WORDS_CONSULTATIONS);
    while (statement_next(&statement) && *count < WORDS_CONSULTATIONS) {
        int64_t id = statement_integer(&statement);
        bool known = false;
        for (size_t i = 0; i < *focus; i++)
            known = known || chosen[i] == id;
        if (!known)
            chosen[(*count)++] = id;
    }
    return statement_end(&statement, error);
}

static enum status fill_words(struct reading *reading, const struct figure_rows *titles,
                              struct figure_rows *rows, struct error *error)
{
    int64_t chosen[WORDS_CONSULTATIONS];
    size_t count, focus, word_count = 0;
    struct standing_word *words;
    enum status status = choose_compared(reading, chosen, &count, &focus, error);
    /* Others are compared with whatever the filter names but what they are other in. */
    if (status == OK)
        status = words_read(reading->store, reading->scope, chosen, count, focus, WORDS_EACH,
                            reading->arena, &words, &word_count, error);
    for (size_t i = 0; status == OK && i < word_count; i++) {
        struct figure_row *row = figure_row_add(rows, STANDS_COLUMNS, reading->arena);
        for (size_t at = 0; at < focus && at < titles->count; at++) {
            if (chosen[at] != words[i].consultation_id)
                continue;
            row->values[STANDS_TITLE] = titles->rows[at].values[TITLE_TITLE];
            row->values[STANDS_SLUG] = titles->rows[at].values[TITLE_SLUG];
        }
        struct str slug = row->values[STANDS_SLUG].text;
        row->values[STANDS_WORD] = figure_text(words[i].word);
        row->values[STANDS_COMMENTS] = figure_number(words[i].comments);
        row->values[STANDS_HERE] = figure_number(words[i].share);
        row->values[STANDS_ELSEWHERE] = figure_number(words[i].share_elsewhere);
        row->values[STANDS_LIKELIHOOD] = figure_number(words[i].likelihood);
        row->query = str_of(arena_printf(reading->arena, "consultation:\"%.*s\" \"%.*s\"",
                                         STR_FORMAT(slug), STR_FORMAT(words[i].word)));
    }
    return status;
}

static enum status fill_clusters(struct reading *reading, struct figure_rows *rows,
                                 struct error *error)
{
    struct cluster *clusters;
    size_t count = 0;
    const struct figure_scope *scope = reading->scope;
    enum status status = cluster_totals(reading->store, scope->consultation_id, scope->agency_id,
                                        &reading->letters, &reading->clusters, error);
    if (status == OK)
        status = cluster_list(reading->store, scope->consultation_id, SHOWN_MOST, reading->arena,
                              &clusters, &count, error);
    for (size_t i = 0; status == OK && i < count; i++) {
        struct figure_row *row = figure_row_add(rows, CLUSTER_COLUMNS, reading->arena);
        const int64_t *counts = clusters[i].counts;
        row->values[CLUSTER_PATTERN] = figure_text(begin_of(clusters[i].pattern, reading->arena));
        row->values[CLUSTER_ID] = figure_number(clusters[i].id);
        row->values[CLUSTER_LETTERS] = figure_number(clusters[i].letters);
        row->values[CLUSTER_WAITING] =
            figure_number(counts[STATE_PENDING] + counts[STATE_HELD] + counts[STATE_ESCALATED]);
        row->query =
            str_of(arena_printf(reading->arena, "cluster:%lld", (long long)clusters[i].id));
    }
    return status;
}

static enum status fill_questions(struct reading *reading, struct figure_rows *rows,
                                  struct error *error)
{
    /* One of all; of a scope, the first of each of its kinds, where there are any. */
    static const char all[] = "SELECT w.comment_id, substr(c.body, 1, 400), w.received_at"
                              " FROM question AS w INDEXED BY question_in_time"
                              " CROSS JOIN comment AS c ON c.id = w.comment_id"
                              " WHERE w.received_at >= :from AND w.received_at < :until"
                              " ORDER BY w.received_at, w.comment_id LIMIT :most",
                      some[] = "SELECT f.comment_id, substr(c.body, 1, 400), f.received_at FROM"
                               " (SELECT q.comment_id, q.received_at"
                               " FROM consultation AS k CROSS JOIN question_count AS w"
                               " ON w.consultation_id = k.id CROSS JOIN question AS q"
                               " INDEXED BY question_of_comment"
                               " ON q.comment_id IN (SELECT o.comment_id FROM question AS o"
                               "  WHERE o.consultation_id = w.consultation_id"
                               "  AND o.language = w.language AND o.channel = w.channel"
                               "  AND o.received_at >= :from AND o.received_at < :until"
                               "  ORDER BY o.received_at, o.comment_id LIMIT :most)"
                               "  WHERE " KEPT_NARROW " AND w.questions > 0"
                               "  ORDER BY q.received_at, q.comment_id LIMIT :most) AS f"
                               " CROSS JOIN comment AS c ON c.id = f.comment_id"
                               " ORDER BY f.received_at, f.comment_id";
    struct statement statement;
    const struct figure_scope *scope = reading->scope;
    statement_start(&statement, reading->store, kept_whole(scope) ? all : some);
    kept_bind(&statement, scope);
    statement_name(&statement, ":from", scope->first_day * SECONDS_OF_DAY - scope->clock);
    statement_name(&statement, ":until", (scope->last_day + 1) * SECONDS_OF_DAY - scope->clock);
    statement_name(&statement, ":most", SHOWN_MOST);
    while (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, ASKED_COLUMNS, reading->arena);
        row->comment = statement_integer(&statement);
        struct str text = statement_text(&statement, reading->arena);
        int64_t since = statement_integer(&statement);
        row->values[ASKED_COMMENT] = figure_number(row->comment);
        row->values[ASKED_TEXT] = figure_text(begin_of(text, reading->arena));
        row->values[ASKED_SINCE] = figure_number(since < scope->now ? scope->now - since : 0);
    }
    return statement_end(&statement, error);
}

static void fill_all(struct reading *reading, struct figure_rows *rows)
{
    struct figure_row *row = figure_row_add(rows, ALL_COLUMNS, reading->arena);
    row->values[ALL_COMMENTS] = figure_number(reading->comments);
    row->values[ALL_LETTERS] = figure_number(reading->letters);
    row->values[ALL_CLUSTERS] = figure_number(reading->clusters);
    row->values[ALL_QUESTIONS] = figure_number(reading->questions);
}

static enum status fill_tables(struct reading *reading, struct figure_rows *rows,
                               struct error *error)
{
    static const size_t of_kind[KIND_COUNT] = {TABLE_CONSULTATIONS, TABLE_SECTIONS, TABLE_LANGUAGES,
                                               TABLE_CHANNELS, TABLE_TAGS};
    enum status status = OK;
    for (int kind = 0; status == OK && kind < KIND_COUNT; kind++)
        status = fill_things(reading, (enum kind)kind, &rows[of_kind[kind]], error);
    if (status == OK)
        status = fill_words(reading, &rows[TABLE_CONSULTATIONS], &rows[TABLE_WORDS], error);
    if (status == OK)
        status = fill_clusters(reading, &rows[TABLE_CLUSTERS], error);
    if (status == OK)
        status = fill_questions(reading, &rows[TABLE_QUESTIONS], error);
    if (status == OK)
        status = count_questions(reading, 0, &reading->questions, error);
    return status;
}

static enum status read_voices(struct store *store, const struct figure_scope *scope,
                               struct arena *arena, struct figure_rows *rows, struct error *error)
{
    struct reading reading = {.store = store, .scope = scope, .arena = arena};
    enum status status =
        is_everything(scope) ? read_everything(&reading, error) : read_some(&reading, error);
    if (status != OK)
        return status;
    sort(&reading);
    const struct thing *languages = reading.things[KIND_LANGUAGE].items;
    for (size_t i = 0; i < reading.things[KIND_LANGUAGE].count; i++)
        reading.comments += languages[i].comments;
    status = fill_tables(&reading, rows, error);
    fill_all(&reading, &rows[TABLE_ALL]);
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
