/* A driver for the fuzzers: runs LLVMFuzzerTestOneInput() on seeds and on mutations of them, made
 * by a small generator from a number, so that a run can be repeated. No coverage guidance; a fuzzer
 * built with clang's -fsanitize=fuzzer needs no driver.
 *
 *   fuzz_x [--seconds N | --runs N] [--seed N] seed-files...
 *
 * A sanitizer's report ends the program; the input that caused it is then in a file that is named.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    DEFAULT_RUNS = 20000,
    INPUT_BYTES = 4096, /* no input is longer */
    MOST_SEEDS = 256,
    MOST_MUTATIONS = 8, /* on top of each other */
    TIME_CHECK_RUNS = 64,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The sanitizers call this before the program dies; without them it is not there. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

struct input {
    uint8_t bytes[INPUT_BYTES];
    size_t size;
};

static struct input current;
static const char *name;

/* --- Random numbers: xorshift64* (Vigna, 2016) --- */

static uint64_t random_state;

static uint64_t next_random(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1dULL;
}

/* A number below limit, which is not 0. */
static size_t below(size_t limit)
{
    return (size_t)((next_random() >> 16) % limit);
}

/* --- Mutations --- */

/* What tends to be special in a text. */
static const char *const pieces[] = {
    " ",
    "\n",
    "\r\n",
    "\t",
    "\x1b[31m",
    "\x7f",
    "[RLO]",
    "(",
    ")",
    "]",
    "123",
    "https://a.b/c?d",
    "\xc2\x85",
    "\xc2\xa0",
    "\xc2\xad",
    "\xcc\x81",
    "\xd8\xa7",
    "\xd9\x84",
    "\xd9\x85",
    "\xd9\x8e",
    "\xd9\x91",
    "\xd9\x80",
    "\xd9\xa3",
    "\xd8\x8c",
    "\xda\xa9",
    "\xdb\x8c",
    "\xd7\x90",
    "\xd8\x9c",
    "\xe2\x80\x8b",
    "\xe2\x80\x8c",
    "\xe2\x80\x8d",
    "\xe2\x80\x8e",
    "\xe2\x80\x8f",
    "\xe2\x80\xa8",
    "\xe2\x80\xaa",
    "\xe2\x80\xab",
    "\xe2\x80\xac",
    "\xe2\x80\xad",
    "\xe2\x80\xae",
    "\xe2\x81\xa6",
    "\xe2\x81\xa7",
    "\xe2\x81\xa8",
    "\xe2\x81\xa9",
    "\xe2\x83\xa3",
    "\xef\xb8\x8f",
    "\xef\xbb\xbf",
    "\xef\xbf\xbf",
    "\xe1\x84\x80",
    "\xe1\x85\xa1",
    "\xe6\xbc\xa2",
    "\xe3\x80\x80",
    "\xe0\xa4\x95",
    "\xe0\xa5\x8d",
    "\xe0\xa4\xbf",
    "\xf0\x9f\x91\xa8",
    "\xf0\x9f\x8f\xbd",
    "\xf0\x9f\x87\xb6",
    "\xf0\x9f\x87\xa6",
    "\xf3\xa0\x81\x81",
    "\xf3\xa0\x84\x80",
    "\xed\xa0\x80",
    "\xc0\xaf",
    "\xf4\x90\x80\x80",
    "\xff",
};

/* Puts bytes in at a random place; what does not fit is left away. */
static void insert(const void *bytes, size_t size)
{
    size_t at = below(current.size + 1);
    if (size > INPUT_BYTES - current.size)
        return;
    memmove(current.bytes + at + size, current.bytes + at, current.size - at);
    memcpy(current.bytes + at, bytes, size);
    current.size += size;
}

static void insert_piece(void)
{
    const char *piece = pieces[below(sizeof pieces / sizeof pieces[0])];
    size_t repeats = below(8) == 0 ? 1 + below(40) : 1;
    for (size_t i = 0; i < repeats; i++)
        insert(piece, strlen(piece));
}

/* Repeats a part of the input somewhere in it. */
static void repeat_part(void)
{
    uint8_t part[INPUT_BYTES];
    size_t from = below(current.size + 1);
    size_t size = below(current.size - from + 1);
    memcpy(part, current.bytes + from, size);
    insert(part, size);
}

static void splice(const struct input *other)
{
    size_t from = below(other->size + 1);
    insert(other->bytes + from, below(other->size - from + 1));
}

static void remove_part(void)
{
    size_t from = below(current.size + 1);
    size_t size = below(current.size - from + 1);
    memmove(current.bytes + from, current.bytes + from + size, current.size - from - size);
    current.size -= size;
}

static void mutate(const struct input *seeds, size_t count)
{
    uint8_t byte = (uint8_t)next_random();
    switch (below(8)) {
    case 0:
        if (current.size > 0)
            current.bytes[below(current.size)] ^= (uint8_t)(1u << below(8));
        break;
    case 1:
        insert(&byte, 1);
        break;
    case 2:
        repeat_part();
        break;
    case 3:
        splice(&seeds[below(count)]);
        break;
    case 4:
        if (below(4) == 0)
            current.size = below(current.size + 1);
        else
            remove_part();
        break;
    default:
        insert_piece();
        break;
    }
}

/* --- The run --- */

static void keep_input(void)
{
    char path[256];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/%s-crash-%016llx", folder ? folder : "/tmp", name,
             (unsigned long long)random_state);
    FILE *file = fopen(path, "wb");
    if (!file)
        return;
    fwrite(current.bytes, 1, current.size, file);
    fclose(file);
    fprintf(stderr, "%s: the input is in %s\n", name, path);
}

/* A check of the fuzzer's own that fails calls abort(), of which the sanitizers do not speak. */
static void keep_aborted(int number)
{
    keep_input();
    signal(number, SIG_DFL);
    raise(number);
}

static bool read_seed(const char *path, struct input *seed)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "%s: %s: %s\n", name, path, strerror(errno));
        return false;
    }
    seed->size = fread(seed->bytes, 1, INPUT_BYTES, file);
    fclose(file);
    return true;
}

static void run_current(void)
{
    /* A buffer of just this size, so that reading past its end is noticed. */
    uint8_t *copy = malloc(current.size ? current.size : 1);
    if (!copy)
        exit(1);
    memcpy(copy, current.bytes, current.size);
    LLVMFuzzerTestOneInput(copy, current.size);
    free(copy);
}

static uint64_t run_all(const struct input *seeds, size_t count, uint64_t runs, time_t seconds)
{
    time_t end = time(NULL) + seconds;
    uint64_t done = 0;
    for (; done < count; done++) {
        current = seeds[done];
        run_current();
    }
    for (; seconds > 0 || done < runs; done++) {
        if (seconds > 0 && done % TIME_CHECK_RUNS == 0 && time(NULL) >= end)
            break;
        current = seeds[below(count)];
        for (size_t left = 1 + below(MOST_MUTATIONS); left > 0; left--)
            mutate(seeds, count);
        run_current();
    }
    return done;
}

int main(int count, char **words)
{
    static struct input seeds[MOST_SEEDS];
    uint64_t runs = DEFAULT_RUNS, seed = 1;
    time_t seconds = 0;
    size_t seed_count = 0;
    name = strrchr(words[0], '/') ? strrchr(words[0], '/') + 1 : words[0];
    for (int i = 1; i < count; i++) {
        bool has_value = i + 1 < count;
        if (has_value && strcmp(words[i], "--seconds") == 0)
            seconds = (time_t)strtoll(words[++i], NULL, 10);
        else if (has_value && strcmp(words[i], "--runs") == 0)
            runs = strtoull(words[++i], NULL, 10);
        else if (has_value && strcmp(words[i], "--seed") == 0)
            seed = strtoull(words[++i], NULL, 10);
        else if (seed_count < MOST_SEEDS && !read_seed(words[i], &seeds[seed_count++]))
            return 1;
    }
    if (seed_count == 0)
        seed_count = 1; /* the empty input */
    random_state = seed * 0x9e3779b97f4a7c15ULL + 1;
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keep_input);
    signal(SIGABRT, keep_aborted);
    printf("%s: %llu runs\n", name, (unsigned long long)run_all(seeds, seed_count, runs, seconds));
    return 0;
}
