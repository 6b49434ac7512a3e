/* The statistics screen: two pages, tables above, a chart below. Numbers stand beside every bar. */
#include "ui/statistics_screen.h"

#include "base/memory.h"
#include "base/moment.h"
#include "store/statistics.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum page { PAGE_CONSULTATIONS, PAGE_MODERATORS, PAGE_COUNT };

struct statistics_screen {
    struct screen screen;
    enum page page;
    size_t scroll;
    struct arena arena; /* of the numbers */
    struct consultation_statistics *consultations;
    struct moderator_statistics *moderators;
    size_t consultation_count, moderator_count, reason_count;
    struct day_statistics days[STATISTICS_DAYS];
};

/* A column of a table: its heading and how wide it is. */
struct table_column {
    const char *heading;
    int width;
};

static enum context statistics_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_STATISTICS;
}

/* Local days have 23 to 25 hours: each start is found from the next one's. */
static void find_days(int64_t now, int64_t starts[STATISTICS_DAYS + 1])
{
    int64_t start = moment_day_start(now);
    starts[STATISTICS_DAYS] = moment_day_start(start + SECONDS_A_DAY + SECONDS_A_DAY / 2);
    for (int day = STATISTICS_DAYS - 1; day >= 0; day--) {
        starts[day] = start;
        start = moment_day_start(start - SECONDS_A_DAY / 2);
    }
}

static void read_numbers(struct app *app, struct statistics_screen *statistics)
{
    int64_t now = moment_now(), starts[STATISTICS_DAYS + 1];
    struct store *store = app->desk->store;
    struct error error;
    arena_reset(&statistics->arena);
    statistics->consultation_count = statistics->moderator_count = 0;
    find_days(now, starts);
    enum status status = statistics_consultations(store, now, moment_day_start(now),
                                                  &statistics->arena, &statistics->consultations,
                                                  &statistics->consultation_count, &error);
    if (status == OK)
        status =
            statistics_moderators(store, &statistics->arena, &statistics->moderators,
                                  &statistics->moderator_count, &statistics->reason_count, &error);
    if (status == OK)
        status = statistics_days(store, starts, statistics->days, &error);
    app_check(app, status, &error);
}

static void statistics_refresh(struct app *app, struct screen *screen)
{
    read_numbers(app, (struct statistics_screen *)screen);
}

/* One row of a table: the first column takes what the others leave, and begins at the reading
 * side; the others end at their far side, as numbers do. */
static void draw_table_row(struct canvas *canvas, struct box row, unsigned style,
                           const struct table_column *columns, const struct str *values,
                           size_t count)
{
    int taken = 0;
    for (size_t i = 1; i < count; i++)
        taken += columns[i].width;
    canvas_text(canvas, (struct box){row.column, row.row, row.width - taken - 1, 1}, ALIGN_START,
                style, values[0]);
    int column = row.column + row.width - taken;
    for (size_t i = 1; i < count; i++) {
        canvas_text(canvas, (struct box){column, row.row, columns[i].width - 1, 1}, ALIGN_END,
                    style, values[i]);
        column += columns[i].width;
    }
}

static void draw_headings(struct canvas *canvas, struct box row, const struct table_column *columns,
                          size_t count)
{
    struct str *values = arena_new(&canvas->arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = str_of(_(columns[i].heading));
    draw_table_row(canvas, row, STYLE_STRONG, columns, values, count);
}

static struct str number(struct canvas *canvas, int64_t value)
{
    return str_of(arena_printf(&canvas->arena, "%" PRId64, value));
}

static struct str duration(struct canvas *canvas, int64_t seconds)
{
    char out[WORD_BYTES];
    return str_of(arena_printf(&canvas->arena, "%s", word_duration(seconds, out)));
}

static struct str share(struct canvas *canvas, int64_t part, int64_t whole)
{
    if (whole == 0)
        return str_of("-");
    return str_of(arena_printf(&canvas->arena, "%d%%", (int)((100 * part + whole / 2) / whole)));
}

enum { CONSULTATION_COLUMNS = 8 };

static void draw_consultation(struct canvas *canvas, struct box row,
                              const struct table_column *columns,
                              const struct consultation_statistics *one)
{
    int64_t age = one->oldest_waiting < 0 ? -1 : moment_now() - one->oldest_waiting;
    const struct str values[CONSULTATION_COLUMNS] = {
        label_in(&one->title, language_code()), number(canvas, one->arrived),
        number(canvas, one->waiting),           duration(canvas, age),
        number(canvas, one->decided_today),     number(canvas, one->decided_week),
        duration(canvas, one->median_wait),     share(canvas, one->answered, one->arrived),
    };
    draw_table_row(canvas, row, STYLE_NORMAL, columns, values, CONSULTATION_COLUMNS);
}

/* Returns the rows taken. */
static int draw_consultations(struct canvas *canvas, const struct statistics_screen *statistics,
                              struct box box)
{
    static const struct table_column columns[CONSULTATION_COLUMNS] = {
        {N_("Consultation"), 0}, {N_("arrived"), 8}, {N_("waiting"), 8}, {N_("oldest"), 8},
        {N_("today"), 6},        {N_("7 days"), 7},  {N_("median"), 8},  {N_("answered"), 9},
    };
    draw_headings(canvas, (struct box){box.column, box.row, box.width, 1}, columns,
                  CONSULTATION_COLUMNS);
    int row = 1;
    for (size_t i = statistics->scroll; i < statistics->consultation_count && row < box.height;
         i++, row++)
        draw_consultation(canvas, (struct box){box.column, box.row + row, box.width, 1}, columns,
                          &statistics->consultations[i]);
    return row;
}

/* One series of the chart, with its highest value and its sum in words. */
static void draw_days(struct canvas *canvas, const struct statistics_screen *statistics,
                      struct box box, bool decided, int64_t most)
{
    enum { EIGHTHS = 8, LABEL_WIDTH = 7 };
    int day_width = (box.width - LABEL_WIDTH) / STATISTICS_DAYS;
    int64_t sum = 0, highest = 0;
    struct box bars = {box.column + LABEL_WIDTH, box.row + 1, day_width, box.height - 1};
    for (int day = 0; day < STATISTICS_DAYS; day++) {
        int64_t value = decided ? statistics->days[day].decided : statistics->days[day].arrived;
        int eighths = most > 0 ? (int)(value * bars.height * EIGHTHS / most) : 0;
        if (value > 0 && eighths == 0)
            eighths = 1;
        sum += value;
        highest = value > highest ? value : highest;
        struct box bar = {bars.column + day * day_width, bars.row,
                          day_width > 1 ? day_width - 1 : 1, bars.height};
        canvas_column(canvas, bar, decided ? STYLE_CHART_SECOND : STYLE_CHART, eighths);
    }
    canvas_printf(canvas, (struct box){box.column, box.row, box.width, 1}, ALIGN_START,
                  STYLE_STRONG,
                  decided ? _("Decided: %" PRId64 " in 30 days, at most %" PRId64 " a day")
                          : _("Arrived: %" PRId64 " in 30 days, at most %" PRId64 " a day"),
                  sum, highest);
    canvas_printf(canvas, (struct box){box.column, box.row + 1, LABEL_WIDTH - 1, 1}, ALIGN_END,
                  STYLE_DIM, "%" PRId64, most);
    canvas_printf(canvas, (struct box){box.column, box.row + box.height - 1, LABEL_WIDTH - 1, 1},
                  ALIGN_END, STYLE_DIM, "0");
}

static void draw_axis(struct canvas *canvas, struct box box)
{
    enum { LABEL_WIDTH = 7 };
    int width = (box.width - LABEL_WIDTH) / STATISTICS_DAYS * STATISTICS_DAYS;
    struct box axis = {box.column + LABEL_WIDTH, box.row, width, 1};
    canvas_text(canvas, axis, ALIGN_START, STYLE_DIM, str_of(_("30 days ago")));
    canvas_text(canvas, axis, ALIGN_END, STYLE_DIM, str_of(_("today")));
}

static void draw_chart(struct canvas *canvas, const struct statistics_screen *statistics,
                       struct box box)
{
    int64_t most = 1;
    int half = (box.height - 1) / 2;
    for (int day = 0; day < STATISTICS_DAYS; day++) {
        const struct day_statistics *one = &statistics->days[day];
        most = one->arrived > most ? one->arrived : most;
        most = one->decided > most ? one->decided : most;
    }
    draw_days(canvas, statistics, (struct box){box.column, box.row, box.width, half}, false, most);
    draw_days(canvas, statistics, (struct box){box.column, box.row + half, box.width, half}, true,
              most);
    draw_axis(canvas, (struct box){box.column, box.row + 2 * half, box.width, 1});
}

enum { MODERATOR_COLUMNS = 7 };

/* A moderator's numbers, then a row with the reasons of the rejections. Returns the rows taken. */
static int draw_moderator(struct app *app, const struct statistics_screen *statistics,
                          struct box row, const struct table_column *columns,
                          const struct moderator_statistics *one)
{
    struct canvas *canvas = &app->canvas;
    struct str values[MODERATOR_COLUMNS] = {one->name, number(canvas, one->decisions)};
    for (int action = ACTION_APPROVE; action <= ACTION_HOLD; action++)
        values[2 + action] = number(canvas, one->by_action[action]);
    values[MODERATOR_COLUMNS - 1] = number(canvas, one->undone);
    draw_table_row(canvas, row, STYLE_NORMAL, columns, values, MODERATOR_COLUMNS);
    int used = 0, column = row.column + 2;
    for (size_t i = 0; i < statistics->reason_count && i < app->catalog.reason_count; i++) {
        struct box place = {column, row.row + 1, row.column + row.width - column, 1};
        if (one->by_reason[i] == 0 || place.width < 4)
            continue;
        used = canvas_text(canvas, place, ALIGN_START, STYLE_DIM,
                           label_in(&app->catalog.reasons[i].label, language_code()));
        place.column += used + 1;
        place.width -= used + 1;
        column = place.column + 3 +
                 canvas_text(canvas, place, ALIGN_START, STYLE_NORMAL,
                             number(canvas, one->by_reason[i]));
    }
    return used > 0 ? 2 : 1;
}

static void draw_moderators(struct app *app, const struct statistics_screen *statistics,
                            struct box box)
{
    static const struct table_column columns[MODERATOR_COLUMNS] = {
        {N_("Moderator"), 0}, {N_("decisions"), 12}, {N_("approved"), 11}, {N_("rejected"), 10},
        {N_("spam"), 7},      {N_("held"), 7},       {N_("undone"), 8},
    };
    draw_headings(&app->canvas, (struct box){box.column, box.row, box.width, 1}, columns,
                  MODERATOR_COLUMNS);
    int row = 1;
    for (size_t i = statistics->scroll; i < statistics->moderator_count && row + 1 < box.height;
         i++)
        row +=
            draw_moderator(app, statistics, (struct box){box.column, box.row + row, box.width, 1},
                           columns, &statistics->moderators[i]);
    if (statistics->moderator_count == 0)
        canvas_printf(&app->canvas, (struct box){box.column, box.row + 2, box.width, 1},
                      ALIGN_START, STYLE_DIM, "%s", _("Nobody has decided anything yet."));
}

static void statistics_draw(struct app *app, struct screen *screen, struct box body)
{
    enum { CHART_ROWS_LEAST = 9, CHART_ROWS_MOST = 25 };
    struct statistics_screen *statistics = (struct statistics_screen *)screen;
    struct canvas *canvas = &app->canvas;
    struct box title = {body.column, body.row, body.width, 1};
    canvas_fill(canvas, title, STYLE_BAR);
    canvas_printf(canvas, (struct box){title.column + 1, title.row, title.width - 2, 1},
                  ALIGN_START, STYLE_BAR, "%s",
                  statistics->page == PAGE_CONSULTATIONS ? _("Statistics: consultations")
                                                         : _("Statistics: moderators"));
    canvas_printf(canvas, (struct box){title.column + 1, title.row, title.width - 2, 1}, ALIGN_END,
                  STYLE_BAR, _("page %d of %d"), statistics->page + 1, PAGE_COUNT);
    struct box rest = {body.column + 1, body.row + 2, body.width - 2, body.height - 2};
    if (statistics->page == PAGE_MODERATORS) {
        draw_moderators(app, statistics, rest);
        return;
    }
    struct box table = rest;
    table.height -= CHART_ROWS_LEAST + 1;
    int used = draw_consultations(canvas, statistics, table);
    struct box chart = {rest.column, rest.row + used + 1, rest.width, rest.height - used - 1};
    if (chart.height > CHART_ROWS_MOST)
        chart.height = CHART_ROWS_MOST;
    draw_chart(canvas, statistics, chart);
}

static void statistics_close(struct app *app, struct screen *screen)
{
    struct statistics_screen *statistics = (struct statistics_screen *)screen;
    (void)app;
    arena_free(&statistics->arena);
    free(statistics);
}

static const struct screen_type statistics_type = {
    .context = statistics_context,
    .draw = statistics_draw,
    .refresh = statistics_refresh,
    .close = statistics_close,
};

void statistics_open(struct app *app, struct str argument)
{
    (void)argument;
    if (app->top->type == &statistics_type)
        return;
    struct statistics_screen *statistics = memory_new(1, sizeof *statistics);
    statistics->screen.type = &statistics_type;
    read_numbers(app, statistics);
    screen_push(app, &statistics->screen);
}

void statistics_other_page(struct app *app, struct str argument)
{
    struct statistics_screen *statistics = (struct statistics_screen *)app->top;
    (void)argument;
    statistics->page = (enum page)((statistics->page + 1) % PAGE_COUNT);
    statistics->scroll = 0;
}

void statistics_down(struct app *app, struct str argument)
{
    struct statistics_screen *statistics = (struct statistics_screen *)app->top;
    size_t count = statistics->page == PAGE_MODERATORS ? statistics->moderator_count
                                                       : statistics->consultation_count;
    (void)argument;
    if (statistics->scroll + 1 < count)
        statistics->scroll++;
}

void statistics_up(struct app *app, struct str argument)
{
    struct statistics_screen *statistics = (struct statistics_screen *)app->top;
    (void)argument;
    if (statistics->scroll > 0)
        statistics->scroll--;
}

void statistics_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}
