/* Screens: what stands on the terminal, one above the other, and the program they share.
 *
 * A screen is a table of functions and its own data. The topmost one gets the keys; all are drawn,
 * lowest first, so that a picker or a prompt stands over the queue it belongs to. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include "base/buffer.h"
#include "base/language.h"
#include "desk/desk.h"
#include "term/canvas.h"
#include "term/press.h"
#include "term/terminal.h"

#include <stdbool.h>

/* Where a command's keys work; bits, so that one row can name several. */
enum context {
    CONTEXT_LIST = 1 << 0,       /* the queue, list in focus */
    CONTEXT_COMMENT = 1 << 1,    /* the queue, comment in focus or full screen */
    CONTEXT_RESPOND = 1 << 2,    /* writing a response */
    CONTEXT_STATISTICS = 1 << 3, /* the figures */
    CONTEXT_HELP = 1 << 4,       /* help */
    CONTEXT_PICKER = 1 << 5,     /* choosing from a list */
    CONTEXT_PROMPT = 1 << 6,     /* a line being typed */
    CONTEXT_TERMINAL = 1 << 7,   /* samples of Arabic on this terminal */
    CONTEXT_SECOND = 1 << 8,     /* second looks */
};

enum { MINIMUM_WIDTH = 80, MINIMUM_HEIGHT = 24 };

struct app;
struct screen;

struct screen_type {
    /* Which commands' keys work now. */
    enum context (*context)(const struct screen *screen);
    /* Draws into the canvas's box; the last two rows of the terminal belong to the program. */
    void (*draw)(struct app *app, struct screen *screen, struct box box);
    /* A press that no command of this context took; true when it meant something. May be NULL. */
    bool (*press)(struct app *app, struct screen *screen, const struct press *press);
    /* The database changed, by this program or another: read again. May be NULL. */
    void (*refresh)(struct app *app, struct screen *screen);
    /* Nothing is being typed now: a moment to keep what was. May be NULL. */
    void (*settle)(struct app *app, struct screen *screen);
    /* Releases the screen; what was typed is kept first. */
    void (*close)(struct app *app, struct screen *screen);
    bool overlay; /* stands over the screen below, which is drawn too */
};

/* The first member of every screen's own struct. */
struct screen {
    const struct screen_type *type;
    struct screen *below;
};

/* What is read once and seldom changes: lists for pickers and names for ids. */
struct catalog {
    struct arena arena;
    struct agency *agencies;
    struct consultation *consultations;
    struct reason *reasons;
    struct tag *tags;
    struct template *templates;
    size_t agency_count, consultation_count, reason_count, tag_count, template_count;
};

struct queue_screen;
struct job;

/* The program's state, given to everything in ui/. */
struct app {
    struct desk *desk;
    struct terminal *terminal;
    struct canvas canvas;
    struct screen *top;
    struct queue_screen *queue; /* the lowest screen, always there */
    /* What an open prompt or picker is about: the comment, and its revision, as it was when it
     * opened. The queue may move below it when others decide. */
    int64_t subject, subject_revision;
    struct target aim;  /* what a deed on the subject is meant for: it, or all of its cluster */
    int64_t responding; /* the comment a response is being written to; 0: none */
    int64_t judging;    /* the comment that is given a second look; 0: none */
    /* The claim this program holds: on which comment (0: none), when it is to be renewed (a moment),
     * how long it lasts; and what was refused, so that it is not asked for all the time. */
    struct {
        int64_t comment, renew_at, seconds;
        int64_t refused, refused_version, ask_again_ms;
    } claim;
    bool spreading;      /* the person came for the next comment, whichever it is */
    int64_t pressed_ms;  /* the last press (moment_monotonic_ms()) */
    int64_t unopened_ms; /* when reasons were asked for and not offered; 0: never */
    int64_t moved_ms;    /* when another's deed moved what is under the cursor; 0: never */
    int64_t left;        /* the comment that was under it then; 0: told already */
    int64_t seen_deed;   /* the trail's last row that was told of */
    bool news_waits;     /* there may be others' deeds to tell of */
    bool stale;          /* the screen shows what is no longer so */
    struct catalog catalog;
    char message[ERROR_BYTES]; /* the status line; empty for none */
    unsigned message_style;
    int64_t said_ms;            /* when it was said */
    struct press first_key;     /* the first of two keys, PRESS_NONE when no second is awaited */
    int64_t version;            /* of the database, as last seen */
    struct buffer session_kept; /* what is kept of this session: see ui/unfinished.h */
    bool unsettled;             /* keys came since the last settle() */
    struct job *job;            /* what is being done to many (ui/many.h); NULL: nothing */
    bool job_waits;             /* for another program that writes */
    bool behind;                /* comments are left whose look-alikes are still to be found */
    /* What to try again while another program holds the database; NULL: nothing. The next key
     * calls it off. */
    void (*again)(struct app *app);
    struct {
        enum action action;
        int64_t reason, only; /* the comment */
    } waiting;
    enum action asked; /* the decision of which is asked whom it is for */
    /* The reason chosen for a rejection that came to nothing, offered first the next time. */
    struct {
        int64_t comment, reason; /* comment 0: none */
    } refused;
    /* The figures looked at last: which set, and the filter's line. */
    struct {
        size_t set;
        char filter[512];
    } figures;
    bool leaving;
    bool cut_off;      /* leaving, and not because the person wished it */
    enum status ended; /* why the program has to be left, as the message says; OK: it has not */
};

/* Puts a screen on top; takes the topmost off and closes it. */
void screen_push(struct app *app, struct screen *screen);
void screen_pop(struct app *app);

/* A count in the interface's digits, for a sentence; it lives until the next frame is drawn. */
const char *app_number(struct app *app, int64_t number);

/* Shows a sentence in the status line until the next command; the format is translated already. */
void app_say(struct app *app, unsigned style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Shows an error's sentence and rings; nothing for OK. Returns true when status is OK. */
bool app_check(struct app *app, enum status status, const struct error *error);

/* Reads the catalog and all screens again. */
void app_refresh(struct app *app);

/* Switches the interface's language and mirrors the screen. */
void app_set_language(struct app *app, enum language language);

#endif
