/* The names of keys, and what an Arabic keyboard means by them. Pure tables; what bytes a terminal
 * sends for a key is in terminal_keys.c. */
#include "term/press.h"

#include "text/utf8.h"

#include <stdio.h>

enum { FUNCTION_KEYS = 63 /* as many as terminfo has names for */, DELETE_CHARACTER = 0x7f };

static const struct {
    enum press_kind kind;
    const char *name;
} names[] = {
    /* The first name of a kind is the one that press_name() gives. */
    {PRESS_ENTER, "enter"},
    {PRESS_ENTER, "return"},
    {PRESS_ESCAPE, "esc"},
    {PRESS_ESCAPE, "escape"},
    {PRESS_TAB, "tab"},
    {PRESS_BACKTAB, "backtab"},
    {PRESS_BACKTAB, "shift+tab"},
    {PRESS_BACKSPACE, "backspace"},
    {PRESS_DELETE, "del"},
    {PRESS_DELETE, "delete"},
    {PRESS_UP, "up"},
    {PRESS_DOWN, "down"},
    {PRESS_LEFT, "left"},
    {PRESS_RIGHT, "right"},
    {PRESS_HOME, "home"},
    {PRESS_END, "end"},
    {PRESS_PAGE_UP, "pgup"},
    {PRESS_PAGE_UP, "pageup"},
    {PRESS_PAGE_DOWN, "pgdn"},
    {PRESS_PAGE_DOWN, "pagedown"},
};

enum { NAME_COUNT = sizeof names / sizeof names[0] };

static bool is_control_character(uint32_t codepoint)
{
    return codepoint < ' ' || (codepoint >= DELETE_CHARACTER && codepoint < 0xa0);
}

/* Takes prefix off name where more follows it, so that "ctrl++" keeps its plus. */
static bool take_prefix(struct str *name, const char *prefix)
{
    struct str start = str_of(prefix);
    if (name->size <= start.size || !str_starts(*name, start))
        return false;
    *name = str_part(*name, start.size, name->size);
    return true;
}

static bool parse_named(struct str name, struct press *press)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (str_equal(name, str_of(names[i].name))) {
            press->kind = names[i].kind;
            return true;
        }
    }
    return false;
}

static bool parse_function(struct str name, struct press *press)
{
    long long number = 0;
    if (name.size < 2 || name.data[0] != 'f' || name.data[1] < '1' || name.data[1] > '9' ||
        !str_to_int64(str_part(name, 1, name.size), &number) || number > FUNCTION_KEYS)
        return false;
    press->kind = PRESS_FUNCTION;
    press->codepoint = (uint32_t)number;
    return true;
}

static bool parse_character(struct str name, struct press *press)
{
    uint32_t codepoint = ' ';
    if (!str_equal(name, str_of("space"))) {
        if (name.size == 0 || utf8_valid_size(name) != name.size ||
            utf8_decode(name, 0, &codepoint) != name.size)
            return false;
        if (is_control_character(codepoint) || codepoint == ' ')
            return false;
    }
    /* A control character carries no case, and shift is in the character itself. */
    if (press->control && codepoint >= 'A' && codepoint <= 'Z')
        codepoint += 'a' - 'A';
    if (press->shift)
        return false;
    press->kind = PRESS_CHARACTER;
    press->codepoint = codepoint;
    return true;
}

bool press_parse(struct str name, struct press *press)
{
    struct press parsed = {0};
    bool more = true;
    while (more && !parse_named(name, &parsed)) {
        more = false;
        if (!parsed.control && take_prefix(&name, "ctrl+"))
            parsed.control = more = true;
        else if (!parsed.alt && take_prefix(&name, "alt+"))
            parsed.alt = more = true;
        else if (!parsed.shift && take_prefix(&name, "shift+"))
            parsed.shift = more = true;
    }
    if (parsed.kind == PRESS_NONE && !parse_function(name, &parsed) &&
        !parse_character(name, &parsed))
        return false;
    *press = parsed;
    return true;
}

static const char *kind_name(enum press_kind kind)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (names[i].kind == kind)
            return names[i].name;
    }
    return NULL;
}

const char *press_name(const struct press *press, char out[static PRESS_NAME_BYTES])
{
    enum { KEY_BYTES = 12 };
    char key[KEY_BYTES] = "";
    const char *named = kind_name(press->kind);
    if (press->kind == PRESS_FUNCTION)
        snprintf(key, sizeof key, "f%u", (unsigned)(press->codepoint % (FUNCTION_KEYS + 1)));
    else if (press->kind == PRESS_CHARACTER && press->codepoint == ' ')
        named = "space";
    else if (press->kind == PRESS_CHARACTER)
        key[utf8_encode(press->codepoint, key)] = '\0';
    else if (!named) {
        out[0] = '\0'; /* the mouse, a paste and the like are no keys */
        return out;
    }
    snprintf(out, PRESS_NAME_BYTES, "%s%s%s%s", press->control ? "ctrl+" : "",
             press->alt ? "alt+" : "", press->shift ? "shift+" : "", named ? named : key);
    return out;
}

bool press_equal(const struct press *a, const struct press *b)
{
    return a->kind == b->kind && a->codepoint == b->codepoint && a->control == b->control &&
           a->alt == b->alt && a->shift == b->shift;
}

/* --- the Arabic (101) layout ------------------------------------------------------------------ */

static const struct {
    uint32_t arabic;
    char latin;
} arabic_101[] = {
    /* Without shift, row by row. The key B gives the two letters لا; where a system sends them as
     * the one ligature it can be told from them. */
    {0x0630, '`'},
    {0x0636, 'q'},
    {0x0635, 'w'},
    {0x062b, 'e'},
    {0x0642, 'r'},
    {0x0641, 't'},
    {0x063a, 'y'},
    {0x0639, 'u'},
    {0x0647, 'i'},
    {0x062e, 'o'},
    {0x062d, 'p'},
    {0x062c, '['},
    {0x062f, ']'},
    {0x0634, 'a'},
    {0x0633, 's'},
    {0x064a, 'd'},
    {0x0628, 'f'},
    {0x0644, 'g'},
    {0x0627, 'h'},
    {0x062a, 'j'},
    {0x0646, 'k'},
    {0x0645, 'l'},
    {0x0643, ';'},
    {0x0637, '\''},
    {0x0626, 'z'},
    {0x0621, 'x'},
    {0x0624, 'c'},
    {0x0631, 'v'},
    {0xfefb, 'b'},
    {0x0649, 'n'},
    {0x0629, 'm'},
    {0x0648, ','},
    {0x0632, '.'},
    {0x0638, '/'},
    /* With shift: where the key gives one character that no Latin key gives. */
    {0x0651, '~'},
    {0x064e, 'Q'},
    {0x064b, 'W'},
    {0x064f, 'E'},
    {0x064c, 'R'},
    {0xfef9, 'T'},
    {0x0625, 'Y'},
    {0x2018, 'U'},
    {0x00f7, 'I'},
    {0x00d7, 'O'},
    {0x0650, 'A'},
    {0x064d, 'S'},
    {0xfef7, 'G'},
    {0x0623, 'H'},
    {0x0640, 'J'},
    {0x060c, 'K'},
    {0x0652, 'X'},
    {0xfef5, 'B'},
    {0x0622, 'N'},
    {0x2019, 'M'},
    /* Two marks that are their Latin counterparts to everyone who types them. */
    {0x061f, '?'},
    {0x061b, ';'},
};

enum {
    ARABIC_INDIC_ZERO = 0x0660,
    EXTENDED_ARABIC_INDIC_ZERO = 0x06f0,
    DIGITS = 10,
};

struct press press_on_latin_layout(struct press press)
{
    if (press.kind != PRESS_CHARACTER)
        return press;
    for (size_t i = 0; i < sizeof arabic_101 / sizeof arabic_101[0]; i++) {
        if (press.codepoint == arabic_101[i].arabic) {
            press.codepoint = (unsigned char)arabic_101[i].latin;
            return press;
        }
    }
    const uint32_t zeros[] = {ARABIC_INDIC_ZERO, EXTENDED_ARABIC_INDIC_ZERO};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        if (press.codepoint >= zeros[i] && press.codepoint < zeros[i] + DIGITS)
            press.codepoint = press.codepoint - zeros[i] + '0';
    }
    return press;
}
