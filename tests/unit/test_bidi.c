/* The bidirectional algorithm by hand-made examples; Unicode's own are in the conformance tests. */
#include "text/bidi.h"

#include <fribidi.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 64 };

static void check(const uint32_t *text, size_t size, enum direction direction, uint8_t base,
                  const char *wanted)
{
    struct arena arena = {0};
    uint8_t levels[MOST];
    assert_int_equal(bidi_levels(&arena, text, size, direction, DIRECTION_LTR, levels), base);
    for (size_t i = 0; i < size; i++)
        assert_int_equal(levels[i], wanted[i] - '0');
    arena_free(&arena);
}

static void finds_levels(void **state)
{
    (void)state;
    static const uint32_t mixed[] = {'a', ' ', 0x5d0, 0x5d1, ' ', '1', '2', '.'};
    check(mixed, 8, DIRECTION_AUTO, 0, "00111220");
    static const uint32_t arabic[] = {0x627, ' ', 'a', '(', 'b', ')', '1'};
    check(arabic, 7, DIRECTION_AUTO, 1, "1122222");
    static const uint32_t year[] = {'2', '0', 0x645};
    check(year, 3, DIRECTION_AUTO, 1, "221");
    static const uint32_t override[] = {'a', 0x202e, 'b', 'c', 0x202c, 'd'};
    check(override, 6, DIRECTION_AUTO, 0, "001110");
    static const uint32_t isolate[] = {'a', 0x2068, 0x5d0, 0x2069, 'b'};
    check(isolate, 5, DIRECTION_AUTO, 0, "00100");
}

static void takes_direction_from_outside_isolates(void **state)
{
    (void)state;
    struct arena arena = {0};
    uint8_t levels[MOST];
    static const uint32_t text[] = {0x2067, 0x5d0, 0x2069, 'a'};
    check(text, 4, DIRECTION_AUTO, 0, "0100");
    static const uint32_t neutral[] = {'1', '!'};
    assert_int_equal(bidi_levels(&arena, neutral, 2, DIRECTION_AUTO, DIRECTION_RTL, levels), 1);
    assert_int_equal(bidi_levels(&arena, neutral, 2, DIRECTION_AUTO, DIRECTION_AUTO, levels), 0);
    assert_int_equal(bidi_levels(&arena, NULL, 0, DIRECTION_RTL, DIRECTION_AUTO, levels), 1);
    assert_int_equal(bidi_first_strong(str_of("12 \n\u2067a\n ع")), DIRECTION_RTL);
    assert_int_equal(bidi_first_strong(str_of("12 (x) ع")), DIRECTION_LTR);
    assert_int_equal(bidi_first_strong(str_of("12")), DIRECTION_AUTO);
    arena_free(&arena);
}

static void ends_lines(void **state)
{
    (void)state;
    static const uint32_t text[] = {0x5d0, ' ', '\t', 0x5d1, ' ', 0x2069, ' '};
    uint8_t levels[] = {1, 1, 1, 1, 1, 1, 1};
    bidi_end_line(text, 7, 0, levels);
    static const uint8_t wanted[] = {1, 0, 0, 1, 0, 0, 0};
    assert_memory_equal(levels, wanted, 7);
}

static void orders_lines(void **state)
{
    (void)state;
    static const uint8_t levels[] = {0, 1, 1, 2, 2, 1, 0};
    static const uint32_t wanted[] = {0, 5, 3, 4, 2, 1, 6};
    uint32_t order[7];
    bidi_order(levels, 7, order);
    assert_memory_equal(order, wanted, sizeof wanted);
    bidi_order(levels, 0, order);
}

static void mirrors(void **state)
{
    (void)state;
    assert_int_equal(bidi_mirrored('('), ')');
    assert_int_equal(bidi_mirrored(0xab), 0xbb);
    assert_int_equal(bidi_mirrored('a'), 'a');
}

/* FriBidi 1.0.8 takes what stands in an isolate that was closed into account for a later one that is
 * not; here the first number must not see the R letter (X10). */
static void isolates_do_not_see_each_other(void **state)
{
    (void)state;
    static const uint32_t number[] = {0x2066, 0x5d0, 0x2069, 0x2066, '1'};
    check(number, 5, DIRECTION_AUTO, 0, "03002");
    static const uint32_t neutral[] = {0x2066, 0x661, 0x2069, 0x2066, '!', 0x5d0};
    check(neutral, 6, DIRECTION_AUTO, 0, "040023");
}

/* FriBidi 1.0.8 looks for a bracket's context beyond the start of its sequence (N0 c). */
static void brackets_see_their_own_sequence(void **state)
{
    (void)state;
    static const uint32_t embedded[] = {0x627, 0x202a, '[', 0x627, ']'};
    check(embedded, 5, DIRECTION_AUTO, 1, "11232");
    static const uint32_t marked[] = {'b', 0x661, '[', 0x627, ']', 0x300, '('};
    check(marked, 7, DIRECTION_AUTO, 0, "0211110");
}

/* FriBidi is a second opinion on random texts, longer and wilder than Unicode's cases; without
 * isolates and brackets, see above. */
static void agrees_with_fribidi(void **state)
{
    (void)state;
    static const uint32_t alphabet[] = {
        'a',  'b', 0x5d0, 0x627,  '1',    0x661,  '+',    '$',    ',',    ' ',
        '\t', '!', 0x300, 0x200b, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
    };
    struct arena arena = {0};
    srand(1);
    for (int round = 0; round < 20000; round++) {
        uint32_t text[MOST];
        uint8_t levels[MOST];
        FriBidiCharType types[MOST];
        FriBidiBracketType brackets[MOST];
        FriBidiLevel wanted[MOST];
        FriBidiParType base = FRIBIDI_PAR_ON;
        int size = 1 + rand() % (MOST - 1);
        for (int i = 0; i < size; i++)
            text[i] = alphabet[(size_t)rand() % (sizeof alphabet / sizeof alphabet[0])];
        fribidi_get_bidi_types(text, size, types);
        fribidi_get_bracket_types(text, size, types, brackets);
        assert_int_not_equal(
            fribidi_get_par_embedding_levels_ex(types, brackets, size, &base, wanted), 0);
        uint8_t got =
            bidi_levels(&arena, text, (size_t)size, DIRECTION_AUTO, DIRECTION_LTR, levels);
        assert_int_equal(got, FRIBIDI_IS_RTL(base));
        bidi_end_line(text, (size_t)size, got, levels);
        for (int i = 0; i < size; i++) {
            if (types[i] != FRIBIDI_TYPE_BN && !FRIBIDI_IS_EXPLICIT(types[i]) &&
                levels[i] != (uint8_t)wanted[i]) {
                fail_msg("round %d, character %d of %d: %d, FriBidi %d", round, i, size, levels[i],
                         wanted[i]);
            }
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_levels),
        cmocka_unit_test(takes_direction_from_outside_isolates),
        cmocka_unit_test(ends_lines),
        cmocka_unit_test(orders_lines),
        cmocka_unit_test(mirrors),
        cmocka_unit_test(isolates_do_not_see_each_other),
        cmocka_unit_test(brackets_see_their_own_sequence),
        cmocka_unit_test(agrees_with_fribidi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
