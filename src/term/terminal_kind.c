/* The table of terminals. Measured where a profile stands; the others put every cell where it is
 * told to be (their manuals and sources say so), as unknown ones most likely do. */
#include "term/terminal_kind.h"

#include <string.h>

static const char *const mode_names[WIRE_MODE_COUNT] = {
    [WIRE_AUTOMATIC] = "automatic",
    [WIRE_EXPLICIT] = "explicit",
    [WIRE_IMPLICIT] = "implicit",
    [WIRE_PLAIN] = "plain",
};

const char *wire_mode_name(enum wire_mode mode)
{
    return mode_names[mode];
}

bool wire_mode_parse(struct str name, enum wire_mode *mode)
{
    for (int i = 0; i < WIRE_MODE_COUNT; i++) {
        if (str_equal(name, str_of(mode_names[i]))) {
            *mode = (enum wire_mode)i;
            return true;
        }
    }
    if (!str_equal(name, str_of("auto")))
        return false;
    *mode = WIRE_AUTOMATIC;
    return true;
}

static const struct terminal_kind putty = {"PuTTY", WIRE_IMPLICIT, WIRE_IMPLICIT,
                                           &wire_profile_putty, true};
static const struct terminal_kind mlterm = {"mlterm", WIRE_IMPLICIT, WIRE_IMPLICIT,
                                            &wire_profile_mlterm, false};
static const struct terminal_kind vte = {"VTE", WIRE_EXPLICIT, WIRE_IMPLICIT, &wire_profile_vte,
                                         false};
static const struct terminal_kind xterm = {"xterm", WIRE_EXPLICIT, WIRE_EXPLICIT, NULL, false};
static const struct terminal_kind foot = {"foot", WIRE_EXPLICIT, WIRE_EXPLICIT, NULL, false};
static const struct terminal_kind rxvt = {"rxvt-unicode", WIRE_EXPLICIT, WIRE_EXPLICIT, NULL,
                                          false};
static const struct terminal_kind console = {"Linux console", WIRE_EXPLICIT, WIRE_EXPLICIT, NULL,
                                             false};

/* By how the name in the XTVERSION answer begins, or the whole answerback. */
static const struct {
    const char *text;
    const struct terminal_kind *kind;
} by_version[] = {{"XTerm(", &xterm}, {"VTE(", &vte}, {"mlterm(", &mlterm}, {"foot(", &foot}},
  by_answerback[] = {{"PuTTY", &putty}, {"KiTTY", &putty}};

enum { ANY = -1, VTE_REORDERS_FROM = 5700 /* version 0.57.0, development of 0.58 */ };

/* By the secondary device attributes. */
static const struct {
    int attributes[ANSWER_ATTRIBUTES];
    const struct terminal_kind *kind;
} by_attributes[] = {
    {{0, 136, 0}, &putty},    {{24, 279, 0}, &mlterm},
    {{65, ANY, 1}, &vte},     {{61, ANY, 1}, &vte}, /* since 0.76 */
    {{'U', ANY, ANY}, &rxvt},
};

static bool attributes_match(const int *pattern, const unsigned *attributes)
{
    for (int i = 0; i < ANSWER_ATTRIBUTES; i++) {
        if (pattern[i] != ANY && (unsigned)pattern[i] != attributes[i])
            return false;
    }
    return true;
}

static const struct terminal_kind *kind_by_answer(const struct answer *answer)
{
    for (size_t i = 0; i < sizeof by_version / sizeof by_version[0]; i++) {
        if (strncmp(answer->version, by_version[i].text, strlen(by_version[i].text)) == 0)
            return by_version[i].kind;
    }
    for (size_t i = 0; i < sizeof by_answerback / sizeof by_answerback[0]; i++) {
        if (strcmp(answer->answerback, by_answerback[i].text) == 0)
            return by_answerback[i].kind;
    }
    for (size_t i = 0; answer->attributed && i < sizeof by_attributes / sizeof by_attributes[0];
         i++) {
        const struct terminal_kind *kind = by_attributes[i].kind;
        if (!answer->version[0] &&
            attributes_match(by_attributes[i].attributes, answer->attributes))
            return kind == &vte && answer->attributes[1] < VTE_REORDERS_FROM ? NULL : kind;
    }
    return NULL;
}

static const struct answer *around(const struct answers *answers, const char *type)
{
    bool between = answers_multiplexer(answers, type) != MULTIPLEXER_NONE;
    return between ? &answers->outer : &answers->own;
}

const struct terminal_kind *terminal_kind_find(const struct answers *answers, const char *type)
{
    const struct terminal_kind *kind = kind_by_answer(around(answers, type));
    if (!kind && type && (strcmp(type, "linux") == 0 || strncmp(type, "linux-", 6) == 0))
        return &console;
    return kind;
}

enum wire_mode terminal_kind_mode(const struct terminal_kind *kind, enum multiplexer multiplexer)
{
    if (!kind)
        return WIRE_AUTOMATIC;
    return multiplexer == MULTIPLEXER_NONE ? kind->mode : kind->mode_inside;
}

/* A name without its version: up to a bracket, blank or slash. */
static int name_size(const char *version)
{
    return (int)strcspn(version, "( /");
}

const char *terminal_kind_key(const struct answers *answers, const char *type, struct arena *arena)
{
    static const char *const between[] = {[MULTIPLEXER_NONE] = "",
                                          [MULTIPLEXER_TMUX] = "tmux in ",
                                          [MULTIPLEXER_SCREEN] = "screen in "};
    const char *prefix = between[answers_multiplexer(answers, type)];
    const struct answer *answer = around(answers, type);
    const struct terminal_kind *kind = terminal_kind_find(answers, type);
    if (kind)
        return arena_printf(arena, "%s%s", prefix, kind->name);
    if (answer->version[0])
        return arena_printf(arena, "%s%.*s", prefix, name_size(answer->version), answer->version);
    if (answer->attributed)
        return arena_printf(arena, "%sattributes %u;%u;%u%s%s", prefix, answer->attributes[0],
                            answer->attributes[1], answer->attributes[2],
                            answer->answerback[0] ? " " : "", answer->answerback);
    return arena_printf(arena, "%stype %s", prefix, type ? type : "");
}
