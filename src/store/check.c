/* The check of a whole database: SQLite's own, and that what is kept twice agrees. */
#include "store/internal.h"

#include "base/language.h"
#include "store/alike_check.h"
#include "store/check.h"
#include "store/due.h"
#include "store/log.h"

/* Counts the faults and passes each on. */
struct finder {
    struct store *store;
    void (*found)(void *context, const char *sentence);
    void *context;
    int64_t faults;
    struct str head; /* of the trail, as it was published; size 0: none */
    struct arena arena;
};

static void report(struct finder *finder, const char *sentence)
{
    finder->faults++;
    if (finder->found)
        finder->found(finder->context, sentence);
    arena_reset(&finder->arena);
}

/* --- SQLite's own checks --- */

static enum status check_pages(struct finder *finder, struct error *error)
{
    struct statement statement;
    statement_start(&statement, finder->store, "PRAGMA integrity_check");
    while (statement_next(&statement)) {
        struct str line = statement_text(&statement, &finder->arena);
        if (!str_equal(line, str_of("ok")))
            report(finder, arena_printf(&finder->arena, _("the file: %s"), line.data));
    }
    return statement_end(&statement, error);
}

static enum status check_references(struct finder *finder, struct error *error)
{
    struct statement statement;
    statement_start(&statement, finder->store,
                    "SELECT \"table\", ifnull(rowid, 0), parent FROM pragma_foreign_key_check");
    while (statement_next(&statement)) {
        struct str table = statement_text(&statement, &finder->arena);
        int64_t row = statement_integer(&statement);
        struct str parent = statement_text(&statement, &finder->arena);
        report(finder,
               arena_printf(&finder->arena, _("%s %lld: it refers to a %s that is not there"),
                            table.data, (long long)row, parent.data));
    }
    return statement_end(&statement, error);
}

/* --- What is kept twice --- */

#define STANDS(d) "NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = " d ".id)"

/* Each finds the ids of what is wrong. */
static const struct {
    const char *subject, *fault, *sql;
} agreements[] = {
    {N_("comment"), N_("its state is not what its last decision made it"),
     "SELECT c.id FROM comment AS c WHERE c.state <> ifnull((SELECT d.to_state FROM decision AS d"
     " WHERE d.comment_id = c.id ORDER BY d.id DESC LIMIT 1), 'pending')"},
    {N_("comment"), N_("the moment of its first decision is wrong"),
     "SELECT c.id FROM comment AS c WHERE c.first_decided_at IS NOT (SELECT d.decided_at"
     " FROM decision AS d WHERE d.comment_id = c.id AND d.action <> 'undo' AND " STANDS(
         "d") " ORDER BY d.id LIMIT 1)"},
    {N_("comment"), N_("its revision is less than its decisions made it"),
     "SELECT c.id FROM comment AS c WHERE c.revision <="
     " (SELECT count(*) FROM decision AS d WHERE d.comment_id = c.id)"},
    {N_("decision"), N_("it does not begin in the state where the one before it ended"),
     "SELECT id FROM (SELECT id, from_state, lag(to_state, 1, 'pending')"
     " OVER (PARTITION BY comment_id ORDER BY id) AS before FROM decision)"
     " WHERE from_state <> before"},
    {N_("decision"),
     N_("it is an undo, but not of a decision on the same comment that began there"),
     "SELECT u.id FROM decision AS u WHERE u.action = 'undo' AND NOT EXISTS"
     " (SELECT 1 FROM decision AS d WHERE d.id = u.undoes_id AND d.comment_id = u.comment_id"
     " AND d.action <> 'undo' AND d.from_state = u.to_state)"},
    {N_("consultation"), N_("the kept number of its comments by state is wrong"),
     "WITH counted AS (SELECT consultation_id, state, count(*) AS count FROM comment"
     " GROUP BY consultation_id, state),"
     " kept AS (SELECT consultation_id, state, count FROM comment_count WHERE count <> 0)"
     " SELECT DISTINCT consultation_id FROM (SELECT * FROM (SELECT * FROM counted"
     " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
     " EXCEPT SELECT * FROM counted))"},
    {N_("consultation"), N_("the kept number of its comments by hour is wrong"),
     "WITH counted AS (SELECT consultation_id, received_at / 3600 AS hour, count(*) AS count"
     " FROM comment GROUP BY 1, 2),"
     " kept AS (SELECT consultation_id, hour, count FROM arrival_count WHERE count <> 0)"
     " SELECT DISTINCT consultation_id FROM (SELECT * FROM (SELECT * FROM counted"
     " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
     " EXCEPT SELECT * FROM counted))"},
    {N_("consultation"), N_("the kept number of its decisions is wrong"),
     "WITH counted AS (SELECT c.consultation_id, d.moderator_id, d.decided_at / 3600 AS hour,"
     " d.action, ifnull(d.reason_id, 0) AS reason_id, count(*) AS count"
     " FROM decision AS d JOIN comment AS c ON c.id = d.comment_id"
     " WHERE d.action <> 'undo' AND " STANDS(
         "d") " GROUP BY 1, 2, 3, 4, 5),"
              " kept AS (SELECT consultation_id, moderator_id, hour, action, reason_id, count"
              " FROM decision_count WHERE count <> 0)"
              " SELECT DISTINCT consultation_id FROM (SELECT * FROM (SELECT * FROM counted"
              " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
              " EXCEPT SELECT * FROM counted))"},
    {N_("consultation"), N_("the kept number of its answered comments is wrong"),
     "WITH counted AS (SELECT c.consultation_id, count(DISTINCT c.id) AS count"
     " FROM response AS r JOIN comment AS c ON c.id = r.comment_id"
     " WHERE r.state = 'published' GROUP BY 1),"
     " kept AS (SELECT consultation_id, count FROM answer_count WHERE count <> 0)"
     " SELECT DISTINCT consultation_id FROM (SELECT * FROM (SELECT * FROM counted"
     " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
     " EXCEPT SELECT * FROM counted))"},
    {N_("comment"), N_("it stands in a cluster of another consultation"),
     "SELECT c.id FROM comment AS c JOIN cluster AS k ON k.id = c.cluster_id"
     " WHERE k.consultation_id <> c.consultation_id"},
    {N_("comment"), N_("whether it stands for the letters like it, or behind one, is wrong"),
     "SELECT id FROM (SELECT id, represented, row_number() OVER"
     " (PARTITION BY cluster_id, state ORDER BY submitted_at, id) AS place"
     " FROM comment WHERE cluster_id IS NOT NULL) WHERE represented <> (place > 1)"
     " UNION ALL SELECT id FROM comment WHERE cluster_id IS NULL AND represented <> 0"},
    {N_("cluster"), N_("the kept number of its letters is wrong"),
     "WITH counted AS (SELECT cluster_id, state, count(*) AS letters FROM comment"
     " WHERE cluster_id IS NOT NULL GROUP BY 1, 2),"
     " kept AS (SELECT cluster_id, state, letters FROM cluster_state WHERE letters <> 0)"
     " SELECT DISTINCT cluster_id FROM (SELECT * FROM (SELECT * FROM counted"
     " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
     " EXCEPT SELECT * FROM counted)) UNION SELECT id FROM cluster AS k WHERE letters <>"
     " (SELECT count(*) FROM comment WHERE cluster_id = k.id)"},
    {N_("consultation"), N_("the kept number of its clusters is wrong"),
     "WITH counted AS (SELECT consultation_id, state, count(*) AS letters,"
     " count(DISTINCT cluster_id) AS clusters FROM comment WHERE cluster_id IS NOT NULL"
     " GROUP BY 1, 2 UNION ALL SELECT consultation_id, '', count(*), count(DISTINCT cluster_id)"
     " FROM comment WHERE cluster_id IS NOT NULL GROUP BY 1),"
     " kept AS (SELECT consultation_id, state, letters, clusters FROM cluster_count"
     " WHERE letters <> 0 OR clusters <> 0)"
     " SELECT DISTINCT consultation_id FROM (SELECT * FROM (SELECT * FROM counted"
     " EXCEPT SELECT * FROM kept) UNION SELECT * FROM (SELECT * FROM kept"
     " EXCEPT SELECT * FROM counted))"},
    {N_("comment"), N_("the index of look-alikes names it, but it is not there"),
     "SELECT DISTINCT comment_id FROM alike_key WHERE comment_id NOT IN (SELECT id FROM comment)"},
};

static enum status check_agreements(struct finder *finder, struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < sizeof agreements / sizeof *agreements; i++) {
        struct statement statement;
        statement_start(&statement, finder->store, agreements[i].sql);
        while (statement_next(&statement)) {
            long long id = (long long)statement_integer(&statement);
            report(finder,
                   arena_printf(&finder->arena, "%s %lld: %s", gettext(agreements[i].subject), id,
                                gettext(agreements[i].fault)));
        }
        status = statement_end(&statement, error);
    }
    return status;
}

/* --- Kept figures --- */

/* What is in the one and not in the other; rows of nothing but zeros say nothing. */
#define DIFFERS(kept, counted, some)                                                               \
    "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM " kept " WHERE " some                      \
    " EXCEPT SELECT * FROM " counted ") UNION ALL SELECT * FROM (SELECT * FROM " counted           \
    " WHERE " some " EXCEPT SELECT * FROM " kept "))"
#define FLOWS "(arrived <> 0 OR decided <> 0 OR reopened <> 0 OR waiting <> 0)"
#define STATES                                                                                     \
    "(pending <> 0 OR approved <> 0 OR rejected <> 0 OR spam <> 0 OR held <> 0 OR escalated <> 0)"

#define WORK                                                                                       \
    "(approved, rejected, spam, held, escalated, undone, overturned, within_600)"                  \
    " <> (0, 0, 0, 0, 0, 0, 0, 0)"

/* Of what is due, all that nothing happened to since it was looked at. */
#define STEADY(table)                                                                              \
    "(SELECT * FROM " table " WHERE comment_id NOT IN (SELECT comment_id FROM figure_change)"      \
    " AND comment_id NOT BETWEEN (SELECT next_id FROM due_state)"                                  \
    " AND (SELECT last_id FROM due_state))"
#define DUES                                                                                       \
    "(decide_kept, decide_late, decide_open, answer_kept, answer_late, answer_open)"               \
    " <> (0, 0, 0, 0, 0, 0)"

/* The fine sums, with what is still to be added, are compared with the comments and decisions; the
 * coarse ones with the fine. */
static const struct {
    const char *table, *sql;
} figures[] = {
    {"flow", DIFFERS("flow_now", "flow_counted", FLOWS)},
    {"flow_of", DIFFERS("flow_of", "flow_of_counted", FLOWS)},
    {"flow_hour", DIFFERS("flow_hour", "flow_hour_counted", FLOWS)},
    {"tally", DIFFERS("tally_now", "tally_counted", STATES)},
    {"tally_of", DIFFERS("tally_of", "tally_of_counted", STATES)},
    {"work", DIFFERS("work", "work_counted", WORK)},
    {"work_reason", DIFFERS("work_reason", "work_reason_counted", "rejected <> 0")},
    {"answer", DIFFERS("answer", "answer_counted", "(drafted, submitted, published) <> (0, 0, 0)")},
    {"answer_state", DIFFERS("answer_state", "answer_state_counted", "(draft, waiting) <> (0, 0)")},
    {"voice", DIFFERS("voice", "voice_counted", "arrived <> 0")},
    {"voice_tag", DIFFERS("voice_tag", "voice_tag_counted", "comments <> 0")},
    {"voice_span", DIFFERS("voice_span", "voice_span_counted", "comments <> 0")},
    {"voice_of", DIFFERS("voice_of", "voice_of_counted", "comments <> 0")},
    {"question", DIFFERS("question", "question_counted", "true")},
    {"due", DIFFERS(STEADY("due"), STEADY("due_counted"), "true")},
    {"promise_day", DIFFERS("promise_day", "promise_day_counted", DUES)},
    {"promise_of", DIFFERS("promise_of", "promise_of_counted", DUES)},
    {"promise_open",
     DIFFERS("promise_open", "promise_open_counted", "(decide_open, answer_open) <> (0, 0)")},
    {"promise_open_of",
     DIFFERS("promise_open_of", "promise_open_of_counted", "(decide_open, answer_open) <> (0, 0)")},
    {"due_count",
     DIFFERS("due_count", "due_count_counted", "(decide_open, answer_open) <> (0, 0)")},
    {"question_count", DIFFERS("question_count", "question_count_counted", "questions <> 0")},
    {"question_of", DIFFERS("question_of", "question_of_counted", "questions <> 0")},
    {"escalation", DIFFERS("escalation", "escalation_counted", "true")},
    {"last_deed", DIFFERS("last_deed", "last_deed_counted", "true")},
    {"cluster_total",
     DIFFERS("cluster_total", "cluster_total_counted", "(letters, clusters) <> (0, 0)")},
    {"cluster_day", DIFFERS("cluster_day", "cluster_day_counted", "(letters, waiting) <> (0, 0)")},
    {"cluster_sum", DIFFERS("cluster_sum", "cluster_sum_counted", "(letters, waiting) <> (0, 0)")},
    {"cluster_sum_count",
     DIFFERS("cluster_sum_count", "cluster_sum_count_counted", "(letters, clusters) <> (0, 0)")},
};

static enum status check_figures(struct finder *finder, struct error *error)
{
    enum status status = calendars_refresh(finder->store, error);
    for (size_t i = 0; status == OK && i < sizeof figures / sizeof *figures; i++) {
        struct statement statement;
        int64_t wrong = 0;
        statement_start(&statement, finder->store, figures[i].sql);
        statement_single(&statement, &wrong);
        status = statement_end(&statement, error);
        if (status == OK && wrong > 0)
            report(finder, arena_printf(&finder->arena,
                                        _("%s: the kept figures are not what is counted anew"),
                                        figures[i].table));
    }
    return status;
}

/* --- The index of words --- */

/* The 1 asks FTS5 to compare the index with the comments, not only with itself. */
static enum status check_words(struct finder *finder, struct store *store, struct error *error)
{
    enum { PRIMARY_CODE = 0xff };
    struct statement statement;
    statement_start(
        &statement, store,
        "INSERT INTO comment_words (comment_words, rank) VALUES ('integrity-check', 1)");
    statement_next(&statement);
    bool differs = (statement.code & PRIMARY_CODE) == SQLITE_CORRUPT;
    if (differs)
        report(finder, _("the index of words differs from the comments"));
    enum status status = statement_end(&statement, error);
    return differs ? OK : status;
}

/* FTS5 checks as if it wrote, which would keep everybody else waiting; so it checks a copy, in a
 * temporary file that SQLite removes. */
static enum status check_words_in_copy(struct finder *finder, struct error *error)
{
    struct store copy = {.path = finder->store->path};
    int code =
        sqlite3_open_v2("", &copy.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        code = tokenizer_register(copy.database, NULL);
    if (code == SQLITE_OK)
        code = copy_database(copy.database, finder->store->database);
    enum status status =
        code == SQLITE_OK ? check_words(finder, &copy, error) : store_failed(&copy, code, error);
    statement_cache_free(&copy.statements);
    sqlite3_close(copy.database);
    return status;
}

/* --- All of it --- */

static void report_part(void *context, const char *sentence)
{
    report(context, sentence);
}

static enum status check_all(struct finder *finder, bool alone, struct error *error)
{
    bool snapshot = snapshot_start(finder->store);
    enum status status = check_pages(finder, error);
    if (status == OK)
        status = check_references(finder, error);
    if (status == OK)
        status = check_agreements(finder, error);
    if (status == OK)
        status = check_figures(finder, error);
    if (status == OK)
        status = alike_check(finder->store, report_part, finder, error);
    if (status == OK)
        status = log_check(finder->store, finder->head, report_part, finder, error);
    snapshot_end(finder->store, snapshot);
    /* Words can only be compared where the pages that hold them are sound. */
    if (status != OK || finder->faults > 0)
        return status;
    return alone ? check_words(finder, finder->store, error) : check_words_in_copy(finder, error);
}

enum status check_store(struct store *store, bool alone, struct str head,
                        void (*found)(void *context, const char *sentence), void *context,
                        int64_t *faults, struct error *error)
{
    struct finder finder = {.store = store, .head = head, .found = found, .context = context};
    enum status status = check_all(&finder, alone, error);
    /* What is damaged beyond reading is a fault that was found, not a check that failed. */
    if (status == STATUS_STORE && finder.faults > 0)
        status = OK;
    *faults = finder.faults;
    arena_free(&finder.arena);
    return status;
}

enum status store_check(struct store *store, struct str head,
                        void (*found)(void *context, const char *sentence), void *context,
                        int64_t *faults, struct error *error)
{
    return check_store(store, false, head, found, context, faults, error);
}
