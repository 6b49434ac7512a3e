/* The bidirectional algorithm (UAX #9) with FriBidi's character data, linear on hostile texts. */
#ifndef TEXT_BIDI_H
#define TEXT_BIDI_H

#include "text/layout.h"

#include <stddef.h>
#include <stdint.h>

/* Embedding levels of one paragraph (no separator inside, or one at its end).
 * text, size  its code points
 * direction   the paragraph's, or DIRECTION_AUTO
 * neutral     what AUTO takes without a strong character
 * levels      receives size levels before rule L1; characters removed by X9 get the level of
 *             the character before them
 * arena       for scratch memory
 * Returns the paragraph's base level, 0 or 1. */
uint8_t bidi_levels(struct arena *arena, const uint32_t *text, size_t size,
                    enum direction direction, enum direction neutral, uint8_t *levels);

/* The direction of the first paragraph of text that has a strong character (P2, P3), or
 * DIRECTION_AUTO when none has. */
enum direction bidi_first_strong(struct str text);

/* Rule L1 for one line: separators, and blanks before them or at the line's end, fall back to
 * base_level. text and levels are the line's own part. */
void bidi_end_line(const uint32_t *text, size_t size, uint8_t base_level, uint8_t *levels);

/* Rule L2: order[i] receives the index of what stands i-th from the left. levels are the line's
 * (of characters, or of cells' groups: anything that moves as one). */
void bidi_order(const uint8_t *levels, size_t size, uint32_t *order);

/* Rule L4: the mirrored form of codepoint, or codepoint itself where it has none. */
uint32_t bidi_mirrored(uint32_t codepoint);

#endif
