/* Which terminal it is, by its answers, and how frames are sent to it. Pure tables. */
#ifndef TERM_TERMINAL_KIND_H
#define TERM_TERMINAL_KIND_H

#include "base/arena.h"
#include "term/answers.h"
#include "term/wire.h"

/* How a finished row of cells reaches the wire. */
enum wire_mode {
    WIRE_AUTOMATIC, /* as the terminal's answers say; no frame is sent so itself */
    WIRE_EXPLICIT,  /* visual order, joined letters; the terminal is told to reorder nothing */
    WIRE_IMPLICIT,  /* logical rows, for terminals that reorder each row whatever they are told */
    WIRE_PLAIN,     /* visual order, letters in their plain forms, for fonts without joined ones */
    WIRE_MODE_COUNT
};

/* "automatic", "explicit" ...; a constant. wire_mode_parse() reads it back, "auto" too; false when it
 * is none. */
const char *wire_mode_name(enum wire_mode mode);
bool wire_mode_parse(struct str name, enum wire_mode *mode);

/* A terminal that was tried. */
struct terminal_kind {
    const char *name; /* its own, such as "PuTTY" */
    enum wire_mode mode;
    enum wire_mode mode_inside;         /* behind a multiplexer, which keeps CSI 8 l to itself */
    const struct wire_profile *profile; /* its ways when rows are sent in WIRE_IMPLICIT */
    bool settings_help; /* two of its settings would make it show frames as they are */
};

/* The terminal that shows the frames: the outer one where a multiplexer is between.
 * type  $TERM, which crosses every line; may be NULL
 * Returns a constant, or NULL when it is none that is known. */
const struct terminal_kind *terminal_kind_find(const struct answers *answers, const char *type);

/* How frames are sent to a kind, which may be NULL: WIRE_AUTOMATIC then. */
enum wire_mode terminal_kind_mode(const struct terminal_kind *kind, enum multiplexer multiplexer);

/* A line that names this terminal, to remember a choice by: what it answered that does not change
 * from day to day. Printable ASCII, in arena. */
const char *terminal_kind_key(const struct answers *answers, const char *type, struct arena *arena);

#endif
