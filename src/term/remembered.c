/* Reading and replacing the file of remembered modes. */
#include "term/remembered.h"

#include "base/language.h"
#include "base/paths.h"
#include "base/privilege.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 64 * 1024 };

/* Reads the file; false when there is none. One that is too large was not written here. */
static bool read_file(const char *path, struct buffer *content)
{
    char bytes[4096];
    size_t size;
    FILE *file = path ? privilege_fopen(path, "rbe") : NULL;
    if (!file)
        return false;
    while (content->size < FILE_BYTES_MOST && (size = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_add(content, (struct str){bytes, size});
    fclose(file);
    return true;
}

/* Takes the next line off *rest; false at the end. */
static bool next_line(struct str *rest, struct str *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    *line = str_part(*rest, 0, size);
    *rest = str_part(*rest, size + 1, rest->size);
    return true;
}

/* True for a line of this key; *mode receives its mode. */
static bool line_is_of(struct str line, const char *key, enum wire_mode *mode)
{
    const char *tab = memchr(line.data, '\t', line.size);
    if (!tab)
        return false;
    size_t size = (size_t)(tab - line.data);
    return str_equal(str_part(line, size + 1, line.size), str_of(key)) &&
           wire_mode_parse(str_part(line, 0, size), mode);
}

enum wire_mode remembered_mode(const char *path, const char *key)
{
    struct buffer content = {0};
    enum wire_mode found = WIRE_AUTOMATIC, mode;
    struct str line;
    read_file(path, &content);
    for (struct str rest = buffer_str(&content); next_line(&rest, &line);) {
        if (line_is_of(line, key, &mode))
            found = mode;
    }
    buffer_free(&content);
    return found;
}

/* The lines of the other terminals, and the new one of this. */
static void change_lines(struct str before, const char *key, enum wire_mode mode,
                         struct buffer *after)
{
    struct str line;
    enum wire_mode old;
    while (next_line(&before, &line)) {
        if (line.size == 0 || line_is_of(line, key, &old))
            continue;
        buffer_add(after, line);
        buffer_add_byte(after, '\n');
    }
    if (mode != WIRE_AUTOMATIC)
        buffer_printf(after, "%s\t%s\n", wire_mode_name(mode), key);
}

/* Writes beside path and moves it there; errno says why not. */
static bool replace_file(const char *path, struct str content)
{
    char beside[4096];
    int size = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
    if (size < 0 || (size_t)size >= sizeof beside) {
        errno = ENAMETOOLONG;
        return false;
    }
    int descriptor = mkstemp(beside);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "wb") : NULL;
    if (!file)
        return false;
    bool written = fwrite(content.data ? content.data : "", 1, content.size, file) == content.size;
    written = fclose(file) == 0 && written;
    if (written && rename(beside, path) == 0)
        return true;
    int reason = errno;
    unlink(beside);
    errno = reason;
    return false;
}

enum status remembered_set(const char *path, const char *key, enum wire_mode mode,
                           struct error *error)
{
    struct buffer before = {0}, after = {0};
    if (!path)
        return error_set(error, STATUS_IO,
                         _("you have no home folder in which the choice could be remembered"));
    read_file(path, &before);
    change_lines(buffer_str(&before), key, mode, &after);
    enum status status = privilege_lower(error);
    if (!status) {
        status = paths_make_folders(path, error);
        if (!status && !replace_file(path, buffer_str(&after)))
            status = error_set(error, STATUS_IO, _("cannot write %s: %s"), path, strerror(errno));
        enum status raised = privilege_raise(status ? NULL : error);
        status = status ? status : raised;
    }
    buffer_free(&before);
    buffer_free(&after);
    return status;
}
