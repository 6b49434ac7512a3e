/* The query parser on any bytes: it comes to an end, says something of what it refuses, and what it
 * takes is written down and read back to the same. */
#include "store/query.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool same_span(const struct query_span *a, const struct query_span *b)
{
    return a->has_from == b->has_from && a->has_to == b->has_to && a->from == b->from &&
           a->to == b->to;
}

static bool same_query(const struct query *a, const struct query *b)
{
    bool same = a->states == b->states && a->word_count == b->word_count &&
                a->has_before == b->has_before && a->has_after == b->has_after &&
                a->before == b->before && a->after == b->after &&
                str_equal(a->consultation, b->consultation) && str_equal(a->agency, b->agency) &&
                str_equal(a->language, b->language) && str_equal(a->tag, b->tag) &&
                str_equal(a->author, b->author) && str_equal(a->source, b->source) &&
                str_equal(a->assigned, b->assigned) && str_equal(a->proposed, b->proposed) &&
                a->cluster == b->cluster && a->alike == b->alike && str_equal(a->saved, b->saved) &&
                str_equal(a->channel, b->channel) && a->late == b->late &&
                same_span(&a->received, &b->received) && same_span(&a->due, &b->due);
    for (size_t i = 0; same && i < a->word_count; i++)
        same = str_equal(a->words[i].text, b->words[i].text) &&
               a->words[i].how == b->words[i].how && a->words[i].excluded == b->words[i].excluded &&
               a->words[i].alternative == b->words[i].alternative;
    return same;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct query query, again;
    struct error error = {.message = ""};
    size_t at = 0;
    enum status status =
        query_parse((struct str){(const char *)data, size}, &arena, &query, &at, &error);
    must(status == OK || status == STATUS_INPUT);
    must(at <= size);
    if (status == OK) {
        struct str text = query_text(&query, &arena);
        must(query_parse(text, &arena, &again, &at, &error) == OK);
        must(same_query(&query, &again));
    } else {
        must(error.message[0] != '\0');
    }
    arena_free(&arena);
    return 0;
}
