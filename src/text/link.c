/* Links: found by their bytes, in one pass. */
#include "text/link.h"

#include <string.h>

/* RFC 3986, section 3.1. */
static bool is_of_scheme(char byte)
{
    return is_ascii_letter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' ||
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
    while (at < colon && !is_ascii_letter(text.data[at]))
        at++;
    *start = at;
    return at < colon;
}

static const struct str separator = {"://", 3}, www = {"www.", 4};

/* True when a byte that every link of a kind has stands somewhere with the rest of its sign around it.
 * before  how much of the sign stands before the byte */
static bool has_sign(struct str text, char byte, struct str sign, size_t before)
{
    const char *end = text.data + text.size;
    for (const char *at = text.data; at < end; at++) {
        at = memchr(at, byte, (size_t)(end - at));
        if (!at)
            return false;
        size_t left = (size_t)(at - text.data), right = (size_t)(end - at);
        if (left >= before && right >= sign.size - before &&
            memcmp(at - before, sign.data, sign.size) == 0)
            return true;
    }
    return false;
}

bool link_any(struct str text)
{
    return has_sign(text, ':', separator, 0) || has_sign(text, '.', www, www.size - 1);
}

bool link_next(struct str text, size_t from, size_t *start, size_t *end)
{
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
