/* Memory that is always there: the one place where running out of it ends the program. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* What to do before the program ends for want of memory, such as giving the terminal back.
 * handler may be NULL. It must allocate nothing. */
void memory_on_exhaustion(void (*handler)(void));

/* count * size zeroed bytes, never NULL; the caller frees them with free(). Overflow or exhaustion
 * ends the program with one sentence on stderr and status 1. */
void *memory_new(size_t count, size_t size);

/* old grown or shrunk to count * size bytes, never NULL; new bytes are not initialised. */
void *memory_resize(void *old, size_t count, size_t size);

/* Says so and ends the program: the place both functions above, and the arena, come to. */
_Noreturn void memory_exhausted(void);

#endif
