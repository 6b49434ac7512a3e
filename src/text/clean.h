/* Which characters are shown as themselves, and what stands for those that are not. */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a code point is shown. */
enum shown {
    SHOWN_BASE,     /* as itself, one column */
    SHOWN_WIDE,     /* as itself, two columns */
    SHOWN_MARK,     /* on the character before it, no column */
    SHOWN_BLANK,    /* as a blank at which a line may end */
    SHOWN_FIXED,    /* as a blank that holds its neighbours together, such as U+00A0 */
    SHOWN_TAB,      /* as LAYOUT_TAB_COLUMNS blanks */
    SHOWN_REGIONAL, /* regional indicator: as its letter */
    SHOWN_NEWLINE,  /* paragraph separator: as a blank, where one line is asked for */
    SHOWN_MARKER,   /* as a marker such as [ESC] */
    SHOWN_SILENT,   /* not at all: it does its work on its neighbours */
    /* Their neighbours decide; clean_resolve() leaves none of these. */
    SHOWN_JOINER,   /* ZWJ, ZWNJ */
    SHOWN_SELECTOR, /* variation selectors */
    SHOWN_SKIN,     /* emoji skin tones */
    SHOWN_KEYCAP,   /* U+20E3 */
};

/* How codepoint is shown, as far as it alone tells. Everything invisible, acting or unassigned is a
 * marker, and so are the few characters on whose width terminals are known to disagree: U+06DE,
 * U+1734, U+3248..324F, U+4DC0..4DFF. */
enum shown clean_kind(uint32_t codepoint);

/* Settles the kinds whose neighbours decide.
 * text, shown   size code points and what clean_kind() said of each; shown is changed
 * keep_joiners  a joiner behind a letter is silent even if no letter follows yet */
void clean_resolve(const uint32_t *text, uint8_t *shown, size_t size, bool keep_joiners);

/* True for a character that ends a paragraph: LF, CR, U+0085, U+2028, U+2029. */
bool clean_ends_paragraph(uint32_t codepoint);

/* True when two markers bear the same label and may be counted together. */
bool clean_same_marker(uint32_t a, uint32_t b);

enum { CLEAN_LABEL_COLUMNS = 32 }; /* no label is longer */

/* Writes the marker for count characters like codepoint, such as [RLO] or [ZWSP×17]; every
 * character takes one column. Returns how many. */
size_t clean_label(uint32_t codepoint, size_t count, uint32_t label[static CLEAN_LABEL_COLUMNS]);

/* Writes the marker for count marks that have no room on their letter: [+56 marks]. */
size_t clean_marks_label(size_t count, uint32_t label[static CLEAN_LABEL_COLUMNS]);

#endif
