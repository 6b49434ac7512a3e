/* majlis moderator: who may work here, as what. */
#include "cli/cli.h"

#include "base/language.h"

#include <pwd.h>

enum { LOGIN_BYTES_MOST = 64 };

static enum status check_login(struct str login, struct error *error)
{
    bool fine = login.size > 0 && login.size <= LOGIN_BYTES_MOST && login.data[0] != '-';
    for (size_t i = 0; i < login.size; i++)
        fine = fine && (unsigned char)login.data[i] > ' ' && login.data[i] != '\x7f';
    if (fine)
        return OK;
    return error_set(error, STATUS_USAGE, _("'%.*s' is no login"), STR_FORMAT(login));
}

/* The options --role, --name, --agency and --active, put into *person where they were given. */
static enum status read_changes(struct cli *cli, struct moderator *person, struct error *error)
{
    const char *role = cli_value(cli, "role"), *name = cli_value(cli, "name");
    const char *slug = cli_value(cli, "agency"), *active = cli_value(cli, "active");
    if (role && !role_from_name(str_of(role), &person->role))
        return error_set(error, STATUS_USAGE,
                         _("unknown role '%s': it is trainee, moderator, responder, supervisor or "
                           "operator"),
                         role);
    if (active && strcmp(active, "yes") != 0 && strcmp(active, "no") != 0)
        return error_set(error, STATUS_USAGE, _("--active %s: it is yes or no"), active);
    if (active)
        person->active = strcmp(active, "yes") == 0;
    if (name)
        person->name = str_of(name);
    if (!slug)
        return OK;
    struct agency agency = {0};
    enum status status =
        *slug ? agency_find(cli->store, str_of(slug), &cli->arena, &agency, error) : OK;
    person->agency_id = agency.id;
    return status;
}

static enum status add_person(struct cli *cli, struct str login, struct error *error)
{
    struct moderator person;
    enum status status = moderator_find(cli->store, login, &cli->arena, &person, error);
    if (status == OK)
        return error_set(error, STATUS_REFUSED,
                         _("%.*s is in the list already; use 'majlis moderator change'"),
                         STR_FORMAT(login));
    if (status != STATUS_NOT_FOUND)
        return status;
    if (!cli_value(cli, "role"))
        return error_set(error, STATUS_USAGE, _("say what %.*s is to be: --role ROLE"),
                         STR_FORMAT(login));
    person = (struct moderator){.login = login, .name = login, .active = true};
    status = read_changes(cli, &person, error);
    if (!status)
        status = moderator_add(cli->store, &person, error);
    return status;
}

/* Refuses a change after which nobody could change anything about people any more. */
static enum status keep_one(struct cli *cli, struct error *error)
{
    struct moderator *people;
    size_t count;
    enum status status = moderator_list(cli->store, &cli->arena, &people, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        if (people[i].active && role_may(people[i].role, RIGHT_PEOPLE))
            return OK;
    }
    return status ? status
                  : error_set(error, STATUS_REFUSED,
                              _("then nobody could let people in any more; make another "
                                "supervisor or operator first"));
}

static enum status change_person(struct cli *cli, struct str login, struct error *error)
{
    struct moderator person;
    enum status status = moderator_find(cli->store, login, &cli->arena, &person, error);
    if (!status)
        status = read_changes(cli, &person, error);
    if (!status)
        status = moderator_change(cli->store, &person, error);
    return status ? status : keep_one(cli, error);
}

static struct str agency_slug(const struct agency *agencies, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (agencies[i].id == id)
            return agencies[i].slug;
    }
    return str_of("-");
}

static enum status list_people(struct cli *cli, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 5};
    struct moderator *people;
    struct agency *agencies;
    size_t people_count, agency_count;
    enum status status = moderator_list(cli->store, &cli->arena, &people, &people_count, error);
    if (!status)
        status = agency_list(cli->store, &cli->arena, &agencies, &agency_count, error);
    for (size_t i = 0; !status && i < people_count; i++) {
        cli_table_add(&table, people[i].login);
        cli_table_add(&table, str_of(role_name(people[i].role)));
        cli_table_add(&table, str_of(people[i].active ? "active" : "inactive"));
        cli_table_add(&table, agency_slug(agencies, agency_count, people[i].agency_id));
        cli_table_add(&table, people[i].name);
    }
    if (!status)
        cli_table_print(&table, false, stdout);
    return status;
}

/* Runs one of the two changes in a transaction of its own. */
static enum status write_person(struct cli *cli,
                                enum status (*write)(struct cli *, struct str, struct error *),
                                struct error *error)
{
    struct str login = str_of(cli->operands[1]);
    enum status status = check_login(login, error);
    if (!status)
        status = desk_require(&cli->desk, RIGHT_PEOPLE, error);
    if (!status)
        status = store_begin(cli->store, error);
    if (!status)
        status = write(cli, login, error);
    if (!status)
        status = store_commit(cli->store, error);
    store_rollback(cli->store);
    return status;
}

static enum status run_moderator(struct cli *cli, struct error *error)
{
    const char *word = cli->operands[0];
    if (strcmp(word, "list") == 0 && cli->operand_count == 1)
        return list_people(cli, error);
    if (strcmp(word, "add") == 0 && cli->operand_count == 2) {
        enum status status = write_person(cli, add_person, error);
        if (!status && !getpwnam(cli->operands[1]))
            cli_say(_("added; but no user of this system has the login %s"), cli->operands[1]);
        return status;
    }
    if (strcmp(word, "change") == 0 && cli->operand_count == 2)
        return write_person(cli, change_person, error);
    return error_set(error, STATUS_USAGE, _("it is 'add LOGIN', 'change LOGIN' or 'list'"));
}

static const struct cli_option options[] = {
    {"role", "ROLE", N_("trainee, moderator, responder, supervisor or operator")},
    {"name", "NAME", N_("the person's name, as colleagues and the public see it")},
    {"agency", "SLUG", N_("the agency the person answers for; empty for none")},
    {"active", "yes|no", N_("whether the person may work here")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_moderator = {
    .name = "moderator",
    .usage = "list | add LOGIN --role ROLE [--name NAME] [--agency SLUG] | "
             "change LOGIN [--role ROLE] [--name NAME] [--agency SLUG] [--active yes|no]",
    .summary = N_("say who may work here, and as what"),
    .help = N_("LOGIN is the name the person logs in to this system with. Nobody is ever removed, "
               "for their decisions stay; --active no ends their access."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_least = 1,
    .operands_most = 2,
    .run = run_moderator,
};
