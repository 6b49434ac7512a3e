/* The footer, made from the command table: a key that does not work now is not shown. */
#include "ui/footer.h"

#include "ui/command.h"
#include "ui/help_screen.h"
#include "ui/queue_screen.h"
#include "ui/words.h"

#include <string.h>

enum { ROOMY_FROM = 100 /* columns from which keys stand two blanks apart, not one */ };

/* The first of a command's keys: the one to learn. */
static struct str first_key(const struct command *command)
{
    return (struct str){command->keys, strcspn(command->keys, " ")};
}

static void lay_out_message(struct app *app, struct layout *layout)
{
    struct canvas *canvas = &app->canvas;
    struct layout_options options = {.width = (unsigned)canvas->width - 2,
                                     .direction = canvas->mirrored ? DIRECTION_RTL : DIRECTION_LTR};
    layout_make(&canvas->arena, str_of(app->message), &options, layout);
}

int footer_rows(struct app *app)
{
    enum context context = app->top->type->context(app->top);
    struct layout layout;
    if (context != CONTEXT_PROMPT && context != CONTEXT_RESPOND)
        return FOOTER_ROWS;
    lay_out_message(app, &layout);
    return layout.line_count > 1 ? FOOTER_ROWS - 1 + (int)layout.line_count : FOOTER_ROWS;
}

/* A sentence that needs more than its row takes those above it: what to do stands at its end. */
static void draw_message(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    struct layout layout;
    lay_out_message(app, &layout);
    int rows = (int)layout.line_count, row = canvas->height - 1 - rows;
    for (int i = 0; i < rows; i++) {
        struct box line = {1, row + i, canvas->width - 2, 1};
        canvas_fill(canvas, (struct box){0, row + i, canvas->width, 1}, STYLE_NORMAL);
        canvas_line(canvas, line, ALIGN_START, app->message_style, &layout.lines[i], NULL, 0);
    }
}

static bool is_shown(const struct app *app, const struct command *command, enum context context)
{
    return (command->where & context) && command->brief &&
           role_may(app->desk->self.role, command->right);
}

/* Columns of a key, a blank and its word. */
static int key_width(const struct canvas *canvas, const struct command *command)
{
    unsigned most = (unsigned)canvas->width;
    return (int)(layout_columns(first_key(command), most) + 1 +
                 layout_columns(str_of(_(command->brief)), most));
}

/* Returns the columns used. */
static int draw_key(struct canvas *canvas, const struct command *command, struct box row)
{
    int key = canvas_literal(canvas, row, ALIGN_START, STYLE_KEY, first_key(command)) + 1;
    struct box rest = {row.column + key, row.row, row.width - key, 1};
    return key + canvas_text(canvas, rest, ALIGN_START, STYLE_BAR, str_of(_(command->brief)));
}

/* Before the keys, on how many letters they act, where a line is under the cursor. Returns the
 * columns used. */
static int draw_letters(struct app *app, enum context context, struct box row)
{
    const struct queue_screen *queue = app->queue;
    const struct comment_row *line = queue_model_current(&queue->model);
    if (!(context & (CONTEXT_LIST | CONTEXT_COMMENT)) || queue->chosen_count > 0 ||
        !queue_model_is_line(&queue->model, line))
        return 0;
    return 1 +
           canvas_printf(&app->canvas, row, ALIGN_START, STYLE_KEY,
                         ngettext("%s letter:", "ALL %s letters:", (unsigned long)line->letters),
                         word_number(&app->canvas.arena, line->letters).data);
}

void footer_draw(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    enum context context = app->top->type->context(app->top);
    size_t count;
    const struct command *commands = command_table(&count);
    draw_message(app);
    struct box row = {0, canvas->height - 1, canvas->width, 1};
    canvas_fill(canvas, row, STYLE_BAR);
    row.column++;
    row.width -= 2;
    int lead = draw_letters(app, context, row);
    row.column += lead;
    row.width -= lead;
    /* Help is always in sight: it leads to what found no room. */
    const struct command *help = NULL;
    for (size_t i = 0; i < count && !help; i++) {
        if (commands[i].run == help_open && is_shown(app, &commands[i], context))
            help = &commands[i];
    }
    int gap = canvas->width < ROOMY_FROM ? 1 : 2;
    int reserved = help ? key_width(canvas, help) + gap : 0;
    for (size_t i = 0; i < count; i++) {
        if (&commands[i] == help || !is_shown(app, &commands[i], context) ||
            key_width(canvas, &commands[i]) > row.width - reserved)
            continue;
        int used = draw_key(canvas, &commands[i], row) + gap;
        row.column += used;
        row.width -= used;
    }
    if (help)
        draw_key(canvas, help, row);
}
