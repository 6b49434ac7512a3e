/* Asking, waiting no longer than is bearable, and choosing. Answers that come late are as good: the
 * screen is then drawn anew. */
#include "term/terminal_mode.h"

#include "base/moment.h"
#include "term/remembered.h"

#include <string.h>

enum {
    /* A multiplexer that hands nothing on does not say so; the terminal around it is waited for
     * only so long. */
    OUTER_PATIENCE_MS = 60,
    /* A multiplexer that was just started with the program has no terminal yet to hand a question on
     * to; it is then asked once more. */
    AGAIN_MS = 3000,
    LATEST_MS = 10000, /* an answer that takes longer is not waited for by the keys either */
};

static enum multiplexer multiplexer_of(const struct terminal_mode *mode)
{
    return answers_multiplexer(&mode->answers, mode->type);
}

/* Nothing depends on the answers where visual order was told, and the Linux console is known by its
 * type. */
static bool is_worth_asking(const struct terminal_mode *mode)
{
    bool visual = mode->told == WIRE_EXPLICIT || mode->told == WIRE_PLAIN;
    return !visual && !(mode->type && strcmp(mode->type, "linux") == 0);
}

static void ask_outer(struct terminal_mode *mode, struct buffer *bytes)
{
    answers_add_outer_question(bytes, multiplexer_of(mode));
    mode->answers.outer_by = multiplexer_of(mode);
}

void mode_ask(struct terminal_mode *mode, struct buffer *bytes)
{
    if (!is_worth_asking(mode))
        return;
    if (answers_awaited(&mode->answers))
        return; /* the answers to two questions could not be told apart */
    mode->answers = (struct answers){.asked = true};
    mode->asked_ms = moment_monotonic_ms();
    buffer_add(bytes, answers_question());
    if (multiplexer_of(mode) != MULTIPLEXER_NONE)
        ask_outer(mode, bytes);
}

/* True when nothing came from around the multiplexer for so long that the question was lost. */
static bool outer_is_silent(const struct terminal_mode *mode)
{
    const struct answers *answers = &mode->answers;
    return answers->own.ended && answers->outer_by != MULTIPLEXER_NONE && !answers->outer.ended &&
           !answers->open && !answers->given_up && !answers->again &&
           moment_monotonic_ms() - mode->asked_ms >= AGAIN_MS;
}

void mode_ask_further(struct terminal_mode *mode, struct buffer *bytes)
{
    const struct answers *answers = &mode->answers;
    /* The type may have named another one than answered. */
    if (answers->own.ended && !answers->outer.ended && multiplexer_of(mode) != answers->outer_by)
        ask_outer(mode, bytes);
    else if (outer_is_silent(mode)) {
        ask_outer(mode, bytes);
        mode->answers.again = true;
    }
}

int mode_wait_ms(struct terminal_mode *mode)
{
    int64_t passed = moment_monotonic_ms() - mode->asked_ms, most = mode->patience_ms;
    if (!mode->answers.asked || answers_ended(&mode->answers))
        return 0;
    if (passed > LATEST_MS)
        mode->answers.given_up = true;
    if (mode->answers.own.ended && most > OUTER_PATIENCE_MS)
        most = OUTER_PATIENCE_MS;
    return passed < most ? (int)(most - passed) : 0;
}

/* The mode by memory or knowledge, and why. */
static enum wire_mode find(struct terminal_mode *mode, const struct terminal_kind *kind,
                           enum mode_reason *reason)
{
    const char *key = terminal_kind_key(&mode->answers, mode->type, &mode->arena);
    enum wire_mode wire = remembered_mode(mode->remembered, key);
    *reason = MODE_REMEMBERED;
    if (wire == WIRE_AUTOMATIC) {
        wire = terminal_kind_mode(kind, multiplexer_of(mode));
        *reason = MODE_KNOWN;
    }
    if (wire == WIRE_AUTOMATIC) {
        wire = WIRE_EXPLICIT;
        *reason = MODE_UNKNOWN;
    }
    return wire;
}

bool mode_choose(struct terminal_mode *mode)
{
    const struct terminal_kind *kind = terminal_kind_find(&mode->answers, mode->type);
    const struct wire_profile *profile =
        kind && kind->profile ? kind->profile : &wire_profile_putty;
    enum mode_reason reason = MODE_TOLD;
    enum wire_mode wire = mode->told;
    if (wire == WIRE_AUTOMATIC)
        wire = find(mode, kind, &reason);
    arena_reset(&mode->arena);
    bool outer = multiplexer_of(mode) != MULTIPLEXER_NONE;
    const struct answer *shown = outer ? &mode->answers.outer : &mode->answers.own;
    bool light = shown->coloured && shown->light;
    bool changed = wire != mode->wire ||
                   (wire == WIRE_IMPLICIT && (profile != mode->profile || light != mode->light));
    mode->wire = wire;
    mode->profile = profile;
    mode->reason = reason;
    mode->light = light;
    return changed;
}

enum status mode_settle(struct terminal_mode *mode, enum wire_mode wire, struct error *error)
{
    const char *key = terminal_kind_key(&mode->answers, mode->type, &mode->arena);
    enum status status = remembered_set(mode->remembered, key, wire, error);
    mode->told = status ? wire : WIRE_AUTOMATIC;
    mode_choose(mode);
    return status;
}

void mode_free(struct terminal_mode *mode)
{
    arena_free(&mode->arena);
}
