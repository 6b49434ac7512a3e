/* The filter of figures: its fields, its line, and what its names mean in a database. */
#include "store/figures_filter.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/moment.h"
#include "store/catalog.h"
#include "store/internal.h"
#include "store/recall.h"
#include "store/people.h"
#include "store/query_date.h"

#define FIELD(member) offsetof(struct figure_filter, member)

const struct figure_field figure_fields[] = {
    {"from", "DATE", N_("the first day"), FIELD(from)},
    {"to", "DATE", N_("the last day, which is in"), FIELD(to)},
    {"agency", "SLUG", N_("this agency's consultations only"), FIELD(agency)},
    {"consultation", "SLUG", N_("this consultation only"), FIELD(consultation)},
    {"language", "LANGUAGE", N_("comments in this language only"), FIELD(language)},
    {"channel", "CHANNEL", N_("comments that came this way only"), FIELD(channel)},
    {"moderator", "LOGIN", N_("decisions of this person only"), FIELD(moderator)},
    {"by", "day|week", N_("count by the day or by the week"), FIELD(by)},
    {NULL, NULL, NULL, 0},
};

static struct str *field_of(struct figure_filter *filter, const struct figure_field *field)
{
    return (struct str *)(void *)((char *)filter + field->at);
}

/* --- One field --- */

/* The day of a date, without a clock; of "7d", with the one given. */
static bool parse_day(struct str text, int64_t now, int64_t clock, int64_t *day)
{
    enum { DATE_BYTES = 10 };
    int64_t moment;
    if (text.size == DATE_BYTES && text.data[4] == '-' && moment_parse(text, &moment)) {
        *day = moment / SECONDS_OF_DAY;
        return moment >= 0;
    }
    if (!query_date_parse(text, now, &moment) || moment < 0)
        return false;
    *day = (moment + clock) / SECONDS_OF_DAY;
    return true;
}

static bool value_fits(const struct figure_field *field, struct str value, int64_t now)
{
    int64_t day;
    if (field->at == FIELD(from) || field->at == FIELD(to))
        return parse_day(value, now, 0, &day);
    if (field->at == FIELD(by))
        return str_equal(value, str_of("day")) || str_equal(value, str_of("week"));
    return value.size > 0;
}

static enum status wrong_value(const struct figure_field *field, struct str value,
                               struct error *error)
{
    if (field->at == FIELD(from) || field->at == FIELD(to))
        return error_set(error, STATUS_INPUT,
                         _("%s: '%.*s' is no date; write 2026-11-24, or how long ago, such as 7d"),
                         field->name, STR_FORMAT(value));
    if (field->at == FIELD(by))
        return error_set(error, STATUS_INPUT, _("%s: it is day or week, not '%.*s'"), field->name,
                         STR_FORMAT(value));
    return error_set(error, STATUS_INPUT, _("%s: something must stand behind it"), field->name);
}

enum status figure_filter_set(struct figure_filter *filter, struct str name, struct str value,
                              int64_t now, struct error *error)
{
    struct buffer names = {0};
    if (str_equal(name, str_of("lang"))) /* as queries have it */
        name = str_of("language");
    for (const struct figure_field *field = figure_fields; field->name; field++) {
        if (!str_equal(name, str_of(field->name))) {
            buffer_printf(&names, "%s%s", names.size > 0 ? ", " : "", field->name);
            continue;
        }
        buffer_free(&names);
        if (!value_fits(field, value, now))
            return wrong_value(field, value, error);
        *field_of(filter, field) = value;
        return OK;
    }
    enum status status =
        error_set(error, STATUS_INPUT, _("figures cannot be narrowed by '%.*s'; there are: %s"),
                  STR_FORMAT(name), buffer_text(&names));
    buffer_free(&names);
    return status;
}

/* --- The line --- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Takes the value at the line's beginning: up to a blank, or what stands between quotation marks. */
static bool take_value(struct str *line, struct arena *arena, struct str *value)
{
    size_t end = 0;
    if (line->size > 0 && line->data[0] == '"') {
        const char *close = memchr(line->data + 1, '"', line->size - 1);
        if (!close)
            return false;
        end = (size_t)(close - line->data);
        *value = arena_copy(arena, str_part(*line, 1, end - 1));
        *line = str_part(*line, end + 1, line->size);
        return true;
    }
    while (end < line->size && !is_blank(line->data[end]))
        end++;
    *value = arena_copy(arena, str_part(*line, 0, end));
    *line = str_part(*line, end, line->size);
    return true;
}

enum status figure_filter_parse(struct str line, int64_t now, struct arena *arena,
                                struct figure_filter *filter, struct error *error)
{
    enum status status = OK;
    *filter = (struct figure_filter){0};
    line = str_trim(line);
    while (status == OK && line.size > 0) {
        struct str value;
        size_t colon = 0;
        while (colon < line.size && line.data[colon] != ':' && !is_blank(line.data[colon]))
            colon++;
        struct str name = str_part(line, 0, colon);
        if (colon == line.size || line.data[colon] != ':')
            return error_set(error, STATUS_INPUT,
                             _("'%.*s' has no colon; write what to narrow by as in agency:NAME"),
                             STR_FORMAT(name));
        line = str_part(line, colon + 1, line.size);
        if (!take_value(&line, arena, &value))
            return error_set(error, STATUS_INPUT, _("a quotation mark is not closed"));
        status = figure_filter_set(filter, name, value, now, error);
        line = str_trim(line);
    }
    return status;
}

struct str figure_filter_text(const struct figure_filter *filter, struct arena *arena)
{
    struct buffer line = {0};
    for (const struct figure_field *field = figure_fields; field->name; field++) {
        const struct str *value =
            (const struct str *)(const void *)((const char *)filter + field->at);
        if (value->size == 0)
            continue;
        bool quoted =
            memchr(value->data, ' ', value->size) || memchr(value->data, '\t', value->size);
        buffer_printf(&line, "%s%s:%s%.*s%s", line.size > 0 ? " " : "", field->name,
                      quoted ? "\"" : "", STR_FORMAT(*value), quoted ? "\"" : "");
    }
    struct str text = arena_copy(arena, buffer_str(&line));
    buffer_free(&line);
    return text;
}

/* --- What it comes to --- */

/* The id of the row whose slug this is; 0, with *names the slugs there are, when there is none. */
static enum status find_slug(struct store *store, const char *find, const char *list,
                             struct str slug, int64_t *id, struct buffer *names,
                             struct error *error)
{
    struct statement statement;
    *id = 0;
    statement_recall(&statement, store, find, RECALL_SUMS);
    statement_bind_text(&statement, slug);
    bool found = statement_single(&statement, id);
    enum status status = statement_end(&statement, error);
    if (status != OK || found)
        return status;
    struct arena arena = {0};
    statement_start(&statement, store, list);
    while (statement_next(&statement)) {
        if (names->size > 0)
            buffer_add(names, str_of(", "));
        buffer_add(names, statement_text(&statement, &arena));
    }
    arena_free(&arena);
    return statement_end(&statement, error);
}

static enum status find_agency(struct store *store, struct str slug, int64_t *id,
                               struct error *error)
{
    struct buffer names = {0};
    enum status status =
        find_slug(store, "SELECT id FROM agency WHERE slug = ?1",
                  "SELECT slug FROM agency ORDER BY slug LIMIT 20", slug, id, &names, error);
    if (status == OK && *id == 0)
        status = error_set(error, STATUS_INPUT, _("there is no agency '%.*s'; there are: %s"),
                           STR_FORMAT(slug), buffer_text(&names));
    buffer_free(&names);
    return status;
}

static enum status find_consultation(struct store *store, struct str slug, int64_t *id,
                                     struct error *error)
{
    struct buffer names = {0};
    enum status status =
        find_slug(store, "SELECT id FROM consultation WHERE slug = ?1",
                  "SELECT slug FROM consultation ORDER BY slug LIMIT 20", slug, id, &names, error);
    if (status == OK && *id == 0)
        status = error_set(error, STATUS_INPUT, _("there is no consultation '%.*s'; there are: %s"),
                           STR_FORMAT(slug), buffer_text(&names));
    buffer_free(&names);
    return status;
}

static enum status find_moderator(struct store *store, struct str login, int64_t *id,
                                  struct error *error)
{
    struct buffer names = {0};
    enum status status =
        find_slug(store, "SELECT id FROM moderator WHERE login = ?1",
                  "SELECT login FROM moderator ORDER BY login LIMIT 20", login, id, &names, error);
    if (status == OK && *id == 0)
        status = error_set(error, STATUS_INPUT, _("there is no moderator '%.*s'; there are: %s"),
                           STR_FORMAT(login), buffer_text(&names));
    buffer_free(&names);
    return status;
}

static enum status find_names(struct store *store, const struct figure_filter *filter,
                              struct figure_scope *scope, struct error *error)
{
    enum status status = OK;
    if (filter->agency.size > 0)
        status = find_agency(store, filter->agency, &scope->agency_id, error);
    if (status == OK && filter->consultation.size > 0)
        status = find_consultation(store, filter->consultation, &scope->consultation_id, error);
    if (status == OK && filter->moderator.size > 0)
        status = find_moderator(store, filter->moderator, &scope->moderator_id, error);
    return status;
}

static enum status find_days(const struct figure_filter *filter, int days,
                             struct figure_scope *scope, struct error *error)
{
    scope->today = (scope->now + scope->clock) / SECONDS_OF_DAY;
    scope->last_day = scope->today;
    if (filter->to.size > 0)
        parse_day(filter->to, scope->now, scope->clock, &scope->last_day);
    if (scope->last_day > scope->today)
        scope->last_day = scope->today;
    scope->first_day = scope->last_day - days + 1;
    if (filter->from.size > 0)
        parse_day(filter->from, scope->now, scope->clock, &scope->first_day);
    scope->past = scope->last_day < scope->today;
    if (scope->first_day > scope->last_day)
        return error_set(error, STATUS_INPUT,
                         _("the time range ends before it begins, or begins after today"));
    if (scope->last_day - scope->first_day >= FIGURE_DAYS_MOST)
        scope->first_day = scope->last_day - FIGURE_DAYS_MOST + 1;
    return OK;
}

/* The one thing it names besides a moderator. A consultation says its agency. */
static void find_sum(const struct figure_filter *filter, struct figure_scope *scope,
                     struct arena *arena)
{
    bool agency = scope->agency_id != 0, consultation = scope->consultation_id != 0;
    bool language = filter->language.size > 0, channel = filter->channel.size > 0;
    int named = agency + consultation + language + channel;
    if (named == 0)
        scope->sum = "";
    else if (named > 1)
        scope->sum = NULL;
    else if (agency)
        scope->sum = arena_printf(arena, "agency:%lld", (long long)scope->agency_id);
    else if (consultation)
        scope->sum = arena_printf(arena, "consultation:%lld", (long long)scope->consultation_id);
    else if (language)
        scope->sum = arena_printf(arena, "language:%.*s", STR_FORMAT(filter->language));
    else
        scope->sum = arena_printf(arena, "channel:%.*s", STR_FORMAT(filter->channel));
    if (named == 0 && scope->moderator_id != 0)
        scope->moderator_sum =
            arena_printf(arena, "moderator:%lld", (long long)scope->moderator_id);
}

enum status figure_scope_find(struct store *store, const struct figure_filter *filter, int64_t now,
                              int days, struct arena *arena, struct figure_scope *scope,
                              struct error *error)
{
    struct statement statement;
    *scope = (struct figure_scope){.now = now};
    statement_recall(&statement, store, "SELECT seconds FROM team_clock", RECALL_SUMS);
    statement_single(&statement, &scope->clock);
    enum status status = statement_end(&statement, error);
    if (status == OK)
        status = find_names(store, filter, scope, error);
    if (status == OK)
        status = find_days(filter, days, scope, error);
    scope->weeks = str_equal(filter->by, str_of("week"));
    scope->language = arena_copy(arena, filter->language);
    scope->channel = arena_copy(arena, filter->channel);
    scope->agency = arena_copy(arena, filter->agency);
    scope->consultation = arena_copy(arena, filter->consultation);
    find_sum(filter, scope, arena);
    return status;
}

int64_t figure_scope_place(const struct figure_scope *scope, int64_t day)
{
    enum { DAYS_A_WEEK = 7, FIRST_SUNDAY = 3 /* 1970-01-04, in days since 1970-01-01 */ };
    int64_t sunday = day - (day - FIRST_SUNDAY + DAYS_A_WEEK) % DAYS_A_WEEK;
    return !scope->weeks ? day : sunday > scope->first_day ? sunday : scope->first_day;
}

bool figure_scope_leaves(const struct figure_scope *scope, int64_t agency, int64_t consultation,
                         struct str language, struct str channel)
{
    return (scope->agency_id == 0 || scope->agency_id == agency) &&
           (scope->consultation_id == 0 || scope->consultation_id == consultation) &&
           (scope->language.size == 0 || str_equal(scope->language, language)) &&
           (scope->channel.size == 0 || str_equal(scope->channel, channel));
}

struct str figure_scope_query(const struct figure_scope *scope, const char *more,
                              struct arena *arena)
{
    const struct {
        struct str field, value;
    } parts[] = {{str_of("agency:\""), scope->agency},
                 {str_of("consultation:\""), scope->consultation},
                 {str_of("lang:\""), scope->language},
                 {str_of("channel:\""), scope->channel}};
    enum { PARTS = sizeof parts / sizeof *parts };
    struct str texts[3 * PARTS + 1];
    size_t count = 0;
    for (size_t i = 0; i < PARTS; i++) {
        if (parts[i].value.size == 0)
            continue;
        texts[count++] = parts[i].field;
        texts[count++] = parts[i].value;
        texts[count++] = str_of("\" ");
    }
    texts[count++] = str_of(more);
    return arena_join(arena, texts, count);
}

const char *figure_scope_received(const struct figure_scope *scope, struct arena *arena)
{
    enum { DATE_LETTERS = 10 }; /* of 2026-11-24T10:30:15Z */
    char first[MOMENT_BYTES], behind[MOMENT_BYTES];
    moment_iso(scope->first_day * SECONDS_A_DAY, first);
    moment_iso((scope->last_day + 1) * SECONDS_A_DAY, behind);
    const struct str texts[] = {str_of(" received:>"),
                                {first, DATE_LETTERS},
                                str_of(" received:<"),
                                {behind, DATE_LETTERS}};
    return arena_join(arena, texts, sizeof texts / sizeof *texts).data;
}
