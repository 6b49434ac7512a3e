/* majlis second: second looks at what was decided, so that it can be seen how well people agree. */
#include "cli/cli.h"

#include "base/language.h"
#include "base/moment.h"

#include <inttypes.h>

static enum status draw(struct cli *cli, struct error *error)
{
    long long count;
    int64_t days, drawn;
    if (!str_to_int64(str_of(cli->operands[1]), &count))
        return error_set(error, STATUS_USAGE, _("%s is no number of comments"), cli->operands[1]);
    enum { A_WEEK = 7 };
    enum status status = cli_number(cli, "days", 1, A_WEEK, &days, error);
    if (!status)
        status = desk_draw_second(&cli->desk, count, cli->now - days * SECONDS_A_DAY, cli->now,
                                  &drawn, error);
    if (!status)
        cli_say(ngettext("%" PRId64 " comment waits for a second look",
                         "%" PRId64 " comments wait for a second look", (unsigned long)drawn),
                drawn);
    return status;
}

/* The comment and nothing of what was decided. */
static enum status show_next(struct cli *cli, struct error *error)
{
    enum { BODY_MOST = 1 << 20 };
    struct second_look look;
    struct comment comment;
    enum status status = desk_next_second(&cli->desk, cli->now, 0, &cli->arena, &look, error);
    if (status == STATUS_EMPTY)
        return STATUS_REFUSED;
    if (!status)
        status =
            comment_read(cli->store, look.comment_id, 0, BODY_MOST, &cli->arena, &comment, error);
    if (status)
        return status;
    printf("%" PRId64 "\n", look.comment_id);
    while (comment.body.size > 0) {
        struct buffer line = {0};
        const char *end = memchr(comment.body.data, '\n', comment.body.size);
        size_t size = end ? (size_t)(end - comment.body.data) : comment.body.size;
        cli_add_text(&cli->arena, &line, str_part(comment.body, 0, size), CLI_COLUMNS_ANY, false);
        printf("%s\n", buffer_text(&line));
        buffer_free(&line);
        comment.body = str_part(comment.body, size + 1, comment.body.size);
    }
    return OK;
}

static enum status say(struct cli *cli, struct error *error)
{
    int64_t comment;
    enum action action;
    if (!action_from_name(str_of(cli->operands[2]), &action) || action == ACTION_UNDO)
        return error_set(error, STATUS_USAGE,
                         _("unknown decision '%s': it is approve, reject, spam, hold or escalate"),
                         cli->operands[2]);
    enum status status = cli_comment(cli, cli->operands[1], &comment, error);
    return status ? status : desk_say_second(&cli->desk, comment, action, cli->now, error);
}

static enum status run_second(struct cli *cli, struct error *error)
{
    const char *word = cli->operands[0];
    if (strcmp(word, "draw") == 0 && cli->operand_count == 2)
        return draw(cli, error);
    if (strcmp(word, "next") == 0 && cli->operand_count == 1)
        return show_next(cli, error);
    if (strcmp(word, "say") == 0 && cli->operand_count == 3)
        return say(cli, error);
    return error_set(error, STATUS_USAGE, _("it is 'draw COUNT', 'next' or 'say ID DECISION'"));
}

static const struct cli_option options[] = {
    {"days", "DAYS", N_("draw of what was decided in so many days; 7 unless told")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_second = {
    .name = "second",
    .usage = "draw COUNT [--days DAYS] | next | say ID DECISION",
    .summary = N_("second looks at what was decided, for the figures of agreement"),
    .help = N_("A supervisor draws decided comments by chance. 'next' shows one that another "
               "decided, and not how; 'say' tells what you would have decided. Nothing about the "
               "comment changes."),
    .options = options,
    .access = CLI_WRITE,
    .right = RIGHT_READ,
    .operands_least = 1,
    .operands_most = 3,
    .run = run_second,
};
