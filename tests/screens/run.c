/* Running one script: its steps in order, waiting, and what is said of a failure. */
#include "screens/run.h"

#include "base/moment.h"
#include "screens/screen_text.h"
#include "screens/steps.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { LOOK_MS = 10 /* between two looks at a screen that does not change */ };

static void print_program_state(const struct run *run)
{
    const struct session *session = &run->session;
    if (!session->ended)
        return;
    if (WIFSIGNALED(session->status))
        printf("  the program was ended by signal %d (%s)\n", WTERMSIG(session->status),
               strsignal(WTERMSIG(session->status)));
    else
        printf("  the program ended with status %d\n", WEXITSTATUS(session->status));
}

static void print_screen(struct run *run)
{
    struct session *session = &run->session;
    VTermPos cursor;
    vterm_state_get_cursorpos(vterm_obtain_state(session->emulator), &cursor);
    printf("  the screen, %dx%d, cursor %s row %d column %d:\n", session->width, session->height,
           session->cursor_shown ? "at" : "hidden at", cursor.row + 1, cursor.col + 1);
    for (int row = 0; row < session->height; row++) {
        struct screen_row cells =
            screen_row(&session->view, row, session->width, SCREEN_RAW, &run->arena);
        printf("  %3d|%.*s\n", row + 1, STR_FORMAT(cells.text));
    }
}

bool run_fail(struct run *run, const char *format, ...)
{
    va_list list;
    if (run->failed)
        return false;
    run->failed = true;
    printf("%s:%d: ", run->script->path, run->line ? run->line->number : 0);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
    if (run->opened) {
        const char *report = program_report(run);
        print_program_state(run);
        print_screen(run);
        if (report)
            printf("%s\n", report);
    }
    return false;
}

bool run_wait(struct run *run, run_condition *condition, const void *context)
{
    int64_t end = moment_monotonic_ms() + run->setting->deadline_ms;
    struct arena scratch = {0};
    bool holds = false;
    for (;;) {
        bool ended = run->session.ended;
        arena_reset(&scratch);
        holds = session_settled(&run->session) && condition(run, context, &scratch);
        if (holds || ended || moment_monotonic_ms() >= end)
            break;
        session_pump(&run->session, LOOK_MS);
    }
    arena_free(&scratch);
    return holds;
}

/* Puts the other program in the place of the one that steps work on. */
static void swap_programs(struct run *run)
{
    struct program now = {run->opened, run->killed, run->terminal_type, run->environment,
                          run->session};
    run->opened = run->other.opened;
    run->killed = run->other.killed;
    run->terminal_type = run->other.terminal_type;
    run->environment = run->other.environment;
    run->session = run->other.session;
    run->other = now;
}

static bool run_words(struct run *run, const struct word *words, size_t count)
{
    enum { PREFIX_WORDS = 2 };
    bool done;
    if (count > PREFIX_WORDS && word_is(&words[0], "in") && word_is(&words[1], "2")) {
        swap_programs(run);
        done = run_words(run, words + PREFIX_WORDS, count - PREFIX_WORDS);
        swap_programs(run);
        return done;
    }
    if (count > PREFIX_WORDS && word_is(&words[0], "as")) {
        run->user = words[1].text.data;
        done = run_words(run, words + PREFIX_WORDS, count - PREFIX_WORDS);
        run->user = NULL;
        return done;
    }
    const struct step *step = step_find(&words[0]);
    if (!step)
        return run_fail(run, "there is no step \"%s\"", words[0].text.data);
    if (count - 1 < step->least_words)
        return run_fail(run, "something is missing: %s %s", step->name, step->usage);
    if (!run->opened && strcmp(step->name, "open") != 0)
        return run_fail(run, "the first step is open");
    return step->run(run, words + 1, count - 1);
}

static bool run_line(struct run *run, const struct line *line)
{
    run->line = line;
    return run_words(run, line->words, line->count);
}

enum verdict run_script(const struct setting *setting, const struct script *script,
                        const char *home)
{
    struct run run = {.setting = setting, .script = script, .home = home};
    for (size_t i = 0; i < script->count && !run.skipped && run_line(&run, &script->lines[i]); i++)
        continue;
    program_finish(&run);
    swap_programs(&run);
    program_finish(&run);
    bool skipped = run.skipped && !run.failed;
    if (skipped)
        printf("skipped %s: %s\n", script->name, run.skipped);
    arena_free(&run.arena);
    return run.failed ? VERDICT_FAILED : skipped ? VERDICT_SKIPPED : VERDICT_PASSED;
}
