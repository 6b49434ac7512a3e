/* An open screen at a million comments: the time from the start to it, its memory against that at a
 * thousand, and how many bytes a step sends. What asking a terminal costs is bench_screen.c's.
 * The program runs on a pseudo-terminal of 80x24 on the made-up public.
 *
 * Floors of the same run: for the start, the sqlite3 shell selecting the same 50 rows; for a key, a
 * byte echoed by cat through a pseudo-terminal of its own; for the bytes of a step, the characters
 * of the cells that changed, as a terminal emulator shows them. Medians of rounds.
 *
 *     bench_open [PROGRAM [DATABASE]] */
#include "bench/crowd_database.h"
#include "bench/measure.h"
#include "bench/terminal.h"

#include "store/people.h"

#include <pwd.h>

#include <vterm.h>

enum { SEED = 1, FEW = 1000, START_ROUNDS = 15, KEY_ROUNDS = 101 };
enum { ROWS = TERMINAL_ROWS, COLUMNS = TERMINAL_COLUMNS };

static const double aim_start = 3, aim_start_more_ms = 50, aim_bytes = 2, aim_memory = 1.2;

static void bench_start(char *const arguments[], const char *database)
{
    static struct measure measure;
    for (; measure.count < START_ROUNDS; measure.count++) {
        pid_t process;
        measure.floors[measure.count] = terminal_time_shell(database);
        double begin = measure_now();
        int master = terminal_start(arguments, &process);
        measure.ours[measure.count] = terminal_read(master, NULL) - begin;
        terminal_leave(master, process);
    }
    measure_tell("start to first screen", &measure, aim_start);
    double more =
        measure_median(measure.ours, measure.count) - measure_median(measure.floors, measure.count);
    printf("  %.1f ms more, aim under %.0f: %s\n", more, aim_start_more_ms,
           more < aim_start_more_ms ? "reached" : "missed");
}

/* --- Cells --- */

struct cells {
    VTermScreenCell at[ROWS][COLUMNS];
};

static void read_cells(VTermScreen *screen, struct cells *cells)
{
    for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++)
            vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column},
                                  &cells->at[row][column]);
    }
}

/* The bytes of UTF-8 in a cell; an empty one is a blank. */
static size_t cell_bytes(const VTermScreenCell *cell)
{
    const uint32_t behind_wide = UINT32_MAX; /* the second column of a wide character */
    if (cell->chars[0] == behind_wide)
        return 0;
    size_t bytes = cell->chars[0] == 0 ? 1 : 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++) {
        uint32_t character = cell->chars[i];
        bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
    return bytes;
}

static bool same_look(const VTermScreenCell *a, const VTermScreenCell *b)
{
    return memcmp(a->chars, b->chars, sizeof a->chars) == 0 && a->attrs.bold == b->attrs.bold &&
           a->attrs.underline == b->attrs.underline && a->attrs.reverse == b->attrs.reverse &&
           vterm_color_is_equal(&a->fg, &b->fg) && vterm_color_is_equal(&a->bg, &b->bg);
}

static size_t changed_bytes(const struct cells *before, const struct cells *after)
{
    size_t bytes = 0;
    for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
            if (!same_look(&before->at[row][column], &after->at[row][column]))
                bytes += cell_bytes(&after->at[row][column]);
        }
    }
    return bytes;
}

/* --- Keys --- */

static void bench_keys(char *const arguments[])
{
    static struct cells before, after;
    static struct measure times, bytes;
    char cat[] = "cat", *echo[] = {cat, NULL};
    double ignored;
    pid_t process, echo_process;
    VTerm *terminal = vterm_new(ROWS, COLUMNS);
    VTermScreen *screen = vterm_obtain_screen(terminal);
    vterm_set_utf8(terminal, 1);
    vterm_screen_reset(screen, 1);
    int master = terminal_start(arguments, &process),
        echo_master = terminal_start(echo, &echo_process);
    terminal_read(master, NULL);
    vterm_input_write(terminal, terminal_output, terminal_output_size);
    /* A session that was ended from outside is opened again where it was. */
    terminal_time_key(master, "g", &ignored);
    vterm_input_write(terminal, terminal_output, terminal_output_size);
    read_cells(screen, &before);
    for (size_t round = 0; round < KEY_ROUNDS; round++, times.count++, bytes.count++) {
        times.floors[round] = terminal_time_key(echo_master, "j", &ignored);
        times.ours[round] = terminal_time_key(master, "j", &bytes.ours[round]);
        vterm_input_write(terminal, terminal_output, terminal_output_size);
        read_cells(screen, &after);
        bytes.floors[round] = (double)changed_bytes(&before, &after);
        before = after;
    }
    terminal_stop(master, process);
    terminal_stop(echo_master, echo_process);
    vterm_free(terminal);
    measure_row("bytes of one step down the list", measure_median(bytes.ours, bytes.count),
                measure_median(bytes.floors, bytes.count), "bytes", aim_bytes);
    printf("  key to changed screen %.2f ms, an echo through a terminal %.2f ms\n",
           measure_median(times.ours, times.count), measure_median(times.floors, times.count));
}

/* --- Memory --- */

/* Kilobytes of its own that a process has in memory: not those it shares with a file. */
static double own_kilobytes(pid_t process)
{
    char path[64], line[256];
    double kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *in = fopen(path, "r");
    if (!in)
        terminal_fail(path);
    while (fgets(line, sizeof line, in))
        sscanf(line, "VmRSS: %lf", &kilobytes);
    fclose(in);
    return kilobytes;
}

/* After the first screen, a look at the end, and some pages back. */
static double memory_of(char *const arguments[])
{
    pid_t process;
    double bytes;
    int master = terminal_start(arguments, &process);
    terminal_read(master, NULL);
    terminal_time_key(master, "G", &bytes);
    for (int page = 0; page < 5; page++)
        terminal_time_key(master, "\033[5~", &bytes);
    double kilobytes = own_kilobytes(process);
    terminal_stop(master, process);
    return kilobytes;
}

/* A copy to work on, in which who runs this is a supervisor. */
static void prepare(const char *from, const char *path)
{
    struct store *store;
    struct error error;
    const struct passwd *person = getpwuid(getuid());
    struct str name = str_of(person ? person->pw_name : "root");
    struct moderator self = {.login = name, .name = name, .role = ROLE_SUPERVISOR, .active = true};
    crowd_database_copy(from, path);
    measure_must(store_open(&store, path, STORE_EXISTING, &error), &error);
    measure_must(moderator_add(store, &self, &error), &error);
    store_close(store);
}

int main(int count, char *arguments[])
{
    struct arena arena = {0};
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    char *standard = arena_printf(&arena, "%s/bin/majlis", build);
    char *program = count > 1 ? arguments[1] : standard;
    char option_db[] = "--db", option_lang[] = "--lang", english[] = "en",
         wire[] = "--wire=explicit";
    char folder[] = "/tmp/majlis-bench-XXXXXX";
    if (!mkdtemp(folder))
        terminal_fail("mkdtemp");
    char *few = arena_printf(&arena, "%s/few.db", folder);
    char *all = arena_printf(&arena, "%s/all.db", folder);
    prepare(crowd_database(SEED, FEW, &arena), few);
    if (count > 2)
        all = arguments[2];
    else
        prepare(crowd_database(SEED, measure_comments(), &arena), all);
    char *call[] = {program, option_db, all, option_lang, english, wire, NULL};
    char *call_few[] = {program, option_db, few, option_lang, english, wire, NULL};
    measure_header();
    bench_start(call, all);
    measure_row("memory of an open screen, against a thousand", memory_of(call),
                memory_of(call_few), "kB", aim_memory);
    bench_keys(call);
    if (system(arena_printf(&arena, "rm -r '%s'", folder)) != 0)
        terminal_fail("rm");
    arena_free(&arena);
    return 0;
}
