/* What Tab offers. */
#include "ui/choices.h"

#include "store/channels.h"
#include "store/people.h"

static bool starts_with_any_case(struct str text, struct str beginning)
{
    if (beginning.size > text.size)
        return false;
    for (size_t i = 0; i < beginning.size; i++) {
        char a = text.data[i], b = beginning.data[i];
        if (a >= 'A' && a <= 'Z')
            a = (char)(a - 'A' + 'a');
        if (b >= 'A' && b <= 'Z')
            b = (char)(b - 'A' + 'a');
        if (a != b)
            return false;
    }
    return true;
}

void choices_offer(struct choices *choices, struct str value)
{
    enum { CHOICES_FIRST = 16 };
    struct str whole = str_of(
        arena_printf(choices->arena, "%.*s%.*s", STR_FORMAT(choices->prefix), STR_FORMAT(value)));
    if (!starts_with_any_case(whole, choices->word))
        return;
    if (choices->count == choices->capacity) {
        size_t capacity = choices->capacity ? 2 * choices->capacity : CHOICES_FIRST;
        struct str *items = arena_new(choices->arena, capacity, sizeof *items);
        if (choices->count > 0)
            memcpy(items, choices->items, choices->count * sizeof *items);
        choices->items = items;
        choices->capacity = capacity;
    }
    choices->items[choices->count++] = whole;
}

void choices_offer_agencies(const struct app *app, struct choices *choices)
{
    for (size_t i = 0; i < app->catalog.agency_count; i++)
        choices_offer(choices, app->catalog.agencies[i].slug);
}

void choices_offer_consultations(const struct app *app, struct choices *choices)
{
    for (size_t i = 0; i < app->catalog.consultation_count; i++)
        choices_offer(choices, app->catalog.consultations[i].slug);
}

void choices_offer_languages(struct choices *choices)
{
    choices_offer(choices, str_of("ar"));
    choices_offer(choices, str_of("en"));
}

/* Where these can't be read nothing is offered: the line can be typed all the same. */
void choices_offer_channels(const struct app *app, struct choices *choices)
{
    struct str *channels;
    size_t count;
    struct error error;
    if (channel_list(app->desk->store, choices->arena, &channels, &count, &error) != OK)
        return;
    for (size_t i = 0; i < count; i++)
        choices_offer(choices, channels[i]);
}

void choices_offer_people(const struct app *app, struct choices *choices)
{
    struct moderator *people;
    size_t count;
    struct error error;
    if (moderator_list(app->desk->store, choices->arena, &people, &count, &error) != OK)
        return;
    for (size_t i = 0; i < count; i++)
        choices_offer(choices, people[i].login);
}

size_t choices_complete(struct app *app, struct str word, const char *const *fields,
                        void (*values)(struct app *app, struct choices *choices),
                        struct arena *arena, struct str **items)
{
    struct choices choices = {.arena = arena, .word = word};
    const char *colon = word.size > 0 ? memchr(word.data, ':', word.size) : NULL;
    if (colon) {
        choices.prefix = str_part(word, 0, (size_t)(colon - word.data) + 1);
        values(app, &choices);
    } else {
        for (size_t i = 0; fields[i]; i++)
            choices_offer(&choices, str_of(fields[i]));
    }
    *items = choices.items;
    return choices.count;
}
