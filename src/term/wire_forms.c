/* Every form a row can have is followed, until one shows the picture or none does: what there is to
 * follow, and where that may be less without missing any. */
#include "term/wire_follow.h"

#include <fribidi.h>
#include <string.h>

enum { ITEMS_MOST = UINT8_MAX - 1, BLANK_LEVELS_MOST = 7 /* see parts_read() */ };

/* Which levels a character can have, by rules W4 to I2; a blank as any strong one. */
static uint8_t levels_of(uint8_t class, uint8_t base)
{
    uint8_t left = base ? WIRE_BIT_WITHIN : WIRE_BIT_LEFT;
    switch (class) {
    case WIRE_CLASS_L:
        return left;
    case WIRE_CLASS_R:
    case WIRE_CLASS_AL:
        return WIRE_BIT_RIGHT;
    case WIRE_CLASS_EN:
        return left | WIRE_BIT_WITHIN;
    case WIRE_CLASS_AN:
        return WIRE_BIT_WITHIN;
    case WIRE_CLASS_NEUTRAL:
        return left | WIRE_BIT_RIGHT;
    default:
        return left | WIRE_BIT_RIGHT | WIRE_BIT_WITHIN;
    }
}

/* Where levels may change within blanks that stand side by side.
 *
 * Not everywhere: of every form there is another in which they are alike but for the last six. What
 * each blank has is its level and what it is sent as. Two of one level side by side stand side by side
 * in the row sent, too. Where they are sent as the same, one of them may be taken out of the row or put
 * into it, and no rule sees a difference; nor does any where one is plain beside a seam, and is taken
 * out. So take out all that is so: the levels now change from each to the next. Within, one at the
 * level that is not the row's own has others of the row's level at both sides; being plain, it would be
 * neutral with these and of their direction, so it is a seam. And one of the row's own level between
 * two such seams would be of their direction, so it is a seam as well. Where four of these seams follow
 * each other, the two in the middle may be taken out: each kind is still there, in the same brackets,
 * and the first and the last are the same. Five within is therefore the most that remains, and one at
 * each end: seven. Now put those that were taken out beside the leftmost, sent as it is.
 *
 * That goes for one reader. Two give a blank two levels: where this finds them nothing, all is followed. */
static void parts_read(struct wire_search *search)
{
    const struct wire_source *source = search->source;
    memset(search->parts, true, (source->count + 1) * sizeof *search->parts);
    for (size_t start = 0; search->narrow && start < source->count; start++) {
        size_t end = start;
        while (end < source->count && source->items[end].blank)
            end++;
        for (size_t i = start + 1; i + BLANK_LEVELS_MOST - 1 < end; i++)
            search->parts[i] = false;
        start = end > start ? end - 1 : start;
    }
}

/* False when there are more brackets than can be followed. */
static bool read_brackets(struct wire_search *search)
{
    for (size_t i = 0; i < search->source->count; i++) {
        FriBidiBracketType bracket = fribidi_get_bracket(search->source->items[i].codepoint);
        if (bracket == FRIBIDI_NO_BRACKET)
            continue;
        if (search->bracket_count == WIRE_RULES_OPEN_MOST)
            return false;
        search->brackets[search->bracket_count++] =
            (struct wire_bracket){(uint16_t)FRIBIDI_BRACKET_ID(bracket), (uint8_t)i};
    }
    return true;
}

static void state_start(const struct wire_search *search, struct wire_beginning *state)
{
    *state = (struct wire_beginning){.begun = false};
    for (unsigned i = 0; i < search->reader_count; i++) {
        uint8_t right_end = search->base ? (uint8_t)search->source->count : 0;
        state->readers[i].cursor =
            (struct wire_cursor){.at = right_end, .high = right_end, .last = WIRE_NOWHERE};
        wire_rules_start(&state->readers[i].rules, search->base);
    }
}

/* Follows every form that is right for the readers the search has. */
static enum wire_forms follow_all(struct wire_search *search, bool narrow)
{
    struct wire_beginning state;
    search->narrow = narrow;
    search->keys = NULL;
    search->capacity = search->count = 0;
    search->spent = false;
    parts_read(search);
    state_start(search, &state);
    if (wire_follow(search, &state, 0))
        return WIRE_FORMS_FOUND;
    return search->spent ? WIRE_FORMS_UNKNOWN : WIRE_FORMS_NONE;
}

/* What is right for both readers must be for each, and that alone is sooner known. */
static enum wire_forms follow_both(struct wire_search *search)
{
    search->pairs[0] = false;
    enum wire_forms forms = follow_all(search, true);
    if (forms == WIRE_FORMS_NONE || search->bracket_count == 0)
        return forms;
    search->pairs[0] = true;
    forms = follow_all(search, true);
    if (forms == WIRE_FORMS_NONE)
        return forms;
    search->pairs[search->reader_count++] = false;
    forms = follow_all(search, true);
    return forms == WIRE_FORMS_NONE ? follow_all(search, false) : forms;
}

enum wire_forms wire_forms_find(struct wire_source *source, struct wire_attempt *attempt,
                                bool seam_at_caret)
{
    enum wire_brackets brackets = source->profile->brackets;
    struct wire_search search = {
        .source = source,
        .attempt = attempt,
        .base = attempt->right_to_left,
        .first_strong = source->profile->direction == WIRE_DIRECTION_FIRST_STRONG,
        .caret = seam_at_caret ? SIZE_MAX : source->caret,
        .reader_count = 1,
    };
    if (source->count == 0 || source->count > ITEMS_MOST || !read_brackets(&search))
        return WIRE_FORMS_UNKNOWN;
    arena_reset(source->scratch);
    search.levels = arena_new(source->scratch, source->count, sizeof *search.levels);
    search.parts = arena_new(source->scratch, source->count + 1, sizeof *search.parts);
    for (size_t i = 0; i < source->count; i++)
        search.levels[i] = levels_of(source->items[i].class, search.base);
    if (brackets == WIRE_BRACKETS_UNKNOWN)
        return follow_both(&search);
    search.pairs[0] = brackets == WIRE_BRACKETS_PAIRED;
    return follow_all(&search, true);
}
