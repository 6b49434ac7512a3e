/* The footer, made from the command table: a key that does not work now is not shown. */
#include "ui/footer.h"

#include "ui/command.h"

#include <string.h>

/* The first of a command's keys: the one to learn. */
static struct str first_key(const struct command *command)
{
    return (struct str){command->keys, strcspn(command->keys, " ")};
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
    for (size_t i = 0; i < count; i++) {
        const struct command *command = &commands[i];
        if (!(command->where & context) || !command->brief ||
            !role_may(app->desk->self.role, command->right))
            continue;
        struct str key = first_key(command), word = str_of(_(command->brief));
        int width = (int)(layout_columns(key, (unsigned)canvas->width) +
                          layout_columns(word, (unsigned)canvas->width)) +
                    1;
        if (width > row.width)
            continue;
        int used = canvas_text(canvas, row, ALIGN_START, STYLE_KEY, key) + 1;
        row.column += used;
        row.width -= used;
        used = canvas_text(canvas, row, ALIGN_START, STYLE_BAR, word) + 2;
        row.column += used;
        row.width -= used;
    }
}
