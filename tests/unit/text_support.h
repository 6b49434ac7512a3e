/* What the tests of the text layer share: laying out and reading the result as text. */
#ifndef UNIT_TEXT_SUPPORT_H
#define UNIT_TEXT_SUPPORT_H

#include "text/layout.h"
#include "text/utf8.h"

/* Lays text out in arena. */
static inline struct layout lay_out(struct arena *arena, struct str text,
                                    struct layout_options options)
{
    struct layout layout;
    layout_make(arena, text, &options, &layout);
    return layout;
}

/* What a line shows, from the left, as UTF-8 in arena. */
static inline const char *shown_line(struct arena *arena, const struct layout *layout, size_t line)
{
    struct buffer shown = {0};
    for (unsigned column = 0; column < layout->lines[line].width; column++) {
        const struct glyph *glyph = &layout->lines[line].cells[column].glyph;
        for (size_t i = 0; i < GLYPH_CODEPOINTS && glyph->codepoint[i] != 0; i++)
            utf8_add(&shown, glyph->codepoint[i]);
    }
    const char *text = arena_copy(arena, buffer_str(&shown)).data;
    buffer_free(&shown);
    return text;
}

/* What text shows as the first line, 200 columns wide. */
static inline const char *shown(struct arena *arena, const char *text)
{
    struct layout layout = lay_out(arena, str_of(text), (struct layout_options){.width = 200});
    return shown_line(arena, &layout, 0);
}

#endif
