/* What a person waits for: from the start to the first screen, from a key to the changed screen; and
 * how many bytes a step sends. The program runs on a pseudo-terminal of 80x24 on the worked examples:
 * told how to send rows, on a terminal that answers at once that it is xterm, and on one that is PuTTY
 * and is sent rows to reorder.
 *
 * Floors of the same run: for the start, the sqlite3 shell selecting the same 50 rows; for a key, a
 * byte echoed by cat through a pseudo-terminal of its own. Medians of rounds.
 *
 *     bench_screen [PROGRAM [DATABASE]] */
#include "bench/measure.h"
#include "bench/terminal.h"

enum { START_ROUNDS = 15, KEY_ROUNDS = 101 };

/* A terminal: what the program is told, and what it is answered. */
struct played {
    const char *name, *wire, *answers;
};

static const struct played terminals[] = {
    {"told", "explicit", NULL},
    {"xterm", "automatic", "\033[0n\033P>|XTerm(379)\033\\\033[>41;379;0c\033[?64;1;2c"},
    {"PuTTY", "automatic", "\033[0nPuTTY\033[>0;136;0c\033[?6c"},
};

static void bench_start(char *const arguments[], const char *database,
                        const struct played *terminal)
{
    double ours[START_ROUNDS], floors[START_ROUNDS];
    for (int round = 0; round < START_ROUNDS; round++) {
        pid_t process;
        floors[round] = terminal_time_shell(database);
        double begin = measure_now();
        int master = terminal_start(arguments, &process);
        ours[round] = terminal_read(master, terminal->answers) - begin;
        terminal_stop(master, process);
    }
    double our = measure_median(ours, START_ROUNDS), shell = measure_median(floors, START_ROUNDS);
    printf("%s: start to first screen: %.1f ms, sqlite3 selecting 50 rows: %.1f ms, ratio %.2f\n",
           terminal->name, our, shell, our / shell);
}

static void bench_keys(char *const arguments[], const struct played *terminal)
{
    char cat[] = "cat", *echo[] = {cat, NULL};
    double ours[KEY_ROUNDS], floors[KEY_ROUNDS], bytes[KEY_ROUNDS], ignored;
    pid_t process, echo_process;
    int master = terminal_start(arguments, &process),
        echo_master = terminal_start(echo, &echo_process);
    terminal_read(master, terminal->answers);
    for (int round = 0; round < KEY_ROUNDS; round++) {
        floors[round] = terminal_time_key(echo_master, "j", &ignored);
        ours[round] = terminal_time_key(master, round % 20 < 10 ? "j" : "k", &bytes[round]);
    }
    terminal_stop(master, process);
    terminal_stop(echo_master, echo_process);
    printf("%s: key to changed screen: %.2f ms, an echo through a terminal: %.2f ms; %.0f bytes a "
           "step\n",
           terminal->name, measure_median(ours, KEY_ROUNDS), measure_median(floors, KEY_ROUNDS),
           measure_median(bytes, KEY_ROUNDS));
}

int main(int count, char *arguments[])
{
    char database[] = "/tmp/majlis-bench-XXXXXX", command[4096];
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    char standard[2048];
    snprintf(standard, sizeof standard, "%s/bin/majlis", build);
    char *program = count > 1 ? arguments[1] : standard;
    char *path = count > 2 ? arguments[2] : database;
    if (count <= 2) {
        if (!mkdtemp(database))
            terminal_fail("mkdtemp");
        char *file;
        if (asprintf(&file, "%s/demo.db", database) < 0)
            terminal_fail("asprintf");
        path = file;
        snprintf(command, sizeof command, "'%s' --db '%s' demo --no-open >/dev/null", program,
                 path);
        if (system(command) != 0)
            terminal_fail("majlis demo");
    }
    char option_db[] = "--db", option_lang[] = "--lang", english[] = "en";
    for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++) {
        char wire[64];
        snprintf(wire, sizeof wire, "--wire=%s", terminals[i].wire);
        char *call[] = {program, option_db, path, option_lang, english, wire, NULL};
        bench_start(call, path, &terminals[i]);
        bench_keys(call, &terminals[i]);
    }
    if (count <= 2) {
        snprintf(command, sizeof command, "rm -r '%s'", database);
        if (system(command) != 0)
            terminal_fail("rm");
    }
    return 0;
}
