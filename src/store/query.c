/* The query language's reader: a line to a struct query, or a sentence that says what is wrong at
 * which column. What a query finds is in queue.c; how it is written down, in query_text.c. */
#include "store/query.h"

#include "base/buffer.h"
#include "base/language.h"
#include "base/moment.h"
#include "store/comment.h"
#include "store/query_date.h"
#include "text/fold.h"
#include "text/utf8.h"

const char *const query_fields[] = {
    "state:",    "consultation:", "agency:", "lang:",  "tag:",     "author:", "source:",
    "assigned:", "proposed:",     "before:", "after:", "cluster:", "alike:",  "saved:",
    "channel:",  "received:",     "due:",    "late:",  "section:", NULL};

/* In the order of query_fields. */
enum field {
    FIELD_STATE,
    FIELD_CONSULTATION,
    FIELD_AGENCY,
    FIELD_LANGUAGE,
    FIELD_TAG,
    FIELD_AUTHOR,
    FIELD_SOURCE,
    FIELD_ASSIGNED,
    FIELD_PROPOSED,
    FIELD_BEFORE,
    FIELD_AFTER,
    FIELD_CLUSTER,
    FIELD_ALIKE,
    FIELD_SAVED,
    FIELD_CHANNEL,
    FIELD_RECEIVED,
    FIELD_DUE,
    FIELD_LATE,
    FIELD_SECTION,
    FIELD_NONE,
};

struct parser {
    struct str text;
    size_t at;
    struct arena *arena;
    struct query *query;
    struct error *error;
    size_t wrong_at;  /* byte offset of what is wrong */
    bool alternative; /* OR stands before what comes next */
    size_t or_at;     /* where the last OR stands */
    bool after_word;  /* what came last was a word that an OR can follow */
};

/* A word, a phrase or a field with its value. */
struct token {
    size_t start, value_start; /* byte offsets */
    enum field field;
    enum word_how how;
    bool excluded;
    bool quoted;
    struct str value; /* without quotes and escapes */
};

static size_t column_of(struct str text, size_t at)
{
    size_t column = 1;
    uint32_t codepoint;
    for (size_t i = 0; i < at; column++)
        i += utf8_decode(text, i, &codepoint);
    return column;
}

/* Fails with "column N: sentence". */
static enum status wrong(struct parser *parser, size_t at)
{
    parser->wrong_at = at;
    return error_prefix(parser->error, STATUS_INPUT, _("column %zu"), column_of(parser->text, at));
}

/* --- Bytes --- */

/* Ill-formed UTF-8 and controls can only be an accident or an attack. */
static enum status check_bytes(struct parser *parser)
{
    enum { DELETE = 0x7f, LAST_CONTROL = 0x9f };
    size_t valid = utf8_valid_size(parser->text);
    uint32_t codepoint;
    for (size_t i = 0, size; i < valid; i += size) {
        size = utf8_decode(parser->text, i, &codepoint);
        if (codepoint >= ' ' && (codepoint < DELETE || codepoint > LAST_CONTROL))
            continue;
        error_set(parser->error, STATUS_INPUT, _("a control character cannot stand in a query"));
        return wrong(parser, i);
    }
    if (valid == parser->text.size)
        return OK;
    error_set(parser->error, STATUS_INPUT, _("this is not UTF-8 text"));
    return wrong(parser, valid);
}

/* --- Tokens --- */

/* Reads from the opening quote to behind the closing one; \" and \\ stand for " and \. */
static enum status read_quoted(struct parser *parser, struct token *token)
{
    size_t open = parser->at++, size = 0;
    char *value = arena_new(parser->arena, parser->text.size - open + 1, 1);
    const char *data = parser->text.data;
    for (; parser->at < parser->text.size && data[parser->at] != '"'; parser->at++) {
        bool escape = data[parser->at] == '\\' && parser->at + 1 < parser->text.size &&
                      (data[parser->at + 1] == '"' || data[parser->at + 1] == '\\');
        parser->at += escape;
        value[size++] = data[parser->at];
    }
    if (parser->at == parser->text.size) {
        error_set(parser->error, STATUS_INPUT, _("this quotation mark is never closed"));
        return wrong(parser, open);
    }
    parser->at++;
    bool star =
        parser->at < parser->text.size && data[parser->at] == '*' && token->field == FIELD_NONE;
    if (parser->at + star < parser->text.size && data[parser->at + star] != ' ') {
        error_set(parser->error, STATUS_INPUT, _("a blank must follow a closing quotation mark"));
        return wrong(parser, parser->at);
    }
    token->quoted = true;
    token->value = (struct str){value, size};
    return OK;
}

static void read_bare(struct parser *parser, struct token *token)
{
    size_t start = parser->at;
    while (parser->at < parser->text.size && parser->text.data[parser->at] != ' ')
        parser->at++;
    token->value = arena_copy(parser->arena, str_part(parser->text, start, parser->at - start));
}

/* The size of "name:" at the parser's place; 0 where no field begins: "7:30" is a word. */
static size_t field_size(const struct parser *parser)
{
    size_t at = parser->at;
    while (at < parser->text.size && is_ascii_letter(parser->text.data[at]))
        at++;
    bool field = at > parser->at && at < parser->text.size && parser->text.data[at] == ':';
    return field ? at + 1 - parser->at : 0;
}

/* Compares without regard to ASCII case. */
static bool is_field(struct str name, const char *field)
{
    if (name.size != strlen(field))
        return false;
    for (size_t i = 0; i < name.size; i++) {
        if ((is_ascii_letter(name.data[i]) ? name.data[i] | 0x20 : name.data[i]) != field[i])
            return false;
    }
    return true;
}

static enum status unknown_field(struct parser *parser, struct str name)
{
    struct buffer fields = {0};
    /* Names alone: a colon at the end of such a list would stand at its wrong side in Arabic. */
    for (size_t i = 0; query_fields[i]; i++)
        buffer_printf(&fields, "%s%.*s", i > 0 ? ", " : "", (int)strlen(query_fields[i]) - 1,
                      query_fields[i]);
    error_set(
        parser->error, STATUS_INPUT,
        _("there is no field '%.*s'; there are: %s. To search for the words, put them between "
          "quotation marks"),
        STR_FORMAT(name), buffer_text(&fields));
    buffer_free(&fields);
    return wrong(parser, parser->at);
}

/* Whether a word, a phrase or a field begins right behind the mark at the parser's place: a blank or
 * the line's end there makes it a character like any other. */
static bool is_mark(const struct parser *parser, char mark)
{
    return parser->at + 1 < parser->text.size && parser->text.data[parser->at] == mark &&
           parser->text.data[parser->at + 1] != ' ';
}

/* Reads '-' and '~' before a word. */
static void read_marks(struct parser *parser, struct token *token)
{
    token->excluded = is_mark(parser, '-');
    parser->at += token->excluded;
    if (is_mark(parser, '~')) {
        token->how = WORD_EXACT;
        parser->at++;
    }
}

/* Takes the '*' off the end of a bare word, or reads the one behind a phrase. */
static void read_star(struct parser *parser, struct token *token)
{
    bool behind =
        token->quoted && parser->at < parser->text.size && parser->text.data[parser->at] == '*';
    bool inside =
        !token->quoted && token->value.size > 1 && token->value.data[token->value.size - 1] == '*';
    if (token->field != FIELD_NONE || (!behind && !inside))
        return;
    token->how = WORD_BEGINS;
    parser->at += behind;
    token->value.size -= inside;
}

static enum status read_token(struct parser *parser, struct token *token)
{
    *token = (struct token){.start = parser->at, .field = FIELD_NONE};
    read_marks(parser, token);
    size_t name_size = field_size(parser);
    struct str name = str_part(parser->text, parser->at, name_size);
    for (size_t i = 0; name_size > 0 && query_fields[i]; i++) {
        if (is_field(name, query_fields[i]))
            token->field = (enum field)i;
    }
    if (name_size > 0 && token->field == FIELD_NONE)
        return unknown_field(parser, name);
    parser->at += name_size;
    token->value_start = parser->at;
    if (parser->at < parser->text.size && parser->text.data[parser->at] == '"') {
        enum status status = read_quoted(parser, token);
        if (status != OK)
            return status;
    } else {
        read_bare(parser, token);
    }
    read_star(parser, token);
    if (token->value.size > 0)
        return OK;
    if (token->field == FIELD_NONE)
        error_set(parser->error, STATUS_INPUT, _("nothing stands between the quotation marks"));
    else
        error_set(parser->error, STATUS_INPUT, _("a value must follow %s without a blank"),
                  query_fields[token->field]);
    return wrong(parser, token->value_start);
}

/* --- Meaning --- */

/* Leaves the states but this one; no query can leave none. */
static enum status exclude_state(struct parser *parser, const struct token *token,
                                 enum comment_state state)
{
    const unsigned all = (1u << STATE_COUNT) - 1;
    struct query *query = parser->query;
    query->states = (query->states ? query->states : all) & ~(1u << state);
    if (query->states != 0)
        return OK;
    error_set(parser->error, STATUS_INPUT, _("no state is left that a comment could be in"));
    return wrong(parser, token->start);
}

static enum status take_state(struct parser *parser, const struct token *token)
{
    enum comment_state state;
    if (state_from_name(token->value, &state) && token->excluded)
        return exclude_state(parser, token, state);
    if (state_from_name(token->value, &state)) {
        parser->query->states |= 1u << state;
        return OK;
    }
    struct buffer states = {0};
    for (int i = 0; i < STATE_COUNT; i++)
        buffer_printf(&states, "%s%s", i > 0 ? ", " : "", state_name((enum comment_state)i));
    error_set(parser->error, STATUS_INPUT, _("there is no state '%.*s'; there are: %s"),
              STR_FORMAT(token->value), buffer_text(&states));
    buffer_free(&states);
    return wrong(parser, token->value_start);
}

static enum status take_twice(struct parser *parser, const struct token *token)
{
    error_set(parser->error, STATUS_INPUT, _("%s can stand only once; all of a query must hold"),
              query_fields[token->field]);
    return wrong(parser, token->start);
}

static enum status take_date(struct parser *parser, const struct token *token, bool *has,
                             int64_t *moment)
{
    if (*has)
        return take_twice(parser, token);
    *has = query_date_parse(token->value, moment_now(), moment);
    if (*has)
        return OK;
    error_set(
        parser->error, STATUS_INPUT,
        _("'%.*s' is not a date; write 2026-11-24, 2026-11-24T10:30, or how long ago: 3h, 7d, "
          "2w"),
        STR_FORMAT(token->value));
    return wrong(parser, token->value_start);
}

/* "<DATE", ">DATE", or a day. */
static enum status take_span(struct parser *parser, const struct token *token,
                             struct query_span *span)
{
    enum { DAY_BYTES = 10 /* 2026-11-24 */ };
    struct str value = token->value;
    char mark = value.data[0];
    bool until = mark == '<', since = mark == '>', day = !until && !since;
    int64_t moment;
    if ((until && span->has_to) || (since && span->has_from) ||
        (day && (span->has_from || span->has_to)))
        return take_twice(parser, token);
    if (!day)
        value = str_part(value, 1, value.size);
    if ((day && value.size != DAY_BYTES) || !query_date_parse_any(value, moment_now(), &moment)) {
        error_set(parser->error, STATUS_INPUT,
                  _("'%.*s' is not a span of time; write %s2026-11-24 for that day, %s<2026-11-24 "
                    "for before it, %s>2026-11-24 for then or later"),
                  STR_FORMAT(token->value), query_fields[token->field], query_fields[token->field],
                  query_fields[token->field]);
        return wrong(parser, token->value_start);
    }
    if (!until) {
        span->has_from = true;
        span->from = moment;
    }
    if (!since) {
        span->has_to = true;
        span->to = until ? moment : query_date_next_day(moment);
    }
    return OK;
}

static enum status take_late(struct parser *parser, const struct token *token)
{
    if (parser->query->late != LATE_NOT_ASKED)
        return take_twice(parser, token);
    if (str_equal(token->value, str_of("decide")))
        parser->query->late = LATE_DECIDE;
    else if (str_equal(token->value, str_of("answer")))
        parser->query->late = LATE_ANSWER;
    if (parser->query->late != LATE_NOT_ASKED)
        return OK;
    error_set(parser->error, STATUS_INPUT, _("late: is decide or answer, not '%.*s'"),
              STR_FORMAT(token->value));
    return wrong(parser, token->value_start);
}

static enum status take_number(struct parser *parser, const struct token *token, int64_t *number)
{
    long long value;
    if (*number != 0)
        return take_twice(parser, token);
    if (str_to_int64(token->value, &value) && value > 0) {
        *number = value;
        return OK;
    }
    error_set(parser->error, STATUS_INPUT, _("'%.*s' is not a number; write %s12"),
              STR_FORMAT(token->value), query_fields[token->field]);
    return wrong(parser, token->value_start);
}

static int found_word(void *context, struct str word, size_t start, size_t end)
{
    (void)context;
    (void)word;
    (void)start;
    (void)end;
    return 1;
}

static enum status check_or(struct parser *parser)
{
    error_set(parser->error, STATUS_INPUT,
              _("OR stands between two words or phrases; to search for the word itself, put it "
                "between quotation marks"));
    return wrong(parser, parser->or_at);
}

static enum status take_word(struct parser *parser, const struct token *token)
{
    struct query *query = parser->query;
    if (query->word_count == QUERY_WORDS) {
        error_set(parser->error, STATUS_INPUT, _("at most %d words can be searched for at once"),
                  QUERY_WORDS);
        return wrong(parser, token->start);
    }
    if (token->excluded && parser->alternative)
        return check_or(parser);
    if (!fold_words(token->value, found_word, NULL)) {
        error_set(parser->error, STATUS_INPUT, _("'%.*s' has no letter and no digit to search for"),
                  STR_FORMAT(token->value));
        return wrong(parser, token->start);
    }
    query->words[query->word_count++] = (struct query_word){.text = token->value,
                                                            .how = token->how,
                                                            .excluded = token->excluded,
                                                            .alternative = parser->alternative};
    parser->alternative = false;
    parser->after_word = !token->excluded;
    return OK;
}

bool query_has_words(const struct query *query)
{
    for (size_t i = 0; i < query->word_count; i++) {
        if (!query->words[i].excluded)
            return true;
    }
    return false;
}

bool query_is_open(const struct query *query, size_t word)
{
    const struct query_word *asked = &query->words[word];
    return word + 1 == query->word_count && asked->how == WORD_FORMS && !asked->excluded;
}

/* What can stand before a field: of fields, only a state can be excluded, and none has forms. */
static enum status check_field(struct parser *parser, const struct token *token)
{
    if (parser->alternative)
        return check_or(parser);
    parser->after_word = false;
    if (token->how == WORD_FORMS && (!token->excluded || token->field == FIELD_STATE))
        return OK;
    error_set(parser->error, STATUS_INPUT,
              _("%s cannot be excluded; words, phrases and state: can"),
              query_fields[token->field]);
    return wrong(parser, token->start);
}

static enum status take_token(struct parser *parser, const struct token *token)
{
    struct query *query = parser->query;
    struct str *const values[FIELD_NONE] = {
        [FIELD_CONSULTATION] = &query->consultation,
        [FIELD_AGENCY] = &query->agency,
        [FIELD_LANGUAGE] = &query->language,
        [FIELD_TAG] = &query->tag,
        [FIELD_AUTHOR] = &query->author,
        [FIELD_SOURCE] = &query->source,
        [FIELD_ASSIGNED] = &query->assigned,
        [FIELD_PROPOSED] = &query->proposed,
        [FIELD_SAVED] = &query->saved,
        [FIELD_CHANNEL] = &query->channel,
    };
    if (token->field != FIELD_NONE) {
        enum status status = check_field(parser, token);
        if (status != OK)
            return status;
    }
    switch (token->field) {
    case FIELD_NONE:
        return take_word(parser, token);
    case FIELD_STATE:
        return take_state(parser, token);
    case FIELD_BEFORE:
        return take_date(parser, token, &query->has_before, &query->before);
    case FIELD_AFTER:
        return take_date(parser, token, &query->has_after, &query->after);
    case FIELD_RECEIVED:
        return take_span(parser, token, &query->received);
    case FIELD_DUE:
        return take_span(parser, token, &query->due);
    case FIELD_LATE:
        return take_late(parser, token);
    case FIELD_CLUSTER:
        return take_number(parser, token, &query->cluster);
    case FIELD_ALIKE:
        return take_number(parser, token, &query->alike);
    case FIELD_SECTION:
        return take_number(parser, token, &query->section);
    default:
        if (values[token->field]->size > 0)
            return take_twice(parser, token);
        *values[token->field] = token->value;
        return OK;
    }
}

bool query_is_narrow(const struct query *query)
{
    const struct query_span *received = &query->received, *due = &query->due;
    return query->language.size || query->channel.size || query->tag.size || query->author.size ||
           query->source.size || query->assigned.size || query->proposed.size || query->cluster ||
           query->alike || query->section || query->has_before || query->has_after ||
           query->word_count || received->has_from || received->has_to || due->has_from ||
           due->has_to || query->late != LATE_NOT_ASKED;
}

bool query_has_lines(const struct query *query)
{
    return query->lines && !query_is_narrow(query);
}

/* Whether OR, in capitals, stands at the parser's place. */
static bool is_or(const struct parser *parser)
{
    struct str rest = str_part(parser->text, parser->at, parser->text.size);
    return str_starts(rest, str_of("OR")) && (rest.size == 2 || rest.data[2] == ' ');
}

static enum status take_or(struct parser *parser)
{
    parser->or_at = parser->at;
    if (!parser->after_word || parser->alternative)
        return check_or(parser);
    parser->alternative = true;
    parser->at += strlen("OR");
    return OK;
}

enum status query_parse(struct str text, struct arena *arena, struct query *query, size_t *at,
                        struct error *error)
{
    struct error unread;
    struct parser parser = {
        .text = text, .arena = arena, .query = query, .error = error ? error : &unread};
    *query = (struct query){0};
    enum status status = check_bytes(&parser);
    while (status == OK) {
        struct token token;
        while (parser.at < text.size && text.data[parser.at] == ' ')
            parser.at++;
        if (parser.at == text.size)
            break;
        if (is_or(&parser)) {
            status = take_or(&parser);
            continue;
        }
        status = read_token(&parser, &token);
        if (status == OK)
            status = take_token(&parser, &token);
    }
    if (status == OK && parser.alternative)
        status = check_or(&parser);
    *at = parser.wrong_at;
    return status;
}
