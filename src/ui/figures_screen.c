/* The figures' screen: its sets as tabs, the filter, the cursor, and where it leads. How a set looks
 * stands in figures_draw.c, what it says in store/figures*.c. */
#include "ui/figures_inside.h"

#include "base/memory.h"
#include "base/moment.h"
#include "ui/figure_words.h"
#include "ui/words.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    HEAD_ROWS = 3, /* tabs, time range and filter, a blank */
    MARGIN = 1,    /* columns at either side; the cursor stands in the first */
    HEAD_GAP = 2,  /* between the days, what is narrowed, and the lines shown */
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

bool figures_read_anew(struct app *app, struct figures_screen *figures)
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
    figures_read_anew(app, (struct figures_screen *)screen);
}

void figures_remember(struct app *app, const struct figures_screen *figures)
{
    struct arena arena = {0};
    struct str line = figure_filter_text(&figures->filter, &arena);
    app->figures.set = set_index(figures);
    app->figures.filter[0] = '\0';
    if (line.size < sizeof app->figures.filter)
        snprintf(app->figures.filter, sizeof app->figures.filter, "%.*s", STR_FORMAT(line));
    arena_free(&arena);
}

bool figures_set_filter(struct app *app, struct figures_screen *figures, struct str line)
{
    struct arena arena = {0};
    struct figure_filter filter, before = figures->filter;
    struct error error;
    enum status status = figure_filter_parse(line, moment_now(), &arena, &filter, &error);
    bool fine = app_check(app, status, &error);
    if (fine) {
        figures->filter = filter;
        fine = figures_read_anew(app, figures);
    }
    if (!fine) {
        figures->filter = before;
        arena_free(&arena);
        return false;
    }
    arena_free(&figures->filter_arena);
    figures->filter_arena = arena;
    figures->page.scroll = 0;
    figures_remember(app, figures);
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

void figures_keep_in_sight(struct figures_screen *figures, int line)
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
    figures_keep_in_sight(figures, -1);
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

static void show_set(struct app *app, struct figures_screen *figures, size_t index)
{
    figures->page.set = figure_sets[index];
    figures->page.scroll = 0;
    figures->page.cursor = 0;
    figures_remember(app, figures);
    figures->fine = figures_read_anew(app, figures);
}

static bool figures_press(struct app *app, struct screen *screen, const struct press *press)
{
    struct figures_screen *figures = (struct figures_screen *)screen;
    if (press->kind == PRESS_MOUSE && (press->codepoint == 4 || press->codepoint == 5)) {
        figures->page.scroll += press->codepoint == 4 ? -1 : 1;
        figures_keep_in_sight(figures, -1);
        return true;
    }
    if (press->kind != PRESS_CHARACTER || press->control || press->alt || press->codepoint < '1' ||
        press->codepoint >= '1' + figure_set_count)
        return false;
    show_set(app, figures, press->codepoint - '1');
    return true;
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

struct figures_screen *figures_topmost(struct app *app)
{
    return app->top->type == &figures_type ? (struct figures_screen *)app->top : NULL;
}

void figures_open(struct app *app, struct str argument)
{
    const struct figure_set *named = argument.size > 0 ? figure_set_find(argument) : NULL;
    if (argument.size > 0 && !named) {
        app_say(app, STYLE_BAD, _("There are no figures named \"%.*s\"."), STR_FORMAT(argument));
        return;
    }
    if (figures_topmost(app))
        return;
    struct figures_screen *figures = memory_new(1, sizeof *figures);
    figures->screen.type = &figures_type;
    figures->page.set = named ? named : figure_sets[app->figures.set];
    screen_push(app, &figures->screen);
    if (!figures_set_filter(app, figures,
                            str_of(app->figures.filter))) /* what it named may be gone */
        figures_set_filter(app, figures, (struct str){0});
}

void figures_next_set(struct app *app, struct str argument)
{
    struct figures_screen *figures = figures_topmost(app);
    (void)argument;
    show_set(app, figures, (set_index(figures) + 1) % figure_set_count);
}

void figures_previous_set(struct app *app, struct str argument)
{
    struct figures_screen *figures = figures_topmost(app);
    (void)argument;
    show_set(app, figures, (set_index(figures) + figure_set_count - 1) % figure_set_count);
}

void figures_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}
