/* Help. Commands stand under the place where their keys work, in the table's order. */
#include "ui/help_screen.h"

#include "base/memory.h"
#include "ui/command.h"

#include <stdio.h>
#include <stdlib.h>

struct help_screen {
    struct screen screen;
    int scroll, rows, lines;
};

static const struct {
    enum context context;
    const char *words;
} sections[] = {
    {CONTEXT_LIST, N_("In the queue")},
    {CONTEXT_COMMENT, N_("Reading a comment")},
    {CONTEXT_RESPOND, N_("Writing a response")},
    {CONTEXT_SECOND, N_("Second looks")},
    {CONTEXT_STATISTICS, N_("Statistics")},
    {CONTEXT_PICKER, N_("Choosing from a list")},
    {CONTEXT_PROMPT, N_("Typing a line")},
    {CONTEXT_TERMINAL, N_("Arabic on this terminal")},
    {CONTEXT_HELP, N_("Help")},
};

static enum context help_context(const struct screen *screen)
{
    (void)screen;
    return CONTEXT_HELP;
}

/* A row of help if it is in sight; rows are counted in any case. */
static void draw_command(struct app *app, struct help_screen *help, const struct command *command,
                         struct box box)
{
    enum { KEYS_WIDTH = 15, NAME_WIDTH = 19 };
    int row = help->lines++ - help->scroll;
    if (row < 0 || row >= box.height)
        return;
    struct canvas *canvas = &app->canvas;
    box.row += row;
    canvas_literal(canvas, (struct box){box.column, box.row, KEYS_WIDTH - 1, 1}, ALIGN_START,
                   STYLE_KEY, str_of(command->keys));
    canvas_literal(canvas, (struct box){box.column + KEYS_WIDTH, box.row, NAME_WIDTH - 1, 1},
                   ALIGN_START, STYLE_DIM,
                   str_of(arena_printf(&canvas->arena, ":%s", command->name)));
    int left = box.width - KEYS_WIDTH - NAME_WIDTH;
    canvas_text(canvas, (struct box){box.column + KEYS_WIDTH + NAME_WIDTH, box.row, left, 1},
                ALIGN_START, STYLE_NORMAL, str_of(_(command->help)));
}

static void draw_heading(struct app *app, struct help_screen *help, const char *words,
                         struct box box)
{
    if (help->lines > 0)
        help->lines++;
    int row = help->lines++ - help->scroll;
    if (row >= 0 && row < box.height)
        canvas_text(&app->canvas, (struct box){box.column, box.row + row, box.width, 1},
                    ALIGN_START, STYLE_STRONG, str_of(words));
}

static void help_draw(struct app *app, struct screen *screen, struct box body)
{
    struct help_screen *help = (struct help_screen *)screen;
    size_t count;
    const struct command *commands = command_table(&count);
    struct box title = {body.column, body.row, body.width, 1};
    struct box box = {body.column + 2, body.row + 2, body.width - 4, body.height - 2};
    canvas_fill(&app->canvas, title, STYLE_BAR);
    canvas_printf(&app->canvas, (struct box){title.column + 1, title.row, title.width - 2, 1},
                  ALIGN_START, STYLE_BAR, "%s", _("Keys and commands"));
    help->rows = box.height;
    help->lines = 0;
    for (size_t section = 0; section < sizeof sections / sizeof sections[0]; section++) {
        draw_heading(app, help, _(sections[section].words), box);
        for (size_t i = 0; i < count; i++) {
            /* What works in several places is said once, in the first. */
            unsigned first = commands[i].where & (~commands[i].where + 1);
            if (first == sections[section].context)
                draw_command(app, help, &commands[i], box);
        }
    }
}

static void help_close(struct app *app, struct screen *screen)
{
    (void)app;
    free(screen);
}

static const struct screen_type help_type = {
    .context = help_context,
    .draw = help_draw,
    .close = help_close,
};

void help_open(struct app *app, struct str argument)
{
    (void)argument;
    if (app->top->type == &help_type)
        return;
    struct help_screen *help = memory_new(1, sizeof *help);
    help->screen.type = &help_type;
    screen_push(app, &help->screen);
}

static void scroll(struct app *app, int lines)
{
    struct help_screen *help = (struct help_screen *)app->top;
    int most = help->lines > help->rows ? help->lines - help->rows : 0;
    int target = help->scroll + lines;
    help->scroll = target < 0 ? 0 : target > most ? most : target;
}

void help_down(struct app *app, struct str argument)
{
    (void)argument;
    scroll(app, 1);
}

void help_up(struct app *app, struct str argument)
{
    (void)argument;
    scroll(app, -1);
}

void help_page_down(struct app *app, struct str argument)
{
    (void)argument;
    scroll(app, ((struct help_screen *)app->top)->rows - 1);
}

void help_page_up(struct app *app, struct str argument)
{
    (void)argument;
    scroll(app, 1 - ((struct help_screen *)app->top)->rows);
}

void help_leave(struct app *app, struct str argument)
{
    (void)argument;
    screen_pop(app);
}
