/* Asking a terminal who it is: its answers never become keys, wherever a slow line cuts them, and they
 * name it. The answers are those of real terminals, recorded on Debian 12. */
#include "term/remembered.h"
#include "term/terminal_keys.h"
#include "term/terminal_mode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define ALIVE "\033[0n"
#define DARK "\033]11;rgb:0000/0000/0000\033\\"
#define LIGHT "\033]11;rgb:ffff/ffff/ffff\033\\"
#define PUTTY ALIVE "PuTTY\033[>0;136;0c\033[?6c"
#define VTE ALIVE "\033[>65;7006;1c" DARK "\033[?65;1;9c"
#define OLD_VTE ALIVE "\033[>65;5204;1c" DARK "\033[?62;1;9c"
#define NEW_VTE ALIVE "\033P>|VTE(7600)\033\\\033[>61;7600;1c" DARK "\033[?61;1;9c"
#define XTERM ALIVE "\033P>|XTerm(379)\033\\\033[>41;379;0c" LIGHT "\033[?64;1;2;6;9;15;22c"
#define MLTERM ALIVE "\033[>24;279;0c" LIGHT "\033[?63;1;2;3;4;6;7;15;18;22;29c"
#define TMUX ALIVE "\033P>|tmux 3.3a\033\\\033[>84;0;0c\033[?1;2c"
#define SCREEN ALIVE "\033[>83;40900;0c\033[?1;2c"
#define CONSOLE ALIVE "\033[?6c"
#define FOOT ALIVE "\033P>|foot(1.13.1)\033\\\033[>1;011301;0c\033[?62;4;22c"
#define OTHER ALIVE "\033P>|Konsole 22.12.3\033\\\033[>1;115;0c\033[?62;1;4c"

enum { PATIENCE_MS = 1000, PRESSES = 64 };

/* What was typed, as names with blanks between. */
struct typed {
    char names[1024];
};

static void take_presses(struct keys *keys, int silence_ms, struct typed *typed)
{
    struct press press;
    int patience_ms;
    char name[PRESS_NAME_BYTES];
    while (keys_next(keys, silence_ms, &press, &patience_ms)) {
        size_t size = strlen(typed->names);
        snprintf(typed->names + size, sizeof typed->names - size, "%s%s", size ? " " : "",
                 press_name(&press, name));
    }
}

/* Feeds bytes in pieces, with a silence of pause_ms between, and then a long one. */
static void feed(struct answers *answers, const char *bytes, size_t size, const size_t *cuts,
                 size_t cut_count, int pause_ms, struct typed *typed)
{
    struct keys keys = {.answers = answers};
    size_t from = 0;
    typed->names[0] = '\0';
    for (size_t i = 0; i <= cut_count; i++) {
        size_t to = i < cut_count ? cuts[i] : size;
        keys_feed(&keys, bytes + from, to - from);
        take_presses(&keys, 0, typed);
        take_presses(&keys, i < cut_count ? pause_ms : PATIENCE_MS, typed);
        from = to;
    }
    keys_free(&keys);
}

struct recorded {
    const char *type;    /* $TERM */
    const char *answers; /* own ones, then the outer ones */
    const char *name;    /* of the kind; NULL: none */
    enum wire_mode mode;
    const char *key;
    enum multiplexer outer; /* what a second question went through */
};

static const struct recorded terminals[] = {
    {"xterm-256color", PUTTY, "PuTTY", WIRE_IMPLICIT, "PuTTY", MULTIPLEXER_NONE},
    {"xterm", VTE, "VTE", WIRE_EXPLICIT, "VTE", MULTIPLEXER_NONE},
    {"xterm", NEW_VTE, "VTE", WIRE_EXPLICIT, "VTE", MULTIPLEXER_NONE},
    {"xterm", OLD_VTE, NULL, WIRE_AUTOMATIC, "attributes 65;5204;1", MULTIPLEXER_NONE},
    {"xterm", XTERM, "xterm", WIRE_EXPLICIT, "xterm", MULTIPLEXER_NONE},
    {"mlterm", MLTERM, "mlterm", WIRE_IMPLICIT, "mlterm", MULTIPLEXER_NONE},
    {"linux", CONSOLE, "Linux console", WIRE_EXPLICIT, "Linux console", MULTIPLEXER_NONE},
    {"foot", FOOT, "foot", WIRE_EXPLICIT, "foot", MULTIPLEXER_NONE},
    {"xterm-256color", OTHER, NULL, WIRE_AUTOMATIC, "Konsole", MULTIPLEXER_NONE},
    {"vt220", ALIVE "\033[?6c", NULL, WIRE_AUTOMATIC, "type vt220", MULTIPLEXER_NONE},
    {"xterm", ALIVE "\033[>1;95;0c\033[?1;2c", NULL, WIRE_AUTOMATIC, "attributes 1;95;0",
     MULTIPLEXER_NONE},
    {"tmux-256color", TMUX, NULL, WIRE_AUTOMATIC, "tmux in type tmux-256color", MULTIPLEXER_TMUX},
    {"tmux-256color", TMUX PUTTY, "PuTTY", WIRE_IMPLICIT, "tmux in PuTTY", MULTIPLEXER_TMUX},
    {"screen", TMUX VTE, "VTE", WIRE_IMPLICIT, "tmux in VTE", MULTIPLEXER_TMUX},
    {"screen", SCREEN MLTERM, "mlterm", WIRE_IMPLICIT, "screen in mlterm", MULTIPLEXER_SCREEN},
    {"screen", SCREEN XTERM, "xterm", WIRE_EXPLICIT, "screen in xterm", MULTIPLEXER_SCREEN},
};

enum { TERMINALS = sizeof terminals / sizeof terminals[0] };

static void assert_recognised(const struct recorded *terminal, const struct answers *answers)
{
    struct arena arena = {0};
    const struct terminal_kind *kind = terminal_kind_find(answers, terminal->type);
    enum multiplexer multiplexer = answers_multiplexer(answers, terminal->type);
    assert_true(terminal->name ? kind && strcmp(kind->name, terminal->name) == 0 : !kind);
    assert_int_equal(terminal_kind_mode(kind, multiplexer), terminal->mode);
    assert_string_equal(terminal_kind_key(answers, terminal->type, &arena), terminal->key);
    assert_true(answers->own.ended);
    arena_free(&arena);
}

static struct answers asked(const struct recorded *terminal)
{
    return (struct answers){.asked = true, .outer_by = terminal->outer};
}

static void test_terminals_are_recognised(void **state)
{
    struct typed typed;
    (void)state;
    for (size_t i = 0; i < TERMINALS; i++) {
        struct answers answers = asked(&terminals[i]);
        feed(&answers, terminals[i].answers, strlen(terminals[i].answers), NULL, 0, 0, &typed);
        assert_string_equal(typed.names, "");
        assert_recognised(&terminals[i], &answers);
    }
}

/* A line may cut the answers anywhere, and pause there, before and after what a person types. */
static void test_cut_answers_are_no_keys(void **state)
{
    static const int pauses_ms[] = {0, 20, 60, 150};
    struct typed typed;
    (void)state;
    for (size_t i = 0; i < TERMINALS; i++) {
        char bytes[512];
        size_t size = (size_t)snprintf(bytes, sizeof bytes, "jP%sa\033[Bq", terminals[i].answers);
        for (size_t cut = 1; cut < size; cut++) {
            for (size_t k = 0; k < sizeof pauses_ms / sizeof pauses_ms[0]; k++) {
                /* Behind the last answer nothing is waited for any more. */
                bool last = cut + sizeof "a\033[Bq" > size;
                struct answers answers = asked(&terminals[i]);
                feed(&answers, bytes, size, &cut, 1, last ? 0 : pauses_ms[k], &typed);
                if (strcmp(typed.names, "j P a down q") != 0)
                    fail_msg("%s cut at %zu for %d ms: %s", terminals[i].key, cut, pauses_ms[k],
                             typed.names);
                assert_recognised(&terminals[i], &answers);
            }
        }
    }
}

static void test_every_byte_alone(void **state)
{
    struct typed typed;
    size_t cuts[512];
    (void)state;
    for (size_t i = 0; i < TERMINALS; i++) {
        size_t size = strlen(terminals[i].answers);
        for (size_t k = 1; k < size; k++)
            cuts[k - 1] = k;
        struct answers answers = asked(&terminals[i]);
        feed(&answers, terminals[i].answers, size, cuts, size - 1, 30, &typed);
        assert_string_equal(typed.names, "");
        assert_recognised(&terminals[i], &answers);
    }
}

/* Answers to somebody else's question, or in wrong order, mean nothing, and are no keys either. */
static void test_stray_answers_are_swallowed(void **state)
{
    static const char stray[] =
        "\033[?6c\033[>0;136;0c\033P>|XTerm(1)\033\\\033]11;rgb:1/2/3\a\033[0n";
    struct answers none = {0}, ended = {.asked = true};
    struct typed typed;
    (void)state;
    feed(&none, stray, sizeof stray - 1, NULL, 0, 0, &typed);
    assert_string_equal(typed.names, "");
    assert_false(none.own.attributed || none.own.ended || none.open);
    feed(&ended, XTERM, strlen(XTERM), NULL, 0, 0, &typed);
    feed(&ended, PUTTY "x", strlen(PUTTY "x"), NULL, 0, 0, &typed);
    assert_string_equal(ended.own.version, "XTerm(379)");
    assert_string_equal(typed.names, "P u T T Y x"); /* nobody asked: it was typed */
}

/* Typed between an answer and nothing. */
static void test_a_person_is_not_an_answerback(void **state)
{
    struct typed typed;
    struct answers answers = {.asked = true};
    (void)state;
    feed(&answers, ALIVE "PuTTY", strlen(ALIVE "PuTTY"), NULL, 0, 0, &typed);
    assert_string_equal(typed.names, "P u T T Y");
    answers = (struct answers){.asked = true};
    feed(&answers, ALIVE "j\033[Ak", strlen(ALIVE "j\033[Ak"), NULL, 0, 0, &typed);
    assert_string_equal(typed.names, "j up k");
}

static void test_hostile_answers_do_no_harm(void **state)
{
    static const char *const hostile[] = {
        ALIVE "\033P>|",
        ALIVE "\033P>|\001\033\033\033\\\033[?c",
        ALIVE "\033]11;rgb:////\033\\\033]11;rgb\033\\\033]11;rgb:0x0/-1/ 9\a",
        ALIVE "\033]11;rgb:fffff/1/1\a\033[>99999999999999;;;;;;;;;c\033[>c",
        ALIVE "\xff\xfe\x80\033[?6c",
    };
    struct typed typed;
    char bytes[4096];
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        struct answers answers = {.asked = true};
        feed(&answers, hostile[i], strlen(hostile[i]), NULL, 0, 0, &typed);
        assert_false(answers.own.coloured);
    }
    memset(bytes, 'A', sizeof bytes);
    memcpy(bytes, ALIVE "\033P>|", strlen(ALIVE "\033P>|"));
    memcpy(bytes + sizeof bytes - 2, "\033\\", 2);
    struct answers answers = {.asked = true};
    feed(&answers, bytes, sizeof bytes, NULL, 0, 0, &typed);
    assert_string_equal(typed.names, "");
    assert_string_equal(answers.own.version, "");
}

static void test_the_background_is_light_or_dark(void **state)
{
    static const struct {
        const char *colour;
        bool light;
    } colours[] = {{"rgb:ffff/ffff/ffff", true}, {"rgb:0000/0000/0000", false},
                   {"rgb:fd/f6/e3", true},       {"rgba:0000/2b2b/3636/ffff", false},
                   {"rgb:f/f/f", true},          {"rgb:0000/0000/ffff", false},
                   {"rgb:000/fff/000", true}};
    struct typed typed;
    char bytes[128];
    (void)state;
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        struct answers answers = {.asked = true};
        int size = snprintf(bytes, sizeof bytes, ALIVE "\033]11;%s\033\\", colours[i].colour);
        feed(&answers, bytes, (size_t)size, NULL, 0, 0, &typed);
        assert_true(answers.own.coloured);
        assert_int_equal(answers.own.light, colours[i].light);
    }
}

static void test_a_multiplexer_hands_the_question_on(void **state)
{
    struct buffer bytes = {0};
    (void)state;
    answers_add_outer_question(&bytes, MULTIPLEXER_NONE);
    assert_int_equal(bytes.size, 0);
    answers_add_outer_question(&bytes, MULTIPLEXER_TMUX);
    assert_string_equal(buffer_text(&bytes),
                        "\033Ptmux;\033\033[5n\005\033\033[>q\033\033[>c\033\033]11;?\033\033\\"
                        "\033\033[c\033\\");
    buffer_clear(&bytes);
    answers_add_outer_question(&bytes, MULTIPLEXER_SCREEN);
    /* Up to its end there is no ST, which would end it early. */
    assert_ptr_equal(strstr(buffer_text(&bytes), "\033\\"), bytes.data + bytes.size - 2);
    buffer_free(&bytes);
}

/* --- choosing --------------------------------------------------------------------------------- */

static void hear(struct terminal_mode *mode, const char *bytes)
{
    struct typed typed;
    feed(&mode->answers, bytes, strlen(bytes), NULL, 0, 0, &typed);
}

/* tmux may be started with the program, and have no terminal yet to ask. */
static void test_a_question_that_was_lost_is_asked_once_more(void **state)
{
    enum { LOST_MS = 4000 };
    (void)state;
    struct terminal_mode mode = {.type = "tmux-256color", .patience_ms = MODE_PATIENCE_MS};
    struct buffer question = {0};
    mode_ask(&mode, &question);
    struct keys keys = {.answers = &mode.answers};
    keys_feed(&keys, TMUX, sizeof TMUX - 1);
    struct press press;
    int patience_ms;
    while (keys_next(&keys, 0, &press, &patience_ms))
        fail();
    buffer_clear(&question);
    mode_ask_further(&mode, &question);
    assert_int_equal(question.size, 0);
    mode.asked_ms -= LOST_MS;
    mode_ask_further(&mode, &question);
    assert_true(question.size > 0);
    buffer_clear(&question);
    mode_ask_further(&mode, &question);
    assert_int_equal(question.size, 0);
    /* Both answers come at last: the second one types nothing. */
    keys_feed(&keys, PUTTY PUTTY, sizeof PUTTY PUTTY - 1);
    while (keys_next(&keys, 0, &press, &patience_ms))
        fail();
    assert_true(mode_choose(&mode));
    assert_int_equal(mode.wire, WIRE_IMPLICIT);
    assert_ptr_equal(mode.profile, &wire_profile_putty);
    buffer_free(&question);
    keys_free(&keys);
    mode_free(&mode);
}

static void test_what_was_told_counts_most(void **state)
{
    char folder[] = "/tmp/majlis-test-XXXXXX", path[64];
    struct error error;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/deeper/terminals", folder);
    assert_int_equal(remembered_mode(path, "PuTTY"), WIRE_AUTOMATIC);
    assert_int_equal(remembered_set(path, "PuTTY", WIRE_PLAIN, &error), OK);
    assert_int_equal(remembered_set(path, "Konsole", WIRE_IMPLICIT, &error), OK);
    struct terminal_mode mode = {.remembered = path, .type = "xterm"};
    assert_true(mode_choose(&mode));
    assert_int_equal(mode.wire, WIRE_EXPLICIT);
    assert_int_equal(mode.reason, MODE_UNKNOWN);
    struct buffer question = {0};
    mode_ask(&mode, &question);
    assert_true(str_equal(buffer_str(&question), answers_question()));
    hear(&mode, PUTTY);
    assert_true(mode_choose(&mode));
    assert_int_equal(mode.wire, WIRE_PLAIN);
    assert_int_equal(mode.reason, MODE_REMEMBERED);
    assert_int_equal(mode_settle(&mode, WIRE_AUTOMATIC, &error), OK);
    assert_int_equal(mode.wire, WIRE_IMPLICIT);
    assert_int_equal(mode.reason, MODE_KNOWN);
    assert_ptr_equal(mode.profile, &wire_profile_putty);
    assert_false(mode_choose(&mode));
    mode.told = WIRE_EXPLICIT;
    assert_true(mode_choose(&mode));
    assert_int_equal(mode.reason, MODE_TOLD);
    assert_int_equal(remembered_mode(path, "PuTTY"), WIRE_AUTOMATIC);
    assert_int_equal(remembered_mode(path, "Konsole"), WIRE_IMPLICIT);
    buffer_free(&question);
    mode_free(&mode);
    unlink(path);
    path[strlen(path) - strlen("/terminals")] = '\0';
    rmdir(path);
    rmdir(folder);
}

static void test_nothing_is_asked_where_nothing_depends_on_it(void **state)
{
    const struct terminal_mode modes[] = {{.told = WIRE_EXPLICIT, .type = "xterm"},
                                          {.told = WIRE_PLAIN, .type = "xterm"},
                                          {.type = "linux"}};
    struct buffer question = {0};
    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct terminal_mode mode = modes[i];
        mode.patience_ms = MODE_PATIENCE_MS;
        mode_ask(&mode, &question);
        assert_int_equal(question.size, 0);
        assert_int_equal(mode_wait_ms(&mode), 0);
    }
}

static void test_the_wait_is_bounded(void **state)
{
    struct buffer question = {0};
    struct terminal_mode mode = {.patience_ms = 40, .type = "xterm"};
    (void)state;
    mode_ask(&mode, &question);
    assert_true(mode_wait_ms(&mode) >= 1 && mode_wait_ms(&mode) <= 40);
    usleep(60 * 1000);
    assert_int_equal(mode_wait_ms(&mode), 0);
    hear(&mode, TMUX);
    buffer_clear(&question);
    mode_ask_further(&mode, &question);
    assert_true(question.size > 0);
    mode.asked_ms = 1; /* long ago */
    assert_int_equal(mode_wait_ms(&mode), 0);
    assert_false(answers_awaited(&mode.answers));
    buffer_free(&question);
    mode_free(&mode);
}

/* A file that somebody else wrote, or nobody can write. */
static void test_a_strange_file_does_no_harm(void **state)
{
    char path[] = "/tmp/majlis-test-XXXXXX";
    static const char lines[] =
        "\n\tPuTTY\nexplicit\nexplicit\t\nsideways\tPuTTY\nplain\tPuTTY\n\t\t\n";
    struct error error;
    (void)state;
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, lines, sizeof lines) == (ssize_t)sizeof lines);
    close(file);
    assert_int_equal(remembered_mode(path, "PuTTY"), WIRE_PLAIN);
    assert_int_equal(remembered_mode(path, "xterm"), WIRE_AUTOMATIC);
    assert_int_equal(remembered_set(path, "PuTTY", WIRE_EXPLICIT, &error), OK);
    assert_int_equal(remembered_mode(path, "PuTTY"), WIRE_EXPLICIT);
    assert_int_equal(remembered_mode("/proc/none/terminals", "PuTTY"), WIRE_AUTOMATIC);
    assert_int_equal(remembered_set("/proc/none/terminals", "x", WIRE_PLAIN, &error), STATUS_IO);
    assert_non_null(strstr(error.message, "/proc/none"));
    assert_int_equal(remembered_set(NULL, "x", WIRE_PLAIN, &error), STATUS_IO);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_terminals_are_recognised),
        cmocka_unit_test(test_cut_answers_are_no_keys),
        cmocka_unit_test(test_every_byte_alone),
        cmocka_unit_test(test_stray_answers_are_swallowed),
        cmocka_unit_test(test_a_person_is_not_an_answerback),
        cmocka_unit_test(test_hostile_answers_do_no_harm),
        cmocka_unit_test(test_the_background_is_light_or_dark),
        cmocka_unit_test(test_a_multiplexer_hands_the_question_on),
        cmocka_unit_test(test_a_question_that_was_lost_is_asked_once_more),
        cmocka_unit_test(test_what_was_told_counts_most),
        cmocka_unit_test(test_nothing_is_asked_where_nothing_depends_on_it),
        cmocka_unit_test(test_the_wait_is_bounded),
        cmocka_unit_test(test_a_strange_file_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
