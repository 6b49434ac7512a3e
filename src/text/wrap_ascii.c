/* Line breaking in printable ASCII, without an array for the whole of it. The library is asked only where a line is about to end, from the
 * last place on where one may end for certain: between two words of letters and digits. */
#include "text/wrap.h"

#include "base/str.h"

#include <unilbrk.h>

/* How far behind and ahead of a place its neighbours decide whether a line may end there. */
enum { SEEN_BEHIND = 64, SEEN_AHEAD = 16 };

static bool is_letter_or_digit(char byte)
{
    return is_ascii_letter(byte) || (byte >= '0' && byte <= '9');
}

/* Whether a line that starts at from may end before at whatever stands around: LB18 of UAX #14, which
 * no rule before it takes from letters and digits. */
static bool may_end_for_certain(const char *text, size_t from, size_t at)
{
    size_t before = at;
    if (!is_letter_or_digit(text[at]))
        return false;
    while (before > from && text[before - 1] == ' ')
        before--;
    return before < at && before > from && is_letter_or_digit(text[before - 1]);
}

/* The last place behind certain where a line may end, at the latest before over; certain where there is
 * none. */
static size_t last_break(struct arena *arena, const char *text, size_t size, size_t certain,
                         size_t from, size_t over)
{
    size_t start = certain, end = size - over > SEEN_AHEAD ? over + SEEN_AHEAD : size, at = over;
    if (certain == from)
        start = from > SEEN_BEHIND ? from - SEEN_BEHIND : 0;
    char *breaks = arena_room(arena, end - start, 1);
    u8_possible_linebreaks((const uint8_t *)text + start, end - start, "UTF-8", breaks);
    while (at > certain && breaks[at - start] != UC_BREAK_POSSIBLE)
        at--;
    return at;
}

static size_t before_blanks(const char *text, size_t from, size_t at)
{
    while (at > from && text[at - 1] == ' ')
        at--;
    return at;
}

struct wrap_line wrap_next_ascii(struct arena *arena, const char *text, size_t size, size_t from,
                                 unsigned width)
{
    size_t over = size - from > width ? from + width : size; /* what stands there has no room */
    size_t full = over;
    while (over < size && text[over] == ' ')
        over++;
    if (over >= size)
        return (struct wrap_line){full, size};
    size_t next = over;
    while (next > from && !may_end_for_certain(text, from, next))
        next--;
    if (next < over)
        next = last_break(arena, text, size, next, from, over);
    if (next == from)
        next = over;
    return (struct wrap_line){before_blanks(text, from, next), next};
}
