/* JSON going out. jansson escapes what JSON must; what a terminal would obey is escaped here. */
#include "exchange/json_out.h"

#include "base/language.h"
#include "base/memory.h"
#include "text/utf8.h"

#include <errno.h>
#include <stdlib.h>

json_t *json_out_string(struct str text)
{
    struct buffer valid = {0};
    utf8_add_valid(&valid, text);
    json_t *string = json_stringn(valid.data ? valid.data : "", valid.size);
    buffer_free(&valid);
    if (!string)
        memory_exhausted();
    return string;
}

/* DEL and C1; then what reorders or breaks lines: ALM, LRM, RLM, LS, PS, the embeddings, overrides
 * and isolates; and the byte order mark. */
static bool acts_on_terminal(uint32_t codepoint)
{
    return (codepoint >= 0x7f && codepoint <= 0x9f) || codepoint == 0x061c || codepoint == 0x200e ||
           codepoint == 0x200f || (codepoint >= 0x2028 && codepoint <= 0x202e) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069) || codepoint == 0xfeff;
}

/* Such characters stand inside strings alone, where an escape means the same. */
static void add_escaped(struct buffer *line, struct str json)
{
    for (size_t at = 0; at < json.size;) {
        uint32_t codepoint;
        size_t size = utf8_decode(json, at, &codepoint);
        if (acts_on_terminal(codepoint))
            buffer_printf(line, "\\u%04X", (unsigned)codepoint);
        else
            buffer_add(line, str_part(json, at, size));
        at += size;
    }
}

enum status json_out_failed(struct error *error)
{
    return error_set(error, STATUS_IO, _("cannot write the output: %s"), strerror(errno));
}

enum status json_out_write(json_t *value, FILE *out, struct error *error)
{
    struct buffer line = {0};
    char *json = json_dumps(value, JSON_COMPACT);
    if (!json)
        memory_exhausted();
    add_escaped(&line, str_of(json));
    buffer_add_byte(&line, '\n');
    bool written = fwrite(line.data, 1, line.size, out) == line.size;
    free(json);
    buffer_free(&line);
    json_decref(value);
    return written ? OK : json_out_failed(error);
}
