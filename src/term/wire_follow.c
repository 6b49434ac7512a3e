/* Building a row from its first character on, in every form it can have.
 *
 * A terminal puts a character on the screen by its level (L2), of which a row without controls has
 * three: what is at level 0 stands where the columns filled so far end; what is higher forms runs,
 * filled from their right ends; and in these, stretches at level 2 are filled from their left ends. So
 * the next character always is one of few: that of the next column, or of the end of a run or stretch
 * that is to be chosen. Its level must be what UAX #9 gives it (wire_rules.c). A beginning that leaves
 * the same columns and the same rules as one that could not be ended is not followed again: so this
 * ends soon, though the forms of a row are more than could be counted. */
#include "term/wire_follow.h"

#include <fribidi.h>
#include <string.h>

enum { KINDS = 3 /* of what a blank is sent as */ };

/* One character sent: which item's, mirrored or not, or which seam in its stead. */
struct sent {
    uint8_t item;
    bool turned;
    uint8_t seam; /* WIRE_CLASS_L, _R, or _NEUTRAL for none */
};

/* A character that is to be put, and what came before it. */
struct turn {
    const struct wire_beginning *before; /* all readers as they were */
    size_t place;
    unsigned reader;
    struct sent sent; /* by the first reader */
};

/* --- what is sent ------------------------------------------------------------------------------- */

static uint32_t codepoint_sent(const struct wire_search *search, const struct sent *sent)
{
    const struct wire_profile *profile = search->source->profile;
    const struct wire_item *item = &search->source->items[sent->item];
    if (sent->seam != WIRE_CLASS_NEUTRAL)
        return sent->seam == WIRE_CLASS_L ? profile->left_seam : profile->right_seam;
    return sent->turned ? item->mirrored : item->codepoint;
}

/* True when one reader's character can be the other's. */
static bool is_same(const struct wire_search *search, const struct sent *a, const struct sent *b)
{
    const struct wire_source *source = search->source;
    const struct wire_item *one = &source->items[a->item], *other = &source->items[b->item];
    const struct cell *cell = &source->cells[one->column];
    const struct cell *cell_other = &source->cells[other->column];
    return a->seam == b->seam && codepoint_sent(search, a) == codepoint_sent(search, b) &&
           one->columns == other->columns && cell->style == cell_other->style &&
           memcmp(cell->glyph.codepoint + 1, cell_other->glyph.codepoint + 1,
                  sizeof cell->glyph.codepoint - sizeof cell->glyph.codepoint[0]) == 0;
}

static struct wire_character character_of(const struct wire_search *search, const struct turn *turn,
                                          const struct sent *sent, uint8_t level)
{
    struct wire_character character = {.class = search->source->items[sent->item].class,
                                       .level = level};
    FriBidiBracketType bracket = FRIBIDI_NO_BRACKET;
    if (sent->seam != WIRE_CLASS_NEUTRAL)
        character.class = sent->seam;
    else if (search->pairs[turn->reader] && character.class == WIRE_CLASS_NEUTRAL)
        bracket = fribidi_get_bracket(codepoint_sent(search, sent));
    if (bracket != FRIBIDI_NO_BRACKET) {
        character.bracket = true;
        character.opens = FRIBIDI_IS_BRACKET_OPEN(bracket);
        character.id = (uint16_t)FRIBIDI_BRACKET_ID(bracket);
    }
    return character;
}

/* --- following ---------------------------------------------------------------------------------- */

/* How many brackets of a kind are still to be sent, or a few more than that. */
static size_t kind_left(const struct wire_search *search, const struct wire_cursor *cursor,
                        uint16_t id)
{
    uint8_t first = cursor->high > 0 ? cursor->low : cursor->at;
    uint8_t end = cursor->sub_high > 0 ? cursor->sub_high : cursor->at;
    size_t left = 0;
    for (size_t i = 0; i < search->bracket_count; i++) {
        const struct wire_bracket *bracket = &search->brackets[i];
        left += bracket->id == id && (search->base ? bracket->at < end : bracket->at >= first);
    }
    return left;
}

/* False when a bracket that must be closed cannot be: too few are left, or the next of its kind closes
 * another above it that must not be closed. */
static bool can_close(const struct wire_search *search, const struct wire_reader *reader)
{
    const struct wire_open *open = reader->rules.open;
    for (uint8_t i = reader->rules.open_count; i-- > 0;) {
        if (!wire_open_must_close(&open[i]))
            continue;
        size_t needed = 1;
        bool same_above = true; /* nothing between is closed before */
        for (uint8_t k = i + 1; k < reader->rules.open_count; k++) {
            bool must = wire_open_must_close(&open[k]);
            if (open[k].id == open[i].id && same_above && wire_open_must_stay(&open[k]))
                return false;
            same_above = same_above && !must;
            needed += must && open[k].id == open[i].id;
        }
        if (kind_left(search, &reader->cursor, open[i].id) < needed)
            return false;
    }
    return true;
}

static bool each_step(struct wire_search *search, struct turn *turn,
                      const struct wire_beginning *state);

/* Hands the character to the next reader, or goes on to the next character. */
static bool go_on(struct wire_search *search, const struct turn *turn,
                  const struct wire_beginning *state)
{
    if (turn->reader + 1 == search->reader_count)
        return wire_follow(search, state, turn->place + 1);
    struct turn next = *turn;
    next.reader++;
    return each_step(search, &next, state);
}

/* P2, P3: false when this letter is the first and gives the row another direction. */
static bool begin(const struct wire_search *search, uint8_t class, struct wire_beginning *state)
{
    if (!search->first_strong || state->begun || class > WIRE_CLASS_AL)
        return true;
    state->begun = true;
    return (search->base == 1) == wire_class_is_right(class);
}

/* Sends an item so, seen at its place at this level. */
static bool send(struct wire_search *search, const struct turn *turn,
                 const struct wire_beginning *state, const struct wire_cursor *cursor,
                 const struct sent *sent, uint8_t level)
{
    struct wire_character character = character_of(search, turn, sent, level);
    if (turn->reader > 0 && !is_same(search, &turn->sent, sent))
        return false;
    for (int joined = 0; joined <= wire_rules_has_choice(&character); joined++) {
        struct wire_beginning next = *state;
        struct turn now = *turn;
        character.joined = joined;
        now.sent = *sent;
        next.readers[turn->reader].cursor = *cursor;
        if (!begin(search, character.class, &next) ||
            !wire_rules_read(&next.readers[turn->reader].rules, search->base, &character) ||
            !can_close(search, &next.readers[turn->reader]))
            continue;
        if (turn->reader == 0) {
            search->attempt->levels[sent->item] = level;
            search->attempt->seams[sent->item] = sent->seam;
        }
        if (go_on(search, &now, &next))
            return true;
    }
    return false;
}

/* Whether the terminal can mirror the item there, or leave it; notes what that takes. */
static bool can_turn(const struct wire_search *search, const struct wire_cursor *before,
                     uint8_t item, uint8_t level, bool turned, struct wire_cursor *cursor)
{
    const struct wire_item *there = &search->source->items[item];
    enum wire_mirrors mirrors = search->source->profile->mirrors;
    bool has_mirror = there->mirrored != there->codepoint;
    if (mirrors != WIRE_MIRRORS_REVERSED)
        return turned == (has_mirror && mirrors == WIRE_MIRRORS_ALWAYS && level % 2 == 1);
    bool is_left = before->last != WIRE_NOWHERE && item + 1 == before->last;
    if ((before->wish == WIRE_WISH_LEFT && !is_left) ||
        (before->wish == WIRE_WISH_NOT_LEFT && is_left))
        return false;
    cursor->last = item;
    cursor->wish = WIRE_WISH_NONE;
    if (!has_mirror)
        return !turned;
    if (!is_left)
        cursor->wish = turned ? WIRE_WISH_LEFT : WIRE_WISH_NOT_LEFT;
    return turned || !is_left;
}

/* Puts an item at its place at this level, in every form.
 * cursor  what it leaves */
static bool put(struct wire_search *search, const struct turn *turn,
                const struct wire_beginning *state, struct wire_cursor cursor, uint8_t item,
                uint8_t level)
{
    static const uint8_t kinds[KINDS] = {WIRE_CLASS_NEUTRAL, WIRE_CLASS_L, WIRE_CLASS_R};
    const struct wire_cursor *before = &turn->before->readers[turn->reader].cursor;
    const struct wire_item *there = &search->source->items[item];
    bool blank = there->blank && item != search->caret;
    for (int turned = 0; turned <= (there->mirrored != there->codepoint); turned++) {
        if (!can_turn(search, before, item, level, turned, &cursor))
            continue;
        for (int kind = 0; kind < (blank ? KINDS : 1); kind++) {
            struct sent sent = {item, turned, kinds[kind]};
            if (send(search, turn, state, &cursor, &sent, level))
                return true;
        }
    }
    return false;
}

/* --- places ------------------------------------------------------------------------------------- */

static void leave_run(struct wire_cursor *cursor)
{
    if (cursor->high == 0 || cursor->at != cursor->low || cursor->sub_high != 0)
        return;
    cursor->at = cursor->high;
    cursor->low = cursor->high = 0;
    cursor->closed = true;
}

/* The next of a stretch at level 2. */
static bool step_within(struct wire_search *search, const struct turn *turn,
                        const struct wire_beginning *state, struct wire_cursor cursor)
{
    uint8_t item = cursor.at++;
    if (cursor.at == cursor.sub_high) {
        cursor.at = cursor.sub_low;
        cursor.sub_low = cursor.sub_high = 0;
        cursor.closed = true;
    }
    leave_run(&cursor);
    return put(search, turn, state, cursor, item, LEVEL_WITHIN_RIGHT);
}

/* In a run: one at level 1, or a stretch at level 2 begins. */
static bool step_run(struct wire_search *search, const struct turn *turn,
                     const struct wire_beginning *state, struct wire_cursor cursor)
{
    if (search->levels[cursor.at - 1] & WIRE_BIT_RIGHT) {
        struct wire_cursor next = cursor;
        next.at--;
        next.closed = false;
        leave_run(&next);
        if (put(search, turn, state, next, (uint8_t)(cursor.at - 1), LEVEL_RIGHT))
            return true;
    }
    if (cursor.closed || (cursor.at < cursor.high && !search->parts[cursor.at]))
        return false;
    for (uint8_t low = cursor.at; low > cursor.low; low--) {
        if (!(search->levels[low - 1] & WIRE_BIT_WITHIN))
            break;
        if (low - 1 > cursor.low && !search->parts[low - 1])
            continue;
        struct wire_cursor next = cursor;
        next.sub_low = next.at = (uint8_t)(low - 1);
        next.sub_high = cursor.at;
        if (step_within(search, turn, state, next))
            return true;
    }
    return false;
}

/* Outside: one at level 0, or a run begins. */
static bool step_outside(struct wire_search *search, const struct turn *turn,
                         const struct wire_beginning *state, struct wire_cursor cursor)
{
    size_t count = search->source->count;
    if (search->levels[cursor.at] & WIRE_BIT_LEFT) {
        struct wire_cursor next = cursor;
        next.at++;
        next.closed = false;
        if (put(search, turn, state, next, cursor.at, LEVEL_LEFT))
            return true;
    }
    if (cursor.closed || !search->parts[cursor.at])
        return false;
    for (size_t high = cursor.at + 1u; high <= count; high++) {
        if (!(search->levels[high - 1] & (WIRE_BIT_RIGHT | WIRE_BIT_WITHIN)))
            break;
        if (!search->parts[high])
            continue;
        struct wire_cursor next = cursor;
        next.low = cursor.at;
        next.high = next.at = (uint8_t)high;
        if (step_run(search, turn, state, next))
            return true;
    }
    return false;
}

/* Every place that can be filled next, in every form. */
static bool each_step(struct wire_search *search, struct turn *turn,
                      const struct wire_beginning *state)
{
    const struct wire_cursor *cursor = &turn->before->readers[turn->reader].cursor;
    if (cursor->sub_high > 0)
        return step_within(search, turn, state, *cursor);
    if (cursor->high > 0)
        return step_run(search, turn, state, *cursor);
    return cursor->at < search->source->count && step_outside(search, turn, state, *cursor);
}

/* Whether the row can end here. */
static bool can_end(const struct wire_search *search, const struct wire_beginning *state)
{
    bool ends = state->begun || search->base == 0;
    for (unsigned i = 0; i < search->reader_count; i++)
        ends = ends && state->readers[i].cursor.wish != WIRE_WISH_LEFT &&
               wire_rules_end(&state->readers[i].rules, search->base);
    return ends;
}

/* Follows a beginning of so many characters to every end; true when one is right. */
bool wire_follow(struct wire_search *search, const struct wire_beginning *state, size_t place)
{
    struct turn turn = {.before = state, .place = place};
    if (place == search->source->count)
        return can_end(search, state);
    return wire_follow_is_new(search, state) && each_step(search, &turn, state);
}
