/* The commands about the program itself. */
#include "ui/program_commands.h"

#include "ui/command.h"
#include "ui/find_commands.h"
#include "ui/prompt.h"

void program_language(struct app *app, struct str argument)
{
    (void)argument;
    app_set_language(app, language_now() == LANGUAGE_ARABIC ? LANGUAGE_ENGLISH : LANGUAGE_ARABIC);
}

static size_t complete_command(struct app *app, struct str word, struct arena *arena,
                               struct str **choices)
{
    size_t count, found = 0;
    const struct command *table = command_table(&count);
    /* The prompt stands over the screen the command is for. */
    const struct screen *below = app->top->below ? app->top->below : app->top;
    enum context context = below->type->context(below);
    *choices = arena_new(arena, count, sizeof **choices);
    for (size_t i = 0; i < count; i++) {
        if ((table[i].where & context) && str_starts(str_of(table[i].name), word))
            (*choices)[found++] = str_of(table[i].name);
    }
    return found;
}

static void submit_command(struct app *app, struct str text)
{
    command_run_line(app, text);
}

static const struct prompt_kind command_prompt = {
    .title = N_("Command"),
    .history = "command-history",
    .complete = complete_command,
    .submit = submit_command,
};

void program_command_line(struct app *app, struct str argument)
{
    (void)argument;
    prompt_open(app, &command_prompt, (struct str){0});
}

static void submit_number(struct app *app, struct str text)
{
    if (text.size > 0)
        find_number(app, text);
}

static const struct prompt_kind number_prompt = {
    .title = N_("Comment number"),
    .submit = submit_number,
};

void program_goto(struct app *app, struct str argument)
{
    if (argument.size > 0)
        find_number(app, argument);
    else
        prompt_open(app, &number_prompt, (struct str){0});
}

void program_redraw(struct app *app, struct str argument)
{
    (void)argument;
    terminal_redraw(app->terminal);
}

void program_quit(struct app *app, struct str argument)
{
    (void)argument;
    app->leaving = true;
}
