/* The program of a script: opening it on a database, and how it ends. */
#include "screens/database.h"
#include "screens/steps.h"

#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STANDARD_WIDTH = 80, STANDARD_HEIGHT = 24, WINDOW_MOST = 1000, ARGUMENTS_MOST = 32 };

/* What an open step asks for. */
struct opening {
    int width, height;
    const char *arguments[ARGUMENTS_MOST + 1];
    size_t argument_count;
    const char *settings[ENVIRONMENT_MORE];
    size_t setting_count;
};

/* --- the end ---------------------------------------------------------------------------------- */

const char *program_report(struct run *run)
{
    enum { REPORT_BYTES = 4096 };
    glob_t found;
    const char *pattern = arena_printf(&run->arena, "%s/sanitizer*", run->home);
    if (glob(pattern, 0, NULL, &found) != 0)
        return NULL;
    char *report = arena_new(&run->arena, REPORT_BYTES + 1, 1);
    FILE *file = fopen(found.gl_pathv[0], "r");
    globfree(&found);
    size_t size = file ? fread(report, 1, REPORT_BYTES, file) : 0;
    report[size] = '\0';
    if (file)
        fclose(file);
    return report;
}

/* The same where it went to the terminal after all. */
static bool look_for_report_on_screen(struct run *run)
{
    static const char *const signs[] = {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer",
                                        ": runtime error: "};
    const struct buffer *sent = &run->session.sent;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (sent->size > 0 && memmem(sent->data, sent->size, signs[i], strlen(signs[i])))
            return run_fail(run, "a sanitizer reports: %s", signs[i]);
    }
    return true;
}

bool program_finish(struct run *run)
{
    if (!run->opened)
        return true;
    bool alive = !run->session.ended;
    if (alive) {
        session_signal(&run->session, SIGTERM);
        session_signal(&run->session, SIGCONT);
        session_wait_for_end(&run->session, run->setting->deadline_ms);
    }
    const struct session *session = &run->session;
    if (!session->ended)
        run_fail(run, "the program did not leave when asked by SIGTERM");
    else if (WIFSIGNALED(session->status) && !run->killed)
        run_fail(run, "the program ended by signal %d (%s)", WTERMSIG(session->status),
                 strsignal(WTERMSIG(session->status)));
    if (!run->killed && program_report(run))
        run_fail(run, "a sanitizer reports");
    if (!run->killed)
        look_for_report_on_screen(run);
    session_end(&run->session, run->setting->deadline_ms);
    run->opened = false;
    return !run->failed;
}

/* --- the beginning ---------------------------------------------------------------------------- */

bool program_open(struct run *run, const char *const *arguments, int width, int height)
{
    char *words[ARGUMENTS_MOST + 5] = {arena_printf(&run->arena, "%s", run->setting->program),
                                       arena_printf(&run->arena, "--db=%s", run->database)};
    size_t count = 2;
    for (size_t i = 0; arguments[i] && i < ARGUMENTS_MOST; i++)
        words[count++] = arena_printf(&run->arena, "%s", arguments[i]);
    if (run->setting->wire)
        words[count++] = arena_printf(&run->arena, "--wire=%s", run->setting->wire);
    struct session_options options = {.arguments = words,
                                      .identity = run->identity,
                                      .environment = run->environment,
                                      .width = width,
                                      .height = height,
                                      .user = run->user ? getpwnam(run->user) : NULL};
    struct error error;
    run->killed = false;
    if (session_start(&run->session, &options, &error))
        return run_fail(run, "%s", error.message);
    run->opened = true;
    return true;
}

/* Whether a user may start the program: every folder on the way must let them pass. */
static bool may_run(const struct passwd *user, const char *program)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0)
        _exit(setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0 ||
              access(program, X_OK) != 0);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool read_size(const char *text, int *width, int *height)
{
    char rest;
    return sscanf(text, "%dx%d%c", width, height, &rest) == 2 && *width > 0 && *height > 0 &&
           *width <= WINDOW_MOST && *height <= WINDOW_MOST;
}

/* Reads one option and its value. */
static bool read_option(struct run *run, const char *option, const char *value,
                        struct opening *opening)
{
    if (strcmp(option, "--size") == 0) {
        if (!read_size(value, &opening->width, &opening->height))
            return run_fail(run, "no size: %s", value);
    } else if (strcmp(option, "--lang") == 0) {
        opening->arguments[opening->argument_count++] =
            arena_printf(&run->arena, "--lang=%s", value);
    } else if (strcmp(option, "--term") == 0) {
        run->terminal_type = value;
    } else if (strcmp(option, "--terminal") == 0) {
        if (!(run->identity = identity_named(value)))
            return run_fail(run, "no terminal: %s", value);
    } else if (strcmp(option, "--env") == 0 && opening->setting_count < ENVIRONMENT_MORE) {
        opening->settings[opening->setting_count++] = value;
    } else {
        return run_fail(run, "open knows no option %s", option);
    }
    return true;
}

static bool read_opening(struct run *run, const struct word *words, size_t count,
                         struct opening *opening)
{
    size_t i = 0;
    while (i < count && !word_is(&words[i], "--")) {
        if (i + 1 == count)
            return run_fail(run, "%s needs a value", words[i].text.data);
        if (opening->argument_count == ARGUMENTS_MOST ||
            !read_option(run, words[i].text.data, words[i + 1].text.data, opening))
            return run_fail(run, "too many options");
        i += 2;
    }
    for (i++; i < count && opening->argument_count < ARGUMENTS_MOST; i++)
        opening->arguments[opening->argument_count++] = words[i].text.data;
    return true;
}

/* Puts the database that the step names in place; *used receives the words this took. */
static bool place_database(struct run *run, const struct word *words, size_t count, size_t *used)
{
    static const char *const init[] = {"init", NULL};
    const char *own = arena_printf(&run->arena, "%s/script.db", run->home);
    struct buffer output = {0};
    bool placed = true;
    *used = 1;
    if (word_is(&words[0], "last")) {
        return run->database || run_fail(run, "there is no last database yet");
    } else if (word_is(&words[0], "worked-examples")) {
        placed = database_copy(run->setting->examples, own) ||
                 run_fail(run, "the worked examples cannot be copied");
    } else if (word_is(&words[0], "empty")) {
        placed = database_make(run->setting, init, own, run->home, &output) ||
                 run_fail(run, "no empty database: %s", buffer_text(&output));
    } else if (word_is(&words[0], "file") && count > 1) {
        const char *path = words[1].text.data;
        *used = 2;
        own = path[0] == '/' ? path : arena_printf(&run->arena, "%s/%s", run->home, path);
    } else {
        placed = run_fail(run, "open what? worked-examples, empty, file PATH or last");
    }
    buffer_free(&output);
    run->database = own;
    return placed;
}

/* Makes the run's files reachable for the other user; says why where that cannot be. */
static bool share_files(struct run *run)
{
    enum { ENTER = 0711, ALL = 0777, READ_WRITE = 0666 };
    const struct passwd *user = getpwnam(run->user);
    if (geteuid() != 0)
        run->skipped = "only root can play a second person";
    else if (!user || user->pw_uid == 0)
        run->skipped = arena_printf(&run->arena, "there is no other user %s", run->user);
    else if (chmod(run->setting->folder, ENTER) != 0 || chmod(run->home, ALL) != 0 ||
             chmod(run->database, READ_WRITE) != 0)
        run->skipped = "the files cannot be shared";
    else if (!may_run(user, run->setting->program))
        run->skipped =
            arena_printf(&run->arena, "%s may not run the program where it lies", run->user);
    /* What SQLite keeps beside the file, when somebody works on it already. */
    chmod(arena_printf(&run->arena, "%s-wal", run->database), READ_WRITE);
    chmod(arena_printf(&run->arena, "%s-shm", run->database), READ_WRITE);
    return !run->skipped;
}

bool step_open(struct run *run, const struct word *words, size_t count)
{
    struct opening opening = {.width = STANDARD_WIDTH, .height = STANDARD_HEIGHT};
    size_t used = 0;
    if (!program_finish(run) || !place_database(run, words, count, &used))
        return false;
    if (run->user && !share_files(run))
        return true;
    run->terminal_type = "xterm-256color";
    run->identity = run->setting->identity;
    if (!read_opening(run, words + used, count - used, &opening))
        return false;
    run->environment = environment_make(run->home, run->database, run->terminal_type, &run->arena);
    for (size_t i = 0; i < opening.setting_count; i++) {
        if (!environment_set(run->environment, opening.settings[i], &run->arena))
            return run_fail(run, "too many settings");
    }
    return program_open(run, opening.arguments, opening.width, opening.height);
}
