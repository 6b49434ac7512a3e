/* majlis keys: the commands of the screens and their keys, from the table the screens use; and the
 * same as the part of the manual that lists them. */
#include "ui/command.h"
#include "cli/cli.h"

#include "base/language.h"

/* What the contexts of a command are called. */
static const char *const context_words[] = {N_("list"),       N_("comment"), N_("response"),
                                            N_("statistics"), N_("help"),    N_("picker"),
                                            N_("prompt"),     N_("samples"), N_("second looks")};
enum { CONTEXTS = sizeof context_words / sizeof context_words[0] };

/* The words of the contexts in where, with commas between; translated, or as they are. */
static struct str context_names(struct arena *arena, unsigned where, bool translated)
{
    struct buffer names = {0};
    for (size_t i = 0; i < CONTEXTS; i++) {
        if (where & (1u << i))
            buffer_printf(&names, "%s%s", names.size ? ", " : "",
                          translated ? _(context_words[i]) : context_words[i]);
    }
    struct str copy = arena_copy(arena, buffer_str(&names));
    buffer_free(&names);
    return copy;
}

static void print_table(struct cli *cli, const struct command *commands, size_t count)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 4};
    for (size_t i = 0; i < count; i++) {
        const struct command *command = &commands[i];
        cli_table_add(&table, str_of(command->keys));
        cli_table_add(&table, str_of(arena_printf(&cli->arena, ":%s%s%s", command->name,
                                                  command->argument ? " " : "",
                                                  command->argument ? _(command->argument) : "")));
        cli_table_add(&table, context_names(&cli->arena, command->where, true));
        cli_table_add(&table, str_of(_(command->help)));
    }
    cli_table_print(&table, false, stdout);
}

/* Writes text as mdoc takes it: a backslash is no escape, and a lone sign no punctuation. */
static void print_roff(struct str text)
{
    if (text.size && strchr(".'!?:;,()[]|", text.data[0]))
        fputs("\\&", stdout);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\\')
            fputs("\\e", stdout);
        else
            putchar(text.data[i]);
    }
}

/* The keys of a command as the head of an item: ".It Sy a , Sy space"; one without keys has an empty
 * head. */
static void print_roff_keys(struct str keys)
{
    const char *before = ".It Sy ";
    if (str_trim(keys).size == 0)
        fputs(".It \\&", stdout);
    while ((keys = str_trim(keys)).size) {
        const char *blank = memchr(keys.data, ' ', keys.size);
        size_t size = blank ? (size_t)(blank - keys.data) : keys.size;
        fputs(before, stdout);
        print_roff(str_part(keys, 0, size));
        keys = str_part(keys, size, keys.size);
        before = " , Sy ";
    }
    putchar('\n');
}

static void print_roff_command(struct arena *arena, const struct command *command)
{
    struct str help = str_of(command->help);
    bool stops = help.size && help.data[help.size - 1] == '.';
    print_roff_keys(str_of(command->keys));
    printf(".Ic %s", command->name);
    if (command->argument)
        printf(" Ar %s", command->argument);
    printf("\n.Pq %.*s\n.br\n", STR_FORMAT(context_names(arena, command->where, false)));
    print_roff(help);
    puts(stops ? "" : ".");
}

static enum status run_keys(struct cli *cli, struct error *error)
{
    (void)error;
    size_t count;
    const struct command *commands = command_table(&count);
    if (!cli_value(cli, "mdoc")) {
        print_table(cli, commands, count);
        return OK;
    }
    puts(".Bl -tag -width 8n -compact");
    for (size_t i = 0; i < count; i++)
        print_roff_command(&cli->arena, &commands[i]);
    puts(".El");
    return OK;
}

static const struct cli_option options[] = {
    {"mdoc", NULL, N_("as the manual's source has it")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_keys = {
    .name = "keys",
    .usage = "[--mdoc]",
    .summary = N_("the commands of the screens and their keys"),
    .options = options,
    .access = CLI_NO_DATABASE,
    .run = run_keys,
};
