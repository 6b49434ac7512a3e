/* What figures cost: those who read, each set beside fifty rows of a summary table; those who write, a
 * decision and an arrival, with the triggers that keep figures and without, and beside them a bare
 * transaction that writes the rows of a decision without reading a thing. All on copies of one
 * made-up public, in turns, and without waiting for the disk, which would hide what is measured. */
#include "bench/bare_decision.h"
#include "bench/crowd_database.h"
#include "bench/figure_look.h"
#include "load/office.h"
#include "store/record.h"

enum { COMMENTS = 20000, ROUNDS = 7, EACH = 250, ARRIVALS = 2000, READS = 101 };

static const double aim_decide = 2.0;

enum way { WAY_BARE, WAY_WITHOUT, WAY_WITH, WAYS };

struct place {
    char path[96];
    struct store *store;
    int64_t next; /* the comment to decide on next */
};

/* What else a decision and an arrival are counted by stays. */
static const char without_figures_sql[] =
    "DROP TRIGGER figures_decide; DROP TRIGGER figures_undo; DROP TRIGGER work_counts;"
    "DROP TRIGGER last_deed_done; DROP TRIGGER escalation_comes; DROP TRIGGER escalation_goes;"
    "DROP TRIGGER comment_arrives;"
    "CREATE TRIGGER comment_arrives AFTER INSERT ON comment BEGIN"
    " INSERT INTO comment_count VALUES (new.consultation_id, new.state, 1)"
    "  ON CONFLICT DO UPDATE SET count = count + 1;"
    " INSERT INTO arrival_count VALUES (new.consultation_id, new.received_at / 3600, 1)"
    "  ON CONFLICT DO UPDATE SET count = count + 1;"
    "END";

static double now_seconds(void)
{
    return measure_now() / 1e3;
}

static void open_place(struct place *place, const char *from, const char *folder, enum way way)
{
    struct error error;
    snprintf(place->path, sizeof place->path, "%s/%d.db", folder, (int)way);
    crowd_database_copy(from, place->path);
    office_must(store_open(&place->store, place->path, STORE_EXISTING, &error), &error);
    office_must(store_execute(place->store, "PRAGMA synchronous = OFF", &error), &error);
    place->next = 1;
    if (way != WAY_WITH)
        office_must(store_execute(place->store, without_figures_sql, &error), &error);
}

/* --- A decision --- */

/* The state of the next comment, read before the clock runs. */
static enum comment_state state_of(struct place *place)
{
    struct arena arena = {0};
    struct comment comment;
    struct error error;
    office_must(comment_read(place->store, place->next, 0, 0, &arena, &comment, &error), &error);
    arena_free(&arena);
    return comment.state;
}

static enum status decide_bare(struct place *place, enum comment_state from, bool approve,
                               struct error *error)
{
    struct bare_decision bare = {.comment = place->next,
                                 .moderator = 1,
                                 .now = OFFICE_NOW,
                                 .from = str_of(state_name(from)),
                                 .approve = approve};
    return bare_decision_write(place->store, &bare, error);
}

static enum status decide_in_full(struct place *place, enum comment_state from, bool approve,
                                  struct error *error)
{
    struct decision made = {
        .comment_id = place->next,
        .moderator_id = 1 + place->next % 7,
        .action = approve ? ACTION_APPROVE : ACTION_SPAM,
        .from_state = from,
        .to_state = approve ? STATE_APPROVED : STATE_SPAM,
        .decided_at = OFFICE_NOW + place->next,
    };
    return decision_add(place->store, &made, error);
}

/* Returns the seconds of all of them; one[i] receives those of each. */
static double decide_some(struct place *place, enum way way, double *one, int count)
{
    double spent = 0;
    for (int i = 0; i < count; i++) {
        struct error error;
        enum comment_state from = state_of(place);
        double start = now_seconds();
        enum status status = store_begin(place->store, &error);
        if (status == OK)
            status = (way == WAY_BARE ? decide_bare : decide_in_full)(
                place, from, from != STATE_APPROVED, &error);
        if (status == OK && way == WAY_BARE)
            status = statement_execute(place->store, "COMMIT", &error);
        else if (status == OK)
            status = store_commit(place->store, &error);
        office_must(status, &error);
        one[i] = now_seconds() - start;
        spent += one[i];
        place->next = 1 + (place->next * 7 + 3) % COMMENTS;
    }
    return spent;
}

static double measure_decisions(struct place places[WAYS])
{
    static const char *const names[WAYS] = {"bare", "without figures", "with figures"};
    static double one[WAYS][ROUNDS * EACH];
    double all[WAYS] = {0}, middle[WAYS];
    for (int round = 0; round < ROUNDS; round++) {
        for (int way = 0; way < WAYS; way++)
            all[way] += decide_some(&places[way], (enum way)way, one[way] + round * EACH, EACH);
    }
    for (int way = 0; way < WAYS; way++) {
        middle[way] = measure_median(one[way], ROUNDS * EACH);
        printf("bench_figures: a decision, %s: middle %.0f us, mean %.0f us, 99%% within %.0f us\n",
               names[way], middle[way] * 1e6, all[way] / (ROUNDS * EACH) * 1e6,
               one[way][ROUNDS * EACH * 99 / 100] * 1e6);
    }
    printf("bench_figures: a decision with figures to a bare one: middle %.2f, mean %.2f\n",
           middle[WAY_WITH] / middle[WAY_BARE], all[WAY_WITH] / all[WAY_BARE]);
    return middle[WAY_WITH] / middle[WAY_BARE];
}

/* --- Arrivals --- */

static void measure_arrivals(struct place places[WAYS])
{
    static const char sql[] =
        "INSERT INTO comment (consultation_id, source, source_id, channel, language, submitted_at,"
        " received_at, body) VALUES (?1, 'bench', ?2, 'web', ?3, ?4, ?4, 'words')";
    double spent[WAYS][ROUNDS];
    char name[32];
    for (int round = 0; round < ROUNDS; round++) {
        for (int way = WAY_WITHOUT; way < WAYS; way++) {
            struct store *store = places[way].store;
            struct error error;
            double start = now_seconds();
            office_must(store_begin(store, &error), &error);
            for (int i = 0; i < ARRIVALS; i++) {
                struct statement statement;
                snprintf(name, sizeof name, "%d-%d", round, i);
                statement_start(&statement, store, sql);
                statement_bind(&statement, 1 + i % 5);
                statement_bind_text(&statement, str_of(name));
                statement_bind_text(&statement, str_of(i % 3 ? "ar" : "en"));
                statement_bind(&statement, OFFICE_NOW + 60 * (int64_t)i);
                office_must(statement_run(&statement, &error), &error);
            }
            office_must(store_commit(store, &error), &error);
            spent[way][round] = (now_seconds() - start) / ARRIVALS;
        }
    }
    printf("bench_figures: an arrival among %d: without figures %.1f us, with %.1f us\n", ARRIVALS,
           measure_median(spent[WAY_WITHOUT], ROUNDS) * 1e6,
           measure_median(spent[WAY_WITH], ROUNDS) * 1e6);
}

/* --- Reading --- */

static void decide_once(void *context)
{
    struct place *place = context;
    double one[1];
    decide_some(place, WAY_WITH, one, 1);
}

/* Each with nothing named, as it opens; then with one thing and with several. */
static void measure_sets(struct place *place)
{
    static const char *const lines[] = {"", "agency:agency-1", "language:ar",
                                        "agency:agency-1 language:ar channel:web"};
    char what[80];
    measure_header();
    for (size_t i = 0; i < figure_set_count; i++) {
        for (size_t line = 0; line < sizeof lines / sizeof *lines; line++) {
            snprintf(what, sizeof what, "%s %s", figure_sets[i]->name, lines[line]);
            figure_looks(place->store, figure_sets[i], lines[line], what, READS, decide_once,
                         place);
        }
    }
}

int main(void)
{
    struct arena arena = {0};
    struct place places[WAYS];
    char folder[] = "/tmp/majlis-figures-XXXXXX";
    const char *from = crowd_database(1, COMMENTS, &arena);
    if (!mkdtemp(folder))
        abort();
    for (int way = 0; way < WAYS; way++)
        open_place(&places[way], from, folder, (enum way)way);
    double ratio = measure_decisions(places);
    measure_arrivals(places);
    measure_sets(&places[WAY_WITH]);
    printf("bench_figures: aim %.1f: %s\n", aim_decide, ratio <= aim_decide ? "reached" : "missed");
    for (int way = 0; way < WAYS; way++) {
        store_close(places[way].store);
        remove_database(places[way].path);
    }
    rmdir(folder);
    arena_free(&arena);
    return 0;
}
