/* The picker: one key for the first nine, arrows for the rest. */
#include "ui/picker.h"

#include "base/memory.h"

#include <stdlib.h>

enum {
    PICKER_WIDTH = 64,
    PICKER_FRAME = 2, /* rows, and columns, the frame takes */
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

static void choose(struct app *app, struct picker *picker, size_t index)
{
    void (*chosen)(struct app *, size_t) = picker->chosen;
    screen_pop(app);
    chosen(app, index);
}

static void move(struct picker *picker, int delta)
{
    int64_t target = (int64_t)picker->cursor + delta;
    int64_t last = (int64_t)picker->count - 1;
    picker->cursor = (size_t)(target < 0 ? 0 : target > last ? last : target);
}

static bool press_letter(struct app *app, struct picker *picker, uint32_t letter)
{
    size_t most = picker->count < PICKER_KEYS ? picker->count : PICKER_KEYS;
    if (letter >= '1' && letter < '1' + most)
        choose(app, picker, letter - '1');
    else if (letter == 'j')
        move(picker, 1);
    else if (letter == 'k')
        move(picker, -1);
    else if (letter == 'g')
        picker->cursor = 0;
    else if (letter == 'G')
        picker->cursor = picker->count - 1;
    else if (letter == 'q')
        screen_pop(app);
    else
        return false;
    return true;
}

static bool picker_press(struct app *app, struct screen *screen, const struct press *press)
{
    enum { PAGE = 10 };
    struct picker *picker = (struct picker *)screen;
    struct press latin = press_on_latin_layout(*press);
    switch (press->kind) {
    case PRESS_ESCAPE:
        screen_pop(app);
        return true;
    case PRESS_ENTER:
        choose(app, picker, picker->cursor);
        return true;
    case PRESS_UP:
        move(picker, -1);
        return true;
    case PRESS_DOWN:
        move(picker, 1);
        return true;
    case PRESS_PAGE_UP:
        move(picker, -PAGE);
        return true;
    case PRESS_PAGE_DOWN:
        move(picker, PAGE);
        return true;
    case PRESS_HOME:
        picker->cursor = 0;
        return true;
    case PRESS_END:
        picker->cursor = picker->count - 1;
        return true;
    case PRESS_CHARACTER:
        if (latin.control && latin.codepoint == 'c') {
            screen_pop(app);
            return true;
        }
        return !latin.control && !latin.alt && press_letter(app, picker, latin.codepoint);
    default:
        return false;
    }
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
