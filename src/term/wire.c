/* A row for the wire, from the best attempt: as one paragraph, or as the several into which some
 * terminals part it. */
#include "term/wire.h"

#include "term/wire_attempt.h"

#include <string.h>

enum {
    BRAILLE_PATTERN_BLANK = 0x2800, /* bidi class L, without a dot */
    HEBREW_LETTER_YOD = 0x5d9,      /* bidi class R, and the least ink of them */
    CHECKS = 500,                   /* of attempts at a row: a few milliseconds */
    STATES = 120000,                /* followed where none was right: 100 milliseconds at most */
    STATES_BEFORE_OVERRIDE = 2000,  /* as many where anything can be shown otherwise */
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
    .overrides = true,
};

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
                                      size_t width, int caret, unsigned checks, size_t *states)
{
    struct wire_source source = {
        .arena = arena,
        .scratch = scratch,
        .profile = profile,
        .cells = cells,
        .checks = checks,
        .states = *states,
    };
    if (profile->overrides && source.states > STATES_BEFORE_OVERRIDE)
        source.states = STATES_BEFORE_OVERRIDE;
    size_t before = source.states;
    struct wire_attempt best;
    wire_source_read(&source, width, caret);
    enum wire_result result = wire_best_find(&source, &best);
    *states -= before - source.states;
    struct wire_row row;
    if (result > WIRE_EXACT && profile->overrides && wire_override_make(&source, width, &row))
        return row;
    return row_of(&source, &best, width, result);
}

/* --- rows of several paragraphs --------------------------------------------------------------- */

/* The first parting cell at or behind start, or width. */
static size_t part_end(const struct cell *cells, size_t start, size_t width)
{
    while (start < width && !wire_cell_parts(&cells[start]))
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
                                  size_t width, int caret, unsigned checks, size_t *states)
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
                               within < (int)(end - start) ? within : -1, checks, states);
            part_add(&row, cells, wire_of, visual_of, start, &part);
        }
        start = end + 1;
    }
    return row;
}

struct wire_row wire_row_once(struct arena *arena, struct arena *scratch,
                              const struct wire_profile *profile, const struct cell *cells,
                              size_t width, int caret, unsigned checks, size_t *states)
{
    bool letters;
    bool needed = wire_source_needed(cells, width, &letters);
    if (!needed || (profile->parts && !letters))
        return (struct wire_row){.cells = cells, .width = width, .result = WIRE_UNTOUCHED};
    if (profile->parts && part_end(cells, 0, width) < width)
        return parts_make(arena, scratch, profile, cells, width, caret, checks, states);
    return paragraph_make(arena, scratch, profile, cells, width, caret, checks, states);
}

struct wire_row wire_row_make(struct arena *arena, struct arena *scratch,
                              const struct wire_profile *profile, const struct cell *cells,
                              size_t width, int caret, size_t *states)
{
    size_t most = STATES, given = states && *states < most ? *states : most, left = given;
    struct wire_row row =
        wire_row_once(arena, scratch, profile, cells, width, caret, CHECKS, &left);
    if (row.result == WIRE_MISPLACED)
        wire_near_make(arena, scratch, profile, cells, width, caret, &left, &row);
    if (states)
        *states -= given - left;
    return row;
}

int wire_row_x(const struct wire_row *row, int x)
{
    bool inside = x >= 0 && (size_t)x < row->width;
    return inside && row->wire_of ? (int)row->wire_of[x] : x;
}
