/* majlis searches: the searches a person keeps under names. */
#include "cli/cli.h"

#include "base/language.h"
#include "store/saved.h"

static enum status print_list(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 2};
    struct saved_search *searches;
    size_t count;
    enum status status =
        saved_search_list(cli->store, cli->desk.self.id, &cli->arena, &searches, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        cli_table_add(&table, searches[i].name);
        cli_table_add(&table, searches[i].query);
    }
    if (!status)
        cli_table_print(&table, false, stdout);
    return status;
}

static enum status run_searches(struct cli *cli, struct error *error)
{
    struct str name = str_of(cli->operand_count > 1 ? cli->operands[1] : "");
    const char *what = cli->operand_count > 0 ? cli->operands[0] : "list";
    struct query query;
    if (strcmp(what, "list") == 0 && cli->operand_count <= 1)
        return print_list(cli, error);
    if (strcmp(what, "delete") == 0 && cli->operand_count == 2)
        return desk_search_delete(&cli->desk, name, error);
    if (strcmp(what, "save") != 0 || cli->operand_count < 3)
        return error_set(error, STATUS_USAGE,
                         _("majlis searches takes list, save NAME QUERY, or delete NAME"));
    enum status status = cli_query(cli, 2, &query, error);
    return status ? status : desk_search_save(&cli->desk, name, &query, cli->now, error);
}

const struct cli_command cli_searches = {
    .name = "searches",
    .usage = "[list | save NAME QUERY | delete NAME]",
    .summary = N_("keep searches under names"),
    .help = N_("saved:NAME stands for a saved search in every query. A search is its owner's; one "
               "of the same name is replaced."),
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_searches,
};
