/* Counting what is written about: of all times from the sums kept for what the filter names, and of a
 * range from sums over longer spans and the days at its two ends. What came since those sums were
 * brought up to date is a few comments, which are added. */
#include "store/figures_voices.h"

#include "store/counter.h"
#include "store/figures_kept.h"
#include "store/recall.h"

#include <stdlib.h>

enum {
    READ_MOST = 64,   /* of languages and channels */
    KEY_BYTES = 128,  /* of a thing's name while it is counted */
    SPAN_DAYS = 32,   /* of a row of voice_span */
    SPAN_ALWAYS = -1, /* the row of all days */
};

static const char *const kind_names[VOICE_KINDS] = {"consultation", "section", "language",
                                                    "channel", "tag"};

bool voices_always(const struct figure_scope *scope)
{
    return scope->last_day == scope->today &&
           scope->last_day - scope->first_day + 1 >= FIGURE_DAYS_MOST;
}

static int by_comments(const void *a, const void *b)
{
    const struct voice_thing *one = a, *other = b;
    if (one->comments != other->comments)
        return one->comments < other->comments ? 1 : -1;
    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    size_t size = one->word.size < other->word.size ? one->word.size : other->word.size;
    int order = size > 0 ? memcmp(one->word.data, other->word.data, size) : 0;
    return order ? order
                 : (one->word.size > other->word.size) - (one->word.size < other->word.size);
}

static void add_thing(struct voices *voices, enum voice_kind kind, const struct voice_thing *thing)
{
    *(struct voice_thing *)list_add(&voices->things[kind], voices->arena, sizeof *thing) = *thing;
}

/* --- Counting rows --- */

/* Adds a thing's comments to its entry. */
static void count_thing(struct voices *voices, struct counter *counter, enum voice_kind kind,
                        const struct voice_thing *thing)
{
    enum { ID_AT = sizeof kind, WORD_AT = ID_AT + sizeof thing->id };
    char name[KEY_BYTES];
    struct str word = thing->word;
    size_t size = word.size < KEY_BYTES - WORD_AT ? word.size : KEY_BYTES - WORD_AT;
    memcpy(name, &kind, sizeof kind);
    memcpy(name + ID_AT, &thing->id, sizeof thing->id);
    if (size > 0)
        memcpy(name + WORD_AT, word.data, size);
    struct counter_entry *entry =
        counter_find(counter, voices->arena, (struct str){name, WORD_AT + size});
    entry->sums[0] += thing->comments;
    entry->sums[1] = kind;
    entry->sums[2] = thing->id;
    entry->shown = word;
}

/* Counts a row of consultation, section, tag, language, channel and comments for each of these. */
static void count_row(struct voices *voices, struct counter *counter, struct statement *statement)
{
    int64_t consultation = statement_integer(statement), section = statement_integer(statement);
    int64_t tag = statement_integer(statement);
    struct str language = statement_text(statement, voices->arena);
    struct str channel = statement_text(statement, voices->arena);
    int64_t comments = statement_integer(statement);
    const struct voice_thing things[VOICE_KINDS] = {
        [VOICE_CONSULTATION] = {.id = consultation},
        [VOICE_SECTION] = {.id = section},
        [VOICE_LANGUAGE] = {.word = language},
        [VOICE_CHANNEL] = {.word = channel},
        [VOICE_TAG] = {.id = tag},
    };
    for (int kind = 0; kind < VOICE_KINDS; kind++) {
        struct voice_thing thing = things[kind];
        thing.comments = comments;
        if ((kind == VOICE_TAG) == (tag != 0) && (kind != VOICE_SECTION || section != 0))
            count_thing(voices, counter, (enum voice_kind)kind, &thing);
    }
}

/* first and last: of days or spans, of kept sums. */
static enum status count_from(struct voices *voices, struct counter *counter, const char *sql,
                              int64_t first, int64_t last, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, voices->store, sql, RECALL_VOICES);
    kept_bind(&statement, voices->scope);
    statement_name(&statement, ":from", first);
    statement_name(&statement, ":to", last);
    while (statement_next(&statement))
        count_row(voices, counter, &statement);
    return statement_end(&statement, error);
}

/* What came since the sums were brought up to date, one by one: they are few, and putting them together
 * first costs more. */
static enum status count_behind(struct voices *voices, struct counter *counter, struct error *error)
{
    struct statement statement;
    statement_start(&statement, voices->store,
                    "SELECT w.consultation_id, w.section_id, 0, w.language, w.channel, 1" KEPT_FEW(
                        "voice_part") " AND w.comment_id > (SELECT comment_id FROM counted_to)"
                                      " AND " KEPT_DAYS);
    kept_bind(&statement, voices->scope);
    while (statement_next(&statement))
        count_row(voices, counter, &statement);
    return statement_end(&statement, error);
}

static struct voice_thing thing_of(const struct counter_entry *entry)
{
    return (struct voice_thing){entry->sums[2], entry->shown, entry->sums[0]};
}

#define VOICE_COLUMNS "SELECT w.consultation_id, w.section_id, 0, w.language, w.channel, w.arrived"
#define TAG_COLUMNS "SELECT w.consultation_id, 0, w.tag_id, w.language, w.channel, w.comments"
#define SPAN_COLUMNS                                                                               \
    "SELECT w.consultation_id, w.section_id, w.tag_id, w.language, w.channel, w.comments"
/* --- All times, of one thing or of everything --- */

static enum status read_most(struct voices *voices, struct error *error)
{
    struct statement statement;
    statement_recall(&statement, voices->store,
                     "SELECT id, word, comments FROM voice_of INDEXED BY voice_of_most"
                     " WHERE scope = ?1 AND kind = ?2 AND comments > 0"
                     " ORDER BY comments DESC LIMIT ?3",
                     RECALL_VOICES);
    for (int kind = 0; kind < VOICE_KINDS; kind++) {
        bool word = kind == VOICE_LANGUAGE || kind == VOICE_CHANNEL;
        statement_again(&statement);
        statement_bind_text(&statement, str_of(voices->scope->sum));
        statement_bind_text(&statement, str_of(kind_names[kind]));
        statement_bind(&statement, word ? READ_MOST : VOICES_SHOWN + 1);
        while (statement_next(&statement)) {
            struct voice_thing thing = {.id = statement_integer(&statement)};
            if (word)
                thing.word = statement_text(&statement, voices->arena);
            else
                statement.column++;
            thing.comments = statement_integer(&statement);
            add_thing(voices, (enum voice_kind)kind, &thing);
        }
    }
    return statement_end(&statement, error);
}

static struct voice_thing *find_thing(struct voices *voices, enum voice_kind kind,
                                      const struct voice_thing *thing)
{
    struct voice_thing *things = voices->things[kind].items;
    for (size_t i = 0; i < voices->things[kind].count; i++) {
        if (things[i].id == thing->id && str_equal(things[i].word, thing->word))
            return &things[i];
    }
    return NULL;
}

/* Adds what came since to those that are listed; what is not is listed with all it has. */
static enum status add_behind(struct voices *voices, struct error *error)
{
    struct counter counter = {0};
    struct statement statement;
    enum status status = count_behind(voices, &counter, error);
    if (status != OK || counter.count == 0)
        return status;
    statement_start(&statement, voices->store,
                    "SELECT comments FROM voice_of"
                    " WHERE scope = ?1 AND kind = ?2 AND id = ?3 AND word = ?4");
    for (size_t i = 0; i < counter.count; i++) {
        struct voice_thing thing = thing_of(&counter.entries[i]);
        enum voice_kind kind = (enum voice_kind)counter.entries[i].sums[1];
        struct voice_thing *listed = find_thing(voices, kind, &thing);
        int64_t kept = 0;
        if (listed) {
            listed->comments += thing.comments;
            continue;
        }
        statement_again(&statement);
        statement_bind_text(&statement, str_of(voices->scope->sum));
        statement_bind_text(&statement, str_of(kind_names[kind]));
        statement_bind(&statement, thing.id);
        statement_bind_text(&statement, thing.word);
        statement_single(&statement, &kept);
        thing.comments += kept;
        add_thing(voices, kind, &thing);
    }
    return statement_end(&statement, error);
}

/* --- A range, or several things at once --- */

static enum status count_range(struct voices *voices, struct counter *counter, struct error *error)
{
    static const char spans[] =
        SPAN_COLUMNS KEPT_SOME("voice_span") " AND w.span >= :from AND w.span <= :to";
    static const char *const days[] = {
        VOICE_COLUMNS KEPT_SOME("voice") " AND w.day >= :from AND w.day <= :to",
        TAG_COLUMNS KEPT_SOME("voice_tag") " AND w.day >= :from AND w.day <= :to",
    };
    const struct figure_scope *scope = voices->scope;
    if (voices_always(scope))
        return count_from(voices, counter, spans, SPAN_ALWAYS, SPAN_ALWAYS, error);
    int64_t first = (scope->first_day + SPAN_DAYS - 1) / SPAN_DAYS;
    int64_t end = (scope->last_day + 1) / SPAN_DAYS; /* behind the last that is whole */
    bool whole = first < end;
    int64_t until = whole ? first * SPAN_DAYS - 1 : scope->last_day;
    enum status status = OK;
    if (whole)
        status = count_from(voices, counter, spans, first, end - 1, error);
    for (int i = 0; status == OK && i < 2; i++) {
        status = count_from(voices, counter, days[i], scope->first_day, until, error);
        if (status == OK && whole)
            status = count_from(voices, counter, days[i], end * SPAN_DAYS, scope->last_day, error);
    }
    return status;
}

static enum status read_range(struct voices *voices, struct error *error)
{
    struct counter counter = {0};
    enum status status = count_range(voices, &counter, error);
    if (status == OK)
        status = count_behind(voices, &counter, error);
    for (size_t i = 0; i < counter.count; i++) {
        struct voice_thing thing = thing_of(&counter.entries[i]);
        if (thing.comments > 0)
            add_thing(voices, (enum voice_kind)counter.entries[i].sums[1], &thing);
    }
    return status;
}

enum status voices_count(struct voices *voices, struct error *error)
{
    enum status status;
    if (voices->scope->sum && voices_always(voices->scope)) {
        status = read_most(voices, error);
        if (status == OK)
            status = add_behind(voices, error);
    } else {
        status = read_range(voices, error);
    }
    for (int kind = 0; kind < VOICE_KINDS; kind++) {
        struct list *list = &voices->things[kind];
        if (list->count > 1)
            qsort(list->items, list->count, sizeof(struct voice_thing), by_comments);
    }
    const struct voice_thing *languages = voices->things[VOICE_LANGUAGE].items;
    for (size_t i = 0; i < voices->things[VOICE_LANGUAGE].count; i++)
        voices->comments += languages[i].comments;
    return status;
}
