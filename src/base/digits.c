/* Digits of the interface, out and in. */
#include "base/digits.h"

#include "base/buffer.h"
#include "base/language.h"

#include <stdlib.h>
#include <string.h>

/* In UTF-8: U+0660 to U+0669, U+06F0 to U+06F9, U+066A, the Arabic percent sign, and U+066B, the
 * decimal separator. */
enum {
    ARABIC_LEAD = 0xd9,
    ARABIC_ZERO = 0xa0,
    EXTENDED_LEAD = 0xdb,
    EXTENDED_ZERO = 0xb0,
    TEN = 10
};
static const char arabic_percent[] = "\xd9\xaa", arabic_point[] = "\xd9\xab";

static bool chosen_arabic;

static bool locale_wants_arabic(void)
{
    static const char *const names[] = {"LC_ALL", "LC_NUMERIC", "LANG"};
    static const char *const european[] = {"AE", "DZ", "EH", "LY", "MA", "TN"};
    const char *locale = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !(locale && *locale); i++)
        locale = getenv(names[i]);
    if (!locale || strncmp(locale, "ar", 2) != 0 || (locale[2] != '_' && locale[2] != '\0'))
        return false;
    for (size_t i = 0; i < sizeof european / sizeof european[0] && locale[2]; i++) {
        if (strncmp(locale + 3, european[i], 2) == 0)
            return false;
    }
    return true;
}

bool digits_choose(const char *wanted)
{
    if (wanted && strcmp(wanted, "arabic") != 0 && strcmp(wanted, "latin") != 0)
        return false;
    chosen_arabic = wanted ? wanted[0] == 'a' : locale_wants_arabic();
    return true;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void add_local(struct buffer *local, struct str text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (is_digit(text.data[i])) {
            buffer_add_byte(local, (char)ARABIC_LEAD);
            buffer_add_byte(local, (char)(ARABIC_ZERO + text.data[i] - '0'));
        } else if (text.data[i] == '%' && i > 0 && is_digit(text.data[i - 1])) {
            buffer_add(local, str_of(arabic_percent));
        } else if (text.data[i] == '.' && i > 0 && i + 1 < text.size &&
                   is_digit(text.data[i - 1]) && is_digit(text.data[i + 1])) {
            buffer_add(local, str_of(arabic_point));
        } else {
            buffer_add_byte(local, text.data[i]);
        }
    }
}

struct str digits_local(struct arena *arena, struct str text)
{
    struct buffer local = {0};
    if (!chosen_arabic || language_now() != LANGUAGE_ARABIC)
        return text;
    add_local(&local, text);
    struct str copy = arena_copy(arena, buffer_str(&local));
    buffer_free(&local);
    return copy;
}

void digits_localise(char *text, size_t capacity)
{
    struct arena arena = {0};
    struct str local = digits_local(&arena, str_of(text));
    if (local.data != text && local.size < capacity) {
        memcpy(text, local.data, local.size);
        text[local.size] = '\0';
    }
    arena_free(&arena);
}

/* The value of the two bytes at text as a digit, or -1. */
static int digit_at(const char *text)
{
    unsigned char lead = (unsigned char)text[0], next = (unsigned char)text[1];
    int zero = lead == ARABIC_LEAD ? ARABIC_ZERO : lead == EXTENDED_LEAD ? EXTENDED_ZERO : -1;
    return zero >= 0 && next >= zero && next < zero + TEN ? next - zero : -1;
}

struct str digits_european(struct arena *arena, struct str text)
{
    struct buffer european = {0};
    size_t copied = 0;
    for (size_t i = 0; i + 1 < text.size; i++) {
        int digit = digit_at(text.data + i);
        if (digit < 0)
            continue;
        buffer_add(&european, str_part(text, copied, i - copied));
        buffer_add_byte(&european, (char)('0' + digit));
        copied = i + 2;
        i++;
    }
    if (copied == 0)
        return text;
    buffer_add(&european, str_part(text, copied, text.size));
    struct str copy = arena_copy(arena, buffer_str(&european));
    buffer_free(&european);
    return copy;
}
