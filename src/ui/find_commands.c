/* The commands that choose which comments are shown. */
#include "ui/find_commands.h"

#include "base/digits.h"
#include "store/saved.h"
#include "ui/choices.h"
#include "ui/picker.h"
#include "ui/prompt.h"
#include "ui/queue_screen.h"
#include "ui/search_live.h"
#include "ui/words.h"

#include <inttypes.h>

void find_pending(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_PENDING, false);
}

void find_approved(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_APPROVED, false);
}

void find_rejected(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_REJECTED, false);
}

void find_spam(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_SPAM, false);
}

void find_held(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_HELD, false);
}

void find_escalated(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_ESCALATED, false);
}

void find_all(struct app *app, struct str argument)
{
    (void)argument;
    queue_set_state(app, STATE_PENDING, true);
}

/* The first item is "all"; the others follow the catalog. */
static void consultation_chosen(struct app *app, size_t index)
{
    struct str slug = {0};
    if (index > 0 && index <= app->catalog.consultation_count)
        slug = app->catalog.consultations[index - 1].slug;
    queue_set_consultation(app, slug);
}

/* How many of a consultation's comments wait, for its row; empty when that can't be read. */
static struct str waiting_words(struct app *app, struct str slug)
{
    struct query query = {.consultation = slug};
    int64_t counts[STATE_COUNT];
    struct error error;
    if (queue_counts(app->desk->store, &query, QUEUE_COUNT_MOST, counts, &error) != OK)
        return (struct str){0};
    return str_of(
        arena_printf(&app->canvas.arena, _("%s pending"), app_number(app, counts[STATE_PENDING])));
}

void find_consultation(struct app *app, struct str argument)
{
    if (argument.size > 0) {
        queue_set_consultation(app, argument);
        return;
    }
    size_t count = app->catalog.consultation_count + 1, at = 0;
    struct picker_item *items = arena_new(&app->canvas.arena, count, sizeof *items);
    items[0] = (struct picker_item){str_of(_("All consultations")),
                                    waiting_words(app, (struct str){0}), STYLE_STRONG};
    for (size_t i = 1; i < count; i++) {
        const struct consultation *consultation = &app->catalog.consultations[i - 1];
        items[i] = (struct picker_item){label_in(&consultation->title, language_code()),
                                        waiting_words(app, consultation->slug), STYLE_NORMAL};
        if (str_equal(consultation->slug, app->queue->filter.consultation))
            at = i;
    }
    picker_open(app, _("Which consultation?"), items, count, at, consultation_chosen);
}

/* A name with blanks is offered as it must be typed. */
static void offer_saved(struct app *app, struct choices *choices)
{
    struct saved_search *searches;
    size_t count;
    struct error error;
    if (saved_search_list(app->desk->store, app->desk->self.id, choices->arena, &searches, &count,
                          &error) != OK)
        return;
    for (size_t i = 0; i < count; i++) {
        struct query query = {.saved = searches[i].name};
        struct str line = query_text(&query, choices->arena);
        choices_offer(choices, str_part(line, choices->prefix.size, line.size));
    }
}

/* The sections of the consultation that is shown. */
static void offer_sections(struct app *app, struct choices *choices)
{
    struct section *sections;
    size_t count;
    struct error error;
    struct str shown = app->queue->filter.consultation;
    for (size_t i = 0; i < app->catalog.consultation_count; i++) {
        const struct consultation *each = &app->catalog.consultations[i];
        if (!str_equal(each->slug, shown) ||
            section_list(app->desk->store, each->id, choices->arena, &sections, &count, &error) !=
                OK)
            continue;
        for (size_t k = 0; k < count; k++)
            choices_offer(choices, str_of(arena_printf(choices->arena, "%d", sections[k].ordinal)));
    }
}

static void offer_values(struct app *app, struct choices *choices)
{
    const struct catalog *catalog = &app->catalog;
    struct str field = choices->prefix;
    if (str_equal(field, str_of("state:")))
        for (int state = 0; state < STATE_COUNT; state++)
            choices_offer(choices, str_of(state_name((enum comment_state)state)));
    else if (str_equal(field, str_of("consultation:")))
        choices_offer_consultations(app, choices);
    else if (str_equal(field, str_of("agency:")))
        choices_offer_agencies(app, choices);
    else if (str_equal(field, str_of("tag:")))
        for (size_t i = 0; i < catalog->tag_count; i++)
            choices_offer(choices, catalog->tags[i].slug);
    else if (str_equal(field, str_of("section:")))
        offer_sections(app, choices);
    else if (str_equal(field, str_of("saved:")))
        offer_saved(app, choices);
    else if (str_equal(field, str_of("proposed:")) || str_equal(field, str_of("assigned:"))) {
        choices_offer(choices, str_of("me"));
        choices_offer(choices, str_of("any"));
        choices_offer_people(app, choices);
        for (size_t i = 0; str_equal(field, str_of("assigned:")) && i < catalog->agency_count; i++)
            choices_offer(choices, str_of(arena_printf(choices->arena, "@%.*s",
                                                       STR_FORMAT(catalog->agencies[i].slug))));
    } else if (str_equal(field, str_of("late:"))) {
        choices_offer(choices, str_of("decide"));
        choices_offer(choices, str_of("answer"));
    } else if (str_equal(field, str_of("lang:"))) {
        choices_offer_languages(choices);
    } else if (str_equal(field, str_of("channel:"))) {
        choices_offer_channels(app, choices);
    }
}

/* Field names, and behind the colon what the field can be. */
static size_t complete_query(struct app *app, struct str word, struct arena *arena,
                             struct str **items)
{
    return choices_complete(app, word, query_fields, offer_values, arena, items);
}

/* Parses what was typed; on an error the prompt comes back with the text, and the sentence. */
static bool parse(struct app *app, const struct prompt_kind *kind, struct str text,
                  struct arena *arena, struct query *query)
{
    struct error error;
    size_t at;
    enum status status = query_parse(text, arena, query, &at, &error);
    if (status == OK)
        status = desk_query(app->desk, query, arena, &error);
    if (status == OK)
        return true;
    prompt_open(app, kind, text);
    return app_check(app, status, &error);
}

static void submit_words(struct app *app, struct str text);
static void submit_filter(struct app *app, struct str text);

static const struct prompt_kind words_prompt = {
    .title = N_("Search"),
    .hint =
        N_("words, or \"a phrase\"; all must be there. begin*, -without, one OR other, ~spelled; "
           "fields such as lang:ar work too."),
    .history = "search-history",
    .complete = complete_query,
    .changed = search_live_changed,
    .cancelled = search_live_cancelled,
    .submit = submit_words,
};

static const struct prompt_kind filter_prompt = {
    .title = N_("Filter"),
    .hint = N_(
        "Tab completes, such as late:decide, due:<+2d, channel:web. An empty line shows the whole "
        "queue again."),
    .history = "search-history",
    .complete = complete_query,
    .submit = submit_filter,
};

static void say_found(struct app *app)
{
    int64_t total = app->queue->model.total;
    app_say(app, STYLE_NORMAL,
            ngettext("%s comment found", "%s comments found", (unsigned long)total),
            app_number(app, total));
}

static void submit_words(struct app *app, struct str text)
{
    struct arena arena = {0};
    struct query query;
    search_live_end(app);
    if (parse(app, &words_prompt, text, &arena, &query)) {
        search_live_narrow(app, &query);
        if (queue_set_filter(app, &query))
            say_found(app);
    }
    arena_free(&arena);
}

static void submit_filter(struct app *app, struct str text)
{
    struct arena arena = {0};
    struct query query;
    if (parse(app, &filter_prompt, text, &arena, &query) && queue_set_filter(app, &query))
        say_found(app);
    arena_free(&arena);
}

void find_words(struct app *app, struct str argument)
{
    if (argument.size > 0)
        submit_words(app, argument);
    else {
        search_live_begin(app);
        prompt_open(app, &words_prompt, (struct str){0});
    }
}

void find_filter(struct app *app, struct str argument)
{
    struct str now = query_text(&app->queue->filter, &app->canvas.arena);
    if (argument.size > 0)
        submit_filter(app, argument);
    else
        prompt_open_behind(app, &filter_prompt, now);
}

void find_number(struct app *app, struct str argument)
{
    long long id;
    argument = digits_european(&app->canvas.arena, argument);
    if (argument.size > 0 && argument.data[0] == '#')
        argument = str_part(argument, 1, argument.size);
    if (!str_to_int64(argument, &id)) {
        app_say(app, STYLE_BAD, _("Which comment? Write its number, as in :goto 12"));
        return;
    }
    queue_show(app, id);
}
