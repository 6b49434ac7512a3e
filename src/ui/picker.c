/* The picker: one key for the first nine, arrows for the rest. */
#include "ui/picker.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    PICKER_WIDTH = 64,
    PICKER_FRAME = 2, /* rows, and columns, the frame takes */
    PICKER_PAGE = 10, /* items */
};

struct picker {
    struct screen screen;
    struct arena arena;
    const char *title;
    struct picker_item *items;
    size_t count, cursor, top;
    void (*chosen)(struct app *app, size_t index);
};

static enum context picker_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_PICKER;
}

static struct picker *picker_top(struct app *app)
{
    return (struct picker *)app->top;
}

static void choose(struct app *app, struct picker *picker, size_t index)
{
    void (*chosen)(struct app *, size_t) = picker->chosen;
    screen_pop(app);
    chosen(app, index);
}

static void move(struct picker *picker, int64_t delta)
{
    int64_t target = (int64_t)picker->cursor + delta;
    int64_t last = (int64_t)picker->count - 1;
    picker->cursor = (size_t)(target < 0 ? 0 : target > last ? last : target);
}

void picker_choose(struct app *app, struct str argument)
{
    (void)argument;
    choose(app, picker_top(app), picker_top(app)->cursor);
}

void picker_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}

void picker_down(struct app *app, struct str argument)
{
    (void)argument;
    move(picker_top(app), 1);
}

void picker_up(struct app *app, struct str argument)
{
    (void)argument;
    move(picker_top(app), -1);
}

void picker_page_down(struct app *app, struct str argument)
{
    (void)argument;
    move(picker_top(app), PICKER_PAGE);
}

void picker_page_up(struct app *app, struct str argument)
{
    (void)argument;
    move(picker_top(app), -PICKER_PAGE);
}

void picker_first(struct app *app, struct str argument)
{
    (void)argument;
    picker_top(app)->cursor = 0;
}

void picker_last(struct app *app, struct str argument)
{
    (void)argument;
    picker_top(app)->cursor = picker_top(app)->count - 1;
}

/* A digit chooses at once. */
static bool picker_press(struct app *app, struct screen *screen, const struct press *press)
{
    struct picker *picker = (struct picker *)screen;
    struct press latin = press_on_latin_layout(*press);
    size_t most = picker->count < PICKER_KEYS ? picker->count : PICKER_KEYS;
    if (latin.kind != PRESS_CHARACTER || latin.control || latin.alt || latin.codepoint < '1' ||
        latin.codepoint >= '1' + most)
        return false;
    choose(app, picker, latin.codepoint - '1');
    return true;
}

static void draw_frame(struct canvas *canvas, struct box box, const char *title)
{
    canvas_fill(canvas, box, STYLE_NORMAL);
    canvas_rule(canvas, (struct box){box.column, box.row, box.width, 1}, STYLE_STRONG);
    canvas_rule(canvas, (struct box){box.column, box.row + box.height - 1, box.width, 1},
                STYLE_STRONG);
    canvas_rule(canvas, (struct box){box.column, box.row, 1, box.height}, STYLE_STRONG);
    canvas_rule(canvas, (struct box){box.column + box.width - 1, box.row, 1, box.height},
                STYLE_STRONG);
    canvas_sign(canvas, box.column, box.row, STYLE_STRONG, 0x250c);
    canvas_sign(canvas, box.column + box.width - 1, box.row, STYLE_STRONG, 0x2510);
    canvas_sign(canvas, box.column, box.row + box.height - 1, STYLE_STRONG, 0x2514);
    canvas_sign(canvas, box.column + box.width - 1, box.row + box.height - 1, STYLE_STRONG, 0x2518);
    canvas_printf(canvas, (struct box){box.column + 2, box.row, box.width - 4, 1}, ALIGN_START,
                  STYLE_STRONG, " %s ", title);
}

static void draw_item(struct canvas *canvas, const struct picker *picker, size_t index,
                      struct box row)
{
    const struct picker_item *item = &picker->items[index];
    if (index < PICKER_KEYS)
        canvas_printf(canvas, row, ALIGN_START, STYLE_KEY, "%zu", index + 1);
    struct box inside = {row.column + 3, row.row, row.width - 3, 1};
    int detail = 0;
    if (item->detail.size > 0) {
        detail = (int)layout_columns(item->detail, (unsigned)inside.width / 2) + 1;
        canvas_text(canvas,
                    (struct box){inside.column + inside.width - detail + 1, row.row, detail - 1, 1},
                    ALIGN_START, STYLE_DIM, item->detail);
    }
    inside.width -= detail;
    canvas_text(canvas, inside, ALIGN_START, item->style, item->text);
    if (index == picker->cursor) {
        canvas_add_style(canvas, row, STYLE_CURRENT);
        canvas_sign(canvas, row.column + 1, row.row, STYLE_NORMAL | STYLE_CURRENT, 0x25ba);
    }
}

static void picker_draw(struct app *app, struct screen *screen, struct box box)
{
    struct picker *picker = (struct picker *)screen;
    int width = box.width < PICKER_WIDTH ? box.width : PICKER_WIDTH;
    int rows = (int)(picker->count < 200 ? picker->count : 200);
    if (rows > box.height - PICKER_FRAME)
        rows = box.height - PICKER_FRAME;
    struct box frame = {box.column + (box.width - width) / 2,
                        box.row + (box.height - rows - PICKER_FRAME) / 2, width,
                        rows + PICKER_FRAME};
    draw_frame(&app->canvas, frame, picker->title);
    size_t shown = rows > 0 ? (size_t)rows : 1;
    if (picker->cursor < picker->top)
        picker->top = picker->cursor;
    if (picker->cursor >= picker->top + shown)
        picker->top = picker->cursor - shown + 1;
    for (size_t row = 0; row < shown && picker->top + row < picker->count; row++)
        draw_item(&app->canvas, picker, picker->top + row,
                  (struct box){frame.column + 1, frame.row + 1 + (int)row, frame.width - 2, 1});
}

static void picker_close(struct app *app, struct screen *screen)
{
    struct picker *picker = (struct picker *)screen;
    (void)app;
    arena_free(&picker->arena);
    free(picker);
}

static const struct screen_type picker_type = {
    .context = picker_context,
    .draw = picker_draw,
    .press = picker_press,
    .close = picker_close,
    .overlay = true,
};

void picker_open(struct app *app, const char *title, const struct picker_item *items, size_t count,
                 size_t at, void (*chosen)(struct app *app, size_t index))
{
    if (count == 0)
        return;
    struct picker *picker = memory_new(1, sizeof *picker);
    picker->screen.type = &picker_type;
    picker->title = arena_copy(&picker->arena, str_of(title)).data;
    picker->items = arena_new(&picker->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        picker->items[i] =
            (struct picker_item){arena_copy(&picker->arena, items[i].text),
                                 arena_copy(&picker->arena, items[i].detail), items[i].style};
    picker->count = count;
    picker->cursor = at < count ? at : 0;
    picker->chosen = chosen;
    screen_push(app, &picker->screen);
}
