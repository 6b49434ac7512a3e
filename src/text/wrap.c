/* Line breaking. Lines are filled greedily; every unit is looked at a bounded number of times. */
#include "text/wrap.h"

#include <unilbrk.h>

static void mark_breaks(const char *breaks, size_t size, uint8_t *flags)
{
    for (size_t i = 0; i < size; i++) {
        if (breaks[i] == UC_BREAK_POSSIBLE)
            flags[i] |= WRAP_BREAK;
    }
}

void wrap_find_breaks(struct arena *arena, const uint32_t *text, size_t size, uint8_t *flags)
{
    char *breaks = arena_room(arena, size, 1);
    u32_possible_linebreaks(text, size, "UTF-8", breaks);
    mark_breaks(breaks, size, flags);
}

void wrap_find_ascii_breaks(struct arena *arena, const char *text, size_t size, uint8_t *flags)
{
    char *breaks = arena_room(arena, size, 1);
    u8_possible_linebreaks((const uint8_t *)text, size, "UTF-8", breaks);
    mark_breaks(breaks, size, flags);
}

/* --- Links --- */

static void keep_link(struct wrap_text *text, size_t start, size_t end, unsigned width)
{
    size_t columns = 0;
    for (size_t i = start; i < end; i++)
        columns += text->columns[i];
    if (columns > width)
        return;
    for (size_t i = start + 1; i < end; i++)
        text->flags[i] &= (uint8_t)~WRAP_BREAK;
}

void wrap_keep_links(struct wrap_text *text, unsigned width)
{
    for (size_t start = 0, end; start < text->count; start = end) {
        end = start + 1;
        if (!(text->flags[start] & WRAP_LINK))
            continue;
        while (end < text->count && (text->flags[end] & (WRAP_LINK | WRAP_START)) == WRAP_LINK)
            end++;
        keep_link(text, start, end, width);
    }
}

/* --- Lines --- */

/* The last line of a paragraph keeps the blanks that fit: a caret stands on them. */
static size_t drop_what_overflows(const struct wrap_text *text, size_t from, size_t columns,
                                  unsigned width)
{
    size_t end = text->count;
    while (columns > width && end > from) {
        end--;
        columns -= text->columns[end];
    }
    return end;
}

static struct wrap_line cut_before(const struct wrap_text *text, size_t from, size_t next)
{
    size_t end = next;
    while (end > from && text->flags[end - 1] & WRAP_BLANK)
        end--;
    return (struct wrap_line){end, next};
}

struct wrap_line wrap_next(const struct wrap_text *text, size_t from, unsigned width)
{
    size_t columns = 0, last_break = from, last_cluster = from;
    for (size_t i = from; i < text->count; i++) {
        uint8_t flags = text->flags[i];
        if (flags & WRAP_BREAK)
            last_break = i;
        if (flags & WRAP_CLUSTER)
            last_cluster = i;
        columns += text->columns[i];
        if (columns <= width || flags & WRAP_BLANK)
            continue;
        if (last_break > from)
            return cut_before(text, from, last_break);
        return cut_before(text, from, last_cluster > from ? last_cluster : i);
    }
    return (struct wrap_line){drop_what_overflows(text, from, columns, width), text->count};
}
