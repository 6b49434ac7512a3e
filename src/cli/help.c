/* majlis help, --help, and what is said of an unknown command. */
#include "cli/cli.h"

#include "base/language.h"
#include "text/layout.h"

enum { COMMANDS_MOST = 64, PARAGRAPH_COLUMNS = 78 };

/* Our own words, broken into lines between words; nothing in them has to be made safe. */
static void print_paragraph(const char *text, struct arena *arena, FILE *out)
{
    struct layout_options options = {.width = PARAGRAPH_COLUMNS, .unshaped = true};
    struct layout layout;
    layout_make(arena, str_of(text), &options, &layout);
    fputc('\n', out);
    for (size_t i = 0; i < layout.line_count; i++) {
        const struct layout_line *line = &layout.lines[i];
        fprintf(out, "%.*s\n", (int)(line->end - line->start), text + line->start);
    }
}

static void print_options(const struct cli_option *options, struct arena *arena, FILE *out)
{
    struct cli_table table = {.arena = arena, .columns = 2};
    for (; options && options->name; options++) {
        cli_table_add(
            &table,
            str_of(arena_printf(arena, "  %s%s%s%s", options->name[1] ? "--" : "-", options->name,
                                options->value ? " " : "", options->value ? options->value : "")));
        cli_table_add(&table, str_of(_(options->help)));
    }
    cli_table_print(&table, false, out);
}

void cli_print_help(const struct cli *cli, FILE *out)
{
    struct arena arena = {0};
    struct cli_table table = {.arena = &arena, .columns = 2};
    fputs(_("usage: majlis [--db FILE] [--lang ar|en] [--digits arabic|latin] "
            "[--wire MODE] [--no-color] [COMMAND]\n"),
          out);
    fputs(_("\nWithout a command it opens the full-screen program.\n\nCommands:\n"), out);
    for (size_t i = 0; cli->commands[i]; i++) {
        cli_table_add(&table, str_of(arena_printf(&arena, "  %s", cli->commands[i]->name)));
        cli_table_add(&table, str_of(_(cli->commands[i]->summary)));
    }
    cli_table_print(&table, false, out);
    fputs(_("\nOptions:\n"), out);
    print_options(cli_common_options, &arena, out);
    fputs(_("\n'majlis help COMMAND' says more of one; so does the manual, majlis(1).\n"), out);
    arena_free(&arena);
}

void cli_print_command_help(const struct cli_command *command, FILE *out)
{
    struct arena arena = {0};
    fprintf(out, _("usage: majlis %s%s%s\n"), command->name, command->usage[0] ? " " : "",
            command->usage);
    print_paragraph(_(command->summary), &arena, out);
    if (command->help)
        print_paragraph(_(command->help), &arena, out);
    if (command->options) {
        fputs(_("\nOptions:\n"), out);
        print_options(command->options, &arena, out);
    }
    arena_free(&arena);
}

enum status cli_find_command(const struct cli *cli, const char *name,
                             const struct cli_command **command, struct error *error)
{
    const char *names[COMMANDS_MOST + 1] = {0};
    for (size_t i = 0; cli->commands[i]; i++) {
        if (strcmp(cli->commands[i]->name, name) == 0) {
            *command = cli->commands[i];
            return OK;
        }
        if (i < COMMANDS_MOST)
            names[i] = cli->commands[i]->name;
    }
    const char *near = cli_suggest(name, names);
    if (near)
        return error_set(error, STATUS_USAGE, _("unknown command '%s'; did you mean '%s'?"), name,
                         near);
    return error_set(error, STATUS_USAGE, _("unknown command '%s'; 'majlis help' lists them"),
                     name);
}

static enum status run_help(struct cli *cli, struct error *error)
{
    const struct cli_command *command;
    if (cli->operand_count == 0) {
        cli_print_help(cli, stdout);
        return OK;
    }
    enum status status = cli_find_command(cli, cli->operands[0], &command, error);
    if (status == OK)
        cli_print_command_help(command, stdout);
    return status;
}

const struct cli_command cli_help = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = N_("what majlis or one of its commands does"),
    .access = CLI_NO_DATABASE,
    .operands_most = 1,
    .run = run_help,
};
