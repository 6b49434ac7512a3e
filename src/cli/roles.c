/* majlis roles: which role may do what, from the desk's own table. */
#include "cli/cli.h"

#include "base/language.h"

static enum status run_roles(struct cli *cli, struct error *error)
{
    (void)error;
    struct cli_table table = {.arena = &cli->arena, .columns = 1 + ROLE_COUNT};
    cli_table_add(&table, str_of(""));
    for (int role = 0; role < ROLE_COUNT; role++)
        cli_table_add(&table, str_of(role_name((enum role)role)));
    for (int right = 0; right < RIGHT_COUNT; right++) {
        cli_table_add(&table, str_of(right_name((enum right)right)));
        for (int role = 0; role < ROLE_COUNT; role++)
            cli_table_add(&table,
                          str_of(role_may((enum role)role, (enum right)right) ? _("yes") : "-"));
    }
    cli_table_print(&table, false, stdout);
    return OK;
}

const struct cli_command cli_roles = {
    .name = "roles",
    .usage = "",
    .summary = N_("which role may do what"),
    .access = CLI_NO_DATABASE,
    .run = run_roles,
};
