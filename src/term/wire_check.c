/* The proof of an attempt: the terminal's own pass over the wire row, and what it would show. */
#include "term/wire_attempt.h"

#include "text/bidi.h"

#include <string.h>

/* Stands for a bracket where the terminal knows of no pairs: neutral, mirrored by nobody. */
static const uint32_t plain_neutral = '!';

/* Whether the terminal mirrors what stands at a place of the wire row.
 * seen   of each place, where it is seen among count
 * level  of the item there */
static bool is_mirrored(const struct wire_profile *profile, const uint32_t *seen, size_t count,
                        size_t place, uint8_t level)
{
    if (profile->mirrors != WIRE_MIRRORS_REVERSED)
        return profile->mirrors == WIRE_MIRRORS_ALWAYS && level % 2 == 1;
    return (place > 0 && seen[place - 1] == seen[place] + 1) ||
           (place + 1 < count && seen[place] == seen[place + 1] + 1);
}

uint32_t wire_attempt_codepoint(const struct wire_source *source,
                                const struct wire_attempt *attempt, size_t place)
{
    const struct wire_profile *profile = source->profile;
    size_t item = attempt->order[place];
    if (attempt->seams[item] != WIRE_CLASS_NEUTRAL)
        return attempt->seams[item] == WIRE_CLASS_L ? profile->left_seam : profile->right_seam;
    bool turned = is_mirrored(profile, attempt->order, source->count, place, attempt->levels[item]);
    return turned ? source->items[item].mirrored : source->items[item].codepoint;
}

/* True when item, shown turned or not, cannot be told from what should be seen at place. */
static bool looks_alike(const struct wire_source *source, size_t item, bool turned, size_t place)
{
    const struct wire_item *there = &source->items[item];
    uint32_t codepoint = turned ? there->mirrored : there->codepoint;
    const struct cell *one = &source->cells[there->column];
    const struct cell *other = &source->cells[source->items[place].column];
    return codepoint == source->items[place].codepoint && one->style == other->style &&
           memcmp(one->glyph.codepoint + 1, other->glyph.codepoint + 1,
                  sizeof one->glyph.codepoint - sizeof one->glyph.codepoint[0]) == 0;
}

/* Counts the columns that differ.
 * shown  from left to right, which place of the wire row is seen there
 * given  of each item, its level */
static unsigned count_misplaced(const struct wire_source *source,
                                const struct wire_attempt *attempt, const uint32_t *shown,
                                const uint8_t *given)
{
    const struct wire_profile *profile = source->profile;
    uint32_t *seen = arena_new(source->scratch, source->count, sizeof *seen);
    unsigned misplaced = 0;
    for (size_t i = 0; i < source->count; i++)
        seen[shown[i]] = (uint32_t)i;
    for (size_t i = 0; i < source->count; i++) {
        size_t place = shown[i], item = attempt->order[place];
        const struct wire_item *there = &source->items[item];
        bool turned =
            there->mirrored != there->codepoint &&
            is_mirrored(profile, seen, source->count, place, given[item]) !=
                is_mirrored(profile, attempt->order, source->count, place, attempt->levels[item]);
        if ((turned || item != i) && !looks_alike(source, item, turned, i))
            misplaced += there->columns;
    }
    return misplaced;
}

/* The terminal's pass; fills given and returns how many columns would be wrong.
 * text  the row's characters in wire order */
static unsigned pass(const struct wire_source *source, const struct wire_attempt *attempt,
                     const uint32_t *text, uint8_t *given)
{
    size_t count = source->count;
    bool first_strong = source->profile->direction == WIRE_DIRECTION_FIRST_STRONG;
    uint8_t *levels = arena_new(source->scratch, count, sizeof *levels);
    uint32_t *shown = arena_new(source->scratch, count, sizeof *shown);
    uint8_t base_level =
        bidi_levels(source->scratch, text, count, first_strong ? DIRECTION_AUTO : DIRECTION_LTR,
                    DIRECTION_LTR, levels);
    bidi_end_line(text, count, base_level, levels);
    bidi_order(levels, count, shown);
    for (size_t i = 0; i < count; i++)
        given[attempt->order[i]] = levels[i];
    return count_misplaced(source, attempt, shown, given);
}

/* Makes brackets plain neutrals; false when there are none. */
static bool hide_brackets(const struct wire_source *source, const struct wire_attempt *attempt,
                          uint32_t *text)
{
    bool found = false;
    for (size_t i = 0; i < source->count; i++) {
        const struct wire_item *item = &source->items[attempt->order[i]];
        if (item->mirrored != item->codepoint) {
            text[i] = plain_neutral;
            found = true;
        }
    }
    return found;
}

void wire_attempt_check(struct wire_source *source, struct wire_attempt *attempt)
{
    source->checks -= source->checks > 0;
    enum wire_brackets brackets = source->profile->brackets;
    arena_reset(source->scratch);
    uint32_t *text = arena_new(source->scratch, source->count, sizeof *text);
    /* A run at a level is the same items seen from both orders: rule L2 is its own inverse. */
    bidi_order(attempt->levels, source->count, attempt->order);
    for (size_t i = 0; i < source->count; i++)
        text[i] = wire_attempt_codepoint(source, attempt, i);
    attempt->misplaced = 0;
    if (brackets != WIRE_BRACKETS_NEUTRAL)
        attempt->misplaced = pass(source, attempt, text, attempt->given);
    if (brackets == WIRE_BRACKETS_PAIRED || attempt->misplaced > 0)
        return;
    if (hide_brackets(source, attempt, text) || brackets == WIRE_BRACKETS_NEUTRAL)
        attempt->misplaced = pass(source, attempt, text, attempt->given);
}
