/* Digits of the interface: who sees which, and that typed ones are read either way. */
#include "base/digits.h"

#include "base/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void the_locale_chooses(void **state)
{
    static const struct {
        const char *all, *numeric, *lang, *shown;
    } cases[] = {
        {"", "", "ar_QA.UTF-8", "٢٠٢٢"},
        {"", "", "ar", "٢٠٢٢"},
        {"", "", "ar_AE.UTF-8", "2022"},
        {"", "", "ar_MA", "2022"},
        {"", "", "C.UTF-8", "2022"},
        {"", "", "arn_CL.UTF-8", "2022"},
        {"", "ar_SA.UTF-8", "en_GB.UTF-8", "٢٠٢٢"},
        {"en_US.UTF-8", "ar_SA.UTF-8", "ar_QA.UTF-8", "2022"},
    };
    struct arena arena = {0};
    (void)state;
    language_set(LANGUAGE_ARABIC);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        setenv("LC_ALL", cases[i].all, 1);
        setenv("LC_NUMERIC", cases[i].numeric, 1);
        setenv("LANG", cases[i].lang, 1);
        assert_true(digits_choose(NULL));
        assert_string_equal(digits_local(&arena, str_of("2022")).data, cases[i].shown);
    }
    arena_free(&arena);
}

static void a_wish_comes_before_the_locale(void **state)
{
    struct arena arena = {0};
    (void)state;
    language_set(LANGUAGE_ARABIC);
    setenv("LC_ALL", "ar_QA.UTF-8", 1);
    assert_true(digits_choose("latin"));
    assert_string_equal(digits_local(&arena, str_of("12:05")).data, "12:05");
    assert_true(digits_choose("arabic"));
    assert_string_equal(digits_local(&arena, str_of("12:05")).data, "١٢:٠٥");
    assert_false(digits_choose("roman"));
    assert_string_equal(digits_local(&arena, str_of("9% of % 8")).data, "٩٪ of % ٨");
    assert_string_equal(digits_local(&arena, str_of("1.86, 7. v.2")).data, "١٫٨٦, ٧. v.٢");
    language_set(LANGUAGE_ENGLISH);
    assert_string_equal(digits_local(&arena, str_of("12:05")).data, "12:05");
    arena_free(&arena);
}

static void what_has_no_room_is_left(void **state)
{
    char text[] = "36d", narrow[6] = "36d", roomy[7] = "36d";
    (void)state;
    language_set(LANGUAGE_ARABIC);
    digits_choose("arabic");
    digits_localise(text, sizeof text);
    digits_localise(narrow, 5);
    digits_localise(roomy, 6);
    assert_string_equal(text, "36d");
    assert_string_equal(narrow, "36d");
    assert_string_equal(roomy, "٣٦d");
}

static void typed_digits_are_read_either_way(void **state)
{
    struct arena arena = {0};
    (void)state;
    struct str plain = str_of("#76");
    assert_ptr_equal(digits_european(&arena, plain).data, plain.data);
    assert_string_equal(digits_european(&arena, str_of("#٧٦")).data, "#76");
    assert_string_equal(digits_european(&arena, str_of("۲۰۲۶-١٠-01 ي")).data, "2026-10-01 ي");
    assert_int_equal(digits_european(&arena, (struct str){"\xd9", 1}).size, 1);
    assert_int_equal(digits_european(&arena, (struct str){0}).size, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_locale_chooses),
        cmocka_unit_test(a_wish_comes_before_the_locale),
        cmocka_unit_test(what_has_no_room_is_left),
        cmocka_unit_test(typed_digits_are_read_either_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
