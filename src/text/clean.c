/* What is shown of each character by itself, and the labels of markers. What a character's
 * neighbours have to say about it is in resolve.c. */
#include "text/clean.h"

#include "text/cluster.h"

#include <stdio.h>
#include <string.h>
#include <unictype.h>

enum {
    TAB = 0x09,
    DELETE = 0x7f,
    NEXT_LINE = 0x85,
    SOFT_HYPHEN = 0xad,
    COMBINING_KEYCAP = 0x20e3,
    ZERO_WIDTH_NON_JOINER = 0x200c,
    ZERO_WIDTH_JOINER = 0x200d,
    LINE_SEPARATOR = 0x2028,
    PARAGRAPH_SEPARATOR = 0x2029,
    FIGURE_SPACE = 0x2007,
    NARROW_NO_BREAK_SPACE = 0x202f,
    IDEOGRAPHIC_SPACE = 0x3000,
    BRAILLE_BLANK = 0x2800,
};

static bool is_within(uint32_t codepoint, uint32_t first, uint32_t last)
{
    return codepoint >= first && codepoint <= last;
}

bool clean_ends_paragraph(uint32_t codepoint)
{
    return codepoint == '\n' || codepoint == '\r' || codepoint == NEXT_LINE ||
           codepoint == LINE_SEPARATOR || codepoint == PARAGRAPH_SEPARATOR;
}

/* Basic Latin, Latin-1 and IPA, without a table. */
static enum shown latin_kind(uint32_t codepoint)
{
    if (codepoint == ' ')
        return SHOWN_BLANK;
    if (codepoint == TAB)
        return SHOWN_TAB;
    if (clean_ends_paragraph(codepoint))
        return SHOWN_NEWLINE;
    if (codepoint < ' ' || is_within(codepoint, DELETE, 0x9f) || codepoint == SOFT_HYPHEN)
        return SHOWN_MARKER;
    return codepoint == 0xa0 ? SHOWN_FIXED : SHOWN_BASE;
}

/* Characters on which real terminals and libraries differ in width, or that look like a blank
 * without being one. */
static bool is_unreliable(uint32_t codepoint)
{
    return codepoint == 0x06de || codepoint == 0x1734 || codepoint == BRAILLE_BLANK ||
           is_within(codepoint, 0x3248, 0x324f) || is_within(codepoint, 0x4dc0, 0x4dff);
}

static bool is_selector(uint32_t codepoint)
{
    return is_within(codepoint, 0xfe00, 0xfe0f) || is_within(codepoint, 0xe0100, 0xe01ef) ||
           is_within(codepoint, 0x180b, 0x180d) || codepoint == 0x180f;
}

static enum shown space_kind(uint32_t codepoint)
{
    if (codepoint == FIGURE_SPACE || codepoint == NARROW_NO_BREAK_SPACE)
        return SHOWN_FIXED;
    if (codepoint == IDEOGRAPHIC_SPACE)
        return SHOWN_WIDE;
    /* The space of Ogham is a visible line. */
    return codepoint == 0x1680 ? SHOWN_BASE : SHOWN_BLANK;
}

/* What the general category and the width tell. */
static enum shown category_kind(uint32_t codepoint)
{
    uc_general_category_t category = uc_general_category(codepoint);
    uint32_t mask = category.bitmask;
    if (mask & (UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp))
        return SHOWN_MARKER;
    if (uc_is_property(codepoint, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT))
        return SHOWN_MARKER;
    if (mask & (UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me))
        return codepoint == COMBINING_KEYCAP ? SHOWN_KEYCAP : SHOWN_MARK;
    if (mask & UC_CATEGORY_MASK_Zs)
        return space_kind(codepoint);
    /* Vowels and finals of Hangul stand on the consonant before them. */
    unsigned width = codepoint_width(codepoint);
    return width == 0 ? SHOWN_MARK : width == 1 ? SHOWN_BASE : SHOWN_WIDE;
}

/* The letters, marks and digits of Arabic that make up nearly all of an Arabic text. */
static bool arabic_kind(uint32_t codepoint, enum shown *kind)
{
    if (is_within(codepoint, 0x64b, 0x65f) || codepoint == 0x670)
        *kind = SHOWN_MARK;
    else if (is_within(codepoint, 0x61d, 0x6d5))
        *kind = SHOWN_BASE;
    else
        return false;
    return true;
}

enum shown clean_kind(uint32_t codepoint)
{
    enum shown kind;
    if (codepoint < 0x300)
        return latin_kind(codepoint);
    if (arabic_kind(codepoint, &kind))
        return kind;
    if (is_within(codepoint, 0x4e00, 0x9fff) || is_within(codepoint, 0xac00, 0xd7a3))
        return SHOWN_WIDE;
    if (codepoint == ZERO_WIDTH_JOINER || codepoint == ZERO_WIDTH_NON_JOINER)
        return SHOWN_JOINER;
    if (codepoint == LINE_SEPARATOR || codepoint == PARAGRAPH_SEPARATOR)
        return SHOWN_NEWLINE;
    if (is_selector(codepoint))
        return SHOWN_SELECTOR;
    if (is_unreliable(codepoint))
        return SHOWN_MARKER;
    if (is_within(codepoint, 0x1f1e6, 0x1f1ff))
        return SHOWN_REGIONAL;
    if (is_within(codepoint, 0x1f3fb, 0x1f3ff))
        return SHOWN_SKIN;
    return category_kind(codepoint);
}

bool clean_same_marker(uint32_t a, uint32_t b)
{
    return a == b || (is_selector(a) && is_selector(b));
}

/* Names of Unicode's own charts and of UAX #9. */
static const char *name_of(uint32_t codepoint)
{
    static const char *const c0[] = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",
        "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
        "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",
    };
    static const struct {
        uint32_t codepoint;
        const char *name;
    } others[] = {
        {DELETE, "DEL"}, {SOFT_HYPHEN, "SHY"}, {0x034f, "CGJ"},
        {0x061c, "ALM"}, {0x200b, "ZWSP"},     {ZERO_WIDTH_NON_JOINER, "ZWNJ"},
        {0x200e, "LRM"}, {0x200f, "RLM"},      {ZERO_WIDTH_JOINER, "ZWJ"},
        {0x202a, "LRE"}, {0x202b, "RLE"},      {0x202c, "PDF"},
        {0x202d, "LRO"}, {0x202e, "RLO"},      {0x2060, "WJ"},
        {0x2066, "LRI"}, {0x2067, "RLI"},      {0x2068, "FSI"},
        {0x2069, "PDI"}, {0xfeff, "BOM"},
    };
    if (codepoint < sizeof c0 / sizeof c0[0])
        return c0[codepoint];
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i].codepoint == codepoint)
            return others[i].name;
    }
    return is_selector(codepoint) ? "VS" : NULL;
}

/* Copies ASCII into label, which has room for it; returns the number of columns. */
static size_t put_ascii(const char *text, uint32_t *label)
{
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++)
        label[i] = (unsigned char)text[i];
    return size;
}

size_t clean_label(uint32_t codepoint, size_t count, uint32_t label[static CLEAN_LABEL_COLUMNS])
{
    char text[CLEAN_LABEL_COLUMNS];
    const char *name = name_of(codepoint);
    if (name)
        snprintf(text, sizeof text, "[%s", name);
    else
        snprintf(text, sizeof text, "[U+%04X", (unsigned)codepoint);
    size_t size = put_ascii(text, label);
    if (count > 1) {
        const uint32_t multiplication_sign = 0xd7;
        label[size++] = multiplication_sign;
        snprintf(text, sizeof text, "%zu", count);
        size += put_ascii(text, label + size);
    }
    label[size++] = ']';
    return size;
}

size_t clean_marks_label(size_t count, uint32_t label[static CLEAN_LABEL_COLUMNS])
{
    char text[CLEAN_LABEL_COLUMNS];
    snprintf(text, sizeof text, count == 1 ? "[+%zu mark]" : "[+%zu marks]", count);
    return put_ascii(text, label);
}
