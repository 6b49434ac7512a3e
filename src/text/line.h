/* One visual line out of a paragraph's atoms. For layout.c only. */
#ifndef TEXT_LINE_H
#define TEXT_LINE_H

#include "text/paragraph.h"

/* Puts the atoms from start to end in visual order (UAX #9, L1 to L4) and makes their cells. The
 * levels of these characters in paragraph are those after L1 then.
 * arena     receives the cells
 * scratch   for memory that is needed meanwhile
 * ellipsis  an ellipsis stands behind the last atom */
struct layout_line line_make(struct arena *arena, struct arena *scratch,
                             struct paragraph *paragraph, size_t start, size_t end, bool ellipsis);

/* The cells of printable ASCII from byte start to end of source, left to right. */
struct layout_line line_make_ascii(struct arena *arena, struct str source, size_t start, size_t end,
                                   bool ellipsis);

#endif
