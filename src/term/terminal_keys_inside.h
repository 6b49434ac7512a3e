/* Inside the decoder: what terminal_keys.c and terminal_keys_string.c share. */
#ifndef TERM_TERMINAL_KEYS_INSIDE_H
#define TERM_TERMINAL_KEYS_INSIDE_H

#include "term/terminal_keys.h"

enum {
    /* A person's Esc is told from a sequence by the silence behind it. */
    ESCAPE_PATIENCE_MS = 25,
    /* A sequence that began has been sent by a machine: a slow line may cut it anywhere. */
    SEQUENCE_PATIENCE_MS = 1000,
    SEQUENCE_MOST_BYTES = 256, /* no sequence is longer; what is, is noise */
    /* Answers are sent in one go: text among them is a person's when no answer follows so long. */
    ANSWER_PATIENCE_MS = 200,
};

enum {
    BYTE_CANCEL = 0x18,     /* CAN and SUB end a sequence without effect */
    BYTE_SUBSTITUTE = 0x1a, /* (ECMA-48, section 8.3.6, and every terminal since the VT100) */
    BYTE_ESCAPE = 0x1b,
    BYTE_BELL = 0x07,
};

/* What a look at the bytes came to. */
enum outcome {
    GAVE_PRESS,
    GAVE_NOTHING, /* bytes were taken that mean no key */
    NEEDS_MORE,   /* nothing was taken; more bytes or more silence must come */
};

static inline unsigned char byte_at(struct str bytes, size_t at)
{
    return (unsigned char)bytes.data[at];
}

/* Text between a terminal's answers is its answerback, which is no typing: it is taken when the next
 * answer is there. Text that none follows is a person's after all. */
enum outcome keys_decode_answerback(struct keys *keys, struct str bytes, int silence_ms,
                                    size_t *taken, int *patience_ms);

/* Passes over a control string up to BEL, ST (ESC \\), or what cancels it. An ESC that begins
 * something else ends it too, and stays. An answer in it is taken. */
enum outcome keys_decode_string(struct keys *keys, struct str bytes, bool silent, size_t *taken);

/* Passes over the rest of a control sequence that is longer than any key's. */
enum outcome keys_decode_sequence_rest(struct keys *keys, struct str bytes, bool silent,
                                       size_t *taken);

#endif
