/* run-screen: runs the real program as a person would, and looks at its screen.
 *
 *     run-screen [--program PATH] [--jobs N] [--keep] [--wire MODE] [--terminal NAME] SCRIPT ...
 *
 * Each script drives the program on a pseudo-terminal; what it sends goes to a terminal emulator
 * (libvterm), whose screen the script looks at. A script is lines of words; a word in quotes may
 * hold blanks and the escapes \n \t \r \e \" \\ \uXXXX \xXX; # begins a comment. The steps:
 *
 *   open worked-examples        starts the program on a copy of the worked examples,
 *   open empty                  on what `majlis init` makes,
 *   open file PATH              on a database by its path (from the script's own folder of files),
 *   open last                   or again on the one before. Options: --size 80x24, --lang en|ar,
 *                               --term xterm-256color, --env NAME=VALUE, --terminal NAME (one that
 *                               answers so when it is asked, and reorders rows as it does:
 *                               identity.c), and arguments of the program behind --. The moment is
 *                               fixed: MAJLIS_NOW can be set
 *   in 2 STEP ...               the step, with a second program on a second terminal
 *   as LOGIN open last ...      started by another user of this system; only root can play that,
 *                               else the script is skipped
 *   press KEY ...               keys by the names of the key settings: a A enter esc ctrl+w f1 "#"
 *   press-until "text" KEY ...  presses the keys again and again until the text stands on some row
 *   type "text" ...             bytes as a keyboard would send them, a line feed as Enter
 *   paste "text" ...            the same between the brackets of a paste
 *   click ROW COLUMN [wheel-up|wheel-down]       the mouse; rows and columns count from 1
 *   see "text" ...              waits until each stands on some row. Arabic is written in its
 *                               logical order and plain letters
 *   see-raw "cells" ...         the same for exact cells from left to right
 *   not-see "text" ...          waits until none of them stands anywhere
 *   row N "text" ...            waits until each stands on row N
 *   cursor at ROW COLUMN        waits until the cursor is there; or: cursor hidden
 *   same-as FILE                waits until the whole screen is that of FILE, beside the script;
 *                               with UPDATE_SCREENS=1 in the environment FILE is written instead
 *   style of "text" is bold     or reverse, underline, color N
 *   answer                      the terminal says at last who it is (those whose names end in -late)
 *   resize 100x30               the window has another size
 *   signal TERM                 or HUP INT KILL ABRT SEGV STOP TSTP CONT
 *   hangup                      the line drops
 *   disk full                   nothing the program writes to a file arrives, until: disk well
 *   wait-exit [STATUS]          waits until the program has ended, with this status or 0
 *   terminal restored           the terminal is as it was before: screen, cursor, mouse, echo,
 *                               implicit bidi, no bracketed paste
 *   state of comment ID is S    waits until the database says so; ID is a number or a source_id
 *   sql "SELECT ..." is "V"     the same for any question with one answer
 *   change "UPDATE ..."         SQL that writes
 *   run "majlis list ..." [status N] [prints "text"]
 *                               a shell line, on the same database
 *
 * With --terminal all programs run on that terminal, with --wire all are told that mode. What is seen
 * is then the row as the terminal shows it; so every script holds for every terminal.
 *
 * Every wait is for the program to have read what was sent, to sleep again, and for the condition;
 * it ends after $SCREEN_SECONDS (10). At the end of its script the program must leave on SIGTERM;
 * a signal or a sanitizer's report fails the script. --keep keeps the folder of files. */
#include "base/language.h"
#include "screens/database.h"
#include "screens/run.h"

#include <errno.h>
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STANDARD_SECONDS = 10, MS_A_SECOND = 1000, JOBS_MOST = 64, FAILED = 1, USAGE = 2 };

struct call {
    struct setting setting;
    bool keep;
    int jobs;
    char **scripts;
    int script_count;
};

/* One script that is being run by a process of its own. */
struct job {
    pid_t process;
    const char *path;
    FILE *output;
};

static struct arena memory;

/* --- one script ------------------------------------------------------------------------------- */

/* Runs one script in this process; the verdict and all it says go to standard output. */
static int run_one(const struct call *call, const char *path, int number)
{
    struct script script;
    struct error error;
    const char *home = arena_printf(&memory, "%s/%d", call->setting.folder, number);
    if (script_read(path, &memory, &script, &error)) {
        printf("%s\nFAILED %s\n", error.message, path);
        return FAILED;
    }
    if (mkdir(home, S_IRWXU) != 0) {
        printf("%s: %s\nFAILED %s\n", home, strerror(errno), script.name);
        return FAILED;
    }
    enum verdict verdict = run_script(&call->setting, &script, home);
    if (verdict != VERDICT_SKIPPED)
        printf("%s %s\n", verdict == VERDICT_PASSED ? "ok" : "FAILED", script.name);
    return (int)verdict;
}

static bool job_start(const struct call *call, struct job *job, int number)
{
    job->path = call->scripts[number];
    job->output = tmpfile();
    fflush(stdout);
    job->process = job->output ? fork() : -1;
    if (job->process == 0) {
        dup2(fileno(job->output), STDOUT_FILENO);
        int status = run_one(call, job->path, number);
        fflush(stdout);
        arena_free(&memory);
        _exit(status);
    }
    return job->process > 0;
}

static void job_print(struct job *job)
{
    char bytes[4096];
    size_t size;
    rewind(job->output);
    while ((size = fread(bytes, 1, sizeof bytes, job->output)) > 0)
        fwrite(bytes, 1, size, stdout);
    fflush(stdout);
    fclose(job->output);
}

/* Waits for any job; its slot becomes free. Returns what became of its script. */
static enum verdict job_collect(struct job *jobs, int count)
{
    int status;
    pid_t ended = wait(&status);
    for (int i = 0; i < count; i++) {
        if (jobs[i].process != ended)
            continue;
        job_print(&jobs[i]);
        if (WIFSIGNALED(status))
            printf("FAILED %s: the runner ended by signal %d\n", jobs[i].path, WTERMSIG(status));
        jobs[i].process = 0;
    }
    return WIFEXITED(status) ? (enum verdict)WEXITSTATUS(status) : VERDICT_FAILED;
}

static int run_all(const struct call *call)
{
    struct job jobs[JOBS_MOST] = {0};
    int started = 0, running = 0, passed = 0, skipped = 0;
    while (started < call->script_count || running > 0) {
        int slot = 0;
        while (slot < call->jobs && jobs[slot].process != 0)
            slot++;
        if (slot < call->jobs && started < call->script_count) {
            if (job_start(call, &jobs[slot], started))
                running++;
            else
                printf("FAILED %s: %s\n", call->scripts[started], strerror(errno));
            started++;
            continue;
        }
        enum verdict verdict = job_collect(jobs, call->jobs);
        passed += verdict == VERDICT_PASSED;
        skipped += verdict == VERDICT_SKIPPED;
        running--;
    }
    int failed = call->script_count - passed - skipped;
    printf("%d passed, %d failed", passed, failed);
    if (skipped > 0)
        printf(", %d skipped", skipped);
    printf("\n");
    return failed == 0 ? 0 : FAILED;
}

/* --- the call --------------------------------------------------------------------------------- */

/* The program of the build tree that this runner belongs to. */
static const char *find_program(const char *named)
{
    enum { PATH_BYTES = 4096 };
    char own[PATH_BYTES], found[PATH_BYTES];
    ssize_t size = readlink("/proc/self/exe", own, sizeof own - 1);
    own[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(own, '/');
    if (slash)
        *slash = '\0';
    const char *path = named ? named : arena_printf(&memory, "%s/../../bin/majlis", own);
    return realpath(path, found) ? arena_printf(&memory, "%s", found) : NULL;
}

static bool read_call(int argc, char **argv, struct call *call)
{
    const char *seconds = getenv("SCREEN_SECONDS"), *update = getenv("UPDATE_SCREENS");
    const char *named = NULL;
    int at = 1;
    call->jobs = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--keep") == 0)
            call->keep = true;
        else if (strcmp(argv[at], "--program") == 0 && at + 1 < argc)
            named = argv[++at];
        else if (strcmp(argv[at], "--wire") == 0 && at + 1 < argc)
            call->setting.wire = argv[++at];
        else if (strcmp(argv[at], "--terminal") == 0 && at + 1 < argc &&
                 identity_named(argv[at + 1]))
            call->setting.identity = identity_named(argv[++at]);
        else if (strcmp(argv[at], "--jobs") == 0 && at + 1 < argc)
            call->jobs = atoi(argv[++at]);
        else
            return false;
    }
    call->scripts = argv + at;
    call->script_count = argc - at;
    call->setting.update = update && strcmp(update, "1") == 0;
    int wait_seconds = seconds ? atoi(seconds) : 0;
    call->setting.deadline_ms = (wait_seconds > 0 ? wait_seconds : STANDARD_SECONDS) * MS_A_SECOND;
    call->setting.program = find_program(named);
    if (!call->setting.program)
        fprintf(stderr, "run-screen: there is no program %s\n", named ? named : "");
    return call->setting.program && call->script_count > 0 && call->jobs > 0 &&
           call->jobs <= JOBS_MOST;
}

/* True when some script wants the worked examples, which take a while to make. */
static bool wants_examples(const struct call *call)
{
    bool wanted = false;
    for (int i = 0; i < call->script_count && !wanted; i++) {
        struct script script;
        if (script_read(call->scripts[i], &memory, &script, NULL))
            continue;
        for (size_t j = 0; j < script.count; j++)
            wanted |=
                script.lines[j].count > 1 && word_is(&script.lines[j].words[1], "worked-examples");
    }
    return wanted;
}

static bool make_examples(struct call *call)
{
    static const char *const demo[] = {"demo", "--no-open", NULL};
    struct buffer output = {0};
    const char *path = arena_printf(&memory, "%s/examples.db", call->setting.folder);
    bool made = database_make(&call->setting, demo, path, call->setting.folder, &output);
    if (!made)
        printf("no worked examples: %s\n", buffer_text(&output));
    buffer_free(&output);
    call->setting.examples = path;
    return made;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

int main(int argc, char **argv)
{
    enum { OPEN_FOLDERS = 16 };
    struct call call = {0};
    const char *temporary = getenv("TMPDIR");
    language_start("", "en");
    if (!read_call(argc, argv, &call)) {
        fprintf(stderr, "usage: run-screen [--program PATH] [--jobs N] [--keep] [--wire MODE] "
                        "[--terminal NAME] SCRIPT ...\n");
        return USAGE;
    }
    char *folder = arena_printf(&memory, "%s/run-screen.XXXXXX", temporary ? temporary : "/tmp");
    call.setting.folder = mkdtemp(folder);
    if (!call.setting.folder) {
        fprintf(stderr, "run-screen: %s: %s\n", folder, strerror(errno));
        return FAILED;
    }
    int status = FAILED;
    if (!wants_examples(&call) || make_examples(&call))
        status = run_all(&call);
    if (call.keep)
        printf("files are in %s\n", folder);
    else
        nftw(folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    arena_free(&memory);
    return status;
}
