/* Reading scripts: words between blanks, quoted texts with escapes, comments. */
#include "screens/script.h"

#include "text/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_MOST_BYTES = 1 << 20, HEXADECIMAL = 16, BYTE_DIGITS = 2, CODEPOINT_DIGITS = 4 };

static enum status read_file(const char *path, struct buffer *content, struct error *error)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_set(error, STATUS_IO, "%s: %s", path, strerror(errno));
    char bytes[4096];
    size_t size;
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0 && content->size < SCRIPT_MOST_BYTES)
        buffer_add(content, (struct str){bytes, size});
    bool failed = ferror(file) || content->size >= SCRIPT_MOST_BYTES;
    fclose(file);
    return failed ? error_set(error, STATUS_IO, "%s: cannot be read", path) : OK;
}

/* Reads digits hexadecimal digits at *at; false when there are fewer. */
static bool read_hexadecimal(struct str line, size_t *at, size_t digits, uint32_t *value)
{
    char text[CODEPOINT_DIGITS + 1] = "";
    char *end;
    if (line.size - *at < digits)
        return false;
    memcpy(text, line.data + *at, digits);
    *value = (uint32_t)strtoul(text, &end, HEXADECIMAL);
    *at += digits;
    return *end == '\0';
}

/* Decodes what follows a backslash. */
static bool read_escape(struct str line, size_t *at, struct buffer *text)
{
    static const char letters[] = "ntre\\\"", meanings[] = "\n\t\r\033\\\"";
    if (*at >= line.size)
        return false;
    char letter = line.data[(*at)++];
    const char *found = letter ? strchr(letters, letter) : NULL;
    uint32_t value;
    if (found) {
        buffer_add_byte(text, meanings[found - letters]);
    } else if (letter == 'u' && read_hexadecimal(line, at, CODEPOINT_DIGITS, &value)) {
        utf8_add(text, value);
    } else if (letter == 'x' && read_hexadecimal(line, at, BYTE_DIGITS, &value)) {
        buffer_add_byte(text, (char)value);
    } else {
        return false;
    }
    return true;
}

static bool read_quoted(struct str line, size_t *at, struct buffer *text)
{
    for (++*at; *at < line.size && line.data[*at] != '"';) {
        char byte = line.data[(*at)++];
        if (byte != '\\')
            buffer_add_byte(text, byte);
        else if (!read_escape(line, at, text))
            return false;
    }
    return (*at)++ < line.size;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Reads the words of one line; false when a quoted text is malformed. */
static bool read_words(struct str line, struct arena *arena, struct line *out)
{
    struct buffer text = {0};
    bool well_formed = true;
    /* No line has more words than characters. */
    out->words = arena_new(arena, line.size / 2 + 1, sizeof *out->words);
    for (size_t at = 0; well_formed;) {
        while (at < line.size && is_blank(line.data[at]))
            at++;
        if (at == line.size || line.data[at] == '#')
            break;
        bool quoted = line.data[at] == '"';
        buffer_clear(&text);
        if (quoted)
            well_formed = read_quoted(line, &at, &text);
        while (!quoted && at < line.size && !is_blank(line.data[at]))
            buffer_add_byte(&text, line.data[at++]);
        struct str copy = arena_copy(arena, buffer_str(&text));
        out->words[out->count++] = (struct word){copy, quoted};
    }
    buffer_free(&text);
    return well_formed;
}

static enum status read_lines(struct str content, struct arena *arena, struct script *script,
                              struct error *error)
{
    size_t most = 1;
    for (size_t i = 0; i < content.size; i++)
        most += content.data[i] == '\n';
    script->lines = arena_new(arena, most, sizeof *script->lines);
    int number = 1;
    for (size_t at = 0; at < content.size; number++) {
        const char *end = memchr(content.data + at, '\n', content.size - at);
        size_t size = end ? (size_t)(end - content.data) - at : content.size - at;
        struct line line = {.number = number};
        if (!read_words(str_part(content, at, size), arena, &line))
            return error_set(error, STATUS_INPUT, "%s:%d: a quoted text is malformed", script->path,
                             number);
        if (line.count > 0)
            script->lines[script->count++] = line;
        at += size + 1;
    }
    return OK;
}

enum status script_read(const char *path, struct arena *arena, struct script *script,
                        struct error *error)
{
    struct buffer content = {0};
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    const char *dot = strrchr(file, '.');
    size_t name_size = dot ? (size_t)(dot - file) : strlen(file);
    struct str folder = slash ? (struct str){path, (size_t)(slash - path)} : str_of(".");
    *script = (struct script){.path = path};
    script->folder = arena_copy(arena, folder).data;
    script->name = arena_copy(arena, (struct str){file, name_size}).data;
    enum status status = read_file(path, &content, error);
    if (status == OK)
        status = read_lines(buffer_str(&content), arena, script, error);
    buffer_free(&content);
    return status;
}

bool word_is(const struct word *word, const char *text)
{
    return !word->quoted && str_equal(word->text, str_of(text));
}
