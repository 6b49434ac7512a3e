/* Keeping figures: what happened (figure_change) becomes sums, many deeds at once, so that no deed
 * waits for more than its own row; and counting it all anew after the team's clock changed. */
#include "store/figures_keep.h"

#include "store/due.h"
#include "store/figures.h"
#include "store/figures_kept.h"
#include "store/figures_scopes.h"
#include "store/internal.h"
#include "store/recall.h"

#include "base/memory.h"

/* Above so many changes a transaction adds them to the sums before it ends. Who reads figures reads
 * the changes too, so that they must stay few; what a sum costs is shared by those that go into it. */
enum { CHANGES_MOST = 48, ARRIVALS_MOST = 8 /* behind the sums of what is written */ };

/* --- Sums --- */

#define ADD_FLOW                                                                                   \
    " ON CONFLICT DO UPDATE SET arrived = arrived + excluded.arrived,"                             \
    " decided = decided + excluded.decided, reopened = reopened + excluded.reopened,"              \
    " waiting = waiting + excluded.waiting"
#define ADD_TALLY                                                                                  \
    " ON CONFLICT DO UPDATE SET pending = pending + excluded.pending,"                             \
    " approved = approved + excluded.approved, rejected = rejected + excluded.rejected,"           \
    " spam = spam + excluded.spam, held = held + excluded.held,"                                   \
    " escalated = escalated + excluded.escalated"
#define FLOWS "arrived, decided, reopened, waiting"
#define SUMS_OF_FLOWS "sum(arrived), sum(decided), sum(reopened), sum(waiting)"
#define STATES "pending, approved, rejected, spam, held, escalated"
#define SUMS_OF_STATES                                                                             \
    "sum(pending), sum(approved), sum(rejected), sum(spam), sum(held), sum(escalated)"

static const char flow_sql[] =
    "INSERT INTO flow SELECT consultation_id, hour, language, channel, moderator_id," SUMS_OF_FLOWS
    " FROM flow_change WHERE arrived <> 0 OR decided <> 0 OR reopened <> 0 OR waiting <> 0"
    " GROUP BY 1, 2, 3, 4, 5" ADD_FLOW;

/* The finest sums first, since every other is a sum of those. */
static const char flow_of_sql[] =
    "WITH fine (consultation_id, day, language, channel, moderator_id, " FLOWS ") AS MATERIALIZED"
    " (SELECT consultation_id, hour / 24, language, channel, moderator_id," SUMS_OF_FLOWS
    "  FROM flow_change WHERE arrived <> 0 OR decided <> 0 OR reopened <> 0 OR waiting <> 0"
    "  GROUP BY 1, 2, 3, 4, 5)"
    " INSERT INTO flow_of SELECT scope, day," SUMS_OF_FLOWS
    " FROM (" FINE_BY_SCOPE_AND_MODERATOR("day, " FLOWS) ") GROUP BY 1, 2" ADD_FLOW;

static const char flow_hour_sql[] =
    "INSERT INTO flow_hour SELECT hour," SUMS_OF_FLOWS
    " FROM flow_change WHERE arrived <> 0 OR decided <> 0 OR reopened <> 0 OR waiting <> 0"
    " GROUP BY 1" ADD_FLOW;

static const char tally_sql[] =
    "INSERT INTO tally SELECT consultation_id, language, channel," SUMS_OF_STATES
    " FROM tally_change GROUP BY 1, 2, 3" ADD_TALLY;

static const char tally_of_sql[] =
    "WITH fine (consultation_id, language, channel, " STATES ") AS MATERIALIZED"
    " (SELECT consultation_id, language, channel," SUMS_OF_STATES
    "  FROM tally_change GROUP BY 1, 2, 3)"
    " INSERT INTO tally_of SELECT scope," SUMS_OF_STATES
    " FROM (" FINE_BY_SCOPE(STATES) ") GROUP BY 1" ADD_TALLY;

enum status figures_settle(struct store *store, struct error *error)
{
    static const char *const sums[] = {flow_sql,
                                       flow_of_sql,
                                       flow_hour_sql,
                                       tally_sql,
                                       tally_of_sql,
                                       "DELETE FROM figure_change",
                                       "DELETE FROM gathered",
                                       KEPT_ANEW("sums")};
    enum status status = due_settle(store, error);
    for (size_t i = 0; status == OK && i < sizeof sums / sizeof *sums; i++)
        status = statement_execute(store, sums[i], error);
    return status;
}

/* Who sets how far the sums of what is written go makes them go so far: see voice_settles. */
static enum status settle_arrivals(struct store *store, struct error *error)
{
    return statement_execute(store,
                             "UPDATE counted_to SET comment_id ="
                             " (SELECT ifnull(max(id), 0) FROM comment)",
                             error);
}

enum status figures_settle_many(struct store *store, struct error *error)
{
    struct statement statement;
    int64_t changes = 0, arrivals = 0;
    statement_start(&statement, store,
                    "SELECT (SELECT max(id) FROM figure_change),"
                    " ifnull((SELECT max(id) FROM comment), 0) - comment_id FROM counted_to"
                    " WHERE id = 1");
    if (statement_single(&statement, &changes))
        arrivals = statement_integer(&statement);
    enum status status = statement_end(&statement, error);
    if (status == OK && changes > CHANGES_MOST)
        status = figures_settle(store, error);
    return status == OK && arrivals > ARRIVALS_MOST ? settle_arrivals(store, error) : status;
}

/* --- An import --- */

enum status figures_settle_changes(struct store *store, struct error *error)
{
    struct statement statement;
    int64_t changes = 0;
    statement_start(&statement, store, "SELECT max(id) FROM figure_change");
    statement_single(&statement, &changes);
    enum status status = statement_end(&statement, error);
    return status == OK && changes > CHANGES_MOST ? figures_settle(store, error) : status;
}

void figures_gather_begin(struct store *store)
{
    /* Left behind by a transaction of its own, the mark would keep others' comments uncounted. */
    if (!sqlite3_get_autocommit(store->database))
        store->words.gathers = statement_execute(store,
                                                 "UPDATE counted_to SET gathered_from ="
                                                 " (SELECT ifnull(max(id), 0) FROM comment)"
                                                 " WHERE gathered_from IS NULL",
                                                 NULL) == OK;
}

/* Of a text without a question mark, question_counted need not be asked. */
void figures_arrived(struct store *store, const struct comment *comment)
{
    static const char arabic[] = "؟";
    struct words_aside *words = &store->words;
    struct str body = comment->body;
    if (!words->gathers || body.size == 0 ||
        (!memchr(body.data, '?', body.size) &&
         !memmem(body.data, body.size, arabic, sizeof arabic - 1)))
        return;
    if (words->asking_count == words->asking_capacity) {
        enum { FIRST = 1024 };
        words->asking_capacity = words->asking_capacity ? 2 * words->asking_capacity : FIRST;
        words->asking = memory_resize(words->asking, words->asking_capacity, sizeof *words->asking);
    }
    words->asking[words->asking_count++] = comment->id;
}

struct question {
    int64_t consultation_id, received_at, comment_id;
    struct str language, channel;
};

/* What a comment asks, where question does not have it yet: one of a text that was changed meanwhile
 * was looked at then. */
static enum status read_question(struct store *store, int64_t comment, struct arena *arena,
                                 struct question *question, bool *found, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT consultation_id, language, channel, received_at FROM question_counted"
                    " AS c WHERE comment_id = ?1 AND NOT EXISTS"
                    " (SELECT 1 FROM question AS q WHERE q.comment_id = ?1)");
    statement_bind(&statement, comment);
    *found = statement_next(&statement);
    if (*found) {
        question->consultation_id = statement_integer(&statement);
        question->language = statement_text(&statement, arena);
        question->channel = statement_text(&statement, arena);
        question->received_at = statement_integer(&statement);
        question->comment_id = comment;
    }
    return statement_end(&statement, error);
}

/* No trigger has anything to do for a question that is gathered. */
static enum status add_question(struct store *store, const struct question *question,
                                struct error *error)
{
    struct statement statement;
    statement_start_bare(&statement, store, "INSERT INTO question VALUES (?1, ?2, ?3, ?4, ?5)");
    statement_bind(&statement, question->consultation_id);
    statement_bind_text(&statement, question->language);
    statement_bind_text(&statement, question->channel);
    statement_bind(&statement, question->received_at);
    statement_bind(&statement, question->comment_id);
    return statement_run(&statement, error);
}

static enum status gather_questions(struct store *store, struct error *error)
{
    const struct words_aside *words = &store->words;
    struct arena arena = {0};
    enum status status = OK;
    for (size_t i = 0; status == OK && i < words->asking_count; i++) {
        struct question question;
        bool found;
        arena_reset(&arena);
        status = read_question(store, words->asking[i], &arena, &question, &found, error);
        if (status == OK && found)
            status = add_question(store, &question, error);
    }
    arena_free(&arena);
    return status;
}

/* The number over which comments are gathered; *gathers is false when none are. */
static enum status read_gathered_from(struct store *store, int64_t *from, bool *gathers,
                                      struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT gathered_from FROM counted_to WHERE gathered_from IS NOT NULL");
    *gathers = statement_single(&statement, from);
    return statement_end(&statement, error);
}

/* Runs a statement whose one value is the number over which comments are gathered. */
static enum status count_gathered(struct store *store, const char *sql, int64_t from,
                                  struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, sql);
    statement_bind(&statement, from);
    return statement_run(&statement, error);
}

#define GATHERED_WAITING "sum(comments * (state IN ('pending', 'held', 'escalated')))"
#define ADD_LETTERS                                                                                \
    " ON CONFLICT DO UPDATE SET letters = letters + excluded.letters,"                             \
    " waiting = waiting + excluded.waiting"

enum status figures_gather(struct store *store, struct error *error)
{
    static const char *const counts[] = {
        "INSERT INTO gathered (consultation_id, language, channel, received_at, state, cluster_id,"
        " comments) SELECT consultation_id, language, channel, received_at, state,"
        " ifnull(cluster_id, 0), count(*) FROM comment NOT INDEXED WHERE id > ?1"
        " GROUP BY 1, 2, 3, 4, 5, 6",
        "INSERT INTO question_count SELECT consultation_id, language, channel, count(*)"
        " FROM question WHERE comment_id > ?1 GROUP BY 1, 2, 3"
        " ON CONFLICT DO UPDATE SET questions = questions + excluded.questions",
    };
    static const char *const sums[] = {
        "INSERT INTO comment_count SELECT consultation_id, state, sum(comments) FROM gathered"
        " WHERE true GROUP BY 1, 2 ON CONFLICT DO UPDATE SET count = count + excluded.count",
        "INSERT INTO arrival_count SELECT consultation_id, received_at / 3600, sum(comments)"
        " FROM gathered WHERE true GROUP BY 1, 2"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        "DELETE FROM question_of",
        "INSERT INTO question_of SELECT * FROM question_of_counted",
        "INSERT INTO cluster_day SELECT consultation_id,"
        " (received_at + (SELECT seconds FROM team_clock)) / 86400, cluster_id, language, channel,"
        " sum(comments), " GATHERED_WAITING
        " FROM gathered WHERE cluster_id <> 0 GROUP BY 1, 2, 3, 4, 5" ADD_LETTERS,
        /* Put together first, and then for all that can be asked. */
        "WITH fine AS MATERIALIZED (SELECT consultation_id, cluster_id, language, channel,"
        " sum(comments) AS letters, " GATHERED_WAITING " AS waiting"
        " FROM gathered WHERE cluster_id <> 0 GROUP BY 1, 2, 3, 4)"
        " INSERT INTO cluster_sum SELECT consultation_id, cluster_id, n.column1,"
        " iif(n.column1 = 'channel', '', language), iif(n.column1 = 'language', '', channel),"
        " sum(letters), sum(waiting)"
        " FROM fine CROSS JOIN (VALUES ('language'), ('channel'), ('both')) AS n"
        " GROUP BY 1, 2, 3, 4, 5" ADD_LETTERS,
        KEPT_ANEW("letters"),
        "UPDATE counted_to SET gathered_from = NULL,"
        " comment_id = (SELECT ifnull(max(id), 0) FROM comment)",
    };
    int64_t from = 0;
    bool gathers;
    enum status status = read_gathered_from(store, &from, &gathers, error);
    if (status != OK || !gathers)
        return status;
    status = gather_questions(store, error);
    for (size_t i = 0; status == OK && i < sizeof counts / sizeof *counts; i++)
        status = count_gathered(store, counts[i], from, error);
    for (size_t i = 0; status == OK && i < sizeof sums / sizeof *sums; i++)
        status = statement_execute(store, sums[i], error);
    if (status == OK)
        status = due_gather(store, from, error);
    return status == OK ? figures_settle(store, error) : status;
}

/* --- Anew --- */

enum status figures_recount(struct store *store, struct error *error)
{
    /* The coarse sums are counted from the fine ones, so those come first. */
    static const char sql[] =
        "DELETE FROM figure_change;"
        "DELETE FROM flow; INSERT INTO flow SELECT * FROM flow_counted;"
        "DELETE FROM flow_of; INSERT INTO flow_of SELECT * FROM flow_of_counted;"
        "DELETE FROM flow_hour;"
        " INSERT INTO flow_hour SELECT * FROM flow_hour_counted;"
        "DELETE FROM tally; INSERT INTO tally SELECT * FROM tally_counted;"
        "DELETE FROM tally_of;"
        " INSERT INTO tally_of SELECT * FROM tally_of_counted;" KEPT_ANEW("sums");
    enum status status = store_execute(store, sql, error);
    if (status == OK)
        status = kept_recount(store, error);
    return status == OK ? due_recount(store, error) : status;
}
