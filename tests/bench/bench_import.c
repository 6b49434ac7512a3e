/* An import of the made-up public as CSV, with every index and the full text, against the sqlite3
 * shell that imports finished rows into a bare table with the same indexes and fills an FTS5 index
 * with unicode61: no rules, no checks, no counts. Both have the same cache. */
#include "bench/crowd_database.h"
#include "bench/measure.h"

#include "base/memory.h"
#include "store/internal.h"
#include "store/people.h"

#include <pwd.h>
#include <unistd.h>

enum { ROUNDS = 3 };

static const double aim_import = 2.5;

/* The table's columns in the order of the floor's CSV. */
#define COLUMNS                                                                                    \
    "id,consultation_id,section_id,parent_id,source,source_id,channel,author,author_key,language," \
    "submitted_at,received_at,state,revision,first_decided_at,body"

struct bench {
    char folder[64];
    const char *program;
    struct crowd crowd;
    struct arena arena;
};

static void run(const char *command)
{
    if (system(command) == 0)
        return;
    fprintf(stderr, "failed: %s\n", command);
    exit(EXIT_FAILURE);
}

/* --- What is imported --- */

static void write_text(FILE *out, struct str value)
{
    putc('"', out);
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            putc('"', out);
        putc(value.data[i], out);
    }
    putc('"', out);
}

static FILE *create(struct bench *bench, const char *name)
{
    FILE *out = fopen(arena_printf(&bench->arena, "%s/%s", bench->folder, name), "w");
    if (!out) {
        perror(name);
        exit(EXIT_FAILURE);
    }
    return out;
}

static void number_or_empty(FILE *out, int64_t number)
{
    if (number > 0)
        fprintf(out, "%lld", (long long)number);
    putc(',', out);
}

/* The finished row: what an import would find out stands in it already. */
static void write_floor_row(FILE *out, const struct crowd_comment *comment)
{
    fprintf(out, "%lld,1,", (long long)comment->number);
    number_or_empty(out, comment->section);
    number_or_empty(out, comment->parent);
    fprintf(out, "crowd,%lld,", (long long)comment->number);
    write_text(out, comment->channel);
    putc(',', out);
    write_text(out, comment->author);
    putc(',', out);
    write_text(out, comment->author_key);
    fprintf(out, ",%s,%lld,%d,pending,1,,", comment->language == CROWD_ARABIC ? "ar" : "en",
            (long long)comment->submitted_at, CROWD_NOW);
    write_text(out, comment->body);
    putc('\n', out);
}

static void write_files(struct bench *bench)
{
    FILE *ours = create(bench, "ours.csv"), *floor = create(bench, "floor.csv");
    crowd_write_csv(&bench->crowd, -1, ours);
    for (int64_t i = 1; i <= bench->crowd.comments; i++) {
        struct crowd_comment comment;
        crowd_make(&bench->crowd, i, &comment);
        write_floor_row(floor, &comment);
    }
    if (fclose(ours) != 0 || fclose(floor) != 0) {
        perror(bench->folder);
        exit(EXIT_FAILURE);
    }
}

/* A database with the one consultation all is imported into, its sections, and who imports. */
static void make_empty(struct bench *bench)
{
    struct store *store;
    struct error error;
    const struct passwd *person = getpwuid(getuid());
    struct str name = str_of(person ? person->pw_name : "root");
    struct agency agency = {.slug = str_of("agency"), .name = {str_of("هيئة"), str_of("Agency")}};
    struct consultation consultation = {
        .slug = str_of("all"), .kind = str_of("draft"), .title = {str_of("كل"), str_of("All")}};
    struct moderator self = {.login = name, .name = name, .role = ROLE_OPERATOR, .active = true};
    measure_must(store_open(&store, arena_printf(&bench->arena, "%s/empty.db", bench->folder),
                            STORE_NEW, &error),
                 &error);
    measure_must(agency_add(store, &agency, &error), &error);
    consultation.agency_id = agency.id;
    measure_must(consultation_add(store, &consultation, &error), &error);
    measure_must(moderator_add(store, &self, &error), &error);
    for (int i = 1; i <= CROWD_SECTIONS; i++) {
        struct section section = {.consultation_id = consultation.id,
                                  .ordinal = i,
                                  .title = consultation.title,
                                  .body = str_of("")};
        measure_must(section_add(store, &section, &error), &error);
    }
    store_close(store);
}

/* --- The floor --- */

/* Writes what the shell is to do: the table, the indexes the program's own schema has on it (an
 * empty value is no NULL to the shell) but for columns that are not the sender's, and the words. */
static void write_floor_script(struct bench *bench)
{
    FILE *out = create(bench, "floor.sql");
    fprintf(
        out,
        "ATTACH '%s/empty.db' AS schema;\n"
        "PRAGMA main.cache_size = -" STORE_CACHE_KIB_TOGETHER ";\n"
        ".once %s/floor_schema.sql\n"
        "SELECT replace(sql, 'IS NOT NULL', '<> ''''') || ';' FROM schema.sqlite_schema AS s"
        " WHERE tbl_name = 'comment' AND type = 'index' AND sql IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM pragma_table_info('comment', 'schema') AS c"
        "  WHERE instr('," COLUMNS ",', ',' || c.name || ',') = 0 AND instr(s.sql, c.name));\n"
        "DETACH schema;\n"
        "CREATE TABLE comment (%s);\n"
        ".read %s/floor_schema.sql\n"
        "CREATE VIRTUAL TABLE comment_words USING fts5 (body, content = 'comment',"
        " content_rowid = 'id', tokenize = 'unicode61');\n"
        ".import --csv %s/floor.csv comment\n"
        "INSERT INTO comment_words (rowid, body) SELECT id, body FROM comment;\n",
        bench->folder, bench->folder,
        "id INTEGER PRIMARY KEY, consultation_id INTEGER, section_id INTEGER, parent_id INTEGER,"
        " source TEXT, source_id TEXT, channel TEXT, author TEXT, author_key TEXT,"
        " language TEXT, submitted_at INTEGER, received_at INTEGER, state TEXT,"
        " revision INTEGER, first_decided_at INTEGER, body TEXT",
        bench->folder, bench->folder);
    if (fclose(out) != 0) {
        perror(bench->folder);
        exit(EXIT_FAILURE);
    }
}

static double time_floor(struct bench *bench)
{
    double begin = measure_now();
    run(arena_printf(&bench->arena, "cd %s && rm -f floor.db && sqlite3 -bail floor.db <floor.sql",
                     bench->folder));
    return measure_now() - begin;
}

static double time_ours(struct bench *bench)
{
    run(arena_printf(&bench->arena, "cd %s && rm -f ours.db* && cp empty.db ours.db",
                     bench->folder));
    double begin = measure_now();
    run(arena_printf(&bench->arena,
                     "%s --db %s/ours.db import csv %s/ours.csv --consultation all --source crowd "
                     ">/dev/null 2>&1",
                     bench->program, bench->folder, bench->folder));
    return measure_now() - begin;
}

/* Both must have taken every comment, and the floor every index that is not a later part's own. */
static void check(struct bench *bench)
{
    run(arena_printf(&bench->arena,
                     "cd %s && test \"$(sqlite3 ours.db 'SELECT count(*) FROM comment')\" = %lld "
                     "&& test \"$(sqlite3 floor.db 'SELECT count(*) FROM comment')\" = %lld "
                     "&& test \"$(sqlite3 floor.db \"SELECT count(*) > 8 FROM sqlite_schema "
                     "WHERE type = 'index' AND tbl_name = 'comment'\")\" = 1",
                     bench->folder, (long long)bench->crowd.comments,
                     (long long)bench->crowd.comments));
}

int main(void)
{
    static struct bench bench = {.folder = "/tmp/majlis-bench-XXXXXX"};
    static struct measure measure;
    const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
    bench.program = arena_printf(&bench.arena, "%s/bin/majlis", build);
    if (!mkdtemp(bench.folder)) {
        perror(bench.folder);
        return EXIT_FAILURE;
    }
    crowd_start(&bench.crowd, 1, measure_comments());
    write_files(&bench);
    make_empty(&bench);
    write_floor_script(&bench);
    for (; measure.count < ROUNDS; measure.count++) {
        measure.floors[measure.count] = time_floor(&bench) / 1000;
        measure.ours[measure.count] = time_ours(&bench) / 1000;
        check(&bench);
    }
    measure_header();
    measure_row("import CSV: every index, full text, look-alikes",
                measure_median(measure.ours, ROUNDS), measure_median(measure.floors, ROUNDS), "s",
                aim_import);
    crowd_free(&bench.crowd);
    run(arena_printf(&bench.arena, "rm -r %s", bench.folder));
    arena_free(&bench.arena);
    return 0;
}
