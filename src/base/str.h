/* Strings: UTF-8 (or what claims to be) with a length, never owned, never assumed to end in NUL. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* size bytes at data; data may be NULL where size is 0. Whoever made it says how long it lives. */
struct str {
    const char *data;
    size_t size;
};

/* printf's "%.*s" takes these two for a struct str. Sizes are cut to INT_MAX. */
#define STR_FORMAT(s)                                                                              \
    ((int)((s).size > 0x7fffffff ? 0x7fffffff : (s).size)), ((s).data ? (s).data : "")

/* A view of a C string; NULL gives the empty string. */
static inline struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

/* True when both hold the same bytes. */
static inline bool str_equal(struct str a, struct str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* True when s begins with prefix. */
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.size >= prefix.size &&
           (prefix.size == 0 || memcmp(s.data, prefix.data, prefix.size) == 0);
}

static inline bool is_ascii_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The part of s from byte from, at most size bytes; cut to what there is. */
struct str str_part(struct str s, size_t from, size_t size);

/* s without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Compares bytes; less than, equal to or greater than 0 as memcmp does. */
int str_compare(struct str a, struct str b);

/* Reads a whole decimal integer with an optional sign; true and *value when all of s is one that
 * fits. */
bool str_to_int64(struct str s, long long *value);

#endif
