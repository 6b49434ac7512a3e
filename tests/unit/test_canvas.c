/* The canvas: where text, figures and the caret land, in both directions of the interface, and that
 * nothing ever lands outside its box. */
#include "term/canvas.h"
#include "term/terminal_paint.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 12, HEIGHT = 3 };

struct desk {
    struct canvas canvas;
    struct arena arena;
};

static int setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    canvas_init(&desk->canvas, WIDTH, HEIGHT);
    *state = desk;
    return desk ? 0 : -1;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    canvas_free(&desk->canvas);
    arena_free(&desk->arena);
    free(desk);
    return 0;
}

static const char *row(struct desk *desk, int y)
{
    return canvas_row_text(&desk->canvas, y, &desk->arena).data;
}

static const struct cell *cell(const struct desk *desk, int x, int y)
{
    return &desk->canvas.cells[y * WIDTH + x];
}

static void test_starts_blank(void **state)
{
    struct desk *desk = *state;
    for (int y = 0; y < HEIGHT; y++)
        assert_string_equal(row(desk, y), "            ");
    assert_int_equal(desk->canvas.caret_x, -1);
    assert_int_equal(canvas_row_text(&desk->canvas, HEIGHT, &desk->arena).size, 0);
    assert_int_equal(canvas_row_text(&desk->canvas, -1, &desk->arena).size, 0);
}

static void test_text_is_aligned(void **state)
{
    struct desk *desk = *state;
    struct box box = {1, 0, 10, 1};
    assert_int_equal(canvas_text(&desk->canvas, box, ALIGN_START, 0, str_of("one")), 3);
    assert_string_equal(row(desk, 0), " one        ");
    canvas_clear(&desk->canvas);
    canvas_text(&desk->canvas, box, ALIGN_END, 0, str_of("one"));
    assert_string_equal(row(desk, 0), "        one ");
    canvas_clear(&desk->canvas);
    canvas_text(&desk->canvas, box, ALIGN_CENTER, 0, str_of("one"));
    assert_string_equal(row(desk, 0), "    one     ");
    canvas_clear(&desk->canvas);
    canvas_text(&desk->canvas, box, ALIGN_OWN, 0, str_of("سلام"));
    assert_string_equal(row(desk, 0), "        ﻡﻼﺳ ");
}

static void test_a_mirrored_canvas_turns_everything(void **state)
{
    struct desk *desk = *state;
    desk->canvas.mirrored = true;
    canvas_text(&desk->canvas, (struct box){1, 0, 10, 1}, ALIGN_START, 0, str_of("one"));
    assert_string_equal(row(desk, 0), "        one ");
    canvas_text(&desk->canvas, (struct box){0, 1, 4, 1}, ALIGN_END, 0, str_of("ab"));
    assert_string_equal(row(desk, 1), "        ab  ");
    canvas_text(&desk->canvas, (struct box){0, 2, 12, 1}, ALIGN_OWN, 0, str_of("ab"));
    assert_string_equal(row(desk, 2), "ab          ");
    assert_int_equal(canvas_x(&desk->canvas, 0), WIDTH - 1);
    assert_int_equal(canvas_x(&desk->canvas, canvas_x(&desk->canvas, 5)), 5);
}

static void test_words_of_the_interface_have_its_direction(void **state)
{
    struct desk *desk = *state;
    struct box box = {0, 0, WIDTH, 1};
    desk->canvas.mirrored = true;
    /* In a right-to-left row the mark behind a Latin word stands left of it. */
    canvas_printf(&desk->canvas, box, ALIGN_START, 0, "ab%c", '!');
    assert_string_equal(row(desk, 0), "         !ab");
    canvas_clear(&desk->canvas);
    canvas_text(&desk->canvas, box, ALIGN_START, 0, str_of("ab!"));
    assert_string_equal(row(desk, 0), "         ab!");
    canvas_clear(&desk->canvas);
    canvas_text(&desk->canvas, box, ALIGN_START, 0, str_of("(5)!"));
    assert_string_equal(row(desk, 0), "        !(5)");
}

static void test_long_text_is_cut_with_an_ellipsis(void **state)
{
    struct desk *desk = *state;
    int used =
        canvas_text(&desk->canvas, (struct box){2, 1, 6, 1}, ALIGN_START, 0, str_of("abcdefghij"));
    assert_int_equal(used, 6);
    assert_string_equal(row(desk, 1), "  abcde…    ");
}

static void test_boxes_are_cut_to_the_canvas(void **state)
{
    static const struct box boxes[] = {
        {-3, 0, 5, 1},
        {10, 0, 5, 1},
        {-100, -100, 1000, 1000},
        {12, 0, 3, 1},
        {0, 3, 3, 1},
        {0, -1, 3, 1},
        {3, 1, 0, 1},
        {3, 1, -4, -1},
        {INT_MAX, 0, INT_MAX, INT_MAX},
        {INT_MIN, INT_MIN, INT_MAX, INT_MAX},
        {0, 0, INT_MAX, INT_MAX},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
        for (int mirrored = 0; mirrored < 2; mirrored++) {
            desk->canvas.mirrored = mirrored;
            canvas_clear(&desk->canvas);
            canvas_fill(&desk->canvas, boxes[i], STYLE_BAR);
            canvas_add_style(&desk->canvas, boxes[i], STYLE_FOUND);
            canvas_rule(&desk->canvas, boxes[i], 0);
            canvas_bar(&desk->canvas, boxes[i], 0, 3, 5);
            canvas_column(&desk->canvas, boxes[i], 0, INT_MAX);
            canvas_sign(&desk->canvas, boxes[i].column, boxes[i].row, 0, '>');
            canvas_text(&desk->canvas, boxes[i], ALIGN_START, 0, str_of("漢字漢字漢字漢字漢字"));
            canvas_caret(&desk->canvas, boxes[i].column, boxes[i].row);
        }
    }
    canvas_clear(&desk->canvas);
    canvas_fill(&desk->canvas, boxes[0], STYLE_BAR);
    for (int x = 0; x < WIDTH; x++)
        assert_int_equal(cell(desk, x, 0)->style, desk->canvas.mirrored ? (x >= 10 ? STYLE_BAR : 0)
                                                                        : (x < 2 ? STYLE_BAR : 0));
}

static void test_half_of_a_wide_glyph_blanks_the_other(void **state)
{
    struct desk *desk = *state;
    struct box box = {0, 0, WIDTH, 1};
    canvas_text(&desk->canvas, box, ALIGN_START, 0, str_of("漢字"));
    canvas_text(&desk->canvas, (struct box){1, 0, 1, 1}, ALIGN_START, 0, str_of("x"));
    assert_string_equal(row(desk, 0), " x字        ");
    canvas_text(&desk->canvas, (struct box){2, 0, 1, 1}, ALIGN_START, 0, str_of("y"));
    assert_string_equal(row(desk, 0), " xy         ");
    /* A wide glyph over the halves of two others. */
    canvas_text(&desk->canvas, box, ALIGN_START, 0, str_of("漢字"));
    canvas_text(&desk->canvas, (struct box){1, 0, 2, 1}, ALIGN_START, 0, str_of("中"));
    assert_string_equal(row(desk, 0), " 中         ");
    assert_int_equal(cell(desk, 1, 0)->glyph.width, 2);
    assert_int_equal(cell(desk, 2, 0)->glyph.width, 0);
    /* A fill that ends in the middle of one. */
    canvas_fill(&desk->canvas, (struct box){2, 0, 3, 1}, 0);
    assert_string_equal(row(desk, 0), "            ");
}

static void test_a_wide_glyph_is_not_cut_by_its_box(void **state)
{
    struct desk *desk = *state;
    struct layout layout;
    struct layout_options options = {.width = 10};
    layout_make(&desk->arena, str_of("漢字"), &options, &layout);
    canvas_line(&desk->canvas, (struct box){0, 0, 3, 1}, ALIGN_START, 0, &layout.lines[0], NULL, 0);
    assert_string_equal(row(desk, 0), "漢          ");
    canvas_line(&desk->canvas, (struct box){0, 1, 1, 1}, ALIGN_START, 0, &layout.lines[0], NULL, 0);
    assert_string_equal(row(desk, 1), "            ");
}

static void test_spans_and_markers_have_their_style(void **state)
{
    struct desk *desk = *state;
    struct layout layout;
    struct layout_options options = {.width = WIDTH};
    const struct span spans[] = {{1, 3, STYLE_FOUND}, {2, 4, STYLE_LINK}, {90, 99, STYLE_FOUND}};
    layout_make(&desk->arena, str_of("abcde\033"), &options, &layout);
    canvas_line(&desk->canvas, (struct box){0, 0, WIDTH, 1}, ALIGN_START, STYLE_DIM | STYLE_CURRENT,
                &layout.lines[0], spans, 3);
    assert_string_equal(row(desk, 0), "abcde[ESC]  ");
    assert_int_equal(cell(desk, 0, 0)->style, STYLE_DIM | STYLE_CURRENT);
    assert_int_equal(cell(desk, 1, 0)->style, STYLE_DIM | STYLE_CURRENT | STYLE_FOUND);
    assert_int_equal(cell(desk, 2, 0)->style, STYLE_LINK | STYLE_CURRENT | STYLE_FOUND);
    assert_int_equal(cell(desk, 3, 0)->style, STYLE_LINK | STYLE_CURRENT);
    assert_int_equal(cell(desk, 4, 0)->style, STYLE_DIM | STYLE_CURRENT);
    for (int x = 5; x < 10; x++)
        assert_int_equal(cell(desk, x, 0)->style, STYLE_MARKER | STYLE_CURRENT);
    assert_int_equal(cell(desk, 10, 0)->style, STYLE_NORMAL);
}

/* What is contiguous in the text may be in two places on the line, and what is marked there is it. */
static void test_a_span_is_marked_where_it_is_seen(void **state)
{
    struct desk *desk = *state;
    struct layout layout;
    struct layout_options options = {.width = WIDTH};
    const struct span span = {1, 5, STYLE_FOUND};
    layout_make(&desk->arena, str_of("ab \u05d0\u05d1\u05d2 cd"), &options, &layout);
    canvas_line(&desk->canvas, (struct box){0, 0, WIDTH, 1}, ALIGN_START, STYLE_NORMAL,
                &layout.lines[0], &span, 1);
    assert_string_equal(row(desk, 0), "ab \u05d2\u05d1\u05d0 cd   ");
    static const bool found[WIDTH] = {[1] = true, [2] = true, [5] = true};
    for (int x = 0; x < WIDTH; x++)
        assert_int_equal(cell(desk, x, 0)->style, found[x] ? STYLE_FOUND : STYLE_NORMAL);
    /* A lam-alef is one cell, and marked for either of its letters. */
    const struct span alef = {2, 4, STYLE_FOUND};
    layout_make(&desk->arena, str_of("\u0644\u0627\u0628"), &options, &layout);
    canvas_line(&desk->canvas, (struct box){0, 1, WIDTH, 1}, ALIGN_START, STYLE_NORMAL,
                &layout.lines[0], &alef, 1);
    assert_string_equal(row(desk, 1), "\ufe8f\ufefb          ");
    assert_int_equal(cell(desk, 0, 1)->style, STYLE_NORMAL);
    assert_int_equal(cell(desk, 1, 1)->style, STYLE_FOUND);
}

static void test_the_caret_follows_its_line(void **state)
{
    struct desk *desk = *state;
    struct layout layout;
    struct layout_options options = {.width = 10};
    struct box box = {1, 0, 10, 1};
    layout_make(&desk->arena, str_of("abc"), &options, &layout);
    assert_int_equal(canvas_line_x(&desk->canvas, box, ALIGN_OWN, &layout.lines[0], 3), 4);
    assert_int_equal(canvas_line_x(&desk->canvas, box, ALIGN_END, &layout.lines[0], 0), 8);
    layout_make(&desk->arena, str_of("سلم"), &options, &layout);
    assert_int_equal(canvas_line_x(&desk->canvas, box, ALIGN_OWN, &layout.lines[0], -1), 7);
    canvas_caret(&desk->canvas, 7, 2);
    assert_int_equal(desk->canvas.caret_x, 7);
    assert_int_equal(desk->canvas.caret_y, 2);
    canvas_caret(&desk->canvas, WIDTH, 2);
    assert_int_equal(desk->canvas.caret_x, -1);
    assert_int_equal(desk->canvas.caret_y, -1);
}

static void test_bars_grow_from_the_reading_side(void **state)
{
    struct desk *desk = *state;
    struct box box = {0, 0, 4, 1};
    canvas_bar(&desk->canvas, box, 0, 5, 8);
    assert_string_equal(row(desk, 0), "██▌         ");
    canvas_clear(&desk->canvas);
    canvas_bar(&desk->canvas, box, 0, 1, INT64_MAX);
    assert_string_equal(row(desk, 0), "▏           ");
    canvas_clear(&desk->canvas);
    canvas_bar(&desk->canvas, box, 0, INT64_MAX, INT64_MAX);
    canvas_bar(&desk->canvas, (struct box){5, 0, 4, 1}, 0, 0, 8);
    canvas_bar(&desk->canvas, (struct box){5, 0, 4, 1}, 0, -4, 8);
    canvas_bar(&desk->canvas, (struct box){5, 0, 4, 1}, 0, 4, 0);
    assert_string_equal(row(desk, 0), "████        ");
    canvas_clear(&desk->canvas);
    desk->canvas.mirrored = true;
    canvas_bar(&desk->canvas, box, 0, 5, 8);
    assert_string_equal(row(desk, 0), "         ▐██");
}

static void test_columns_grow_from_the_bottom(void **state)
{
    struct desk *desk = *state;
    canvas_column(&desk->canvas, (struct box){2, 0, 1, 3}, 0, 11);
    assert_string_equal(row(desk, 2), "  █         ");
    assert_string_equal(row(desk, 1), "  ▃         ");
    assert_string_equal(row(desk, 0), "            ");
}

static void test_rules_and_signs(void **state)
{
    struct desk *desk = *state;
    canvas_rule(&desk->canvas, (struct box){0, 0, 3, 1}, 0);
    canvas_rule(&desk->canvas, (struct box){4, 0, 1, 3}, 0);
    canvas_sign(&desk->canvas, 6, 0, 0, 0x2192);
    canvas_sign(&desk->canvas, 7, 0, 0, '(');
    assert_string_equal(row(desk, 0), "─── │ →(    ");
    assert_string_equal(row(desk, 2), "    │       ");
    canvas_clear(&desk->canvas);
    desk->canvas.mirrored = true;
    canvas_sign(&desk->canvas, 0, 0, 0, 0x2192);
    canvas_sign(&desk->canvas, 1, 0, 0, '(');
    canvas_sign(&desk->canvas, 2, 0, 0, 'x');
    assert_string_equal(row(desk, 0), "         x)←");
}

static void test_styles_are_added(void **state)
{
    struct desk *desk = *state;
    canvas_text(&desk->canvas, (struct box){0, 0, 4, 1}, ALIGN_START, STYLE_LINK, str_of("ab"));
    canvas_add_style(&desk->canvas, (struct box){0, 0, WIDTH, 1}, STYLE_CURRENT | STYLE_BAD);
    assert_int_equal(cell(desk, 0, 0)->style, STYLE_LINK | STYLE_CURRENT);
    assert_int_equal(cell(desk, 11, 0)->style, STYLE_NORMAL | STYLE_CURRENT);
    assert_int_equal(cell(desk, 0, 1)->style, STYLE_NORMAL);
}

static void test_another_size_empties(void **state)
{
    struct desk *desk = *state;
    canvas_text(&desk->canvas, (struct box){0, 0, 4, 1}, ALIGN_START, 0, str_of("ab"));
    canvas_resize(&desk->canvas, 5, 2);
    assert_string_equal(row(desk, 0), "     ");
    canvas_resize(&desk->canvas, 0, -1);
    canvas_fill(&desk->canvas, (struct box){0, 0, 5, 5}, 0);
    canvas_clear(&desk->canvas);
    assert_int_equal(desk->canvas.width * desk->canvas.height, 0);
}

/* Bold black is grey on many terminals, and the current row is black on grey where colours are few. */
static void test_the_current_row_is_readable(void **state)
{
    (void)state;
    static const enum palette palettes[] = {PALETTE_NONE, PALETTE_BASIC};
    for (size_t i = 0; i < sizeof palettes / sizeof palettes[0]; i++) {
        for (uint16_t role = 0; role < STYLE_COUNT; role++) {
            struct look look = look_of(palettes[i], role | STYLE_CURRENT);
            assert_true(look.attributes & A_REVERSE);
            assert_false(look.attributes & (A_BOLD | A_DIM));
        }
    }
}

static void test_plain_letters_of_joined_forms(void **state)
{
    (void)state;
    assert_int_equal(paint_plain_letter(0xfe8d), 0x0627); /* alef, isolated */
    assert_int_equal(paint_plain_letter(0xfeb3), 0x0633); /* seen, initial */
    assert_int_equal(paint_plain_letter(0xfbff), 0x06cc); /* Farsi yeh, medial */
    assert_int_equal(paint_plain_letter(0xfefc), 0xfefb); /* lam with alef stays one cell */
    assert_int_equal(paint_plain_letter(0xfef6), 0xfef5);
    assert_int_equal(paint_plain_letter(0xfdf2), 0xfdf2); /* a ligature of four letters */
    assert_int_equal(paint_plain_letter(0xfe70), 0xfe70); /* a mark on a blank */
    assert_int_equal(paint_plain_letter('a'), 'a');
    assert_int_equal(paint_plain_letter(0x1f600), 0x1f600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_starts_blank, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text_is_aligned, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_mirrored_canvas_turns_everything, setup, teardown),
        cmocka_unit_test_setup_teardown(test_words_of_the_interface_have_its_direction, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_long_text_is_cut_with_an_ellipsis, setup, teardown),
        cmocka_unit_test_setup_teardown(test_boxes_are_cut_to_the_canvas, setup, teardown),
        cmocka_unit_test_setup_teardown(test_half_of_a_wide_glyph_blanks_the_other, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_wide_glyph_is_not_cut_by_its_box, setup, teardown),
        cmocka_unit_test_setup_teardown(test_spans_and_markers_have_their_style, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_span_is_marked_where_it_is_seen, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_caret_follows_its_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bars_grow_from_the_reading_side, setup, teardown),
        cmocka_unit_test_setup_teardown(test_columns_grow_from_the_bottom, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rules_and_signs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_styles_are_added, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_size_empties, setup, teardown),
        cmocka_unit_test(test_the_current_row_is_readable),
        cmocka_unit_test(test_plain_letters_of_joined_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
