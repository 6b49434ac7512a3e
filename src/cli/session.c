/* Who runs the program, on which database, with which rights; and the operands every command reads
 * alike. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "base/paths.h"
#include "base/privilege.h"
#include "cli/settings.h"
#include "store/catch_up.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The person's name from the password file, whose fourth field's first part it is by custom. */
static struct str full_name(const struct passwd *entry)
{
    struct str name = str_of(entry->pw_gecos);
    const char *comma = name.size ? memchr(name.data, ',', name.size) : NULL;
    if (comma)
        name.size = (size_t)(comma - name.data);
    name = str_trim(name);
    return name.size ? name : str_of(entry->pw_name);
}

enum status cli_identify(struct cli *cli, struct error *error)
{
    errno = 0;
    const struct passwd *entry = getpwuid(getuid());
    if (!entry || entry->pw_name[0] == '\0')
        return error_set(error, STATUS_REFUSED,
                         _("user id %lld has no login name on this system; ask who runs it"),
                         (long long)getuid());
    cli->login = arena_copy(&cli->arena, str_of(entry->pw_name));
    cli->name = arena_copy(&cli->arena, full_name(entry));
    return OK;
}

/* The database that was named; NULL when none was. */
static const char *named_database(const struct cli *cli)
{
    if (cli->database)
        return cli->database;
    const char *path = getenv("MAJLIS_DB");
    return path && *path ? path : NULL;
}

static bool is_there(const char *path)
{
    struct stat status;
    return path && (stat(path, &status) == 0 || errno != ENOENT);
}

enum status cli_find_database(struct cli *cli, const char **path, struct error *error)
{
    const char *installed = paths_installed_database();
    *path = named_database(cli);
    if (!*path && is_there(installed))
        *path = installed;
    if (*path && strcmp(*path, installed) == 0 && access(installed, R_OK | W_OK) != 0)
        return OK;
    enum status status = privilege_give_up(error);
    if (status)
        return status;
    if (!*path)
        *path = paths_user_database(&cli->arena);
    if (!named_database(cli) && !is_there(*path))
        return error_set(error, STATUS_NOT_FOUND,
                         _("there is no database yet: 'majlis init' makes an empty one, 'majlis "
                           "demo' opens worked examples, --db FILE names another"));
    return OK;
}

/* True when the folder of the installed database is there and the caller may make files in it. */
static bool may_install(void)
{
    const char *installed = paths_installed_database(), *slash = strrchr(installed, '/');
    char folder[PATH_MAX];
    size_t size = (size_t)(slash - installed);
    if (size >= sizeof folder)
        return false;
    memcpy(folder, installed, size);
    folder[size] = '\0';
    return access(folder, W_OK | X_OK) == 0;
}

enum status cli_place_database(struct cli *cli, const char **path, struct error *error)
{
    enum status status = privilege_give_up(error);
    if (status)
        return status;
    *path = named_database(cli);
    if (!*path)
        *path = may_install() ? paths_installed_database() : paths_user_database(&cli->arena);
    if (!*path)
        return error_set(error, STATUS_NOT_FOUND,
                         _("you have no home folder to keep a database in; name one with --db"));
    return OK;
}

static void tell_left(enum catch_up_kind kind, int64_t left)
{
    cli_say(kind == CATCH_UP_ALIKE
                ? ngettext("Looking for letters that are alike: %lld comment left",
                           "Looking for letters that are alike: %lld comments left",
                           (unsigned long)left)
                : ngettext("Working out what is due: %lld comment left",
                           "Working out what is due: %lld comments left", (unsigned long)left),
            (long long)left);
}

/* What waits after a change is done step by step; who stops it goes on the next time. The screens do
 * it by themselves, while nobody presses a key. */
enum status cli_catch_up(struct cli *cli, bool whole, struct error *error)
{
    enum { TELL_MS = 1000, A_WHILE_MS = 300, COMMENTS_AT_ONCE = 2000 };
    int64_t left, begun = moment_monotonic_ms(), told = begun;
    enum catch_up_kind kind;
    enum status status = catch_up_next(cli->store, &kind, &left, error);
    while (!status && kind != CATCH_UP_NOTHING) {
        if (!whole && kind == CATCH_UP_DUE && moment_monotonic_ms() - begun >= A_WHILE_MS)
            break;
        if (moment_monotonic_ms() - told >= TELL_MS) {
            told = moment_monotonic_ms();
            tell_left(kind, left);
        }
        status = catch_up_step(cli->store, COMMENTS_AT_ONCE, error);
        if (!status)
            status = catch_up_next(cli->store, &kind, &left, error);
    }
    return status;
}

/* A small database is up to date before this could be read. */
static void tell_migration(const char *path, int step, int steps)
{
    enum { LARGE_BYTES = 64 * 1024 * 1024 };
    struct stat file;
    if (isatty(STDERR_FILENO) && stat(path, &file) == 0 && file.st_size > LARGE_BYTES)
        cli_say(_("%s is being brought up to date, step %d of %d. This can take minutes; if it is "
                  "stopped (Ctrl-C), the next start goes on with this step."),
                path, step, steps);
}

enum status cli_open(struct cli *cli, const char *path, enum store_mode mode, struct error *error)
{
    store_on_migration(tell_migration);
    enum status status = store_open(&cli->store, path, mode, error);
    if (status || mode != STORE_EXISTING || cli->command == &cli_screens)
        return status;
    return cli_catch_up(cli, false, error);
}

enum status cli_sit(struct cli *cli, struct error *error)
{
    enum status status = desk_open(&cli->desk, cli->store, cli->login, error);
    cli->seated = status == OK;
    return status;
}

void cli_close(struct cli *cli)
{
    if (cli->seated)
        desk_close(&cli->desk);
    cli->seated = false;
    store_close(cli->store);
    cli->store = NULL;
}

/* The mode as the command line, or else the environment, has it. */
static enum status told_mode(const struct cli *cli, enum wire_mode *wire, struct error *error)
{
    const char *value = cli->wire ? cli->wire : getenv("MAJLIS_WIRE");
    if (!value || !*value || wire_mode_parse(str_of(value), wire))
        return OK;
    return error_set(error, STATUS_USAGE,
                     _("%s %s: it may be automatic, explicit, implicit or plain"),
                     cli->wire ? "--wire" : "$MAJLIS_WIRE", value);
}

enum status cli_terminal(struct cli *cli, struct terminal_options *options, struct error *error)
{
    struct settings settings;
    const char *debug = getenv("MAJLIS_DEBUG");
    enum status status = settings_read(&cli->arena, &settings, error);
    *options = (struct terminal_options){
        .wire = settings.wire,
        .patience_ms = settings.patience_ms,
        .background = settings.background,
        .remembered = paths_user_terminals(&cli->arena),
        .debug = debug && *debug ? debug : NULL,
        .no_color = cli->no_color,
    };
    return status ? status : told_mode(cli, &options->wire, error);
}

/* A source's name may hold a '/' itself, so each one is tried as the seam. */
static enum status comment_by_names(struct cli *cli, struct str names, int64_t *id,
                                    struct error *error)
{
    for (size_t i = 0; i < names.size; i++) {
        if (names.data[i] != '/')
            continue;
        enum status status = comment_by_source(cli->store, str_part(names, 0, i),
                                               str_part(names, i + 1, names.size), id, error);
        if (status != STATUS_NOT_FOUND)
            return status;
    }
    return error_set(error, STATUS_NOT_FOUND, _("there is no comment %.*s"), STR_FORMAT(names));
}

enum status cli_comment(struct cli *cli, const char *operand, int64_t *id, struct error *error)
{
    struct str text = str_of(operand);
    long long number;
    if (str_to_int64(text, &number) && number > 0) {
        struct comment comment;
        *id = number;
        return comment_read(cli->store, number, 0, 0, &cli->arena, &comment, error);
    }
    if (strchr(operand, '/'))
        return comment_by_names(cli, text, id, error);
    return error_set(error, STATUS_USAGE,
                     _("%s is not a comment: it takes its number, or SOURCE/SOURCE_ID"), operand);
}

enum status cli_query(struct cli *cli, int first, struct query *query, struct error *error)
{
    struct buffer words = {0};
    for (int i = first; i < cli->operand_count; i++) {
        if (i > first)
            buffer_add_byte(&words, ' ');
        buffer_add(&words, str_of(cli->operands[i]));
    }
    struct str text = arena_copy(&cli->arena, buffer_str(&words));
    buffer_free(&words);
    size_t at = 0;
    enum status status = query_parse(text, &cli->arena, query, &at, error);
    if (!status)
        status = desk_query(&cli->desk, query, &cli->arena, error);
    return status ? error_prefix(error, status, _("the query %.*s"), STR_FORMAT(text)) : OK;
}
