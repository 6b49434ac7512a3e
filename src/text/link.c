/* Links: found by their bytes, in one pass. */
#include "text/link.h"

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* RFC 3986, section 3.1. */
static bool is_of_scheme(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' ||
           byte == '.';
}

static bool is_of_link(char byte)
{
    return byte > ' ' && byte < 0x7f && byte != '<' && byte != '>' && byte != '"';
}

static size_t link_end(struct str text, size_t at)
{
    while (at < text.size && is_of_link(text.data[at]))
        at++;
    return at;
}

/* True when "://" at byte colon has a scheme before it; *start receives where that starts. */
static bool scheme_before(struct str text, size_t from, size_t colon, size_t *start)
{
    size_t at = colon;
    while (at > from && is_of_scheme(text.data[at - 1]))
        at--;
    while (at < colon && !is_letter(text.data[at]))
        at++;
    *start = at;
    return at < colon;
}

bool link_next(struct str text, size_t from, size_t *start, size_t *end)
{
    static const struct str separator = {"://", 3}, www = {"www.", 4};
    for (size_t i = from; i < text.size; i++) {
        bool found = false;
        if (text.data[i] == ':') {
            found = str_starts(str_part(text, i, separator.size), separator) &&
                    scheme_before(text, from, i, start);
        } else if (text.data[i] == 'w' && (i == 0 || !is_of_scheme(text.data[i - 1]))) {
            found = str_starts(str_part(text, i, www.size), www);
            *start = i;
        }
        if (found) {
            *end = link_end(text, i);
            return true;
        }
    }
    return false;
}
