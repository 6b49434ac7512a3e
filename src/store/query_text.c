/* A query written down as the line that is read back to it. */
#include "store/query.h"

#include "base/buffer.h"
#include "base/moment.h"
#include "store/comment.h"

/* Whether a value needs quotes to be read back as it is. As a word it must not be taken for a
 * field either. */
static bool needs_quotes(struct str value, bool word)
{
    if (value.size == 0 || value.data[0] == '"' || memchr(value.data, ' ', value.size))
        return true;
    return word &&
           (memchr(value.data, ':', value.size) || value.data[0] == '-' || value.data[0] == '~' ||
            value.data[value.size - 1] == '*' || str_equal(value, str_of("OR")));
}

static void add_value(struct buffer *line, struct str value, bool word)
{
    if (!needs_quotes(value, word)) {
        buffer_add(line, value);
        return;
    }
    buffer_add_byte(line, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"' || value.data[i] == '\\')
            buffer_add_byte(line, '\\');
        buffer_add_byte(line, value.data[i]);
    }
    buffer_add_byte(line, '"');
}

static void add_field(struct buffer *line, const char *field, struct str value)
{
    if (value.size == 0)
        return;
    if (line->size > 0)
        buffer_add_byte(line, ' ');
    buffer_add(line, str_of(field));
    add_value(line, value, false);
}

static void add_word(struct buffer *line, const struct query_word *word)
{
    if (word->alternative)
        buffer_add(line, str_of(" OR"));
    if (line->size > 0)
        buffer_add_byte(line, ' ');
    buffer_add(line, str_of(word->excluded ? "-" : ""));
    buffer_add(line, str_of(word->how == WORD_EXACT ? "~" : ""));
    add_value(line, word->text, true);
    buffer_add(line, str_of(word->how == WORD_BEGINS ? "*" : ""));
}

static void add_date(struct buffer *line, const char *field, bool has, int64_t moment)
{
    char text[MOMENT_BYTES];
    if (has)
        add_field(line, field, str_of(moment_iso(moment, text)));
}

static void add_span(struct buffer *line, const char *field, const struct query_span *span)
{
    char text[MOMENT_BYTES];
    if (span->has_from)
        buffer_printf(line, "%s%s>%s", line->size > 0 ? " " : "", field,
                      moment_iso(span->from, text));
    if (span->has_to)
        buffer_printf(line, "%s%s<%s", line->size > 0 ? " " : "", field,
                      moment_iso(span->to, text));
}

static void add_number(struct buffer *line, const char *field, int64_t number)
{
    if (number != 0)
        buffer_printf(line, "%s%s%lld", line->size > 0 ? " " : "", field, (long long)number);
}

struct str query_text(const struct query *query, struct arena *arena)
{
    struct buffer line = {0};
    /* What says most comes first: a line may be cut. */
    if (query->late != LATE_NOT_ASKED)
        add_field(&line, "late:", str_of(query->late == LATE_DECIDE ? "decide" : "answer"));
    add_span(&line, "due:", &query->due);
    for (int i = 0; i < STATE_COUNT; i++) {
        if (query->states & (1u << i))
            add_field(&line, "state:", str_of(state_name((enum comment_state)i)));
    }
    add_field(&line, "consultation:", query->consultation);
    add_number(&line, "section:", query->section);
    add_field(&line, "agency:", query->agency);
    add_field(&line, "lang:", query->language);
    add_field(&line, "channel:", query->channel);
    add_field(&line, "tag:", query->tag);
    add_field(&line, "author:", query->author);
    add_field(&line, "source:", query->source);
    add_field(&line, "assigned:", query->assigned);
    add_field(&line, "proposed:", query->proposed);
    add_number(&line, "cluster:", query->cluster);
    add_number(&line, "alike:", query->alike);
    add_date(&line, "before:", query->has_before, query->before);
    add_date(&line, "after:", query->has_after, query->after);
    add_span(&line, "received:", &query->received);
    add_field(&line, "saved:", query->saved);
    for (size_t i = 0; i < query->word_count; i++)
        add_word(&line, &query->words[i]);
    struct str text = arena_copy(arena, buffer_str(&line));
    buffer_free(&line);
    return text;
}
