/* Grapheme clusters: the rules of UAX #29, section 3.1.1, as a state machine that takes one
 * character after the other, so that no array is needed and any length takes linear time. */
#include "text/cluster.h"

#include "text/utf8.h"

#include <unictype.h>
#include <unigbrk.h>

/* How far rule GB11 has come: Extended_Pictographic Extend* ZWJ. */
enum { EMOJI_NONE, EMOJI_BASE, EMOJI_JOINED };

/* The first Extended_Pictographic that is not one of the two signs of Latin-1. */
enum { COPYRIGHT_SIGN = 0xa9, REGISTERED_SIGN = 0xae, FIRST_PICTOGRAPH = 0x203c };

static bool is_pictographic(uint32_t codepoint)
{
    if (codepoint < FIRST_PICTOGRAPH)
        return codepoint == COPYRIGHT_SIGN || codepoint == REGISTERED_SIGN;
    return uc_is_property(codepoint, UC_PROPERTY_EXTENDED_PICTOGRAPHIC);
}

static bool is_control(int property)
{
    return property == GBP_CR || property == GBP_LF || property == GBP_CONTROL;
}

/* Rules GB6 to GB8: what does not break inside a Hangul syllable. */
static bool joins_hangul(int before, int after)
{
    switch (before) {
    case GBP_L:
        return after == GBP_L || after == GBP_V || after == GBP_LV || after == GBP_LVT;
    case GBP_LV:
    case GBP_V:
        return after == GBP_V || after == GBP_T;
    case GBP_LVT:
    case GBP_T:
        return after == GBP_T;
    default:
        return false;
    }
}

static bool breaks_between(const struct cluster_state *state, int before, int after, bool emoji)
{
    if (before == GBP_CR && after == GBP_LF)
        return false;
    if (is_control(before) || is_control(after))
        return true;
    if (after == GBP_EXTEND || after == GBP_ZWJ || after == GBP_SPACINGMARK ||
        before == GBP_PREPEND || joins_hangul(before, after))
        return false;
    if (emoji && state->emoji == EMOJI_JOINED)
        return false;
    return !(after == GBP_RI && state->regional % 2 == 1);
}

bool cluster_starts(struct cluster_state *state, uint32_t codepoint)
{
    bool plain = cluster_is_plain(codepoint);
    if (plain && state->plain)
        return true;
    int property = plain ? GBP_OTHER : uc_graphemeclusterbreak_property(codepoint);
    bool emoji = !plain && is_pictographic(codepoint);
    bool starts =
        state->property == 0 || breaks_between(state, state->property - 1, property, emoji);
    if (emoji)
        state->emoji = EMOJI_BASE;
    else if (state->emoji == EMOJI_BASE && property == GBP_ZWJ)
        state->emoji = EMOJI_JOINED;
    else if (state->emoji != EMOJI_BASE || property != GBP_EXTEND)
        state->emoji = EMOJI_NONE;
    state->regional = property == GBP_RI ? state->regional + 1 : 0;
    state->property = property + 1;
    state->plain = plain;
    return starts;
}

size_t cluster_next(struct str s, size_t at)
{
    struct cluster_state state = {0};
    uint32_t codepoint;
    if (at >= s.size)
        return s.size;
    at += utf8_decode(s, at, &codepoint);
    cluster_starts(&state, codepoint);
    while (at < s.size) {
        size_t size = utf8_decode(s, at, &codepoint);
        if (cluster_starts(&state, codepoint))
            break;
        at += size;
    }
    return at;
}

/* True when a cluster starts between two characters whatever stands before them. */
static bool breaks_always(uint32_t before, uint32_t after)
{
    int property = uc_graphemeclusterbreak_property(before);
    if (property == GBP_ZWJ || property == GBP_RI)
        return is_control(uc_graphemeclusterbreak_property(after));
    return uc_is_grapheme_break(before, after);
}

/* The last place at or before byte at, which must be between two characters, where a cluster
 * starts for certain. */
static size_t certain_start(struct str s, size_t at)
{
    while (at > 0 && at < s.size) {
        uint32_t before, after;
        size_t previous = utf8_previous(s, at);
        utf8_decode(s, previous, &before);
        utf8_decode(s, at, &after);
        if (breaks_always(before, after))
            break;
        at = previous;
    }
    return at;
}

size_t cluster_start(struct str s, size_t at)
{
    if (at >= s.size)
        return s.size;
    size_t character = utf8_start(s, at);
    size_t start = certain_start(s, character);
    for (size_t next = start; next <= character; next = cluster_next(s, start))
        start = next;
    return start;
}

size_t cluster_previous(struct str s, size_t at)
{
    if (at == 0 || s.size == 0)
        return 0;
    return cluster_start(s, (at > s.size ? s.size : at) - 1);
}
