/* The figures' screen: its sets as tabs, the filter, the cursor, and where it leads. How a set looks
 * stands in figures_draw.c, what it says in store/figures*.c. */
#include "ui/figures_screen.h"

#include "base/memory.h"
#include "base/moment.h"
#include "ui/choices.h"
#include "ui/claims.h"
#include "ui/figure_words.h"
#include "ui/figures_draw.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    HEAD_ROWS = 3, /* tabs, time range and filter, a blank */
    MARGIN = 1,    /* columns at either side; the cursor stands in the first */
    HEAD_GAP = 2,  /* between the days, what is narrowed, and the lines shown */
};

struct figures_screen {
    struct screen screen;
    struct figures_page page;
    struct arena arena, filter_arena; /* of what was read, and of the filter's strings */
    struct figure_filter filter;
    struct figure_scope scope;
    int box_rows; /* of the last drawing */
    /* The links of the last drawing; they live as long as what was read. */
    struct figures_link *links;
    size_t link_count;
    bool fine; /* the last reading succeeded */
};

static enum context figures_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_STATISTICS;
}

static size_t set_index(const struct figures_screen *figures)
{
    size_t index = 0;
    while (index + 1 < figure_set_count && figure_sets[index] != figures->page.set)
        index++;
    return index;
}

/* --- Reading --- */

/* Keeps what stands when the reading fails. */
static bool read_figures(struct app *app, struct figures_screen *figures)
{
    struct arena arena = {0};
    struct figure_rows *rows;
    struct figure_scope scope;
    struct error error;
    enum status status = figures_read(app->desk->store, figures->page.set, &figures->filter,
                                      moment_now(), &arena, &rows, &scope, &error);
    if (!app_check(app, status, &error)) {
        arena_free(&arena);
        return false;
    }
    arena_free(&figures->arena);
    figures->arena = arena;
    figures->page.rows = rows;
    figures->scope = scope;
    figures->page.scope = &figures->scope;
    figures->link_count = 0;
    figures->fine = true;
    return true;
}

static void figures_refresh(struct app *app, struct screen *screen)
{
    read_figures(app, (struct figures_screen *)screen);
}

/* What the person looked at is found again when they come back. */
static void remember(struct app *app, const struct figures_screen *figures)
{
    struct arena arena = {0};
    struct str line = figure_filter_text(&figures->filter, &arena);
    app->figures.set = set_index(figures);
    app->figures.filter[0] = '\0';
    if (line.size < sizeof app->figures.filter)
        snprintf(app->figures.filter, sizeof app->figures.filter, "%.*s", STR_FORMAT(line));
    arena_free(&arena);
}

static bool set_filter(struct app *app, struct figures_screen *figures, struct str line)
{
    struct arena arena = {0};
    struct figure_filter filter, before = figures->filter;
    struct error error;
    enum status status = figure_filter_parse(line, moment_now(), &arena, &filter, &error);
    bool fine = app_check(app, status, &error);
    if (fine) {
        figures->filter = filter;
        fine = read_figures(app, figures);
    }
    if (!fine) {
        figures->filter = before;
        arena_free(&arena);
        return false;
    }
    arena_free(&figures->filter_arena);
    figures->filter_arena = arena;
    figures->page.scroll = 0;
    remember(app, figures);
    return true;
}

/* --- Drawing --- */

static void draw_tabs(struct app *app, const struct figures_screen *figures, struct box row)
{
    struct canvas *canvas = &app->canvas;
    canvas_fill(canvas, row, STYLE_BAR);
    for (size_t i = 0; i < figure_set_count; i++) {
        bool here = figure_sets[i] == figures->page.set;
        int used =
            canvas_printf(canvas, row, ALIGN_START, here ? STYLE_BAR | STYLE_CURRENT : STYLE_BAR,
                          here ? "[%zu %s]" : " %zu %s ", i + 1, _(figure_sets[i]->title));
        row.column += used;
        row.width -= used;
    }
}

/* The days, and behind them what else is narrowed: two texts, since its letters would turn the days
 * round where the screen runs from right to left. */
static void draw_scope(struct canvas *canvas, const struct figures_screen *figures, struct box row)
{
    struct figure_filter rest = figures->filter;
    rest.from = rest.to = (struct str){0};
    int used = HEAD_GAP + canvas_text(canvas, row, ALIGN_START, STYLE_DIM,
                                      figure_words_days(&figures->scope, &canvas->arena));
    row.column += used;
    row.width -= used;
    if (row.width > 0)
        canvas_text(canvas, row, ALIGN_START, STYLE_DIM, figure_filter_text(&rest, &canvas->arena));
}

static void draw_head(struct app *app, const struct figures_screen *figures, struct box body)
{
    struct canvas *canvas = &app->canvas;
    struct box row = {body.column, body.row + 1, body.width, 1};
    canvas_fill(canvas, (struct box){body.column, body.row, body.width, HEAD_ROWS}, STYLE_NORMAL);
    draw_tabs(app, figures, (struct box){body.column, body.row, body.width, 1});
    row.column += MARGIN;
    row.width -= 2 * MARGIN;
    int rows = figures->box_rows, lines = figures->page.lines;
    if (lines > rows) {
        int last = figures->page.scroll + rows;
        row.width -=
            HEAD_GAP + canvas_printf(canvas, row, ALIGN_END, STYLE_DIM, _("lines %s to %s of %s"),
                                     word_number(&canvas->arena, figures->page.scroll + 1).data,
                                     word_number(&canvas->arena, last < lines ? last : lines).data,
                                     word_number(&canvas->arena, lines).data);
    }
    draw_scope(canvas, figures, row);
}

/* Scrolls so that line is in sight, and no further than the end. */
static void keep_in_sight(struct figures_screen *figures, int line)
{
    struct figures_page *page = &figures->page;
    int most = page->lines > figures->box_rows ? page->lines - figures->box_rows : 0;
    if (line >= 0 && line < page->scroll)
        page->scroll = line;
    if (line >= page->scroll + figures->box_rows)
        page->scroll = line - figures->box_rows + 1;
    page->scroll = page->scroll > most ? most : page->scroll < 0 ? 0 : page->scroll;
}

static void figures_draw_screen(struct app *app, struct screen *screen, struct box body)
{
    struct figures_screen *figures = (struct figures_screen *)screen;
    struct canvas *canvas = &app->canvas;
    struct box box = {body.column + MARGIN, body.row + HEAD_ROWS, body.width - 2 * MARGIN,
                      body.height - HEAD_ROWS};
    figures->box_rows = box.height;
    if (!figures->fine)
        return;
    int scroll = figures->page.scroll;
    figures_draw(canvas, box, &figures->page);
    keep_in_sight(figures, -1);
    if (figures->page.scroll != scroll) { /* the page became shorter */
        canvas_fill(canvas, (struct box){0, 0, canvas->width, canvas->height}, STYLE_NORMAL);
        figures_draw(canvas, box, &figures->page);
    }
    figures->link_count = figures->page.link_count;
    figures->links = arena_new(&figures->arena, figures->link_count, sizeof *figures->links);
    if (figures->link_count > 0)
        memcpy(figures->links, figures->page.links, figures->link_count * sizeof *figures->links);
    draw_head(app, figures, body);
    canvas_fill(canvas,
                (struct box){body.column, body.row + body.height, body.width,
                             canvas->height - body.row - body.height},
                STYLE_NORMAL);
}

static bool figures_press(struct app *app, struct screen *screen, const struct press *press)
{
    struct figures_screen *figures = (struct figures_screen *)screen;
    if (press->kind == PRESS_MOUSE && (press->codepoint == 4 || press->codepoint == 5)) {
        figures->page.scroll += press->codepoint == 4 ? -1 : 1;
        keep_in_sight(figures, -1);
        return true;
    }
    if (press->kind != PRESS_CHARACTER || press->control || press->alt || press->codepoint < '1' ||
        press->codepoint >= '1' + figure_set_count)
        return false;
    figures->page.set = figure_sets[press->codepoint - '1'];
    figures->page.scroll = 0;
    figures->page.cursor = 0;
    remember(app, figures);
    return read_figures(app, figures);
}

static void figures_close(struct app *app, struct screen *screen)
{
    struct figures_screen *figures = (struct figures_screen *)screen;
    (void)app;
    arena_free(&figures->arena);
    arena_free(&figures->filter_arena);
    free(figures);
}

static const struct screen_type figures_type = {
    .context = figures_context,
    .draw = figures_draw_screen,
    .press = figures_press,
    .refresh = figures_refresh,
    .close = figures_close,
};

/* --- Commands --- */

static struct figures_screen *topmost(struct app *app)
{
    return (struct figures_screen *)app->top;
}

static void show_set(struct app *app, struct figures_screen *figures, size_t index)
{
    figures->page.set = figure_sets[index];
    figures->page.scroll = 0;
    figures->page.cursor = 0;
    remember(app, figures);
    figures->fine = read_figures(app, figures);
}

void figures_open(struct app *app, struct str argument)
{
    const struct figure_set *named = argument.size > 0 ? figure_set_find(argument) : NULL;
    if (argument.size > 0 && !named) {
        app_say(app, STYLE_BAD, _("There are no figures named \"%.*s\"."), STR_FORMAT(argument));
        return;
    }
    if (app->top->type == &figures_type)
        return;
    struct figures_screen *figures = memory_new(1, sizeof *figures);
    figures->screen.type = &figures_type;
    figures->page.set = named ? named : figure_sets[app->figures.set];
    screen_push(app, &figures->screen);
    if (!set_filter(app, figures, str_of(app->figures.filter))) /* what it named may be gone */
        set_filter(app, figures, (struct str){0});
}

void figures_next_set(struct app *app, struct str argument)
{
    struct figures_screen *figures = topmost(app);
    (void)argument;
    show_set(app, figures, (set_index(figures) + 1) % figure_set_count);
}

void figures_previous_set(struct app *app, struct str argument)
{
    struct figures_screen *figures = topmost(app);
    (void)argument;
    show_set(app, figures, (set_index(figures) + figure_set_count - 1) % figure_set_count);
}

static void submit_filter(struct app *app, struct str text)
{
    if (app->top->type == &figures_type)
        set_filter(app, topmost(app), text);
}

static void offer_values(struct app *app, struct choices *choices)
{
    struct str field = choices->prefix;
    if (str_equal(field, str_of("agency:"))) {
        choices_offer_agencies(app, choices);
    } else if (str_equal(field, str_of("consultation:"))) {
        choices_offer_consultations(app, choices);
    } else if (str_equal(field, str_of("language:"))) {
        choices_offer_languages(choices);
    } else if (str_equal(field, str_of("channel:"))) {
        choices_offer_channels(app, choices);
    } else if (str_equal(field, str_of("moderator:"))) {
        choices_offer_people(app, choices);
    } else if (str_equal(field, str_of("by:"))) {
        choices_offer(choices, str_of("day"));
        choices_offer(choices, str_of("week"));
    }
}

/* Field names, and behind the colon what there is of them. */
static size_t complete_filter(struct app *app, struct str word, struct arena *arena,
                              struct str **items)
{
    size_t count = 0;
    while (figure_fields[count].name)
        count++;
    const char **fields = arena_new(arena, count + 1, sizeof *fields);
    for (size_t i = 0; i < count; i++)
        fields[i] = arena_printf(arena, "%s:", figure_fields[i].name);
    return choices_complete(app, word, fields, offer_values, arena, items);
}

static const struct prompt_kind filter_prompt = {
    .title = N_("Narrow"),
    .hint =
        N_("from: to: agency: consultation: language: channel: moderator: by: (Tab completes). An "
           "empty line shows everything again."),
    .history = "figures-history",
    .complete = complete_filter,
    .submit = submit_filter,
};

void figures_filter_line(struct app *app, struct str argument)
{
    struct str now = figure_filter_text(&topmost(app)->filter, &app->canvas.arena);
    if (argument.size > 0)
        submit_filter(app, argument);
    else
        prompt_open(app, &filter_prompt,
                    now.size > 0
                        ? str_of(arena_printf(&app->canvas.arena, "%.*s ", STR_FORMAT(now)))
                        : now);
}

void figures_weeks(struct app *app, struct str argument)
{
    struct figures_screen *figures = topmost(app);
    (void)argument;
    figures->filter.by = str_of(figures->scope.weeks ? "day" : "week");
    remember(app, figures);
    read_figures(app, figures);
}

/* Moves the cursor, or the page where there is nothing to move it to. */
static void move(struct app *app, int step)
{
    struct figures_screen *figures = topmost(app);
    struct figures_page *page = &figures->page;
    bool further = step > 0 ? page->cursor + 1 < figures->link_count : page->cursor > 0;
    if (!further) {
        page->scroll += step;
        keep_in_sight(figures, -1);
        return;
    }
    page->cursor = step > 0 ? page->cursor + 1 : page->cursor - 1;
    keep_in_sight(figures, figures->links[page->cursor].line);
}

void figures_down(struct app *app, struct str argument)
{
    (void)argument;
    move(app, 1);
}

void figures_up(struct app *app, struct str argument)
{
    (void)argument;
    move(app, -1);
}

/* Scrolls by so many lines. A cursor that is no longer in sight goes to the nearest row that is. */
static void scroll(struct figures_screen *figures, int lines)
{
    struct figures_page *page = &figures->page;
    page->scroll += lines;
    keep_in_sight(figures, -1);
    while (page->cursor + 1 < figures->link_count &&
           figures->links[page->cursor].line < page->scroll)
        page->cursor++;
    while (page->cursor > 0 && page->cursor < figures->link_count &&
           figures->links[page->cursor].line >= page->scroll + figures->box_rows)
        page->cursor--;
}

void figures_page_down(struct app *app, struct str argument)
{
    (void)argument;
    scroll(topmost(app), topmost(app)->box_rows - 1);
}

void figures_page_up(struct app *app, struct str argument)
{
    (void)argument;
    scroll(topmost(app), 1 - topmost(app)->box_rows);
}

void figures_first(struct app *app, struct str argument)
{
    (void)argument;
    topmost(app)->page.cursor = 0;
    scroll(topmost(app), -topmost(app)->page.lines);
}

void figures_last(struct app *app, struct str argument)
{
    (void)argument;
    struct figures_screen *figures = topmost(app);
    figures->page.cursor = figures->link_count > 0 ? figures->link_count - 1 : 0;
    scroll(figures, figures->page.lines);
}

/* Leaves for the queue that a query finds. */
static void show_queue(struct app *app, struct str line)
{
    struct arena arena = {0};
    struct query query;
    struct error error;
    size_t at;
    line = arena_copy(&arena, line);
    enum status status = query_parse(line, &arena, &query, &at, &error);
    if (app_check(app, status, &error)) {
        screen_pop(app);
        queue_set_filter(app, &query);
    }
    arena_free(&arena);
}

void figures_follow(struct app *app, struct str argument)
{
    struct figures_screen *figures = topmost(app);
    (void)argument;
    if (figures->page.cursor >= figures->link_count)
        return;
    const struct figure_row *row = figures->links[figures->page.cursor].row;
    int64_t comment = row->comment;
    if (comment == 0) {
        show_queue(app, row->query);
        return;
    }
    screen_pop(app);
    queue_show(app, comment);
}

void figures_queue(struct app *app, struct str argument)
{
    const struct figure_rows *rows = topmost(app)->page.rows;
    (void)argument;
    if (topmost(app)->fine && rows[0].count > 0 && rows[0].rows[0].query.size > 0)
        show_queue(app, rows[0].rows[0].query);
    else
        app_say(app, STYLE_NORMAL, _("There is no queue behind these figures."));
}

/* The row under the cursor where that is one to take, or else the first that is; NULL: none. */
static const struct figure_row *find_to_take(const struct figures_screen *figures)
{
    const struct figures_page *page = &figures->page;
    if (!figures->fine)
        return NULL;
    if (page->cursor < figures->link_count && figures->links[page->cursor].row->to_take)
        return figures->links[page->cursor].row;
    for (size_t table = 0; table < page->set->table_count; table++) {
        for (size_t i = 0; i < page->rows[table].count; i++) {
            if (page->rows[table].rows[i].to_take)
                return &page->rows[table].rows[i];
        }
    }
    return NULL;
}

void figures_take(struct app *app, struct str argument)
{
    const struct figure_row *row = find_to_take(topmost(app));
    (void)argument;
    if (!row) {
        app_say(app, STYLE_NORMAL, _("Nothing is here to take."));
        return;
    }
    int64_t comment = row->comment;
    if (!claims_take(app, comment))
        return;
    screen_pop(app);
    queue_show(app, comment);
    app_say(app, STYLE_GOOD, _("#%" PRId64 " is yours now."), comment);
}

void figures_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}
