/* The question and its answers. */
#include "term/answers.h"

#include <stdlib.h>
#include <string.h>

/* Terminals that know a part of it not pass over it: ECMA-48 sequences, and an OSC with its end. */
#define QUESTION "\033[5n\005\033[>q\033[>c\033]11;?\033\\\033[c"

static const char question[] = QUESTION;

enum {
    TYPE_TMUX = 'T',   /* first secondary attribute, as tmux and */
    TYPE_SCREEN = 'S', /* screen give it */
};

struct str answers_question(void)
{
    return (struct str){question, sizeof question - 1};
}

void answers_add_outer_question(struct buffer *bytes, enum multiplexer multiplexer)
{
    if (multiplexer == MULTIPLEXER_TMUX) {
        /* tmux unwraps what stands behind its name, and wants every ESC doubled. */
        buffer_add(bytes, str_of("\033Ptmux;"));
        for (size_t i = 0; i < sizeof question - 1; i++) {
            if (question[i] == '\033')
                buffer_add_byte(bytes, '\033');
            buffer_add_byte(bytes, question[i]);
        }
        buffer_add(bytes, str_of("\033\\"));
    } else if (multiplexer == MULTIPLEXER_SCREEN) {
        /* screen hands a DCS on up to the first ST: the OSC ends in BEL here. */
        buffer_add(bytes, str_of("\033P\033[5n\005\033[>q\033[>c\033]11;?\a\033[c\033\\"));
    }
}

static bool type_begins(const char *type, const char *name)
{
    return type && strncmp(type, name, strlen(name)) == 0;
}

enum multiplexer answers_multiplexer(const struct answers *answers, const char *type)
{
    const struct answer *own = &answers->own;
    if (strncmp(own->version, "tmux", strlen("tmux")) == 0)
        return MULTIPLEXER_TMUX;
    if (own->attributed && own->attributes[0] == TYPE_TMUX)
        return MULTIPLEXER_TMUX;
    if (own->attributed && own->attributes[0] == TYPE_SCREEN)
        return MULTIPLEXER_SCREEN;
    if (own->attributed || own->version[0])
        return MULTIPLEXER_NONE;
    return type_begins(type, "tmux")     ? MULTIPLEXER_TMUX
           : type_begins(type, "screen") ? MULTIPLEXER_SCREEN
                                         : MULTIPLEXER_NONE;
}

bool answers_ended(const struct answers *answers)
{
    return answers->own.ended && (answers->outer_by == MULTIPLEXER_NONE || answers->outer.ended);
}

bool answers_awaited(const struct answers *answers)
{
    return answers->asked && !answers->given_up && !answers_ended(answers);
}

/* Whose answers come now: a multiplexer hands on the outer terminal's when it has given its own. */
static struct answer *answering(struct answers *answers)
{
    if (!answers->own.ended)
        return &answers->own;
    return answers->outer_by != MULTIPLEXER_NONE && !answers->outer.ended ? &answers->outer : NULL;
}

void answers_take_csi(struct answers *answers, const struct csi *csi)
{
    struct answer *answer = answering(answers);
    bool first = csi->final == 'n' && !csi->mark, last = csi->final == 'c' && csi->mark == '?';
    if (!answers->asked)
        return;
    if (!answer) {
        /* What a question that was asked twice is answered the second time is dropped. */
        answers->open = answers->again && first ? true : answers->open && !last;
    } else if (first) {
        answers->open = true;
    } else if (csi->final == 'c' && csi->mark == '>') {
        for (unsigned i = 0; i < ANSWER_ATTRIBUTES; i++)
            answer->attributes[i] = i < csi->count ? csi->parameters[i] : 0;
        answer->attributed = true;
    } else if (last) {
        answer->ended = answers->fresh = true;
        answers->open = false;
    }
}

/* Copies printable ASCII, which is all that a name needs. */
static void copy_name(char out[static ANSWER_TEXT_BYTES], struct str text)
{
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < ANSWER_TEXT_BYTES - 1; i++) {
        if (text.data[i] >= ' ' && text.data[i] <= '~')
            out[size++] = text.data[i];
    }
    out[size] = '\0';
}

/* Reads "rgb:RRRR/GGGG/BBBB", of which each part may have one to four digits, and "rgba:..." too.
 * The first two digits of a part say enough. */
static bool read_colour(struct str text, unsigned parts[static 3])
{
    enum { HEXADECIMAL = 16 };
    const char *colon = memchr(text.data, ':', text.size);
    char digits[ANSWER_STRING_BYTES + 1];
    if (!colon || !str_starts(text, str_of("rgb")))
        return false;
    size_t size = text.size - (size_t)(colon + 1 - text.data);
    memcpy(digits, colon + 1, size);
    digits[size] = '\0';
    const char *at = digits;
    for (int i = 0; i < 3; i++) {
        size_t count = strspn(at, "0123456789abcdefABCDEF");
        if (count < 1 || count > 4 || (i < 2 && at[count] != '/'))
            return false;
        parts[i] = (unsigned)strtoul(at, NULL, HEXADECIMAL);
        if (count == 1)
            parts[i] *= HEXADECIMAL + 1;
        for (size_t more = count; more > 2; more--)
            parts[i] /= HEXADECIMAL;
        at += count + (i < 2);
    }
    return true;
}

static void take_background(struct answer *answer, struct str colour)
{
    /* The eye's share of each (ITU-R BT.601), in hundredths. */
    enum { RED = 30, GREEN = 59, BLUE = 11, ALL = 100, HALF = 128 };
    unsigned parts[3];
    if (!read_colour(colour, parts))
        return;
    answer->coloured = true;
    answer->light = parts[0] * RED + parts[1] * GREEN + parts[2] * BLUE >= HALF * ALL;
}

void answers_take_string(struct answers *answers, char kind, struct str content)
{
    static const char version[] = ">|", background[] = "11;";
    struct answer *answer = answering(answers);
    if (!answer || content.size > ANSWER_STRING_BYTES)
        return;
    if (kind == 'P' && str_starts(content, str_of(version)))
        copy_name(answer->version, str_part(content, sizeof version - 1, content.size));
    else if (kind == ']' && str_starts(content, str_of(background)))
        take_background(answer, str_part(content, sizeof background - 1, content.size));
}

void answers_take_text(struct answers *answers, struct str text)
{
    struct answer *answer = answering(answers);
    if (answer && answer->answerback[0] == '\0')
        copy_name(answer->answerback, text);
}
