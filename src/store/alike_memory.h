/* What is remembered of stored comments while many arrive, as far as there is room: the shingles of
 * texts that arrivals were compared with, and the cluster that each comment is in. An import asks for
 * the same ones again and again. Private to store/alike*.c. */
#ifndef STORE_ALIKE_MEMORY_H
#define STORE_ALIKE_MEMORY_H

#include "text/alike.h"

#include <stddef.h>

struct alike_memory;

/* Room for so many shingles at most, and for as many texts as they would be. To be freed. */
struct alike_memory *alike_memory_new(size_t shingles);
void alike_memory_free(struct alike_memory *memory); /* NULL will do */

/* The finished text under this number, which is not 0; false where none is known. *text lives until
 * another one is kept, and is not to be freed. */
bool alike_memory_find(const struct alike_memory *memory, int64_t id, struct alike *text);

/* Keeps a copy in the place of those kept longest; one that is too long for it is not kept. */
void alike_memory_keep(struct alike_memory *memory, int64_t id, const struct alike *text);

/* Where a comment stands: its consultation, and its cluster, 0 for none. False where that is not
 * known. */
bool alike_memory_place(const struct alike_memory *memory, int64_t id, int64_t *consultation,
                        int64_t *cluster);
/* Keeps it, in place of what was known of another comment, or of this. */
void alike_memory_keep_place(struct alike_memory *memory, int64_t id, int64_t consultation,
                             int64_t cluster);

/* What is known under this number holds no more. */
void alike_memory_drop(struct alike_memory *memory, int64_t id);

#endif
