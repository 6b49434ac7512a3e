/* majlis stats: how well the public is being heard, in numbers: a set of figures by its name (see
 * store/figures.h), or an overview; for people as tables, for programs as CSV and JSON. */
#include "cli/stats.h"

#include "base/language.h"
#include "exchange/figures_out.h"
#include "ui/figure_words.h"

/* --- sets of figures ------------------------------------------------------------------------- */

/* Finds the set and table of "SET" or "SET.TABLE". */
static enum status find_figures(struct cli *cli, struct figures_read *read, struct error *error)
{
    struct str word = str_of(cli->operands[0]), table = {0};
    const char *point = strchr(cli->operands[0], '.');
    if (point) {
        table = str_of(point + 1);
        word.size = (size_t)(point - word.data);
    }
    const char *names[16] = {0};
    for (size_t i = 0; i < figure_set_count; i++)
        names[i] = figure_sets[i]->name;
    read->set = figure_set_find(word);
    read->table = FIGURES_ALL;
    const char *near = cli_suggest(arena_copy(&cli->arena, word).data, names);
    if (!read->set && near)
        return error_set(error, STATUS_USAGE, _("there are no figures '%.*s'; did you mean %s?"),
                         STR_FORMAT(word), near);
    if (!read->set)
        return error_set(error, STATUS_USAGE,
                         _("there are no figures '%.*s'; 'majlis help stats' lists them"),
                         STR_FORMAT(word));
    for (size_t i = 0; i < read->set->table_count; i++) {
        if (str_equal(table, str_of(read->set->tables[i].name)))
            read->table = (int)i;
    }
    struct buffer tables = {0};
    for (size_t i = 0; i < read->set->table_count; i++)
        buffer_printf(&tables, "%s%s", i > 0 ? ", " : "", read->set->tables[i].name);
    enum status status = OK;
    if (point && read->table == FIGURES_ALL)
        status = error_set(error, STATUS_USAGE, _("%s has no table '%.*s'; it has: %s"),
                           read->set->name, STR_FORMAT(table), buffer_text(&tables));
    buffer_free(&tables);
    return status;
}

static enum status read_filter(struct cli *cli, struct figure_filter *filter, struct error *error)
{
    enum status status = OK;
    for (const struct figure_field *field = figure_fields; !status && field->name; field++) {
        const char *value = cli_value(cli, field->name);
        if (value)
            status = figure_filter_set(filter, str_of(field->name), str_of(value), cli->now, error);
    }
    return status;
}

/* One table: its columns' headings, then its rows. */
static void print_table(struct cli *cli, const struct figure_table *shape,
                        const struct figure_rows *rows)
{
    struct cli_table table = {.arena = &cli->arena};
    for (size_t i = 0; i < shape->column_count; i++) {
        if (!shape->columns[i].heading)
            continue;
        cli_table_add(&table, str_of(_(shape->columns[i].heading)));
        if (!figure_is_number(shape->columns[i].kind))
            table.words |= UINT64_C(1) << table.columns;
        table.columns++;
    }
    for (size_t row = 0; row < rows->count; row++) {
        for (size_t i = 0; i < shape->column_count; i++) {
            if (shape->columns[i].heading)
                cli_table_add(&table, figure_words(&shape->columns[i], &rows->rows[row].values[i],
                                                   &cli->arena));
        }
    }
    cli_table_print(&table, true, stdout);
}

/* A table of one row that is no list: a line for each of its values. */
static void print_tiles(struct cli *cli, const struct figure_table *shape,
                        const struct figure_row *row)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 2};
    for (size_t i = 0; i < shape->column_count; i++) {
        if (!shape->columns[i].heading)
            continue;
        cli_table_add(&table, str_of(_(shape->columns[i].heading)));
        cli_table_add(&table, figure_words(&shape->columns[i], &row->values[i], &cli->arena));
    }
    cli_table_print(&table, true, stdout);
}

static bool is_tiles(const struct figure_set *set, size_t table)
{
    for (size_t i = 0; i < set->part_count; i++) {
        if (set->parts[i].table == table && set->parts[i].shape == SHAPE_TILES)
            return true;
    }
    return false;
}

static void print_figures(struct cli *cli, const struct figures_read *read)
{
    bool between = false;
    for (size_t i = 0; i < read->set->table_count; i++) {
        if (read->table != FIGURES_ALL && (size_t)read->table != i)
            continue;
        if (read->table == FIGURES_ALL && read->rows[i].count == 0 && is_tiles(read->set, i))
            continue;
        if (between)
            putchar('\n');
        between = true;
        if (is_tiles(read->set, i) && read->rows[i].count == 1)
            print_tiles(cli, &read->set->tables[i], &read->rows[i].rows[0]);
        else
            print_table(cli, &read->set->tables[i], &read->rows[i]);
    }
}

static enum status run_figures(struct cli *cli, struct error *error)
{
    struct figure_filter filter = {0};
    struct figure_scope scope;
    struct figure_rows *rows;
    struct figures_read read = {0};
    enum status status = find_figures(cli, &read, error);
    if (!status)
        status = read_filter(cli, &filter, error);
    if (!status)
        status = figures_read(cli->store, read.set, &filter, cli->now, &cli->arena, &rows, &scope,
                              error);
    if (status)
        return status;
    read.filter = &filter;
    read.scope = &scope;
    read.rows = rows;
    if (cli_value(cli, "json"))
        return figures_write_json(&read, stdout, error);
    if (cli_value(cli, "csv"))
        return figures_write_csv(&read, stdout, error);
    print_figures(cli, &read);
    return OK;
}

static enum status run_stats(struct cli *cli, struct error *error)
{
    if (cli_value(cli, "json") && cli_value(cli, "csv"))
        return error_set(error, STATUS_USAGE, _("either --json or --csv"));
    if (cli->operand_count > 0)
        return run_figures(cli, error);
    bool narrowed = cli_value(cli, "csv") != NULL;
    for (const struct figure_field *field = figure_fields; field->name; field++)
        narrowed = narrowed || cli_value(cli, field->name);
    if (narrowed)
        return error_set(error, STATUS_USAGE,
                         _("say which figures: majlis stats NAME; 'majlis help stats' lists them"));
    return stats_overview(cli, error);
}

/* The names are those of figure_fields, whose values they become. */
static const struct cli_option options[] = {
    {"json", NULL, N_("one JSON object")},
    {"csv", NULL, N_("CSV; of one table with NAME.TABLE")},
    {"from", "DATE", N_("the first day")},
    {"to", "DATE", N_("the last day, which is in")},
    {"agency", "SLUG", N_("this agency's consultations only")},
    {"consultation", "SLUG", N_("this consultation only")},
    {"language", "LANGUAGE", N_("comments in this language only")},
    {"channel", "CHANNEL", N_("comments that came this way only")},
    {"moderator", "LOGIN", N_("decisions of this person only")},
    {"by", "day|week", N_("count by the day or by the week")},
    {NULL, NULL, NULL},
};

const struct cli_command cli_stats = {
    .name = "stats",
    .usage = "[NAME[.TABLE] [--from DATE] [--to DATE] [--agency SLUG] [--consultation SLUG]"
             " [--language LANGUAGE] [--channel CHANNEL] [--moderator LOGIN] [--by day|week]]"
             " [--json | --csv]",
    .summary = N_("what waits, how fast it goes, and who decided what"),
    .help = N_("NAME is a set of figures: today, backlog, moderators, voices, answers or promise. "
               "Without "
               "one: an overview by consultation, by moderator, by reason, and by day for the last "
               "30 days."),
    .options = options,
    .access = CLI_READ,
    .right = RIGHT_READ,
    .operands_most = 1,
    .run = run_stats,
};
