/* majlis terminal: which terminal this is, and settling how Arabic is sent to it. */
#include "cli/cli.h"

#include "base/language.h"
#include "term/terminal_ask.h"
#include "ui/terminal_screen.h"

enum { REPORT_PATIENCE_MS = 2000 /* a report can wait for the slowest line */ };

/* --- the report ------------------------------------------------------------------------------- */

static void add_row(struct cli_table *table, const char *name, const char *value)
{
    cli_table_add(table, str_of(name));
    cli_table_add(table, str_of(value));
}

static const char *shown(const char *value)
{
    return value[0] ? value : _("no answer");
}

static void add_answers(struct cli_table *table, const struct answer *answer)
{
    char attributes[64] = "";
    if (answer->attributed)
        snprintf(attributes, sizeof attributes, "%u;%u;%u", answer->attributes[0],
                 answer->attributes[1], answer->attributes[2]);
    add_row(table, _("name and version (XTVERSION)"), shown(answer->version));
    add_row(table, _("secondary attributes (DA2)"), shown(attributes));
    add_row(table, _("answerback (ENQ)"), shown(answer->answerback));
    add_row(table, _("background (OSC 11)"),
            !answer->coloured ? _("no answer")
            : answer->light   ? _("light")
                              : _("dark"));
}

static void add_multiplexer(struct cli_table *table, const struct terminal_mode *mode)
{
    static const char *const names[] = {
        [MULTIPLEXER_NONE] = "", [MULTIPLEXER_TMUX] = "tmux", [MULTIPLEXER_SCREEN] = "screen"};
    enum multiplexer multiplexer = answers_multiplexer(&mode->answers, mode->type);
    if (multiplexer == MULTIPLEXER_NONE)
        return;
    add_row(table, _("multiplexer"), names[multiplexer]);
    add_row(table, _("the terminal around it"),
            mode->answers.outer.ended ? _("answered:") : _("is not reached"));
    if (mode->answers.outer.ended)
        add_answers(table, &mode->answers.outer);
}

static void add_time(struct cli_table *table, const struct terminal_mode *mode, int answered_ms,
                     int patience_ms)
{
    const char *words;
    if (!mode->asked_ms)
        words = _("nothing was asked: nothing depends on it");
    else if (answered_ms < 0)
        words = _("the answers did not all come");
    else
        words = arena_printf(table->arena, _("%d ms; the first screen waits %d ms"), answered_ms,
                             patience_ms);
    add_row(table, _("answers"), words);
}

static enum status report(struct cli *cli, struct terminal_options *options, struct error *error)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 2};
    struct terminal_mode mode;
    int answered_ms, patience_ms = options->patience_ms;
    options->patience_ms = REPORT_PATIENCE_MS;
    enum status status = terminal_ask(options, &mode, &answered_ms, error);
    if (!status) {
        const struct terminal_kind *kind = terminal_kind_find(&mode.answers, mode.type);
        const char *advice = terminal_advice(&mode);
        add_row(&table, _("type (TERM)"), shown(mode.type ? mode.type : ""));
        add_time(&table, &mode, answered_ms, patience_ms);
        add_answers(&table, &mode.answers.own);
        add_multiplexer(&table, &mode);
        add_row(&table, _("known as"), kind ? kind->name : _("unknown"));
        add_row(&table, _("remembered by"),
                terminal_kind_key(&mode.answers, mode.type, &cli->arena));
        add_row(&table, _("remembered in"), options->remembered ? options->remembered : "");
        add_row(&table, _("mode"), wire_mode_name(mode.wire));
        add_row(&table, _("because"), terminal_reason(mode.reason));
        cli_table_print(&table, false, stdout);
        if (advice)
            printf("\n%s\n", advice);
    }
    mode_free(&mode);
    return status;
}

/* --- settling --------------------------------------------------------------------------------- */

static enum status settle(struct cli *cli, struct terminal_options *options, enum wire_mode wire,
                          struct error *error)
{
    struct terminal_mode mode;
    int answered_ms;
    options->wire = WIRE_AUTOMATIC;
    options->patience_ms = REPORT_PATIENCE_MS;
    enum status status = terminal_ask(options, &mode, &answered_ms, error);
    if (!status)
        status = mode_settle(&mode, wire, error);
    if (!status)
        cli_say(_("%s: %s"), terminal_kind_key(&mode.answers, mode.type, &cli->arena),
                wire_mode_name(mode.wire));
    mode_free(&mode);
    return status;
}

static enum status run_terminal(struct cli *cli, struct error *error)
{
    struct terminal_options options;
    enum wire_mode wire;
    enum status status = cli_terminal(cli, &options, error);
    if (status)
        return status;
    if (cli_value(cli, "report"))
        return report(cli, &options, error);
    if (cli->operand_count == 0)
        return terminal_screen_run(&options, error);
    if (!wire_mode_parse(str_of(cli->operands[0]), &wire))
        return error_set(error, STATUS_USAGE,
                         _("%s %s: it may be automatic, explicit, implicit or plain"), "terminal",
                         cli->operands[0]);
    return settle(cli, &options, wire, error);
}

static const struct cli_option options[] = {
    {"report", NULL, N_("say what was asked, answered and chosen")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_terminal_command = {
    .name = "terminal",
    .usage = "[--report | MODE]",
    .summary = N_("settle how Arabic is sent to this terminal"),
    .help =
        N_("Shows the same words as three modes send them, and asks which of them reads right; "
           "one key settles it, for you and this kind of terminal. With a mode it is settled at "
           "once; automatic forgets it."),
    .options = options,
    .access = CLI_NO_DATABASE,
    .operands_most = 1,
    .run = run_terminal,
};
