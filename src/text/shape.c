/* Arabic joining with FriBidi's joining types (Unicode's ArabicShaping.txt), one pass, each letter
 * finished when the next one is known. Not FriBidi's own shaping: that knows nothing of the cells a
 * ligature and its marks must share, nor of markers standing between letters. */
#include "text/shape.h"

#include "text/clean.h"
#include "text/layout.h"

#include <fribidi.h>

enum {
    LAM = 0x644,
    ALEF_MAKSURA = 0x649,
    ZERO_WIDTH_NON_JOINER = 0x200c,
    ZERO_WIDTH_JOINER = 0x200d,
    FIRST_LETTER = 0x621,
    LAST_LETTER = 0x6d3,
};

/* The presentation forms of a letter stand in this order behind its isolated one. */
enum form { FORM_ISOLATED, FORM_FINAL, FORM_INITIAL, FORM_MEDIAL };

struct letter_forms {
    uint16_t isolated;
    uint8_t count; /* 1: isolated only, 2: and final, 4: all */
};

/* From the compatibility decompositions in UnicodeData.txt. */
static const struct letter_forms letter_forms[LAST_LETTER - FIRST_LETTER + 1] = {
    [0x0621 - FIRST_LETTER] = {0xfe80, 1}, [0x0622 - FIRST_LETTER] = {0xfe81, 2},
    [0x0623 - FIRST_LETTER] = {0xfe83, 2}, [0x0624 - FIRST_LETTER] = {0xfe85, 2},
    [0x0625 - FIRST_LETTER] = {0xfe87, 2}, [0x0626 - FIRST_LETTER] = {0xfe89, 4},
    [0x0627 - FIRST_LETTER] = {0xfe8d, 2}, [0x0628 - FIRST_LETTER] = {0xfe8f, 4},
    [0x0629 - FIRST_LETTER] = {0xfe93, 2}, [0x062a - FIRST_LETTER] = {0xfe95, 4},
    [0x062b - FIRST_LETTER] = {0xfe99, 4}, [0x062c - FIRST_LETTER] = {0xfe9d, 4},
    [0x062d - FIRST_LETTER] = {0xfea1, 4}, [0x062e - FIRST_LETTER] = {0xfea5, 4},
    [0x062f - FIRST_LETTER] = {0xfea9, 2}, [0x0630 - FIRST_LETTER] = {0xfeab, 2},
    [0x0631 - FIRST_LETTER] = {0xfead, 2}, [0x0632 - FIRST_LETTER] = {0xfeaf, 2},
    [0x0633 - FIRST_LETTER] = {0xfeb1, 4}, [0x0634 - FIRST_LETTER] = {0xfeb5, 4},
    [0x0635 - FIRST_LETTER] = {0xfeb9, 4}, [0x0636 - FIRST_LETTER] = {0xfebd, 4},
    [0x0637 - FIRST_LETTER] = {0xfec1, 4}, [0x0638 - FIRST_LETTER] = {0xfec5, 4},
    [0x0639 - FIRST_LETTER] = {0xfec9, 4}, [0x063a - FIRST_LETTER] = {0xfecd, 4},
    [0x0641 - FIRST_LETTER] = {0xfed1, 4}, [0x0642 - FIRST_LETTER] = {0xfed5, 4},
    [0x0643 - FIRST_LETTER] = {0xfed9, 4}, [0x0644 - FIRST_LETTER] = {0xfedd, 4},
    [0x0645 - FIRST_LETTER] = {0xfee1, 4}, [0x0646 - FIRST_LETTER] = {0xfee5, 4},
    [0x0647 - FIRST_LETTER] = {0xfee9, 4}, [0x0648 - FIRST_LETTER] = {0xfeed, 2},
    [0x0649 - FIRST_LETTER] = {0xfeef, 2}, [0x064a - FIRST_LETTER] = {0xfef1, 4},
    [0x0671 - FIRST_LETTER] = {0xfb50, 2}, [0x0677 - FIRST_LETTER] = {0xfbdd, 1},
    [0x0679 - FIRST_LETTER] = {0xfb66, 4}, [0x067a - FIRST_LETTER] = {0xfb5e, 4},
    [0x067b - FIRST_LETTER] = {0xfb52, 4}, [0x067e - FIRST_LETTER] = {0xfb56, 4},
    [0x067f - FIRST_LETTER] = {0xfb62, 4}, [0x0680 - FIRST_LETTER] = {0xfb5a, 4},
    [0x0683 - FIRST_LETTER] = {0xfb76, 4}, [0x0684 - FIRST_LETTER] = {0xfb72, 4},
    [0x0686 - FIRST_LETTER] = {0xfb7a, 4}, [0x0687 - FIRST_LETTER] = {0xfb7e, 4},
    [0x0688 - FIRST_LETTER] = {0xfb88, 2}, [0x068c - FIRST_LETTER] = {0xfb84, 2},
    [0x068d - FIRST_LETTER] = {0xfb82, 2}, [0x068e - FIRST_LETTER] = {0xfb86, 2},
    [0x0691 - FIRST_LETTER] = {0xfb8c, 2}, [0x0698 - FIRST_LETTER] = {0xfb8a, 2},
    [0x06a4 - FIRST_LETTER] = {0xfb6a, 4}, [0x06a6 - FIRST_LETTER] = {0xfb6e, 4},
    [0x06a9 - FIRST_LETTER] = {0xfb8e, 4}, [0x06ad - FIRST_LETTER] = {0xfbd3, 4},
    [0x06af - FIRST_LETTER] = {0xfb92, 4}, [0x06b1 - FIRST_LETTER] = {0xfb9a, 4},
    [0x06b3 - FIRST_LETTER] = {0xfb96, 4}, [0x06ba - FIRST_LETTER] = {0xfb9e, 2},
    [0x06bb - FIRST_LETTER] = {0xfba0, 4}, [0x06be - FIRST_LETTER] = {0xfbaa, 4},
    [0x06c0 - FIRST_LETTER] = {0xfba4, 2}, [0x06c1 - FIRST_LETTER] = {0xfba6, 4},
    [0x06c5 - FIRST_LETTER] = {0xfbe0, 2}, [0x06c6 - FIRST_LETTER] = {0xfbd9, 2},
    [0x06c7 - FIRST_LETTER] = {0xfbd7, 2}, [0x06c8 - FIRST_LETTER] = {0xfbdb, 2},
    [0x06c9 - FIRST_LETTER] = {0xfbe2, 2}, [0x06cb - FIRST_LETTER] = {0xfbde, 2},
    [0x06cc - FIRST_LETTER] = {0xfbfc, 4}, [0x06d0 - FIRST_LETTER] = {0xfbe4, 4},
    [0x06d2 - FIRST_LETTER] = {0xfbae, 2}, [0x06d3 - FIRST_LETTER] = {0xfbb0, 2},
};

/* Alef maksura's other two forms were added later, elsewhere (Uighur). */
enum { ALEF_MAKSURA_INITIAL = 0xfbe8, ALEF_MAKSURA_MEDIAL = 0xfbe9 };

static uint32_t form_of(uint32_t letter, bool joins_before, bool joins_after)
{
    if (letter < FIRST_LETTER || letter > LAST_LETTER)
        return letter;
    if (letter == ALEF_MAKSURA && joins_after)
        return joins_before ? ALEF_MAKSURA_MEDIAL : ALEF_MAKSURA_INITIAL;
    const struct letter_forms *forms = &letter_forms[letter - FIRST_LETTER];
    unsigned form =
        (joins_before ? FORM_FINAL : FORM_ISOLATED) + (joins_after ? (unsigned)FORM_INITIAL : 0);
    if (form >= forms->count)
        form = joins_before && forms->count > FORM_FINAL ? FORM_FINAL : FORM_ISOLATED;
    return forms->count > 0 ? forms->isolated + form : letter;
}

/* The isolated ligature of lam with alef; the final one follows it. 0 when it is no alef. */
static uint32_t lam_alef(uint32_t alef)
{
    switch (alef) {
    case 0x622:
        return 0xfef5;
    case 0x623:
        return 0xfef7;
    case 0x625:
        return 0xfef9;
    case 0x627:
        return 0xfefb;
    default:
        return 0;
    }
}

/* The letter that waits for what follows it. */
struct pending {
    size_t at;
    bool there;        /* there is one that may join the next */
    bool joins_before; /* it is joined to the letter before it */
    unsigned marks;    /* on it so far */
};

static FriBidiJoiningType joining_type(uint32_t codepoint, uint8_t shown)
{
    if (shown == SHOWN_MARK)
        return FRIBIDI_JOINING_TYPE_T;
    if (codepoint == ZERO_WIDTH_JOINER)
        return FRIBIDI_JOINING_TYPE_C;
    if (codepoint == ZERO_WIDTH_NON_JOINER)
        return FRIBIDI_JOINING_TYPE_U;
    if (shown == SHOWN_SILENT)
        return FRIBIDI_JOINING_TYPE_T;
    /* A marker stands between the letters, whatever the character behind it would do. */
    return shown == SHOWN_BASE ? fribidi_get_joining_type(codepoint) : FRIBIDI_JOINING_TYPE_U;
}

static unsigned marks_behind(const uint8_t *shown, size_t size, size_t at)
{
    size_t end = at + 1;
    while (end < size && shown[end] == SHOWN_MARK)
        end++;
    return (unsigned)(end - at - 1);
}

/* Makes the ligature if lam waits and alef stands at at, and their marks have room in one cell. */
static bool make_ligature(uint32_t *text, uint8_t *shown, size_t size, size_t at,
                          const struct pending *lam)
{
    uint32_t ligature = lam_alef(text[at]);
    if (ligature == 0 || text[lam->at] != LAM ||
        lam->marks + marks_behind(shown, size, at) > GLYPH_CODEPOINTS - 1)
        return false;
    text[lam->at] = ligature + lam->joins_before;
    shown[at] = SHOWN_SILENT;
    return true;
}

/* Takes the character at at, which is not transparent. */
static void join_next(uint32_t *text, uint8_t *shown, const uint8_t *levels, size_t size, size_t at,
                      struct pending *pending)
{
    FriBidiJoiningType type = joining_type(text[at], shown[at]);
    bool right_to_left = levels[at] % 2 == 1;
    bool joins = pending->there && right_to_left && levels[pending->at] == levels[at] &&
                 FRIBIDI_JOINS_RIGHT(type);
    if (joins && make_ligature(text, shown, size, at, pending)) {
        *pending = (struct pending){0};
        return;
    }
    if (pending->there)
        text[pending->at] = form_of(text[pending->at], pending->joins_before, joins);
    bool goes_on = right_to_left && FRIBIDI_JOINS_LEFT(type);
    *pending = (struct pending){.at = at, .there = goes_on, .joins_before = joins};
    if (right_to_left && !goes_on)
        text[at] = form_of(text[at], joins, false);
}

void shape_join(uint32_t *text, uint8_t *shown, const uint8_t *levels, size_t size)
{
    struct pending pending = {0};
    for (size_t i = 0; i < size; i++) {
        if (FRIBIDI_IS_JOIN_SKIPPED(joining_type(text[i], shown[i])))
            pending.marks++;
        else
            join_next(text, shown, levels, size, i, &pending);
    }
    if (pending.there)
        text[pending.at] = form_of(text[pending.at], pending.joins_before, false);
}
