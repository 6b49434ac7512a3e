/* majlis history: what happened to a comment, in the order of time. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"
#include "exchange/export.h"

/* What the words of a line are made of; %s stands for a name or a slug. */
static void add_decision(struct buffer *line, const struct event *event)
{
    buffer_printf(line, "%s", action_name(event->action));
    if (event->slug.size)
        buffer_printf(line, " (%.*s)", STR_FORMAT(event->slug));
    buffer_printf(line, _(", now %s"), state_name(event->to_state));
    if (event->undone)
        buffer_add(line, str_of(_(", undone since")));
}

static void add_event(struct buffer *line, const struct event *event)
{
    switch (event->kind) {
    case EVENT_ARRIVED:
        buffer_add(line, str_of(_("arrived")));
        break;
    case EVENT_DECISION:
        add_decision(line, event);
        break;
    case EVENT_TAG:
        buffer_printf(line, "+%.*s", STR_FORMAT(event->slug));
        break;
    case EVENT_NOTE:
        buffer_add(line, str_of(_("note")));
        break;
    case EVENT_RESPONSE_DRAFT:
        buffer_add(line, str_of(_("response drafted")));
        break;
    case EVENT_RESPONSE_SUBMITTED:
        buffer_add(line, str_of(_("response submitted")));
        break;
    case EVENT_RESPONSE_PUBLISHED:
        buffer_add(line, str_of(_("response published")));
        break;
    }
    if (event->body.size && (event->kind == EVENT_NOTE || event->kind == EVENT_DECISION)) {
        buffer_add(line, str_of(": "));
        buffer_add(line, event->body);
    }
}

static void print_event(struct arena *arena, const struct event *event)
{
    char moment[MOMENT_BYTES];
    struct buffer words = {0}, line = {0};
    buffer_printf(&line, "%s  ", moment_local(event->at, moment));
    cli_add_text(arena, &line, event->who, CLI_COLUMNS, false);
    buffer_add(&line, str_of("  "));
    add_event(&words, event);
    cli_add_text(arena, &line, buffer_str(&words), CLI_COLUMNS_ANY, false);
    puts(buffer_text(&line));
    buffer_free(&words);
    buffer_free(&line);
}

static enum status run_history(struct cli *cli, struct error *error)
{
    int64_t comment;
    struct event *events;
    size_t count;
    enum status status = cli_comment(cli, cli->operands[0], &comment, error);
    if (!status && cli_value(cli, "json"))
        return export_history(&cli->desk, comment, stdout, error);
    if (!status)
        status = comment_history(cli->store, comment, &cli->arena, &events, &count, error);
    for (size_t i = 0; !status && i < count; i++)
        print_event(&cli->arena, &events[i]);
    return status;
}

static const struct cli_option options[] = {
    {"json", NULL, N_("one JSON array")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_history = {
    .name = "history",
    .usage = "ID [--json]",
    .summary = N_("what happened to a comment, who did it, and when"),
    .help = N_("ID is the comment's number, or SOURCE/SOURCE_ID."),
    .options = options,
    .access = CLI_READ,
    .right = RIGHT_READ,
    .operands_least = 1,
    .operands_most = 1,
    .run = run_history,
};
