/* Two queries as one that both must hold for. */
#include "store/query.h"

#include "base/language.h"

/* Takes over the value of a field, unless the query says it itself; two different ones can't hold. */
static enum status join_value(struct str *value, struct str other, const char *field,
                              struct error *error)
{
    if (value->size > 0 && other.size > 0 && !str_equal(*value, other))
        return error_set(error, STATUS_INPUT,
                         _("the saved search asks for %s%.*s, and the query for %s%.*s"), field,
                         STR_FORMAT(other), field, STR_FORMAT(*value));
    if (other.size > 0)
        *value = other;
    return OK;
}

static enum status join_values(struct query *query, const struct query *other, struct error *error)
{
    const struct {
        struct str *value;
        struct str other;
        const char *field;
    } values[] = {
        {&query->consultation, other->consultation, "consultation:"},
        {&query->agency, other->agency, "agency:"},
        {&query->language, other->language, "lang:"},
        {&query->channel, other->channel, "channel:"},
        {&query->tag, other->tag, "tag:"},
        {&query->author, other->author, "author:"},
        {&query->source, other->source, "source:"},
        {&query->assigned, other->assigned, "assigned:"},
        {&query->proposed, other->proposed, "proposed:"},
    };
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof values / sizeof *values; i++)
        status = join_value(values[i].value, values[i].other, values[i].field, error);
    return status;
}

/* The narrower span of time. */
static void join_dates(struct query *query, const struct query *other)
{
    if (other->has_before && (!query->has_before || other->before < query->before))
        query->before = other->before;
    if (other->has_after && (!query->has_after || other->after > query->after))
        query->after = other->after;
    query->has_before = query->has_before || other->has_before;
    query->has_after = query->has_after || other->has_after;
}

static void join_span(struct query_span *span, const struct query_span *other)
{
    if (other->has_to && (!span->has_to || other->to < span->to))
        span->to = other->to;
    if (other->has_from && (!span->has_from || other->from > span->from))
        span->from = other->from;
    span->has_to = span->has_to || other->has_to;
    span->has_from = span->has_from || other->has_from;
}

/* The other's words first: the last word of a query, which may still be being typed, stays the
 * last. */
static enum status join_words(struct query *query, const struct query *other, struct error *error)
{
    if (query->word_count + other->word_count > QUERY_WORDS)
        return error_set(error, STATUS_INPUT, _("at most %d words can be searched for at once"),
                         QUERY_WORDS);
    memmove(query->words + other->word_count, query->words,
            query->word_count * sizeof *query->words);
    memcpy(query->words, other->words, other->word_count * sizeof *query->words);
    query->word_count += other->word_count;
    return OK;
}

static struct str late_word(enum query_late late)
{
    return str_of(late == LATE_DECIDE ? "decide" : "answer");
}

enum status query_join(struct query *query, const struct query *other, struct error *error)
{
    unsigned both = query->states & other->states;
    if (query->states && other->states && !both)
        return error_set(error, STATUS_INPUT,
                         _("the saved search and the query ask for different states"));
    query->states = both ? both : query->states | other->states;
    if ((query->cluster && other->cluster && query->cluster != other->cluster) ||
        (query->alike && other->alike && query->alike != other->alike))
        return error_set(error, STATUS_INPUT,
                         _("the saved search and the query ask for different letters"));
    if (query->section && other->section && query->section != other->section)
        return error_set(error, STATUS_INPUT,
                         _("the saved search and the query ask for different sections"));
    if (query->late && other->late && query->late != other->late)
        return error_set(error, STATUS_INPUT,
                         _("the saved search asks for %s%.*s, and the query for %s%.*s"),
                         "late:", STR_FORMAT(late_word(other->late)),
                         "late:", STR_FORMAT(late_word(query->late)));
    query->late = other->late ? other->late : query->late;
    query->section = other->section ? other->section : query->section;
    query->cluster = other->cluster ? other->cluster : query->cluster;
    query->alike = other->alike ? other->alike : query->alike;
    enum status status = join_values(query, other, error);
    join_dates(query, other);
    join_span(&query->received, &other->received);
    join_span(&query->due, &other->due);
    return status == OK ? join_words(query, other, error) : status;
}
