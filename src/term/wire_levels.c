/* From a picture back to embedding levels: rules W1 to I2 of UAX #9 read against their direction.
 *
 * Reordering needs levels, and levels come from the order that is still to be found. But a row
 * without embeddings leaves little open. The strong letters' levels are settled; so is where a
 * right-to-left run begins and ends; and inside one the neighbours that decide on a number are the
 * same read from either side. What stays open is settled by seams, elsewhere. */
#include "term/wire_attempt.h"

#include <string.h>

/* --- numbers within a right-to-left stretch --- */

/* W2: what a digit is behind the strong letter at its right, where the stretch is read from. */
static uint8_t number_class(uint8_t class, uint8_t strong)
{
    return class == WIRE_CLASS_EN && strong == WIRE_CLASS_AL ? WIRE_CLASS_AN : class;
}

/* W4: a single separator between two numbers of one kind belongs to them. */
static bool separator_joins(const uint8_t *classes, size_t at, uint8_t strong)
{
    uint8_t before = number_class(classes[at - 1], strong);
    if (before != number_class(classes[at + 1], strong))
        return false;
    return (before == WIRE_CLASS_EN &&
            (classes[at] == WIRE_CLASS_CS || classes[at] == WIRE_CLASS_ES)) ||
           (before == WIRE_CLASS_AN && classes[at] == WIRE_CLASS_CS);
}

/* W5: terminators beside a European number belong to it. */
static void join_terminators(const uint8_t *classes, size_t start, size_t end, uint8_t *levels)
{
    bool beside = false;
    for (size_t i = start; i < end; i++) {
        beside = classes[i] == WIRE_CLASS_EN || (beside && classes[i] == WIRE_CLASS_ET);
        if (beside)
            levels[i] = LEVEL_WITHIN_RIGHT;
    }
    beside = false;
    for (size_t i = end; i-- > start;) {
        beside = classes[i] == WIRE_CLASS_EN || (beside && classes[i] == WIRE_CLASS_ET);
        if (beside)
            levels[i] = LEVEL_WITHIN_RIGHT;
    }
}

/* Gives levels to a stretch without strong letters inside a right-to-left run.
 * strong  the letter before it in the text, which stands at its right: WIRE_CLASS_R or _AL */
static void number_levels(const uint8_t *classes, size_t start, size_t end, uint8_t strong,
                          uint8_t *levels)
{
    for (size_t i = start; i < end; i++) {
        bool digit = classes[i] == WIRE_CLASS_EN || classes[i] == WIRE_CLASS_AN;
        bool inside = i > start && i + 1 < end;
        bool number = digit || (inside && separator_joins(classes, i, strong));
        levels[i] = number ? LEVEL_WITHIN_RIGHT : LEVEL_RIGHT;
    }
    if (strong != WIRE_CLASS_AL)
        join_terminators(classes, start, end, levels);
}

/* --- left-to-right rows: right-to-left runs between what is left to right --- */

/* True when a run starts at at: at a right-to-left letter or an Arabic number; at a European number
 * too if it is to go with a letter that follows. */
static bool run_starts(const uint8_t *classes, size_t count, size_t at, bool numbers_right)
{
    if (wire_class_is_right(classes[at]) || classes[at] == WIRE_CLASS_AN)
        return true;
    if (classes[at] != WIRE_CLASS_EN || !numbers_right)
        return false;
    while (at < count && classes[at] > WIRE_CLASS_AL)
        at++;
    return at < count && classes[at] != WIRE_CLASS_L;
}

/* The end of the run that starts at start: behind the last letter or number before the next L. A
 * European number is L itself (W7) until a right-to-left letter was seen. */
static size_t run_end(const uint8_t *classes, size_t count, size_t start)
{
    bool letter_seen = classes[start] == WIRE_CLASS_EN;
    size_t end = start;
    for (size_t i = start; i < count && classes[i] != WIRE_CLASS_L; i++) {
        if (classes[i] == WIRE_CLASS_EN && !letter_seen)
            break;
        letter_seen = letter_seen || wire_class_is_right(classes[i]);
        if (classes[i] <= WIRE_CLASS_AN)
            end = i + 1;
    }
    return end;
}

static void run_levels(const uint8_t *classes, size_t start, size_t end, uint8_t *levels)
{
    size_t stretch_end = end;
    uint8_t strong = WIRE_CLASS_R;
    for (size_t i = end; i-- > start;) {
        if (!wire_class_is_right(classes[i]))
            continue;
        number_levels(classes, i + 1, stretch_end, strong, levels);
        levels[i] = LEVEL_RIGHT;
        strong = classes[i];
        stretch_end = i;
    }
    number_levels(classes, start, stretch_end, strong, levels);
}

static void left_to_right_levels(const uint8_t *classes, size_t count, bool numbers_right,
                                 uint8_t *levels)
{
    for (size_t i = 0; i < count;) {
        if (!run_starts(classes, count, i, numbers_right)) {
            levels[i++] = LEVEL_LEFT;
            continue;
        }
        size_t end = run_end(classes, count, i);
        run_levels(classes, i, end, levels);
        i = end;
    }
}

/* --- right-to-left rows: what stands left to right between two right-to-left letters --- */

/* Marks the European numbers of a piece that have an L before them in the text though it stands
 * further right: an Arabic number between them makes two runs, the right one read first. */
static void mark_numbers_behind_letters(const uint8_t *classes, size_t start, size_t end,
                                        uint8_t *levels)
{
    bool letter_seen = false, beyond = false;
    for (size_t i = end; i-- > start;) {
        letter_seen = letter_seen || classes[i] == WIRE_CLASS_L;
        beyond = beyond || (letter_seen && classes[i] == WIRE_CLASS_AN);
        bool left = classes[i] == WIRE_CLASS_L || (beyond && classes[i] == WIRE_CLASS_EN);
        levels[i] = left ? LEVEL_WITHIN_RIGHT : LEVEL_RIGHT;
    }
}

/* True when an L stands further right in a piece, with no Arabic number between. */
static bool letter_follows(const uint8_t *classes, size_t at, size_t end)
{
    while (at < end && classes[at] != WIRE_CLASS_L && classes[at] != WIRE_CLASS_AN)
        at++;
    return at < end && classes[at] == WIRE_CLASS_L;
}

/* A piece is what stands between two right-to-left letters. From an L to the next, or to a European
 * number behind it, everything is left to right, unless an Arabic number stands between.
 * numbers_right  numbers behind the last L stay by themselves, unless they touch it */
static void piece_levels(const uint8_t *classes, size_t start, size_t end, uint8_t strong,
                         bool numbers_right, uint8_t *levels)
{
    mark_numbers_behind_letters(classes, start, end, levels);
    size_t open = start; /* behind the last that is left to right */
    bool joins = false;  /* and it reaches on to the next */
    for (size_t i = start; i < end; i++) {
        if (classes[i] == WIRE_CLASS_AN)
            joins = false;
        bool behind = joins && classes[i] == WIRE_CLASS_EN &&
                      (!numbers_right || i == open || letter_follows(classes, i, end));
        if (levels[i] != LEVEL_WITHIN_RIGHT && !behind)
            continue;
        if (joins)
            memset(levels + open, LEVEL_WITHIN_RIGHT, i - open);
        else
            number_levels(classes, open, i, strong, levels);
        for (open = i + 1; classes[i] == WIRE_CLASS_EN && open < end; open++) {
            if (classes[open] != WIRE_CLASS_ET)
                break;
        }
        memset(levels + i, LEVEL_WITHIN_RIGHT, open - i);
        i = open - 1;
        joins = true;
    }
    number_levels(classes, open, end, strong, levels);
}

static void right_to_left_levels(const uint8_t *classes, size_t count, bool numbers_right,
                                 uint8_t *levels)
{
    size_t piece_end = count;
    uint8_t strong = WIRE_CLASS_R;
    for (size_t i = count; i-- > 0;) {
        if (!wire_class_is_right(classes[i]))
            continue;
        piece_levels(classes, i + 1, piece_end, strong, numbers_right, levels);
        levels[i] = LEVEL_RIGHT;
        strong = classes[i];
        piece_end = i;
    }
    piece_levels(classes, 0, piece_end, strong, numbers_right, levels);
}

void wire_levels_find(size_t count, struct wire_attempt *attempt)
{
    if (attempt->right_to_left)
        right_to_left_levels(attempt->classes, count, attempt->numbers_right, attempt->levels);
    else
        left_to_right_levels(attempt->classes, count, attempt->numbers_right, attempt->levels);
}
