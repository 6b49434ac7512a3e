/* Questions that nobody has answered, as a table. */
#include "store/figures_voices.h"

#include "base/language.h"
#include "store/figures_kept.h"
#include "store/recall.h"

enum { BEGIN_BYTES = 120 /* of a letter that is shown */ };

enum { ASKED_COMMENT, ASKED_TEXT, ASKED_SINCE };

const struct figure_column voice_asked_columns[VOICE_ASKED_COLUMNS] = {
    [ASKED_COMMENT] = {"comment", N_("comment"), FIGURE_COMMENT},
    [ASKED_TEXT] = {"begins", N_("question"), FIGURE_TEXT},
    [ASKED_SINCE] = {"since", N_("since"), FIGURE_SECONDS},
};

struct str voices_begin(struct str text, struct arena *arena)
{
    size_t size = text.size < BEGIN_BYTES ? text.size : BEGIN_BYTES;
    while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
        size--;
    char *copy = arena_new(arena, size + sizeof "\u2026", 1);
    for (size_t i = 0; i < size; i++)
        copy[i] = (char)(text.data[i] == '\n' || text.data[i] == '\r' || text.data[i] == '\t'
                             ? ' '
                             : text.data[i]);
    if (size < text.size) {
        memcpy(copy + size, "\u2026", sizeof "\u2026");
        size += sizeof "\u2026" - 1;
    }
    return (struct str){copy, size};
}

static void bind(struct statement *statement, const struct figure_scope *scope)
{
    kept_bind(statement, scope);
    statement_name(statement, ":begin", scope->first_day * SECONDS_OF_DAY - scope->clock);
    statement_name(statement, ":until", (scope->last_day + 1) * SECONDS_OF_DAY - scope->clock);
    statement_name(statement, ":most", VOICES_SHOWN);
}

#define IN_RANGE(q) q ".received_at >= :begin AND " q ".received_at < :until"

/* How many there are of all times, kept for what has a sum; and counted one by one where a range is
 * asked for. */
static const char kept_sql[] = "SELECT questions FROM question_of WHERE scope = :sum";
static const char some_sql[] = "SELECT ifnull(sum(w.questions), 0)" KEPT_SOME("question_count");
static const char range_sql[] =
    "SELECT count(*) FROM question AS q INDEXED BY question_in_time WHERE " IN_RANGE("q");
static const char range_of_some_sql[] =
    "SELECT count(*) FROM " KEPT_CHOSEN " AS k CROSS JOIN question_count AS w"
    " ON w.consultation_id = k.id CROSS JOIN question AS q ON q.consultation_id = w.consultation_id"
    " AND q.language = w.language AND q.channel = w.channel AND " IN_RANGE(
        "q") " WHERE " KEPT_WORDS;

static enum status count_questions(const struct voices *voices, bool always, const char *sum,
                                   int64_t *count, struct error *error)
{
    struct statement statement;
    const struct figure_scope *scope = voices->scope;
    *count = 0;
    statement_recall(&statement, voices->store,
                     always              ? sum ? kept_sql : some_sql
                     : kept_whole(scope) ? range_sql
                                         : range_of_some_sql,
                     RECALL_VOICES);
    bind(&statement, scope);
    if (sum)
        statement_name_text(&statement, ":sum", str_of(sum));
    statement_single(&statement, count);
    return statement_end(&statement, error);
}

#define ASKED(index, narrowed)                                                                     \
    "SELECT q.comment_id, substr(c.body, 1, 120), q.received_at FROM question AS q INDEXED "       \
    "BY " index " CROSS JOIN comment AS c ON c.id = q.comment_id WHERE " narrowed                  \
    " AND " IN_RANGE("q") " ORDER BY q.received_at, q.comment_id LIMIT :most"

static const char first_sql[] = ASKED("question_in_time", "true");
static const char first_of_language_sql[] = ASKED("question_of_language", "q.language = :language");
static const char first_of_channel_sql[] = ASKED("question_of_channel", "q.channel = :channel");
/* Along the time, passing over what the scope leaves out. */
static const char walk_sql[] =
    "SELECT w.comment_id, substr(c.body, 1, 120), w.received_at"
    " FROM question AS w INDEXED BY question_in_time"
    " CROSS JOIN comment AS c ON c.id = w.comment_id"
    " WHERE w.consultation_id IN (SELECT id FROM " KEPT_CHOSEN ") AND " KEPT_WORDS
    " AND " IN_RANGE("w") " ORDER BY w.received_at, w.comment_id LIMIT :most";
/* The first of each consultation, language and channel, and of these the first. */
static const char each_sql[] =
    "SELECT f.comment_id, substr(c.body, 1, 120), f.received_at FROM"
    " (SELECT q.comment_id, q.received_at"
    " FROM " KEPT_CHOSEN " AS k CROSS JOIN question_count AS w"
    " ON w.consultation_id = k.id CROSS JOIN question AS q INDEXED BY question_of_comment"
    " ON q.comment_id IN (SELECT o.comment_id FROM question AS o"
    "  WHERE o.consultation_id = w.consultation_id AND o.language = w.language"
    "  AND o.channel = w.channel AND " IN_RANGE(
        "o") "  ORDER BY o.received_at, o.comment_id LIMIT :most)"
             " WHERE " KEPT_WORDS " AND w.questions > 0"
             " ORDER BY q.received_at, q.comment_id LIMIT :most) AS f"
             " CROSS JOIN comment AS c ON c.id = f.comment_id ORDER BY f.received_at, f.comment_id";

/* Walking is short where many of all questions are the scope's. */
static enum status choose_questions(const struct voices *voices, const char **sql,
                                    struct error *error)
{
    enum { PASSED_OVER = 20 /* of each that is taken, at most */ };
    const struct figure_scope *scope = voices->scope;
    bool placed = scope->agency_id != 0 || scope->consultation_id != 0;
    int64_t some = 0, all = 0;
    *sql = kept_whole(scope)           ? first_sql
           : placed || !scope->sum     ? NULL
           : scope->language.size == 0 ? first_of_channel_sql
                                       : first_of_language_sql;
    if (*sql)
        return OK;
    enum status status = count_questions(voices, true, scope->sum, &some, error);
    if (status == OK)
        status = count_questions(voices, true, "", &all, error);
    *sql = some * PASSED_OVER >= all ? walk_sql : each_sql;
    return status;
}

enum status voices_fill_questions(struct voices *voices, struct figure_rows *rows,
                                  struct error *error)
{
    const struct figure_scope *scope = voices->scope;
    struct statement statement;
    const char *sql;
    enum status status = choose_questions(voices, &sql, error);
    if (status == OK)
        status =
            count_questions(voices, voices_always(scope), scope->sum, &voices->questions, error);
    if (status != OK || voices->questions == 0)
        return status;
    statement_recall(&statement, voices->store, sql, RECALL_VOICES);
    bind(&statement, scope);
    while (statement_next(&statement)) {
        struct figure_row *row = figure_row_add(rows, VOICE_ASKED_COLUMNS, voices->arena);
        row->comment = statement_integer(&statement);
        struct str text = statement_text(&statement, voices->arena);
        int64_t since = statement_integer(&statement);
        row->values[ASKED_COMMENT] = figure_number(row->comment);
        row->values[ASKED_TEXT] = figure_text(voices_begin(text, voices->arena));
        row->values[ASKED_SINCE] = figure_number(since < scope->now ? scope->now - since : 0);
    }
    return statement_end(&statement, error);
}
