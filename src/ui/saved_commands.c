/* Saved searches: by name, or from a picker. */
#include "ui/saved_commands.h"

#include "base/moment.h"
#include "store/saved.h"
#include "ui/picker.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"

/* What is kept is what one sees: the tab's state belongs to it. */
static struct query shown_query(const struct app *app)
{
    const struct queue_screen *queue = app->queue;
    struct query query = queue->filter;
    if (query.states == 0 && !queue->all_states)
        query.states = 1u << queue->state;
    return query;
}

static void save(struct app *app, struct str name)
{
    struct query query = shown_query(app);
    struct error error;
    name = str_trim(name);
    enum status status = desk_search_save(app->desk, name, &query, moment_now(), &error);
    if (app_check(app, status, &error))
        app_say(app, STYLE_GOOD, _("Saved as \"%.*s\": F shows it again"), STR_FORMAT(name));
}

static const struct prompt_kind save_prompt = {
    .title = N_("Save as"),
    .hint = N_("A name for this search. One that is there already is replaced."),
    .submit = save,
};

void search_save(struct app *app, struct str argument)
{
    if (argument.size > 0)
        save(app, argument);
    else
        prompt_open(app, &save_prompt, (struct str){0});
}

static void show(struct app *app, struct str name)
{
    struct arena arena = {0};
    struct query query = {.saved = name};
    struct error error;
    enum status status = desk_query(app->desk, &query, &arena, &error);
    if (app_check(app, status, &error) && queue_set_filter(app, &query))
        app_say(app, STYLE_NORMAL, _("Saved search: %.*s"), STR_FORMAT(name));
    arena_free(&arena);
}

static void forget(struct app *app, struct str name)
{
    struct error error;
    if (app_check(app, desk_search_delete(app->desk, name, &error), &error))
        app_say(app, STYLE_GOOD, _("Forgotten: %.*s"), STR_FORMAT(name));
}

/* Does something with the search at this place of the list, as it is now. */
static void with_search(struct app *app, size_t index,
                        void (*act)(struct app *app, struct str name))
{
    struct arena arena = {0};
    struct saved_search *searches;
    struct error error;
    size_t count;
    enum status status =
        saved_search_list(app->desk->store, app->desk->self.id, &arena, &searches, &count, &error);
    if (app_check(app, status, &error) && index < count)
        act(app, searches[index].name);
    arena_free(&arena);
}

static void show_chosen(struct app *app, size_t index)
{
    with_search(app, index, show);
}

static void forget_chosen(struct app *app, size_t index)
{
    with_search(app, index, forget);
}

static void choose(struct app *app, const char *title, void (*chosen)(struct app *, size_t))
{
    struct arena *arena = &app->canvas.arena;
    struct saved_search *searches;
    struct error error;
    size_t count;
    enum status status =
        saved_search_list(app->desk->store, app->desk->self.id, arena, &searches, &count, &error);
    if (!app_check(app, status, &error))
        return;
    if (count == 0) {
        app_say(app, STYLE_NORMAL, _("You have saved no search yet: W saves the one you see."));
        return;
    }
    struct picker_item *items = arena_new(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct picker_item){searches[i].name, searches[i].query, STYLE_NORMAL};
    picker_open(app, title, items, count, 0, chosen);
}

void search_saved(struct app *app, struct str argument)
{
    if (argument.size > 0)
        show(app, argument);
    else
        choose(app, _("Which search?"), show_chosen);
}

void search_forget(struct app *app, struct str argument)
{
    if (argument.size > 0)
        forget(app, argument);
    else
        choose(app, _("Forget which search?"), forget_chosen);
}
