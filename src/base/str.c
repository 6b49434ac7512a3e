/* Strings with a length: the few operations every layer needs. */
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

struct str str_part(struct str s, size_t from, size_t size)
{
    if (from > s.size)
        from = s.size;
    if (size > s.size - from)
        size = s.size - from;
    return (struct str){s.data ? s.data + from : NULL, size};
}

struct str str_trim(struct str s)
{
    while (s.size > 0 && isspace((unsigned char)s.data[0])) {
        s.data++;
        s.size--;
    }
    while (s.size > 0 && isspace((unsigned char)s.data[s.size - 1]))
        s.size--;
    return s;
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0)
        return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

bool str_to_int64(struct str s, long long *value)
{
    char digits[24]; /* a sign, 19 digits, and room to see one too many */
    if (s.size == 0 || s.size >= sizeof digits || isspace((unsigned char)s.data[0]))
        return false;
    memcpy(digits, s.data, s.size);
    digits[s.size] = '\0';
    char *end;
    errno = 0;
    long long number = strtoll(digits, &end, 10);
    if (errno != 0 || end != digits + s.size)
        return false;
    *value = number;
    return true;
}
