/* Lists of holidays of any bytes: reading comes to an end, names what it refuses, and takes whole days
 * with names. */
#include "exchange/holidays.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void hear(void *context, int64_t line, const char *sentence)
{
    int64_t *heard = context;
    must(line > 0 && sentence[0] != '\0');
    ++*heard;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct error error = {.message = ""};
    int64_t heard = 0;
    struct holidays_in in = {.name = "list",
                             .first = 20000,
                             .last = 24000,
                             .wrong = hear,
                             .context = &heard,
                             .arena = &arena};
    char *bytes = calloc(size + 1, 1);
    must(bytes != NULL);
    memcpy(bytes, data, size);
    FILE *file = fmemopen(bytes, size > 0 ? size : 1, "r"); /* it takes no empty one */
    must(file != NULL);
    enum status status = holidays_read(file, &in, &error);
    fclose(file);
    free(bytes);
    must(status == OK || (status == STATUS_INPUT && error.message[0] != '\0'));
    must(heard == in.wrong_count && in.count <= HOLIDAYS_MOST);
    for (size_t i = 0; i < in.count; i++)
        must(in.days[i].name.ar.size > 0 && in.days[i].name.en.size > 0);
    arena_free(&arena);
    return 0;
}
