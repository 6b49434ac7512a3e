/* The nearest picture, for a row of which no wire form shows it as it was drawn.
 *
 * Three things stand in the way, and for each there is a liberty that leaves every text in its order:
 * a number between letters of both directions without a blank (a blank of the same pane is moved
 * beside it, where it can be a seam); brackets that would pair with others they have nothing to do
 * with (one is turned the other way); and box lines that part the row where its direction should be
 * a choice (they are drawn with ASCII). The least liberties with which there is a row are taken.
 *
 * Where the pane has no blank to move, the numbers that right-to-left letters hold are written in
 * Arabic-Indic digits. Those go with such letters whatever stands beside them, so that with all brackets
 * turned one way, and a blank at each end for the row's direction, every row can be had. */
#include "term/wire_attempt.h"

#include "text/bidi.h"

#include <fribidi.h>
#include <string.h>

enum liberty {
    BLANKS = 1, /* one behind each number that letters of both directions hold */
    MORE_BLANKS =
        2, /* at both sides of each number in such a text, or beside right-to-left letters */
    PLAIN_LINES = 4,
    OTHER_DIGITS = 8,
};

/* What hostile texts may cost: so many brackets of a row are looked at one by one, and so many attempts
 * at each picture are checked. */
enum { BRACKETS_MOST = 8, CHECKS = 40, STATES = 500 };

/* A picture and how it came from the one that was drawn. */
struct near {
    struct cell *cells;
    uint32_t *from; /* of each column, the drawn column that stands there */
    size_t width;
};

/* What does not change while one row's pictures are tried. */
struct trial {
    struct arena *arena, *scratch;
    const struct wire_profile *profile;
    const struct cell *drawn;
    size_t width;
    int caret;
    size_t *states; /* that may be followed in all */
};

/* --- blanks ------------------------------------------------------------------------------------- */

static bool is_blank(const struct cell *cell)
{
    const struct glyph *glyph = &cell->glyph;
    return glyph->width > 0 && (glyph->codepoint[0] == ' ' || glyph->codepoint[0] == 0) &&
           glyph->codepoint[1] == 0;
}

/* True when a text ends here: at a blank, a box line or the row's end. */
static bool is_between(const struct near *near, size_t at)
{
    return at >= near->width || is_blank(&near->cells[at]) || wire_cell_parts(&near->cells[at]);
}

/* A blank without which no two texts become one. */
static bool is_spare(const struct near *near, size_t at)
{
    return is_blank(&near->cells[at]) &&
           (at == 0 || is_between(near, at - 1) || is_between(near, at + 1));
}

static const size_t nowhere = SIZE_MAX;

/* The next spare blank of the pane at one side of a column, or nowhere. */
static size_t spare_beside(const struct near *near, size_t at, bool rightwards)
{
    size_t most = rightwards ? near->width - at : at;
    for (size_t k = 0; k < most; k++) {
        size_t x = rightwards ? at + k : at - 1 - k;
        if (wire_cell_parts(&near->cells[x]))
            break;
        if (is_spare(near, x))
            return x;
    }
    return nowhere;
}

/* The nearer one of both sides, or nowhere. */
static size_t spare_find(const struct near *near, size_t at)
{
    size_t left = spare_beside(near, at, false), right = spare_beside(near, at, true);
    if (left == nowhere || right == nowhere)
        return left == nowhere ? right : left;
    return right - at <= at - left ? right : left;
}

/* Moves the cell at source to target; those between make room. */
static void cell_move(struct near *near, size_t source, size_t target)
{
    struct cell cell = near->cells[source];
    uint32_t from = near->from[source];
    size_t low = source < target ? source : target;
    size_t size = source < target ? target - source : source - target;
    size_t to = low + (source > target), of = low + (source < target);
    memmove(near->cells + to, near->cells + of, size * sizeof *near->cells);
    memmove(near->from + to, near->from + of, size * sizeof *near->from);
    near->cells[target] = cell;
    near->from[target] = from;
}

/* Moves a blank in before the column at; returns how far what stood there has gone right: 1 or 0; or
 * -1 when the pane has no blank to spare. */
static int blank_insert(struct near *near, size_t at)
{
    size_t spare = spare_find(near, at);
    if (spare == nowhere)
        return -1;
    cell_move(near, spare, spare > at ? at : at - 1);
    return spare > at;
}

/* A text without blanks: where it ends, and what is in it. */
struct word {
    size_t end;
    bool left, right, number; /* letters of either direction, European numbers */
};

static struct word word_read(const struct near *near, size_t start)
{
    struct word word = {.end = start};
    for (; !is_between(near, word.end); word.end++) {
        uint8_t class = wire_class_of(near->cells[word.end].glyph.codepoint[0]);
        word.left = word.left || class == WIRE_CLASS_L;
        word.right = word.right || wire_class_is_right(class) || class == WIRE_CLASS_AN;
        word.number = word.number || class == WIRE_CLASS_EN;
    }
    return word;
}

static bool is_digit(const struct near *near, size_t at)
{
    return wire_class_of(near->cells[at].glyph.codepoint[0]) == WIRE_CLASS_EN;
}

/* True for a digit, and for what stands between two of them, as in 6:45. */
static bool is_number(const struct near *near, size_t at)
{
    bool inside = at > 0 && at + 1 < near->width;
    return is_digit(near, at) ||
           (inside && is_digit(near, at - 1) && is_digit(near, at + 1) && !is_between(near, at));
}

/* Loosens a word; returns its new end. */
static size_t word_loosen(struct near *near, size_t start, size_t end, bool both_sides, bool *moved)
{
    for (size_t x = start; x + 1 < end; x++) {
        bool number = is_number(near, x), next = is_number(near, x + 1);
        bool edge = both_sides ? number != next : number && !next;
        int gone = edge ? blank_insert(near, x + 1) : -1;
        if (gone < 0)
            continue;
        *moved = true;
        end += (size_t)gone;
        x += (size_t)gone;
    }
    return end;
}

/* Returns whether any blank was moved. */
static bool loosen(struct near *near, unsigned liberties)
{
    bool moved = false, more = liberties & MORE_BLANKS;
    for (size_t x = 0; x < near->width; x++) {
        struct word word = word_read(near, x);
        bool held = word.number && word.right && (word.left || more);
        x = held ? word_loosen(near, x, word.end, more, &moved) : word.end;
    }
    return moved;
}

/* --- lines, digits and brackets ------------------------------------------------------------------- */

/* Draws box lines with ASCII; false when there are none, or something parts the row that has no such
 * form. */
static bool draw_lines_plainly(struct near *near)
{
    enum { HORIZONTAL = 0x2500, VERTICAL = 0x2502, LINES_LAST = 0x257f };
    bool found = false;
    for (size_t x = 0; x < near->width; x++) {
        uint32_t *codepoint = &near->cells[x].glyph.codepoint[0];
        if (!wire_cell_parts(&near->cells[x]))
            continue;
        if (*codepoint > LINES_LAST)
            return false;
        *codepoint = *codepoint == HORIZONTAL ? '-' : *codepoint == VERTICAL ? '|' : '+';
        found = true;
    }
    return found;
}

/* Writes the European digits beside right-to-left letters as Arabic-Indic ones; false when there are
 * none. */
static bool write_other_digits(struct near *near)
{
    enum { ARABIC_INDIC_ZERO = 0x660, PERSIAN_ZERO = 0x6f0, PERSIAN_NINE = 0x6f9 };
    bool found = false;
    for (size_t start = 0; start < near->width; start++) {
        struct word word = word_read(near, start);
        for (size_t x = start; word.right && x < word.end; x++) {
            uint32_t *codepoint = &near->cells[x].glyph.codepoint[0];
            bool persian = *codepoint >= PERSIAN_ZERO && *codepoint <= PERSIAN_NINE;
            if (!persian && (*codepoint < '0' || *codepoint > '9'))
                continue;
            *codepoint += ARABIC_INDIC_ZERO - (persian ? (uint32_t)PERSIAN_ZERO : '0');
            found = true;
        }
        start = word.end;
    }
    return found;
}

static bool is_bracket(uint32_t codepoint)
{
    return fribidi_get_bracket(codepoint) != FRIBIDI_NO_BRACKET;
}

/* Of a bracket and its counterpart always the same one: all of a row's turned so cannot pair. */
static uint32_t turned_one_way(uint32_t codepoint)
{
    uint32_t other = is_bracket(codepoint) ? bidi_mirrored(codepoint) : codepoint;
    return other < codepoint ? other : codepoint;
}

/* --- trying -------------------------------------------------------------------------------------- */

/* The row of the picture in terms of the one that was drawn; false when it has none. */
static bool try(const struct trial *trial, const struct near *near, struct wire_row *row)
{
    uint32_t *place = arena_new(trial->arena, near->width, sizeof *place); /* inverse of from */
    for (size_t x = 0; x < near->width; x++)
        place[near->from[x]] = (uint32_t)x;
    size_t most = STATES, given = *trial->states < most ? *trial->states : most, left = given;
    bool inside = trial->caret >= 0 && (size_t)trial->caret < near->width;
    struct wire_row made =
        wire_row_once(trial->arena, trial->scratch, trial->profile, near->cells, near->width,
                      inside ? (int)place[trial->caret] : -1, CHECKS, &left);
    *trial->states -= given - left;
    if (made.result > WIRE_PAIRED)
        return false;
    uint32_t *wire_of = arena_new(trial->arena, near->width, sizeof *wire_of);
    uint32_t *visual_of = arena_new(trial->arena, near->width, sizeof *visual_of);
    for (size_t x = 0; x < near->width; x++) {
        wire_of[x] = made.wire_of ? made.wire_of[place[x]] : place[x];
        visual_of[wire_of[x]] = (uint32_t)x;
    }
    *row = made;
    row->wire_of = wire_of;
    row->visual_of = visual_of;
    row->result = WIRE_NEAR;
    return true;
}

/* Makes the picture that these liberties give; false when they change nothing. */
static bool take(const struct trial *trial, unsigned liberties, struct near *near)
{
    *near = (struct near){
        .cells = arena_new(trial->arena, trial->width, sizeof *near->cells),
        .from = arena_new(trial->arena, trial->width, sizeof *near->from),
        .width = trial->width,
    };
    memcpy(near->cells, trial->drawn, trial->width * sizeof *near->cells);
    for (size_t x = 0; x < trial->width; x++)
        near->from[x] = (uint32_t)x;
    if (liberties & (BLANKS | MORE_BLANKS) && !loosen(near, liberties))
        return false;
    if (liberties & OTHER_DIGITS && !write_other_digits(near))
        return false;
    return !(liberties & PLAIN_LINES) || (trial->profile->parts && draw_lines_plainly(near));
}

/* Turns one bracket of the picture, or if that does not help all that are alike the same way but those
 * that may stand as they were drawn. */
static bool turn_brackets(const struct trial *trial, struct near *near, struct wire_row *row)
{
    size_t columns[BRACKETS_MOST], count = 0;
    uint32_t drawn[BRACKETS_MOST];
    for (size_t x = 0; x < near->width; x++) {
        uint32_t *codepoint = &near->cells[x].glyph.codepoint[0];
        uint32_t own = *codepoint;
        if (!is_bracket(own) || count == BRACKETS_MOST)
            continue;
        *codepoint = bidi_mirrored(own);
        if (try(trial, near, row))
            return true;
        *codepoint = own;
        drawn[count] = own;
        columns[count++] = x;
    }
    for (size_t x = 0; count > 0 && x < near->width; x++)
        near->cells[x].glyph.codepoint[0] = turned_one_way(near->cells[x].glyph.codepoint[0]);
    if (count == 0 || !try(trial, near, row))
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t *codepoint = &near->cells[columns[i]].glyph.codepoint[0];
        uint32_t turned = *codepoint;
        *codepoint = drawn[i];
        if (turned != drawn[i] && !try(trial, near, row))
            *codepoint = turned;
    }
    return try(trial, near, row);
}

void wire_near_make(struct arena *arena, struct arena *scratch, const struct wire_profile *profile,
                    const struct cell *cells, size_t width, int caret, size_t *states,
                    struct wire_row *row)
{
    static const unsigned sets[] = {
        PLAIN_LINES, BLANKS, BLANKS | PLAIN_LINES, MORE_BLANKS, MORE_BLANKS | PLAIN_LINES,
    };
    static const unsigned bracketed[] = {0, PLAIN_LINES, MORE_BLANKS, MORE_BLANKS | PLAIN_LINES};
    static const unsigned last[] = {OTHER_DIGITS, OTHER_DIGITS | PLAIN_LINES};
    struct trial trial = {arena, scratch, profile, cells, width, caret, states};
    struct near near;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        if (take(&trial, sets[i], &near) && try(&trial, &near, row))
            return;
    }
    for (size_t i = 0; i < sizeof bracketed / sizeof bracketed[0]; i++) {
        if (take(&trial, bracketed[i], &near) && turn_brackets(&trial, &near, row))
            return;
    }
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        if (take(&trial, last[i], &near) &&
            (try(&trial, &near, row) || turn_brackets(&trial, &near, row)))
            return;
    }
}
