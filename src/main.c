/* majlis: which word runs what.
 *
 * Here the command line is read, the language chosen, the database opened as the command's row
 * asks, and every failure becomes one sentence and an exit status. What a command does stands in
 * cli/, in the file of its name. */
#include "cli/cli.h"

#include "base/digits.h"
#include "base/language.h"
#include "base/moment.h"
#include "base/paths.h"
#include "base/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const struct cli_command *const commands[] = {
    &cli_demo,     &cli_init,      &cli_import,
    &cli_export,   &cli_list,      &cli_decide,
    &cli_tag,      &cli_note,      &cli_undo,
    &cli_history,  &cli_stats,     &cli_keys,
    &cli_roles,    &cli_moderator, &cli_assign,
    &cli_claim,    &cli_proposal,  &cli_second,
    &cli_calendar, &cli_promise,   &cli_check,
    &cli_backup,   &cli_log,       &cli_restore,
    &cli_report,   &cli_searches,  &cli_terminal_command,
    &cli_help,     NULL,
};

/* A program started with a standard stream closed would get its database as that stream, and then
 * write its messages into it. The holes are filled so that reading finds the end and writing
 * fails. */
static void fill_standard_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) != -1)
            continue;
        if (open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY) != stream)
            _exit(EXIT_FAILED);
    }
}

/* $MAJLIS_NOW fixes the moment, so that a screen or a report can be made again; a program with
 * a group of its own never sees it, for its records would then bear false times. */
static enum status fix_moment(struct error *error)
{
    const char *text = getenv("MAJLIS_NOW");
    int64_t now;
    if (!text || !*text)
        return OK;
    if (!moment_parse(str_of(text), &now))
        return error_set(error, STATUS_USAGE,
                         _("$MAJLIS_NOW is '%s'; it takes a moment such as 2026-11-24T10:30:00Z"),
                         text);
    moment_fix(now);
    return OK;
}

/* Looks for --lang before anything else is read, so that what is said of the rest is said in it. A
 * wrong one is refused when its turn comes. */
static void choose_language(int argc, char **argv)
{
    static const char option[] = "--lang";
    const size_t size = sizeof option - 1;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = argv[i] + size;
        if (strncmp(argv[i], option, size) != 0 || (*value != '\0' && *value != '='))
            continue;
        value = *value == '=' ? value + 1 : i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(value, "ar") == 0 || strcmp(value, "en") == 0)
            language_set(value[0] == 'a' ? LANGUAGE_ARABIC : LANGUAGE_ENGLISH);
    }
}

/* Reads the whole command line: options, the command's word, its options and operands. */
static enum status read_command_line(struct cli *cli, int argc, char **argv, struct error *error)
{
    int used = 0;
    enum status status = cli_read_options(cli, NULL, argc - 1, argv + 1, true, &used, error);
    const char *word = status == OK && used + 1 < argc ? argv[used + 1] : NULL;
    if (word)
        status = cli_find_command(cli, word, &cli->command, error);
    if (cli->command) {
        int rest = argc - used - 2;
        status = cli_read_options(cli, cli->command, rest, argv + used + 2, false, &used, error);
    }
    if (!status && cli->language && strcmp(cli->language, "ar") != 0 &&
        strcmp(cli->language, "en") != 0)
        status = error_set(error, STATUS_USAGE, _("--lang %s: it is ar or en"), cli->language);
    if (!status && !digits_choose(cli->digits))
        status =
            error_set(error, STATUS_USAGE, _("--digits %s: it is arabic or latin"), cli->digits);
    return status;
}

static enum status check_operands(const struct cli *cli, struct error *error)
{
    const struct cli_command *command = cli->command;
    if (cli->operand_count < command->operands_least)
        return error_set(error, STATUS_USAGE, _("%s: something is missing"), command->name);
    if (cli->operand_count > command->operands_most)
        return error_set(error, STATUS_USAGE, _("%s: '%s' is too much"), command->name,
                         cli->operands[command->operands_most]);
    return OK;
}

/* Opens what the command's row asks for, and looks at its right. */
static enum status prepare(struct cli *cli, struct error *error)
{
    enum cli_access access = cli->command->access;
    const char *path;
    enum status status = cli_identify(cli, error);
    if (!status && access == CLI_NO_DATABASE)
        status = privilege_give_up(error);
    if (status || access == CLI_NO_DATABASE)
        return status;
    status = cli_find_database(cli, &path, error);
    if (!status)
        status = cli_open(cli, path, access == CLI_READ ? STORE_READ_ONLY : STORE_EXISTING, error);
    /* Who owns the file may look at it whatever is in it; who only borrows the group may not. */
    if (!status && (access != CLI_FILE || privilege_held()))
        status = cli_sit(cli, error);
    if (!status && access != CLI_FILE)
        status = desk_require(&cli->desk, cli->command->right, error);
    return status;
}

static enum status run(struct cli *cli, int argc, char **argv, struct error *error)
{
    enum status status = read_command_line(cli, argc, argv, error);
    if (!status)
        status = fix_moment(error);
    if (status)
        return status;
    cli->now = moment_now();
    if (cli->version) {
        puts("majlis " MAJLIS_VERSION);
        return OK;
    }
    if (cli->help && cli->command)
        cli_print_command_help(cli->command, stdout);
    else if (cli->help)
        cli_print_help(cli, stdout);
    if (cli->help)
        return OK;
    if (!cli->command)
        cli->command = &cli_screens;
    status = check_operands(cli, error);
    if (!status)
        status = prepare(cli, error);
    return status ? status : cli->command->run(cli, error);
}

static void print_failure(const struct cli *cli, enum status status, const struct error *error)
{
    cli_say("majlis: %s", error->message);
    if (status != STATUS_USAGE)
        return;
    if (cli->command && cli->command->name[0])
        fprintf(stderr, _("usage: majlis %s%s%s\n"), cli->command->name,
                cli->command->usage[0] ? " " : "", cli->command->usage);
    else
        fputs(_("'majlis help' says more\n"), stderr);
}

/* What was written to standard output must have arrived: a full disk and a closed pipe fail. */
static enum status finish_output(enum status status, struct error *error)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fclose(stdout) != 0 || failed)
        return status ? status
                      : error_set(error, STATUS_IO, _("cannot write to standard output: %s"),
                                  strerror(errno ? errno : EPIPE));
    return status;
}

int main(int argc, char **argv)
{
    struct error error = {{0}};
    struct cli cli = {.commands = commands};
    fill_standard_streams();
    enum status status = privilege_start(&error);
    signal(SIGPIPE, SIG_IGN); /* a closed pipe and a full file are failed writes, with a sentence */
    signal(SIGXFSZ, SIG_IGN);
    umask(S_IRWXG | S_IRWXO); /* what is written here are people's words */
    language_start(paths_locale(&cli.arena), NULL);
    choose_language(argc, argv);
    cli.operands = arena_new(&cli.arena, (size_t)argc + 1, sizeof *cli.operands);
    if (!status)
        status = run(&cli, argc, argv, &error);
    cli_close(&cli);
    status = finish_output(status, &error);
    if (status)
        print_failure(&cli, status, &error);
    arena_free(&cli.arena);
    return status == OK ? EXIT_DONE : status == STATUS_USAGE ? EXIT_USAGE : EXIT_FAILED;
}
