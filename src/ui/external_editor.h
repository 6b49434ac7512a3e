/* The person's own editor, for a text that is being written here. */
#ifndef UI_EXTERNAL_EDITOR_H
#define UI_EXTERNAL_EDITOR_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"
#include "term/terminal.h"

enum { EXTERNAL_BYTES_MOST = 1 << 20 };

/* Opens $VISUAL, else $EDITOR, else vi on a private copy of text and waits until it ends.
 *
 * The copy lies alone in a folder that only this user can enter (in $XDG_RUNTIME_DIR, else /tmp)
 * and is gone when this returns, however it ended. The terminal is given back for that time. The
 * editor runs without the group the program may have been installed with.
 *
 * text    may be empty; it is not changed
 * edited  receives what was written, valid UTF-8, without the newline editors add at the end;
 *         untouched unless OK is returned
 *
 * Returns OK; STATUS_IO with *error filled when the editor could not be run, failed, or left what is
 * no text file or is larger than EXTERNAL_BYTES_MOST. */
enum status external_edit(struct terminal *terminal, struct str text, struct buffer *edited,
                          struct error *error);

#endif
