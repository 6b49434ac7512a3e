/* A session: the real program on a pseudo-terminal, and an emulator that shows what it sends. */
#ifndef SCREENS_SESSION_H
#define SCREENS_SESSION_H

#include "base/buffer.h"
#include "base/error.h"
#include "screens/identity.h"
#include "screens/screen_text.h"
#include "term/press.h"

#include <pwd.h>
#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

struct session_options {
    char *const *arguments;   /* the program's path first, NULL last */
    char *const *environment; /* all of it, NULL last */
    int width, height;
    const struct identity *identity; /* the terminal to be; NULL: libvterm itself */
    const struct passwd *user;       /* who runs it; NULL: the runner's own */
};

/* A running or ended program. Its parent is a keeper, which does for it what a shell would: leads
 * the session, passes a hangup on, and tells how it ended. */
struct session {
    pid_t keeper, program;
    int master, slave; /* of the pseudo-terminal; -1 after a hangup */
    int report;        /* from the keeper: the program's id, then its status */
    bool ended;
    int status; /* as waitpid() gives it, once ended */

    VTerm *emulator;
    VTermScreen *screen;
    struct screen_view view;
    const struct identity *identity;
    size_t looked;      /* of sent, how much was searched for questions */
    struct buffer held; /* answers that wait for session_answer() */
    bool muted;         /* what the emulator answers by itself is dropped */
    int width, height;
    bool alternate, cursor_shown, mouse; /* as the program set them */
    struct buffer sent;                  /* every byte that came from the program */
    struct buffer pending;               /* what the emulator wants to send to it */
    long switches; /* the program's context switches when input last went to it */
};

/* Starts the program. session_end() must follow. */
enum status session_start(struct session *session, const struct session_options *options,
                          struct error *error);

/* Waits at most time_ms for the program's end; true when it has ended. */
bool session_wait_for_end(struct session *session, int time_ms);

/* Kills what still runs, waits at most time_ms for its end, and releases everything. */
void session_end(struct session *session, int time_ms);

/* Takes what the program sent, waiting at most time_ms for it. */
void session_pump(struct session *session, int time_ms);

/* True when the program has read what was sent to it and waits for more (or has ended): what is on
 * the screen is then its answer. */
bool session_settled(struct session *session);

/* Lets the answers go that are held back. */
void session_answer(struct session *session);

/* Sends a key as xterm does, or bytes as they are, or a text between the brackets of a paste. */
void session_press(struct session *session, const struct press *press);
void session_send(struct session *session, struct str bytes);
void session_paste(struct session *session, struct str text);

/* Presses and releases a mouse button (1, or 4 and 5 for the wheel) on a cell, counted from 0. */
void session_click(struct session *session, int button, int row, int column);

void session_resize(struct session *session, int width, int height);
void session_signal(struct session *session, int signal_number);

/* Ends the line: the other side of the pseudo-terminal is closed. */
void session_hangup(struct session *session);

#endif
