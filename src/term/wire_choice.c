/* Which attempt becomes the wire row: both directions are tried, mended where brackets or numbers
 * came out otherwise than foreseen, and the exact one with the fewest seams is taken. */
#include "term/wire_attempt.h"

#include <limits.h>
#include <string.h>

enum {
    ROUNDS = 4,         /* brackets that change their direction change others' at most so often */
    STATES_FIRST = 4000 /* followed of one direction before the other has its turn */
};

/* True while a better attempt is wanted and may be looked for. */
static bool is_open(const struct wire_source *source, const struct wire_attempt *best)
{
    return best->misplaced > 0 && source->checks > 0;
}

/* --- attempts --------------------------------------------------------------------------------- */

static void attempt_init(struct wire_source *source, struct wire_attempt *attempt,
                         bool right_to_left)
{
    size_t count = source->count;
    *attempt = (struct wire_attempt){.right_to_left = right_to_left};
    attempt->classes = arena_new(source->arena, count, sizeof *attempt->classes);
    attempt->seams = arena_new(source->arena, count, sizeof *attempt->seams);
    attempt->levels = arena_new(source->arena, count, sizeof *attempt->levels);
    attempt->given = arena_new(source->arena, count, sizeof *attempt->given);
    attempt->order = arena_new(source->arena, count, sizeof *attempt->order);
}

/* No seams, every item its own class. */
static void attempt_reset(struct wire_source *source, struct wire_attempt *attempt)
{
    for (size_t i = 0; i < source->count; i++)
        attempt->classes[i] = source->items[i].class;
    memset(attempt->seams, WIRE_CLASS_NEUTRAL, source->count);
    attempt->seam_count = 0;
}

static bool is_bracket(const struct wire_item *item)
{
    return item->mirrored != item->codepoint;
}

/* Gives brackets the direction that rule N0 gave them; false when none changed. */
static bool adopt_brackets(struct wire_source *source, struct wire_attempt *attempt)
{
    bool changed = false;
    for (size_t i = 0; i < source->count; i++) {
        if (!is_bracket(&source->items[i]) || attempt->given[i] % 2 == attempt->levels[i] % 2)
            continue;
        attempt->classes[i] = attempt->given[i] % 2 ? WIRE_CLASS_R : WIRE_CLASS_L;
        changed = true;
    }
    return changed;
}

/* Finds the levels for the seams as they are, starting with brackets of class start, and mends the
 * brackets; true when the row is exact. */
static bool settle_from(struct wire_source *source, struct wire_attempt *attempt, uint8_t start)
{
    for (size_t i = 0; i < source->count; i++) {
        if (is_bracket(&source->items[i]))
            attempt->classes[i] = start;
    }
    for (int round = 0; round < ROUNDS; round++) {
        wire_levels_find(source->count, attempt);
        wire_attempt_check(source, attempt);
        if (attempt->misplaced == 0 || !adopt_brackets(source, attempt))
            break;
    }
    return attempt->misplaced == 0;
}

static bool attempt_settle(struct wire_source *source, struct wire_attempt *attempt)
{
    uint8_t own = attempt->right_to_left ? WIRE_CLASS_R : WIRE_CLASS_L;
    return settle_from(source, attempt, WIRE_CLASS_NEUTRAL) ||
           (source->bracketed && settle_from(source, attempt, own));
}

/* --- the choice ------------------------------------------------------------------------------- */

/* Keeps attempt as *best if it is better, and gives back the one to work on next. */
static void keep_better(struct wire_attempt *best, struct wire_attempt *attempt)
{
    bool better = attempt->misplaced < best->misplaced ||
                  (attempt->misplaced == best->misplaced && attempt->seam_count < best->seam_count);
    if (!better)
        return;
    struct wire_attempt other = *best;
    *best = *attempt;
    *attempt = other;
}

/* What is open where a row reads the same: see struct wire_attempt. */
static const struct way {
    enum wire_preference preference;
    bool numbers_right;
} ways[] = {
    {WIRE_PREFER_RIGHT, false}, {WIRE_PREFER_LEFT, false}, {WIRE_PREFER_BOTH, false},
    {WIRE_PREFER_RIGHT, true},  {WIRE_PREFER_LEFT, true},
};

static void attempt_start(struct wire_source *source, struct wire_attempt *attempt,
                          bool right_to_left, struct way way)
{
    attempt->right_to_left = right_to_left;
    attempt->preference = way.preference;
    attempt->numbers_right = way.numbers_right;
    attempt_reset(source, attempt);
    wire_seams_put(source, attempt);
}

/* Tries one direction with as few seams as seem needed. */
static void try_direction(struct wire_source *source, struct wire_attempt *best,
                          struct wire_attempt *attempt, bool right_to_left)
{
    size_t count = sizeof ways / sizeof ways[0];
    for (size_t i = 0; i < count && (i == 0 || is_open(source, best)); i++) {
        attempt_start(source, attempt, right_to_left, ways[i]);
        attempt_settle(source, attempt);
        keep_better(best, attempt);
    }
}

static void find_best(struct wire_source *source, struct wire_attempt *best)
{
    bool both = source->profile->direction == WIRE_DIRECTION_FIRST_STRONG;
    struct wire_attempt attempt;
    attempt_init(source, best, false);
    attempt_init(source, &attempt, false);
    best->misplaced = UINT_MAX;
    try_direction(source, best, &attempt, false);
    if (both && (best->misplaced > 0 || best->seam_count > 0))
        try_direction(source, best, &attempt, true);
}

/* --- every form --------------------------------------------------------------------------------- */

/* Takes out the seams that the row is right without. */
static void spare_seams(struct wire_source *source, struct wire_attempt *attempt)
{
    for (size_t i = 0; i < source->count; i++) {
        uint8_t seam = attempt->seams[i];
        if (seam == WIRE_CLASS_NEUTRAL)
            continue;
        wire_seam_set(source, attempt, i, WIRE_CLASS_NEUTRAL);
        wire_attempt_check(source, attempt);
        if (attempt->misplaced > 0)
            wire_seam_set(source, attempt, i, seam);
    }
    wire_attempt_check(source, attempt);
}

/* Follows every form of one direction. */
static enum wire_forms follow_direction(struct wire_source *source, struct wire_attempt *best,
                                        struct wire_attempt *attempt, bool right_to_left)
{
    bool caret_is_blank = source->caret != SIZE_MAX && source->items[source->caret].blank;
    enum wire_forms forms = WIRE_FORMS_NONE;
    for (int at_caret = !caret_is_blank; at_caret <= 1; at_caret++) {
        attempt->right_to_left = right_to_left;
        attempt_reset(source, attempt);
        forms = wire_forms_find(source, attempt, at_caret);
        if (forms != WIRE_FORMS_FOUND)
            continue;
        for (size_t i = 0; i < source->count; i++)
            attempt->seam_count += attempt->seams[i] != WIRE_CLASS_NEUTRAL;
        spare_seams(source, attempt);
        keep_better(best, attempt);
        break;
    }
    return forms;
}

/* Follows every form of the row where nothing simpler helped: one direction may have one that is soon
 * found, while of the other there are many to follow.
 * most  states for that */
static void follow_all(struct wire_source *source, struct wire_attempt *best, size_t most)
{
    static const size_t rounds[] = {STATES_FIRST, SIZE_MAX};
    bool both = source->profile->direction == WIRE_DIRECTION_FIRST_STRONG;
    bool settled[2] = {false, !both};
    size_t kept = source->states - most;
    struct wire_attempt attempt;
    attempt_init(source, &attempt, false);
    for (size_t round = 0; round < sizeof rounds / sizeof rounds[0]; round++) {
        for (int right = 0; right <= 1 && best->misplaced > 0; right++) {
            size_t before = source->states - kept;
            if (settled[right] || before == 0)
                continue;
            source->states = before < rounds[round] ? before : rounds[round];
            size_t given = source->states;
            enum wire_forms forms = follow_direction(source, best, &attempt, right);
            settled[right] = forms != WIRE_FORMS_UNKNOWN;
            source->states = kept + before - (given - source->states);
        }
    }
}

enum wire_result wire_best_find(struct wire_source *source, struct wire_attempt *best)
{
    bool unknown = source->profile->brackets == WIRE_BRACKETS_UNKNOWN && source->bracketed;
    find_best(source, best);
    follow_all(source, best, unknown ? source->states / 2 : source->states);
    if (best->misplaced == 0)
        return WIRE_EXACT;
    if (!unknown)
        return WIRE_MISPLACED;
    const struct wire_profile *profile = source->profile;
    struct wire_profile paired = *profile;
    paired.brackets = WIRE_BRACKETS_PAIRED;
    source->profile = &paired;
    find_best(source, best);
    follow_all(source, best, source->states);
    source->profile = profile;
    if (best->misplaced > 0)
        return WIRE_MISPLACED;
    wire_attempt_check(source, best);
    bool either_way = best->misplaced == 0;
    best->misplaced = 0;
    return either_way ? WIRE_EXACT : WIRE_PAIRED;
}
