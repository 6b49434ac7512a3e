/* From bytes to atoms: decode, clean, level, find breaks, join. */
#include "text/paragraph.h"

#include "text/bidi.h"
#include "text/clean.h"
#include "text/cluster.h"
#include "text/link.h"
#include "text/shape.h"
#include "text/utf8.h"

enum { UNIT_SEPARATOR = 0x1f };

/* Controls that would end the paragraph for the bidirectional algorithm, or the line for UAX #14:
 * they are shown as markers and must do neither. */
static bool is_masked(uint32_t codepoint)
{
    return codepoint == '\v' || codepoint == '\f' || (codepoint >= 0x1c && codepoint <= 0x1e);
}

/* What of a text needs another look, as most texts have none of it. */
struct need {
    bool masked;    /* is_masked() characters */
    bool continued; /* clusters of several characters */
    bool resolved;  /* characters whose neighbours decide how they are shown */
};

/* Decodes letters of Arabic, most of an Arabic text, at once. */
static size_t next_codepoint(struct str text, size_t at, uint32_t *codepoint)
{
    const unsigned char *byte = (const unsigned char *)text.data + at;
    bool arabic = byte[0] >= 0xd8 && byte[0] <= 0xdb && at + 1 < text.size && byte[1] >= 0x80 &&
                  byte[1] <= 0xbf;
    if (!arabic)
        return utf8_decode(text, at, codepoint);
    *codepoint = (byte[0] & 0x1fu) << 6 | (byte[1] & 0x3fu);
    return 2;
}

static struct need decode(struct arena *scratch, struct str source, size_t start, size_t end,
                          struct paragraph *paragraph)
{
    size_t most = end - start, count = 0;
    struct str part = {source.data, end};
    struct cluster_state cluster = {0};
    struct need need = {0};
    paragraph->text = arena_room(scratch, most, sizeof *paragraph->text);
    paragraph->offsets = arena_room(scratch, most + 1, sizeof *paragraph->offsets);
    paragraph->shown = arena_room(scratch, most, 1);
    paragraph->flags = arena_room(scratch, most, 1);
    for (size_t at = start; at < end; count++) {
        uint32_t codepoint;
        paragraph->offsets[count] = (uint32_t)at;
        at += next_codepoint(part, at, &codepoint);
        paragraph->text[count] = codepoint;
        if (cluster.plain && cluster_is_plain(codepoint)) {
            paragraph->shown[count] = codepoint == ' ' ? SHOWN_BLANK : SHOWN_BASE;
            paragraph->flags[count] = WRAP_CLUSTER;
            continue;
        }
        bool starts = cluster_starts(&cluster, codepoint);
        paragraph->shown[count] = (uint8_t)clean_kind(codepoint);
        paragraph->flags[count] = starts ? WRAP_CLUSTER : 0;
        need.continued = need.continued || !starts;
        need.masked = need.masked || is_masked(codepoint);
        need.resolved = need.resolved || paragraph->shown[count] > SHOWN_SILENT;
    }
    paragraph->offsets[count] = (uint32_t)end;
    paragraph->size = count;
    return need;
}

/* Puts a separator that only parts words in their place, or puts them back from the source. */
static void mask_controls(struct paragraph *paragraph, struct str source, bool back)
{
    for (size_t i = 0; i < paragraph->size; i++) {
        if (back && paragraph->text[i] == UNIT_SEPARATOR)
            utf8_decode(source, paragraph->offsets[i], &paragraph->text[i]);
        else if (!back && is_masked(paragraph->text[i]))
            paragraph->text[i] = UNIT_SEPARATOR;
    }
}

/* Levels of what one line makes of several paragraphs: the direction is the first one's that has
 * one, and every paragraph is levelled by itself, so that no control acts beyond its own. */
static void find_levels_of_parts(struct arena *scratch, struct str rest,
                                 const struct layout_options *options, struct paragraph *paragraph)
{
    enum direction direction = options->direction;
    if (direction == DIRECTION_AUTO)
        direction = bidi_first_strong(rest);
    if (direction == DIRECTION_AUTO)
        direction = options->neutral;
    paragraph->base_level = direction == DIRECTION_RTL;
    enum direction settled = paragraph->base_level ? DIRECTION_RTL : DIRECTION_LTR;
    for (size_t start = 0, end; start < paragraph->size; start = end + 1) {
        for (end = start; end < paragraph->size; end++) {
            if (paragraph->shown[end] == SHOWN_NEWLINE)
                break;
        }
        bidi_levels(scratch, paragraph->text + start, end - start, settled, settled,
                    paragraph->levels + start);
        if (end < paragraph->size)
            paragraph->levels[end] = paragraph->base_level;
    }
}

/* A cluster is at one level, that of its first character. */
static void level_clusters(struct paragraph *paragraph)
{
    for (size_t i = 1; i < paragraph->size; i++) {
        if (!(paragraph->flags[i] & WRAP_CLUSTER))
            paragraph->levels[i] = paragraph->levels[i - 1];
    }
}

static bool any_shaped(const struct paragraph *paragraph)
{
    for (size_t i = 0; i < paragraph->size; i++) {
        if (shape_concerns(paragraph->text[i]))
            return true;
    }
    return false;
}

/* --- Atoms --- */

struct atom_builder {
    const struct paragraph *paragraph;
    struct atom *atoms;
    size_t count;
    uint8_t *columns, *flags;
    unsigned marks; /* on the last atom */
    unsigned width;
};

static struct atom *add_atom(struct atom_builder *builder, struct atom atom, uint8_t flags)
{
    builder->columns[builder->count] = atom.columns;
    builder->flags[builder->count] = flags;
    builder->atoms[builder->count] = atom;
    builder->marks = 0;
    return &builder->atoms[builder->count++];
}

/* A marker wider than the line is cut into atoms that fit. */
static void add_marker(struct atom_builder *builder, struct atom atom, size_t columns,
                       uint8_t flags)
{
    for (size_t skip = 0; skip < columns; skip += builder->width) {
        size_t left = columns - skip;
        atom.columns = (uint8_t)(left < builder->width ? left : builder->width);
        atom.skip = (uint8_t)skip;
        add_atom(builder, atom, flags);
        flags = 0;
    }
}

/* The marker at code point at; counts those alike when they are more than two. Returns the next. */
static size_t add_markers(struct atom_builder *builder, size_t at)
{
    enum { COUNTED_FROM = 3 };
    const struct paragraph *paragraph = builder->paragraph;
    uint32_t label[CLEAN_LABEL_COLUMNS];
    size_t end = at + 1;
    while (end < paragraph->size && paragraph->shown[end] == SHOWN_MARKER &&
           clean_same_marker(paragraph->text[at], paragraph->text[end]))
        end++;
    size_t together = end - at >= COUNTED_FROM ? end - at : 1;
    struct atom atom = {.first = (uint32_t)at, .count = (uint32_t)together, .kind = ATOM_MARKER};
    add_marker(builder, atom, clean_label(paragraph->text[at], together, label),
               paragraph->flags[at]);
    return at + together;
}

/* The marker for the marks from at on that have no room. Returns what follows them. */
static size_t add_surplus(struct atom_builder *builder, size_t at)
{
    const struct paragraph *paragraph = builder->paragraph;
    uint32_t label[CLEAN_LABEL_COLUMNS];
    size_t end = at, marks = 0;
    while (end < paragraph->size && !(paragraph->flags[end] & WRAP_CLUSTER) &&
           (paragraph->shown[end] == SHOWN_MARK || paragraph->shown[end] == SHOWN_SILENT)) {
        marks += paragraph->shown[end] == SHOWN_MARK;
        end++;
    }
    struct atom atom = {.first = (uint32_t)at, .count = (uint32_t)(end - at), .kind = ATOM_MARKS};
    add_marker(builder, atom, clean_marks_label(marks, label), 0);
    return end;
}

/* A mark goes on the glyph before it, or on a dotted circle. Returns what follows. */
static size_t add_mark(struct atom_builder *builder, size_t at)
{
    uint8_t flags = builder->paragraph->flags[at];
    struct atom *last = builder->count > 0 ? &builder->atoms[builder->count - 1] : NULL;
    bool has_base =
        last && !(flags & WRAP_CLUSTER) && (last->kind == ATOM_BLANK || last->kind <= ATOM_BARE);
    if (!has_base) {
        struct atom atom = {.first = (uint32_t)at, .count = 1, .kind = ATOM_BARE, .columns = 1};
        add_atom(builder, atom, flags);
        builder->marks = 1;
        return at + 1;
    }
    if (builder->marks == GLYPH_CODEPOINTS - 1)
        return add_surplus(builder, at);
    /* A blank that bears a mark is no blank at a line's end. */
    last->kind = last->kind == ATOM_BLANK ? ATOM_GLYPH : last->kind;
    builder->flags[builder->count - 1] &= (uint8_t)~WRAP_BLANK;
    last->count++;
    builder->marks++;
    return at + 1;
}

/* Adds what code point at shows. Returns the next one. */
static size_t add_next(struct atom_builder *builder, size_t at)
{
    uint8_t flags = builder->paragraph->flags[at];
    struct atom atom = {.first = (uint32_t)at, .count = 1, .kind = ATOM_GLYPH, .columns = 1};
    switch (builder->paragraph->shown[at]) {
    case SHOWN_BASE:
        break;
    case SHOWN_WIDE:
        atom.columns = 2;
        break;
    case SHOWN_REGIONAL:
        atom.kind = ATOM_REGIONAL;
        break;
    case SHOWN_TAB:
        atom.columns = LAYOUT_TAB_COLUMNS;
        atom.kind = ATOM_BLANK;
        flags |= WRAP_BLANK;
        break;
    case SHOWN_FIXED:
        atom.kind = ATOM_BLANK;
        break;
    case SHOWN_NEWLINE:
        /* The second half of CR LF. */
        if (!(flags & WRAP_CLUSTER)) {
            builder->atoms[builder->count - 1].count++;
            return at + 1;
        }
        /* fall through */
    case SHOWN_BLANK:
        atom.kind = ATOM_BLANK;
        /* Behind a prepended character it belongs to a cluster, and a line ends between clusters. */
        flags |= flags & WRAP_CLUSTER ? WRAP_BLANK : 0;
        break;
    case SHOWN_MARK:
        return add_mark(builder, at);
    case SHOWN_SILENT:
        /* It stands behind what it works on. */
        builder->atoms[builder->count - 1].count++;
        return at + 1;
    default:
        return add_markers(builder, at);
    }
    add_atom(builder, atom, flags);
    return at + 1;
}

/* How many atoms there may be: markers wider than the line make several. */
static size_t most_atoms(const struct paragraph *paragraph, unsigned width)
{
    size_t markers = 0;
    if (width >= CLEAN_LABEL_COLUMNS)
        return paragraph->size;
    for (size_t i = 0; i < paragraph->size; i++)
        markers += paragraph->shown[i] == SHOWN_MARKER || paragraph->shown[i] == SHOWN_MARK;
    return paragraph->size + markers * (CLEAN_LABEL_COLUMNS / width);
}

static void mark_links(struct str source, size_t end, struct paragraph *paragraph)
{
    struct str part = {source.data, end};
    size_t from = paragraph->offsets[0], start, stop, i = 0;
    for (; link_next(part, from, &start, &stop); from = stop) {
        bool first = true;
        for (; i < paragraph->wrap.count; i++) {
            uint32_t offset = paragraph->offsets[paragraph->atoms[i].first];
            if (offset >= stop)
                break;
            if (offset < start)
                continue;
            paragraph->wrap.flags[i] |= (uint8_t)(WRAP_LINK | (first ? WRAP_START : 0));
            first = false;
        }
    }
}

static void make_atoms(struct arena *scratch, unsigned width, struct paragraph *paragraph)
{
    size_t most = most_atoms(paragraph, width);
    struct atom_builder builder = {
        .paragraph = paragraph,
        .atoms = arena_room(scratch, most, sizeof *builder.atoms),
        .columns = arena_room(scratch, most, 1),
        .flags = arena_room(scratch, most, 1),
        .width = width,
    };
    for (size_t at = 0; at < paragraph->size;)
        at = add_next(&builder, at);
    paragraph->atoms = builder.atoms;
    paragraph->wrap = (struct wrap_text){builder.columns, builder.flags, builder.count};
}

void paragraph_make(struct arena *scratch, struct str source, size_t start, size_t end,
                    const struct layout_options *options, struct paragraph *paragraph)
{
    *paragraph = (struct paragraph){0};
    struct need need = decode(scratch, source, start, end, paragraph);
    if (need.resolved)
        clean_resolve(paragraph->text, paragraph->shown, paragraph->size, options->keep_marks);
    paragraph->levels = arena_room(scratch, paragraph->size, 1);
    if (need.masked)
        mask_controls(paragraph, source, false);
    if (options->one_line)
        find_levels_of_parts(scratch, str_part(source, start, source.size), options, paragraph);
    else
        paragraph->base_level =
            bidi_levels(scratch, paragraph->text, paragraph->size, options->direction,
                        options->neutral, paragraph->levels);
    if (need.continued)
        level_clusters(paragraph);
    if (!options->one_line)
        wrap_find_breaks(scratch, paragraph->text, paragraph->size, paragraph->flags);
    if (need.masked)
        mask_controls(paragraph, source, true);
    if (!options->unshaped && any_shaped(paragraph))
        shape_join(paragraph->text, paragraph->shown, paragraph->levels, paragraph->size);
    make_atoms(scratch, options->width, paragraph);
    if (!options->one_line && link_any(str_part(source, start, end - start))) {
        mark_links(source, end, paragraph);
        wrap_keep_links(&paragraph->wrap, options->width);
    }
}
