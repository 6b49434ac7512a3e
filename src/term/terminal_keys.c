/* The decoder of what a terminal sends: where characters and sequences begin and end.
 *
 * Sequences follow ECMA-48 (section 5.4: CSI, parameter bytes 03/00-03/15, intermediate bytes
 * 02/00-02/15, one final byte 04/00-07/14; section 5.6: control strings) with the meanings that
 * xterm gives them, and the forms of rxvt, PuTTY and the Linux console beside. A sequence that
 * means no key is swallowed whole. */
#include "term/terminal_keys.h"

#include "term/terminal_keymap.h"
#include "term/terminal_keys_inside.h"
#include "text/utf8.h"

#include <string.h>

static const char paste_end[] = "\033[201~";

/* --- the input ------------------------------------------------------------------------------- */

void keys_free(struct keys *keys)
{
    buffer_free(&keys->input);
    buffer_free(&keys->paste);
    buffer_free(&keys->string);
}

void keys_learn(struct keys *keys, const char *sequence, struct press press)
{
    size_t size = strlen(sequence);
    if (size < 2 || size > KEYS_SEQUENCE_BYTES || sequence[0] != BYTE_ESCAPE ||
        keys->learnt_count == KEYS_SEQUENCES)
        return;
    memcpy(keys->learnt[keys->learnt_count].bytes, sequence, size);
    keys->learnt[keys->learnt_count].size = size;
    keys->learnt[keys->learnt_count].press = press;
    keys->learnt_count++;
}

void keys_feed(struct keys *keys, const void *bytes, size_t size)
{
    buffer_replace(&keys->input, 0, keys->consumed, (struct str){0});
    keys->consumed = 0;
    buffer_add(&keys->input, (struct str){bytes, size});
}

static struct str waiting(const struct keys *keys)
{
    return str_part(buffer_str(&keys->input), keys->consumed, keys->input.size);
}

/* --- characters ------------------------------------------------------------------------------ */

/* How many bytes a character with this first byte has; 1 for what can begin none. */
static size_t size_by_first_byte(unsigned char byte)
{
    enum { LEAST_OF_TWO = 0xc2, LEAST_OF_THREE = 0xe0, LEAST_OF_FOUR = 0xf0, LAST = 0xf4 };
    if (byte < LEAST_OF_TWO || byte > LAST)
        return 1;
    return byte < LEAST_OF_THREE ? 2 : byte < LEAST_OF_FOUR ? 3 : 4;
}

/* True when bytes are the valid beginning of a character that is not all there yet. */
static bool is_cut_character(struct str bytes)
{
    enum { CONTINUATION_MASK = 0xc0, CONTINUATION = 0x80 };
    if (bytes.size >= size_by_first_byte(byte_at(bytes, 0)))
        return false;
    for (size_t i = 1; i < bytes.size; i++) {
        if ((byte_at(bytes, i) & CONTINUATION_MASK) != CONTINUATION)
            return false;
    }
    return true;
}

static enum outcome decode_character(struct str bytes, bool silent, struct press *press,
                                     size_t *taken)
{
    if (is_cut_character(bytes) && !silent)
        return NEEDS_MORE;
    uint32_t codepoint;
    *taken = utf8_decode(bytes, 0, &codepoint);
    bool valid = utf8_valid_size(str_part(bytes, 0, *taken)) == *taken;
    return valid && key_of_codepoint(codepoint, press) ? GAVE_PRESS : GAVE_NOTHING;
}

/* --- control sequences ----------------------------------------------------------------------- */

/* Bytes that follow the final byte of some sequences: a mouse report of the old form has three,
 * the Linux console's F1 to F5 (CSI [ A) one. */
static size_t csi_tail(const struct csi *csi, size_t size)
{
    enum { OLD_MOUSE_BYTES = 3 };
    if (csi->final == 'M' && size == 0)
        return OLD_MOUSE_BYTES;
    return csi->final == '[' && size == 0 ? 1 : 0;
}

static enum outcome decode_csi(struct keys *keys, struct str bytes, bool silent,
                               struct press *press, size_t *taken)
{
    static const unsigned paste_start = 200;
    struct csi csi = {0};
    size_t at = 0;
    while (at < bytes.size && byte_at(bytes, at) >= '0' && byte_at(bytes, at) <= '?')
        at++;
    size_t parameter_bytes = at;
    while (at < bytes.size && byte_at(bytes, at) >= ' ' && byte_at(bytes, at) <= '/')
        csi.intermediate = bytes.data[at++];
    *taken = at;
    if (at == bytes.size && at > SEQUENCE_MOST_BYTES)
        keys->state = KEYS_IN_SEQUENCE;
    if (at == bytes.size)
        return silent || at > SEQUENCE_MOST_BYTES ? GAVE_NOTHING : NEEDS_MORE;
    unsigned char last = byte_at(bytes, at);
    *taken = last == BYTE_CANCEL || last == BYTE_SUBSTITUTE ? at + 1 : at;
    if (last < '@' || last > '~')
        return GAVE_NOTHING; /* it was cut off by what follows */
    csi.final = (char)last;
    at++;
    csi_read_parameters(str_part(bytes, 0, parameter_bytes), &csi);
    size_t tail = csi_tail(&csi, parameter_bytes);
    *taken = bytes.size < at + tail ? bytes.size : at + tail;
    if (bytes.size < at + tail)
        return silent ? GAVE_NOTHING : NEEDS_MORE;
    if (csi.final == '[' && tail) {
        char key = bytes.data[at];
        *press = (struct press){PRESS_FUNCTION, .codepoint = (uint32_t)(key - 'A' + 1)};
        return key >= 'A' && key <= 'E' ? GAVE_PRESS : GAVE_NOTHING;
    }
    if (csi.final == '~' && csi.parameters[0] == paste_start && !csi.mark) {
        buffer_clear(&keys->paste);
        keys->state = KEYS_PASTING;
        return GAVE_NOTHING;
    }
    if (keys->answers)
        answers_take_csi(keys->answers, &csi);
    return key_of_csi(&csi, press) ? GAVE_PRESS : GAVE_NOTHING;
}

/* SS3 and one byte; some terminals put a modifier's digit between. */
static enum outcome decode_ss3(struct str bytes, bool silent, struct press *press, size_t *taken)
{
    enum { RXVT_CONTROL = 5 };
    size_t digits = 0;
    while (digits < bytes.size && bytes.data[digits] >= '0' && bytes.data[digits] <= '9')
        digits++;
    *taken = digits;
    if (digits == bytes.size)
        return silent || digits > SEQUENCE_MOST_BYTES ? GAVE_NOTHING : NEEDS_MORE;
    unsigned char last = byte_at(bytes, digits);
    if (last < '@' || last > '~')
        return GAVE_NOTHING;
    *taken = digits + 1;
    unsigned modifiers = digits == 1 ? (unsigned)(bytes.data[0] - '0') : 0;
    if (last >= 'a' && last <= 'd') {
        modifiers = RXVT_CONTROL;
        last = (unsigned char)(last - 'a' + 'A');
    }
    if (!key_of_letter((char)last, press))
        return GAVE_NOTHING;
    key_add_modifiers(press, modifiers);
    return GAVE_PRESS;
}

/* --- what begins with ESC -------------------------------------------------------------------- */

/* Looks for a sequence of this terminal's own. *taken is set and GAVE_PRESS returned when one is
 * there; NEEDS_MORE when bytes are the beginning of one; GAVE_NOTHING otherwise. */
static enum outcome decode_learnt(const struct keys *keys, struct str bytes, struct press *press,
                                  size_t *taken)
{
    enum outcome outcome = GAVE_NOTHING;
    *taken = 0;
    for (size_t i = 0; i < keys->learnt_count; i++) {
        struct str sequence = {keys->learnt[i].bytes, keys->learnt[i].size};
        if (str_starts(bytes, sequence) && sequence.size > *taken) {
            *press = keys->learnt[i].press;
            *taken = sequence.size;
            outcome = GAVE_PRESS;
        } else if (outcome == GAVE_NOTHING && str_starts(sequence, bytes)) {
            outcome = NEEDS_MORE;
        }
    }
    return outcome;
}

/* True for the byte that makes ESC the start of a control string: DCS, SOS, OSC, PM, APC. */
static bool opens_string(unsigned char byte)
{
    return byte == 'P' || byte == 'X' || byte == ']' || byte == '^' || byte == '_';
}

/* How long a silence makes ESC a key. Answers that a slow line cuts anywhere are waited for. */
static int escape_patience_ms(const struct keys *keys)
{
    bool awaited = keys->answers && answers_awaited(keys->answers);
    return awaited ? ANSWER_PATIENCE_MS : ESCAPE_PATIENCE_MS;
}

/* ESC and a byte that may begin a sequence, and nothing else: after a short silence it is a key
 * pressed with alt. */
static enum outcome decode_alt(struct str bytes, bool silent, struct press *press, size_t *taken)
{
    size_t size = 0;
    enum outcome outcome = decode_character(str_part(bytes, 1, bytes.size), silent, press, &size);
    *taken = 1 + size;
    press->alt = outcome == GAVE_PRESS;
    return outcome;
}

static enum outcome decode_escape(struct keys *keys, struct str bytes, int silence_ms,
                                  struct press *press, size_t *taken, int *patience_ms)
{
    bool silent = silence_ms >= escape_patience_ms(keys);
    *patience_ms = escape_patience_ms(keys);
    *taken = 1;
    if (bytes.size == 1 && silent) {
        *press = (struct press){.kind = PRESS_ESCAPE};
        return GAVE_PRESS;
    }
    if (bytes.size == 1)
        return NEEDS_MORE;
    size_t own = 0;
    enum outcome outcome = decode_learnt(keys, bytes, press, &own);
    if (outcome == GAVE_PRESS) {
        *taken = own;
        return outcome;
    }
    unsigned char second = byte_at(bytes, 1);
    bool begins_sequence = second == '[' || second == 'O' || opens_string(second);
    if (bytes.size == 2 && (begins_sequence || outcome == NEEDS_MORE))
        return silent ? decode_alt(bytes, true, press, taken) : NEEDS_MORE;
    if (opens_string(second)) {
        *taken = 2;
        keys->state = KEYS_IN_STRING;
        keys->string_kind = (char)second;
        buffer_clear(&keys->string);
        return GAVE_NOTHING;
    }
    *patience_ms = SEQUENCE_PATIENCE_MS;
    silent = silence_ms >= SEQUENCE_PATIENCE_MS;
    if (!begins_sequence)
        return decode_alt(bytes, silent, press, taken);
    struct str rest = str_part(bytes, 2, bytes.size);
    outcome = second == '[' ? decode_csi(keys, rest, silent, press, taken)
                            : decode_ss3(rest, silent, press, taken);
    *taken += 2;
    return outcome;
}

/* ESC before another sequence is alt with its key (rxvt, PuTTY); before anything else, and after
 * a silence, it is a key of its own. */
static enum outcome decode_two_escapes(struct keys *keys, struct str bytes, int silence_ms,
                                       struct press *press, size_t *taken, int *patience_ms)
{
    *patience_ms = escape_patience_ms(keys);
    if (bytes.size == 2 && silence_ms < *patience_ms)
        return NEEDS_MORE;
    bool sequence = bytes.size > 2 && (bytes.data[2] == '[' || bytes.data[2] == 'O');
    if (!sequence) {
        *taken = 1;
        *press = (struct press){.kind = PRESS_ESCAPE};
        return GAVE_PRESS;
    }
    enum outcome outcome =
        decode_escape(keys, str_part(bytes, 1, bytes.size), silence_ms, press, taken, patience_ms);
    *taken += 1;
    press->alt |= outcome == GAVE_PRESS && press->kind != PRESS_MOUSE;
    return outcome;
}

/* --- states ---------------------------------------------------------------------------------- */

static enum outcome decode_plain(struct keys *keys, struct str bytes, int silence_ms,
                                 struct press *press, size_t *taken, int *patience_ms)
{
    *press = (struct press){.kind = PRESS_NONE};
    if (keys->answers && keys->answers->open && byte_at(bytes, 0) != BYTE_ESCAPE)
        return keys_decode_answerback(keys, bytes, silence_ms, taken, patience_ms);
    if (byte_at(bytes, 0) != BYTE_ESCAPE) {
        *patience_ms = SEQUENCE_PATIENCE_MS;
        return decode_character(bytes, silence_ms >= SEQUENCE_PATIENCE_MS, press, taken);
    }
    if (bytes.size > 1 && byte_at(bytes, 1) == BYTE_ESCAPE)
        return decode_two_escapes(keys, bytes, silence_ms, press, taken, patience_ms);
    return decode_escape(keys, bytes, silence_ms, press, taken, patience_ms);
}

/* Takes what belongs to a paste. Bytes that may be the beginning of its end stay. A paste has no
 * patience: its rest, taken for keys, would run commands. */
static enum outcome decode_paste(struct keys *keys, struct str bytes, struct press *press,
                                 size_t *taken)
{
    size_t end_size = sizeof paste_end - 1;
    const char *end = memmem(bytes.data, bytes.size, paste_end, end_size);
    size_t content = end ? (size_t)(end - bytes.data) : bytes.size;
    for (size_t tail = end ? 0 : end_size - 1; tail > 0; tail--) {
        if (tail <= bytes.size && memcmp(bytes.data + bytes.size - tail, paste_end, tail) == 0) {
            content = bytes.size - tail;
            break;
        }
    }
    size_t room = PASTE_MOST_BYTES - keys->paste.size;
    size_t kept = content < room ? content : room;
    buffer_add(&keys->paste, str_part(bytes, 0, kept));
    *taken = end ? content + end_size : content;
    if (!end)
        return *taken > 0 ? GAVE_NOTHING : NEEDS_MORE;
    keys->state = KEYS_PLAIN;
    *press = (struct press){.kind = PRESS_PASTE, .pasted = buffer_str(&keys->paste)};
    return GAVE_PRESS;
}

static enum outcome decode_by_state(struct keys *keys, struct str bytes, int silence_ms,
                                    struct press *press, size_t *taken, int *patience_ms)
{
    if (keys->state == KEYS_PASTING)
        return decode_paste(keys, bytes, press, taken);
    if (keys->state == KEYS_PLAIN)
        return decode_plain(keys, bytes, silence_ms, press, taken, patience_ms);
    bool silent = silence_ms >= SEQUENCE_PATIENCE_MS;
    *patience_ms = SEQUENCE_PATIENCE_MS;
    return keys->state == KEYS_IN_STRING ? keys_decode_string(keys, bytes, silent, taken)
                                         : keys_decode_sequence_rest(keys, bytes, silent, taken);
}

bool keys_next(struct keys *keys, int silence_ms, struct press *press, int *patience_ms)
{
    *press = (struct press){.kind = PRESS_NONE};
    *patience_ms = -1;
    while (waiting(keys).size > 0 || keys->state == KEYS_IN_STRING ||
           keys->state == KEYS_IN_SEQUENCE) {
        size_t taken = 0;
        enum outcome outcome =
            decode_by_state(keys, waiting(keys), silence_ms, press, &taken, patience_ms);
        if (outcome == NEEDS_MORE)
            break;
        keys->consumed += taken;
        *patience_ms = -1;
        if (outcome == GAVE_PRESS)
            return true;
    }
    *press = (struct press){.kind = PRESS_NONE};
    return false;
}
