/* Words of the interface for states, actions and times, in its language. */
#ifndef UI_WORDS_H
#define UI_WORDS_H

#include "base/arena.h"
#include "store/people.h"
#include "store/record.h"

/* "Pending" ...; what a decision did, "Approved" ...; the style that goes with a state. Constants.
 */
const char *word_state(enum comment_state state);
const char *word_action_done(enum action action);
/* The same in a history, behind a person's name: "approved it" ... A constant. */
const char *word_action_history(enum action action);
const char *word_role(enum role role);
const char *word_response_state(enum response_state state);
unsigned word_state_style(enum comment_state state);

/* The name of a language or of the way a comment came; an unknown code stays as it is. */
struct str word_language(struct str code);
struct str word_channel(struct str code);

enum { WORD_BYTES = 48 };

/* "5m", "3h", "12d": how long ago; for a column of a list. Returns out. */
const char *word_age(int64_t seconds, char out[static WORD_BYTES]);

/* "2d 3h", "45m"; "-" for a negative duration: there is none. Returns out. */
const char *word_duration(int64_t seconds, char out[static WORD_BYTES]);

/* A count, and a moment in the local time zone, in the interface's digits (see base/digits.h). In
 * arena, each followed by a NUL. */
struct str word_number(struct arena *arena, int64_t number);
struct str word_moment(struct arena *arena, int64_t seconds);

/* The author's name, or the word for someone without one. In the text's own bytes. */
struct str word_author(struct str author);

#endif
