/* The line that narrows figures, what Tab offers in it, and days or weeks. */
#include "ui/figures_inside.h"

#include "ui/choices.h"
#include "ui/prompt.h"

static void submit_filter(struct app *app, struct str text)
{
    struct figures_screen *figures = figures_topmost(app);
    if (figures)
        figures_set_filter(app, figures, text);
}

static void offer_values(struct app *app, struct choices *choices)
{
    struct str field = choices->prefix;
    if (str_equal(field, str_of("agency:"))) {
        choices_offer_agencies(app, choices);
    } else if (str_equal(field, str_of("consultation:"))) {
        choices_offer_consultations(app, choices);
    } else if (str_equal(field, str_of("language:"))) {
        choices_offer_languages(choices);
    } else if (str_equal(field, str_of("channel:"))) {
        choices_offer_channels(app, choices);
    } else if (str_equal(field, str_of("moderator:"))) {
        choices_offer_people(app, choices);
    } else if (str_equal(field, str_of("by:"))) {
        choices_offer(choices, str_of("day"));
        choices_offer(choices, str_of("week"));
    }
}

/* Field names, and behind the colon what there is of them. */
static size_t complete_filter(struct app *app, struct str word, struct arena *arena,
                              struct str **items)
{
    size_t count = 0;
    while (figure_fields[count].name)
        count++;
    const char **fields = arena_new(arena, count + 1, sizeof *fields);
    for (size_t i = 0; i < count; i++)
        fields[i] = arena_printf(arena, "%s:", figure_fields[i].name);
    return choices_complete(app, word, fields, offer_values, arena, items);
}

static const struct prompt_kind filter_prompt = {
    .title = N_("Narrow"),
    .hint =
        N_("from: to: agency: consultation: language: channel: moderator: by: (Tab completes). An "
           "empty line shows everything again."),
    .history = "figures-history",
    .complete = complete_filter,
    .submit = submit_filter,
};

void figures_filter_line(struct app *app, struct str argument)
{
    struct str now = figure_filter_text(&figures_topmost(app)->filter, &app->canvas.arena);
    if (argument.size > 0)
        submit_filter(app, argument);
    else
        prompt_open_behind(app, &filter_prompt, now);
}

void figures_weeks(struct app *app, struct str argument)
{
    struct figures_screen *figures = figures_topmost(app);
    (void)argument;
    figures->filter.by = str_of(figures->scope.weeks ? "day" : "week");
    figures_remember(app, figures);
    figures_read_anew(app, figures);
}
