/* A line being typed at the foot of the screen: commands, searches, filters, tags, notes. */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "ui/screen.h"

/* What a prompt is for; lives as long as the program. */
struct prompt_kind {
    const char *title;   /* N_() words before the line, such as "Search" */
    const char *hint;    /* N_() words above the line; NULL for none */
    const char *history; /* the name of the setting that keeps what was entered; NULL for none */
    /* The name of the setting that keeps an unfinished line about the subject, which the prompt takes
     * up again the next time it is opened empty on that comment; NULL for none. */
    const char *draft;
    /* Fills choices (in arena) with what could stand for the word at the caret; NULL: no
     * completion. Returns how many. */
    size_t (*complete)(struct app *app, struct str word, struct arena *arena, struct str **choices);
    /* Told of the text when typing pauses after it changed, and when the prompt is called off. May be
     * NULL. */
    void (*changed)(struct app *app, struct str text);
    void (*cancelled)(struct app *app);
    /* Takes the finished text; the prompt is closed by then. */
    void (*submit)(struct app *app, struct str text);
};

/* Opens a prompt with text already in it. */
void prompt_open(struct app *app, const struct prompt_kind *kind, struct str text);
/* The same to go on behind it: with a blank at its end, where it is not empty. */
void prompt_open_behind(struct app *app, const struct prompt_kind *kind, struct str text);

/* Commands, for the prompt on top. */
void prompt_accept(struct app *app, struct str argument);
void prompt_cancel(struct app *app, struct str argument);
void prompt_complete(struct app *app, struct str argument);
void prompt_earlier(struct app *app, struct str argument);
void prompt_later(struct app *app, struct str argument);

#endif
