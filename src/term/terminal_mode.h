/* How frames are sent to this terminal, and how that was found: told by the person, remembered from
 * when it was settled by a key, known of such terminals, or none of these. */
#ifndef TERM_TERMINAL_MODE_H
#define TERM_TERMINAL_MODE_H

#include "base/arena.h"
#include "base/error.h"
#include "term/terminal_kind.h"

#include <stdbool.h>
#include <stdint.h>

/* Why a mode was chosen; the first that applies. */
enum mode_reason {
    MODE_TOLD,       /* by the command line, the environment or the settings */
    MODE_REMEMBERED, /* settled before by this person on this kind of terminal */
    MODE_KNOWN,      /* it is a terminal that was tried */
    MODE_UNKNOWN,    /* nothing is known: every cell is sent where it is to be seen */
};

struct terminal_mode {
    /* What was wished, set before mode_ask(). */
    enum wire_mode told;    /* WIRE_AUTOMATIC: nothing */
    int patience_ms;        /* how long the first frame waits for the answers */
    const char *remembered; /* path of the file; NULL: none */
    const char *type;       /* $TERM, or NULL */

    /* What was found. */
    enum wire_mode wire;                /* never WIRE_AUTOMATIC once mode_choose() was called */
    const struct wire_profile *profile; /* for WIRE_IMPLICIT */
    enum mode_reason reason;
    bool light; /* the terminal's background is a light one, as far as is known */
    struct answers answers;
    int64_t asked_ms;   /* by moment_monotonic_ms(); 0: not yet */
    struct arena arena; /* scratch */
};

/* The wait that is usual: longer than a line across a continent takes, shorter than is noticed. */
enum { MODE_PATIENCE_MS = 150 };

/* Adds the question to bytes, if there is anything to ask; the caller sends them at once. Asking
 * again forgets the old answers, and keeps the mode until new ones came. */
void mode_ask(struct terminal_mode *mode, struct buffer *bytes);

/* Adds the question to a terminal around a multiplexer, when it is time for it: once, and once more
 * when it stays silent. */
void mode_ask_further(struct terminal_mode *mode, struct buffer *bytes);

/* How long the answers may still take, in milliseconds; 0 when all came or the time is over. */
int mode_wait_ms(struct terminal_mode *mode);

/* Chooses by what is known so far. True when frames are to be sent otherwise than before. */
bool mode_choose(struct terminal_mode *mode);

/* Settles the mode for this terminal, now and for later. STATUS_IO when it cannot be remembered; it
 * holds all the same. */
enum status mode_settle(struct terminal_mode *mode, enum wire_mode wire, struct error *error);

void mode_free(struct terminal_mode *mode);

#endif
