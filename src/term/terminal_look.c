/* The table of looks. Two rules: text keeps the terminal's own background where it can, so that
 * light and dark terminals both stay readable; where a background is set, the foreground is set
 * too. Yellow and blue are never text on a background we do not know. */
#include "term/terminal_look.h"

#include "term/style.h"
#include "term/wire.h"

#include <stdlib.h>

/* Pairs of colours, by what they are for. Pair 0 is the terminal's own. */
enum pair {
    PAIR_OWN,
    PAIR_RED,
    PAIR_GREEN,
    PAIR_MAGENTA,
    PAIR_CYAN,
    PAIR_BAR,
    PAIR_FIELD,
    PAIR_CURRENT,
    PAIR_FOUND,
    PAIR_CHOSEN,
    PAIR_GROUND, /* stands for PAIR_OWN where the screen has colours of its own: curses loses count of
                    its pairs when pair 0 is changed */
    PAIR_COUNT,
};

/* Behind these stand pairs in which everything has one colour, so that nothing is seen: one for each
 * colour that was the ground of something, in the order they were needed. */
enum { ONE_COLOUR_PAIRS = 16, PAIRS_ALL = PAIR_COUNT + ONE_COLOUR_PAIRS };

enum { OWN = -1, COLORS_EXTENDED = 256 };

/* Greys and blues of the 256, by xterm's cube and grey ramp. */
enum {
    WHITE = 231,
    BLACK = 16,
    DEEP_BLUE = 24,
    DEEP_TEAL = 23,
    GREY = 238,
    LIGHT_GREY = 252,
    DARK_GREY = 236
};

static const struct {
    short foreground, background;                   /* of the eight */
    short extended_foreground, extended_background; /* of the 256 */
} colours[PAIR_COUNT] = {
    [PAIR_OWN] = {OWN, OWN, OWN, OWN},
    [PAIR_RED] = {COLOR_RED, OWN, COLOR_RED, OWN},
    [PAIR_GREEN] = {COLOR_GREEN, OWN, COLOR_GREEN, OWN},
    [PAIR_MAGENTA] = {COLOR_MAGENTA, OWN, COLOR_MAGENTA, OWN},
    [PAIR_CYAN] = {COLOR_CYAN, OWN, COLOR_CYAN, OWN},
    [PAIR_BAR] = {COLOR_WHITE, COLOR_BLUE, WHITE, GREY},
    [PAIR_FIELD] = {COLOR_WHITE, COLOR_BLUE, WHITE, DARK_GREY},
    [PAIR_CURRENT] = {OWN, OWN, WHITE, DEEP_BLUE},
    [PAIR_FOUND] = {COLOR_BLACK, COLOR_YELLOW, BLACK, COLOR_YELLOW},
    [PAIR_GROUND] = {OWN, OWN, OWN, OWN},
    [PAIR_CHOSEN] = {COLOR_BLACK, COLOR_CYAN, WHITE, DEEP_TEAL},
};

static const struct {
    enum pair pair;
    attr_t coloured; /* attributes beside the pair */
    attr_t plain;    /* attributes where there are no colours */
} roles[STYLE_COUNT] = {
    [STYLE_NORMAL] = {PAIR_OWN, A_NORMAL, A_NORMAL},
    [STYLE_DIM] = {PAIR_OWN, A_DIM, A_DIM},
    [STYLE_STRONG] = {PAIR_OWN, A_BOLD, A_BOLD},
    [STYLE_BAR] = {PAIR_BAR, A_NORMAL, A_REVERSE},
    [STYLE_KEY] = {PAIR_BAR, A_BOLD, A_REVERSE | A_BOLD},
    [STYLE_LINK] = {PAIR_OWN, A_UNDERLINE, A_UNDERLINE},
    [STYLE_MARKER] = {PAIR_RED, A_REVERSE, A_REVERSE},
    [STYLE_PENDING] = {PAIR_OWN, A_NORMAL, A_NORMAL},
    [STYLE_APPROVED] = {PAIR_GREEN, A_NORMAL, A_NORMAL},
    [STYLE_REJECTED] = {PAIR_RED, A_NORMAL, A_NORMAL},
    [STYLE_SPAM] = {PAIR_MAGENTA, A_NORMAL, A_NORMAL},
    [STYLE_HELD] = {PAIR_CYAN, A_NORMAL, A_NORMAL},
    [STYLE_ESCALATED] = {PAIR_OWN, A_BOLD, A_BOLD},
    [STYLE_GOOD] = {PAIR_GREEN, A_BOLD, A_BOLD},
    [STYLE_BAD] = {PAIR_RED, A_BOLD, A_BOLD | A_REVERSE},
    [STYLE_FIELD] = {PAIR_FIELD, A_NORMAL, A_UNDERLINE},
    [STYLE_CHART] = {PAIR_CYAN, A_NORMAL, A_NORMAL},
    [STYLE_CHART_SECOND] = {PAIR_MAGENTA, A_NORMAL, A_DIM},
};

/* The colours of the pairs as they are now, and those of the pairs of one colour. Curses has one screen,
 * so these are of the process. */
static short fronts[PAIR_COUNT], backs[PAIR_COUNT], single[ONE_COLOUR_PAIRS];
static int single_count;
static bool grounded; /* the screen has colours of its own */

enum palette look_start(bool no_color)
{
    const char *wish = getenv("NO_COLOR");
    if (no_color || (wish && *wish) || !has_colors() || start_color() == ERR ||
        use_default_colors() == ERR || COLORS < COLOR_WHITE + 1 || COLOR_PAIRS < PAIRS_ALL)
        return PALETTE_NONE;
    enum palette palette = COLORS >= COLORS_EXTENDED ? PALETTE_EXTENDED : PALETTE_BASIC;
    single_count = 0;
    look_set_background(palette, BACKGROUND_OWN);
    return palette;
}

/* The pair in which all is of this colour. Once made it stays. */
static short pair_of_one_colour(short colour)
{
    int at = 0;
    while (at < single_count && single[at] != colour)
        at++;
    if (at == ONE_COLOUR_PAIRS)
        return PAIR_OWN;
    if (at == single_count) {
        single[single_count++] = colour;
        init_pair((short)(PAIR_COUNT + at), colour, colour);
    }
    return (short)(PAIR_COUNT + at);
}

/* A colour of the table, where the terminal's own is replaced by an explicit one. */
static short explicit_colour(short colour, short own)
{
    return colour == OWN ? own : colour;
}

void look_set_background(enum palette palette, enum background background)
{
    if (palette == PALETTE_NONE)
        return;
    bool extended = palette == PALETTE_EXTENDED, light = background == BACKGROUND_LIGHT;
    short own_foreground = OWN, own_background = OWN;
    if (background != BACKGROUND_OWN) {
        own_foreground = light ? COLOR_BLACK : extended ? LIGHT_GREY : COLOR_WHITE;
        own_background = light ? extended ? WHITE : COLOR_WHITE : COLOR_BLACK;
    }
    grounded = background != BACKGROUND_OWN;
    for (short pair = PAIR_OWN; pair < PAIR_COUNT; pair++) {
        short front = extended ? colours[pair].extended_foreground : colours[pair].foreground;
        short back = extended ? colours[pair].extended_background : colours[pair].background;
        front = explicit_colour(front, own_foreground);
        back = explicit_colour(back, own_background);
        if (pair != PAIR_OWN && (pair != PAIR_GROUND || grounded))
            init_pair(pair, front, back);
        fronts[pair] = front;
        backs[pair] = back;
    }
}

/* The look of what must not be seen beside cells of this look. */
static struct look hidden_look(enum palette palette, struct look look)
{
    if (palette == PALETTE_NONE)
        return (struct look){(look.attributes & A_REVERSE) | A_INVIS, PAIR_OWN};
    bool reversed = look.attributes & A_REVERSE;
    short ground = reversed ? fronts[look.pair] : backs[look.pair];
    return (struct look){A_NORMAL, ground == OWN ? PAIR_OWN : pair_of_one_colour(ground)};
}

static struct look seen_look(enum palette palette, uint16_t style)
{
    unsigned role = style & STYLE_ROLE_MASK;
    if (role >= STYLE_COUNT)
        role = STYLE_NORMAL;
    bool plain = palette == PALETTE_NONE;
    struct look look = {plain ? roles[role].plain : roles[role].coloured,
                        (short)(plain ? PAIR_OWN : roles[role].pair)};
    if (style & STYLE_CHOSEN)
        look = plain ? (struct look){look.attributes | A_BOLD, PAIR_OWN}
                     : (struct look){look.attributes, PAIR_CHOSEN};
    if (style & STYLE_CURRENT) {
        /* One colour over the whole row, so that it is seen as one; not bold where it is reversed:
         * bold black is grey on many terminals, and grey on grey is hard to read. */
        look = palette == PALETTE_EXTENDED ? (struct look){A_BOLD, PAIR_CURRENT}
                                           : (struct look){A_REVERSE, PAIR_OWN};
        bool underlined = role == STYLE_LINK || role == STYLE_MARKER;
        look.attributes |= underlined ? A_UNDERLINE : A_NORMAL;
    }
    if (style & STYLE_FOUND)
        look = plain ? (struct look){look.attributes | A_BOLD | A_UNDERLINE, PAIR_OWN}
                     : (struct look){A_NORMAL, PAIR_FOUND}; /* not bold, as above */
    if (style & STYLE_CARET)
        look.attributes ^= A_REVERSE;
    return look;
}

struct look look_of(enum palette palette, uint16_t style)
{
    struct look look = seen_look(palette, style);
    if (grounded && palette != PALETTE_NONE && look.pair == PAIR_OWN)
        look.pair = PAIR_GROUND;
    return style & WIRE_STYLE_HIDDEN ? hidden_look(palette, look) : look;
}
