/* Look-alikes as texts: what a reader takes for the same letter, and what not. */
#include "text/alike.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned percent_of(const char *left, const char *right)
{
    struct alike a = {0}, b = {0};
    alike_read(&a, str_of(left));
    alike_read(&b, str_of(right));
    unsigned percent = alike_percent(&a, &b);
    assert_int_equal(percent, alike_percent(&b, &a));
    alike_free(&a);
    alike_free(&b);
    return percent;
}

static bool alike_texts(const char *left, const char *right)
{
    struct alike a = {0}, b = {0};
    alike_read(&a, str_of(left));
    alike_read(&b, str_of(right));
    bool is = alike_is(&a, &b);
    assert_true(is == alike_is(&b, &a));
    alike_free(&a);
    alike_free(&b);
    return is;
}

static void spelling_does_not_matter(void **state)
{
    (void)state;
    assert_int_equal(percent_of("نطالب بتمديد خط الحافلات إلى حي الغرافة",
                                "نُطالِب بتمديد خط الحافـــلات الى حي الغرافه!"),
                     100);
    assert_int_equal(percent_of("Please keep the trees, all 42.", "PLEASE KEEP the trees: all ٤٢"),
                     100);
    assert_int_equal(percent_of("Please keep the trees here", "Do not cut the trees there"), 0);
}

static void what_is_shared_is_counted(void **state)
{
    (void)state;
    /* Of abc bcd cde def and bcd cde def efg, three of five. */
    assert_int_equal(percent_of("a b c d e f", "b c d e f g"), 60);
    /* A shingle counts once, however often it comes. */
    assert_int_equal(percent_of("a b c a b c a b c", "a b c a b c"), 100);
    assert_int_equal(percent_of("a b c d", "a c b d"), 0);
}

static void a_short_text_is_alike_only_to_itself(void **state)
{
    (void)state;
    assert_true(alike_texts("I support the new parking fees", "i SUPPORT the new parking fees."));
    assert_false(alike_texts("I support the new parking fees on the corniche from next year on",
                             "I oppose the new parking fees on the corniche from next year on"));
    /* What many say is no letter. */
    assert_false(alike_texts("I agree", "I agree"));
    assert_false(alike_texts("شكرا جزيلا لكم", "شكرا جزيلا لكم"));
    assert_false(alike_texts("", ""));
    assert_false(alike_texts("😡😡😡😡 ... !!!", "😡😡😡😡 ... !!!"));
}

static void the_longer_the_more_may_differ(void **state)
{
    (void)state;
    assert_int_equal(alike_least_percent(15), 100);
    assert_int_equal(alike_least_percent(16), 60);
    assert_int_equal(alike_least_percent(32), 50);
    assert_int_equal(alike_least_percent(47), 40);
    assert_int_equal(alike_least_percent(48), 40);
    assert_int_equal(alike_least_percent(100000), 40);
    for (size_t words = 1; words < 100; words++)
        assert_true(alike_least_percent(words) >= alike_least_percent(words + 1));
}

/* A text of words numbered from..to, in a buffer. */
static void number_words(struct buffer *text, int from, int to)
{
    for (int i = from; i < to; i++)
        buffer_printf(text, "w%d ", i);
}

static void the_threshold_is_where_it_says(void **state)
{
    (void)state;
    struct buffer a = {0}, b = {0};
    enum { WORDS = 202 }; /* 200 shingles */
    number_words(&a, 0, WORDS);
    /* shared shingles s of 200 + 200 - s: 40 % from s = 115 on (115 / 285) */
    for (int shared = 110; shared < 120; shared++) {
        buffer_clear(&b);
        number_words(&b, 0, shared + 2);
        number_words(&b, 1000, 1000 + WORDS - shared - 2);
        assert_true(alike_texts(buffer_text(&a), buffer_text(&b)) == (shared >= 115));
    }
    buffer_free(&a);
    buffer_free(&b);
}

static void keys_are_a_sample_of_the_text(void **state)
{
    (void)state;
    struct alike alike = {0};
    uint32_t keys[ALIKE_KEYS];
    alike_read(&alike, str_of("one two three four"));
    assert_int_equal(alike_keys(&alike, keys), 2);
    assert_true(keys[0] < keys[1]);
    alike_read(&alike, str_of("one two three"));
    assert_int_equal(alike_keys(&alike, keys), 0);
    /* However long the text: as many keys, and those with the smallest hashes. */
    struct buffer text = {0};
    number_words(&text, 0, 5000);
    alike_read(&alike, buffer_str(&text));
    assert_int_equal(alike_keys(&alike, keys), ALIKE_KEYS);
    for (size_t i = 0; i < alike.count; i++)
        assert_true(i < ALIKE_KEYS ? alike.shingles[i] == keys[i]
                                   : alike.shingles[i] > keys[ALIKE_KEYS - 1]);
    buffer_free(&text);
    alike_free(&alike);
}

static void what_is_too_long_is_no_letter(void **state)
{
    (void)state;
    enum { HUGE_BYTES = 10 * 1024 * 1024 };
    struct alike alike = {0};
    struct buffer text = {0};
    while (text.size + 4 <= ALIKE_MOST_BYTES)
        buffer_printf(&text, "%03zx ", text.size / 4 % 4096);
    assert_int_equal(text.size, ALIKE_MOST_BYTES);
    alike_read(&alike, buffer_str(&text));
    assert_true(alike.count > 4000);
    buffer_add_byte(&text, 'x');
    alike_read(&alike, buffer_str(&text));
    assert_int_equal(alike.count, 0);
    while (text.size < HUGE_BYTES)
        buffer_add(&text, str_of("all work and no play "));
    alike_read(&alike, buffer_str(&text));
    assert_int_equal(alike.count, 0);
    /* Word by word it takes no more room than the longest letter. */
    alike_clear(&alike);
    for (int i = 0; i < 10 * ALIKE_MOST_BYTES; i++)
        alike_add(&alike, str_of(i % 2 ? "a" : "b"));
    assert_true(alike.capacity <= 2 * ALIKE_MOST_BYTES);
    alike_finish(&alike, HUGE_BYTES);
    assert_int_equal(alike.count, 0);
    buffer_free(&text);
    alike_free(&alike);
}

static void any_bytes_are_read(void **state)
{
    (void)state;
    static const char bytes[] = "\xff\xfe word \0 other \xc3 third \xe2\x80 fourth \x1b[2J fifth";
    struct alike alike = {0};
    alike_read(&alike, (struct str){bytes, sizeof bytes - 1});
    assert_true(alike.count > 0);
    alike_read(&alike, (struct str){bytes, 1});
    assert_int_equal(alike.count, 0);
    alike_free(&alike);
}

/* The differing places of text, each between brackets. */
static void differs(const char *pattern, const char *text, const char *wanted)
{
    struct alike alike = {0};
    struct alike_place *places;
    struct buffer marked = {0};
    alike_read(&alike, str_of(pattern));
    size_t count = alike_differences(&alike, str_of(text), &places), at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(places[i].start >= at && places[i].end > places[i].start);
        buffer_add(&marked, str_part(str_of(text), at, places[i].start - at));
        buffer_add_byte(&marked, '[');
        at = places[i].end;
        buffer_add(&marked, str_part(str_of(text), places[i].start, at - places[i].start));
        buffer_add_byte(&marked, ']');
    }
    buffer_add(&marked, str_part(str_of(text), at, strlen(text) - at));
    assert_string_equal(buffer_text(&marked), wanted);
    buffer_free(&marked);
    free(places);
    alike_free(&alike);
}

static void what_a_sender_changed_is_marked(void **state)
{
    (void)state;
    static const char pattern[] = "We ask you not to close the night bus to the harbour this year.";
    differs(pattern, pattern, pattern);
    differs(pattern, "we ask you NOT to close the night bus, to the harbour this year!",
            "we ask you NOT to close the night bus, to the harbour this year!");
    /* Another word, words added, a name below. */
    differs(pattern, "We ask you not to close the day bus to the harbour this year.",
            "We ask you not to close the [day] bus to the harbour this year.");
    differs(
        pattern,
        "My sister and we ask you not to close the night bus to the harbour this year. Omar",
        "[My sister and] we ask you not to close the night bus to the harbour this year. [Omar]");
    /* A word left out turns it around: where it stood is marked. */
    differs(pattern, "We ask you to close the night bus to the harbour this year.",
            "We ask [you to] close the night bus to the harbour this year.");
    differs("نطلب ألا تُغلق الحافلة الليلية إلى الميناء القديم هذا العام",
            "نطلب الا تغلق الحافلة الليلية إلى المستشفى القديم هذا العام",
            "نطلب الا تغلق الحافلة الليلية إلى [المستشفى] القديم هذا العام");
    /* What is taken for no letter has no differences. */
    differs("Too short", pattern, pattern);
    differs(pattern, "Yes", "Yes");
    differs(pattern, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spelling_does_not_matter),
        cmocka_unit_test(what_is_shared_is_counted),
        cmocka_unit_test(a_short_text_is_alike_only_to_itself),
        cmocka_unit_test(the_longer_the_more_may_differ),
        cmocka_unit_test(the_threshold_is_where_it_says),
        cmocka_unit_test(keys_are_a_sample_of_the_text),
        cmocka_unit_test(what_is_too_long_is_no_letter),
        cmocka_unit_test(any_bytes_are_read),
        cmocka_unit_test(what_a_sender_changed_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
