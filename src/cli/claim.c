/* majlis claim: who reads what now, ending a claim, and how long one lasts. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"

#include <inttypes.h>

static enum status list_claims(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 4};
    struct claim *claims;
    size_t count;
    enum status status = claim_list(cli->store, cli->now, &cli->arena, &claims, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        char since[MOMENT_BYTES];
        cli_table_number(&table, claims[i].comment_id);
        cli_table_add(&table, claims[i].login);
        cli_table_add(&table, str_of(moment_local(claims[i].claimed_at, since)));
        cli_table_add(&table, claims[i].name);
    }
    if (!status && count > 0)
        cli_table_print(&table, false, stdout);
    return status;
}

/* One's own claim, or with the right to take over another's. */
static enum status release_claim(struct cli *cli, struct error *error)
{
    struct claim claim;
    int64_t comment;
    enum status status = cli_comment(cli, cli->operands[1], &comment, error);
    if (!status)
        status = claim_read(cli->store, comment, cli->now, &cli->arena, &claim, error);
    if (status == STATUS_EMPTY)
        return error_set(error, STATUS_REFUSED, _("nobody is reading comment %lld"),
                         (long long)comment);
    if (!status && claim.moderator_id == cli->desk.self.id)
        return desk_release(&cli->desk, comment, error);
    return status ? status : desk_release_other(&cli->desk, comment, cli->now, error);
}

static enum status show_or_set_lease(struct cli *cli, struct error *error)
{
    int64_t seconds;
    long long wanted;
    if (cli->operand_count == 2) {
        if (!str_to_int64(str_of(cli->operands[1]), &wanted))
            return error_set(error, STATUS_USAGE, _("%s is no number of seconds"),
                             cli->operands[1]);
        return desk_set_lease(&cli->desk, wanted, error);
    }
    enum status status = desk_lease(&cli->desk, &seconds, error);
    if (!status)
        printf("%" PRId64 "\n", seconds);
    return status;
}

static enum status run_claim(struct cli *cli, struct error *error)
{
    const char *word = cli->operands[0];
    if (strcmp(word, "list") == 0 && cli->operand_count == 1)
        return list_claims(cli, error);
    if (strcmp(word, "release") == 0 && cli->operand_count == 2)
        return release_claim(cli, error);
    if (strcmp(word, "lease") == 0)
        return show_or_set_lease(cli, error);
    return error_set(error, STATUS_USAGE, _("it is 'list', 'release ID' or 'lease [SECONDS]'"));
}

const struct cli_command cli_claim = {
    .name = "claim",
    .usage = "list | release ID | lease [SECONDS]",
    .summary = N_("who reads which comment now"),
    .help = N_("Whoever reads a comment to decide on it claims it, so that nobody else does; the "
               "claim ends by itself. 'lease' tells after how many seconds, or sets it."),
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_least = 1,
    .operands_most = 2,
    .run = run_claim,
};
