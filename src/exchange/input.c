/* Reading in chunks. A signal may cut a read short: then whoever imports is asked, not punished. */
#include "exchange/input.h"

#include "base/language.h"

#include <errno.h>

static const char mark_utf8[] = "\xef\xbb\xbf", mark_utf16_le[] = "\xff\xfe",
                  mark_utf16_be[] = "\xfe\xff";

static enum status ask(struct input *input, struct error *error)
{
    if (!input->go_on || input->go_on(input->context, input->bytes))
        return OK;
    return error_set(error, STATUS_INTERRUPTED,
                     _("%s: stopped while reading; nothing was kept of it"), input->name);
}

/* Reads until the chunk is full, so that a byte order mark is never split, or the file ends. */
static enum status fill(struct input *input, struct error *error)
{
    input->at = input->size = 0;
    while (input->size < INPUT_CHUNK_BYTES && !feof(input->file)) {
        errno = 0;
        size_t got =
            fread(input->chunk + input->size, 1, INPUT_CHUNK_BYTES - input->size, input->file);
        int reason = errno;
        input->size += got;
        input->bytes += (int64_t)got;
        if (!ferror(input->file))
            continue;
        if (reason != EINTR)
            return error_set(error, STATUS_IO, _("cannot read %s: %s"), input->name,
                             strerror(reason));
        clearerr(input->file);
        enum status status = ask(input, error);
        if (status != OK)
            return status;
    }
    return OK;
}

/* Passes over the mark of UTF-8; a file with another one was saved in a form we do not read. */
static enum status read_mark(struct input *input, struct error *error)
{
    struct str start = {input->chunk, input->size};
    input->started = true;
    if (str_starts(start, str_of(mark_utf16_le)) || str_starts(start, str_of(mark_utf16_be)))
        return error_set(error, STATUS_INPUT, _("%s is UTF-16; save it as UTF-8, then import it"),
                         input->name);
    if (str_starts(start, str_of(mark_utf8)))
        input->at = strlen(mark_utf8);
    return OK;
}

enum status input_rest(struct input *input, struct str *rest, struct error *error)
{
    if (input->at == input->size) {
        enum status status = ask(input, error);
        if (status == OK)
            status = fill(input, error);
        if (status != OK)
            return status;
    }
    if (!input->started) {
        enum status status = read_mark(input, error);
        if (status != OK)
            return status;
    }
    *rest = (struct str){input->chunk + input->at, input->size - input->at};
    return rest->size > 0 ? OK : STATUS_EMPTY;
}
