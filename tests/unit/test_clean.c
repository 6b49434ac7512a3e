/* What is shown in place of characters that are invisible, act or deceive. */
#include "text/clean.h"
#include "text/cluster.h"

#include "unit/text_support.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unictype.h>
#include <wchar.h>

#include <cmocka.h>

static void check(const char *text, const char *wanted)
{
    struct arena arena = {0};
    assert_string_equal(shown(&arena, text), wanted);
    arena_free(&arena);
}

static void names_controls(void **state)
{
    (void)state;
    check("a\x1b[31mb", "a[ESC][31mb");
    check("\x07\x7f", "[BEL][DEL]");
    check("a\xc2\x9b"
          "b",
          "a[U+009B]b");
    check("a\vb\fc\x1c"
          "d",
          "a[VT]b[FF]c[FS]d");
    struct arena arena = {0};
    struct layout layout =
        lay_out(&arena, (struct str){"a\0b", 3}, (struct layout_options){.width = 20});
    assert_string_equal(shown_line(&arena, &layout, 0), "a[NUL]b");
    assert_int_equal(layout.lines[0].cells[1].kind, CELL_MARKER);
    assert_int_equal(layout.lines[0].cells[5].end, 2);
    arena_free(&arena);
}

static void names_bidi_controls_and_lets_them_act(void **state)
{
    (void)state;
    check("abc \u202e"
          "evil\u202c.",
          "abc [RLO][PDF]live.");
    check("a\u2066\u2069\u200e"
          "b\u061c",
          "a[LRI][PDI][LRM]b[ALM]");
}

static void counts_runs(void **state)
{
    (void)state;
    check("a\u200b\u200b"
          "b",
          "a[ZWSP][ZWSP]b");
    check("a\u200b\u200b\u200b"
          "b",
          "a[ZWSP×3]b");
    check("\U000e0041x\ue000\ufdd0\U000e0fff", "[U+E0041]x[U+E000][U+FDD0][U+E0FFF]");
    check("a\ufe00\ufe01\U000e0100", "a[VS×3]");
    check("a\u00adb\ufeff\u2060\u3164\u2800", "a[SHY]b[BOM][WJ][U+3164][U+2800]");
}

static void joiners_are_silent_where_they_work(void **state)
{
    (void)state;
    struct arena arena = {0};
    check("fr\u200c"
          "ee",
          "fr[ZWNJ]ee");
    check("می\u200cخو", "\ufeee\ufea7\ufbfd\ufee3");
    check("क्\u200dष", "क्ष");
    check("👨\u200d👩", "👨👩");
    check("👨\u200dx", "👨[ZWJ]x");
    struct layout_options own = {.width = 20, .keep_marks = true};
    struct layout layout = lay_out(&arena, str_of("می\u200c"), own);
    assert_int_equal(layout.lines[0].width, 2);
    layout = lay_out(&arena, str_of(" \u200c"), own);
    assert_string_equal(shown_line(&arena, &layout, 0), " [ZWNJ]");
    arena_free(&arena);
}

static void shows_emoji_as_parts(void **state)
{
    (void)state;
    struct arena arena = {0};
    check("👍🏽", "👍");
    check("a🏽", "a🏽");
    check("☺\ufe0f", "☺");
    check("1\ufe0f\u20e3", "1");
    check("a\ufe0f", "a[VS]");
    struct layout layout = lay_out(&arena, str_of("🇶🇦"), (struct layout_options){.width = 20});
    assert_string_equal(shown_line(&arena, &layout, 0), "QA");
    assert_int_equal(layout.lines[0].cells[0].kind, CELL_MARKER);
    arena_free(&arena);
}

static void bounds_marks(void **state)
{
    (void)state;
    check("e\u0301\u0302\u0303\u0304", "e\u0301\u0302\u0303\u0304");
    check("e\u0301\u0302\u0303\u0304\u0305", "e\u0301\u0302\u0303\u0304[+1 mark]");
    check("e\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301[+2 marks]");
    check("\u0301x", "\u25cc\u0301x");
}

/* Every code point that is shown as itself has the width that the C library, and so ncurses and
 * most terminals, give it. A C library of a later Unicode than libunistring's knows some to be wide:
 * these few are drawn as U+FFFD (see term/terminal_paint.c). */
static void widths_agree_with_the_c_library(void **state)
{
    (void)state;
    enum { LATER_MOST = 300 };
    size_t compared = 0, later = 0;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    for (uint32_t codepoint = 0; codepoint <= 0x10ffff; codepoint++) {
        enum shown kind = clean_kind(codepoint);
        if (kind != SHOWN_BASE && kind != SHOWN_WIDE && kind != SHOWN_MARK)
            continue;
        int wanted = kind == SHOWN_BASE ? 1 : kind == SHOWN_WIDE ? 2 : 0;
        int width = wcwidth((wchar_t)codepoint);
        bool is_later = kind == SHOWN_BASE && width == 2;
        if ((width != wanted && !is_later) || codepoint_width(codepoint) != (unsigned)wanted)
            fail_msg("U+%04X: kind %d, wcwidth %d, codepoint_width %u", (unsigned)codepoint,
                     (int)kind, width, codepoint_width(codepoint));
        compared++;
        later += is_later;
    }
    print_message("of %zu code points %zu are wide to the C library alone\n", compared, later);
    assert_true(later < LATER_MOST);
    assert_true(compared > 100000);
}

static void nothing_invisible_is_shown(void **state)
{
    (void)state;
    for (uint32_t codepoint = 0; codepoint <= 0x10ffff; codepoint++) {
        enum shown kind = clean_kind(codepoint);
        if (kind != SHOWN_BASE && kind != SHOWN_WIDE && kind != SHOWN_MARK)
            continue;
        uint32_t hidden = UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp;
        if (uc_is_general_category_withtable(codepoint, hidden) ||
            uc_is_property(codepoint, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT))
            fail_msg("U+%04X is shown as itself", (unsigned)codepoint);
    }
}

static void labels_fit(void **state)
{
    (void)state;
    uint32_t label[CLEAN_LABEL_COLUMNS];
    assert_true(clean_label(0x10ffff, 0x7fffffff, label) <= CLEAN_LABEL_COLUMNS);
    assert_true(clean_label(0x200c, 0x7fffffff, label) <= CLEAN_LABEL_COLUMNS);
    assert_true(clean_marks_label(0x7fffffff, label) <= CLEAN_LABEL_COLUMNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_controls),
        cmocka_unit_test(names_bidi_controls_and_lets_them_act),
        cmocka_unit_test(counts_runs),
        cmocka_unit_test(joiners_are_silent_where_they_work),
        cmocka_unit_test(shows_emoji_as_parts),
        cmocka_unit_test(bounds_marks),
        cmocka_unit_test(widths_agree_with_the_c_library),
        cmocka_unit_test(nothing_invisible_is_shown),
        cmocka_unit_test(labels_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
