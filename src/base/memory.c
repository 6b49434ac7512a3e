/* Memory that is always there. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static void (*exhaustion_handler)(void);

void memory_on_exhaustion(void (*handler)(void))
{
    exhaustion_handler = handler;
}

void memory_exhausted(void)
{
    static const char sentence[] = "majlis: out of memory; nothing was half-written\n";
    if (exhaustion_handler)
        exhaustion_handler();
    ssize_t written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)written;
    _exit(1);
}

void *memory_new(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        memory_exhausted();
    return memory;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        memory_exhausted();
    size_t bytes = count * size;
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory)
        memory_exhausted();
    return memory;
}
