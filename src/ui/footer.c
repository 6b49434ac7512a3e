/* The footer, made from the command table: a key that does not work now is not shown. */
#include "ui/footer.h"

#include "ui/command.h"
#include "ui/help_screen.h"

#include <string.h>

enum { GAP = 2 /* columns between two keys */ };

/* The first of a command's keys: the one to learn. */
static struct str first_key(const struct command *command)
{
    return (struct str){command->keys, strcspn(command->keys, " ")};
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
    int key = canvas_text(canvas, row, ALIGN_START, STYLE_KEY, first_key(command)) + 1;
    struct box rest = {row.column + key, row.row, row.width - key, 1};
    return key + canvas_text(canvas, rest, ALIGN_START, STYLE_BAR, str_of(_(command->brief)));
}

void footer_draw(struct app *app)
{
    struct canvas *canvas = &app->canvas;
    enum context context = app->top->type->context(app->top);
    size_t count;
    const struct command *commands = command_table(&count);
    struct box message = {1, canvas->height - 2, canvas->width - 2, 1};
    canvas_printf(canvas, message, ALIGN_START, app->message_style, "%s", app->message);
    struct box row = {0, canvas->height - 1, canvas->width, 1};
    canvas_fill(canvas, row, STYLE_BAR);
    row.column++;
    row.width -= 2;
    /* Help is always in sight: it leads to what found no room. */
    const struct command *help = NULL;
    for (size_t i = 0; i < count && !help; i++) {
        if (commands[i].run == help_open && is_shown(app, &commands[i], context))
            help = &commands[i];
    }
    int reserved = help ? key_width(canvas, help) + GAP : 0;
    for (size_t i = 0; i < count; i++) {
        if (&commands[i] == help || !is_shown(app, &commands[i], context) ||
            key_width(canvas, &commands[i]) > row.width - reserved)
            continue;
        int used = draw_key(canvas, &commands[i], row) + GAP;
        row.column += used;
        row.width -= used;
    }
    if (help)
        draw_key(canvas, help, row);
}
