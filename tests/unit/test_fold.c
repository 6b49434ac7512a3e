/* Folding and finding. */
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *text, const char *wanted)
{
    struct buffer folded = {0};
    fold_text(str_of(text), &folded);
    assert_string_equal(buffer_text(&folded), wanted);
    buffer_free(&folded);
}

static void folds_latin(void **state)
{
    (void)state;
    check("Hello WORLD", "hello world");
    check("Été Straße", "ete strasse");
    check("e\u0301", "e");
    check("Ｆｕｌｌ ﬁ", "full fi");
    check("a\u200b\u00adb\ufeff", "ab");
}

static void folds_arabic(void **state)
{
    (void)state;
    check("أإآٱا", "ااااا");
    check("مُحَمَّد", "محمد");
    check("مدرسة على", "مدرسه علي");
    check("مسؤول رئيس", "مسوول رييس");
    check("الســلام", "السلام");
    check("کتاب ی ہ ۀ ے", "كتاب ي ه ه ي");
    check("٢٠٢٢ ۱۲", "2022 12");
    check("\ufefb\ufee3", "لام");
}

static void keeps_other_marks(void **state)
{
    (void)state;
    check("हिन्दी", "हिन्दी");
    check("שָׁלוֹם", "שלום");
    check("한국", "한국");
}

static void replaces_broken_bytes(void **state)
{
    (void)state;
    check("a\xff"
          "b",
          "a\xef\xbf\xbd"
          "b");
}

struct words {
    char text[64];
    size_t starts[8], ends[8], count, stop_at;
};

static int keep_word(void *context, struct str word, size_t start, size_t end)
{
    struct words *words = context;
    strncat(words->text, word.data, word.size);
    strcat(words->text, "|");
    words->starts[words->count] = start;
    words->ends[words->count++] = end;
    return words->count == words->stop_at ? 7 : 0;
}

static void lists_words(void **state)
{
    (void)state;
    struct words words = {0};
    assert_int_equal(fold_words(str_of("Hi, Qatar's 3.5 — نعم!"), keep_word, &words), 0);
    assert_string_equal(words.text, "hi|qatar's|3.5|نعم|");
    assert_int_equal(words.starts[1], 4);
    assert_int_equal(words.ends[1], 11);
    struct words first = {.stop_at = 1};
    assert_int_equal(fold_words(str_of("a b"), keep_word, &first), 7);
    assert_int_equal(first.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_latin),       cmocka_unit_test(folds_arabic),
        cmocka_unit_test(keeps_other_marks), cmocka_unit_test(replaces_broken_bytes),
        cmocka_unit_test(lists_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
