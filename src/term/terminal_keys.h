/* The decoder: bytes of a terminal become presses. Pure: it reads no descriptor and knows no clock,
 * so that a test can give it any bytes at any pace. */
#ifndef TERM_TERMINAL_KEYS_H
#define TERM_TERMINAL_KEYS_H

#include "base/buffer.h"
#include "term/answers.h"
#include "term/press.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    PASTE_MOST_BYTES = 1024 * 1024, /* of one paste; the rest is dropped */
    KEYS_SEQUENCES = 64,            /* sequences that keys_learn() has room for */
    KEYS_SEQUENCE_BYTES = 16,       /* of one of them */
};

/* What a decoder is in the middle of. */
enum keys_state {
    KEYS_PLAIN,
    KEYS_PASTING,     /* between the brackets of a paste */
    KEYS_IN_STRING,   /* in a control string (OSC, DCS ...), whose content concerns nobody */
    KEYS_IN_SEQUENCE, /* in a control sequence that is too long for any key */
};

/* Zero-initialise ({0}) before the first use; keys_free() releases its memory. The fields but the
 * first belong to terminal_keys.c. */
struct keys {
    struct answers *answers; /* receives what the terminal says of itself; NULL: nobody asked */
    struct buffer input;     /* bytes not yet decoded, from consumed on */
    size_t consumed;
    struct buffer paste;
    struct buffer string; /* the beginning of the control string that is being passed over */
    char string_kind;     /* the byte that opened it behind ESC */
    enum keys_state state;
    struct {
        char bytes[KEYS_SEQUENCE_BYTES];
        size_t size;
        struct press press;
    } learnt[KEYS_SEQUENCES];
    size_t learnt_count;
};

void keys_free(struct keys *keys);

/* Teaches a sequence of this terminal (from terminfo) that stands for a key. Sequences that are
 * empty, too long, not begun by ESC, or one too many are passed over: the common forms are known
 * anyway. */
void keys_learn(struct keys *keys, const char *sequence, struct press press);

/* Adds bytes that came from the terminal. */
void keys_feed(struct keys *keys, const void *bytes, size_t size);

/* Decodes the next press.
 * silence_ms   for how long no byte has come; what could be a key or the start of a longer
 *              sequence is settled by it
 * press        receives the press; its pasted lives until the next call
 * patience_ms  receives how long a silence would settle what is there, -1 when nothing waits
 * Returns false when the bytes so far make no press. */
bool keys_next(struct keys *keys, int silence_ms, struct press *press, int *patience_ms);

#endif
