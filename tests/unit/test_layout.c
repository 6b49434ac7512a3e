/* Lines: where they break, what they show, and that quick ways give the same as long ones. */
#include "text/line.h"
#include "text/wrap.h"
#include "unit/text_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

/* Compares the lines of text with those in wanted, one a line. */
static void check_lines(const char *text, struct layout_options options, const char *wanted)
{
    struct arena arena = {0};
    struct buffer lines = {0};
    struct layout layout = lay_out(&arena, str_of(text), options);
    for (size_t i = 0; i < layout.line_count; i++)
        buffer_printf(&lines, "%s%s", i > 0 ? "\n" : "", shown_line(&arena, &layout, i));
    assert_string_equal(buffer_text(&lines), wanted);
    buffer_free(&lines);
    arena_free(&arena);
}

static void wraps(void **state)
{
    (void)state;
    struct layout_options ten = {.width = 10};
    check_lines("the quick brown fox", ten, "the quick\nbrown fox");
    check_lines("the quick  brown", ten, "the quick\nbrown");
    check_lines("abcdefghijklmnop q", ten, "abcdefghij\nklmnop q");
    check_lines("well-known words", ten, "well-known\nwords");
    check_lines("a\n\nb\r\nc\u2029d\n", ten, "a\n\nb\nc\nd\n");
    check_lines("", ten, "");
    check_lines("漢字漢字漢字", ten, "漢字漢字漢\n字");
    check_lines("aaaaaaaaae\u0301e\u0301", ten, "aaaaaaaaae\u0301\ne\u0301");
    check_lines("a\tb", ten, "a    b");
    check_lines("[\ue000]", (struct layout_options){.width = 4}, "[\n[U+E\n000]\n]");
}

static void keeps_links_whole(void **state)
{
    (void)state;
    struct layout_options twenty = {.width = 20};
    check_lines("see https://a.qa/b-c/d now", twenty, "see\nhttps://a.qa/b-c/d\nnow");
    check_lines("هنا https://a.qa/b-c/d", twenty, "\ufe8e\ufee8\ufeeb\nhttps://a.qa/b-c/d");
    /* One that no line holds is broken at its parts, or where the line ends; nothing of it is lost. */
    check_lines("see https://a.qa/bcdefghijklmnopq now", twenty,
                "see https://a.qa/\nbcdefghijklmnopq now");
    check_lines("https://abcdefghijklmnopqrs", twenty, "https://\nabcdefghijklmnopqrs");
    check_lines("https://abcdefghijklmnopqrstuvw", twenty, "https://\nabcdefghijklmnopqrst\nuvw");
}

static void hangs_blanks(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct layout layout =
        lay_out(&arena, str_of("abcd    efgh  "), (struct layout_options){.width = 5});
    assert_int_equal(layout.line_count, 2);
    assert_int_equal(layout.lines[0].end, 4);
    assert_int_equal(layout.lines[1].start, 8);
    assert_false(layout.lines[0].ends_paragraph);
    /* At the paragraph's end those that fit stay. */
    assert_int_equal(layout.lines[1].end, 13);
    assert_true(layout.lines[1].ends_paragraph);
    arena_free(&arena);
}

static void orders_mixed_lines(void **state)
{
    (void)state;
    struct layout_options wide = {.width = 40};
    check_lines("abc \u05d0\u05d1 12 (x)", wide, "abc 12 \u05d1\u05d0 (x)");
    check_lines("\u05d0 (b) 漢", wide, "漢 (b) \u05d0");
    check_lines("\u05d0(\u05d1)", wide, "(\u05d1)\u05d0");
    check_lines("\u05d0\u05d1\u05d2 \u05d3\u05d4", (struct layout_options){.width = 4},
                "\u05d2\u05d1\u05d0\n\u05d4\u05d3");
}

static void takes_direction(void **state)
{
    (void)state;
    struct layout_options wide = {.width = 40, .neutral = DIRECTION_RTL};
    check_lines("12!", wide, "!12");
    check_lines("ab!", wide, "ab!");
    wide.direction = DIRECTION_RTL;
    check_lines("ab!", wide, "!ab");
    wide.direction = DIRECTION_LTR;
    check_lines("\u05d0!", wide, "\u05d0!");
    check_lines("a \u202e"
                "b\nc",
                (struct layout_options){.width = 40}, "a [RLO]b\nc");
}

/* What Arabic, Persian, Urdu and Hebrew writers type, each as it must stand on the screen. */
static void joins_and_keeps_marks(void **state)
{
    (void)state;
    struct layout_options wide = {.width = 40};
    /* Harakat stay on their letters; tatweel joins; lam and alef are one. */
    check_lines("\u0643\u0650\u062a\u064e\u0627\u0628\u064c", wide,
                "\ufe8f\u064c\ufe8e\ufe98\u064e\ufedb\u0650");
    check_lines("\u0633\u0644\u0640\u0640\u0627\u0645", wide,
                "\ufee1\ufe8e\u0640\u0640\ufee0\ufeb3");
    check_lines("\u0648\u0644\u0627 \u0627\u0644\u0623\u0648\u0644", wide,
                "\ufedd\ufeed\ufef7\ufe8d \ufefb\ufeed");
    /* A ZWNJ in a Persian word parts two letters and takes no column. */
    check_lines("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", wide,
                "\ufee2\ufeeb\ufe8d\ufeee\ufea7\ufbfd\ufee4\ufee7");
    check_lines("\u067e\u0686\u06af\u0698\u06a9", wide, "\ufb8e\ufb8b\ufb95\ufb7d\ufb58");
    check_lines("\u0679\u06d2", wide, "\ufbaf\ufb68");
    check_lines("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", wide,
                "\u05dd\u05d5\u05b9\u05dc\u05e9\u05b8\u05c1");
}

/* Numbers, paths and brackets in Arabic sentences, by the rules of UAX #9 that move them. */
static void places_numbers_and_signs(void **state)
{
    (void)state;
    struct layout_options wide = {.width = 40};
    check_lines("\u0642 12.5%", wide, "%12.5 \ufed5"); /* W2 */
    check_lines("\u0642 \u0661\u0662\u066a", wide, "\u066a\u0661\u0662 \ufed5");
    check_lines("\u0642 3/4 \u0643 10-12", wide, "12-10 \ufed9 3/4 \ufed5"); /* W4 */
    check_lines("2022\u0645", wide,
                "\ufee1"
                "2022");
    check_lines("\u0642 /var/log/a.txt \u0643", wide, "\ufed9 var/log/a.txt/ \ufed5");
    check_lines("\u0642 (5) [\u0643] {x}", wide, "{x} [\ufed9] (5) \ufed5"); /* N0, L4 */
    check_lines("\u0642 \U0001f468\u200d\U0001f469 \u6f22\u5b57 \u0643", wide,
                "\ufed9 \u6f22\u5b57 \U0001f469\U0001f468 \ufed5");
}

static void cuts_to_one_line(void **state)
{
    (void)state;
    struct layout_options ten = {.width = 10, .one_line = true};
    check_lines("short", ten, "short");
    check_lines("a\r\nb\nc", ten, "a b c");
    check_lines("ten columns", ten, "ten colum…");
    check_lines("ten colums", ten, "ten colums");
    check_lines("漢字漢字漢字", ten, "漢字漢字…");
    check_lines("\u05d0\u05d1\u05d2 \u05d3\u05d4\u05d5 \u05d6\u05d7\u05d8 \u05d9", ten,
                "…\u05d6 \u05d5\u05d4\u05d3 \u05d2\u05d1\u05d0");
    /* The direction is the first paragraph's that has one, however far away. */
    check_lines("12\n1234567890123456789012345678901234567890\u05d0", ten, "…123456 12");
    check_lines("\u202e"
                "a\nbc",
                ten, "[RLO]a bc");
}

static void counts_columns(void **state)
{
    (void)state;
    assert_int_equal(layout_columns(str_of("abc"), 10), 3);
    assert_int_equal(layout_columns(str_of("漢字\u200b"), 20), 10);
    assert_int_equal(layout_columns(str_of("abcdefghijklm"), 10), 10);
    assert_int_equal(layout_columns(str_of("abc"), 1), 1);
    assert_int_equal(layout_columns(str_of(""), 10), 0);
    assert_int_equal(layout_columns(str_of("\u0644\u0627"), 10), 1);
}

enum { ASCII_MOST = 80 };

/* Fills text with random ASCII, sometimes with a link; returns its size. */
static size_t make_ascii(char text[static ASCII_MOST])
{
    static const char alphabet[] = "aB1 \"'!$%()-./:;?[]{}|\\,+ab  x";
    static const char *const links[] = {"http://a-b", "www.a-b/cd"};
    size_t size = 0, wanted = 1 + (size_t)rand() % (ASCII_MOST - 16);
    while (size < wanted) {
        if (rand() % 20 == 0) {
            memcpy(text + size, links[rand() % 2], 10);
            size += 10;
        } else {
            text[size++] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
        }
    }
    return size;
}

static void compare_lines(const struct layout_line *a, const struct layout_line *b)
{
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->end, b->end);
    for (unsigned column = 0; column < a->width; column++)
        assert_memory_equal(&a->cells[column], &b->cells[column], sizeof a->cells[column]);
}

/* The long way, which the layout itself goes only for texts that need it. */
static struct layout lay_out_slowly(struct arena *arena, struct str text,
                                    const struct layout_options *options)
{
    struct paragraph paragraph;
    struct layout layout = {.source = text};
    paragraph_make(arena, text, 0, text.size, options, &paragraph);
    layout.lines = arena_new(arena, text.size + 1, sizeof *layout.lines);
    for (size_t from = 0; from < paragraph.wrap.count;) {
        struct wrap_line cut = wrap_next(&paragraph.wrap, from, options->width);
        layout.lines[layout.line_count++] =
            line_make(arena, arena, &paragraph, from, cut.end, false);
        from = cut.next;
    }
    return layout;
}

/* Printable ASCII takes a way of its own, with the same result. */
static void ascii_is_laid_out_alike(void **state)
{
    (void)state;
    struct arena arena = {0};
    srand(2);
    for (int round = 0; round < 20000; round++) {
        char text[ASCII_MOST];
        size_t size = make_ascii(text);
        struct layout_options options = {.width = 2 + (unsigned)rand() % 30};
        struct layout quick = lay_out(&arena, (struct str){text, size}, options);
        options.direction = DIRECTION_LTR;
        struct layout slow = lay_out_slowly(&arena, (struct str){text, size}, &options);
        assert_int_equal(quick.line_count, slow.line_count);
        for (size_t i = 0; i < quick.line_count; i++)
            compare_lines(&quick.lines[i], &slow.lines[i]);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

/* A clock that is fair on a busy machine: this program's own time. */
static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static double layout_seconds(const char *piece, size_t bytes)
{
    struct buffer text = {0};
    struct arena arena = {0};
    while (text.size < bytes)
        buffer_add(&text, str_of(piece));
    double start = seconds();
    struct layout layout = lay_out(&arena, buffer_str(&text), (struct layout_options){.width = 80});
    layout_step(&layout, text.size / 2, 1);
    double spent = seconds() - start;
    arena_free(&arena);
    buffer_free(&text);
    return spent;
}

/* What takes the square of its length elsewhere: sixteen times the text may take a hundred times as
 * long, not two hundred and fifty-six. */
static void hostile_texts_take_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "\u2068",
        "\u2066"
        "a\u2069",
        "()",
        "([)]",
        "(א)",
        "\u0301",
        "\u202e"
        "a\u202d",
        "🇶",
        "👨\u200d",
        "\u200b",
        "\u1100",
        " )",
        "a )      ",
        "https://",
        "\n",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        double small = layout_seconds(pieces[i], 25000);
        double large = layout_seconds(pieces[i], 400000);
        if (large > 100 * (small + 0.0005))
            fail_msg("\"%s\": %.4f s for 25 kB, %.4f s for 400 kB", pieces[i], small, large);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps),
        cmocka_unit_test(keeps_links_whole),
        cmocka_unit_test(hangs_blanks),
        cmocka_unit_test(orders_mixed_lines),
        cmocka_unit_test(takes_direction),
        cmocka_unit_test(joins_and_keeps_marks),
        cmocka_unit_test(places_numbers_and_signs),
        cmocka_unit_test(cuts_to_one_line),
        cmocka_unit_test(counts_columns),
        cmocka_unit_test(ascii_is_laid_out_alike),
        cmocka_unit_test(hostile_texts_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
