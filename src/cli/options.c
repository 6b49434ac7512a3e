/* The words of the command line: options before and after operands, and slips of the keyboard.
 * It knows no command by name. */
#include "cli/cli.h"

#include "base/language.h"

#include <stdlib.h>

enum common {
    COMMON_DB,
    COMMON_LANG,
    COMMON_DIGITS,
    COMMON_WIRE,
    COMMON_NO_COLOR,
    COMMON_HELP,
    COMMON_VERSION
};

const struct cli_option cli_common_options[] = {
    [COMMON_DB] = {"db", "FILE", N_("the database to work on")},
    [COMMON_LANG] = {"lang", "ar|en", N_("the language of screens and messages")},
    [COMMON_DIGITS] = {"digits", "arabic|latin", N_("the digits of Arabic screens")},
    [COMMON_WIRE] =
        {"wire", "MODE",
         N_("how rows are sent to the terminal: automatic, explicit, implicit or plain")},
    [COMMON_NO_COLOR] = {"no-color", NULL, N_("no colours")},
    [COMMON_HELP] = {"help", NULL, N_("help on the command")},
    [COMMON_VERSION] = {"version", NULL, N_("the version")},
    {NULL, NULL, NULL},
};

/* The row of the option whose name is word's part up to '='; -1 when there is none. */
static int find_option(const struct cli_option *options, struct str word)
{
    for (int i = 0; options && options[i].name; i++) {
        if (str_equal(str_of(options[i].name), word))
            return i;
    }
    return -1;
}

/* True for -x, where x is the whole name of one of the options. */
static bool is_letter_option(const struct cli_option *options, const char *word)
{
    return word[0] == '-' && word[1] != '-' && word[1] != '\0' && word[2] == '\0' &&
           find_option(options, str_of(word + 1)) >= 0;
}

static void set_common(struct cli *cli, int row, const char *value)
{
    switch ((enum common)row) {
    case COMMON_DB:
        cli->database = value;
        break;
    case COMMON_LANG:
        cli->language = value;
        break;
    case COMMON_DIGITS:
        cli->digits = value;
        break;
    case COMMON_WIRE:
        cli->wire = value;
        break;
    case COMMON_NO_COLOR:
        cli->no_color = true;
        break;
    case COMMON_HELP:
        cli->help = true;
        break;
    case COMMON_VERSION:
        cli->version = true;
        break;
    }
}

static enum status unknown_option(struct cli *cli, const struct cli_command *command,
                                  const char *word, struct error *error)
{
    struct str name = str_of(word + 2);
    const char *equals = strchr(word, '=');
    if (equals)
        name.size = (size_t)(equals - name.data);
    const char *names[CLI_OPTIONS_MOST + COMMON_VERSION + 2] = {0};
    size_t count = 0;
    for (int i = 0; cli_common_options[i].name; i++)
        names[count++] = cli_common_options[i].name;
    for (int i = 0; command && command->options && command->options[i].name; i++)
        names[count++] = command->options[i].name;
    const char *near = cli_suggest(arena_copy(&cli->arena, name).data, names);
    if (near)
        return error_set(error, STATUS_USAGE, _("unknown option --%.*s; did you mean --%s?"),
                         STR_FORMAT(name), near);
    return error_set(error, STATUS_USAGE, _("unknown option --%.*s"), STR_FORMAT(name));
}

/* Reads the option argv[0], and its value from argv[1] where it does not carry it. */
static enum status read_option(struct cli *cli, const struct cli_command *command, int argc,
                               char **argv, int *used, struct error *error)
{
    const struct cli_option *options = command ? command->options : NULL;
    const char *equals = is_letter_option(options, argv[0]) ? NULL : strchr(argv[0], '=');
    struct str name = str_of(argv[0] + (argv[0][1] == '-' ? 2 : 1));
    if (equals)
        name.size = (size_t)(equals - name.data);
    int own = find_option(options, name), common = find_option(cli_common_options, name);
    if (own < 0 && common < 0)
        return unknown_option(cli, command, argv[0], error);
    const struct cli_option *option = own >= 0 ? &options[own] : &cli_common_options[common];
    const char *value = equals ? equals + 1 : "";
    *used = 1;
    if (equals && !option->value)
        return error_set(error, STATUS_USAGE, _("the option --%s takes no value"), option->name);
    if (!equals && option->value) {
        if (argc < 2)
            return error_set(error, STATUS_USAGE, _("the option --%s needs a value: %s"),
                             option->name, option->value);
        value = argv[1];
        *used = 2;
    }
    if (own >= 0)
        cli->values[own] = value;
    else
        set_common(cli, common, value);
    return OK;
}

static bool is_operand(const struct cli_command *command, const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return true;
    return word[1] != '-' && command && command->signed_operands;
}

enum status cli_read_options(struct cli *cli, const struct cli_command *command, int argc,
                             char **argv, bool stop, int *used, struct error *error)
{
    bool only_operands = false;
    int at = 0;
    while (at < argc) {
        int step = 1;
        if (only_operands || is_operand(command, argv[at])) {
            if (stop)
                break;
            cli->operands[cli->operand_count++] = argv[at];
        } else if (strcmp(argv[at], "--") == 0) {
            only_operands = true;
        } else if (strcmp(argv[at], "-h") == 0) {
            cli->help = true;
        } else if (argv[at][1] != '-' &&
                   !is_letter_option(command ? command->options : NULL, argv[at])) {
            return error_set(error, STATUS_USAGE, _("unknown option %s"), argv[at]);
        } else {
            enum status status = read_option(cli, command, argc - at, argv + at, &step, error);
            if (status)
                return status;
        }
        at += step;
    }
    *used = at;
    return OK;
}

const char *cli_value(const struct cli *cli, const char *option)
{
    int row = cli->command ? find_option(cli->command->options, str_of(option)) : -1;
    return row < 0 ? NULL : cli->values[row];
}

enum status cli_number(const struct cli *cli, const char *option, int64_t least, int64_t fallback,
                       int64_t *value, struct error *error)
{
    const char *text = cli_value(cli, option);
    long long number = fallback;
    if (text && (!str_to_int64(str_of(text), &number) || number < least))
        return error_set(error, STATUS_USAGE,
                         _("--%s %s: it takes a whole number of at least %lld"), option, text,
                         (long long)least);
    *value = number;
    return OK;
}

/* --- slips ---------------------------------------------------------------------------------- */

enum {
    SLIP_WORD = 32,    /* bytes; no command and no option is longer */
    SLIP_DISTANCE = 2, /* letters added, left out, changed or swapped that still count as a slip */
};

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be added, left out, changed, or swapped with their neighbour to make b of a
 * (the optimal string alignment distance). Both are at most SLIP_WORD bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t cost[SLIP_WORD + 1][SLIP_WORD + 1];
    size_t a_size = strlen(a), b_size = strlen(b);
    for (size_t i = 0; i <= a_size; i++)
        cost[i][0] = i;
    for (size_t j = 0; j <= b_size; j++)
        cost[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        for (size_t j = 1; j <= b_size; j++) {
            size_t change = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            cost[i][j] = least_of(change, 1 + least_of(cost[i - 1][j], cost[i][j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = least_of(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a_size][b_size];
}

const char *cli_suggest(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    size_t least = SLIP_DISTANCE + 1, size = strlen(word);
    if (size > SLIP_WORD)
        return NULL;
    for (; *names; names++) {
        if (strlen(*names) > SLIP_WORD)
            continue;
        size_t steps = distance(word, *names);
        if (steps < least && steps < size) {
            least = steps;
            nearest = *names;
        }
    }
    return nearest;
}
