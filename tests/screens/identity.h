/* Terminals that the emulator can be: what they answer when they are asked who they are, and in which
 * order they show a row. */
#ifndef SCREENS_IDENTITY_H
#define SCREENS_IDENTITY_H

#include "term/answers.h"
#include "term/wire.h"

#include <stdbool.h>

struct identity {
    const char *name;
    const char *answers;                /* to the question, as bytes; NULL: it says nothing */
    enum multiplexer between;           /* a multiplexer that hands its question on */
    const char *outer_answers;          /* of the terminal around that; NULL: it is not reached */
    const struct wire_profile *profile; /* how rows are reordered; NULL: they are not */
    bool late;                          /* the answers wait for the script's step "answer" */
};

/* The identity of this name, or NULL. */
const struct identity *identity_named(const char *name);

#endif
