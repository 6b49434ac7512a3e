/* Line breaking in printable ASCII: the rules of UAX #14 as a small table of pairs, looked into only
 * where a line is about to end. */
#include "text/wrap.h"

/* The line breaking classes that printable ASCII has, as far as they behave differently. */
enum ascii_class {
    CLASS_EXCLAMATION, /* EX: ! ? */
    CLASS_QUOTATION,   /* QU: " ' */
    CLASS_ALPHABETIC,  /* AL */
    CLASS_SIGN,        /* PR, PO: $ % + \ */
    CLASS_OPEN,        /* OP: ( [ { */
    CLASS_PARENTHESIS, /* CP: ) ] */
    CLASS_INFIX,       /* IS, SY: , . / : ; */
    CLASS_HYPHEN,      /* HY: - */
    CLASS_NUMERIC,     /* NU */
    CLASS_BAR,         /* BA: | */
    CLASS_CLOSE,       /* CL: } */
    ASCII_CLASSES,
};

static enum ascii_class ascii_class(char byte)
{
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
        return CLASS_ALPHABETIC;
    if (byte >= '0' && byte <= '9')
        return CLASS_NUMERIC;
    switch (byte) {
    case '!':
    case '?':
        return CLASS_EXCLAMATION;
    case '"':
    case '\'':
        return CLASS_QUOTATION;
    case '$':
    case '%':
    case '+':
    case '\\':
        return CLASS_SIGN;
    case '(':
    case '[':
    case '{':
        return CLASS_OPEN;
    case ')':
    case ']':
        return CLASS_PARENTHESIS;
    case ',':
    case '.':
    case '/':
    case ':':
    case ';':
        return CLASS_INFIX;
    case '-':
        return CLASS_HYPHEN;
    case '|':
        return CLASS_BAR;
    case '}':
        return CLASS_CLOSE;
    default:
        return CLASS_ALPHABETIC;
    }
}

/* What UAX #14 says of two characters (row first, column second, in the order of the classes):
 * '/' a line may end between them, ' ' only where blanks stand between, 'x' never. */
static const char ascii_pairs[ASCII_CLASSES][ASCII_CLASSES + 1] = {
    "x ///xx / x", "x   xxx   x", "x    xx   x", "x  / xx   x", "xxxxxxxxxxx", "x   /xx   x",
    "x ///xx   x", "x ///xx   x", "x    xx   x", "x ///xx / x", "x / /xx / x",
};

void wrap_find_ascii_breaks(const char *text, size_t size, uint8_t *flags)
{
    size_t i = 0;
    while (i < size && text[i] == ' ')
        i++;
    if (i >= size)
        return;
    enum ascii_class before = ascii_class(text[i]);
    for (i++; i < size; i++) {
        if (text[i] == ' ')
            continue;
        enum ascii_class after = ascii_class(text[i]);
        char pair = ascii_pairs[before][after];
        if (text[i - 1] == ' ' ? pair != 'x' : pair == '/')
            flags[i] |= WRAP_BREAK;
        before = after;
    }
}

/* --- lines without an array --- */

/* True when a line may end before byte at, which is no blank: behind blanks, or between signs. */
static bool may_end_before(const char *text, size_t at)
{
    size_t before = at;
    while (before > 0 && text[before - 1] == ' ')
        before--;
    if (before == 0)
        return false;
    char pair = ascii_pairs[ascii_class(text[before - 1])][ascii_class(text[at])];
    return before < at ? pair != 'x' : pair == '/';
}

static size_t before_blanks(const char *text, size_t from, size_t at)
{
    while (at > from && text[at - 1] == ' ')
        at--;
    return at;
}

struct wrap_line wrap_next_ascii(const char *text, size_t size, size_t from, unsigned width)
{
    size_t over = size - from > width ? from + width : size; /* what stands there has no room */
    size_t full = over;
    while (over < size && text[over] == ' ')
        over++;
    if (over >= size)
        return (struct wrap_line){full, size};
    size_t next = over;
    while (next > from && (text[next] == ' ' || !may_end_before(text, next)))
        next--;
    if (next == from)
        next = over;
    return (struct wrap_line){before_blanks(text, from, next), next};
}
