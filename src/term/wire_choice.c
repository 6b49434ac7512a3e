/* Which attempt becomes the wire row: both directions are tried, mended where brackets or numbers
 * came out otherwise than foreseen, and the exact one with the fewest seams is taken. */
#include "term/wire_attempt.h"

#include <limits.h>
#include <string.h>

enum {
    ROUNDS = 4,         /* brackets that change their direction change others' at most so often */
    BRACKETS_MOST = 8,  /* tried one by one */
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

/* Takes as many seams out of [start, end) as can be spared, by halves. The attempt must be settled
 * again afterwards. */
static void attempt_prune(struct wire_source *source, struct wire_attempt *attempt, size_t start,
                          size_t end)
{
    size_t size = end - start;
    unsigned before = attempt->seam_count;
    uint8_t *kept = arena_new(source->arena, size, sizeof *kept);
    memcpy(kept, attempt->seams + start, size);
    for (size_t i = start; i < end; i++)
        wire_seam_set(source, attempt, i, WIRE_CLASS_NEUTRAL);
    if (attempt->seam_count == before || attempt_settle(source, attempt))
        return;
    for (size_t i = start; i < end; i++)
        wire_seam_set(source, attempt, i, kept[i - start]);
    if (size > 1) {
        attempt_prune(source, attempt, start, start + size / 2);
        attempt_prune(source, attempt, start + size / 2, end);
    }
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

/* Ways to put more seams than seem needed. */
static void (*const generous[])(const struct wire_source *, struct wire_attempt *) = {
    wire_seams_surround, wire_seams_fill, wire_seams_surround_widely};

/* Tries one direction with more seams, and takes out what can be spared. */
static void try_generously(struct wire_source *source, struct wire_attempt *best,
                           struct wire_attempt *attempt, bool right_to_left)
{
    for (size_t way = 0; way < sizeof generous / sizeof generous[0] && is_open(source, best);
         way++) {
        attempt_start(source, attempt, right_to_left, (struct way){WIRE_PREFER_BOTH, false});
        generous[way](source, attempt);
        if (attempt_settle(source, attempt)) {
            attempt_prune(source, attempt, 0, source->count);
            attempt_settle(source, attempt);
        }
        keep_better(best, attempt);
    }
}

/* A bracket's blanks, SIZE_MAX where there is none. */
struct beside {
    size_t at[2]; /* left, right */
};

/* What the search for them begins with. */
static const struct beginning {
    enum wire_preference preference;
    bool farthest; /* before the next letter, not the nearest */
    bool parted;   /* all brackets are parted from what stands beside them */
} beginnings[] = {
    {WIRE_PREFER_RIGHT, false, false}, {WIRE_PREFER_LEFT, false, false},
    {WIRE_PREFER_RIGHT, true, false},  {WIRE_PREFER_RIGHT, false, true},
    {WIRE_PREFER_RIGHT, true, true},
};

static size_t brackets_find(struct wire_source *source, const struct wire_attempt *attempt,
                            bool farthest, struct beside *brackets)
{
    size_t count = 0;
    for (size_t i = 0; i < source->count && count < BRACKETS_MOST; i++) {
        if (!is_bracket(&source->items[i]))
            continue;
        brackets[count++] =
            (struct beside){{wire_seams_beside(source, attempt, i, false, farthest),
                             wire_seams_beside(source, attempt, i + 1, true, farthest)}};
    }
    return count;
}

static void set_beside(struct wire_source *source, struct wire_attempt *attempt,
                       const struct beside *bracket, const uint8_t *classes)
{
    for (int side = 0; side < 2; side++) {
        if (bracket->at[side] != SIZE_MAX)
            wire_seam_set(source, attempt, bracket->at[side], classes[side]);
    }
}

/* Makes seams of the blanks beside a bracket, of either kind or none, if that brings more into place. */
static bool try_bracket(struct wire_source *source, struct wire_attempt *attempt,
                        const struct beside *bracket)
{
    static const uint8_t kinds[][2] = {
        {WIRE_CLASS_NEUTRAL, WIRE_CLASS_R},
        {WIRE_CLASS_R, WIRE_CLASS_NEUTRAL},
        {WIRE_CLASS_NEUTRAL, WIRE_CLASS_L},
        {WIRE_CLASS_L, WIRE_CLASS_NEUTRAL},
        {WIRE_CLASS_R, WIRE_CLASS_R},
        {WIRE_CLASS_L, WIRE_CLASS_L},
        {WIRE_CLASS_L, WIRE_CLASS_R},
        {WIRE_CLASS_R, WIRE_CLASS_L},
        {WIRE_CLASS_NEUTRAL, WIRE_CLASS_NEUTRAL},
    };
    uint8_t kept[2] = {WIRE_CLASS_NEUTRAL, WIRE_CLASS_NEUTRAL};
    unsigned least = attempt->misplaced;
    bool better = false;
    for (int side = 0; side < 2; side++) {
        if (bracket->at[side] != SIZE_MAX)
            kept[side] = attempt->seams[bracket->at[side]];
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && least > 0 && source->checks > 0; i++) {
        set_beside(source, attempt, bracket, kinds[i]);
        attempt_settle(source, attempt);
        if (attempt->misplaced < least) {
            least = attempt->misplaced;
            memcpy(kept, kinds[i], sizeof kept);
            better = true;
        }
    }
    set_beside(source, attempt, bracket, kept);
    attempt_settle(source, attempt);
    return better;
}

/* Tries one direction, each bracket parted from the text beside it or brought to it. */
static void try_brackets(struct wire_source *source, struct wire_attempt *best,
                         struct wire_attempt *attempt, bool right_to_left)
{
    struct beside brackets[BRACKETS_MOST];
    const uint8_t other = right_to_left ? WIRE_CLASS_L : WIRE_CLASS_R;
    const uint8_t others[2] = {other, other};
    size_t most = sizeof beginnings / sizeof beginnings[0];
    for (size_t k = 0; k < most && is_open(source, best); k++) {
        const struct beginning *beginning = &beginnings[k];
        attempt_start(source, attempt, right_to_left, (struct way){beginning->preference, false});
        size_t count = brackets_find(source, attempt, beginning->farthest, brackets);
        for (size_t i = 0; beginning->parted && i < count; i++)
            set_beside(source, attempt, &brackets[i], others);
        attempt_settle(source, attempt);
        for (bool better = true; better && is_open(source, attempt);) {
            better = false;
            for (size_t i = 0; i < count && is_open(source, attempt); i++)
                better = try_bracket(source, attempt, &brackets[i]) || better;
        }
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
    for (int right = 0; right <= both && is_open(source, best); right++)
        try_generously(source, best, &attempt, right);
    for (int right = 0; right <= both && source->bracketed && is_open(source, best); right++)
        try_brackets(source, best, &attempt, right);
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
