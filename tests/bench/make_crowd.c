/* Makes a made-up public by hand: CSV to standard output, or a database.
 *
 *     make_crowd csv [COMMENTS [SEED]]
 *     make_crowd db FILE [COMMENTS [SEED]] */
#include "bench/crowd_database.h"

#include <stdlib.h>

static void tell(const char *what, int64_t done, int64_t of)
{
    fprintf(stderr, "\r%s %lld of %lld%s", what, (long long)done, (long long)of,
            done == of ? "\n" : "");
}

static int usage(void)
{
    fputs("usage: make_crowd csv [COMMENTS [SEED]]\n"
          "       make_crowd db FILE [COMMENTS [SEED]]\n",
          stderr);
    return EXIT_FAILURE;
}

/* The comments and the seed in the arguments from at on; a thousand, and 1, where they are not. */
static bool read_numbers(int count, char *arguments[], int at, long long *comments, long long *seed)
{
    *comments = 1000;
    *seed = 1;
    if (count > at && (!str_to_int64(str_of(arguments[at]), comments) || *comments < 1))
        return false;
    return count <= at + 1 || str_to_int64(str_of(arguments[at + 1]), seed);
}

int main(int count, char *arguments[])
{
    long long comments, seed;
    struct crowd crowd;
    struct error error;
    bool csv = count > 1 && str_equal(str_of(arguments[1]), str_of("csv"));
    bool db = count > 2 && str_equal(str_of(arguments[1]), str_of("db"));
    if ((!csv && !db) || !read_numbers(count, arguments, csv ? 2 : 3, &comments, &seed))
        return usage();
    if (csv) {
        crowd_start(&crowd, (uint64_t)seed, comments);
        crowd_write_csv(&crowd, -1, stdout);
        crowd_free(&crowd);
        return EXIT_SUCCESS;
    }
    if (crowd_database_make(arguments[2], (uint64_t)seed, comments, tell, &error) == OK)
        return EXIT_SUCCESS;
    fprintf(stderr, "%s\n", error.message);
    return EXIT_FAILURE;
}
