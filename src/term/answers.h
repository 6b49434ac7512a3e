/* What a terminal says of itself when it is asked: the question as bytes, the answers as they come
 * out of the key stream. Pure: it reads and writes no descriptor.
 *
 * One question asks, in this order: for a status report (DSR 5), the answerback (ENQ), the name and
 * version (XTVERSION), the secondary device attributes, the background's colour (OSC 11) and the
 * primary device attributes. Every terminal in use answers the first and the last, so that the end
 * of the answers is known without waiting; and the answerback, which is bare text, stands between
 * two answers that no key can be taken for. */
#ifndef TERM_ANSWERS_H
#define TERM_ANSWERS_H

#include "base/buffer.h"
#include "term/terminal_keymap.h"

#include <stdbool.h>

enum {
    ANSWER_TEXT_BYTES = 64,   /* of a name or an answerback; the rest is dropped */
    ANSWER_ATTRIBUTES = 3,    /* the secondary device attributes: type, version, cartridge */
    ANSWER_STRING_BYTES = 128 /* of an answer that is a control string */
};

/* What one terminal said; empty and false where it said nothing. */
struct answer {
    char version[ANSWER_TEXT_BYTES];    /* such as "XTerm(379)" */
    char answerback[ANSWER_TEXT_BYTES]; /* such as "PuTTY" */
    unsigned attributes[ANSWER_ATTRIBUTES];
    bool attributed; /* attributes were given */
    bool light;      /* the background is nearer to white than to black; if coloured */
    bool coloured;   /* the background's colour was given */
    bool ended;      /* the last answer came */
};

/* What is between the terminal and the program. */
enum multiplexer { MULTIPLEXER_NONE, MULTIPLEXER_TMUX, MULTIPLEXER_SCREEN };

/* A question, or two: the outer one goes through a multiplexer to the terminal around it.
 * Zero-initialise; who sends a question sets asked, outer_by or again, and
 * who looks at the answers clears fresh. */
struct answers {
    struct answer own, outer;
    bool asked, again;         /* again: the outer question was sent a second time */
    enum multiplexer outer_by; /* what the outer question went through; none: it was not sent */
    bool given_up; /* it took too long: answers are still taken, but nothing waits for them */
    bool fresh;    /* a last answer came since this was cleared */
    bool open;     /* the first answer came and the last did not: bare text is an answerback */
};

/* The question, as bytes to send. A constant. */
struct str answers_question(void);

/* Adds the same question, wrapped so that the multiplexer hands it to the terminal around it. */
void answers_add_outer_question(struct buffer *bytes, enum multiplexer multiplexer);

/* Which multiplexer has answered, or is named by the terminal type ($TERM; may be NULL). */
enum multiplexer answers_multiplexer(const struct answers *answers, const char *type);

/* True when all that was asked has been answered to the end. */
bool answers_ended(const struct answers *answers);

/* True when more answers may come any moment. */
bool answers_awaited(const struct answers *answers);

/* What the key decoder found: a control sequence; a control string, opened by ESC and kind; text
 * that stands where an answerback may. */
void answers_take_csi(struct answers *answers, const struct csi *csi);
void answers_take_string(struct answers *answers, char kind, struct str content);
void answers_take_text(struct answers *answers, struct str text);

#endif
