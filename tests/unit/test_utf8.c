/* UTF-8 in and out: well-formed, ill-formed, at the limits. */
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void decodes_every_code_point(void **state)
{
    (void)state;
    for (uint32_t codepoint = 0; codepoint <= 0x10ffff; codepoint++) {
        char bytes[4];
        uint32_t back;
        if (codepoint >= 0xd800 && codepoint <= 0xdfff)
            continue;
        size_t size = utf8_encode(codepoint, bytes);
        struct str s = {bytes, size};
        assert_int_equal(utf8_decode(s, 0, &back), size);
        assert_int_equal(back, codepoint);
        assert_int_equal(utf8_valid_size(s), size);
    }
}

static void encodes_surrogates_as_replacement(void **state)
{
    (void)state;
    char bytes[4];
    assert_int_equal(utf8_encode(0xd800, bytes), 3);
    assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xef\xbf\xbd", 3);
}

/* The Unicode Standard, tables 3-8 to 3-11: how many U+FFFD ill-formed bytes become. */
static void replaces_maximal_subparts(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *wanted;
    } cases[] = {
        {"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41", "ffffffffA"},
        {"\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41", "ffffffffA"},
        {"\xf4\x91\x92\x93\xff\x41\x80\xbf\x42", "fffffAffB"},
        {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "ffffA"},
        {"\xe2\x82", "f"},
        {"\xf0\x9f\x98", "f"},
        {"a\xcc\x81z", "amz"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str s = str_of(cases[i].bytes);
        size_t at = 0, count = 0;
        while (at < s.size) {
            uint32_t codepoint;
            at += utf8_decode(s, at, &codepoint);
            char kind = codepoint == CODEPOINT_REPLACEMENT ? 'f'
                        : codepoint < 0x80                 ? (char)codepoint
                                                           : 'm';
            assert_int_equal(kind, cases[i].wanted[count]);
            count++;
        }
        assert_int_equal(count, strlen(cases[i].wanted));
    }
}

static void adds_valid_text(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    utf8_add_valid(&buffer, (struct str){"a\0\xff\xd8\xa7\xe2\x80", 7});
    assert_int_equal(buffer.size, 10);
    assert_memory_equal(buffer.data, "a\0\xef\xbf\xbd\xd8\xa7\xef\xbf\xbd", 10);
    assert_int_equal(utf8_valid_size(str_of("ab\xef\xbf\xbd")), 5);
    assert_int_equal(utf8_valid_size(str_of("ab\xef\xbf")), 2);
    buffer_free(&buffer);
}

static void goes_backwards_as_forwards(void **state)
{
    (void)state;
    struct str s = str_of("a\xe2\x80\x80\x80\xf0\x80\x80\xd8\xa7\xe2\x80\xe2");
    for (size_t at = 0; at < s.size;) {
        uint32_t codepoint;
        size_t next = at + utf8_decode(s, at, &codepoint);
        assert_int_equal(utf8_previous(s, next), at);
        for (size_t inside = at; inside < next; inside++)
            assert_int_equal(utf8_start(s, inside), at);
        at = next;
    }
    assert_int_equal(utf8_previous(s, 0), 0);
    assert_int_equal(utf8_start(s, s.size), s.size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_every_code_point),
        cmocka_unit_test(encodes_surrogates_as_replacement),
        cmocka_unit_test(replaces_maximal_subparts),
        cmocka_unit_test(adds_valid_text),
        cmocka_unit_test(goes_backwards_as_forwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
