/* Differences between letters, as spans of a text that is drawn. */
#include "ui/alike_marks.h"

#include "term/style.h"
#include "text/alike.h"

#include <stdlib.h>

size_t alike_marks(struct str pattern, struct str body, struct arena *arena, struct span **spans)
{
    struct alike first = {0};
    struct alike_place *places;
    alike_read(&first, pattern);
    size_t count = alike_differences(&first, body, &places);
    *spans = arena_new(arena, count, sizeof **spans);
    for (size_t i = 0; i < count; i++)
        (*spans)[i] = (struct span){(uint32_t)places[i].start, (uint32_t)places[i].end,
                                    (uint16_t)STYLE_FOUND};
    free(places);
    alike_free(&first);
    return count;
}
