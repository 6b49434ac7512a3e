/* What a character's neighbours say of it: joiners, variation selectors, skin tones and keycaps are
 * silent where they do their work, and shown where they only hide. */
#include "text/clean.h"

#include <fribidi.h>
#include <unictype.h>

enum {
    TEXT_SELECTOR = 0xfe0e,
    EMOJI_SELECTOR = 0xfe0f,
    ZERO_WIDTH_JOINER = 0x200d,
    FIRST_MONGOLIAN_SELECTOR = 0x180b,
    LAST_MONGOLIAN_SELECTOR = 0x180f,
    CANONICAL_CLASS_VIRAMA = 9, /* Unicode Character Database, Canonical_Combining_Class */
};

static const size_t no_base = SIZE_MAX;

static bool is_visible(uint8_t kind)
{
    return kind == SHOWN_BASE || kind == SHOWN_WIDE;
}

/* Arabic and other letters that take a form by their neighbours. */
static bool is_joining_letter(uint32_t codepoint)
{
    FriBidiJoiningType type = fribidi_get_joining_type(codepoint);
    return FRIBIDI_JOIN_SHAPE(type) && FRIBIDI_ARAB_SHAPES(type);
}

static bool joiner_works(const uint32_t *text, const uint8_t *shown, size_t size, size_t at,
                         size_t base, bool keep)
{
    if (base == no_base || shown[at - 1] == SHOWN_SILENT)
        return false;
    if (uc_combining_class(text[at - 1]) == CANONICAL_CLASS_VIRAMA)
        return true;
    bool letter_follows = at + 1 < size && is_visible(shown[at + 1]);
    if (keep && (is_joining_letter(text[base]) || uc_is_property_alphabetic(text[base])))
        return true;
    return letter_follows && is_joining_letter(text[base]) && is_joining_letter(text[at + 1]);
}

static bool joins_emoji(const uint32_t *text, const uint8_t *shown, size_t size, size_t at,
                        size_t base)
{
    return base != no_base && text[at] == ZERO_WIDTH_JOINER && at + 1 < size &&
           is_visible(shown[at + 1]) && text[at - 1] != ZERO_WIDTH_JOINER &&
           uc_is_property(text[base], UC_PROPERTY_EXTENDED_PICTOGRAPHIC) &&
           uc_is_property(text[at + 1], UC_PROPERTY_EXTENDED_PICTOGRAPHIC);
}

/* A selector must stand right behind a character that has variants of its kind. */
static bool selector_works(const uint32_t *text, const uint8_t *shown, size_t at)
{
    if (at == 0 || !is_visible(shown[at - 1]))
        return false;
    uint32_t before = text[at - 1];
    if (text[at] == TEXT_SELECTOR || text[at] == EMOJI_SELECTOR)
        return uc_is_property_emoji(before);
    if (text[at] >= FIRST_MONGOLIAN_SELECTOR && text[at] <= LAST_MONGOLIAN_SELECTOR)
        return is_joining_letter(before);
    return shown[at - 1] == SHOWN_WIDE && uc_is_property_ideographic(before);
}

/* True when only a silent emoji selector stands between base and at, or nothing. */
static bool is_next_to(const uint32_t *text, size_t base, size_t at)
{
    if (base == no_base)
        return false;
    return base + 1 == at || (base + 2 == at && text[base + 1] == EMOJI_SELECTOR);
}

static bool is_keycap_base(uint32_t codepoint)
{
    return (codepoint >= '0' && codepoint <= '9') || codepoint == '#' || codepoint == '*';
}

static uint8_t resolve_one(const uint32_t *text, const uint8_t *shown, size_t size, size_t at,
                           size_t base, bool keep)
{
    bool next_to_base = is_next_to(text, base, at);
    switch (shown[at]) {
    case SHOWN_JOINER:
        return joins_emoji(text, shown, size, at, base) ||
                       joiner_works(text, shown, size, at, base, keep)
                   ? SHOWN_SILENT
                   : SHOWN_MARKER;
    case SHOWN_SELECTOR:
        return selector_works(text, shown, at) ? SHOWN_SILENT : SHOWN_MARKER;
    case SHOWN_SKIN:
        return next_to_base && uc_is_property_emoji_modifier_base(text[base]) ? SHOWN_SILENT
                                                                              : SHOWN_WIDE;
    case SHOWN_KEYCAP:
        return next_to_base && is_keycap_base(text[base]) ? SHOWN_SILENT : SHOWN_MARK;
    default:
        return shown[at];
    }
}

void clean_resolve(const uint32_t *text, uint8_t *shown, size_t size, bool keep_joiners)
{
    size_t base = no_base;
    for (size_t i = 0; i < size; i++) {
        if (shown[i] > SHOWN_SILENT)
            shown[i] = resolve_one(text, shown, size, i, base, keep_joiners);
        if (is_visible(shown[i]))
            base = i;
        else if (shown[i] != SHOWN_MARK && shown[i] != SHOWN_SILENT)
            base = no_base;
    }
}
