/* majlis proposal: what trainees propose, and what becomes of it. */
#include "cli/cli.h"

#include "base/language.h"

enum { PROPOSALS_LISTED = 1000 };

static enum status list_proposals(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 4};
    struct proposal *proposals;
    size_t count;
    enum status status =
        proposal_list(cli->store, PROPOSALS_LISTED, &cli->arena, &proposals, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        cli_table_number(&table, proposals[i].comment_id);
        cli_table_add(&table, str_of(action_name(proposals[i].action)));
        cli_table_add(&table, proposals[i].login);
        cli_table_add(&table, proposals[i].note);
    }
    if (!status && count > 0)
        cli_table_print(&table, false, stdout);
    return status;
}

static enum status run_proposal(struct cli *cli, struct error *error)
{
    const char *word = cli->operands[0];
    int64_t comment;
    if (strcmp(word, "list") == 0 && cli->operand_count == 1)
        return list_proposals(cli, error);
    if (strcmp(word, "withdraw") == 0 && cli->operand_count == 1) {
        enum status withdrawn = desk_withdraw(&cli->desk, &comment, error);
        return withdrawn == STATUS_EMPTY ? STATUS_REFUSED : withdrawn;
    }
    bool confirm = strcmp(word, "confirm") == 0;
    if ((!confirm && strcmp(word, "decline") != 0) || cli->operand_count != 2)
        return error_set(error, STATUS_USAGE,
                         _("it is 'list', 'confirm ID', 'decline ID' or 'withdraw'"));
    enum status status = cli_comment(cli, cli->operands[1], &comment, error);
    if (!status)
        status = confirm ? desk_confirm(&cli->desk, comment, 0, cli->now, NULL, error)
                         : desk_decline(&cli->desk, comment, error);
    return status == STATUS_EMPTY ? STATUS_REFUSED : status;
}

const struct cli_command cli_proposal = {
    .name = "proposal",
    .usage = "list | confirm ID | decline ID | withdraw",
    .summary = N_("what trainees propose, for another to confirm"),
    .help = N_("A trainee's decision waits until another confirms it, who then has decided, or "
               "declines it; 'withdraw' takes back your own latest one."),
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_least = 1,
    .operands_most = 2,
    .run = run_proposal,
};
