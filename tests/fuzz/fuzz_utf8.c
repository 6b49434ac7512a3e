/* UTF-8, clusters, words and folding on any bytes: everything comes to an end, stays in bounds and
 * agrees with itself. */
#include "text/cluster.h"
#include "text/find.h"
#include "text/fold.h"
#include "text/guess.h"
#include "text/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_decoding(struct str s)
{
    struct buffer again = {0};
    for (size_t at = 0; at < s.size;) {
        uint32_t codepoint;
        size_t size = utf8_decode(s, at, &codepoint);
        must(size >= 1 && size <= 4 && at + size <= s.size);
        must(codepoint <= 0x10ffff && (codepoint < 0xd800 || codepoint > 0xdfff));
        must(utf8_previous(s, at + size) == at);
        for (size_t inside = at; inside < at + size; inside++)
            must(utf8_start(s, inside) == at);
        utf8_add(&again, codepoint);
        at += size;
    }
    struct buffer valid = {0};
    utf8_add_valid(&valid, s);
    must(str_equal(buffer_str(&again), buffer_str(&valid)));
    must(utf8_valid_size(buffer_str(&valid)) == valid.size);
    must((utf8_valid_size(s) == s.size) == str_equal(s, buffer_str(&valid)));
    buffer_free(&again);
    buffer_free(&valid);
}

static void check_clusters(struct str s)
{
    for (size_t at = 0, next; at < s.size; at = next) {
        next = cluster_next(s, at);
        must(next > at && next <= s.size);
        must(cluster_previous(s, next) == at);
        must(cluster_start(s, next - 1) == at && cluster_start(s, at) == at);
    }
}

static void check_words(struct str s)
{
    size_t at = 0, words = 0;
    while (at < s.size) {
        size_t next = word_next(s, at);
        must(next > at && next <= s.size);
        must(next == s.size || word_previous(s, next + 1) == next);
        at = next;
        if (++words > 20)
            break;
    }
    must(word_previous(s, at) <= at);
}

static int check_word(void *context, struct str word, size_t start, size_t end)
{
    const struct str *text = context;
    must(start < end && end <= text->size && word.size > 0);
    must(utf8_valid_size(word) == word.size);
    return 0;
}

static void check_folding(struct str s)
{
    struct buffer once = {0}, twice = {0};
    size_t start = 0, end = 0;
    fold_text(s, &once);
    must(utf8_valid_size(buffer_str(&once)) == once.size);
    fold_text(buffer_str(&once), &twice);
    must(str_equal(buffer_str(&once), buffer_str(&twice)));
    fold_words(s, check_word, &s);
    if (find_in_text(s, str_part(buffer_str(&once), 0, 5), FIND_PREFIX, NULL, 0, &start, &end))
        must(start < end && end <= s.size);
    buffer_free(&once);
    buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    check_decoding(s);
    check_clusters(s);
    check_words(s);
    check_folding(s);
    must(*guess_language(s) != '\0');
    return 0;
}
