/* Arabic joining. */
#include "text/shape.h"

#include "text/clean.h"
#include "unit/text_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Lays text out right to left and compares what is shown with wanted, which is from the left. */
static void check(const char *text, const char *wanted)
{
    struct arena arena = {0};
    assert_string_equal(shown(&arena, text), wanted);
    arena_free(&arena);
}

static void joins_letters(void **state)
{
    (void)state;
    check("\u0628\u0628\u0628", "\ufe90\ufe92\ufe91");
    check("\u0628", "\ufe8f");
    check("\u0627\u0628\u062f\u0628", "\ufe8f\ufeaa\ufe91\ufe8d");
    check("\u0621\u0628", "\ufe8f\ufe80");
    check("\u0628\u0640\u0628", "\ufe90\u0640\ufe91");
    check("\u0649\u0628", "\ufe90\ufbe8");
}

static void joins_persian_and_urdu(void **state)
{
    (void)state;
    check("\u067e\u06cc\u06af", "\ufb93\ufbff\ufb58");
    check("\u06a9\u0698", "\ufb8b\ufb90");
    check("\u0679\u06d2", "\ufbaf\ufb68");
    /* Noon ghunna has no initial form. */
    check("\u06ba\u0628", "\ufe90\ufb9e");
}

static void makes_lam_alef(void **state)
{
    (void)state;
    check("\u0644\u0627", "\ufefb");
    check("\u0628\u0644\u0622", "\ufef6\ufe91");
    check("\u0644\u0623\u0628", "\ufe8f\ufef7");
    check("\u0644\u064e\u0627\u064b", "\ufefb\u064e\u064b");
    check("\u0644\u200c\u0627", "\ufe8d\ufedd");
    check("\u0644\u064e\u0651\u064e\u0627\u064b\u0651",
          "\ufe8e\u064b\u0651\ufedf\u064e\u0651\u064e");
}

static void ligature_covers_both_letters(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout =
        lay_out(&arena, str_of("\u0628\u0644\u064e\u0627 x"), (struct layout_options){.width = 20});
    const struct layout_cell *cell = NULL;
    for (unsigned i = 0; i < layout.lines[0].width; i++) {
        if (layout.lines[0].cells[i].glyph.codepoint[0] == 0xfefc)
            cell = &layout.lines[0].cells[i];
    }
    assert_non_null(cell);
    assert_int_equal(cell->start, 2);
    assert_int_equal(cell->end, 8);
    assert_int_equal(cell->glyph.codepoint[1], 0x64e);
    assert_int_equal(layout_caret(&layout, 6).column, layout_caret(&layout, 2).column);
    arena_free(&arena);
}

static void passes_over_marks(void **state)
{
    (void)state;
    check("\u0628\u064e\u0651\u0628", "\ufe90\ufe91\u064e\u0651");
}

static void respects_joiners(void **state)
{
    (void)state;
    check("\u0628\u200c\u0628", "\ufe8f\ufe8f");
    check("\u0628\u200d\u0628", "\ufe90\ufe91");
    /* A marker parts letters; a joiner's own marker still joins. */
    check("\u0628\u200b\u0628", "\ufe8f[ZWSP]\ufe8f");
    check("\u0647\u200d ", " [ZWJ]\ufeeb");
}

static void joins_within_a_level(void **state)
{
    (void)state;
    uint32_t text[] = {0x628, 0x628, 0x628};
    uint8_t shown_as[] = {SHOWN_BASE, SHOWN_BASE, SHOWN_BASE};
    static const uint8_t levels[] = {1, 3, 2};
    shape_join(text, shown_as, levels, 3);
    assert_int_equal(text[0], 0xfe8f);
    assert_int_equal(text[1], 0xfe8f);
    assert_int_equal(text[2], 0x628);
}

static void leaves_letters_when_asked(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout_options plain = {.width = 20, .unshaped = true};
    struct layout layout = lay_out(&arena, str_of("\u0644\u0627"), plain);
    assert_string_equal(shown_line(&arena, &layout, 0), "\u0627\u0644");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_letters),        cmocka_unit_test(joins_persian_and_urdu),
        cmocka_unit_test(makes_lam_alef),       cmocka_unit_test(ligature_covers_both_letters),
        cmocka_unit_test(passes_over_marks),    cmocka_unit_test(respects_joiners),
        cmocka_unit_test(joins_within_a_level), cmocka_unit_test(leaves_letters_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
