/* majlis tag: puts tags on a comment and takes them off. */
#include "cli/cli.h"

#include "base/language.h"

static enum status read_tags(struct cli *cli, struct str *add, size_t *add_count,
                             struct str *remove, size_t *remove_count, struct error *error)
{
    *add_count = *remove_count = 0;
    for (int i = 1; i < cli->operand_count; i++) {
        const char *word = cli->operands[i];
        if (word[0] == '+')
            add[(*add_count)++] = str_of(word + 1);
        else if (word[0] == '-')
            remove[(*remove_count)++] = str_of(word + 1);
        else
            return error_set(error, STATUS_USAGE, _("%s: write +%s to add it or -%s to remove it"),
                             word, word, word);
    }
    return OK;
}

static enum status run_tag(struct cli *cli, struct error *error)
{
    size_t most = (size_t)cli->operand_count, add_count, remove_count, changed;
    struct str *add = arena_new(&cli->arena, most, sizeof *add);
    struct str *remove = arena_new(&cli->arena, most, sizeof *remove);
    int64_t comment;
    enum status status = read_tags(cli, add, &add_count, remove, &remove_count, error);
    if (!status)
        status = cli_comment(cli, cli->operands[0], &comment, error);
    if (!status)
        status = desk_tag(&cli->desk, &comment, 1, add, add_count, remove, remove_count,
                          cli_value(cli, "create") != NULL, cli->now, &changed, error);
    if (!status)
        cli_say(ngettext("%zu tag changed", "%zu tags changed", changed), changed);
    return status;
}

static const struct cli_option options[] = {
    {"create", NULL, N_("make a tag that does not exist yet")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_tag = {
    .name = "tag",
    .usage = "ID +SLUG|-SLUG ... [--create]",
    .summary = N_("put tags on a comment, or take them off"),
    .help = N_("ID is the comment's number, or SOURCE/SOURCE_ID."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_TAG,
    .signed_operands = true,
    .operands_least = 2,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_tag,
};
