/* The shingles of stored texts that arrivals were compared with, while there is room: an import asks
 * for the same ones again and again. Private to store/alike*.c. */
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

/* What is known under this number holds no more. */
void alike_memory_drop(struct alike_memory *memory, int64_t id);

#endif
