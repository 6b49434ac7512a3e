/* Stemming, finding by stems, and cutting words without the library: what readers take for one word is
 * found, and the short way gives what the long one gives. */
#include "base/buffer.h"
#include "text/find.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void fold_stem(struct stemmer *stemmer, const char *word, struct buffer *stem)
{
    struct buffer folded = {0};
    fold_text(str_of(word), &folded);
    buffer_clear(stem);
    buffer_add(stem, stemmer_stem(stemmer, buffer_str(&folded)));
    buffer_free(&folded);
}

static bool same_stem(const char *one, const char *other)
{
    struct stemmer *stemmer = stemmer_new();
    struct buffer first = {0}, second = {0};
    /* Twice: the second time, what was kept is asked. */
    for (int i = 0; i < 2; i++) {
        fold_stem(stemmer, one, &first);
        fold_stem(stemmer, other, &second);
    }
    bool same = str_equal(buffer_str(&first), buffer_str(&second));
    buffer_free(&first);
    buffer_free(&second);
    stemmer_free(stemmer);
    return same;
}

static void forms_of_a_word_share_a_stem(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"school", "Schools"}, {"parking", "parked"}, {"ministry", "ministries"},
        {"مدرسة", "المدرسة"},  {"مدرسه", "مدرسة"},    {"مَدْرَسَتُنا", "والمدرسة"},
        {"سيارات", "السيارة"}, {"سيارتي", "سيارة"},   {"اقتراحات", "الاقتراح"},
        {"الجامعات", "جامعة"}, {"شارع", "شارعنا"},    {"المرور", "مرور"},
        {"الخدمات", "خدمة"},   {"بيت", "بيتي"},       {"بالمدرسة", "للمدرسة"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!same_stem(words[i][0], words[i][1]))
            fail_msg("%s and %s", words[i][0], words[i][1]);
    }
}

static void different_words_do_not(void **state)
{
    (void)state;
    static const char *const words[][2] = {
        {"road", "rod"}, {"park", "part"}, {"مدرسة", "مدينة"}, {"شارع", "شجرة"},
        {"لا", "ال"},    {"2022", "2023"}, {"улица", "улицы"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (same_stem(words[i][0], words[i][1]))
            fail_msg("%s and %s", words[i][0], words[i][1]);
    }
}

/* --- Finding --- */

static void check_found(const char *text, const char *needle, enum find_how how, int start, int end)
{
    struct stemmer *stemmer = stemmer_new();
    size_t from = 0, to = 0;
    bool found = find_in_text(str_of(text), str_of(needle), how, stemmer, 0, &from, &to);
    if (found != (start >= 0) || (found && ((int)from != start || (int)to != end)))
        fail_msg("'%s' in '%s': %d, %zu to %zu", needle, text, found, from, to);
    stemmer_free(stemmer);
}

/* The next match is looked for behind the last. */
static void finds_phrases_one_by_one(void **state)
{
    (void)state;
    size_t start, end;
    struct str text = str_of("The old road, the OLD roadway."), needle = str_of("old road");
    assert_true(find_in_text(text, needle, FIND_PREFIX, NULL, 0, &start, &end));
    assert_int_equal(start, 4);
    assert_int_equal(end, 12);
    assert_true(find_in_text(text, needle, FIND_PREFIX, NULL, end, &start, &end));
    assert_int_equal(start, 18);
    assert_int_equal(end, 29);
    assert_false(find_in_text(text, needle, FIND_PREFIX, NULL, end, &start, &end));
    check_found("The old road", "ol road", FIND_PREFIX, -1, -1);
    check_found("The old road", "", FIND_PREFIX, -1, -1);
    check_found("The old road", "oad", FIND_PREFIX, -1, -1);
    check_found("a a b", "a b", FIND_WHOLE, 2, 5);
    check_found("في المدرسةِ", "المدرسه", FIND_WHOLE, 5, 21);
}

static void finds_by_each_way(void **state)
{
    (void)state;
    check_found("Two schools, parked", "school", FIND_STEM, 4, 11);
    check_found("Two schools, parked", "school", FIND_WHOLE, -1, -1);
    check_found("Two schools, parked", "school", FIND_PREFIX, 4, 11);
    check_found("Two schools, parked", "schools park", FIND_STEM, 4, 19);
    check_found("Two schools parked", "scho park", FIND_PREFIX, -1, -1);
    check_found("في السيارات", "سياره", FIND_STEM, 5, 21);
}

/* --- The short ways --- */

static uint32_t next_random(uint32_t *seed)
{
    return *seed = *seed * 1664525u + 1013904223u, *seed >> 8;
}

/* Text of the characters that the short way knows, and now and then of others. */
static void make_text(struct buffer *text, uint32_t *seed)
{
    static const char *const pieces[] = {
        "a", "Z", "q", "7", "0",  " ",  " ",  ".", ",", ";",  ":", "'", "_",   "-",  "!",
        "ا", "ب", "ة", "ى", "ـ",  "َ",   "ّ",   "٣", "۴", "،",  "؛", "؟", "پ",   "ک",  "«",
        "»", "—", "…", "“", "\r", "\t", "\"", "(", "@", "لا", "أ", "ؤ", "x's", "1.5"};
    buffer_clear(text);
    for (uint32_t left = 1 + next_random(seed) % 24; left > 0; left--)
        buffer_add(text, str_of(pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]));
}

struct words {
    char list[512];
};

static int add_bounds(void *context, size_t start, size_t end)
{
    struct words *words = context;
    size_t size = strlen(words->list);
    snprintf(words->list + size, sizeof words->list - size, "%zu-%zu ", start, end);
    return 0;
}

/* Of each text alone, and with a letter of another script behind, for which nothing but the library
 * will do. */
static void words_are_cut_as_by_the_library(void **state)
{
    (void)state;
    enum { TEXTS = 20000 };
    uint32_t seed = 20261125;
    struct buffer text = {0};
    for (int i = 0; i < TEXTS; i++) {
        struct words alone = {0}, longer = {0};
        make_text(&text, &seed);
        buffer_add(&text, str_of("!"));
        size_t size = text.size;
        word_each(buffer_str(&text), 0, add_bounds, &alone);
        /* One line, so that all of it is one piece, which the last letter makes a hard one. */
        struct buffer hard = {0};
        buffer_add(&hard, str_part(buffer_str(&text), 0, size));
        buffer_add(&hard, str_of(" (ю"));
        word_each(buffer_str(&hard), 0, add_bounds, &longer);
        size_t same = strlen(alone.list);
        if (strncmp(alone.list, longer.list, same) != 0)
            fail_msg("'%s': %s, and by the library %s", buffer_text(&text), alone.list,
                     longer.list);
        buffer_free(&hard);
    }
    buffer_free(&text);
}

static void letters_are_folded_as_by_the_library(void **state)
{
    (void)state;
    struct buffer alone = {0}, longer = {0}, text = {0};
    for (uint32_t codepoint = 1; codepoint < 0x700; codepoint++) {
        buffer_clear(&text);
        buffer_clear(&alone);
        buffer_clear(&longer);
        utf8_add(&text, codepoint);
        buffer_add(&text, str_of(" ا"));
        utf8_add(&text, codepoint);
        buffer_add(&text, str_of(" x "));
        fold_text(buffer_str(&text), &alone);
        buffer_add(&text, str_of("ю"));
        fold_text(buffer_str(&text), &longer);
        if (!str_equal(buffer_str(&alone), str_part(buffer_str(&longer), 0, longer.size - 2)))
            fail_msg("U+%04X: '%s', and by the library '%s'", (unsigned)codepoint,
                     buffer_text(&alone), buffer_text(&longer));
    }
    buffer_free(&alone);
    buffer_free(&longer);
    buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_a_word_share_a_stem),
        cmocka_unit_test(different_words_do_not),
        cmocka_unit_test(finds_phrases_one_by_one),
        cmocka_unit_test(finds_by_each_way),
        cmocka_unit_test(words_are_cut_as_by_the_library),
        cmocka_unit_test(letters_are_folded_as_by_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
