/* The caret: there and back again, and walking. */
#include "text/cluster.h"
#include "unit/text_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const texts[] = {
    "plain text that wraps over some lines",
    "السلام عليكم، لا بد من حل (سريع) في 2022م",
    "The road الطريق السريع (D-Ring) is 12,5% closed",
    "قال \"no\" ثم 3/4 من abc",
    "漢字 and e\u0301 and 👨\u200d👩 x",
    "a\n\nb\nעברית\n",
    "x\u202e abc \u202c y\u200b\u200b\u200b[z",
    "",
};

/* True when a cell of the layout shows just the cluster at offset. */
static bool is_unique(const struct layout *layout, size_t offset)
{
    size_t end = cluster_next(layout->source, offset);
    for (size_t i = 0; i < layout->line_count; i++) {
        for (unsigned column = 0; column < layout->lines[i].width; column++) {
            const struct layout_cell *cell = &layout->lines[i].cells[column];
            if (cell->start <= offset && offset < cell->end)
                return cell->start == offset && cell->end <= end;
        }
    }
    return false;
}

static void round_trips(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t compared = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (unsigned width = 6; width < 60; width += 5) {
            struct str text = str_of(texts[i]);
            struct layout layout = lay_out(&arena, text, (struct layout_options){.width = width});
            for (size_t at = 0; at < text.size; at = cluster_next(text, at)) {
                struct caret caret = layout_caret(&layout, at);
                if (!is_unique(&layout, at))
                    continue;
                assert_int_equal(layout_offset_at(&layout, caret.line, caret.column), at);
                compared++;
            }
        }
        arena_reset(&arena);
    }
    assert_true(compared > 1500);
    arena_free(&arena);
}

/* Walking from one end of the text to the other visits every line, comes to an end, and the way
 * back visits the same places. */
static void walk(struct arena *arena, const char *text, unsigned width)
{
    struct layout layout = lay_out(arena, str_of(text), (struct layout_options){.width = width});
    int step = layout.lines[0].base_level ? -1 : 1;
    size_t places[512], count = 0;
    bool *lines = arena_new(arena, layout.line_count, sizeof *lines);
    struct layout_line first = layout.lines[0];
    places[count++] =
        first.width > 0 ? layout_offset_at(&layout, 0, first.base_level ? (int)first.width - 1 : 0)
                        : 0;
    lines[0] = true;
    for (;;) {
        size_t next = layout_step(&layout, places[count - 1], step);
        if (next == places[count - 1])
            break;
        assert_true(count < 500);
        places[count++] = next;
        lines[layout_caret(&layout, next).line] = true;
    }
    for (size_t i = 0; i < layout.line_count; i++)
        assert_true(lines[i]);
    for (size_t i = count - 1; i > 0; i--)
        assert_int_equal(layout_step(&layout, places[i], -step), places[i - 1]);
}

static void walks_there_and_back(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const char *const walked[] = {
        "plain text that wraps over some lines\nand on",
        "السلام عليكم، من حل (سريع) في 2022م",
        "The road الطريق السريع (D-Ring) is 12,5% closed",
        "漢字 and e\u0301 and 👨\u200d👩 x",
        "",
    };
    for (size_t i = 0; i < sizeof walked / sizeof walked[0]; i++) {
        for (unsigned width = 9; width < 60; width += 10)
            walk(&arena, walked[i], width);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

static void stands_behind_the_end(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout = lay_out(&arena, str_of("ab\nאב\n"), (struct layout_options){.width = 9});
    struct caret caret = layout_caret(&layout, 2);
    assert_int_equal(caret.line, 0);
    assert_int_equal(caret.column, 2);
    caret = layout_caret(&layout, 7);
    assert_int_equal(caret.line, 1);
    assert_int_equal(caret.column, -1);
    assert_int_equal(layout_caret(&layout, 8).line, 2);
    assert_int_equal(layout_offset_at(&layout, 0, 50), 2);
    assert_int_equal(layout_offset_at(&layout, 0, -1), 0);
    assert_int_equal(layout_offset_at(&layout, 1, -1), 7);
    assert_int_equal(layout_offset_at(&layout, 1, 50), 3);
    assert_int_equal(layout_offset_at(&layout, 99, 0), 8);
    /* A place inside a character is its start. */
    assert_int_equal(layout_caret(&layout, 4).column, layout_caret(&layout, 3).column);
    arena_free(&arena);
}

static void stands_on_the_ellipsis(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout_options options = {.width = 5, .one_line = true};
    struct layout layout = lay_out(&arena, str_of("abcdefgh"), options);
    assert_int_equal(layout_caret(&layout, 7).column, 4);
    assert_int_equal(layout_offset_at(&layout, 0, 4), 4);
    arena_free(&arena);
}

static void leaves_lines_as_reading_goes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout = lay_out(&arena, str_of("ab\nאב"), (struct layout_options){.width = 9});
    assert_int_equal(layout_step(&layout, 0, 1), 1);
    assert_int_equal(layout_step(&layout, 1, 1), 2);
    assert_int_equal(layout_step(&layout, 2, 1), 3);
    assert_int_equal(layout_step(&layout, 3, -1), 5);
    assert_int_equal(layout_step(&layout, 5, -1), 7);
    assert_int_equal(layout_step(&layout, 7, -1), 7);
    assert_int_equal(layout_step(&layout, 7, 1), 5);
    assert_int_equal(layout_step(&layout, 3, 1), 2);
    assert_int_equal(layout_step(&layout, 0, -1), 0);
    arena_free(&arena);
}

/* Where two directions meet the caret has two places; elsewhere, and at a line's start, one. */
static void has_two_places_at_a_boundary(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct caret second = {99, 99};
    /* Shown as "ab גבא cd": bytes 3, 5 and 7 are Hebrew, 9 is the blank behind them. */
    struct layout layout =
        lay_out(&arena, str_of("ab \u05d0\u05d1\u05d2 cd"), (struct layout_options){.width = 20});
    assert_false(layout_caret_second(&layout, 0, &second));
    assert_false(layout_caret_second(&layout, 1, &second));
    assert_false(layout_caret_second(&layout, 5, &second));
    assert_int_equal(second.column, 99);
    assert_true(layout_caret_second(&layout, 3, &second));
    assert_int_equal(layout_caret(&layout, 3).column, 5);
    assert_int_equal(second.column, 3);
    assert_true(layout_caret_second(&layout, 9, &second));
    assert_int_equal(layout_caret(&layout, 9).column, 6);
    assert_int_equal(second.column, 2);
    assert_int_equal(second.line, 0);
    /* At the end of a right-to-left line that ends in Latin letters: shown as "abc א". */
    layout = lay_out(&arena, str_of("\u05d0 abc"), (struct layout_options){.width = 20});
    assert_true(layout_caret_second(&layout, 6, &second));
    assert_int_equal(layout_caret(&layout, 6).column, -1);
    assert_int_equal(second.column, 3);
    /* A place that begins a wrapped line has nothing before it on that line. */
    layout = lay_out(&arena, str_of("abcd \u05d0\u05d1"), (struct layout_options){.width = 5});
    assert_int_equal(layout.line_count, 2);
    assert_false(layout_caret_second(&layout, layout.lines[1].start, &second));
    arena_free(&arena);
}

/* Left goes left and right goes right on the screen, whatever is there, until the line ends. */
static void steps_the_way_the_arrow_points(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "The road الطريق السريع (D-Ring) is 12,5% closed",
        "قال \"no\" ثم 3/4 من abc",
        "عام 2022م في https://a.qa/b?c=1 (نعم)",
        "x א1 b 漢字 ג",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (unsigned width = 8; width < 70; width += 7) {
            struct str text = str_of(lines[i]);
            struct layout layout = lay_out(&arena, text, (struct layout_options){.width = width});
            for (size_t at = 0; at < text.size; at = cluster_next(text, at)) {
                struct caret here = layout_caret(&layout, at);
                for (int step = -1; step <= 1; step += 2) {
                    struct caret there = layout_caret(&layout, layout_step(&layout, at, step));
                    if (there.line == here.line)
                        assert_true(step * (there.column - here.column) >= 0);
                }
            }
        }
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trips),
        cmocka_unit_test(walks_there_and_back),
        cmocka_unit_test(stands_behind_the_end),
        cmocka_unit_test(stands_on_the_ellipsis),
        cmocka_unit_test(leaves_lines_as_reading_goes),
        cmocka_unit_test(has_two_places_at_a_boundary),
        cmocka_unit_test(steps_the_way_the_arrow_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
