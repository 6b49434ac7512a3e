/* The wire row, case by case: what is sent, what it needs, and what no row can show.
 *
 * Pictures are written as sketches, from left to right as the eye sees them: a to z are themselves,
 * A to L are Hebrew letters, M to Z Arabic ones, ~ is an Arabic-Indic digit, ` a Hebrew letter with a
 * mark, @ a wide character, = an upright box line. In a wire row < and > are the strong blanks. */
#include "unit/wire_terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    HEBREW_ALEF = 0x5d0,
    HEBREW_POINT = 0x5b0,
    ARABIC_FORM = 0xfe8d, /* presentation forms of letters */
    ARABIC_DIGIT = 0x663,
    IDEOGRAPH = 0x6c34,
    BOX_LINE = 0x2502,
};

static struct picture sketch(const char *text)
{
    struct picture picture = {.width = 0};
    for (; *text; text++) {
        uint32_t codepoint = (unsigned char)*text;
        if (*text >= 'A' && *text <= 'L')
            codepoint = HEBREW_ALEF + (uint32_t)(*text - 'A');
        else if (*text >= 'M' && *text <= 'Z')
            codepoint = ARABIC_FORM + (uint32_t)(*text - 'M');
        else if (*text == '~')
            codepoint = ARABIC_DIGIT;
        else if (*text == '@')
            codepoint = IDEOGRAPH;
        else if (*text == '`')
            codepoint = HEBREW_ALEF;
        else if (*text == '=')
            codepoint = BOX_LINE;
        picture_add(&picture, codepoint);
        if (*text == '`')
            picture_add(&picture, HEBREW_POINT);
    }
    return picture;
}

static char sketch_of(const struct wire_profile *profile, const struct cell *cell)
{
    uint32_t codepoint = cell->glyph.codepoint[0];
    if (codepoint == profile->right_seam && cell->style & WIRE_STYLE_HIDDEN)
        return '>';
    if (codepoint == profile->left_seam && (cell->style & WIRE_STYLE_HIDDEN || codepoint > 0x7f))
        return '<';
    if (cell->glyph.codepoint[1])
        return '`';
    if (codepoint >= HEBREW_ALEF && codepoint <= HEBREW_ALEF + 'L' - 'A')
        return (char)('A' + (codepoint - HEBREW_ALEF));
    if (codepoint >= ARABIC_FORM && codepoint <= ARABIC_FORM + 'Z' - 'M')
        return (char)('M' + (codepoint - ARABIC_FORM));
    if (codepoint == ARABIC_DIGIT)
        return '~';
    if (codepoint == BOX_LINE)
        return '=';
    return codepoint == IDEOGRAPH ? '@' : (char)codepoint;
}

struct desk {
    struct arena arena, scratch;
};

static int setup(void **state)
{
    *state = calloc(1, sizeof(struct desk));
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    arena_free(&desk->arena);
    arena_free(&desk->scratch);
    free(desk);
    return 0;
}

static struct wire_row make(struct desk *desk, const struct wire_profile *profile,
                            const struct picture *picture)
{
    return wire_row_make(&desk->arena, &desk->scratch, profile, picture->cells, picture->width, -1,
                         NULL);
}

/* Checks that the row is exact, by the terminal and by the maps, and has this sketch. */
static void assert_wire(struct desk *desk, const struct wire_profile *profile, const char *seen,
                        const char *sent)
{
    struct picture *picture = arena_new(&desk->arena, 1, sizeof *picture);
    *picture = sketch(seen);
    struct wire_row row = make(desk, profile, picture);
    char text[WIRE_ROW_MOST + 1] = {0};
    size_t place[WIRE_ROW_MOST], size = 0;
    for (size_t x = 0; x < row.width; x++)
        if (row.cells[x].glyph.width > 0)
            text[size++] = sketch_of(profile, &row.cells[x]);
    assert_string_equal(text, sent);
    assert_true(row.result <= WIRE_EXACT && row.misplaced == 0);
    assert_true(terminal_agrees(profile, row.cells, picture->cells, picture->width));
    bool pairs = profile->brackets != WIRE_BRACKETS_NEUTRAL;
    terminal_shows(profile, row.cells, row.width, pairs, place);
    for (size_t x = 0; x < row.width; x++) {
        assert_int_equal(wire_row_x(&row, (int)x), place[x]);
        if (row.visual_of)
            assert_int_equal(row.visual_of[place[x]], x);
    }
}

/* Checks that no row at all shows the picture, and that the one returned says so. */
static void assert_impossible(struct desk *desk, const struct wire_profile *profile,
                              const char *seen)
{
    struct picture picture = sketch(seen);
    struct wire_row row = make(desk, profile, &picture);
    assert_int_equal(wire_fewest_seams(profile, &picture), WIRE_NO_ROW);
    assert_int_equal(row.result, WIRE_MISPLACED);
    assert_false(terminal_agrees(profile, row.cells, picture.cells, picture.width));
    struct picture shown = terminal_shows(profile, row.cells, row.width, true, NULL);
    struct picture plain = terminal_shows(profile, row.cells, row.width, false, NULL);
    size_t differing = picture_differs(&shown, picture.cells, picture.width);
    size_t differing_plain = picture_differs(&plain, picture.cells, picture.width);
    assert_true(row.misplaced == differing || row.misplaced == differing_plain);
    assert_true(row.misplaced > 0);
}

/* --- rows that are sent as they are ----------------------------------------------------------- */

static void test_rows_without_right_to_left_are_untouched(void **state)
{
    const char *const rows[] = {"", " ", "plain (text) 12%", "12,5 - 3 [a]", "@@ wide"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct picture picture = sketch(rows[i]);
        struct wire_row row = make(*state, &wire_profile_putty, &picture);
        assert_int_equal(row.result, WIRE_UNTOUCHED);
        assert_ptr_equal(row.cells, picture.cells);
        assert_int_equal(row.seams, 0);
        assert_int_equal(wire_row_x(&row, 0), 0);
        assert_true(terminal_agrees(&wire_profile_putty, row.cells, picture.cells, picture.width));
    }
}

/* --- rows that are turned ---------------------------------------------------------------------- */

struct sketched {
    const char *seen, *sent;
};

static void assert_all(struct desk *desk, const struct wire_profile *profile,
                       const struct sketched *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_wire(desk, profile, rows[i].seen, rows[i].sent);
}

#define ASSERT_ALL(desk, profile, rows)                                                            \
    assert_all(desk, profile, rows, sizeof(rows) / sizeof(rows)[0])

/* Columns of a table, as measured on PuTTY and mlterm. */
static void test_columns_stay_in_place(void **state)
{
    static const struct sketched rows[] = {
        {"| PONM | TSRQQ | three |", "|<QQRST | MNOP | three |"},
        {"| one | PONM | TSRQQ |", "| one | QQRST | MNOP |"},
        {"| PONM | two | TSRQQ |", "| QQRST | two | MNOP |"},
        {"|PONM|TSRQQ|three| ", ">|three|QQRST|MNOP|"},
        {"PONM", "MNOP"},
        {"PONM     ", "     MNOP"},
    };
    ASSERT_ALL(*state, &wire_profile_putty, rows);
}

static void test_numbers_keep_their_neighbours(void **state)
{
    static const struct sketched rows[] = {
        {" N2022 ", " 2022N "},       /* the year behind which Arabic writes a letter */
        {"abc N2022 ", " 2022N abc"}, /* in a row that begins left to right */
        {"2022 NM", "MN 2022"},       /* a number left of a word */
        {"N123abc ", ">123abcN"},     /* possible from right to left alone */
        {"12% NM", "MN %12"},         /* terminators and separators go with their number */
        {"NM 12% QP", "PQ %12 MN"},
        {"BA 1,234.5 DC", "CD 1,234.5 AB"}, /* behind a Hebrew letter */
        {"NM 1-2 QP", "PQ 2-1 MN"}, /* behind an Arabic one the minus is no part of a number */
        {"NM ~,~ QP", "PQ ~,~ MN"},
        {"a ~~ b", "a ~~ b"},
        {"5 abc N", "5 abc N"}, /* beside a Latin word in a right-to-left row */
    };
    ASSERT_ALL(*state, &wire_profile_putty, rows);
}

static void test_brackets_are_turned_where_the_terminal_turns_them(void **state)
{
    static const struct sketched paired[] = {
        {"(NM) QP", "PQ (MN)"},           {"abc (NM) def", "abc (MN) def"},
        {"QP (abc) NM", "MN (abc) PQ"},   {"NM (12) QP", "PQ (12) MN"},
        {"(abc NM) :) ", "(abc MN) :) "}, {"x [NM (QP)] y", "x [PQ) MN)] y"},
    };
    struct wire_profile profile = wire_profile_putty;
    ASSERT_ALL(*state, &profile, paired);
    profile.mirrors = false;
    assert_wire(*state, &profile, "(NM) QP", "PQ )MN(");
    profile = wire_profile_putty;
    profile.brackets = WIRE_BRACKETS_NEUTRAL;
    assert_wire(*state, &profile, "abc (NM) QP", "abc (PQ (MN");
}

static void test_the_direction_can_be_the_terminals(void **state)
{
    static const struct sketched rows[] = {
        {"| PONM | TSRQQ | three |", "| QQRST | MNOP | three |"},
        {"NM abc", "MN abc"},
        {" N2022 ", " >2022N"},
    };
    ASSERT_ALL(*state, &wire_profile_vte, rows);
}

static void test_marks_and_wide_characters_move_whole(void **state)
{
    static const struct sketched rows[] = {
        {"a `B` b", "a `B` b"}, {"N @@ M", "M @@ N"}, {"N@1 ab ", ">@1 abN"}};
    ASSERT_ALL(*state, &wire_profile_putty, rows);
}

static void test_hidden_seams_keep_their_style(void **state)
{
    struct picture picture = sketch("ab N5 cd");
    for (size_t x = 0; x < picture.width; x++)
        picture.cells[x].style = STYLE_BAR | STYLE_CURRENT;
    struct wire_row row = make(*state, &wire_profile_mlterm, &picture);
    assert_int_equal(row.seams, 1);
    for (size_t x = 0; x < row.width; x++) {
        bool seam = row.cells[x].glyph.codepoint[0] == wire_profile_mlterm.right_seam;
        unsigned hidden = seam ? WIRE_STYLE_HIDDEN : 0;
        assert_int_equal(row.cells[x].style, STYLE_BAR | STYLE_CURRENT | hidden);
    }
    assert_wire(*state, &wire_profile_mlterm, " NM abc ", "<MN abc ");
}

/* The cursor would show what is hidden under it. */
static void test_no_seam_under_the_cursor(void **state)
{
    struct desk *desk = *state;
    struct picture picture = sketch("a N5  b");
    for (int caret = 4; caret <= 5; caret++) {
        struct wire_row row = wire_row_make(&desk->arena, &desk->scratch, &wire_profile_putty,
                                            picture.cells, picture.width, caret, NULL);
        int other = caret == 4 ? 5 : 4;
        assert_int_equal(row.cells[wire_row_x(&row, caret)].style, STYLE_NORMAL);
        assert_int_equal(row.cells[wire_row_x(&row, other)].style, WIRE_STYLE_HIDDEN);
    }
    picture = sketch("a N5 b"); /* the only blank there is */
    struct wire_row row = wire_row_make(&desk->arena, &desk->scratch, &wire_profile_putty,
                                        picture.cells, picture.width, 4, NULL);
    assert_int_equal(row.result, WIRE_EXACT);
}

/* Cells that no canvas makes: they must do no harm. */
static void test_broken_rows_do_no_harm(void **state)
{
    struct picture picture = sketch("N a");
    picture.cells[0].glyph.width = 2;
    picture.cells[2] = picture_cell(0, 0);
    struct wire_row row = make(*state, &wire_profile_putty, &picture);
    assert_int_equal(row.width, 3);
    static const uint32_t controls[] = {0x202e, 0x2067, 0x200f, 0x2069, 0x0a, 0x2029, 0x1f, 0x200b};
    picture = sketch("N a12 B c3 ");
    for (size_t x = 0; x < picture.width; x++) {
        for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
            struct picture broken = picture;
            broken.cells[x] = picture_cell(controls[i], 1);
            row = make(*state, &wire_profile_putty, &broken);
            size_t sum = 0;
            for (size_t k = 0; k < row.width; k++)
                sum += row.visual_of ? row.visual_of[k] : k;
            assert_int_equal(sum, picture.width * (picture.width - 1) / 2);
        }
    }
    row = make(*state, &wire_profile_putty, &picture);
    assert_int_equal(wire_row_x(&row, -1), -1);
    assert_int_equal(wire_row_x(&row, 1000), 1000);
}

/* --- what no row can show --------------------------------------------------------------------- */

/* Terminals whose rows are left to right and that have no overrides. */
static struct wire_profile left_profile(void)
{
    struct wire_profile left = wire_profile_vte;
    left.overrides = false;
    return left;
}

/* No blank to give the row its direction, and neither of the letters' own does. No pane is so full: each
 * has a blank at each side. */
static void test_what_is_impossible_is_so(void **state)
{
    struct wire_profile own = wire_profile_putty;
    assert_impossible(*state, &own, "N-a");
    assert_impossible(*state, &own, "B5 +%6A-a");
}

/* Checks that no row at all shows the picture, and that the one returned shows another in which all is
 * in its order. */
static void assert_near(struct desk *desk, const struct wire_profile *profile, const char *drawn,
                        const char *seen)
{
    struct picture picture = sketch(drawn), near = sketch(seen);
    struct wire_profile paired = *profile;
    paired.brackets = WIRE_BRACKETS_PAIRED;
    struct wire_row row = make(desk, profile, &picture);
    struct picture shown = terminal_shows(profile, row.cells, row.width, true, NULL);
    char text[WIRE_ROW_MOST + 1] = {0};
    for (size_t x = 0; x < shown.width; x++)
        text[x] = sketch_of(profile, &shown.cells[x]);
    assert_int_equal(wire_fewest_seams(&paired, &picture), WIRE_NO_ROW);
    assert_string_equal(text, seen);
    assert_int_equal(row.result, WIRE_NEAR);
    assert_int_equal(picture_differs(&shown, near.cells, near.width), 0);
    assert_true(terminal_reads_alike(profile, &row, picture.cells));
}

/* A blank of the pane is moved beside the number. */
static void test_held_numbers_are_shown_nearly(void **state)
{
    struct wire_profile left = left_profile();
    assert_near(*state, &left, " N5ab ", " N5 ab");
    assert_near(*state, &left, " N5~a ", " N5 ~a");
    assert_near(*state, &left, "  aN6:45b", " aN6:45 b");
    assert_near(*state, &left, " N~/5(a) M ", " N~/5 (a) M");
    assert_near(*state, &wire_profile_putty, "a bN5c  d", "a bN5 c d");
}

/* A bracket is turned. */
static void test_lone_brackets_are_shown_nearly(void **state)
{
    struct wire_profile left = left_profile();
    assert_near(*state, &wire_profile_putty, "(~(~", ")~(~");
    assert_near(*state, &left, " (aA(M ", " )aA(M ");
}

/* Where box lines part the row, they are drawn with ASCII. */
static void test_parted_rows_are_shown_nearly(void **state)
{
    assert_near(*state, &wire_profile_mlterm, " =aN5=", " |aN5|");
}

/* Where there is no blank to move, digits are Arabic-Indic ones: these go with the letters. */
static void test_full_rows_are_shown_nearly(void **state)
{
    struct wire_profile left = left_profile(), own = wire_profile_putty;
    /* A European number right of the last right-to-left letter, and no blank behind it. */
    assert_near(*state, &left, "N333ab", "N~~~ab");
    assert_near(*state, &left, "N3", "N~");
    /* The same where the row's other direction cannot be had: a Latin letter leads it. */
    assert_near(*state, &own, "aN3b", "aN~b");
    assert_near(*state, &left, " aM3aA3 ", " aM~aA~ ");
    assert_near(*state, &own, " M3%(3a ", " M~%(~a ");
    /* A separator and a terminator that read one way form a number, the other way none. */
    struct picture picture = sketch("B5+%6A");
    struct wire_row row = make(*state, &own, &picture);
    assert_int_equal(wire_fewest_seams(&own, &picture), WIRE_NO_ROW);
    assert_int_equal(row.result, WIRE_NEAR);
    assert_true(terminal_keeps_promise(&own, &row, picture.cells));
    assert_int_equal(terminal_liberties(&own, &row, picture.cells), LIBERTY_DIGITS);
}

/* Terminals with overrides show everything; only what nothing else shows is sent so. */
static void test_overrides_show_what_seams_cannot(void **state)
{
    static const char *const rows[] = {" N123ab ", "N5",   " N5~a ",  " N~/5(a) M ", "aN5b", "N-a",
                                       "B5+%6A",   "(~(~", " (aA(M ", "`5b",         "5a",   "N a"};
    struct wire_profile left = left_profile();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct picture picture = sketch(rows[i]);
        struct wire_row row = make(*state, &wire_profile_vte, &picture);
        assert_true(row.result <= WIRE_EXACT);
        assert_int_equal(row.overridden, wire_fewest_seams(&left, &picture) == WIRE_NO_ROW);
        assert_true(terminal_agrees(&wire_profile_vte, row.cells, picture.cells, picture.width));
        for (size_t x = 0; row.overridden && x < row.width; x++)
            assert_int_equal(wire_row_x(&row, (int)x), x);
    }
}

/* An override needs room behind the first character, whose marks may have taken it. */
static void test_no_override_without_room(void **state)
{
    struct picture picture = sketch("`5b");
    uint32_t *first = picture.cells[0].glyph.codepoint;
    for (size_t i = 1; i < GLYPH_CODEPOINTS; i++)
        first[i] = HEBREW_POINT;
    struct wire_row row = make(*state, &wire_profile_vte, &picture);
    assert_int_equal(row.result, WIRE_NEAR);
    assert_false(row.overridden);
}

/* A year before a marker such as [NUL], between Arabic letters: with rule N0 alone. */
static void test_some_rows_need_paired_brackets(void **state)
{
    struct picture picture = sketch(" N5[a]M ");
    struct wire_row row = make(*state, &wire_profile_putty, &picture);
    assert_int_equal(row.result, WIRE_PAIRED);
    assert_true(terminal_keeps_promise(&wire_profile_putty, &row, picture.cells));
    assert_int_equal(wire_fewest_seams(&wire_profile_putty, &picture), WIRE_NO_ROW);
}

/* --- every short row -------------------------------------------------------------------------- */

static const char signs[] = "aAM5~+%,! ()";

enum { SIGNS = sizeof signs - 1, SHORT_ROW = 4, SHORT_PANE = 8, SHORT_PANES = 20000 };

struct outcome {
    size_t exact, paired, near, misplaced; /* near and misplaced: no row shows them */
};

static void print_outcome(const char *what, const struct outcome *outcome)
{
    print_message(
        "counted: %s: %zu exact, %zu if brackets are paired; proved impossible: %zu shown nearly, "
        "%zu misplaced\n",
        what, outcome->exact, outcome->paired, outcome->near, outcome->misplaced);
}

/* Exact, or shown to be impossible by trying every row there could be. */
static void check_short(struct desk *desk, const struct wire_profile *profile, const char *text,
                        struct outcome *outcome)
{
    struct picture picture = sketch(text);
    struct wire_row row = make(desk, profile, &picture);
    bool exact = row.result == WIRE_EXACT || row.result == WIRE_UNTOUCHED;
    struct wire_profile paired = *profile;
    paired.brackets = WIRE_BRACKETS_PAIRED;
    assert_true(terminal_keeps_promise(profile, &row, picture.cells));
    if (!exact && !profile->overrides && wire_fewest_seams(profile, &picture) != WIRE_NO_ROW)
        fail_msg("there is a row that shows '%s'", text);
    if (row.result > WIRE_PAIRED && wire_fewest_seams(&paired, &picture) != WIRE_NO_ROW)
        fail_msg("there is a row that shows '%s' where brackets are paired", text);
    outcome->exact += exact;
    outcome->paired += row.result == WIRE_PAIRED;
    outcome->near += row.result == WIRE_NEAR;
    outcome->misplaced += row.result == WIRE_MISPLACED;
    arena_reset(&desk->arena);
}

static void check_every_short_row(struct desk *desk, const struct wire_profile *profile)
{
    struct outcome outcome = {0};
    size_t total = SIGNS;
    for (size_t length = 1; length <= SHORT_ROW; length++, total *= SIGNS) {
        for (size_t n = 0; n < total; n++) {
            char text[SHORT_ROW + 1] = {0};
            for (size_t i = 0, rest = n; i < length; i++, rest /= SIGNS)
                text[i] = signs[rest % SIGNS];
            check_short(desk, profile, text, &outcome);
        }
    }
    print_outcome("every short row", &outcome);
}

static void test_every_short_row(void **state)
{
    check_every_short_row(*state, &wire_profile_putty);
    struct wire_profile left = left_profile();
    check_every_short_row(*state, &left);
    check_every_short_row(*state, &wire_profile_vte);
}

static struct outcome check_short_panes(struct desk *desk, const struct wire_profile *profile)
{
    struct outcome outcome = {0};
    uint32_t random = 1; /* a linear congruential generator: the same rows everywhere */
    for (size_t n = 0; n < SHORT_PANES; n++) {
        char text[SHORT_PANE + 1] = {0};
        for (size_t i = 0; i < SHORT_PANE; i++) {
            random = random * 1664525u + 1013904223u;
            bool spare = i == 0 || i + 1 == SHORT_PANE;
            text[i] = spare ? ' ' : signs[(random >> 16) % SIGNS];
        }
        check_short(desk, profile, text, &outcome);
    }
    print_outcome("short panes", &outcome);
    assert_int_equal(outcome.misplaced, 0);
    return outcome;
}

/* With a spare blank at each side. */
static void test_short_panes(void **state)
{
    check_short_panes(*state, &wire_profile_putty);
    struct wire_profile left = left_profile();
    check_short_panes(*state, &left);
    assert_int_equal(check_short_panes(*state, &wire_profile_vte).exact, SHORT_PANES);
}

/* Where a row can be had with few seams, no more are used. */
static void test_seams_are_few(void **state)
{
    static const char *const rows[] = {
        "M5", " M5 ", " M5 a", "a M5 ", "5 a M", " 5 a M ", "A 5 b C", " A a ", "a ~5 ", "M a ",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct picture picture = sketch(rows[i]);
        struct wire_row row = make(*state, &wire_profile_putty, &picture);
        assert_int_equal(row.result, WIRE_EXACT);
        assert_int_equal(row.seams, wire_fewest_seams(&wire_profile_putty, &picture));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_without_right_to_left_are_untouched, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_columns_stay_in_place, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_keep_their_neighbours, setup, teardown),
        cmocka_unit_test_setup_teardown(test_brackets_are_turned_where_the_terminal_turns_them,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_direction_can_be_the_terminals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_marks_and_wide_characters_move_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hidden_seams_keep_their_style, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_seam_under_the_cursor, setup, teardown),
        cmocka_unit_test_setup_teardown(test_broken_rows_do_no_harm, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_impossible_is_so, setup, teardown),
        cmocka_unit_test_setup_teardown(test_held_numbers_are_shown_nearly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lone_brackets_are_shown_nearly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parted_rows_are_shown_nearly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_full_rows_are_shown_nearly, setup, teardown),
        cmocka_unit_test_setup_teardown(test_overrides_show_what_seams_cannot, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_override_without_room, setup, teardown),
        cmocka_unit_test_setup_teardown(test_some_rows_need_paired_brackets, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_short_row, setup, teardown),
        cmocka_unit_test_setup_teardown(test_short_panes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_seams_are_few, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
