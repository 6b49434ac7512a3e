/* What happened to comments since the sums of promises were brought up to date: each is taken out of
 * them as it was, and counted as it is. */
#include "store/promise_sums.h"

#include "store/due_sql.h"
#include "store/recall.h"

struct comment_change {
    int64_t change, comment;
};

/* A comment as it stands in the sums, to be taken out, and as it is. :change is what happened to it
 * last: until something else does, the answer stays the same. */
static const char change_sql[] =
    "WITH now_due AS MATERIALIZED (SELECT * FROM due_counted WHERE comment_id = ?1)"
    " SELECT k.id, k.agency_id, f.language, f.channel, f.moderator_id, f.day, f.at, "
    "f.sign, " DUE_NUMBERS " FROM (SELECT -1 AS sign, * FROM promise_part WHERE comment_id = ?1"
    "  UNION ALL SELECT 1, * FROM (" DUE_PARTS(
        "now_due") ")) AS f"
                   " CROSS JOIN consultation AS k ON k.id = f.consultation_id";

/* Whether the scope leaves what stands in a row. */
static bool is_within(const struct figure_scope *scope, int64_t consultation, int64_t agency,
                      struct str language, struct str channel, int64_t moderator)
{
    return (scope->agency_id == 0 || scope->agency_id == agency) &&
           (scope->consultation_id == 0 || scope->consultation_id == consultation) &&
           (scope->language.size == 0 || str_equal(scope->language, language)) &&
           (scope->channel.size == 0 || str_equal(scope->channel, channel)) &&
           (scope->moderator_id == 0 || scope->moderator_id == moderator);
}

static void add_change(struct promise_reader *reader, int64_t consultation, int64_t agency,
                       bool passed, const struct promise_numbers *numbers)
{
    promise_add(reader, &reader->reading->all, ROW_OF_CHANGES, numbers);
    promise_add_to_places(reader, consultation, agency, ROW_OF_CHANGES, numbers);
    for (int kind = 0; numbers->day == reader->scope->today && kind < DUE_KIND_COUNT; kind++)
        promise_add_today_everywhere(reader, consultation, agency, passed, kind,
                                     numbers->open[kind]);
}

static void read_change(struct promise_reader *reader, struct statement *statement)
{
    struct promise_numbers numbers = {0};
    int64_t consultation = statement_integer(statement), agency = statement_integer(statement);
    struct str language = statement_text(statement, reader->arena);
    struct str channel = statement_text(statement, reader->arena);
    bool within = is_within(reader->scope, consultation, agency, language, channel,
                            statement_integer(statement));
    numbers.day = statement_integer(statement);
    bool passed = statement_integer(statement) < reader->scope->now;
    int64_t sign = statement_integer(statement);
    promise_read_numbers(statement, &numbers);
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        numbers.kept[kind] *= sign;
        numbers.late[kind] *= sign;
        numbers.open[kind] *= sign;
    }
    if (within)
        add_change(reader, consultation, agency, passed, &numbers);
}

/* What happened last to each comment that something happened to. */
static enum status list_changes(struct promise_reader *reader, struct list *list,
                                struct error *error)
{
    struct statement statement;
    statement_start(&statement, reader->store,
                    "SELECT id, comment_id FROM figure_change ORDER BY id DESC");
    while (statement_next(&statement)) {
        int64_t change = statement_integer(&statement), comment = statement_integer(&statement);
        const struct comment_change *listed = list->items;
        size_t at = 0;
        while (at < list->count && listed[at].comment != comment)
            at++;
        if (at == list->count)
            *(struct comment_change *)list_add(list, reader->arena, sizeof *listed) =
                (struct comment_change){change, comment};
    }
    return statement_end(&statement, error);
}

enum status promise_add_changes(struct promise_reader *reader, struct error *error)
{
    struct statement statement;
    struct list list = {0};
    enum status status = calendars_refresh(reader->store, error);
    if (status == OK)
        status = list_changes(reader, &list, error);
    if (status != OK || list.count == 0)
        return status;
    const struct comment_change *changes = list.items;
    statement_recall(&statement, reader->store, change_sql, RECALL_SUMS);
    for (size_t i = 0; i < list.count; i++) {
        statement_again(&statement);
        statement_bind(&statement, changes[i].comment);
        statement_name(&statement, ":change", changes[i].change);
        while (statement_next(&statement))
            read_change(reader, &statement);
    }
    return statement_end(&statement, error);
}
