/* Coefficients of agreement against worked examples that were published, and at their limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/agreement.h"

/* J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions (2003), table
 * 18.1: two diagnoses of 100 patients; kappa 0.676. */
static void kappa_is_that_of_a_textbook(void **state)
{
    static const int64_t diagnoses[] = {75, 1, 4, 5, 4, 1, 0, 0, 10};
    (void)state;
    assert_int_equal(agreement_kappa(diagnoses, 3), 676);
}

static void kappa_at_its_limits(void **state)
{
    static const int64_t nothing[4] = {0}, same[] = {7, 0, 0, 0}, agreed[] = {3, 0, 0, 4},
                         opposed[] = {0, 5, 5, 0}, chance[] = {25, 25, 25, 25};
    (void)state;
    assert_int_equal(agreement_kappa(nothing, 2), AGREEMENT_NONE);
    assert_int_equal(agreement_kappa(same, 2), AGREEMENT_NONE);
    assert_int_equal(agreement_kappa(agreed, 2), 1000);
    assert_int_equal(agreement_kappa(opposed, 2), -1000);
    assert_int_equal(agreement_kappa(chance, 2), 0);
}

enum { UNITS = 12, CATEGORIES = 5 };

/* Each observer's values as letters or digits from first on; '.' where one is missing. */
static int64_t alpha_of(const char *const *observers, size_t count, char first)
{
    int64_t values[UNITS * CATEGORIES] = {0};
    size_t units = strlen(observers[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t unit = 0; unit < units; unit++) {
            if (observers[i][unit] != '.')
                values[unit * CATEGORIES + (size_t)(observers[i][unit] - first)]++;
        }
    }
    return agreement_alpha(values, units, CATEGORIES);
}

/* K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): A, binary data, two observers:
 * 0.095; B, nominal data, two observers: 0.692; C, any number of observers, missing data: 0.743. */
static void alpha_is_that_of_its_author(void **state)
{
    static const char *const binary[] = {"0100000010", "1110010000"};
    static const char *const nominal[] = {"aabbdcccedda", "babbbccceddd"};
    static const char *const missing[] = {"123321412...", "1233224125.3", ".3332342251.",
                                          "12332441251."};
    (void)state;
    assert_int_equal(alpha_of(binary, 2, '0'), 95);
    assert_int_equal(alpha_of(nominal, 2, 'a'), 692);
    assert_int_equal(alpha_of(missing, 4, '1'), 743);
}

static void alpha_at_its_limits(void **state)
{
    static const char *const alone[] = {"abc"}, *const same[] = {"aaa", "aaa"},
                             *const agreed[] = {"abc", "abc"};
    (void)state;
    assert_int_equal(alpha_of(alone, 1, 'a'), AGREEMENT_NONE);
    assert_int_equal(alpha_of(same, 2, 'a'), AGREEMENT_NONE);
    assert_int_equal(alpha_of(agreed, 2, 'a'), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kappa_is_that_of_a_textbook),
        cmocka_unit_test(kappa_at_its_limits),
        cmocka_unit_test(alpha_is_that_of_its_author),
        cmocka_unit_test(alpha_at_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
