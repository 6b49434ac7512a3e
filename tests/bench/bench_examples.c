/* How long loading the worked examples takes, which somebody waits for who opens the demo: every row
 * through the desk, with its rules, against the sqlite3 shell that reads a dump of the same rows with
 * their indexes, nothing beside them kept. Medians of rounds, both taken in turns. */
#include "bench/measure.h"

#include "exchange/examples.h"

#include <string.h>
#include <unistd.h>

enum { ROUNDS = 7, NOW = 1767225600 /* Unix seconds */ };

static const double aim_load =
    8; /* the sums, the words and the look-alikes are work of their own */

static char folder[] = "/tmp/majlis-examples-XXXXXX";

static void run(const char *format)
{
    char command[512];
    int size = snprintf(command, sizeof command, "cd '%s' && %s", folder, format);
    if (size < 0 || (size_t)size >= sizeof command || system(command) != 0) {
        fprintf(stderr, "bench_examples: %s failed\n", format);
        exit(EXIT_FAILURE);
    }
}

static double load(void)
{
    char path[sizeof folder + 16];
    struct store *store;
    struct error error;
    snprintf(path, sizeof path, "%s/demo.db", folder);
    double begin = measure_now();
    measure_must(store_open(&store, path, STORE_NEW, &error), &error);
    measure_must(examples_load(store, "data", str_of("visitor"), str_of("A visitor"), NOW, &error),
                 &error);
    store_close(store);
    return measure_now() - begin;
}

static double read_dump(void)
{
    double begin = measure_now();
    run("sqlite3 bare.db <dump.sql");
    return measure_now() - begin;
}

int main(void)
{
    static struct measure measure;
    if (!mkdtemp(folder))
        return EXIT_FAILURE;
    load();
    run("sqlite3 demo.db '.dump agency consultation section moderator comment decision reason tag"
        " comment_tag response template note cluster log' >dump.sql");
    for (; measure.count < ROUNDS; measure.count++) {
        run("rm -f demo.db* bare.db*");
        measure.ours[measure.count] = load();
        measure.floors[measure.count] = read_dump();
    }
    measure_header();
    measure_tell("loading the worked examples", &measure, aim_load);
    run("rm -f demo.db* bare.db* dump.sql");
    rmdir(folder);
    return 0;
}
