/* The tables of keys: xterm's, and the forms of rxvt, PuTTY and the Linux console beside. */
#include "term/terminal_keymap.h"

enum {
    BYTE_BACKSPACE = 0x08,
    BYTE_TAB = 0x09,
    BYTE_LINE_FEED = 0x0a,
    BYTE_RETURN = 0x0d,
    BYTE_SUBSTITUTE = 0x1a, /* Ctrl-Z, the last letter */
    BYTE_ESCAPE = 0x1b,
    BYTE_DELETE = 0x7f,
};

/* The press of a C0 control character or DEL. */
static struct press key_of_control(unsigned char byte)
{
    enum { TO_LOWER_CASE = 0x60, TO_COLUMN_FOUR = 0x40 };
    switch (byte) {
    case BYTE_TAB:
        return (struct press){.kind = PRESS_TAB};
    case BYTE_LINE_FEED:
    case BYTE_RETURN:
        return (struct press){.kind = PRESS_ENTER};
    case BYTE_BACKSPACE:
    case BYTE_DELETE:
        return (struct press){.kind = PRESS_BACKSPACE};
    case 0:
        return (struct press){.kind = PRESS_CHARACTER, .codepoint = ' ', .control = true};
    default: {
        bool letter = byte <= BYTE_SUBSTITUTE;
        uint32_t codepoint = byte + (uint32_t)(letter ? TO_LOWER_CASE : TO_COLUMN_FOUR);
        return (struct press){.kind = PRESS_CHARACTER, .codepoint = codepoint, .control = true};
    }
    }
}

bool key_of_codepoint(uint32_t codepoint, struct press *press)
{
    enum { LAST_C1 = 0x9f, LAST_CODEPOINT = 0x10ffff };
    if (codepoint == BYTE_ESCAPE)
        *press = (struct press){.kind = PRESS_ESCAPE};
    else if (codepoint < ' ' || codepoint == BYTE_DELETE)
        *press = key_of_control((unsigned char)codepoint);
    else if (codepoint > LAST_CODEPOINT || (codepoint > BYTE_DELETE && codepoint <= LAST_C1))
        return false;
    else
        *press = (struct press){.kind = PRESS_CHARACTER, .codepoint = codepoint};
    return true;
}

void csi_read_parameters(struct str bytes, struct csi *csi)
{
    enum { PARAMETER_MOST = 0x1fffff };
    bool sub_parameter = false;
    csi->count = 1;
    for (size_t i = 0; i < bytes.size; i++) {
        char byte = bytes.data[i];
        unsigned *parameter =
            csi->count <= CSI_PARAMETERS ? &csi->parameters[csi->count - 1] : NULL;
        if (byte >= '<' && i == 0)
            csi->mark = byte;
        if (byte == ';') {
            csi->count += csi->count <= CSI_PARAMETERS;
            sub_parameter = false;
        } else if (byte == ':') {
            sub_parameter = true;
        } else if (byte >= '0' && byte <= '9' && parameter && !sub_parameter &&
                   *parameter < PARAMETER_MOST / 10) {
            *parameter = *parameter * 10 + (unsigned)(byte - '0');
        }
    }
}

void key_add_modifiers(struct press *press, unsigned parameter)
{
    enum { SHIFT = 1, ALT = 2, CONTROL = 4, META = 8 };
    unsigned bits = parameter > 0 ? parameter - 1 : 0;
    press->shift |= (bits & SHIFT) && press->kind != PRESS_CHARACTER;
    press->alt |= (bits & (ALT | META)) != 0;
    press->control |= (bits & CONTROL) != 0;
    if (press->kind == PRESS_TAB && press->shift)
        *press = (struct press){PRESS_BACKTAB, .alt = press->alt, .control = press->control};
}

/* CSI parameters with the final byte ~ (and ^ and @, which rxvt uses for modifiers). */
static bool key_of_number(unsigned number, struct press *press)
{
    static const enum press_kind editing[] = {PRESS_NONE,      PRESS_HOME, PRESS_NONE,
                                              PRESS_DELETE,    PRESS_END,  PRESS_PAGE_UP,
                                              PRESS_PAGE_DOWN, PRESS_HOME, PRESS_END};
    /* VT220's numbers of F1 to F20 have gaps where its keyboard had. */
    static const unsigned char functions[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21,
                                              23, 24, 25, 26, 28, 29, 31, 32, 33, 34};
    if (number < sizeof editing / sizeof editing[0]) {
        press->kind = editing[number];
        return press->kind != PRESS_NONE;
    }
    for (uint32_t i = 0; i < sizeof functions; i++) {
        if (functions[i] == number) {
            *press = (struct press){.kind = PRESS_FUNCTION, .codepoint = i + 1};
            return true;
        }
    }
    return false;
}

bool key_of_letter(char letter, struct press *press)
{
    static const struct {
        char letter;
        enum press_kind kind;
    } keys[] = {{'A', PRESS_UP},   {'B', PRESS_DOWN}, {'C', PRESS_RIGHT}, {'D', PRESS_LEFT},
                {'H', PRESS_HOME}, {'F', PRESS_END},  {'M', PRESS_ENTER}, {'Z', PRESS_BACKTAB}};
    if (letter >= 'P' && letter <= 'S') {
        *press = (struct press){.kind = PRESS_FUNCTION, .codepoint = (uint32_t)(letter - 'P' + 1)};
        return true;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].letter == letter) {
            press->kind = keys[i].kind;
            return true;
        }
    }
    return false;
}

/* A mouse report of mode 1006: CSI < button ; column ; row, M when pressed and m when released. */
static bool key_of_mouse(const struct csi *csi, struct press *press)
{
    enum { BUTTON_ONE = 0, WHEEL_UP = 64, WHEEL_DOWN = 65, MODIFIERS = 4 | 8 | 16 };
    enum { PRESS_BUTTON = 1, PRESS_WHEEL_UP = 4, PRESS_WHEEL_DOWN = 5 };
    unsigned button = csi->parameters[0] & ~(unsigned)MODIFIERS;
    bool known = button == BUTTON_ONE || button == WHEEL_UP || button == WHEEL_DOWN;
    if (csi->final != 'M' || csi->count < 3 || !known || csi->parameters[1] == 0 ||
        csi->parameters[2] == 0)
        return false;
    *press = (struct press){.kind = PRESS_MOUSE,
                            .codepoint = button == BUTTON_ONE ? PRESS_BUTTON
                                         : button == WHEEL_UP ? PRESS_WHEEL_UP
                                                              : PRESS_WHEEL_DOWN,
                            .x = (int)csi->parameters[1] - 1,
                            .y = (int)csi->parameters[2] - 1};
    return true;
}

bool key_of_csi(const struct csi *csi, struct press *press)
{
    enum { MODIFY_OTHER_KEYS = 27, RXVT_SHIFT = 2, RXVT_CONTROL = 5, RXVT_BOTH = 6 };
    if (csi->mark == '<')
        return key_of_mouse(csi, press);
    if (csi->mark)
        return false;
    unsigned first = csi->parameters[0];
    unsigned modifiers = csi->count > 1 ? csi->parameters[1] : 0;
    if (csi->final == '~' && first == MODIFY_OTHER_KEYS && csi->count > 2) {
        if (!key_of_codepoint(csi->parameters[2], press))
            return false;
    } else if (csi->final == 'u' && !csi->intermediate) {
        if (!key_of_codepoint(first, press))
            return false;
    } else if ((csi->final == '~' || csi->final == '^' || csi->final == '@') &&
               !csi->intermediate) {
        if (csi->final != '~')
            modifiers = csi->final == '^' ? RXVT_CONTROL : csi->final == '@' ? RXVT_BOTH : 0;
        if (!key_of_number(first, press))
            return false;
    } else if (csi->final >= 'a' && csi->final <= 'd' && !csi->intermediate) {
        modifiers = RXVT_SHIFT;
        if (!key_of_letter((char)(csi->final - 'a' + 'A'), press))
            return false;
    } else if (csi->intermediate || csi->final == 'M' || !key_of_letter(csi->final, press)) {
        return false;
    }
    key_add_modifiers(press, modifiers);
    return true;
}
