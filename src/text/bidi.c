/* The bidirectional algorithm (UAX #9): paragraph direction and embedding levels, by FriBidi.
 *
 * FriBidi's time grows with the square of a paragraph's isolates and bracket pairs (80,000 times FSI:
 * four seconds), and what is laid out here was written by anybody. So the first CONTROLS_MOST bidi
 * controls and BRACKETS_MOST brackets of a paragraph act, which is more than any letter needs, and
 * what comes behind them counts as nothing (boundary neutral) and as plain punctuation. */
#include "text/bidi.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <fribidi.h>

enum { CONTROLS_MOST = 2000, BRACKETS_MOST = 4000 };

_Static_assert(sizeof(FriBidiChar) == sizeof(uint32_t), "code points are passed as they are");
_Static_assert(sizeof(FriBidiLevel) == sizeof(uint8_t), "levels are written in place");

static bool is_control(FriBidiCharType type)
{
    return FRIBIDI_IS_EXPLICIT(type) || FRIBIDI_IS_ISOLATE(type);
}

/* Classes and bracket types, what is beyond the bounds made harmless. Returns how many brackets. */
static size_t classify(const uint32_t *text, size_t size, FriBidiCharType *types,
                       FriBidiBracketType *brackets)
{
    size_t controls = 0, bracket_count = 0;
    fribidi_get_bidi_types(text, (FriBidiStrIndex)size, types);
    for (size_t i = 0; i < size; i++) {
        brackets[i] = FRIBIDI_NO_BRACKET;
        if (is_control(types[i]) && ++controls > CONTROLS_MOST)
            types[i] = FRIBIDI_TYPE_BN;
        if (types[i] != FRIBIDI_TYPE_ON)
            continue;
        FriBidiBracketType bracket = fribidi_get_bracket(text[i]);
        if (bracket != FRIBIDI_NO_BRACKET && ++bracket_count <= BRACKETS_MOST)
            brackets[i] = bracket;
    }
    return bracket_count;
}

static FriBidiParType paragraph_type(enum direction direction, enum direction neutral)
{
    if (direction == DIRECTION_LTR)
        return FRIBIDI_PAR_LTR;
    if (direction == DIRECTION_RTL)
        return FRIBIDI_PAR_RTL;
    return neutral == DIRECTION_RTL ? FRIBIDI_PAR_WRTL : FRIBIDI_PAR_WLTR;
}

uint8_t bidi_levels(struct arena *arena, const uint32_t *text, size_t size,
                    enum direction direction, enum direction neutral, uint8_t *levels)
{
    FriBidiParType base = paragraph_type(direction, neutral);
    if (size == 0)
        return FRIBIDI_IS_RTL(base) ? 1 : 0;
    FriBidiCharType *types = arena_room(arena, size, sizeof *types);
    FriBidiBracketType *brackets = arena_room(arena, size, sizeof *brackets);
    /* Without brackets FriBidi need not look for pairs. */
    if (classify(text, size, types, brackets) == 0)
        brackets = NULL;
    /* The only failure it has is memory. */
    if (fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)size, &base,
                                            (FriBidiLevel *)levels) == 0)
        memory_exhausted();
    return FRIBIDI_IS_RTL(base) ? 1 : 0;
}

enum direction bidi_first_strong(struct str text)
{
    size_t isolates = 0; /* open ones: what is inside does not count (P2) */
    for (size_t at = 0; at < text.size;) {
        uint32_t codepoint;
        at += utf8_decode(text, at, &codepoint);
        FriBidiCharType type = fribidi_get_bidi_type(codepoint);
        if (type == FRIBIDI_TYPE_BS)
            isolates = 0;
        else if (FRIBIDI_IS_ISOLATE(type) && type != FRIBIDI_TYPE_PDI)
            isolates++;
        else if (type == FRIBIDI_TYPE_PDI && isolates > 0)
            isolates--;
        else if (FRIBIDI_IS_LETTER(type) && isolates == 0)
            return FRIBIDI_IS_RTL(type) ? DIRECTION_RTL : DIRECTION_LTR;
    }
    return DIRECTION_AUTO;
}
