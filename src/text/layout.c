/* Layout: cuts a text into paragraphs, each into lines, and leaves their cells to line.c. */
#include "text/layout.h"

#include "text/bidi.h"
#include "text/clean.h"
#include "text/line.h"
#include "text/link.h"
#include "text/utf8.h"

/* Offsets are 32 bits wide. */
static const size_t most_bytes = 0x7fffffff;

struct builder {
    struct arena *arena;  /* receives what is returned */
    struct arena scratch; /* lives for one paragraph */
    struct layout_options options;
    struct str source;
    struct buffer lines; /* of struct layout_line */
};

static void add_line(struct builder *builder, struct layout_line line)
{
    buffer_add(&builder->lines, (struct str){(const char *)&line, sizeof line});
}

/* --- Paragraphs --- */

/* A paragraph's bytes, the separator's behind them, and what is known without decoding. */
struct span {
    size_t start, end, next;
    bool ascii;       /* printable ASCII only */
    bool has_letters; /* ASCII ones */
};

/* How many bytes the paragraph separator at at takes; 0 when there is none. */
static size_t separator_size(struct str source, size_t at)
{
    unsigned char byte = (unsigned char)source.data[at];
    if (byte == '\n')
        return 1;
    if (byte == '\r')
        return at + 1 < source.size && source.data[at + 1] == '\n' ? 2 : 1;
    if (byte != 0xc2 && byte != 0xe2)
        return 0;
    uint32_t codepoint;
    size_t size = utf8_decode(source, at, &codepoint);
    return clean_ends_paragraph(codepoint) ? size : 0;
}

static bool is_printable(char byte)
{
    return byte >= ' ' && byte < 0x7f;
}

/* Passes over printable ASCII, eight bytes at a time: a byte ends it that has the highest bit, or would
 * not keep that bit when a blank is taken off, or gets it when one is added. */
static size_t pass_printable(struct str source, size_t at)
{
    const uint64_t each = 0x0101010101010101, high = 0x80 * each;
    for (uint64_t eight; at + sizeof eight <= source.size; at += sizeof eight) {
        memcpy(&eight, source.data + at, sizeof eight);
        uint64_t below = ~((eight | high) - ' ' * each), above = (eight & ~high) + each;
        if ((eight | below | above) & high)
            break;
    }
    while (at < source.size && is_printable(source.data[at]))
        at++;
    return at;
}

static struct span next_span(struct str source, size_t start)
{
    struct span span = {.start = start, .ascii = true};
    size_t at = start, separator = 0;
    for (; at < source.size; at++) {
        char byte = source.data[at];
        if (is_ascii_letter(byte))
            span.has_letters = true;
        if (span.has_letters && is_printable(byte)) {
            at = pass_printable(source, at);
            if (at == source.size)
                break;
        } else if (is_printable(byte)) {
            continue;
        }
        separator = separator_size(source, at);
        if (separator > 0)
            break;
        span.ascii = false;
    }
    span.end = at;
    span.next = at + separator;
    return span;
}

/* True when the quick way is the same as the long one: nothing but printable ASCII, from left to
 * right. */
static bool is_simple(const struct layout_options *options, const struct span *span)
{
    if (!span->ascii || options->direction == DIRECTION_RTL)
        return false;
    return span->has_letters || options->direction == DIRECTION_LTR ||
           options->neutral != DIRECTION_RTL;
}

/* --- Several lines --- */

static void mark_ascii_links(struct str text, uint8_t *flags)
{
    size_t from = 0, start, end;
    for (; link_next(text, from, &start, &end); from = end) {
        for (size_t i = start; i < end; i++)
            flags[i] |= WRAP_LINK;
        flags[start] |= WRAP_START;
    }
}

static struct wrap_text prepare_ascii(struct arena *scratch, struct str text, unsigned width)
{
    uint8_t *columns = arena_new(scratch, text.size, 1);
    uint8_t *flags = arena_new(scratch, text.size, 1);
    memset(columns, 1, text.size);
    for (size_t i = 0; i < text.size; i++)
        flags[i] = text.data[i] == ' ' ? WRAP_CLUSTER | WRAP_BLANK : WRAP_CLUSTER;
    struct wrap_text wrap = {columns, flags, text.size};
    wrap_find_ascii_breaks(scratch, text.data, text.size, flags);
    mark_ascii_links(text, flags);
    wrap_keep_links(&wrap, width);
    return wrap;
}

/* Makes the lines of one paragraph; paragraph is NULL for one of ASCII. */
static void add_lines(struct builder *builder, const struct span *span, struct paragraph *paragraph,
                      const struct wrap_text *wrap)
{
    size_t from = 0;
    do {
        struct wrap_line cut = {from, from};
        if (from < wrap->count)
            cut = wrap_next(wrap, from, builder->options.width);
        struct layout_line line;
        if (paragraph)
            line = line_make(builder->arena, &builder->scratch, paragraph, from, cut.end, false);
        else
            line = line_make_ascii(builder->arena, builder->source, span->start + from,
                                   span->start + cut.end, false);
        line.ends_paragraph = cut.next >= wrap->count;
        add_line(builder, line);
        from = cut.next;
    } while (from < wrap->count);
}

/* The same for ASCII without links. */
static void add_ascii_lines(struct builder *builder, const struct span *span, struct str text)
{
    size_t from = 0;
    do {
        struct wrap_line cut = {from, from};
        if (from < text.size)
            cut = wrap_next_ascii(&builder->scratch, text.data, text.size, from,
                                  builder->options.width);
        struct layout_line line = line_make_ascii(builder->arena, builder->source,
                                                  span->start + from, span->start + cut.end, false);
        line.ends_paragraph = cut.next >= text.size;
        add_line(builder, line);
        from = cut.next;
    } while (from < text.size);
}

static void add_paragraph(struct builder *builder, const struct span *span)
{
    const struct layout_options *options = &builder->options;
    struct str text = str_part(builder->source, span->start, span->end - span->start);
    bool simple = is_simple(options, span);
    if (simple && !link_any(text)) {
        add_ascii_lines(builder, span, text);
    } else if (simple) {
        struct wrap_text wrap = prepare_ascii(&builder->scratch, text, options->width);
        add_lines(builder, span, NULL, &wrap);
    } else {
        struct paragraph paragraph;
        paragraph_make(&builder->scratch, builder->source, span->start, span->end, options,
                       &paragraph);
        add_lines(builder, span, &paragraph, &paragraph.wrap);
    }
    arena_reset(&builder->scratch);
}

static void add_all(struct builder *builder)
{
    struct span span = {0};
    do {
        span = next_span(builder->source, span.next);
        add_paragraph(builder, &span);
        /* A separator at the very end starts a last, empty paragraph: the caret may stand there. */
    } while (span.next > span.end);
}

/* --- One line --- */

/* Where to stop reading for a line of width columns: surely behind its last column, and no
 * megabyte later. Two letters may share a column (lam-alef), and any number of marks or of markers
 * alike. */
static size_t one_line_end(struct str source, unsigned width)
{
    const size_t enough = 2 * ((size_t)width + 1);
    size_t at = 0, counted = 0;
    uint32_t previous = 0;
    while (at < source.size && counted <= enough) {
        uint32_t codepoint;
        at += utf8_decode(source, at, &codepoint);
        enum shown kind = clean_kind(codepoint);
        bool repeats = kind == SHOWN_MARKER && clean_same_marker(codepoint, previous);
        counted += kind < SHOWN_SILENT && kind != SHOWN_MARK && !repeats;
        previous = codepoint;
    }
    return at;
}

/* How many of the units fit on the line; *cut tells that an ellipsis must follow. */
static size_t fit_one_line(const struct wrap_text *wrap, unsigned width, bool *cut)
{
    size_t columns = 0, fitting = 0;
    *cut = false;
    for (size_t i = 0; i < wrap->count; i++) {
        if (columns < width && wrap->flags[i] & WRAP_CLUSTER)
            fitting = i;
        columns += wrap->columns[i];
        if (columns > width && !(wrap->flags[i] & WRAP_BLANK)) {
            *cut = true;
            return fitting;
        }
    }
    size_t end = wrap->count;
    while (columns > width)
        columns -= wrap->columns[--end];
    return end;
}

/* The same for ASCII: every byte a column. */
static size_t fit_ascii(struct str text, unsigned width, bool *cut)
{
    size_t end = text.size < width ? text.size : width, over = end;
    while (over < text.size && text.data[over] == ' ')
        over++;
    *cut = over < text.size;
    return *cut ? width - 1 : end;
}

static void add_one_line(struct builder *builder)
{
    struct span span = {.end = one_line_end(builder->source, builder->options.width)};
    struct span first = next_span(str_part(builder->source, 0, span.end), 0);
    bool cut = false;
    struct layout_line line;
    if (first.end == span.end && first.has_letters && is_simple(&builder->options, &first)) {
        size_t end =
            fit_ascii(str_part(builder->source, 0, span.end), builder->options.width, &cut);
        line = line_make_ascii(builder->arena, builder->source, 0, end, cut);
    } else {
        struct paragraph paragraph;
        paragraph_make(&builder->scratch, builder->source, 0, span.end, &builder->options,
                       &paragraph);
        size_t end = fit_one_line(&paragraph.wrap, builder->options.width, &cut);
        line = line_make(builder->arena, &builder->scratch, &paragraph, 0, end, cut);
    }
    line.ends_paragraph = true;
    add_line(builder, line);
}

/* --- The whole --- */

void layout_make(struct arena *arena, struct str text, const struct layout_options *options,
                 struct layout *layout)
{
    enum { LEAST_WIDTH = 2 };
    struct builder builder = {.arena = arena, .options = *options};
    builder.source = str_part(text, 0, text.size < most_bytes ? text.size : most_bytes);
    if (builder.options.width < LEAST_WIDTH)
        builder.options.width = LEAST_WIDTH;
    if (builder.options.one_line)
        add_one_line(&builder);
    else
        add_all(&builder);
    struct str lines = buffer_str(&builder.lines);
    layout->line_count = lines.size / sizeof *layout->lines;
    layout->lines = arena_new(arena, layout->line_count, sizeof *layout->lines);
    memcpy(layout->lines, lines.data, lines.size);
    layout->source = builder.source;
    buffer_free(&builder.lines);
    arena_free(&builder.scratch);
}

unsigned layout_columns(struct str text, unsigned most)
{
    struct arena arena = {0};
    struct layout_options options = {.width = most, .one_line = true};
    struct layout layout;
    layout_make(&arena, text, &options, &layout);
    /* What was cut, or hangs, takes more than there is. */
    unsigned columns = layout.lines[0].end < text.size ? most : layout.lines[0].width;
    arena_free(&arena);
    return columns < most ? columns : most;
}
