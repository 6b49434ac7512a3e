/* What both import fuzzers do: read the input twice, and hold the import to its word. */
#ifndef TESTS_FUZZ_IMPORTING_H
#define TESTS_FUZZ_IMPORTING_H

#include "exchange/import.h"

#include <stdlib.h>
#include <unistd.h>

enum { FUZZ_NOW = 1790000000, FUZZ_RUNS_A_STORE = 256 /* then a new one: it must not grow */ };

static inline void fuzz_must(bool holds)
{
    if (!holds)
        abort();
}

static char fuzz_path[] = "/tmp/majlis-fuzz-XXXXXX";
static struct store *fuzz_store;
static struct desk fuzz_desk;

/* The files SQLite keeps beside the database go with it when it is closed. */
static inline void fuzz_close(void)
{
    if (!fuzz_store)
        return;
    desk_close(&fuzz_desk);
    store_close(fuzz_store);
    fuzz_store = NULL;
    unlink(fuzz_path);
}

static inline void fuzz_open(void)
{
    static int runs;
    static bool named;
    struct moderator self = {
        .login = str_of("fuzz"), .name = str_of("fuzz"), .role = ROLE_OPERATOR, .active = true};
    if (fuzz_store && runs++ % FUZZ_RUNS_A_STORE != 0)
        return;
    fuzz_close();
    if (!named) {
        close(mkstemp(fuzz_path));
        atexit(fuzz_close);
        named = true;
    }
    fuzz_must(store_open(&fuzz_store, fuzz_path, STORE_NEW, NULL) == OK);
    fuzz_must(store_begin(fuzz_store, NULL) == OK);
    fuzz_must(moderator_add(fuzz_store, &self, NULL) == OK);
    fuzz_must(store_commit(fuzz_store, NULL) == OK);
    fuzz_must(desk_open(&fuzz_desk, fuzz_store, str_of("fuzz"), NULL) == OK);
}

static inline enum status fuzz_read(const uint8_t *data, size_t size, enum import_format format,
                                    struct import_result *result)
{
    struct error error;
    const struct import_options options = {.format = format,
                                           .consultation = str_of("fuzz"),
                                           .create = true,
                                           .source = str_of("fuzz"),
                                           .file_name = "fuzz",
                                           .now = FUZZ_NOW};
    FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : fopen("/dev/null", "rb");
    enum status status = import_comments(&fuzz_desk, in, &options, result, &error);
    fclose(in);
    fuzz_must(result->read ==
              result->added + result->changed + result->unchanged + result->refused);
    return status;
}

/* The same file again adds nothing, and fails as it failed before. */
static inline int fuzz_import(const uint8_t *data, size_t size, enum import_format format)
{
    struct import_result first, second;
    fuzz_open();
    enum status status = fuzz_read(data, size, format, &first);
    fuzz_must(status == OK || status == STATUS_INPUT);
    fuzz_must(fuzz_read(data, size, format, &second) == status);
    fuzz_must(second.added == 0);
    fuzz_must(second.read == first.read && second.refused == first.refused);
    return 0;
}

#endif
