/* Where a row needs strong blanks.
 *
 * Three things make a row impossible without: its first strong letter has the other direction; in a
 * left-to-right row a European number ends a right-to-left run at its right ("ع5 abc" as seen),
 * where only a strong letter still further right can make it part of that run; and in a
 * right-to-left row a European number, or text that an Arabic number parts, stands left of a Latin
 * word ("5 abc" as seen), which would pull it to its other side. */
#include "term/wire_attempt.h"

static const size_t nowhere = SIZE_MAX;

void wire_seam_set(const struct wire_source *source, struct wire_attempt *attempt, size_t at,
                   uint8_t class)
{
    bool was = attempt->seams[at] != WIRE_CLASS_NEUTRAL;
    bool is = class != WIRE_CLASS_NEUTRAL;
    attempt->seams[at] = class;
    attempt->classes[at] = is ? class : source->items[at].class;
    attempt->seam_count += (unsigned)is - (unsigned)was;
}

static bool is_free(const struct wire_source *source, const struct wire_attempt *attempt, size_t at)
{
    return source->items[at].blank && attempt->seams[at] == WIRE_CLASS_NEUTRAL;
}

/* The leftmost free blank in [start, end), or the rightmost; not under the cursor if it can be
 * helped. nowhere when there is none. */
static size_t blank_find(const struct wire_source *source, const struct wire_attempt *attempt,
                         size_t start, size_t end, bool rightmost)
{
    size_t found = nowhere;
    for (size_t k = start; k < end; k++) {
        size_t at = rightmost ? end - 1 - (k - start) : k;
        if (!is_free(source, attempt, at))
            continue;
        if (at != source->caret)
            return at;
        found = at;
    }
    return found;
}

/* Puts a seam of class at at; false when there is nowhere to put it. */
static bool seam_put(const struct wire_source *source, struct wire_attempt *attempt, size_t at,
                     uint8_t class)
{
    if (at == nowhere)
        return false;
    wire_seam_set(source, attempt, at, class);
    return true;
}

/* --- the row's direction --- */

/* The first strong letter of the wire row is the leftmost of the visual row where the row is left
 * to right, else the rightmost. */
static void put_direction_seam(const struct wire_source *source, struct wire_attempt *attempt)
{
    size_t count = source->count, first = nowhere;
    if (source->profile->direction != WIRE_DIRECTION_FIRST_STRONG)
        return;
    for (size_t k = 0; k < count && first == nowhere; k++) {
        size_t at = attempt->right_to_left ? count - 1 - k : k;
        if (attempt->classes[at] <= WIRE_CLASS_AL)
            first = at;
    }
    bool is_right = first != nowhere && wire_class_is_right(attempt->classes[first]);
    if (first == nowhere ? !attempt->right_to_left : is_right == attempt->right_to_left)
        return;
    if (attempt->right_to_left)
        seam_put(source, attempt,
                 blank_find(source, attempt, first == nowhere ? 0 : first + 1, count, true),
                 WIRE_CLASS_R);
    else
        seam_put(source, attempt, blank_find(source, attempt, 0, first, false), WIRE_CLASS_L);
}

/* --- left-to-right rows --- */

/* European numbers at the right end of a right-to-left run, where no letter stands right of them.
 */
struct loose_numbers {
    size_t letter;      /* the run's last right-to-left letter */
    size_t first, last; /* the numbers, right of it */
    size_t end;         /* the next L, or the row's end */
};

/* Finds the next ones at or behind start. */
static bool find_loose_numbers(const struct wire_attempt *attempt, size_t count, size_t start,
                               struct loose_numbers *loose)
{
    *loose = (struct loose_numbers){nowhere, nowhere, nowhere, count};
    for (size_t i = start; i < count; i++) {
        uint8_t class = attempt->classes[i];
        if (class == WIRE_CLASS_L && loose->first != nowhere) {
            loose->end = i;
            return true;
        }
        if (class <= WIRE_CLASS_AL) {
            loose->letter = class == WIRE_CLASS_L ? nowhere : i;
            loose->first = nowhere;
        }
        if (class == WIRE_CLASS_EN && loose->letter != nowhere) {
            loose->first = loose->first == nowhere ? i : loose->first;
            loose->last = i;
        }
    }
    return loose->first != nowhere;
}

/* A letter to the right of the numbers makes them part of the run; an L before them parts them from
 * it. */
static bool put_one_seam(const struct wire_source *source, struct wire_attempt *attempt,
                         const struct loose_numbers *loose, bool left)
{
    size_t at = left ? blank_find(source, attempt, loose->letter + 1, loose->first, false)
                     : blank_find(source, attempt, loose->last + 1, loose->end, false);
    return seam_put(source, attempt, at, left ? WIRE_CLASS_L : WIRE_CLASS_R);
}

/* Between two of the numbers: those left of it into the run, those right of it out. False when no
 * two blanks are free there. */
static bool put_two_seams(const struct wire_source *source, struct wire_attempt *attempt,
                          const struct loose_numbers *loose)
{
    size_t free = nowhere;
    for (size_t i = loose->first; i < loose->last; i++) {
        if (attempt->classes[i] == WIRE_CLASS_EN)
            free = nowhere;
        if (!is_free(source, attempt, i))
            continue;
        if (free != nowhere) {
            wire_seam_set(source, attempt, free, WIRE_CLASS_R);
            wire_seam_set(source, attempt, i, WIRE_CLASS_L);
            return true;
        }
        free = i;
    }
    return false;
}

static void put_left_to_right_seams(const struct wire_source *source, struct wire_attempt *attempt)
{
    struct loose_numbers loose;
    bool both = attempt->preference == WIRE_PREFER_BOTH;
    bool left = attempt->preference == WIRE_PREFER_LEFT;
    for (size_t start = 0; find_loose_numbers(attempt, source->count, start, &loose);
         start = loose.end) {
        if (both && put_two_seams(source, attempt, &loose))
            continue;
        if (!put_one_seam(source, attempt, &loose, left) &&
            !put_one_seam(source, attempt, &loose, !left))
            put_two_seams(source, attempt, &loose);
    }
}

/* --- right-to-left rows --- */

/* Two left-to-right groups that would change sides. */
struct pulled {
    size_t open;  /* where what may be moved with the left group starts */
    size_t left;  /* the left group's first item */
    size_t start; /* the gap between the groups */
    size_t end;
};

/* Where the group of items at level 2 that ends before end starts. */
static size_t group_start(const struct wire_attempt *attempt, size_t end)
{
    while (end > 0 && attempt->levels[end - 1] == LEVEL_WITHIN_RIGHT)
        end--;
    return end;
}

static bool group_has_letter(const struct wire_attempt *attempt, size_t start, size_t end)
{
    while (start < end && attempt->classes[start] != WIRE_CLASS_L)
        start++;
    return start < end;
}

/* Where the gap left of a group starts: behind the item at level 2, or R, before it. */
static size_t gap_start(const struct wire_attempt *attempt, size_t end)
{
    while (end > 0 && attempt->levels[end - 1] != LEVEL_WITHIN_RIGHT &&
           !wire_class_is_right(attempt->classes[end - 1]))
        end--;
    return end;
}

/* How far left of a number a seam still takes it along: to a letter or an Arabic number. */
static size_t chain_start(const struct wire_attempt *attempt, size_t at)
{
    while (at > 0 && attempt->classes[at - 1] > WIRE_CLASS_AL &&
           attempt->classes[at - 1] != WIRE_CLASS_AN)
        at--;
    return at;
}

/* Finds the rightmost two groups left of limit that pull at each other: the right one has a letter
 * and ends in something left-to-right, the left one starts so. */
static bool find_pulled(const struct wire_attempt *attempt, size_t limit, struct pulled *pulled)
{
    for (size_t end = limit; end > 0;) {
        if (attempt->levels[end - 1] != LEVEL_WITHIN_RIGHT) {
            end--;
            continue;
        }
        size_t start = group_start(attempt, end);
        size_t gap = gap_start(attempt, start);
        bool pulls = attempt->classes[end - 1] != WIRE_CLASS_AN &&
                     group_has_letter(attempt, start, end) && gap > 0 && gap < start &&
                     attempt->levels[gap - 1] == LEVEL_WITHIN_RIGHT;
        size_t left = pulls ? group_start(attempt, gap) : 0;
        if (pulls && attempt->classes[left] != WIRE_CLASS_AN) {
            *pulled = (struct pulled){chain_start(attempt, left), left, gap, start};
            return true;
        }
        end = start;
    }
    return false;
}

/* An R between the groups parts them; an L before the left one makes both one Latin text. */
static bool part(const struct wire_source *source, struct wire_attempt *attempt,
                 const struct pulled *pulled, bool left)
{
    if (!left)
        return seam_put(source, attempt,
                        blank_find(source, attempt, pulled->start, pulled->end, true),
                        WIRE_CLASS_R);
    if (attempt->classes[pulled->left] != WIRE_CLASS_EN)
        return false;
    return seam_put(source, attempt, blank_find(source, attempt, pulled->open, pulled->left, false),
                    WIRE_CLASS_L);
}

static void put_right_to_left_seams(const struct wire_source *source, struct wire_attempt *attempt)
{
    struct pulled pulled;
    size_t limit = source->count;
    bool left = attempt->preference == WIRE_PREFER_LEFT;
    while (find_pulled(attempt, limit, &pulled)) {
        bool parted = part(source, attempt, &pulled, left) || part(source, attempt, &pulled, !left);
        if (parted)
            wire_levels_find(source->count, attempt);
        else
            limit = pulled.end;
    }
}

/* --- all --- */

void wire_seams_put(const struct wire_source *source, struct wire_attempt *attempt)
{
    put_direction_seam(source, attempt);
    if (attempt->right_to_left) {
        wire_levels_find(source->count, attempt);
        put_right_to_left_seams(source, attempt);
    } else {
        put_left_to_right_seams(source, attempt);
    }
    wire_levels_find(source->count, attempt);
}
