/* Rules W1 to I2 of UAX #9, read forwards with what they look ahead for told beforehand.
 *
 * Everything here either says that a character may have the level told, or refuses: nothing is
 * resolved. Written from the standard, so that what makes wire rows otherwise (wire_levels.c,
 * wire_seams.c) is measured by something that shares nothing with it. */
#include "term/wire_rules.h"

enum direction_told { NEITHER, LEFT, RIGHT };

enum last {
    LAST_OTHER,
    LAST_EUROPEAN,       /* a digit */
    LAST_ARABIC,         /* of the other kind, which a European one behind an AL is (W2) */
    LAST_JOINS_EUROPEAN, /* a separator that belongs to the numbers at both sides: one follows */
    LAST_JOINS_ARABIC,
    LAST_PARTS_EUROPEAN, /* one behind a number that does not: none follows at once */
    LAST_PARTS_ARABIC,
    LAST_TERMINATES, /* a terminator behind a number */
    LAST_PRECEDES,   /* terminators that belong to the number that follows */
    LAST_ALONE,      /* terminators that belong to none: no number follows at once */
};

enum wants {
    WANTS_NOTHING_STRONG, /* a pair without direction, which as a single bracket has none either */
    WANTS_NO_CLOSING,     /* there is something strong inside: to stay single */
    WANTS_ANY,            /* the row's own direction, which stands before it as well */
    WANTS_OWN,            /* the row's own direction; the other stands before it */
    WANTS_OTHER,          /* the other, which stands before it: and nothing of the row's own */
    WANTS_NO_OWN,         /* the same, and the other was found inside */
    WANTS_CLOSING,        /* the row's own direction; what it takes was found inside */
};

static uint8_t own_direction(uint8_t base)
{
    return base ? RIGHT : LEFT;
}

static uint8_t direction_of(uint8_t level)
{
    return level % 2 ? RIGHT : LEFT;
}

void wire_rules_start(struct wire_rules *rules, uint8_t base)
{
    *rules = (struct wire_rules){.strong = base ? WIRE_CLASS_R : WIRE_CLASS_L,
                                 .last = LAST_OTHER,
                                 .before = own_direction(base),
                                 .pending = NEITHER};
}

/* --- directions --------------------------------------------------------------------------------- */

/* N1, N2: the neutrals before something of a direction. */
static bool settle(struct wire_rules *rules, uint8_t base, uint8_t direction)
{
    uint8_t given = rules->before == direction ? direction : own_direction(base);
    if (rules->pending != NEITHER && rules->pending != given)
        return false;
    rules->pending = NEITHER;
    rules->before = direction;
    return true;
}

/* N0: what a letter or number says to the brackets around it. */
static bool mark(struct wire_rules *rules, uint8_t base, uint8_t direction)
{
    bool own = direction == own_direction(base);
    for (uint8_t i = 0; i < rules->open_count; i++) {
        uint8_t *wants = &rules->open[i].wants;
        if (own && (*wants == WANTS_OTHER || *wants == WANTS_NO_OWN))
            return false;
        if (*wants == WANTS_NOTHING_STRONG)
            *wants = WANTS_NO_CLOSING;
        else if (*wants == WANTS_ANY || (own && *wants == WANTS_OWN))
            *wants = WANTS_CLOSING;
        else if (*wants == WANTS_OTHER)
            *wants = WANTS_NO_OWN;
    }
    return true;
}

static bool give(struct wire_rules *rules, uint8_t base, uint8_t direction)
{
    return settle(rules, base, direction) && mark(rules, base, direction);
}

/* A European number, or what belongs to one: W7, I1 and I2. */
static bool give_european(struct wire_rules *rules, uint8_t base, uint8_t level)
{
    bool left = rules->strong == WIRE_CLASS_L;
    return level == (left && base == 0 ? LEVEL_LEFT : LEVEL_WITHIN_RIGHT) &&
           give(rules, base, left ? LEFT : RIGHT);
}

static bool give_arabic(struct wire_rules *rules, uint8_t base, uint8_t level)
{
    return level == LEVEL_WITHIN_RIGHT && give(rules, base, RIGHT);
}

/* True when a number must follow. */
static bool is_waiting(const struct wire_rules *rules)
{
    return rules->last == LAST_JOINS_EUROPEAN || rules->last == LAST_JOINS_ARABIC ||
           rules->last == LAST_PRECEDES;
}

/* --- characters --------------------------------------------------------------------------------- */

static bool read_letter(struct wire_rules *rules, uint8_t base,
                        const struct wire_character *character)
{
    bool left = character->class == WIRE_CLASS_L;
    uint8_t level = left ? (base ? LEVEL_WITHIN_RIGHT : LEVEL_LEFT) : LEVEL_RIGHT;
    if (is_waiting(rules) || character->level != level)
        return false;
    rules->last = LAST_OTHER;
    rules->strong = character->class;
    return give(rules, base, left ? LEFT : RIGHT);
}

static bool read_digit(struct wire_rules *rules, uint8_t base,
                       const struct wire_character *character)
{
    uint8_t last = rules->last;
    if (character->class == WIRE_CLASS_EN && rules->strong != WIRE_CLASS_AL) {
        rules->last = LAST_EUROPEAN;
        return last != LAST_JOINS_ARABIC && last != LAST_PARTS_EUROPEAN && last != LAST_ALONE &&
               give_european(rules, base, character->level);
    }
    rules->last = LAST_ARABIC;
    return last != LAST_JOINS_EUROPEAN && last != LAST_PARTS_ARABIC && last != LAST_PRECEDES &&
           give_arabic(rules, base, character->level);
}

static bool read_neutral(struct wire_rules *rules, uint8_t base, uint8_t level, enum last last)
{
    uint8_t direction = direction_of(level);
    if (is_waiting(rules) || level > base + 1 ||
        (rules->pending != NEITHER && rules->pending != direction))
        return false;
    rules->last = (uint8_t)last;
    rules->pending = direction;
    return true;
}

static bool read_separator(struct wire_rules *rules, uint8_t base,
                           const struct wire_character *character)
{
    bool european = rules->last == LAST_EUROPEAN;
    bool arabic = rules->last == LAST_ARABIC && character->class == WIRE_CLASS_CS;
    if (!character->joined)
        return read_neutral(rules, base, character->level,
                            european ? LAST_PARTS_EUROPEAN
                            : arabic ? LAST_PARTS_ARABIC
                                     : LAST_OTHER);
    if (european) {
        rules->last = LAST_JOINS_EUROPEAN;
        return give_european(rules, base, character->level);
    }
    rules->last = LAST_JOINS_ARABIC;
    return arabic && give_arabic(rules, base, character->level);
}

static bool read_terminator(struct wire_rules *rules, uint8_t base,
                            const struct wire_character *character)
{
    uint8_t last = rules->last;
    bool behind = last == LAST_EUROPEAN || last == LAST_TERMINATES;
    if (!character->joined)
        return !behind && read_neutral(rules, base, character->level, LAST_ALONE);
    if (last == LAST_ALONE || last == LAST_JOINS_EUROPEAN || last == LAST_JOINS_ARABIC ||
        (!behind && rules->strong == WIRE_CLASS_AL))
        return false;
    rules->last = behind ? LAST_TERMINATES : LAST_PRECEDES;
    return give_european(rules, base, character->level);
}

/* --- brackets ----------------------------------------------------------------------------------- */

static bool open_bracket(struct wire_rules *rules, uint8_t base,
                         const struct wire_character *character)
{
    bool own = direction_of(character->level) == own_direction(base);
    bool before_own = rules->before == own_direction(base);
    uint8_t wants = WANTS_NOTHING_STRONG;
    if (character->joined && !own && before_own)
        return false;
    if (character->joined)
        wants = !own ? WANTS_OTHER : before_own ? WANTS_ANY : WANTS_OWN;
    rules->open[rules->open_count++] = (struct wire_open){character->id, wants};
    return true;
}

bool wire_open_must_close(const struct wire_open *open)
{
    return open->wants != WANTS_NOTHING_STRONG && open->wants != WANTS_NO_CLOSING;
}

bool wire_open_must_stay(const struct wire_open *open)
{
    return open->wants == WANTS_NO_CLOSING;
}

/* Forgets the brackets from at on; false when one of them was to have a pair. */
static bool drop_single(struct wire_rules *rules, uint8_t at)
{
    bool single = true;
    while (rules->open_count > at)
        single = !wire_open_must_close(&rules->open[--rules->open_count]) && single;
    return single;
}

static bool close_bracket(struct wire_rules *rules, uint8_t base,
                          const struct wire_character *character)
{
    uint8_t at = rules->open_count;
    while (at > 0 && rules->open[at - 1].id != character->id)
        at--;
    if (at == 0)
        return !character->joined;
    uint8_t wants = rules->open[at - 1].wants;
    if (!drop_single(rules, at))
        return false;
    rules->open_count--;
    if (!character->joined)
        return wants == WANTS_NOTHING_STRONG;
    bool own = direction_of(character->level) == own_direction(base);
    return wants == (own ? WANTS_CLOSING : WANTS_NO_OWN);
}

static bool read_bracket(struct wire_rules *rules, uint8_t base,
                         const struct wire_character *character)
{
    if (!(character->opens ? open_bracket : close_bracket)(rules, base, character))
        return false;
    if (!character->joined)
        return read_neutral(rules, base, character->level, LAST_OTHER);
    if (is_waiting(rules) || character->level > base + 1)
        return false;
    rules->last = LAST_OTHER;
    return settle(rules, base, direction_of(character->level));
}

/* --- all ---------------------------------------------------------------------------------------- */

bool wire_rules_has_choice(const struct wire_character *character)
{
    return character->bracket || character->class == WIRE_CLASS_ES ||
           character->class == WIRE_CLASS_CS || character->class == WIRE_CLASS_ET;
}

bool wire_rules_read(struct wire_rules *rules, uint8_t base, const struct wire_character *character)
{
    if (character->bracket)
        return read_bracket(rules, base, character);
    switch (character->class) {
    case WIRE_CLASS_L:
    case WIRE_CLASS_R:
    case WIRE_CLASS_AL:
        return read_letter(rules, base, character);
    case WIRE_CLASS_EN:
    case WIRE_CLASS_AN:
        return read_digit(rules, base, character);
    case WIRE_CLASS_ES:
    case WIRE_CLASS_CS:
        return read_separator(rules, base, character);
    case WIRE_CLASS_ET:
        return read_terminator(rules, base, character);
    default:
        return read_neutral(rules, base, character->level, LAST_OTHER);
    }
}

/* Rule L1 changes nothing: blanks at a row's end have the row's level without it. */
bool wire_rules_end(const struct wire_rules *rules, uint8_t base)
{
    struct wire_rules rest = *rules;
    return !is_waiting(&rest) && settle(&rest, base, own_direction(base)) && drop_single(&rest, 0);
}
