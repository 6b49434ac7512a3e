/* Numbers for supervisors: sums of the kept counts, so that they cost the same however many comments
 * there are. Only the median is looked up, along an index. */
#include "store/statistics.h"

#include "base/moment.h"
#include "store/internal.h"

enum { DAYS_A_WEEK = 7 };

/* The first whole hour that begins at or after this moment: the counts are kept by the hour. */
static int64_t hour_from(int64_t moment)
{
    return (moment + SECONDS_AN_HOUR - 1) / SECONDS_AN_HOUR;
}

/* --- Consultations --- */

static const char consultations_sql[] =
    "SELECT k.id, k.slug, k.title_ar, k.title_en,"
    " (SELECT sum(count) FROM comment_count WHERE consultation_id = k.id),"
    " (SELECT sum(count) FROM comment_count WHERE consultation_id = k.id"
    "  AND state IN ('pending', 'held', 'escalated')),"
    " (SELECT min(oldest) FROM"
    "  (SELECT min(submitted_at) AS oldest FROM comment"
    "   WHERE consultation_id = k.id AND state = 'pending'"
    "   UNION ALL SELECT min(submitted_at) FROM comment"
    "   WHERE consultation_id = k.id AND state = 'held'"
    "   UNION ALL SELECT min(submitted_at) FROM comment"
    "   WHERE consultation_id = k.id AND state = 'escalated')),"
    " (SELECT sum(count) FROM decision_count WHERE consultation_id = k.id AND hour >= ?1),"
    " (SELECT sum(count) FROM decision_count WHERE consultation_id = k.id AND hour >= ?2),"
    " (SELECT count FROM answer_count WHERE consultation_id = k.id),"
    " (SELECT letters FROM cluster_count WHERE consultation_id = k.id AND state = ''),"
    " (SELECT clusters FROM cluster_count WHERE consultation_id = k.id AND state = '')"
    " FROM consultation AS k ORDER BY k.id";

/* How many comments of a consultation have been decided on, in the order of how long they waited. */
static const char decided_sql[] = "SELECT count(*) FROM comment INDEXED BY comment_wait"
                                  " WHERE consultation_id = ?1 AND first_decided_at IS NOT NULL";
static const char wait_sql[] = "SELECT first_decided_at - received_at FROM comment"
                               " INDEXED BY comment_wait"
                               " WHERE consultation_id = ?1 AND first_decided_at IS NOT NULL"
                               " ORDER BY first_decided_at - received_at LIMIT ?2 OFFSET ?3";

/* The middle one of the waits, or the mean of the two in the middle; -1 when there is none. */
static enum status read_median(struct store *store, int64_t consultation, int64_t *median,
                               struct error *error)
{
    struct statement statement;
    int64_t decided = 0, sum = 0, read = 0;
    *median = -1;
    statement_start(&statement, store, decided_sql);
    statement_bind(&statement, consultation);
    statement_single(&statement, &decided);
    enum status status = statement_end(&statement, error);
    if (status != OK || decided == 0)
        return status;
    statement_start(&statement, store, wait_sql);
    statement_bind(&statement, consultation);
    statement_bind(&statement, decided % 2 == 0 ? 2 : 1);
    statement_bind(&statement, (decided - 1) / 2);
    for (; statement_next(&statement); read++)
        sum += statement_integer(&statement);
    if (read > 0)
        *median = sum / read;
    return statement_end(&statement, error);
}

static void read_consultation(struct statement *statement, struct arena *arena,
                              struct consultation_statistics *row)
{
    row->consultation_id = statement_integer(statement);
    row->slug = statement_text(statement, arena);
    row->title.ar = statement_text(statement, arena);
    row->title.en = statement_text(statement, arena);
    row->arrived = statement_integer(statement);
    row->waiting = statement_integer(statement);
    row->oldest_waiting = statement_integer(statement);
    if (row->waiting == 0)
        row->oldest_waiting = -1;
    row->decided_today = statement_integer(statement);
    row->decided_week = statement_integer(statement);
    row->answered = statement_integer(statement);
    row->letters = statement_integer(statement);
    row->clusters = statement_integer(statement);
}

enum status statistics_consultations(struct store *store, int64_t now, int64_t today,
                                     struct arena *arena,
                                     struct consultation_statistics **consultations, size_t *count,
                                     struct error *error)
{
    struct list list = {0};
    struct statement statement;
    bool snapshot = snapshot_start(store);
    statement_start(&statement, store, consultations_sql);
    statement_bind(&statement, hour_from(today));
    statement_bind(&statement, hour_from(now - DAYS_A_WEEK * SECONDS_A_DAY));
    while (statement_next(&statement))
        read_consultation(&statement, arena,
                          list_add(&list, arena, sizeof(struct consultation_statistics)));
    enum status status = statement_end(&statement, error);
    *consultations = list.items;
    *count = list.count;
    for (size_t i = 0; status == OK && i < *count; i++)
        status = read_median(store, (*consultations)[i].consultation_id,
                             &(*consultations)[i].median_wait, error);
    snapshot_end(store, snapshot);
    return status;
}

/* --- Moderators --- */

static const char moderators_sql[] =
    "SELECT m.id, m.login, m.name, ifnull(s.total, 0), ifnull(u.total, 0)"
    " FROM moderator AS m"
    " LEFT JOIN (SELECT moderator_id, sum(count) AS total FROM decision_count"
    "            GROUP BY moderator_id) AS s ON s.moderator_id = m.id"
    " LEFT JOIN (SELECT d.moderator_id, count(*) AS total"
    "            FROM decision AS u JOIN decision AS d ON d.id = u.undoes_id"
    "            WHERE u.undoes_id > 0 GROUP BY d.moderator_id) AS u ON u.moderator_id = m.id"
    " WHERE s.total > 0 OR u.total > 0"
    " ORDER BY 4 DESC, m.login";

static const char shares_sql[] =
    "SELECT moderator_id, action, reason_id, sum(count) FROM decision_count"
    " GROUP BY moderator_id, action, reason_id";

static struct moderator_statistics *find_moderator(struct moderator_statistics *moderators,
                                                   size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (moderators[i].moderator_id == id)
            return &moderators[i];
    }
    return NULL;
}

/* Adds what one row of shares_sql says to its moderator's actions and reasons. */
static void add_share(struct statement *statement, struct arena *arena,
                      struct moderator_statistics *moderators, size_t count,
                      const struct reason *reasons, size_t reason_count)
{
    enum action action;
    struct moderator_statistics *moderator =
        find_moderator(moderators, count, statement_integer(statement));
    bool known = action_from_name(statement_text(statement, arena), &action);
    int64_t reason = statement_integer(statement);
    int64_t share = statement_integer(statement);
    if (!moderator || !known)
        return;
    moderator->by_action[action] += share;
    for (size_t i = 0; i < reason_count; i++) {
        if (reasons[i].id == reason)
            moderator->by_reason[i] += share;
    }
}

static enum status read_totals(struct store *store, struct arena *arena, size_t reason_count,
                               struct list *moderators, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, moderators_sql);
    while (statement_next(&statement)) {
        struct moderator_statistics *row = list_add(moderators, arena, sizeof *row);
        row->moderator_id = statement_integer(&statement);
        row->login = statement_text(&statement, arena);
        row->name = statement_text(&statement, arena);
        row->decisions = statement_integer(&statement);
        row->undone = statement_integer(&statement);
        row->by_reason = arena_new(arena, reason_count, sizeof *row->by_reason);
    }
    return statement_end(&statement, error);
}

static enum status read_shares(struct store *store, struct arena *arena,
                               const struct list *moderators, const struct reason *reasons,
                               size_t reason_count, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, shares_sql);
    while (statement_next(&statement))
        add_share(&statement, arena, moderators->items, moderators->count, reasons, reason_count);
    return statement_end(&statement, error);
}

enum status statistics_moderators(struct store *store, struct arena *arena,
                                  struct moderator_statistics **moderators, size_t *count,
                                  size_t *reason_count, struct error *error)
{
    struct list list = {0};
    struct reason *reasons;
    bool snapshot = snapshot_start(store);
    enum status status = reason_list(store, arena, &reasons, reason_count, error);
    if (status == OK)
        status = read_totals(store, arena, *reason_count, &list, error);
    if (status == OK)
        status = read_shares(store, arena, &list, reasons, *reason_count, error);
    snapshot_end(store, snapshot);
    *moderators = list.items;
    *count = list.count;
    return status;
}

/* --- Days --- */

static enum status read_sum(struct store *store, const char *sql, int64_t start, int64_t end,
                            int64_t *sum, struct error *error)
{
    struct statement statement;
    *sum = 0;
    statement_start(&statement, store, sql);
    statement_bind(&statement, hour_from(start));
    statement_bind(&statement, hour_from(end));
    statement_single(&statement, sum);
    return statement_end(&statement, error);
}

enum status statistics_days(struct store *store, const int64_t day_starts[STATISTICS_DAYS + 1],
                            struct day_statistics days[STATISTICS_DAYS], struct error *error)
{
    enum status status = OK;
    bool snapshot = snapshot_start(store);
    for (int i = 0; status == OK && i < STATISTICS_DAYS; i++) {
        days[i].start = day_starts[i];
        status =
            read_sum(store, "SELECT sum(count) FROM arrival_count WHERE hour >= ?1 AND hour < ?2",
                     day_starts[i], day_starts[i + 1], &days[i].arrived, error);
        if (status == OK)
            status = read_sum(
                store, "SELECT sum(count) FROM decision_count WHERE hour >= ?1 AND hour < ?2",
                day_starts[i], day_starts[i + 1], &days[i].decided, error);
    }
    snapshot_end(store, snapshot);
    return status;
}
