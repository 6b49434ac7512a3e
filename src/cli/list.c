/* majlis list: the comments a query finds, a line each. */
#include "cli/cli.h"

#include "base/language.h"
#include "exchange/export.h"
#include "ui/words.h"

#include <unistd.h>

enum {
    PAGE_ROWS = 200, /* rows read at once: what stays in memory */
    STATE_COLUMNS = 9,
    LANGUAGE_COLUMNS = 3,
    AGE_COLUMNS = 5,
    AUTHOR_COLUMNS = 18,
    ID_COLUMNS = 7,
    CLUSTER_COLUMNS = 7,
    FIXED_COLUMNS = ID_COLUMNS + CLUSTER_COLUMNS + STATE_COLUMNS + LANGUAGE_COLUMNS + AGE_COLUMNS +
                    AUTHOR_COLUMNS + 6 * 2, /* two blanks behind each */
    EXCERPT_COLUMNS_LEAST = 20,
};

struct listing {
    struct cli *cli;
    bool json;
    unsigned excerpt_columns;
};

static void add_column(struct arena *arena, struct buffer *line, struct str text, unsigned columns)
{
    cli_add_text(arena, line, text, columns, true);
    buffer_add(line, str_of("  "));
}

/* The head stands over the table on a terminal only: a pipe gets comments and nothing else. */
static void print_head(struct arena *arena)
{
    struct buffer line = {0};
    buffer_printf(&line, "%*s  ", ID_COLUMNS, "ID");
    add_column(arena, &line, str_of(_("state")), STATE_COLUMNS);
    add_column(arena, &line, str_of(_("lang")), LANGUAGE_COLUMNS + 1);
    line.size--;
    add_column(arena, &line, str_of(_("age")), AGE_COLUMNS);
    add_column(arena, &line, str_of(_("author")), AUTHOR_COLUMNS);
    add_column(arena, &line, str_of(_("alike")), CLUSTER_COLUMNS);
    buffer_add(&line, str_of(_("text")));
    puts(buffer_text(&line));
    buffer_free(&line);
}

static void print_row(const struct listing *listing, struct arena *arena,
                      const struct comment_row *row)
{
    char age[WORD_BYTES];
    struct buffer line = {0};
    buffer_printf(&line, "%*lld  ", ID_COLUMNS, (long long)row->id);
    add_column(arena, &line, str_of(state_name(row->state)), STATE_COLUMNS);
    add_column(arena, &line, row->language, LANGUAGE_COLUMNS);
    add_column(arena, &line, str_of(word_age(listing->cli->now - row->submitted_at, age)),
               AGE_COLUMNS);
    add_column(arena, &line, word_author(row->author), AUTHOR_COLUMNS);
    if (row->cluster_id)
        buffer_printf(&line, "%*lld  ", CLUSTER_COLUMNS, (long long)row->cluster_id);
    else
        buffer_printf(&line, "%*s  ", CLUSTER_COLUMNS, "-");
    cli_add_text(arena, &line, row->excerpt, listing->excerpt_columns, false);
    puts(buffer_text(&line));
    buffer_free(&line);
}

/* Writes rows; stops at the first that standard output does not take. */
static enum status print_rows(const struct listing *listing, struct arena *arena,
                              const struct comment_row *rows, size_t count, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; i < count && !status && !ferror(stdout); i++) {
        if (listing->json)
            status = export_list_line(&listing->cli->desk, rows[i].id, stdout, error);
        else
            print_row(listing, arena, &rows[i]);
    }
    return status;
}

static enum status print_pages(const struct listing *listing, const struct query *query,
                               int64_t limit, struct error *error)
{
    struct arena arena = {0};
    struct queue_place place;
    bool first = true;
    enum status status = OK;
    size_t count = PAGE_ROWS;
    while (!status && limit != 0 && count == PAGE_ROWS && !ferror(stdout)) {
        struct comment_row *rows;
        arena_reset(&arena);
        status = queue_page(listing->cli->store, query, first ? NULL : &place, QUEUE_AFTER,
                            PAGE_ROWS, &arena, &rows, &count, error);
        if (status || count == 0)
            break;
        place = queue_place_of(&rows[count - 1]);
        first = false;
        size_t wanted = limit > 0 && (size_t)limit < count ? (size_t)limit : count;
        status = print_rows(listing, &arena, rows, wanted, error);
        limit -= limit > 0 ? (int64_t)wanted : 0;
    }
    arena_free(&arena);
    return status == STATUS_EMPTY ? OK : status;
}

static enum status run_list(struct cli *cli, struct error *error)
{
    unsigned columns = cli_columns();
    struct listing listing = {cli, cli_value(cli, "json") != NULL, EXCERPT_COLUMNS_LEAST};
    struct query query;
    int64_t limit;
    if (columns > FIXED_COLUMNS + EXCERPT_COLUMNS_LEAST)
        listing.excerpt_columns = columns - FIXED_COLUMNS;
    enum status status = cli_number(cli, "limit", 0, -1, &limit, error);
    if (!status)
        status = cli_query(cli, 0, &query, error);
    if (!status && !listing.json && isatty(STDOUT_FILENO))
        print_head(&cli->arena);
    return status ? status : print_pages(&listing, &query, limit, error);
}

static const struct cli_option options[] = {
    {"json", NULL, N_("one JSON object a line")},
    {"limit", "N", N_("at most N comments")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_list = {
    .name = "list",
    .usage = "[QUERY] [--json] [--limit N]",
    .summary = N_("list comments, oldest first"),
    .help = N_("QUERY is what the search field takes; see majlis-query(7). All of its words may "
               "stand apart, or in one quoted operand."),
    .options = options,
    .access = CLI_READ,
    .right = RIGHT_READ,
    .operands_most = CLI_OPERANDS_ANY,
    .run = run_list,
};
