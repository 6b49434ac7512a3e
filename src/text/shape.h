/* Arabic joining: letters become the presentation forms a terminal shows as they are. */
#ifndef TEXT_SHAPE_H
#define TEXT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Joins the Arabic letters of a paragraph.
 * text    size code points; letters at odd levels become presentation forms (U+FE70..FEFC, Persian
 *         and Urdu letters U+FB50..FBFF; letters that have none stay), lam with alef behind it
 *         becomes their ligature in lam's place
 * shown   enum shown of each; the alef of a ligature becomes SHOWN_SILENT
 * levels  embedding levels: letters join within one level only */
void shape_join(uint32_t *text, uint8_t *shown, const uint8_t *levels, size_t size);

/* True when a code point may be changed by shape_join(), so that text without any can do without.
 */
static inline bool shape_concerns(uint32_t codepoint)
{
    return codepoint >= 0x620 && codepoint <= 0x6d5;
}

#endif
