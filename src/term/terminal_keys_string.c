/* What a terminal sends that is no key: control strings, sequences too long to be one, and its answers.
 * Nothing of it may be taken for typing. */
#include "term/terminal_keys_inside.h"

#include <string.h>

/* True when an answer can begin so: CSI with its first byte, DCS or OSC. */
static bool begins_answer(struct str bytes)
{
    if (bytes.size < 2 || bytes.data[0] != BYTE_ESCAPE)
        return false;
    if (bytes.data[1] == '[')
        return bytes.size > 2 && (bytes.data[2] == '?' || bytes.data[2] == '>');
    return bytes.data[1] == 'P' || bytes.data[1] == ']';
}

enum outcome keys_decode_answerback(struct keys *keys, struct str bytes, int silence_ms,
                                    size_t *taken, int *patience_ms)
{
    const char *escape = memchr(bytes.data, BYTE_ESCAPE, bytes.size);
    size_t size = escape ? (size_t)(escape - bytes.data) : bytes.size;
    struct str rest = str_part(bytes, size, bytes.size);
    *taken = 0;
    if (begins_answer(rest)) {
        answers_take_text(keys->answers, str_part(bytes, 0, size));
        *taken = size;
    } else if (rest.size < 3 && silence_ms < ANSWER_PATIENCE_MS) {
        *patience_ms = ANSWER_PATIENCE_MS;
        return NEEDS_MORE;
    } else {
        keys->answers->open = false;
    }
    return GAVE_NOTHING;
}

/* Keeps as much of a control string as an answer has. */
static void keep_string(struct keys *keys, struct str content)
{
    size_t room = ANSWER_STRING_BYTES + 1 - keys->string.size;
    buffer_add(&keys->string, str_part(content, 0, content.size < room ? content.size : room));
}

enum outcome keys_decode_string(struct keys *keys, struct str bytes, bool silent, size_t *taken)
{
    size_t at = 0, content = 0;
    bool ended = false;
    while (!ended && at < bytes.size) {
        unsigned char byte = byte_at(bytes, at);
        if (byte == BYTE_ESCAPE) {
            if (at + 1 == bytes.size)
                break; /* the first half of ST, perhaps */
            at += byte_at(bytes, at + 1) == '\\' ? 2 : 0;
            ended = true;
        } else {
            at++;
            ended = byte == BYTE_BELL || byte == BYTE_CANCEL || byte == BYTE_SUBSTITUTE;
            content += !ended;
        }
    }
    keep_string(keys, str_part(bytes, 0, content));
    if (ended && keys->answers)
        answers_take_string(keys->answers, keys->string_kind, buffer_str(&keys->string));
    ended |= silent;
    *taken = at;
    if (ended)
        keys->state = KEYS_PLAIN;
    return ended || at > 0 ? GAVE_NOTHING : NEEDS_MORE;
}

enum outcome keys_decode_sequence_rest(struct keys *keys, struct str bytes, bool silent,
                                       size_t *taken)
{
    size_t at = 0;
    while (at < bytes.size && byte_at(bytes, at) >= ' ' && byte_at(bytes, at) <= '?')
        at++;
    bool ended = silent || at < bytes.size;
    if (at < bytes.size && byte_at(bytes, at) >= '@' && byte_at(bytes, at) <= '~')
        at++;
    *taken = at;
    if (ended)
        keys->state = KEYS_PLAIN;
    return ended || at > 0 ? GAVE_NOTHING : NEEDS_MORE;
}
