/* majlis import: comments from a file or a pipe, all or none. */
#include "exchange/import.h"
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "base/privilege.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROGRESS_MS = 200, PERCENT = 100 };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* Ctrl-C, a hang-up and a polite kill end the import with nothing left. Without SA_RESTART, so that
 * a read from a pipe that sends nothing ends, too. */
static void catch_interrupts(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction before;
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

struct progress {
    bool shown;      /* standard error is a terminal */
    bool written;    /* a line of progress stands there now */
    int64_t size;    /* of the file in bytes; 0 when it has none, such as a pipe */
    int64_t next_ms; /* when it is shown again */
};

static void clear_progress(struct progress *progress)
{
    if (progress->written)
        fputs("\r\033[K", stderr);
    progress->written = false;
}

static bool show_progress(void *context, int64_t rows, int64_t bytes)
{
    struct progress *progress = context;
    int64_t now = progress->shown ? moment_monotonic_ms() : 0;
    if (progress->shown && now >= progress->next_ms) {
        clear_progress(progress);
        fprintf(stderr, _("%lld comments read"), (long long)rows);
        if (progress->size > 0)
            fprintf(stderr, ", %lld%%", (long long)(bytes * PERCENT / progress->size));
        progress->written = true;
        progress->next_ms = now + PROGRESS_MS;
    }
    return !interrupted;
}

static void show_refused(void *context, const char *sentence)
{
    clear_progress(context);
    cli_say("%s", sentence);
}

static enum status open_input(const char *path, FILE **in, struct progress *progress,
                              struct error *error)
{
    struct stat status;
    *in = strcmp(path, "-") == 0 ? stdin : privilege_fopen(path, "rbe");
    if (!*in || fstat(fileno(*in), &status) != 0)
        return error_set(error, STATUS_IO, _("cannot read %s: %s"), path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(error, STATUS_IO, _("cannot read %s: %s"), path, strerror(EISDIR));
    progress->size = S_ISREG(status.st_mode) ? status.st_size : 0;
    return OK;
}

static enum status read_options(struct cli *cli, struct import_options *import, struct error *error)
{
    const char *path = cli->operands[1], *slash = strrchr(path, '/');
    const char *source = cli_value(cli, "source"), *map = cli_value(cli, "map");
    bool standard_input = strcmp(path, "-") == 0;
    if (strcmp(cli->operands[0], "csv") == 0)
        import->format = IMPORT_CSV;
    else if (strcmp(cli->operands[0], "jsonl") == 0)
        import->format = IMPORT_JSONL;
    else
        return error_set(error, STATUS_USAGE, _("unknown format '%s': it is csv or jsonl"),
                         cli->operands[0]);
    import->consultation = str_of(cli_value(cli, "consultation"));
    if (import->consultation.size == 0)
        return error_set(error, STATUS_USAGE,
                         _("say which consultation the comments belong to: --consultation SLUG"));
    import->create = cli_value(cli, "create") != NULL;
    import->file_name = standard_input ? _("standard input") : path;
    import->source = str_of(standard_input ? "stdin" : slash ? slash + 1 : path);
    if (source && *source)
        import->source = str_of(source);
    return map ? import_parse_map(str_of(map), &cli->arena, import, error) : OK;
}

static void print_result(const struct import_result *result)
{
    cli_say(_("%lld read: %lld added, %lld changed, %lld unchanged, %lld refused"),
            (long long)result->read, (long long)result->added, (long long)result->changed,
            (long long)result->unchanged, (long long)result->refused);
}

static enum status run_import(struct cli *cli, struct error *error)
{
    struct progress progress = {.shown = isatty(STDERR_FILENO)};
    struct import_options import = {
        .now = cli->now, .progress = show_progress, .refused = show_refused, .context = &progress};
    struct import_result result = {0};
    FILE *in = NULL;
    enum status status = read_options(cli, &import, error);
    if (!status)
        status = open_input(cli->operands[1], &in, &progress, error);
    if (!status) {
        catch_interrupts();
        status = import_comments(&cli->desk, in, &import, &result, error);
        clear_progress(&progress);
    }
    if (in && in != stdin)
        fclose(in);
    if (status && interrupted)
        return error_set(error, STATUS_INTERRUPTED, _("interrupted: nothing was imported"));
    if (status == STATUS_NOT_FOUND && !import.create)
        return error_set(error, status, _("there is no consultation '%.*s'; --create makes it"),
                         STR_FORMAT(import.consultation));
    if (!status)
        print_result(&result);
    return status;
}

static const struct cli_option options[] = {
    {"consultation", "SLUG", N_("the consultation the comments belong to")},
    {"create", NULL, N_("make the consultation when there is none of that name")},
    {"source", "NAME", N_("where they come from; the file's name when it is left out")},
    {"map", "FIELD=COLUMN,...", N_("which column or key gives which field")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_import = {
    .name = "import",
    .usage = "csv|jsonl FILE|- --consultation SLUG [--create] [--source NAME] "
             "[--map FIELD=COLUMN,...]",
    .summary = N_("read comments from a file or a pipe"),
    .help = N_("All comments are taken, or, when it fails or is interrupted, none. A wrong row is "
               "named and refused by itself. Reading the same file again adds nothing. Fields: id, "
               "body, author, author_key, submitted_at, language, channel, parent, section."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_IMPORT,
    .operands_least = 2,
    .operands_most = 2,
    .run = run_import,
};
