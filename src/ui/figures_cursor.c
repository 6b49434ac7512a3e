/* The cursor of the figures' screen: moving it, and where it leads. */
#include "ui/figures_inside.h"

#include "ui/claims.h"
#include "ui/queue_screen.h"

#include <inttypes.h>

/* Moves the cursor, or the page where there is nothing to move it to. */
static void move(struct app *app, int step)
{
    struct figures_screen *figures = figures_topmost(app);
    struct figures_page *page = &figures->page;
    bool further = step > 0 ? page->cursor + 1 < figures->link_count : page->cursor > 0;
    if (!further) {
        page->scroll += step;
        figures_keep_in_sight(figures, -1);
        return;
    }
    page->cursor = step > 0 ? page->cursor + 1 : page->cursor - 1;
    figures_keep_in_sight(figures, figures->links[page->cursor].line);
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
    figures_keep_in_sight(figures, -1);
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
    scroll(figures_topmost(app), figures_topmost(app)->box_rows - 1);
}

void figures_page_up(struct app *app, struct str argument)
{
    (void)argument;
    scroll(figures_topmost(app), 1 - figures_topmost(app)->box_rows);
}

void figures_first(struct app *app, struct str argument)
{
    (void)argument;
    figures_topmost(app)->page.cursor = 0;
    scroll(figures_topmost(app), -figures_topmost(app)->page.lines);
}

void figures_last(struct app *app, struct str argument)
{
    (void)argument;
    struct figures_screen *figures = figures_topmost(app);
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
    struct figures_screen *figures = figures_topmost(app);
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
    const struct figure_rows *rows = figures_topmost(app)->page.rows;
    (void)argument;
    if (figures_topmost(app)->fine && rows[0].count > 0 && rows[0].rows[0].query.size > 0)
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
    const struct figure_row *row = find_to_take(figures_topmost(app));
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
