/* Which attempt becomes the wire row: both directions are tried, mended where brackets or numbers
 * came out otherwise than foreseen, and the exact one with the fewest seams is taken. */
#include "term/wire.h"

#include "term/wire_attempt.h"

#include <limits.h>
#include <string.h>

enum {
    BRAILLE_PATTERN_BLANK = 0x2800, /* bidi class L, without a dot */
    HEBREW_LETTER_YOD = 0x5d9,      /* bidi class R, and the least ink of them */
    ROUNDS = 4 /* brackets that change their direction change others' at most so often */
};

const struct wire_profile wire_profile_putty = {
    .left_seam = BRAILLE_PATTERN_BLANK,
    .right_seam = HEBREW_LETTER_YOD,
    .mirrors = WIRE_MIRRORS_ALWAYS,
    .direction = WIRE_DIRECTION_FIRST_STRONG,
    .brackets = WIRE_BRACKETS_UNKNOWN,
};

const struct wire_profile wire_profile_mlterm = {
    .left_seam = 'i',
    .left_hidden = true,
    .right_seam = HEBREW_LETTER_YOD,
    .mirrors = WIRE_MIRRORS_REVERSED,
    .direction = WIRE_DIRECTION_FIRST_STRONG,
    .brackets = WIRE_BRACKETS_UNKNOWN, /* as the FriBidi it was built with has it */
    .whole = true,
    .parts = true,
};

const struct wire_profile wire_profile_vte = {
    .left_seam = BRAILLE_PATTERN_BLANK,
    .right_seam = HEBREW_LETTER_YOD,
    .mirrors = WIRE_MIRRORS_ALWAYS,
    .direction = WIRE_DIRECTION_LEFT_TO_RIGHT,
    .brackets = WIRE_BRACKETS_PAIRED,
};

/* --- attempts --------------------------------------------------------------------------------- */

static void attempt_init(const struct wire_source *source, struct wire_attempt *attempt,
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
static void attempt_reset(const struct wire_source *source, struct wire_attempt *attempt)
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
static bool adopt_brackets(const struct wire_source *source, struct wire_attempt *attempt)
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
static bool settle_from(const struct wire_source *source, struct wire_attempt *attempt,
                        uint8_t start)
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

static bool attempt_settle(const struct wire_source *source, struct wire_attempt *attempt)
{
    uint8_t own = attempt->right_to_left ? WIRE_CLASS_R : WIRE_CLASS_L;
    return settle_from(source, attempt, WIRE_CLASS_NEUTRAL) ||
           (source->bracketed && settle_from(source, attempt, own));
}

/* Takes as many seams out of [start, end) as can be spared, by halves. The attempt must be settled
 * again afterwards. */
static void attempt_prune(const struct wire_source *source, struct wire_attempt *attempt,
                          size_t start, size_t end)
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

static void attempt_start(const struct wire_source *source, struct wire_attempt *attempt,
                          bool right_to_left, struct way way)
{
    attempt->right_to_left = right_to_left;
    attempt->preference = way.preference;
    attempt->numbers_right = way.numbers_right;
    attempt_reset(source, attempt);
    wire_seams_put(source, attempt);
}

/* Tries one direction with as few seams as seem needed. */
static void try_direction(const struct wire_source *source, struct wire_attempt *best,
                          struct wire_attempt *attempt, bool right_to_left)
{
    size_t count = sizeof ways / sizeof ways[0];
    for (size_t i = 0; i < count && (i == 0 || best->misplaced > 0); i++) {
        attempt_start(source, attempt, right_to_left, ways[i]);
        attempt_settle(source, attempt);
        keep_better(best, attempt);
    }
}

/* Ways to put more seams than seem needed. */
static void (*const generous[])(const struct wire_source *, struct wire_attempt *) = {
    wire_seams_surround, wire_seams_fill, wire_seams_surround_widely};

/* Tries one direction with more seams, and takes out what can be spared. */
static void try_generously(const struct wire_source *source, struct wire_attempt *best,
                           struct wire_attempt *attempt, bool right_to_left)
{
    for (size_t way = 0; way < sizeof generous / sizeof generous[0] && best->misplaced > 0; way++) {
        attempt_start(source, attempt, right_to_left, (struct way){WIRE_PREFER_BOTH, false});
        generous[way](source, attempt);
        if (attempt_settle(source, attempt)) {
            attempt_prune(source, attempt, 0, source->count);
            attempt_settle(source, attempt);
        }
        keep_better(best, attempt);
    }
}

static void find_best(const struct wire_source *source, struct wire_attempt *best)
{
    bool both = source->profile->direction == WIRE_DIRECTION_FIRST_STRONG;
    struct wire_attempt attempt;
    attempt_init(source, best, false);
    attempt_init(source, &attempt, false);
    best->misplaced = UINT_MAX;
    try_direction(source, best, &attempt, false);
    if (both && (best->misplaced > 0 || best->seam_count > 0))
        try_direction(source, best, &attempt, true);
    if (best->misplaced > 0)
        try_generously(source, best, &attempt, false);
    if (best->misplaced > 0 && both)
        try_generously(source, best, &attempt, true);
}

/* The best row, and what is to be said of it. Where none is right on every terminal of the profile,
 * one for those that pair brackets is: there are more of them every year. */
static enum wire_result find_row(struct wire_source *source, struct wire_attempt *best)
{
    find_best(source, best);
    if (best->misplaced == 0)
        return WIRE_EXACT;
    if (source->profile->brackets != WIRE_BRACKETS_UNKNOWN || !source->bracketed)
        return WIRE_MISPLACED;
    const struct wire_profile *profile = source->profile;
    struct wire_profile paired = *profile;
    paired.brackets = WIRE_BRACKETS_PAIRED;
    source->profile = &paired;
    find_best(source, best);
    source->profile = profile;
    if (best->misplaced > 0)
        return WIRE_MISPLACED;
    wire_attempt_check(source, best);
    bool either_way = best->misplaced == 0;
    best->misplaced = 0;
    return either_way ? WIRE_EXACT : WIRE_PAIRED;
}

/* --- the result ------------------------------------------------------------------------------- */

static struct cell seam_cell(const struct wire_source *source, const struct wire_attempt *attempt,
                             size_t item, struct cell cell)
{
    bool left = attempt->seams[item] == WIRE_CLASS_L;
    cell.glyph = (struct glyph){.width = 1};
    if (!left || source->profile->left_hidden)
        cell.style |= WIRE_STYLE_HIDDEN;
    return cell;
}

static struct wire_row row_of(const struct wire_source *source, const struct wire_attempt *attempt,
                              size_t width, enum wire_result result)
{
    struct cell *cells = arena_new(source->arena, width, sizeof *cells);
    uint32_t *wire_of = arena_new(source->arena, width, sizeof *wire_of);
    uint32_t *visual_of = arena_new(source->arena, width, sizeof *visual_of);
    uint32_t x = 0;
    for (size_t i = 0; i < source->count; i++) {
        size_t at = attempt->order[i];
        const struct wire_item *item = &source->items[at];
        cells[x] = source->cells[item->column];
        if (attempt->seams[at] != WIRE_CLASS_NEUTRAL)
            cells[x] = seam_cell(source, attempt, at, cells[x]);
        cells[x].glyph.codepoint[0] = wire_attempt_codepoint(source, attempt, i);
        for (uint32_t k = 0; k < item->columns; k++) {
            if (k > 0)
                cells[x + k] = source->cells[item->column + k];
            wire_of[item->column + k] = x + k;
            visual_of[x + k] = item->column + k;
        }
        x += item->columns;
    }
    return (struct wire_row){
        .cells = cells,
        .wire_of = wire_of,
        .visual_of = visual_of,
        .width = width,
        .result = result,
        .right_to_left = attempt->right_to_left,
        .seams = attempt->seam_count,
        .misplaced = attempt->misplaced,
    };
}

/* A stretch of cells that is a paragraph to the terminal. */
static struct wire_row paragraph_make(struct arena *arena, struct arena *scratch,
                                      const struct wire_profile *profile, const struct cell *cells,
                                      size_t width, int caret)
{
    struct wire_source source = {
        .arena = arena, .scratch = scratch, .profile = profile, .cells = cells};
    struct wire_attempt best;
    wire_source_read(&source, width, caret);
    enum wire_result result = find_row(&source, &best);
    return row_of(&source, &best, width, result);
}

/* --- rows of several paragraphs --------------------------------------------------------------- */

/* True for what parts a row into paragraphs on some terminals. */
static bool is_parting(const struct cell *cell)
{
    enum { BOX_LINES_FIRST = 0x2500, BLOCKS_LAST = 0x259f };
    uint32_t codepoint = cell->glyph.codepoint[0];
    return codepoint >= BOX_LINES_FIRST && codepoint <= BLOCKS_LAST;
}

/* The first parting cell at or behind start, or width. */
static size_t part_end(const struct cell *cells, size_t start, size_t width)
{
    while (start < width && !is_parting(&cells[start]))
        start++;
    return start;
}

/* Puts the wire row of a part into the row, from column start on. */
static void part_add(struct wire_row *row, struct cell *cells, uint32_t *wire_of,
                     uint32_t *visual_of, size_t start, const struct wire_row *part)
{
    memcpy(cells + start, part->cells, part->width * sizeof *cells);
    for (size_t i = 0; part->wire_of && i < part->width; i++) {
        wire_of[start + i] = (uint32_t)start + part->wire_of[i];
        visual_of[start + i] = (uint32_t)start + part->visual_of[i];
    }
    row->result = part->result > row->result ? part->result : row->result;
    row->seams += part->seams;
    row->misplaced += part->misplaced;
}

/* Every part its own paragraph, from left to right. */
static struct wire_row parts_make(struct arena *arena, struct arena *scratch,
                                  const struct wire_profile *profile, const struct cell *visual,
                                  size_t width, int caret)
{
    struct cell *cells = arena_new(arena, width, sizeof *cells);
    uint32_t *wire_of = arena_new(arena, width, sizeof *wire_of);
    uint32_t *visual_of = arena_new(arena, width, sizeof *visual_of);
    struct wire_row row = {
        .cells = cells, .wire_of = wire_of, .visual_of = visual_of, .width = width};
    struct wire_profile each = *profile;
    bool begun = false, letters; /* begun: a letter of class R or AL came */
    each.direction = WIRE_DIRECTION_LEFT_TO_RIGHT;
    memcpy(cells, visual, width * sizeof *cells);
    for (size_t x = 0; x < width; x++)
        wire_of[x] = visual_of[x] = (uint32_t)x;
    for (size_t start = 0; start < width;) {
        size_t end = part_end(visual, start, width);
        bool needed = wire_source_needed(visual + start, end - start, &letters);
        begun = begun || letters;
        if (needed && begun) {
            int within = caret - (int)start;
            struct wire_row part =
                paragraph_make(arena, scratch, &each, visual + start, end - start,
                               within < (int)(end - start) ? within : -1);
            part_add(&row, cells, wire_of, visual_of, start, &part);
        }
        start = end + 1;
    }
    return row;
}

/* Draws box lines with ASCII; false when something parts the row that has no such form. */
static bool draw_lines_plainly(struct cell *cells, size_t width)
{
    enum { HORIZONTAL = 0x2500, VERTICAL = 0x2502, LINES_LAST = 0x257f };
    for (size_t x = 0; x < width; x++) {
        uint32_t *codepoint = &cells[x].glyph.codepoint[0];
        if (!is_parting(&cells[x]))
            continue;
        if (*codepoint > LINES_LAST)
            return false;
        *codepoint = *codepoint == HORIZONTAL ? '-' : *codepoint == VERTICAL ? '|' : '+';
    }
    return true;
}

/* The row without what parts it, where its parts cannot be shown: its direction is then a choice. */
static bool relined_make(struct arena *arena, struct arena *scratch,
                         const struct wire_profile *profile, const struct cell *visual,
                         size_t width, int caret, struct wire_row *row)
{
    struct cell *cells = arena_new(arena, width, sizeof *cells);
    memcpy(cells, visual, width * sizeof *cells);
    if (!draw_lines_plainly(cells, width))
        return false;
    struct wire_row relined = paragraph_make(arena, scratch, profile, cells, width, caret);
    if (relined.result > WIRE_PAIRED) {
        /* A bracket alone in its direction is then seen turned the other way. */
        struct wire_profile mirroring = *profile;
        mirroring.mirrors = WIRE_MIRRORS_ALWAYS;
        relined = paragraph_make(arena, scratch, &mirroring, cells, width, caret);
    }
    if (relined.result > WIRE_PAIRED)
        return false;
    *row = relined;
    row->result = WIRE_RELINED;
    return true;
}

struct wire_row wire_row_make(struct arena *arena, struct arena *scratch,
                              const struct wire_profile *profile, const struct cell *cells,
                              size_t width, int caret)
{
    bool letters;
    bool needed = wire_source_needed(cells, width, &letters);
    if (!needed || (profile->parts && !letters))
        return (struct wire_row){.cells = cells, .width = width, .result = WIRE_UNTOUCHED};
    if (profile->parts && part_end(cells, 0, width) < width) {
        struct wire_row row = parts_make(arena, scratch, profile, cells, width, caret);
        if (row.result == WIRE_MISPLACED)
            relined_make(arena, scratch, profile, cells, width, caret, &row);
        return row;
    }
    return paragraph_make(arena, scratch, profile, cells, width, caret);
}

int wire_row_x(const struct wire_row *row, int x)
{
    bool inside = x >= 0 && (size_t)x < row->width;
    return inside && row->wire_of ? (int)row->wire_of[x] : x;
}
