/* Reading settings: lines of "name = value", empty lines, and comments behind a '#'. */
#include "cli/settings.h"

#include "base/language.h"
#include "base/paths.h"
#include "base/privilege.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATIENCE_MOST_MS = 10000 };

static enum status set_wire(struct settings *settings, struct str value, struct error *error)
{
    if (wire_mode_parse(value, &settings->wire))
        return OK;
    return error_set(error, STATUS_INPUT,
                     _("wire is '%.*s'; it may be automatic, explicit, implicit or plain"),
                     STR_FORMAT(value));
}

static enum status set_patience(struct settings *settings, struct str value, struct error *error)
{
    long long number;
    if (!str_to_int64(value, &number) || number < 0 || number > PATIENCE_MOST_MS)
        return error_set(error, STATUS_INPUT,
                         _("terminal-wait is '%.*s'; it takes 0 to %d milliseconds"),
                         STR_FORMAT(value), PATIENCE_MOST_MS);
    settings->patience_ms = (int)number;
    return OK;
}

static enum status set_background(struct settings *settings, struct str value, struct error *error)
{
    static const char *const names[] = {
        [BACKGROUND_OWN] = "automatic", [BACKGROUND_DARK] = "dark", [BACKGROUND_LIGHT] = "light"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_equal(value, str_of(names[i]))) {
            settings->background = (enum background)i;
            return OK;
        }
    }
    return error_set(error, STATUS_INPUT,
                     _("background is '%.*s'; it may be automatic, dark or light"),
                     STR_FORMAT(value));
}

static const struct {
    const char *name;
    enum status (*set)(struct settings *, struct str, struct error *);
} known[] = {
    {"wire", set_wire},
    {"terminal-wait", set_patience},
    {"background", set_background},
};

static enum status read_line(struct settings *settings, struct str line, struct error *error)
{
    const char *comment = line.size ? memchr(line.data, '#', line.size) : NULL;
    if (comment)
        line.size = (size_t)(comment - line.data);
    line = str_trim(line);
    if (line.size == 0)
        return OK;
    const char *equals = memchr(line.data, '=', line.size);
    if (!equals)
        return error_set(error, STATUS_INPUT, _("'%.*s' is no setting: write NAME = VALUE"),
                         STR_FORMAT(line));
    size_t at = (size_t)(equals - line.data);
    struct str name = str_trim(str_part(line, 0, at));
    struct str value = str_trim(str_part(line, at + 1, line.size));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_equal(name, str_of(known[i].name)))
            return known[i].set(settings, value, error);
    }
    return error_set(error, STATUS_INPUT,
                     _("there is no setting '%.*s'; there are wire, terminal-wait and background"),
                     STR_FORMAT(name));
}

static enum status read_file(const char *path, struct settings *settings, struct error *error)
{
    FILE *file = path ? privilege_fopen(path, "re") : NULL;
    enum status status = OK;
    char *line = NULL;
    size_t room = 0;
    if (!file && path && errno != ENOENT && errno != ENOTDIR && errno != EACCES)
        return error_set(error, STATUS_IO, _("cannot read %s: %s"), path, strerror(errno));
    for (int number = 1; file && status == OK; number++) {
        ssize_t size = getline(&line, &room, file);
        if (size < 0)
            break;
        status = read_line(settings, (struct str){line, (size_t)size}, error);
        if (status)
            error_prefix(error, status, "%s:%d", path, number);
    }
    free(line);
    if (file)
        fclose(file);
    return status;
}

enum status settings_read(struct arena *arena, struct settings *settings, struct error *error)
{
    *settings = (struct settings){.patience_ms = MODE_PATIENCE_MS};
    enum status status = read_file(paths_host_settings(), settings, error);
    return status ? status : read_file(paths_user_settings(arena), settings, error);
}
