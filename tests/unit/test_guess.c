/* The language of a text by its letters. */
#include "text/guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void guesses(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language;
    } cases[] = {
        {"The road is closed", "en"},
        {"الطريق مغلق", "ar"},
        {"الطريق closed مغلق اليوم", "ar"},
        {"The طريق is closed", "en"},
        {"", "und"},
        {"123 !?", "und"},
        {"漢字 kanji 漢字漢字漢字", "und"},
        {"انظر https://www.example.qa/a-very-long-address", "ar"},
        {"نعم @a_long_account_name somebody@example.qa www.example.qa", "ar"},
        {"https://example.qa", "und"},
        {"\xff\xfe", "und"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(guess_language(str_of(cases[i].text)), cases[i].language);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(guesses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
