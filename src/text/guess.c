/* The language of a text by counting letters. */
#include "text/guess.h"

#include "text/utf8.h"

#include <stdbool.h>
#include <unictype.h>

struct counts {
    size_t arabic, latin, other;
};

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Links, mail addresses and names of people: written in Latin letters in any language. */
static bool says_nothing(struct str token)
{
    for (size_t i = 0; i < token.size; i++) {
        if (token.data[i] == '@' ||
            (token.data[i] == ':' && str_starts(str_part(token, i, 3), str_of("://"))))
            return true;
    }
    return str_starts(token, str_of("www."));
}

static bool is_arabic(uint32_t codepoint)
{
    return (codepoint >= 0x600 && codepoint <= 0x6ff) ||
           (codepoint >= 0x750 && codepoint <= 0x77f) ||
           (codepoint >= 0x8a0 && codepoint <= 0x8ff) ||
           (codepoint >= 0xfb50 && codepoint <= 0xfdff) ||
           (codepoint >= 0xfe70 && codepoint <= 0xfefc);
}

/* Latin, and its full-width forms. */
static bool is_latin(uint32_t codepoint)
{
    return codepoint < 0x250 || (codepoint >= 0x1e00 && codepoint <= 0x1eff) ||
           (codepoint >= 0xff21 && codepoint <= 0xff5a);
}

static void count_letters(struct str token, struct counts *counts)
{
    for (size_t at = 0; at < token.size;) {
        uint32_t codepoint;
        at += utf8_decode(token, at, &codepoint);
        if (!uc_is_general_category_withtable(codepoint, UC_CATEGORY_MASK_L))
            continue;
        if (is_arabic(codepoint))
            counts->arabic++;
        else if (is_latin(codepoint))
            counts->latin++;
        else
            counts->other++;
    }
}

const char *guess_language(struct str text)
{
    struct counts counts = {0};
    for (size_t start = 0, end; start < text.size; start = end + 1) {
        for (end = start; end < text.size && !is_blank(text.data[end]); end++)
            continue;
        struct str token = str_part(text, start, end - start);
        if (!says_nothing(token))
            count_letters(token, &counts);
    }
    if (counts.arabic > 0 && counts.arabic >= counts.latin && counts.arabic >= counts.other)
        return "ar";
    if (counts.latin > 0 && counts.latin >= counts.other)
        return "en";
    return "und";
}
