/* JSON lines coming in, of any bytes. */
#include "importing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_import(data, size, IMPORT_JSONL);
}
