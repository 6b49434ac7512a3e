/* majlis check: is the whole database sound? It asks nobody to sit down first, so that a database
 * whose list of moderators is damaged can be looked at, too; it shows nothing of what is inside. */
#include "cli/cli.h"

#include "base/language.h"

static void print_fault(void *context, const char *sentence)
{
    struct arena *arena = context;
    struct buffer line = {0};
    cli_add_text(arena, &line, str_of(sentence), CLI_COLUMNS_ANY, false);
    puts(buffer_text(&line));
    buffer_free(&line);
}

static enum status run_check(struct cli *cli, struct error *error)
{
    int64_t faults = 0;
    enum status status = store_check(cli->store, str_of(cli_value(cli, "head")), print_fault,
                                     &cli->arena, &faults, error);
    if (status)
        return status;
    if (faults)
        return error_set(error, STATUS_STORE,
                         ngettext("%s has %lld fault; bring back a backup",
                                  "%s has %lld faults; bring back a backup", (unsigned long)faults),
                         store_path(cli->store), (long long)faults);
    cli_say(_("%s is sound"), store_path(cli->store));
    return OK;
}

static const struct cli_option options[] = {
    {"head", "HASH", N_("what 'majlis log --head' printed once; it must still be in the log")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_check = {
    .name = "check",
    .usage = "[--head HASH]",
    .summary = N_("check the whole database"),
    .help = N_("Each fault is a line on standard output; with any, the exit status is 1."),
    .options = options,
    .access = CLI_FILE,
    .run = run_check,
};
