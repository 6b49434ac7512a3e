/* What is marked in a letter that others sent, too. */
#ifndef UI_ALIKE_MARKS_H
#define UI_ALIKE_MARKS_H

#include "base/arena.h"
#include "term/canvas.h"

/* The places where body says something else than pattern, the first letter of its cluster; *spans
 * in arena. Returns how many. */
size_t alike_marks(struct str pattern, struct str body, struct arena *arena, struct span **spans);

#endif
