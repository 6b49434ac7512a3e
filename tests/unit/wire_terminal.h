/* A terminal that reorders by itself, for the tests of the wire row: what it would show of a row,
 * and whether any row at all would make it show a given picture. */
#ifndef TESTS_UNIT_WIRE_TERMINAL_H
#define TESTS_UNIT_WIRE_TERMINAL_H

#include "base/arena.h"
#include "term/wire.h"
#include "text/bidi.h"
#include "text/cluster.h"

#include <fribidi.h>
#include <stdbool.h>
#include <string.h>

enum { WIRE_ROW_MOST = 256, WIRE_NO_ROW = 1000 };

/* A picture: a row of cells in visual order. */
struct picture {
    struct cell cells[WIRE_ROW_MOST];
    size_t width;
};

static inline struct cell picture_cell(uint32_t codepoint, uint8_t width)
{
    return (struct cell){.glyph = {.codepoint = {codepoint}, .width = width}};
}

/* Adds one character; a mark goes on the cell before it. */
static inline void picture_add(struct picture *picture, uint32_t codepoint)
{
    unsigned columns = codepoint_width(codepoint);
    if (picture->width + columns > WIRE_ROW_MOST)
        return;
    if (columns == 0 && picture->width > 0) {
        uint32_t *marks = picture->cells[picture->width - 1].glyph.codepoint;
        while (*marks)
            marks++;
        *marks = codepoint;
        return;
    }
    picture->cells[picture->width++] = picture_cell(codepoint, (uint8_t)columns);
    if (columns == 2)
        picture->cells[picture->width++] = picture_cell(0, 0);
}

enum { TERMINAL_MARK = WIRE_ROW_MOST };

/* The characters the terminal's algorithm looks at: the first of each glyph, or, where a profile has
 * overrides, all of them. unit receives the column of each first one, and TERMINAL_MARK for others.
 * Returns how many. */
static inline size_t terminal_reads(const struct wire_profile *profile, const struct cell *cells,
                                    size_t width, uint32_t *text, size_t *unit)
{
    size_t count = 0;
    for (size_t x = 0; x < width; x++) {
        const uint32_t *codepoint = cells[x].glyph.codepoint;
        if (cells[x].glyph.width == 0)
            continue;
        unit[count] = x;
        text[count++] = codepoint[0];
        for (size_t i = 1; profile->overrides && i < GLYPH_CODEPOINTS && codepoint[i]; i++) {
            unit[count] = TERMINAL_MARK;
            text[count++] = codepoint[i];
        }
    }
    return count;
}

/* Takes the controls out of a glyph: nothing of them is seen. */
static inline void terminal_hides_controls(struct glyph *glyph)
{
    size_t count = 0;
    for (size_t i = 0; i < GLYPH_CODEPOINTS; i++) {
        uint32_t codepoint = glyph->codepoint[i];
        glyph->codepoint[i] = 0;
        if (codepoint != 0x200e && (codepoint < 0x202a || codepoint > 0x202e))
            glyph->codepoint[count++] = codepoint;
    }
}

/* The columns of a stretch of the row that is a paragraph of its own: box lines part rows for mlterm,
 * and stand as they are. */
static inline bool terminal_parts(const struct wire_profile *profile, const struct cell *cell)
{
    uint32_t codepoint = cell->glyph.codepoint[0];
    return profile->parts && codepoint >= 0x2500 && codepoint <= 0x259f;
}

static inline bool terminal_has(const struct wire_profile *profile, const struct cell *cells,
                                size_t width, bool letters)
{
    for (size_t x = 0; x < width; x++) {
        uint32_t codepoint = cells[x].glyph.codepoint[0];
        FriBidiCharType type = fribidi_get_bidi_type(codepoint);
        if (letters ? type == FRIBIDI_TYPE_RTL || type == FRIBIDI_TYPE_AL
                    : terminal_parts(profile, &cells[x]))
            return true;
    }
    return false;
}

/* One cell as the eye sees it: a seam is a blank. */
static inline struct cell terminal_shows_cell(const struct wire_profile *profile, struct cell cell,
                                              bool turned)
{
    bool hidden = cell.style & WIRE_STYLE_HIDDEN;
    if (hidden || (!profile->left_hidden && cell.glyph.codepoint[0] == profile->left_seam))
        cell.glyph.codepoint[0] = ' ';
    else if (turned && profile->mirrors)
        cell.glyph.codepoint[0] = bidi_mirrored(cell.glyph.codepoint[0]);
    if (profile->overrides)
        terminal_hides_controls(&cell.glyph);
    cell.style &= (uint16_t)~WIRE_STYLE_HIDDEN;
    return cell;
}

/* Adds to picture what a terminal shows of one paragraph of a row.
 * column     of the row where the paragraph begins
 * first_strong  its direction is that of its first strong character; else it is left to right
 * pairs  it knows rule N0
 * place  receives, of each visual column, its wire column; may be NULL */
static inline void terminal_shows_paragraph(const struct wire_profile *profile,
                                            const struct cell *wire, size_t width, size_t column,
                                            bool first_strong, bool pairs, size_t *place,
                                            struct picture *picture)
{
    static struct arena scratch;
    enum { MOST = WIRE_ROW_MOST * GLYPH_CODEPOINTS };
    static uint32_t text[MOST], order[MOST], seen[MOST]; /* not cleared for each of millions */
    static uint8_t levels[MOST];
    static size_t unit[MOST];
    size_t count = terminal_reads(profile, wire, width, text, unit);
    for (size_t i = 0; i < count && !pairs; i++)
        text[i] = bidi_mirrored(text[i]) == text[i] ? text[i] : '!';
    uint8_t base = bidi_levels(&scratch, text, count, first_strong ? DIRECTION_AUTO : DIRECTION_LTR,
                               DIRECTION_LTR, levels);
    bidi_end_line(text, count, base, levels);
    bidi_order(levels, count, order);
    arena_reset(&scratch);
    for (size_t i = 0; i < count; i++)
        seen[order[i]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        size_t at = order[i], x = unit[at];
        if (x == TERMINAL_MARK)
            continue;
        bool turned = levels[at] % 2 == 1;
        if (profile->mirrors == WIRE_MIRRORS_REVERSED)
            turned = (at > 0 && seen[at - 1] == seen[at] + 1) ||
                     (at + 1 < count && seen[at] == seen[at + 1] + 1);
        for (size_t k = 0; k == 0 || (x + k < width && wire[x + k].glyph.width == 0); k++) {
            if (place)
                place[picture->width] = column + x + k;
            picture->cells[picture->width++] = terminal_shows_cell(profile, wire[x + k], turned);
        }
    }
}

/* Adds cells that stand as they were sent. */
static inline void terminal_shows_plainly(const struct wire_profile *profile,
                                          const struct cell *wire, size_t width, size_t column,
                                          size_t *place, struct picture *picture)
{
    for (size_t x = 0; x < width; x++) {
        if (place)
            place[picture->width] = column + x;
        picture->cells[picture->width++] = terminal_shows_cell(profile, wire[x], false);
    }
}

/* What a terminal shows of a wire row; see above. */
static inline struct picture terminal_shows(const struct wire_profile *profile,
                                            const struct cell *wire, size_t width, bool pairs,
                                            size_t *place)
{
    struct picture picture = {.width = 0};
    bool parted = terminal_has(profile, wire, width, false), begun = !profile->parts;
    bool first_strong = profile->direction == WIRE_DIRECTION_FIRST_STRONG && !parted;
    for (size_t start = 0; start < width;) {
        size_t end = start;
        while (end < width && !terminal_parts(profile, &wire[end]))
            end++;
        begun = begun || terminal_has(profile, wire + start, end - start, true);
        if (begun && end > start)
            terminal_shows_paragraph(profile, wire + start, end - start, start, first_strong, pairs,
                                     place, &picture);
        else
            terminal_shows_plainly(profile, wire + start, end - start, start, place, &picture);
        if (end < width)
            terminal_shows_plainly(profile, wire + end, 1, end, place, &picture);
        start = end + 1;
    }
    return picture;
}

static inline size_t picture_differs(const struct picture *a, const struct cell *b, size_t width)
{
    size_t differing = 0;
    for (size_t x = 0; x < width; x++)
        differing += memcmp(&a->cells[x].glyph, &b[x].glyph, sizeof b[x].glyph) != 0 ||
                     a->cells[x].style != b[x].style;
    return differing;
}

/* True when every terminal of the profile shows wire as the picture cells. */
static inline bool terminal_agrees(const struct wire_profile *profile, const struct cell *wire,
                                   const struct cell *cells, size_t width)
{
    for (int pairs = 0; pairs <= 1; pairs++) {
        if (profile->brackets == (pairs ? WIRE_BRACKETS_NEUTRAL : WIRE_BRACKETS_PAIRED))
            continue;
        struct picture seen = terminal_shows(profile, wire, width, pairs, NULL);
        if (seen.width != width || picture_differs(&seen, cells, width) != 0)
            return false;
    }
    return true;
}

static inline bool picture_blank(const struct cell *cell)
{
    return cell->glyph.width > 0 && cell->glyph.codepoint[0] == ' ' && !cell->glyph.codepoint[1];
}

static inline bool picture_line(const struct cell *cell)
{
    return cell->glyph.codepoint[0] >= 0x2500 && cell->glyph.codepoint[0] <= 0x259f;
}

/* True when both are the same digit. */
static inline bool is_same_digit(uint32_t drawn, uint32_t seen)
{
    bool european = drawn >= '0' && drawn <= '9', persian = drawn >= 0x6f0 && drawn <= 0x6f9;
    return seen >= 0x660 && seen <= 0x669 &&
           ((european && drawn - '0' == seen - 0x660) ||
            (persian && drawn - 0x6f0 == seen - 0x660));
}

/* True when a cell reads as the drawn one: a bracket may be turned, a box line be an ASCII one, a digit
 * an Arabic-Indic one. */
static inline bool cell_reads_alike(const struct cell *drawn, struct cell seen)
{
    uint32_t *codepoint = &seen.glyph.codepoint[0];
    bool line = *codepoint == '|' || *codepoint == '-' || *codepoint == '+';
    if ((line && picture_line(drawn)) || is_same_digit(drawn->glyph.codepoint[0], *codepoint) ||
        *codepoint == bidi_mirrored(drawn->glyph.codepoint[0]))
        *codepoint = drawn->glyph.codepoint[0];
    return memcmp(&seen.glyph, &drawn->glyph, sizeof seen.glyph) == 0 && seen.style == drawn->style;
}

/* True when a terminal that pairs brackets shows all that was drawn, in its order and its pane, and no
 * two words as one: only blanks may have moved. */
static inline bool terminal_reads_alike(const struct wire_profile *profile,
                                        const struct wire_row *row, const struct cell *cells)
{
    struct picture seen = terminal_shows(profile, row->cells, row->width, true, NULL);
    size_t k = 0;
    bool apart = false, line = true;
    for (size_t x = 0; x < row->width; x++) {
        bool seen_apart = false;
        if (picture_blank(&cells[x])) {
            apart = true;
            continue;
        }
        for (; k < seen.width && picture_blank(&seen.cells[k]); k++)
            seen_apart = true;
        line = line || picture_line(&cells[x]);
        if (k == seen.width || (apart && !seen_apart && !line) ||
            !cell_reads_alike(&cells[x], seen.cells[k++]))
            return false;
        apart = false;
        line = picture_line(&cells[x]);
    }
    while (k < seen.width && picture_blank(&seen.cells[k]))
        k++;
    return k == seen.width;
}

/* The liberties that a row takes which reads alike. */
enum { LIBERTY_LINES = 1, LIBERTY_BLANKS = 2, LIBERTY_BRACKETS = 4, LIBERTY_DIGITS = 8 };

/* How what is seen differs from what was drawn: a set of the above. */
static inline unsigned terminal_liberties(const struct wire_profile *profile,
                                          const struct wire_row *row, const struct cell *cells)
{
    struct picture seen = terminal_shows(profile, row->cells, row->width, true, NULL);
    unsigned liberties = 0;
    for (size_t x = 0, k = 0; x < row->width && k < seen.width; x++) {
        if (picture_blank(&cells[x]))
            continue;
        while (k + 1 < seen.width && picture_blank(&seen.cells[k]))
            k++;
        if (k != x)
            liberties |= LIBERTY_BLANKS;
        if (seen.cells[k].glyph.codepoint[0] != cells[x].glyph.codepoint[0])
            liberties |=
                picture_line(&cells[x]) ? LIBERTY_LINES
                : is_same_digit(cells[x].glyph.codepoint[0], seen.cells[k].glyph.codepoint[0])
                    ? LIBERTY_DIGITS
                    : LIBERTY_BRACKETS;
        k++;
    }
    return liberties;
}

/* What a row's result promises: to be right either way where the profile leaves brackets open, or
 * where they are paired; or else to read alike. */
static inline bool terminal_keeps_promise(const struct wire_profile *profile,
                                          const struct wire_row *row, const struct cell *cells)
{
    struct wire_profile paired = *profile;
    paired.brackets = WIRE_BRACKETS_PAIRED;
    bool agrees = terminal_agrees(profile, row->cells, cells, row->width);
    bool agrees_paired = terminal_agrees(&paired, row->cells, cells, row->width);
    switch (row->result) {
    case WIRE_UNTOUCHED:
    case WIRE_EXACT:
        return agrees && row->misplaced == 0;
    case WIRE_PAIRED:
        return !agrees && agrees_paired && row->misplaced == 0;
    case WIRE_NEAR:
        return !agrees_paired && terminal_reads_alike(profile, row, cells) && row->misplaced == 0;
    default:
        return !agrees_paired && row->misplaced > 0;
    }
}

/* --- every row there could be ----------------------------------------------------------------- */

/* A row without embeddings is what rule L2 makes of one level for each cell, so that trying every
 * level and every kind of seam tries every row. */
struct row_search {
    const struct wire_profile *profile;
    struct picture picture;
    uint8_t levels[WIRE_ROW_MOST];
    uint32_t seams[WIRE_ROW_MOST]; /* of each cell, what replaces it, or 0 */
    unsigned most_seams;
    uint8_t lowest; /* level: 0 in a left-to-right row, 1 in another */
};

/* Whether the terminal mirrors what is sent at a place: it does as it does on the way to the screen. */
static inline bool search_turns(const struct row_search *search, const uint32_t *order,
                                size_t place)
{
    bool reversed = (place > 0 && order[place - 1] == order[place] + 1) ||
                    (place + 1 < search->picture.width && order[place] == order[place + 1] + 1);
    bool odd = search->levels[order[place]] % 2 == 1;
    return search->profile->mirrors == WIRE_MIRRORS_REVERSED
               ? reversed
               : odd && search->profile->mirrors == WIRE_MIRRORS_ALWAYS;
}

static inline bool search_try(const struct row_search *search)
{
    struct cell wire[WIRE_ROW_MOST];
    uint32_t order[WIRE_ROW_MOST];
    bidi_order(search->levels, search->picture.width, order);
    for (size_t i = 0; i < search->picture.width; i++) {
        size_t from = order[i];
        uint32_t *codepoint = &wire[i].glyph.codepoint[0];
        wire[i] = search->picture.cells[from];
        if (search->seams[from])
            *codepoint = search->seams[from];
        else if (search_turns(search, order, i))
            *codepoint = bidi_mirrored(*codepoint);
        bool left = search->seams[from] == search->profile->left_seam;
        if (search->seams[from] && (!left || search->profile->left_hidden))
            wire[i].style |= WIRE_STYLE_HIDDEN;
    }
    return terminal_agrees(search->profile, wire, search->picture.cells, search->picture.width);
}

/* Rules I1 and I2: letters and numbers of the sketches' kinds have no choice of level, or little. */
static inline bool search_allows(const struct row_search *search, size_t at, uint8_t level)
{
    uint32_t codepoint = search->seams[at];
    if (codepoint == 0)
        codepoint = search->picture.cells[at].glyph.codepoint[0];
    switch (fribidi_get_bidi_type(codepoint)) {
    case FRIBIDI_TYPE_LTR:
        return level % 2 == 0;
    case FRIBIDI_TYPE_RTL:
    case FRIBIDI_TYPE_AL:
        return level == 1;
    case FRIBIDI_TYPE_AN:
        return level == 2;
    case FRIBIDI_TYPE_EN:
        return level != 1;
    default:
        return true;
    }
}

static inline bool search_from(struct row_search *search, size_t at, unsigned seams)
{
    if (at == search->picture.width)
        return search_try(search);
    const uint32_t kinds[] = {0, search->profile->left_seam, search->profile->right_seam};
    bool blank = search->picture.cells[at].glyph.codepoint[0] == ' ';
    for (size_t kind = 0; kind < (blank && seams < search->most_seams ? 3 : 1); kind++) {
        search->seams[at] = kinds[kind];
        for (uint8_t level = search->lowest; level <= 2; level++) {
            search->levels[at] = level;
            if (search_allows(search, at, level) && search_from(search, at + 1, seams + (kind > 0)))
                return true;
        }
    }
    return false;
}

/* True when a row with so many seams at most shows a short picture of width 1 glyphs, but for one with
 * an override. */
static inline bool wire_row_exists(const struct wire_profile *profile,
                                   const struct picture *picture, unsigned most_seams)
{
    struct row_search search = {.profile = profile, .picture = *picture, .most_seams = most_seams};
    bool own = profile->direction == WIRE_DIRECTION_FIRST_STRONG;
    for (search.lowest = 0; search.lowest <= own; search.lowest++)
        if (search_from(&search, 0, 0))
            return true;
    return false;
}

/* The fewest seams with which such a picture can be had, or WIRE_NO_ROW. */
static inline unsigned wire_fewest_seams(const struct wire_profile *profile,
                                         const struct picture *picture)
{
    unsigned blanks = 0;
    for (size_t x = 0; x < picture->width; x++)
        blanks += picture->cells[x].glyph.codepoint[0] == ' ';
    for (unsigned most = 0; most <= blanks; most++)
        if (wire_row_exists(profile, picture, most))
            return most;
    return WIRE_NO_ROW;
}

#endif
