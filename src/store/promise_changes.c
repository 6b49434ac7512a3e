/* What happened to comments since the sums of promises were brought up to date: each is taken out of
 * them as it was, and counted as it is. */
#include "store/promise_sums.h"

#include "store/due_sql.h"
#include "store/recall.h"

struct comment_change {
    int64_t change, comment;
};

/* Whose a row is, and what it says of each enum due_kind: when it is due, when it was met and by
 * whom. NEVER: not promised, or not met. */
enum { NEVER = -1 };
#define MOMENTS(t)                                                                                 \
    "ifnull(" t ".decide_at, -1), ifnull(" t ".decided_at, -1), " t ".decided_by,"                 \
    " ifnull(" t ".answer_at, -1), ifnull(" t ".answered_at, -1), " t ".answered_by"
struct due_row {
    int64_t consultation, agency;
    struct str language, channel;
    int64_t at[DUE_KIND_COUNT], met_at[DUE_KIND_COUNT], by[DUE_KIND_COUNT];
};

/* A comment as it stands in the sums, and as it is. :change is what happened to it last: until
 * something else does, the answer stays the same. */
static const char change_sql[] =
    "SELECT c.consultation_id, k.agency_id, c.language, c.channel,"
    " " MOMENTS("u") ", " MOMENTS(
        "n") " FROM due_counted AS n"
             " CROSS JOIN comment AS c ON c.id = n.comment_id"
             " CROSS JOIN consultation AS k ON k.id = c.consultation_id"
             " LEFT JOIN due AS u ON u.comment_id = c.id WHERE n.comment_id = ?1";

static bool is_within(const struct figure_scope *scope, const struct due_row *row, int kind)
{
    return figure_scope_leaves(scope, row->agency, row->consultation, row->language,
                               row->channel) &&
           (scope->moderator_id == 0 || scope->moderator_id == row->by[kind]);
}

/* What promise_part says of such a row; sign -1: taken out of the sums. */
static void add_row(struct promise_reader *reader, const struct due_row *row, int64_t sign)
{
    const struct figure_scope *scope = reader->scope;
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        int64_t at = row->at[kind], met_at = row->met_at[kind];
        if (at == NEVER || !is_within(scope, row, kind))
            continue;
        bool met = met_at != NEVER;
        int64_t came_out = met && met_at < at ? met_at : at;
        struct promise_numbers numbers = {.day = (came_out + scope->clock) / SECONDS_OF_DAY};
        numbers.kept[kind] = met && met_at <= at ? sign : 0;
        numbers.late[kind] = met && met_at > at ? sign : 0;
        numbers.open[kind] = met ? 0 : sign;
        promise_add(reader, &reader->reading->all, ROW_OF_CHANGES, &numbers);
        promise_add_to_places(reader, row->consultation, row->agency, ROW_OF_CHANGES, &numbers);
        if (numbers.day == scope->today)
            promise_add_today_everywhere(reader, row->consultation, row->agency, at < scope->now,
                                         kind, numbers.open[kind]);
    }
}

static void read_moments(struct statement *statement, struct due_row *row)
{
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        row->at[kind] = statement_integer(statement);
        row->met_at[kind] = statement_integer(statement);
        row->by[kind] = statement_integer(statement);
    }
}

static void read_change(struct promise_reader *reader, struct statement *statement)
{
    struct due_row row = {.consultation = statement_integer(statement)};
    row.agency = statement_integer(statement);
    row.language = statement_text(statement, reader->arena);
    row.channel = statement_text(statement, reader->arena);
    read_moments(statement, &row);
    add_row(reader, &row, -1);
    read_moments(statement, &row);
    add_row(reader, &row, 1);
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
