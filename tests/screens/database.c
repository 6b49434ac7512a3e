/* Making, copying and asking databases; the programs that do it. */
#include "screens/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXEC_FAILED = 127, ENVIRONMENT_LEAST = 12 };

/* The moment at which every script plays, unless it sets another: noon in Doha. */
static const char fixed_moment[] = "MAJLIS_NOW=2022-11-20T09:00:00Z";

static _Noreturn void become(char *const *arguments, char *const *environment, int output)
{
    int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execvpe(arguments[0], arguments, environment);
    fprintf(stderr, "%s: %s\n", arguments[0], strerror(errno));
    _exit(EXEC_FAILED);
}

int command_run(char *const *arguments, char *const *environment, struct buffer *output)
{
    int ends[2], status = -1;
    char bytes[4096];
    ssize_t size;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    pid_t child = fork();
    if (child == 0)
        become(arguments, environment, ends[1]);
    close(ends[1]);
    while ((size = read(ends[0], bytes, sizeof bytes)) > 0)
        buffer_add(output, (struct str){bytes, (size_t)size});
    close(ends[0]);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -1;
    return status;
}

char **environment_make(const char *home, const char *database, const char *terminal_type,
                        struct arena *arena)
{
    const char *path = getenv("PATH");
    char **environment =
        arena_new(arena, ENVIRONMENT_LEAST + ENVIRONMENT_MORE + 1, sizeof *environment);
    size_t count = 0;
    environment[count++] = arena_printf(arena, "PATH=%s", path ? path : "/usr/bin:/bin");
    environment[count++] = arena_printf(arena, "HOME=%s", home);
    environment[count++] = arena_printf(arena, "XDG_RUNTIME_DIR=%s", home);
    environment[count++] = arena_printf(arena, "TERM=%s", terminal_type);
    environment[count++] = arena_printf(arena, "%s", "LANG=C.UTF-8");
    environment[count++] = arena_printf(arena, "%s", "TZ=UTC");
    environment[count++] = arena_printf(arena, "%s", fixed_moment);
    /* A sanitizer's report goes to files, where a closed terminal cannot lose it. */
    environment[count++] =
        arena_printf(arena, "ASAN_OPTIONS=log_path=%s/sanitizer:detect_leaks=1", home);
    environment[count++] = arena_printf(arena, "UBSAN_OPTIONS=log_path=%s/sanitizer", home);
    if (database)
        environment[count++] = arena_printf(arena, "MAJLIS_DB=%s", database);
    return environment;
}

bool environment_set(char **environment, const char *name_and_value, struct arena *arena)
{
    size_t name_size = strcspn(name_and_value, "=") + 1, count = 0;
    while (environment[count] && strncmp(environment[count], name_and_value, name_size) != 0)
        count++;
    if (count >= ENVIRONMENT_LEAST + ENVIRONMENT_MORE)
        return false;
    environment[count] = arena_printf(arena, "%s", name_and_value);
    return true;
}

bool database_make(const struct setting *setting, const char *const *words, const char *path,
                   const char *home, struct buffer *output)
{
    enum { WORDS_MOST = 8 };
    struct arena arena = {0};
    char *arguments[WORDS_MOST] = {arena_printf(&arena, "%s", setting->program)};
    size_t count = 1;
    for (size_t i = 0; words[i] && count < WORDS_MOST - 1; i++)
        arguments[count++] = arena_printf(&arena, "%s", words[i]);
    char **environment = environment_make(home, path, "dumb", &arena);
    /* Some commands take the path from the option only. */
    arguments[count++] = arena_printf(&arena, "--db=%s", path);
    int status = command_run(arguments, environment, output);
    arena_free(&arena);
    return status == 0;
}

bool database_copy(const char *from, const char *to)
{
    char bytes[65536];
    size_t size;
    FILE *source = fopen(from, "rb"), *target = source ? fopen(to, "wb") : NULL;
    bool copied = target != NULL;
    while (copied && (size = fread(bytes, 1, sizeof bytes, source)) > 0)
        copied = fwrite(bytes, 1, size, target) == size;
    if (source)
        copied = !ferror(source) && copied && fclose(source) == 0;
    if (target)
        copied = fclose(target) == 0 && copied;
    return copied;
}

/* Runs SQL; way is "-readonly" or, to write, "-bail". */
static bool run_sql(const char *path, const char *way, const char *sql, struct buffer *answer)
{
    struct arena arena = {0};
    char *arguments[] = {arena_printf(&arena, "sqlite3"), arena_printf(&arena, "-batch"),
                         arena_printf(&arena, "%s", way), arena_printf(&arena, "%s", path),
                         arena_printf(&arena, "%s", sql), NULL};
    char **environment = environment_make("/", NULL, "dumb", &arena);
    int status = command_run(arguments, environment, answer);
    while (answer->size > 0 && answer->data[answer->size - 1] == '\n')
        answer->size--;
    arena_free(&arena);
    return status == 0;
}

bool database_ask(const char *path, const char *sql, struct buffer *answer)
{
    return run_sql(path, "-readonly", sql, answer);
}

bool database_change(const char *path, const char *sql, struct buffer *answer)
{
    return run_sql(path, "-bail", sql, answer);
}
