/* The prompt: an editor of one paragraph, with completion and history. */
#include "ui/prompt.h"

#include "base/memory.h"
#include "ui/editor.h"
#include "ui/unfinished.h"

#include <stdlib.h>

enum {
    PROMPT_ROWS = 4,    /* a long line wraps and grows upwards, so far */
    HISTORY_LINES = 50, /* kept */
    CHOICES_SHOWN = 40,
};

struct prompt {
    struct screen screen;
    const struct prompt_kind *kind;
    int64_t subject; /* the comment it is about, as it was opened */
    struct editor editor;
    struct arena arena;  /* of the history */
    struct str *history; /* newest last */
    size_t history_count;
    size_t history_at;   /* == history_count: the line being typed */
    struct buffer typed; /* what was being typed before the history was entered */
    bool done;           /* entered or called off: nothing of it is to be kept */
};

static enum context prompt_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_PROMPT;
}

/* The word the caret stands behind: back to the last blank or comma. */
static struct str word_before_caret(const struct prompt *prompt)
{
    struct str text = str_part(buffer_str(&prompt->editor.text), 0, prompt->editor.caret);
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] != ' ' && text.data[start - 1] != ',')
        start--;
    return str_part(text, start, text.size);
}

static size_t find_choices(struct app *app, const struct prompt *prompt, struct arena *arena,
                           struct str **choices)
{
    if (!prompt->kind->complete)
        return 0;
    return prompt->kind->complete(app, word_before_caret(prompt), arena, choices);
}

/* The longest beginning all choices share. */
static struct str common_beginning(const struct str *choices, size_t count)
{
    struct str common = choices[0];
    for (size_t i = 1; i < count; i++) {
        size_t same = 0;
        while (same < common.size && same < choices[i].size &&
               common.data[same] == choices[i].data[same])
            same++;
        common.size = same;
    }
    while (common.size > 0 && common.size < choices[0].size &&
           ((unsigned char)choices[0].data[common.size] & 0xc0) == 0x80)
        common.size--;
    return common;
}

static void complete(struct app *app, struct prompt *prompt)
{
    struct arena arena = {0};
    struct str *choices;
    size_t count = find_choices(app, prompt, &arena, &choices);
    if (count > 0) {
        struct str word = word_before_caret(prompt);
        struct str common = common_beginning(choices, count);
        if (common.size > word.size)
            editor_insert(&prompt->editor, str_part(common, word.size, common.size));
        bool open_field = common.size > 0 && common.data[common.size - 1] == ':';
        if (count == 1 && !open_field)
            editor_insert(&prompt->editor, str_of(" "));
    }
    arena_free(&arena);
}

static void load_history(struct app *app, struct prompt *prompt)
{
    struct str value = {0};
    struct error error;
    prompt->history = arena_new(&prompt->arena, HISTORY_LINES, sizeof *prompt->history);
    if (!prompt->kind->history ||
        setting_get(app->desk->store, app->desk->self.id, prompt->kind->history, &prompt->arena,
                    &value, &error) != OK)
        return;
    while (value.size > 0 && prompt->history_count < HISTORY_LINES) {
        const char *end = memchr(value.data, '\n', value.size);
        size_t size = end ? (size_t)(end - value.data) : value.size;
        if (size > 0)
            prompt->history[prompt->history_count++] = str_part(value, 0, size);
        value = str_part(value, size + 1, value.size);
    }
    prompt->history_at = prompt->history_count;
}

/* A history that cannot be kept must not stand in the way of the command itself. */
static void keep_in_history(struct app *app, struct prompt *prompt, struct str line)
{
    struct buffer value = {0};
    struct error error;
    if (!prompt->kind->history || line.size == 0)
        return;
    size_t first = prompt->history_count == HISTORY_LINES ? 1 : 0;
    for (size_t i = first; i < prompt->history_count; i++) {
        if (str_equal(prompt->history[i], line))
            continue;
        buffer_add(&value, prompt->history[i]);
        buffer_add_byte(&value, '\n');
    }
    buffer_add(&value, line);
    setting_set(app->desk->store, app->desk->self.id, prompt->kind->history, buffer_str(&value),
                &error);
    buffer_free(&value);
}

static void turn_history(struct prompt *prompt, int step)
{
    if ((step < 0 && prompt->history_at == 0) ||
        (step > 0 && prompt->history_at == prompt->history_count))
        return;
    if (prompt->history_at == prompt->history_count) {
        buffer_clear(&prompt->typed);
        buffer_add(&prompt->typed, buffer_str(&prompt->editor.text));
    }
    prompt->history_at = step < 0 ? prompt->history_at - 1 : prompt->history_at + 1;
    editor_set(&prompt->editor, prompt->history_at == prompt->history_count
                                    ? buffer_str(&prompt->typed)
                                    : prompt->history[prompt->history_at]);
}

static void submit(struct app *app, struct prompt *prompt)
{
    const struct prompt_kind *kind = prompt->kind;
    struct buffer text = {0};
    buffer_add(&text, buffer_str(&prompt->editor.text));
    prompt->done = true;
    keep_in_history(app, prompt, str_trim(buffer_str(&text)));
    screen_pop(app);
    kind->submit(app, str_trim(buffer_str(&text)));
    buffer_free(&text);
}

static struct prompt *prompt_top(struct app *app)
{
    return (struct prompt *)app->top;
}

void prompt_accept(struct app *app, struct str argument)
{
    (void)argument;
    submit(app, prompt_top(app));
}

void prompt_cancel(struct app *app, struct str argument)
{
    (void)argument;
    const struct prompt_kind *kind = prompt_top(app)->kind;
    prompt_top(app)->done = true;
    screen_pop(app);
    if (kind->cancelled)
        kind->cancelled(app);
}

void prompt_complete(struct app *app, struct str argument)
{
    (void)argument;
    complete(app, prompt_top(app));
}

void prompt_earlier(struct app *app, struct str argument)
{
    (void)argument;
    turn_history(prompt_top(app), -1);
}

void prompt_later(struct app *app, struct str argument)
{
    (void)argument;
    turn_history(prompt_top(app), 1);
}

/* Taking back the last character, where there is none left, takes back the prompt. */
static bool prompt_press(struct app *app, struct screen *screen, const struct press *press)
{
    struct prompt *prompt = (struct prompt *)screen;
    if (press->kind != PRESS_BACKSPACE || prompt->editor.text.size > 0)
        return editor_click(&prompt->editor, &app->canvas, press) ||
               editor_press(&prompt->editor, press);
    prompt_cancel(app, (struct str){0});
    return true;
}

/* What Tab would choose from, in rows over the line. */
static int draw_choices(struct app *app, struct prompt *prompt, struct box box, int rows)
{
    struct canvas *canvas = &app->canvas;
    struct str *choices;
    size_t count = find_choices(app, prompt, &canvas->arena, &choices);
    if (count == 0 || box.row + box.height - rows < 1)
        return 0;
    struct box line = {box.column, box.row + box.height - rows - 1, box.width, 1};
    canvas_fill(canvas, line, STYLE_BAR);
    line.column++;
    line.width--;
    for (size_t i = 0; i < count && i < CHOICES_SHOWN && line.width > 3; i++) {
        int used = canvas_text(canvas, line, ALIGN_START, STYLE_BAR, choices[i]);
        line.column += used + 2;
        line.width -= used + 2;
    }
    return 1;
}

/* The hint in the last rows of box, as many as its words need. */
static void draw_hint(struct canvas *canvas, const char *words, struct box box)
{
    struct layout layout;
    struct layout_options options = {.width = box.width > 4 ? (unsigned)box.width - 2 : 2,
                                     .direction = canvas->mirrored ? DIRECTION_RTL : DIRECTION_LTR};
    layout_make(&canvas->arena, str_of(words), &options, &layout);
    int rows = (int)layout.line_count;
    if (rows >= box.height)
        return;
    for (int row = 0; row < rows; row++) {
        struct box line = {box.column, box.row + box.height - rows + row, box.width, 1};
        canvas_fill(canvas, line, STYLE_BAR);
        line.column++;
        line.width -= 2;
        canvas_line(canvas, line, ALIGN_START, STYLE_BAR, &layout.lines[row], NULL, 0);
    }
}

static void prompt_draw(struct app *app, struct screen *screen, struct box box)
{
    struct prompt *prompt = (struct prompt *)screen;
    struct canvas *canvas = &app->canvas;
    const char *title = _(prompt->kind->title);
    int title_width = (int)layout_columns(str_of(title), (unsigned)box.width / 2) + 2;
    struct box field = {box.column + title_width, 0, box.width - title_width, 1};
    int rows = editor_lines(&prompt->editor, field.width);
    rows = rows > PROMPT_ROWS ? PROMPT_ROWS : rows;
    field.row = box.row + box.height - rows;
    field.height = rows;
    int above = draw_choices(app, prompt, box, rows);
    if (prompt->kind->hint)
        draw_hint(canvas, _(prompt->kind->hint),
                  (struct box){box.column, box.row, box.width, field.row - above - box.row});
    canvas_fill(canvas, (struct box){box.column, field.row, title_width, rows}, STYLE_FIELD);
    canvas_text(canvas, (struct box){box.column, field.row, title_width - 1, 1}, ALIGN_START,
                STYLE_FIELD, str_of(arena_printf(&canvas->arena, "%s:", title)));
    editor_draw(&prompt->editor, canvas, field, STYLE_FIELD);
}

/* Keeps what is being typed where it would be missed; what cannot be kept is tried again. */
static void prompt_settle(struct app *app, struct screen *screen)
{
    struct prompt *prompt = (struct prompt *)screen;
    struct error error;
    if (!prompt->editor.changed)
        return;
    if (prompt->kind->changed && !prompt->done) {
        prompt->editor.changed = false;
        prompt->kind->changed(app, str_trim(buffer_str(&prompt->editor.text)));
    }
    if (!prompt->kind->draft)
        return;
    enum status status = unfinished_keep(app, prompt->kind->draft, prompt->subject,
                                         buffer_str(&prompt->editor.text), &error);
    prompt->editor.changed = !app_check(app, status, &error);
    app->unsettled = app->unsettled || prompt->editor.changed;
}

static void prompt_close(struct app *app, struct screen *screen)
{
    struct prompt *prompt = (struct prompt *)screen;
    struct error error;
    if (!prompt->done)
        prompt_settle(app, screen);
    else if (prompt->kind->draft)
        unfinished_keep(app, prompt->kind->draft, prompt->subject, (struct str){0}, &error);
    editor_free(&prompt->editor);
    buffer_free(&prompt->typed);
    arena_free(&prompt->arena);
    free(prompt);
}

static const struct screen_type prompt_type = {
    .context = prompt_context,
    .draw = prompt_draw,
    .press = prompt_press,
    .settle = prompt_settle,
    .close = prompt_close,
    .overlay = true,
};

void prompt_open(struct app *app, const struct prompt_kind *kind, struct str text)
{
    struct prompt *prompt = memory_new(1, sizeof *prompt);
    prompt->screen.type = &prompt_type;
    prompt->kind = kind;
    prompt->subject = app->subject;
    prompt->editor.one_line = true;
    int64_t about = 0;
    struct str kept;
    if (text.size == 0 && kind->draft &&
        unfinished_find(app, kind->draft, &prompt->arena, &about, &kept) && about == app->subject)
        text = kept;
    editor_set(&prompt->editor, text);
    prompt->editor.changed = text.size > 0; /* what came back is kept like what is typed */
    load_history(app, prompt);
    screen_push(app, &prompt->screen);
}

void prompt_open_behind(struct app *app, const struct prompt_kind *kind, struct str text)
{
    if (text.size > 0)
        text = str_of(arena_printf(&app->canvas.arena, "%.*s ", STR_FORMAT(text)));
    prompt_open(app, kind, text);
}
