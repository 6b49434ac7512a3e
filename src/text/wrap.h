/* Line breaking: where a line may end (UAX #14, by libunistring) and where it does. */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is known of the place before a unit, and of the unit. */
enum {
    WRAP_BREAK = 1,   /* a line may end before it */
    WRAP_CLUSTER = 2, /* it starts a grapheme cluster */
    WRAP_BLANK = 4,   /* it is a blank: at a line's end it hangs and takes no room */
    WRAP_LINK = 8,    /* it belongs to a link */
    WRAP_START = 16,  /* with WRAP_LINK: a link starts here */
};

/* What is broken into lines: units that are never cut, none wider than the line unless a blank. */
struct wrap_text {
    const uint8_t *columns;
    uint8_t *flags;
    size_t count;
};

struct wrap_line {
    size_t end;  /* of the units that are shown: behind it blanks hang */
    size_t next; /* where the next line starts */
};

/* Sets WRAP_BREAK in flags before every code point where UAX #14 lets a line end. flags are not
 * cleared first. */
void wrap_find_breaks(struct arena *arena, const uint32_t *text, size_t size, uint8_t *flags);

/* The same for printable ASCII as it stands. */
void wrap_find_ascii_breaks(struct arena *arena, const char *text, size_t size, uint8_t *flags);

/* Takes the breaks out of every link that fits on a line of width columns. */
void wrap_keep_links(struct wrap_text *text, unsigned width);

/* The line of at most width columns that starts at unit from (< text->count): breaks where a line
 * may end, else before a cluster, else before a unit. */
struct wrap_line wrap_next(const struct wrap_text *text, size_t from, unsigned width);

/* The same for printable ASCII without links; size is that of the paragraph, from < size.
 * arena  for what is needed meanwhile: about as many bytes as the line has */
struct wrap_line wrap_next_ascii(struct arena *arena, const char *text, size_t size, size_t from,
                                 unsigned width);

#endif
