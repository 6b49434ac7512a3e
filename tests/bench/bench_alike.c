/* Look-alikes: how many of the labelled letters are found and how many of those found are right, on
 * the hand-written ones, on the worked examples and on a made-up public; and what finding them costs
 * a comment, for a public, for a flood of one letter, and for one that is made to be dear. */
#include "alike/labelled.h"
#include "bench/crowd.h"
#include "store/alike.h"
#include "store/internal.h"
#include "store/people.h"

#include <time.h>
#include <unistd.h>

enum { CONSULTATIONS = CROWD_CONSULTATIONS, FLOOD = 100000, PUBLIC = 100000, ROOM = 200000 };
enum { ASIDE = 8000 /* as an import does */ };

/* A database, and what was put into it. */
struct run {
    char path[64];
    struct store *store;
    struct error error;
    struct labelled *comments;
    size_t count;
    int64_t consultation;
    double adding, finding; /* seconds of processor time */
};

static void must(struct run *run, enum status status)
{
    if (status == OK)
        return;
    fprintf(stderr, "%s\n", run->error.message);
    exit(EXIT_FAILURE);
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void start(struct run *run)
{
    struct agency agency = {.slug = str_of("agency"), .name = {str_of("a"), str_of("a")}};
    *run = (struct run){.path = "/tmp/majlis-bench-XXXXXX", .consultation = 1};
    int file = mkstemp(run->path);
    if (file < 0)
        exit(EXIT_FAILURE);
    close(file);
    run->comments = memory_new(ROOM, sizeof *run->comments);
    must(run, store_open(&run->store, run->path, STORE_NEW, &run->error));
    must(run, store_begin(run->store, &run->error));
    must(run, agency_add(run->store, &agency, &run->error));
    for (int i = 0; i < CONSULTATIONS; i++) {
        char slug[24];
        snprintf(slug, sizeof slug, "c%d", i);
        struct consultation consultation = {.agency_id = agency.id,
                                            .slug = str_of(slug),
                                            .kind = str_of("consultation"),
                                            .title = {str_of(slug), str_of(slug)}};
        must(run, consultation_add(run->store, &consultation, &run->error));
    }
    alike_put_aside(run->store);
}

/* Finds the look-alikes of what was put aside. */
static void find(struct run *run)
{
    double before = processor_seconds();
    must(run, alike_settle(run->store, &run->error));
    run->finding += processor_seconds() - before;
    alike_put_aside(run->store);
}

static void add(void *context, const char *letter, const char *text)
{
    struct run *run = context;
    char name[24];
    enum comment_outcome outcome;
    snprintf(name, sizeof name, "%zu", run->count);
    snprintf(run->comments[run->count].letter, sizeof run->comments[0].letter, "%s",
             letter ? letter : "");
    struct comment comment = {.consultation_id = run->consultation,
                              .source = str_of("bench"),
                              .source_id = str_of(name),
                              .channel = str_of("web"),
                              .language = str_of("und"),
                              .submitted_at = CROWD_NOW + (int64_t)run->count,
                              .received_at = CROWD_NOW,
                              .body = str_of(text)};
    double before = processor_seconds();
    must(run, comment_add(run->store, &comment, &outcome, &run->error));
    run->adding += processor_seconds() - before;
    if (++run->count % ASIDE == 0)
        find(run);
}

/* Ends it, and reads which cluster each comment is in. */
static void settle(struct run *run)
{
    struct statement statement;
    find(run);
    must(run, store_commit(run->store, &run->error));
    statement_start(&statement, run->store,
                    "SELECT CAST(source_id AS INTEGER), ifnull(cluster_id, 0) FROM comment");
    while (statement_next(&statement)) {
        int64_t at = statement_integer(&statement);
        run->comments[at].cluster = statement_integer(&statement);
    }
    must(run, statement_end(&statement, &run->error));
}

static void finish(struct run *run)
{
    store_close(run->store);
    remove_database(run->path);
    free(run->comments);
}

static void print_found(struct run *run, const char *what)
{
    struct labelled_result result = labelled_count(run->comments, run->count);
    printf("bench_alike: %s: %zu comments, %.0f pairs alike: precision %.4f, recall %.4f\n", what,
           run->count, result.wanted, labelled_precision(&result), labelled_recall(&result));
}

static void print_cost(const struct run *run, const char *what)
{
    printf("bench_alike: %s: %.1f us a comment, of which %.1f us to find look-alikes\n", what,
           (run->adding + run->finding) / (double)run->count * 1e6,
           run->finding / (double)run->count * 1e6);
}

static void measure_letters(void)
{
    struct run run;
    start(&run);
    labelled_read(LABELLED_LETTERS, "letter", "text", add, &run);
    settle(&run);
    print_found(&run, "labelled letters");
    finish(&run);
}

static void add_example(void *context, const char *id, const char *text)
{
    add(context, labelled_example(id), text);
}

static void measure_examples(void)
{
    struct run run;
    start(&run);
    for (size_t i = 0; i < sizeof labelled_examples / sizeof *labelled_examples; i++) {
        run.consultation = 1 + (int64_t)i;
        labelled_read(labelled_examples[i], "id", "body", add_example, &run);
    }
    settle(&run);
    print_found(&run, "worked examples");
    finish(&run);
}

static void measure_public(uint64_t seed)
{
    struct run run;
    struct crowd crowd;
    struct crowd_comment comment;
    char what[40];
    start(&run);
    crowd_start(&crowd, seed, PUBLIC);
    for (int64_t i = 1; i <= PUBLIC; i++) {
        char letter[24] = "";
        crowd_make(&crowd, i, &comment);
        if (comment.campaign > 0)
            snprintf(letter, sizeof letter, "%d", comment.campaign);
        run.consultation = 1 + comment.consultation;
        buffer_text(&crowd.body);
        add(&run, letter, crowd.body.data);
    }
    settle(&run);
    snprintf(what, sizeof what, "a public of seed %d", (int)seed);
    print_found(&run, what);
    print_cost(&run, what);
    crowd_free(&crowd);
    finish(&run);
}

static const char flood_letter[] =
    "The draft timetable cancels the last ferry at half past ten. Hospital and hotel staff who "
    "finish the late shift would be left on the wrong side of the bay, with a taxi costing them "
    "half a day's wage. I ask the ministry to keep the last ferry until a night bus runs.";

static void measure_flood(void)
{
    struct run run;
    start(&run);
    for (int i = 0; i < FLOOD; i++)
        add(&run, "one", flood_letter);
    settle(&run);
    print_found(&run, "a flood of one letter");
    print_cost(&run, "a flood of one letter");
    finish(&run);
}

/* Each begins with the letter and goes on in words of its own: all share keys, none is alike. */
static void measure_collisions(void)
{
    enum { COLLISIONS = 20000, OWN_WORDS = 120 };
    struct run run;
    struct buffer text = {0};
    start(&run);
    for (int i = 0; i < COLLISIONS; i++) {
        buffer_clear(&text);
        buffer_add(&text, str_of(flood_letter));
        for (int word = 0; word < OWN_WORDS; word++)
            buffer_printf(&text, " x%d", i * OWN_WORDS + word);
        add(&run, NULL, buffer_text(&text));
    }
    settle(&run);
    print_found(&run, "letters made to collide");
    print_cost(&run, "letters made to collide");
    buffer_free(&text);
    finish(&run);
}

int main(void)
{
    measure_letters();
    measure_examples();
    measure_public(1);
    measure_public(7);
    measure_flood();
    measure_collisions();
    return 0;
}
