/* What Tab offers while a line is typed: a growing list of what could stand for a word. */
#ifndef UI_CHOICES_H
#define UI_CHOICES_H

#include "ui/screen.h"

/* Zero but for arena and word. */
struct choices {
    struct arena *arena;
    struct str word;   /* the word that is typed: what is offered begins with it, in any case */
    struct str prefix; /* a field with its colon, which stands before every value */
    struct str *items;
    size_t count, capacity;
};

/* Adds prefix and value, where that begins with the word. */
void choices_offer(struct choices *choices, struct str value);

/* The same of each of these. */
void choices_offer_agencies(const struct app *app, struct choices *choices);
void choices_offer_consultations(const struct app *app, struct choices *choices);
void choices_offer_languages(struct choices *choices);
void choices_offer_channels(const struct app *app, struct choices *choices);
/* By their logins. */
void choices_offer_people(const struct app *app, struct choices *choices);

/* For a word that is "field:value": the values of its field, or, before the colon, the fields. The
 * two are a prompt_kind's complete().
 * fields  with their colon, NULL behind the last
 * values  offers those of choices->prefix */
size_t choices_complete(struct app *app, struct str word, const char *const *fields,
                        void (*values)(struct app *app, struct choices *choices),
                        struct arena *arena, struct str **items);

#endif
