/* Layout: text in logical order becomes visual lines of cells, and back again for the caret.
 *
 * The steps, each with its own file: decode (utf8), make hostile characters visible (clean),
 * grapheme clusters and their width (cluster), embedding levels by UAX #9 (bidi), Arabic joining
 * (shape), line breaks by UAX #14 (wrap), reordering of each line by rule L2. Pure: no screen, no
 * I/O, no globals. */
#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    GLYPH_CODEPOINTS = 5,   /* a base and four marks: what curses can hold in a cell (CCHARW_MAX) */
    LAYOUT_TAB_COLUMNS = 4, /* a tab is this many blanks wherever it stands */
};

/* What one column of a terminal shows. */
struct glyph {
    uint32_t codepoint[GLYPH_CODEPOINTS]; /* base first, then marks; 0 after the last */
    uint8_t width; /* columns: 1 or 2; 0 is the second column of the wide glyph to its left */
};

enum direction {
    DIRECTION_AUTO, /* of a paragraph: from its first strong character (UAX #9 P2, P3) */
    DIRECTION_LTR,
    DIRECTION_RTL,
};

enum cell_kind {
    CELL_TEXT,     /* what the writer wrote */
    CELL_MARKER,   /* stands for something invisible or hostile, such as [ESC] or [RLO] */
    CELL_ELLIPSIS, /* the text goes on but the width ended */
};

/* One column of a laid-out line. */
struct layout_cell {
    struct glyph glyph;
    uint32_t start,
        end;       /* the bytes of the source it shows; all cells of a marker, and both columns
                      of a wide glyph, name the same bytes; an ellipsis names none (start == end) */
    uint8_t level; /* UAX #9 embedding level after rule L1; odd is right-to-left */
    uint8_t kind;  /* enum cell_kind */
};

/* One visual line. cells[0] is its leftmost column. */
struct layout_line {
    const struct layout_cell *cells;
    unsigned width; /* columns used, at most the width asked for */
    uint32_t start,
        end; /* bytes of the source; end leaves out a newline and the blanks the wrap hangs */
    uint8_t base_level; /* of its paragraph: 0 left-to-right, 1 right-to-left */
    bool ends_paragraph;
};

struct layout {
    struct layout_line *lines; /* at least one, also for an empty text */
    size_t line_count;
    struct str source;
};

struct layout_options {
    unsigned width;           /* columns, at least 2 */
    enum direction direction; /* of every paragraph, or DIRECTION_AUTO for each its own */
    enum direction
        neutral;     /* what AUTO takes where a paragraph has no strong character; LTR if 0 */
    bool one_line;   /* newlines become blanks, the text is cut at width and ends in an ellipsis */
    bool unshaped;   /* leave Arabic letters as they are instead of presentation forms */
    bool keep_marks; /* the editor's own text: do not mark joiners (ZWJ, ZWNJ) between letters */
};

/* Lays text out. Everything returned lives in arena. text must stay where it is as long, and may
 * hold anything: ill-formed UTF-8, controls, NUL; its size must be under 2^31 (more is cut).
 *
 * Paragraphs end at LF, CR, CRLF, U+2028, U+2029, U+0085; one at the text's very end is followed by
 * an empty line, where the caret may stand. Characters that are invisible, act on a
 * terminal or reorder text are shown as markers, never as themselves: C0 and C1 controls as [ESC],
 * [NUL], [U+0085] ..., bidi controls as [RLO], [LRI] ... (they do act, within their own paragraph,
 * as UAX #9 says), zero-width characters as [ZWSP] ..., a run of more than two alike as [ZWSP×17];
 * ZWNJ and ZWJ are silent where they do their work between letters or in emoji and marked
 * elsewhere; tag characters, noncharacters, private use and unassigned as [U+E0041]; more marks on
 * a base than fit a glyph as [+56 marks] behind it. Emoji sequences are shown as their parts
 * without joiner and variation selector, since terminals disagree on the width of the whole;
 * regional indicators as their letters, underlined by kind CELL_MARKER. The few characters on whose
 * width terminals disagree are markers too (see clean.h); blanks of one column all become U+0020. A
 * mark without a letter stands on U+25CC. Long words wrap between
 * clusters; a cluster is never cut. */
void layout_make(struct arena *arena, struct str text, const struct layout_options *options,
                 struct layout *layout);

/* How many columns text takes on one line, markers and all; counting stops at most. */
unsigned layout_columns(struct str text, unsigned most);

/* Where a caret is: on the cell that shows the character behind it. */
struct caret {
    size_t line;
    int column; /* from the line's leftmost cell; width behind the end of a left-to-right line, -1
                   behind the end (left) of a right-to-left one */
};

/* The place of the caret at byte offset (moved to the start of the cluster it lies in). */
struct caret layout_caret(const struct layout *layout, size_t offset);

/* The second place of the caret at byte offset, where text meets text of the other direction: behind
 * the character before it, where another one of that character's direction would come. Returns false
 * when there is only one place on the line; *second is then untouched. */
bool layout_caret_second(const struct layout *layout, size_t offset, struct caret *second);

/* The byte offset whose caret is nearest to column of line (line is cut to the last). The column
 * may lie outside the line: it then means the nearest end. */
size_t layout_offset_at(const struct layout *layout, size_t line, int column);

/* The offset one step to the left (step -1) or right (+1) on the screen; past a line's end the
 * caret goes to the neighbouring line as reading goes: leaving a left-to-right line at its right
 * end goes down. Returns offset itself at the text's ends. */
size_t layout_step(const struct layout *layout, size_t offset, int step);

#endif
