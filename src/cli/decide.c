/* majlis decide: one decision on one comment, as a key on the screens makes it. */
#include "cli/cli.h"

#include "base/language.h"

static enum status read_reason(struct cli *cli, int64_t *id, struct error *error)
{
    const char *slug = cli_value(cli, "reason");
    struct reason reason = {0};
    *id = 0;
    if (!slug)
        return OK;
    enum status status = reason_find(cli->store, str_of(slug), &cli->arena, &reason, error);
    *id = reason.id;
    return status;
}

static enum status read_action(const char *word, enum action *action, struct error *error)
{
    static const char *const names[] = {"approve", "reject", "spam", "hold", "escalate", NULL};
    if (action_from_name(str_of(word), action) && *action != ACTION_UNDO)
        return OK;
    const char *near = cli_suggest(word, names);
    if (near)
        return error_set(error, STATUS_USAGE, _("unknown decision '%s'; did you mean '%s'?"), word,
                         near);
    return error_set(error, STATUS_USAGE,
                     _("unknown decision '%s': it is approve, reject, spam, hold or escalate"),
                     word);
}

static enum status run_decide(struct cli *cli, struct error *error)
{
    int64_t comment, reason;
    enum action action;
    const char *note = cli_value(cli, "note");
    struct decision decision = {0};
    enum status status = read_action(cli->operands[1], &action, error);
    if (!status && action == ACTION_REJECT && !cli_value(cli, "reason"))
        status = error_set(error, STATUS_USAGE, _("a rejection needs its reason: --reason SLUG"));
    if (!status && action != ACTION_REJECT && cli_value(cli, "reason"))
        status = error_set(error, STATUS_USAGE, _("only a rejection has a reason"));
    if (!status)
        status = cli_comment(cli, cli->operands[0], &comment, error);
    if (!status)
        status = read_reason(cli, &reason, error);
    if (!status && !role_may(cli->desk.self.role, RIGHT_DECIDE)) {
        status =
            desk_propose(&cli->desk, comment, 0, action, reason, str_of(note), cli->now, error);
        if (!status)
            cli_say(_("comment %lld: %s proposed; another has to confirm it"), (long long)comment,
                    action_name(action));
        return status;
    }
    if (!status)
        status = desk_decide(&cli->desk, comment, 0, action, reason, str_of(note), cli->now,
                             &decision, error);
    if (!status)
        cli_say(_("comment %lld: %s, now %s"), (long long)comment, action_name(action),
                state_name(decision.to_state));
    return status;
}

static const struct cli_option options[] = {
    {"reason", "SLUG", N_("why it is rejected; needed with reject")},
    {"note", "TEXT", N_("a remark kept with the decision")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_decide = {
    .name = "decide",
    .usage = "ID approve|reject|spam|hold|escalate [--reason SLUG] [--note TEXT]",
    .summary = N_("decide on a comment"),
    .help = N_("ID is the comment's number, or SOURCE/SOURCE_ID. What a trainee decides waits for "
               "another to confirm it."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_PROPOSE,
    .operands_least = 2,
    .operands_most = 2,
    .run = run_decide,
};
