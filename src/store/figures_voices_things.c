/* What is written about, as tables: consultations, sections, languages, ways it came, and tags. Each
 * row leads to the queue of what it counts. */
#include "store/figures_voices.h"

#include "base/language.h"
#include "store/figures_kept.h"
#include "store/recall.h"

enum { TITLE_TITLE, TITLE_SLUG, TITLE_COMMENTS, TITLE_SHARE, TITLE_QUESTIONS };

const struct figure_column voice_title_columns[VOICE_TITLE_COLUMNS] = {
    [TITLE_TITLE] = {"title", N_("consultation"), FIGURE_LABEL},
    [TITLE_SLUG] = {"consultation", NULL, FIGURE_TEXT},
    [TITLE_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
    [TITLE_SHARE] = {"share", N_("of all"), FIGURE_SHARE},
    [TITLE_QUESTIONS] = {"unanswered", N_("unanswered"), FIGURE_COUNT},
};

enum { SECTION_TITLE, SECTION_CONSULTATION, SECTION_ORDINAL, SECTION_COMMENTS };

const struct figure_column voice_section_columns[VOICE_SECTION_COLUMNS] = {
    [SECTION_TITLE] = {"title", N_("section"), FIGURE_LABEL},
    [SECTION_CONSULTATION] = {"consultation", NULL, FIGURE_TEXT},
    [SECTION_ORDINAL] = {"section", NULL, FIGURE_COUNT},
    [SECTION_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

enum { WORD_WORD, WORD_COMMENTS };

const struct figure_column voice_language_columns[VOICE_WORD_COLUMNS] = {
    [WORD_WORD] = {"language", N_("language"), FIGURE_LANGUAGE},
    [WORD_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};
const struct figure_column voice_channel_columns[VOICE_WORD_COLUMNS] = {
    [WORD_WORD] = {"channel", N_("channel"), FIGURE_CHANNEL},
    [WORD_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

enum { TAG_LABEL, TAG_SLUG, TAG_COMMENTS };

const struct figure_column voice_tag_columns[VOICE_TAG_COLUMNS] = {
    [TAG_LABEL] = {"label", N_("tag"), FIGURE_LABEL},
    [TAG_SLUG] = {"tag", NULL, FIGURE_TEXT},
    [TAG_COMMENTS] = {"comments", N_("comments"), FIGURE_COUNT},
};

/* The query of a row: what the scope leaves, and the row's own thing, "" where the scope says it. */
static struct str query_of(const struct voices *voices, struct figure_scope scope, const char *own)
{
    struct arena *arena = voices->arena;
    const char *received = voices_always(&scope) ? "" : figure_scope_received(&scope, arena);
    struct str more = str_trim(str_of(arena_printf(arena, "%s%s", own, received)));
    return str_trim(figure_scope_query(&scope, more.data, arena));
}

static void read_label(struct statement *statement, struct arena *arena, struct figure *value)
{
    struct label label;
    label.ar = statement_text(statement, arena);
    label.en = statement_text(statement, arena);
    *value = figure_label(&label);
}

/* VOICES_SHOWN ids. Their numbers begin behind those that SQLite gives to the names before them. */
enum { IDS_BEHIND = 10 };
#define OF_THESE " IN (?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"

/* With its unanswered questions: of all times, of some languages or channels, received in a range. */
static const char title_sql[] =
    "SELECT k.id, k.slug, k.title_ar, k.title_en, ifnull((SELECT w.questions FROM question_of AS w"
    " WHERE w.scope = 'consultation:' || k.id), 0) FROM consultation AS k WHERE k.id" OF_THESE;
static const char title_of_some_sql[] =
    "SELECT k.id, k.slug, k.title_ar, k.title_en, ifnull((SELECT sum(w.questions)"
    " FROM question_count AS w WHERE w.consultation_id = k.id"
    " AND (:language = '' OR w.language = :language)"
    " AND (:channel = '' OR w.channel = :channel)), 0) FROM consultation AS k"
    " WHERE k.id" OF_THESE;
static const char title_of_range_sql[] =
    "SELECT k.id, k.slug, k.title_ar, k.title_en, (SELECT count(*) FROM question_count AS w"
    " CROSS JOIN question AS q ON q.consultation_id = w.consultation_id"
    " AND q.language = w.language AND q.channel = w.channel"
    " AND q.received_at >= :begin AND q.received_at < :until"
    " WHERE w.consultation_id = k.id AND (:language = '' OR w.language = :language)"
    " AND (:channel = '' OR w.channel = :channel)) FROM consultation AS k WHERE k.id" OF_THESE;
static const char section_sql[] =
    "SELECT s.id, k.slug, s.title_ar, s.title_en, s.ordinal FROM section AS s"
    " CROSS JOIN consultation AS k ON k.id = s.consultation_id WHERE s.id" OF_THESE;
static const char tag_sql[] = "SELECT id, slug, label_ar, label_en, 0 FROM tag WHERE id" OF_THESE;

static void fill_title(struct voices *voices, struct statement *statement,
                       const struct voice_thing *thing, struct figure_row *row)
{
    struct figure_scope scope = *voices->scope;
    struct str slug = statement_text(statement, voices->arena);
    read_label(statement, voices->arena, &row->values[TITLE_TITLE]);
    row->values[TITLE_SLUG] = figure_text(slug);
    row->values[TITLE_COMMENTS] = figure_number(thing->comments);
    row->values[TITLE_SHARE] = figure_share(thing->comments, voices->comments);
    row->values[TITLE_QUESTIONS] = figure_number(statement_integer(statement));
    scope.agency = (struct str){0}; /* which a consultation says */
    scope.consultation = slug;
    row->query = query_of(voices, scope, "");
}

static void fill_section(struct voices *voices, struct statement *statement,
                         const struct voice_thing *thing, struct figure_row *row)
{
    struct figure_scope scope = *voices->scope;
    struct str slug = statement_text(statement, voices->arena);
    read_label(statement, voices->arena, &row->values[SECTION_TITLE]);
    row->values[SECTION_CONSULTATION] = figure_text(slug);
    row->values[SECTION_ORDINAL] = figure_number(statement_integer(statement));
    row->values[SECTION_COMMENTS] = figure_number(thing->comments);
    scope.agency = (struct str){0}; /* which a consultation says */
    scope.consultation = slug;
    row->query = query_of(voices, scope,
                          arena_printf(voices->arena, "section:%lld",
                                       (long long)row->values[SECTION_ORDINAL].number));
}

static void fill_tag(struct voices *voices, struct statement *statement,
                     const struct voice_thing *thing, struct figure_row *row)
{
    struct str slug = statement_text(statement, voices->arena);
    read_label(statement, voices->arena, &row->values[TAG_LABEL]);
    row->values[TAG_SLUG] = figure_text(slug);
    row->values[TAG_COMMENTS] = figure_number(thing->comments);
    /* Tags are counted by when they were put there, everything else by when the comment came. */
    row->query = figure_scope_query(voices->scope,
                                    arena_printf(voices->arena, "tag:\"%.*s\"", STR_FORMAT(slug)),
                                    voices->arena);
}

static void fill_word(struct voices *voices, const struct voice_thing *thing, bool language,
                      struct figure_rows *rows)
{
    struct figure_row *row = figure_row_add(rows, VOICE_WORD_COLUMNS, voices->arena);
    struct figure_scope scope = *voices->scope;
    row->values[WORD_WORD] = figure_text(thing->word);
    row->values[WORD_COMMENTS] = figure_number(thing->comments);
    *(language ? &scope.language : &scope.channel) = thing->word;
    row->query = query_of(voices, scope, "");
}

/* How the things of a kind that have an id are shown. */
static const struct {
    size_t columns;
    void (*fill)(struct voices *voices, struct statement *statement,
                 const struct voice_thing *thing, struct figure_row *row);
} ways[VOICE_KINDS] = {
    [VOICE_CONSULTATION] = {VOICE_TITLE_COLUMNS, fill_title},
    [VOICE_SECTION] = {VOICE_SECTION_COLUMNS, fill_section},
    [VOICE_TAG] = {VOICE_TAG_COLUMNS, fill_tag},
};

static const char *sql_of(const struct figure_scope *scope, enum voice_kind kind)
{
    if (kind == VOICE_SECTION)
        return section_sql;
    if (kind == VOICE_TAG)
        return tag_sql;
    if (!voices_always(scope))
        return title_of_range_sql;
    return scope->language.size + scope->channel.size > 0 ? title_of_some_sql : title_sql;
}

/* Fills the rows of things, looked up all at once. */
static enum status look_up(struct voices *voices, enum voice_kind kind,
                           const struct voice_thing *things, struct figure_rows *rows,
                           struct error *error)
{
    const struct figure_scope *scope = voices->scope;
    struct statement statement;
    statement_recall(&statement, voices->store, sql_of(scope, kind), RECALL_VOICES);
    kept_bind(&statement, scope);
    statement_name(&statement, ":begin", scope->first_day * SECONDS_OF_DAY - scope->clock);
    statement_name(&statement, ":until", (scope->last_day + 1) * SECONDS_OF_DAY - scope->clock);
    statement.bound = IDS_BEHIND;
    for (size_t i = 0; i < rows->count; i++)
        statement_bind(&statement, things[i].id);
    while (statement_next(&statement)) {
        int64_t id = statement_integer(&statement);
        size_t at = 0;
        while (at + 1 < rows->count && things[at].id != id)
            at++;
        ways[kind].fill(voices, &statement, &things[at], &rows->rows[at]);
    }
    return statement_end(&statement, error);
}

enum status voices_fill_things(struct voices *voices, enum voice_kind kind,
                               struct figure_rows *rows, struct error *error)
{
    const struct voice_thing *things = voices->things[kind].items;
    size_t count = voices->things[kind].count;
    for (size_t i = 0; i < count && i < VOICES_SHOWN; i++) {
        if (ways[kind].fill)
            figure_row_add(rows, ways[kind].columns, voices->arena);
        else
            fill_word(voices, &things[i], kind == VOICE_LANGUAGE, rows);
    }
    return ways[kind].fill && rows->count > 0 ? look_up(voices, kind, things, rows, error) : OK;
}
