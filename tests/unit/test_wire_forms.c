/* Following every form of a row, held to what is certain otherwise: of short rows every form is really
 * tried, by running the terminal's own algorithm over each; and of whatever is sent, what the terminal
 * makes of it is a picture of which a form must be found, by the proof and by the program. */
#include "unit/wire_possible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* One of each class, two digits whose order can be seen, and two kinds of brackets. */
static const uint32_t signs[] = {'a', 0x5d0, 0xfe8d, '5', '6', 0x663, '+', '%',
                                 ',', '!',   ' ',    '(', ')', '[',   ']'};

enum {
    SIGNS = sizeof signs / sizeof signs[0],
    SHORT_SIGNS = SIGNS - 2, /* without the second brackets */
    SHORT_ROW = 4,
    LONGER_ROW = 7,
    LONGER_ROWS = 6000,
};

struct terminal {
    const char *name;
    struct wire_profile profile;
};

enum { TERMINALS = 6 };

/* Every way there is to mirror, to give a row its direction, and to pair brackets or not; none has
 * overrides, which leave nothing impossible. */
static void terminals_fill(struct terminal *terminals)
{
    const struct terminal all[TERMINALS] = {
        {"PuTTY of either kind", wire_profile_putty},   {"PuTTY that pairs", wire_profile_putty},
        {"PuTTY that does not", wire_profile_putty},    {"left to right", wire_profile_vte},
        {"mlterm of either kind", wire_profile_mlterm}, {"mlterm that pairs", wire_profile_mlterm},
    };
    memcpy(terminals, all, sizeof all);
    terminals[1].profile.brackets = terminals[5].profile.brackets = WIRE_BRACKETS_PAIRED;
    terminals[2].profile.brackets = WIRE_BRACKETS_NEUTRAL;
    terminals[3].profile.overrides = false;
}

static void fail_with(const char *why, const struct terminal *terminal,
                      const struct picture *picture)
{
    print_message("%s:", terminal->name);
    for (size_t x = 0; x < picture->width; x++)
        print_message(" %x", (unsigned)picture->cells[x].glyph.codepoint[0]);
    fail_msg("%s", why);
}

/* --- every short row ---------------------------------------------------------------------------- */

/* Tries every row there could be, and follows every form. */
static void check_both_ways(const struct terminal *terminal, const struct picture *picture,
                            size_t *possible)
{
    bool exists = wire_row_exists(&terminal->profile, picture, WIRE_ROW_MOST);
    enum wire_forms forms = forms_of_picture(&terminal->profile, picture);
    if (forms != (exists ? WIRE_FORMS_FOUND : WIRE_FORMS_NONE))
        fail_with(exists ? "there is a row" : "there is no such row", terminal, picture);
    *possible += exists;
}

static void test_every_short_row(void **state)
{
    struct terminal terminals[TERMINALS];
    (void)state;
    terminals_fill(terminals);
    for (size_t i = 0; i < TERMINALS; i++) {
        size_t total = 1, rows = 0, possible = 0;
        for (size_t length = 1; length <= SHORT_ROW; length++) {
            total *= SHORT_SIGNS;
            for (size_t number = 0; number < total; number++, rows++) {
                struct picture picture = {.width = 0};
                for (size_t rest = number; picture.width < length; rest /= SHORT_SIGNS)
                    picture_add(&picture, signs[rest % SHORT_SIGNS]);
                check_both_ways(&terminals[i], &picture, &possible);
            }
        }
        print_message("counted: every short row, %s: %zu rows, %zu possible, all told apart\n",
                      terminals[i].name, rows, possible);
    }
}

/* A linear congruential generator: the same rows everywhere. */
static uint32_t random_state = 1;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 16) % limit;
}

/* What a number is made of takes more room to go wrong in. */
static void test_longer_rows_of_numbers(void **state)
{
    static const uint32_t some[] = {'a', 0x5d0, 0xfe8d, '5', '6', 0x663, '+', '%', ',', '5', ' '};
    struct terminal terminals[TERMINALS];
    (void)state;
    terminals_fill(terminals);
    for (size_t i = 0; i < TERMINALS; i++) {
        size_t possible = 0;
        for (size_t n = 0; n < LONGER_ROWS; n++) {
            struct picture picture = {.width = 0};
            while (picture.width < LONGER_ROW)
                picture_add(&picture, some[random_below(sizeof some / sizeof some[0])]);
            check_both_ways(&terminals[i], &picture, &possible);
        }
        print_message("counted: longer rows, %s: %d rows, %zu possible, all told apart\n",
                      terminals[i].name, LONGER_ROWS, possible);
    }
}

/* --- whatever is sent --------------------------------------------------------------------------- */

/* Adds a sign, a seam, or where blanks are many some of these. */
static void send_something(const struct wire_profile *profile, bool many_blanks,
                           struct picture *sent)
{
    unsigned sign = random_below(SIGNS + 2);
    if (many_blanks && random_below(4) == 0)
        for (unsigned blanks = random_below(12); blanks > 0; blanks--)
            picture_add(sent, ' ');
    if (sign < SIGNS) {
        picture_add(sent, signs[sign]);
        return;
    }
    bool left = sign == SIGNS;
    picture_add(sent, left ? profile->left_seam : profile->right_seam);
    if (!left || profile->left_hidden)
        sent->cells[sent->width - 1].style |= WIRE_STYLE_HIDDEN;
}

/* What the terminal shows; false where one that pairs brackets and one that does not disagree. */
static bool see(const struct wire_profile *profile, const struct picture *sent,
                struct picture *picture)
{
    bool pairs = profile->brackets != WIRE_BRACKETS_NEUTRAL;
    *picture = terminal_shows(profile, sent->cells, sent->width, pairs, NULL);
    return terminal_agrees(profile, sent->cells, picture->cells, picture->width);
}

struct plan {
    size_t length;
    unsigned rows;
    bool many_blanks;
};

/* The program bounds what it does for a row; within that all of these are found, too. */
static void check_what_is_sent(const struct terminal *terminal, const struct plan *plan)
{
    static struct arena arena, scratch;
    const struct wire_profile *profile = &terminal->profile;
    unsigned rows = 0;
    for (unsigned n = 0; n < plan->rows; n++) {
        struct picture sent = {.width = 0}, picture;
        while (sent.width < plan->length)
            send_something(profile, plan->many_blanks, &sent);
        if (!see(profile, &sent, &picture))
            continue;
        rows++;
        if (forms_of_picture(profile, &picture) != WIRE_FORMS_FOUND)
            fail_with("a row was sent that shows this", terminal, &picture);
        struct wire_row row =
            wire_row_make(&arena, &scratch, profile, picture.cells, picture.width, -1, NULL);
        if (row.result > WIRE_EXACT ||
            !terminal_agrees(profile, row.cells, picture.cells, picture.width))
            fail_with("the program found no row that shows this", terminal, &picture);
        arena_reset(&arena);
    }
    assert_true(rows * 2 > plan->rows);
    print_message("counted: pictures of rows sent, %s, %zu columns%s: %u, each with a row found\n",
                  terminal->name, plan->length, plan->many_blanks ? " and many blanks" : "", rows);
    arena_free(&arena);
    arena_free(&scratch);
}

static void test_whatever_is_sent_has_a_row(void **state)
{
    static const struct plan plans[] = {
        {6, 3000, false}, {10, 3000, false}, {20, 1000, false}, {30, 1000, true}, {40, 100, false}};
    struct terminal terminals[TERMINALS];
    (void)state;
    terminals_fill(terminals);
    for (size_t i = 0; i < TERMINALS; i++)
        for (size_t k = 0; k < sizeof plans / sizeof plans[0]; k++)
            check_what_is_sent(&terminals[i], &plans[k]);
}

/* --- bounds ------------------------------------------------------------------------------------- */

static struct picture repeat(const char *text, size_t times)
{
    struct picture picture = {.width = 0};
    while (times-- > 0)
        for (const char *at = text; *at; at++)
            picture_add(&picture, *at == 'A' ? 0x5d0 : (unsigned char)*at);
    return picture;
}

/* What is not followed to the end is not said to be impossible. */
static void test_what_is_too_much_is_unknown(void **state)
{
    struct wire_profile profile = wire_profile_putty;
    struct picture picture = repeat("(A", 29);
    (void)state;
    profile.brackets = WIRE_BRACKETS_PAIRED;
    assert_int_equal(forms_of_picture(&profile, &picture), WIRE_FORMS_UNKNOWN);
    picture = repeat("aA5b", 64);
    assert_int_equal(forms_of_picture(&profile, &picture), WIRE_FORMS_UNKNOWN);
    picture = repeat("aA5b", 63);
    assert_int_equal(forms_of_picture(&profile, &picture), WIRE_FORMS_NONE);
}

/* A screen of odd rows has so much for all of them: each takes of it, and with nothing left a row is
 * still shown, though nearly. */
static void test_odd_rows_take_of_what_there_is(void **state)
{
    static struct arena arena, scratch;
    struct picture picture = repeat(" aA5b", 1);
    size_t states = 1000;
    (void)state;
    wire_row_make(&arena, &scratch, &wire_profile_putty, picture.cells, picture.width, -1, &states);
    assert_true(states < 1000);
    states = 0;
    struct wire_row row = wire_row_make(&arena, &scratch, &wire_profile_putty, picture.cells,
                                        picture.width, -1, &states);
    assert_int_equal(states, 0);
    assert_int_equal(row.result, WIRE_NEAR);
    assert_true(terminal_keeps_promise(&wire_profile_putty, &row, picture.cells));
    arena_free(&arena);
    arena_free(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_short_row),
        cmocka_unit_test(test_longer_rows_of_numbers),
        cmocka_unit_test(test_whatever_is_sent_has_a_row),
        cmocka_unit_test(test_what_is_too_much_is_unknown),
        cmocka_unit_test(test_odd_rows_take_of_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
