/* Keys: their names, what an Arabic keyboard means by them, and how the bytes of a terminal become
 * presses, in whatever pieces they come. */
#include "term/press.h"
#include "term/terminal_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FOREVER_MS = 60 * 1000, ESCAPE_MS = 25 };

/* --- names ------------------------------------------------------------------------------------ */

static void test_names_go_there_and_back(void **state)
{
    static const char *const names[] = {
        "a",         "A",          "/",
        "#",         "+",          "ctrl++",
        "ctrl+w",    "alt+b",      "ctrl+alt+x",
        "space",     "ctrl+space", "enter",
        "esc",       "tab",        "backtab",
        "backspace", "del",        "up",
        "down",      "left",       "right",
        "home",      "end",        "pgup",
        "pgdn",      "f1",         "f12",
        "f63",       "shift+up",   "ctrl+left",
        "ض",         "؟",          "ctrl+alt+shift+backspace",
    };
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct press press, again;
        char name[PRESS_NAME_BYTES];
        assert_true(press_parse(str_of(names[i]), &press));
        assert_string_equal(press_name(&press, name), names[i]);
        assert_true(press_parse(str_of(name), &again));
        assert_true(press_equal(&press, &again));
    }
}

static void test_other_spellings(void **state)
{
    static const char *const same[][2] = {
        {"return", "enter"},      {"escape", "esc"},
        {"shift+tab", "backtab"}, {"pageup", "pgup"},
        {"pagedown", "pgdn"},     {"delete", "del"},
        {"ctrl+W", "ctrl+w"},     {"alt+ctrl+x", "ctrl+alt+x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct press a, b;
        assert_true(press_parse(str_of(same[i][0]), &a));
        assert_true(press_parse(str_of(same[i][1]), &b));
        assert_true(press_equal(&a, &b));
    }
}

static void test_names_of_no_key(void **state)
{
    static const char *const names[] = {
        "",     "ab", "f0",   "f64",         "f01",     "F1",   "ctrl+", "Up", "\033",
        "\x7f", " ",  "\xff", "ctrl+ctrl+a", "shift+a", "\xd8", "a\xff", "f1x"};
    struct press press = {.kind = PRESS_HOME};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_false(press_parse(str_of(names[i]), &press));
    assert_false(press_parse((struct str){"\0", 1}, &press));
    assert_int_equal(press.kind, PRESS_HOME);
}

static void test_what_is_no_key_has_no_name(void **state)
{
    char name[PRESS_NAME_BYTES];
    struct press paste = {.kind = PRESS_PASTE}, mouse = {.kind = PRESS_MOUSE, .codepoint = 1};
    (void)state;
    assert_string_equal(press_name(&paste, name), "");
    assert_string_equal(press_name(&mouse, name), "");
}

/* --- the Arabic layout ------------------------------------------------------------------------ */

static struct press character(uint32_t codepoint)
{
    return (struct press){.kind = PRESS_CHARACTER, .codepoint = codepoint};
}

static void test_every_letter_of_the_arabic_layout(void **state)
{
    /* The rows of the keyboard, left to right, as they are typed without shift. */
    static const uint32_t arabic[] = {0x0630, 0x0636, 0x0635, 0x062b, 0x0642, 0x0641, 0x063a,
                                      0x0639, 0x0647, 0x062e, 0x062d, 0x062c, 0x062f, 0x0634,
                                      0x0633, 0x064a, 0x0628, 0x0644, 0x0627, 0x062a, 0x0646,
                                      0x0645, 0x0643, 0x0637, 0x0626, 0x0621, 0x0624, 0x0631,
                                      0xfefb, 0x0649, 0x0629, 0x0648, 0x0632, 0x0638};
    static const char latin[] = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./";
    (void)state;
    assert_int_equal(sizeof arabic / sizeof arabic[0], sizeof latin - 1);
    for (size_t i = 0; i < sizeof latin - 1; i++)
        assert_int_equal(press_on_latin_layout(character(arabic[i])).codepoint, latin[i]);
}

static void test_digits_and_marks_of_the_arabic_layout(void **state)
{
    (void)state;
    for (uint32_t digit = 0; digit < 10; digit++) {
        assert_int_equal(press_on_latin_layout(character(0x0660 + digit)).codepoint, '0' + digit);
        assert_int_equal(press_on_latin_layout(character(0x06f0 + digit)).codepoint, '0' + digit);
    }
    assert_int_equal(press_on_latin_layout(character(0x061f)).codepoint, '?');
    assert_int_equal(press_on_latin_layout(character(0x061b)).codepoint, ';');
    assert_int_equal(press_on_latin_layout(character(0x0623)).codepoint, 'H');
    assert_int_equal(press_on_latin_layout(character(0x0640)).codepoint, 'J');
}

static void test_other_presses_stay(void **state)
{
    struct press alt = character(0x0634), up = {.kind = PRESS_UP, .codepoint = 0x0634};
    (void)state;
    alt.alt = true;
    assert_int_equal(press_on_latin_layout(alt).codepoint, 'a');
    assert_true(press_on_latin_layout(alt).alt);
    assert_int_equal(press_on_latin_layout(up).codepoint, 0x0634);
    assert_int_equal(press_on_latin_layout(character('Q')).codepoint, 'Q');
    assert_int_equal(press_on_latin_layout(character(0x067e)).codepoint, 0x067e);
}

/* --- decoding --------------------------------------------------------------------------------- */

/* Writes the names of all presses that bytes make, separated by blanks; what has no name as its
 * kind in brackets. step is how many bytes come at a time, and between two pieces no silence is
 * long enough to settle anything. */
static const char *decoded(struct str bytes, size_t step, int last_silence)
{
    static char out[512];
    struct keys keys = {0};
    struct press press;
    int patience;
    size_t used = 0;
    out[0] = '\0';
    for (size_t at = 0; at <= bytes.size; at += step) {
        struct str piece = str_part(bytes, at, step);
        keys_feed(&keys, piece.data, piece.size);
        bool last = at + step >= bytes.size;
        while (keys_next(&keys, last ? last_silence : 0, &press, &patience)) {
            char name[PRESS_NAME_BYTES];
            press_name(&press, name);
            if (press.kind == PRESS_PASTE)
                used += (size_t)snprintf(out + used, sizeof out - used, "<%.*s> ",
                                         STR_FORMAT(press.pasted));
            else if (press.kind == PRESS_MOUSE)
                used += (size_t)snprintf(out + used, sizeof out - used, "[%u@%d,%d] ",
                                         (unsigned)press.codepoint, press.x, press.y);
            else
                used += (size_t)snprintf(out + used, sizeof out - used, "%s ", name);
            assert_true(used < sizeof out);
        }
        if (last)
            break;
    }
    if (used > 0)
        out[used - 1] = '\0';
    keys_free(&keys);
    return out;
}

static void test_bytes_become_presses(void **state)
{
    static const struct {
        const char *bytes, *presses;
    } cases[] = {
        {"aA1 ", "a A 1 space"},
        {"\r\n\t\x7f\x08", "enter enter tab backspace backspace"},
        {"\x01\x17\x1a", "ctrl+a ctrl+w ctrl+z"},
        {"\x1c\x1f", "ctrl+\\ ctrl+_"},
        {"\xd8\xb4\xe6\xbc\xa2\xf0\x9f\x98\x80", "ش 漢 😀"},
        {"\033[A\033[B\033[C\033[D", "up down right left"},
        {"\033OA\033OB\033OC\033OD\033OH\033OF", "up down right left home end"},
        {"\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "home end home end home end"},
        {"\033[3~\033[5~\033[6~\033[Z", "del pgup pgdn backtab"},
        {"\033OP\033OS\033[15~\033[24~\033[11~", "f1 f4 f5 f12 f1"},
        {"\033[[A\033[[E", "f1 f5"},
        {"\033[1;5C\033[1;3D\033[1;2A\033[5;5~\033[1;5P", /* modifiers */
         "ctrl+right alt+left shift+up ctrl+pgup ctrl+f1"},
        {"\033Oc\033[a\033[3^", "ctrl+right shift+up ctrl+del"}, /* rxvt */
        {"\033b\033\x7f\033\xd8\xb4\033\r", "alt+b alt+backspace alt+ش alt+enter"},
        {"\033\033[A", "alt+up"},
        {"\033[27u\033[97;5u\033[13;2u\033[27;5;119~", "esc ctrl+a shift+enter ctrl+w"},
        {"\033[<0;5;3M\033[<0;5;3m\033[<64;1;1M\033[<65;80;24M", "[1@4,2] [4@0,0] [5@79,23]"},
        {"\033[<2;5;3M\033[<32;5;3M\033[<0;0;0M\033[<0M", ""}, /* other buttons, motion, nonsense */
        {"\033[M !!x", "x"},                                   /* a mouse report of the old form */
        {"\033[200~hi\033[Athere\033[201~x", "<hi\033[Athere> x"},
        {"\033[200~\033[20\033[201~", "<\033[20>"},
        {"\033[201~x", "x"},
        {"\033[?1;2c\033[>1;3000;0cx", "x"}, /* answers to questions about the terminal */
        {"\033[I\033[O\033[2~\033[99~x", "x"},
        {"\033]0;title\007a\033]0;title\033\\b", "a b"},
        {"\033P>|XTerm(379)\033\\a\033_x\033\\b", "a b"},
        {"\033]0;cut\030a", "a"},
        {"\033]0;cut\033[Aa", "up a"},
        {"\033[12\030a\033[12\033[Bb", "a down b"},
        {"\033[1;2;3;4;5;6;7Ax", "shift+up x"},
        {"\033[99999999999999999999Ax", "up x"},
        {"\xff\xfe"
         "a\xc0\xaf"
         "b\xed\xa0\x80"
         "c\xf5\x80\x80\x80"
         "d",
         "a b c d"}, /* ill-formed */
        {"\xd8"
         "a",
         "a"},
        {"\xc2\x9b"
         "a",
         "a"}, /* a C1 control */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str bytes = str_of(cases[i].bytes);
        for (size_t step = 1; step <= bytes.size; step++)
            assert_string_equal(decoded(bytes, step, 0), cases[i].presses);
    }
}

static void test_nul_is_control_space(void **state)
{
    (void)state;
    assert_string_equal(decoded((struct str){"\0", 1}, 1, 0), "ctrl+space");
}

static void test_silence_settles(void **state)
{
    static const struct {
        const char *bytes, *at_once, *after_escape, *at_last;
    } cases[] = {
        {"\033", "", "esc", "esc"},
        {"\033[", "", "alt+[", "alt+["},
        {"\033O", "", "alt+O", "alt+O"},
        {"\033P", "", "alt+P", "alt+P"},
        {"\033\033", "", "esc esc", "esc esc"},
        {"\033[1;", "", "", ""},
        {"\033]0;title", "", "", ""},
        {"\xd8", "", "", ""},
        {"\033[200~paste", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str bytes = str_of(cases[i].bytes);
        assert_string_equal(decoded(bytes, bytes.size, 0), cases[i].at_once);
        assert_string_equal(decoded(bytes, bytes.size, ESCAPE_MS), cases[i].after_escape);
        assert_string_equal(decoded(bytes, bytes.size, FOREVER_MS), cases[i].at_last);
    }
}

static void test_patience_says_when_to_look_again(void **state)
{
    struct keys keys = {0};
    struct press press;
    int patience;
    (void)state;
    assert_false(keys_next(&keys, FOREVER_MS, &press, &patience));
    assert_int_equal(patience, -1);
    keys_feed(&keys, "\033", 1);
    assert_false(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(patience, ESCAPE_MS);
    assert_true(keys_next(&keys, patience, &press, &patience));
    assert_int_equal(press.kind, PRESS_ESCAPE);
    assert_int_equal(patience, -1);
    /* The rest of a paste is never taken for keys, however late it comes. */
    keys_feed(&keys, "\033[200~q", 7);
    assert_false(keys_next(&keys, FOREVER_MS, &press, &patience));
    assert_int_equal(patience, -1);
    keys_feed(&keys, "q\033[201~", 7);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.kind, PRESS_PASTE);
    assert_true(str_equal(press.pasted, str_of("qq")));
    keys_free(&keys);
}

static void test_unsettled_input_settles_at_its_patience(void **state)
{
    static const char *const beginnings[] = {"\033",      "\033[", "\033[1;",  "\033O",
                                             "\033O5",    "\033P", "\033]x",   "\033\033",
                                             "\033\033[", "\xd8",  "\033\xd8", "\033[M!"};
    (void)state;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        struct keys keys = {0};
        struct press press;
        int patience, rounds = 0;
        keys_feed(&keys, beginnings[i], strlen(beginnings[i]));
        bool pressed = keys_next(&keys, 0, &press, &patience);
        assert_false(pressed);
        assert_true(patience > 0);
        /* A silence as long as was asked for leaves nothing waiting for longer. */
        while ((pressed || patience >= 0) && rounds++ < 4)
            pressed = keys_next(&keys, patience < 0 ? FOREVER_MS : patience, &press, &patience);
        assert_false(pressed);
        assert_int_equal(patience, -1);
        keys_free(&keys);
    }
}

static void test_a_paste_is_bounded(void **state)
{
    enum { PIECES = 300, PIECE = 4096 };
    static char piece[PIECE];
    struct keys keys = {0};
    struct press press;
    int patience;
    (void)state;
    memset(piece, 'x', sizeof piece);
    keys_feed(&keys, "\033[200~", 6);
    for (int i = 0; i < PIECES; i++) {
        keys_feed(&keys, piece, sizeof piece);
        assert_false(keys_next(&keys, 0, &press, &patience));
    }
    keys_feed(&keys, "\033[201~k", 7);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.kind, PRESS_PASTE);
    assert_int_equal(press.pasted.size, PASTE_MOST_BYTES);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.codepoint, 'k');
    keys_free(&keys);
}

static void test_an_endless_sequence_is_swallowed_whole(void **state)
{
    struct keys keys = {0};
    struct press press;
    int patience;
    (void)state;
    keys_feed(&keys, "\033[", 2);
    for (int i = 0; i < 5000; i++) {
        keys_feed(&keys, "1;", 2);
        assert_false(keys_next(&keys, 0, &press, &patience));
    }
    keys_feed(&keys, "mq", 2);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.codepoint, 'q');
    assert_true(keys.input.capacity < 4096);
    keys_free(&keys);
}

static void test_sequences_of_this_terminal(void **state)
{
    struct keys keys = {0};
    struct press press;
    int patience;
    (void)state;
    keys_learn(&keys, "\033!up", (struct press){.kind = PRESS_UP});
    keys_learn(&keys, "", (struct press){.kind = PRESS_DOWN});
    keys_learn(&keys, "x", (struct press){.kind = PRESS_DOWN});
    keys_feed(&keys, "\033!upx", 5);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.kind, PRESS_UP);
    assert_true(keys_next(&keys, 0, &press, &patience));
    assert_int_equal(press.codepoint, 'x');
    keys_free(&keys);
}

/* Any bytes in any pieces: the decoder ends, and keeps nothing once all has settled. */
static void test_noise(void **state)
{
    static const char alphabet[] = "\033\033\033[[]OP_;;0129~AmMu<?\\\007\030\r\xd8\xb4\xff\xc2";
    unsigned random = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct keys keys = {0};
        struct press press;
        int patience, presses = 0;
        char bytes[12];
        for (size_t i = 0; i < sizeof bytes; i++) {
            random = random * 1103515245u + 12345u;
            bytes[i] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
            keys_feed(&keys, &bytes[i], 1);
            while (keys_next(&keys, (random >> 8) % 64 == 0 ? ESCAPE_MS : 0, &press, &patience))
                assert_true(press.kind != PRESS_NONE && ++presses <= (int)sizeof bytes * 2);
        }
        keys_feed(&keys, "\033[201~", 6); /* should this have become a paste */
        while (keys_next(&keys, FOREVER_MS, &press, &patience))
            assert_true(press.kind != PRESS_NONE);
        assert_int_equal(keys.consumed, keys.input.size);
        keys_free(&keys);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_go_there_and_back),
        cmocka_unit_test(test_other_spellings),
        cmocka_unit_test(test_names_of_no_key),
        cmocka_unit_test(test_what_is_no_key_has_no_name),
        cmocka_unit_test(test_every_letter_of_the_arabic_layout),
        cmocka_unit_test(test_digits_and_marks_of_the_arabic_layout),
        cmocka_unit_test(test_other_presses_stay),
        cmocka_unit_test(test_bytes_become_presses),
        cmocka_unit_test(test_nul_is_control_space),
        cmocka_unit_test(test_silence_settles),
        cmocka_unit_test(test_patience_says_when_to_look_again),
        cmocka_unit_test(test_unsettled_input_settles_at_its_patience),
        cmocka_unit_test(test_a_paste_is_bounded),
        cmocka_unit_test(test_an_endless_sequence_is_swallowed_whole),
        cmocka_unit_test(test_sequences_of_this_terminal),
        cmocka_unit_test(test_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
