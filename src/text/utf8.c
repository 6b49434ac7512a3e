/* UTF-8 in and out. Decoding follows table 3-7 of The Unicode Standard, so that overlong forms,
 * surrogates and values past U+10FFFF are ill-formed from their first wrong byte on. */
#include "text/utf8.h"

enum { UTF8_MOST_BYTES = 4, PAYLOAD_BITS = 6, PAYLOAD_MASK = 0x3f };

static const uint32_t last_codepoint = 0x10ffff;

/* How a lead byte goes on: how many bytes in all, and what the second one may be. */
struct lead {
    unsigned size;
    unsigned char second_least, second_most;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte >= 0xc2 && byte <= 0xdf)
        return (struct lead){2, 0x80, 0xbf};
    if (byte >= 0xe0 && byte <= 0xef)
        return (struct lead){3, byte == 0xe0 ? 0xa0 : 0x80, byte == 0xed ? 0x9f : 0xbf};
    if (byte >= 0xf0 && byte <= 0xf4)
        return (struct lead){4, byte == 0xf0 ? 0x90 : 0x80, byte == 0xf4 ? 0x8f : 0xbf};
    return (struct lead){0};
}

size_t utf8_decode(struct str s, size_t at, uint32_t *codepoint)
{
    const unsigned char *byte = (const unsigned char *)s.data + at;
    if (*byte < 0x80) {
        *codepoint = *byte;
        return 1;
    }
    size_t left = s.size - at;
    /* Arabic and its neighbours, without looking further. */
    if (*byte >= 0xc2 && *byte <= 0xdf && left >= 2 && (byte[1] & 0xc0) == 0x80) {
        *codepoint = (uint32_t)(*byte & 0x1f) << PAYLOAD_BITS | (byte[1] & PAYLOAD_MASK);
        return 2;
    }
    *codepoint = CODEPOINT_REPLACEMENT;
    struct lead lead = lead_of(*byte);
    if (lead.size == 0 || left < 2 || byte[1] < lead.second_least || byte[1] > lead.second_most)
        return 1;
    /* The lead byte of a form of n bytes keeps its lowest 7 - n bits. */
    uint32_t value = *byte & (0x7fu >> lead.size);
    value = value << PAYLOAD_BITS | (byte[1] & PAYLOAD_MASK);
    for (size_t i = 2; i < lead.size; i++) {
        if (i >= left || (byte[i] & 0xc0) != 0x80)
            return i;
        value = value << PAYLOAD_BITS | (byte[i] & PAYLOAD_MASK);
    }
    *codepoint = value;
    return lead.size;
}

size_t utf8_encode(uint32_t codepoint, char out[static 4])
{
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    if (codepoint > last_codepoint || (codepoint >= 0xd800 && codepoint <= 0xdfff))
        codepoint = CODEPOINT_REPLACEMENT;
    size_t size = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : UTF8_MOST_BYTES;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (codepoint & PAYLOAD_MASK));
        codepoint >>= PAYLOAD_BITS;
    }
    /* size ones and a zero, from the top bit down. */
    out[0] = (char)((0xf00u >> size & 0xf0u) | codepoint);
    return size;
}

void utf8_add(struct buffer *buffer, uint32_t codepoint)
{
    char bytes[UTF8_MOST_BYTES];
    size_t size = utf8_encode(codepoint, bytes);
    buffer_add(buffer, (struct str){bytes, size});
}

/* True when the bytes at at are one well-formed character; *size receives what decoding took. */
static bool well_formed(struct str s, size_t at, size_t *size)
{
    uint32_t codepoint;
    *size = utf8_decode(s, at, &codepoint);
    if (codepoint != CODEPOINT_REPLACEMENT)
        return true;
    return *size == 3 && memcmp(s.data + at, "\xef\xbf\xbd", 3) == 0;
}

size_t utf8_valid_size(struct str s)
{
    size_t at = 0, size;
    while (at < s.size && well_formed(s, at, &size))
        at += size;
    return at;
}

void utf8_add_valid(struct buffer *buffer, struct str s)
{
    size_t at = 0;
    while (at < s.size) {
        struct str rest = str_part(s, at, s.size - at);
        size_t valid = utf8_valid_size(rest);
        buffer_add(buffer, str_part(rest, 0, valid));
        at += valid;
        if (at < s.size) {
            uint32_t codepoint;
            at += utf8_decode(s, at, &codepoint);
            utf8_add(buffer, CODEPOINT_REPLACEMENT);
        }
    }
}

size_t utf8_previous(struct str s, size_t at)
{
    uint32_t codepoint;
    for (size_t back = 1; back <= UTF8_MOST_BYTES && back <= at; back++) {
        if (((unsigned char)s.data[at - back] & 0xc0) == 0x80)
            continue;
        return utf8_decode(s, at - back, &codepoint) == back ? at - back : at - 1;
    }
    return at > 0 ? at - 1 : 0;
}

size_t utf8_start(struct str s, size_t at)
{
    uint32_t codepoint;
    for (size_t back = 0; back < UTF8_MOST_BYTES && back <= at && at < s.size; back++) {
        if (((unsigned char)s.data[at - back] & 0xc0) == 0x80)
            continue;
        return utf8_decode(s, at - back, &codepoint) > back ? at - back : at;
    }
    return at < s.size ? at : s.size;
}
