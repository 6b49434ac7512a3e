/* Which key a character or a sequence of a terminal means. terminal_keys.c finds where a sequence
 * begins and ends. */
#ifndef TERM_TERMINAL_KEYMAP_H
#define TERM_TERMINAL_KEYMAP_H

#include "base/str.h"
#include "term/press.h"

#include <stdbool.h>

enum { CSI_PARAMETERS = 4 /* that a key's sequence has at most */ };

/* A control sequence: CSI, parameter bytes, intermediate bytes, one final byte. */
struct csi {
    char mark; /* a private first parameter byte: one of < = > ? or 0 */
    unsigned parameters[CSI_PARAMETERS];
    unsigned count;
    char intermediate; /* the last one, or 0 */
    char final;
};

/* Reads the parameter bytes of a control sequence into csi (ECMA-48, section 5.4.2). Sub-parameters
 * behind a colon and numbers that no key has are passed over. */
void csi_read_parameters(struct str bytes, struct csi *csi);

/* The functions below fill *press and return true when there is such a key. */

/* A character typed, or named by a sequence such as CSI 13 u. */
bool key_of_codepoint(uint32_t codepoint, struct press *press);

/* The final letter of CSI or SS3. */
bool key_of_letter(char letter, struct press *press);

/* A whole control sequence, with its modifiers. */
bool key_of_csi(const struct csi *csi, struct press *press);

/* Adds the modifiers of xterm's parameter: 1 and the sum of shift 1, alt 2, control 4, meta 8; 0 is
 * none. */
void key_add_modifiers(struct press *press, unsigned parameter);

#endif
