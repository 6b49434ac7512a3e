/* What UAX #9 does to a line once it is known where it ends: rules L1, L2, L4. */
#include "text/bidi.h"

#include <fribidi.h>

/* Blanks, isolate controls, and what rule X9 removes: what falls back at a line's end. */
static bool is_trailing(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_WS || FRIBIDI_IS_ISOLATE(type) || FRIBIDI_IS_EXPLICIT_OR_BN(type);
}

/* Letters, digits and signs of ASCII and Arabic, most text by far: nothing of what falls back. Spares
 * them the table. */
static bool stands_fast(uint32_t codepoint)
{
    return (codepoint > ' ' && codepoint < 0x7f) || (codepoint >= 0x620 && codepoint <= 0x64a) ||
           (codepoint >= 0xfe80 && codepoint <= 0xfefc);
}

void bidi_end_line(const uint32_t *text, size_t size, uint8_t base_level, uint8_t *levels)
{
    bool falls_back = true;
    for (size_t i = size; i-- > 0;) {
        if (stands_fast(text[i])) {
            falls_back = false;
            continue;
        }
        FriBidiCharType type = fribidi_get_bidi_type(text[i]);
        if (FRIBIDI_IS_SEPARATOR(type))
            falls_back = true;
        else if (!is_trailing(type))
            falls_back = false;
        if (falls_back)
            levels[i] = base_level;
    }
}

/* Reverses every run of characters at level or higher. */
static void reverse_runs(const uint8_t *levels, size_t size, uint8_t level, uint32_t *order)
{
    for (size_t start = 0; start < size; start++) {
        if (levels[start] < level)
            continue;
        size_t end = start;
        while (end < size && levels[end] >= level)
            end++;
        for (size_t a = start, b = end - 1; a < b; a++, b--) {
            uint32_t kept = order[a];
            order[a] = order[b];
            order[b] = kept;
        }
        start = end;
    }
}

void bidi_order(const uint8_t *levels, size_t size, uint32_t *order)
{
    uint8_t highest = 0, lowest_odd = UINT8_MAX;
    for (size_t i = 0; i < size; i++) {
        order[i] = (uint32_t)i;
        if (levels[i] > highest)
            highest = levels[i];
        if (levels[i] % 2 && levels[i] < lowest_odd)
            lowest_odd = levels[i];
    }
    /* A run at a level is the same characters in the text and, once what is higher has been
     * reversed within it, on the line: positions in levels serve for both. */
    for (uint8_t level = highest; level >= lowest_odd; level--)
        reverse_runs(levels, size, level, order);
}

uint32_t bidi_mirrored(uint32_t codepoint)
{
    FriBidiChar mirrored;
    return fribidi_get_mirror_char(codepoint, &mirrored) ? mirrored : codepoint;
}
