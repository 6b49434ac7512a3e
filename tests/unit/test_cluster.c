/* Clusters and words as the editor steps through them. */
#include "text/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void steps_by_cluster(void **state)
{
    (void)state;
    struct str s = str_of("ae\u0301\r\n👨\u200d👩🇶🇦🇪لا");
    static const size_t starts[] = {0, 1, 4, 6, 17, 25, 29, 31, 33};
    size_t count = sizeof starts / sizeof starts[0];
    assert_int_equal(s.size, starts[count - 1]);
    for (size_t i = 0; i + 1 < count; i++) {
        assert_int_equal(cluster_next(s, starts[i]), starts[i + 1]);
        assert_int_equal(cluster_previous(s, starts[i + 1]), starts[i]);
        for (size_t at = starts[i]; at < starts[i + 1]; at++)
            assert_int_equal(cluster_start(s, at), starts[i]);
    }
    assert_int_equal(cluster_next(s, s.size), s.size);
    assert_int_equal(cluster_previous(s, 0), 0);
    assert_int_equal(cluster_previous(s, s.size + 10), 31);
    assert_int_equal(cluster_start(s, s.size), s.size);
}

static void steps_over_broken_bytes(void **state)
{
    (void)state;
    struct str s = str_of("\xe2\x80\xff\xd8");
    assert_int_equal(cluster_next(s, 0), 2);
    assert_int_equal(cluster_next(s, 2), 3);
    assert_int_equal(cluster_next(s, 3), 4);
    assert_int_equal(cluster_previous(s, 3), 2);
    assert_int_equal(cluster_previous(s, 2), 0);
    assert_int_equal(cluster_next((struct str){NULL, 0}, 0), 0);
}

static void steps_by_word(void **state)
{
    (void)state;
    struct str s = str_of("one, (two)  3.5\n\n قال نعم ");
    assert_int_equal(word_next(s, 0), 6);
    assert_int_equal(word_next(s, 6), 12);
    assert_int_equal(word_next(s, 12), 18);
    assert_int_equal(word_next(s, 18), 25);
    assert_int_equal(word_next(s, 25), s.size);
    assert_int_equal(word_previous(s, s.size), 25);
    assert_int_equal(word_previous(s, 25), 18);
    assert_int_equal(word_previous(s, 18), 12);
    assert_int_equal(word_previous(s, 14), 12);
    assert_int_equal(word_previous(s, 12), 6);
    assert_int_equal(word_previous(s, 6), 0);
    assert_int_equal(word_previous(s, 0), 0);
}

static void measures_code_points(void **state)
{
    (void)state;
    assert_int_equal(codepoint_width('a'), 1);
    assert_int_equal(codepoint_width(0x627), 1);
    assert_int_equal(codepoint_width(0x6f22), 2);
    assert_int_equal(codepoint_width(0x1f600), 2);
    assert_int_equal(codepoint_width(0x64e), 0);
    assert_int_equal(codepoint_width(0x1b), 0);
    assert_int_equal(codepoint_width(0x200d), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_by_cluster),
        cmocka_unit_test(steps_over_broken_bytes),
        cmocka_unit_test(steps_by_word),
        cmocka_unit_test(measures_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
