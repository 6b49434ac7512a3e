/* The numbers of a report, one consultation at a time. */
#include "store/report.h"

#include "base/memory.h"
#include "store/internal.h"

#include <stdlib.h>

/* What every statement here is bound to first: ?1 the consultation, ?2 and ?3 the period. */
#define IN_PERIOD "c.consultation_id = ?1 AND c.submitted_at >= ?2 AND c.submitted_at < ?3"
#define COMMENTS "comment AS c INDEXED BY comment_by_consultation"

static void start_in_period(struct statement *statement, struct store *store, const char *sql,
                            int64_t consultation, int64_t from, int64_t to)
{
    statement_start(statement, store, sql);
    statement_bind(statement, consultation);
    statement_bind(statement, from);
    statement_bind(statement, to);
}

enum status report_first(struct store *store, int64_t agency_id, int64_t *first,
                         struct error *error)
{
    struct statement statement;
    bool found = false;
    /* A subquery for each consultation is one step along its index; a join would read them all. */
    statement_start(&statement, store,
                    "SELECT (SELECT c.submitted_at FROM " COMMENTS
                    " WHERE c.consultation_id = k.id ORDER BY c.submitted_at LIMIT 1) AS first"
                    " FROM consultation AS k"
                    " WHERE (?1 = 0 OR k.agency_id = ?1) AND first IS NOT NULL"
                    " ORDER BY first LIMIT 1");
    statement_bind(&statement, agency_id);
    if (statement_next(&statement)) {
        *first = statement_integer(&statement);
        found = true;
    }
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

/* --- What was heard --- */

static enum status read_volume(struct store *store, const struct report_scope *scope,
                               struct report_consultation *row, struct error *error)
{
    struct statement statement;
    enum status status = OK;
    for (size_t i = 0; status == OK && i < scope->buckets; i++) {
        start_in_period(&statement, store, "SELECT count(*) FROM " COMMENTS " WHERE " IN_PERIOD,
                        row->consultation.id, scope->starts[i], scope->starts[i + 1]);
        statement_single(&statement, &row->volume[i]);
        status = statement_end(&statement, error);
    }
    return status;
}

/* The columns of sql are a name, its labels in Arabic and English, and a count. */
static enum status read_shares(struct store *store, const struct report_scope *scope,
                               const char *sql, struct arena *arena,
                               const struct report_consultation *row, struct report_shares *shares,
                               struct error *error)
{
    struct list list = {0};
    struct statement statement;
    start_in_period(&statement, store, sql, row->consultation.id, scope->from, scope->to);
    while (statement_next(&statement)) {
        struct report_share *share = list_add(&list, arena, sizeof *share);
        share->name = statement_text(&statement, arena);
        share->label.ar = statement_text(&statement, arena);
        share->label.en = statement_text(&statement, arena);
        share->count = statement_integer(&statement);
    }
    *shares = (struct report_shares){list.items, list.count};
    return statement_end(&statement, error);
}

/* How many letters were sent again and again, and how many different ones that makes. */
static enum status read_alike(struct store *store, const struct report_scope *scope,
                              struct report_consultation *row, struct error *error)
{
    struct statement statement;
    start_in_period(&statement, store,
                    "SELECT count(*), count(DISTINCT c.cluster_id) FROM " COMMENTS
                    " WHERE " IN_PERIOD " AND c.cluster_id IS NOT NULL",
                    row->consultation.id, scope->from, scope->to);
    if (statement_single(&statement, &row->alike))
        row->clusters = statement_integer(&statement);
    return statement_end(&statement, error);
}

static enum status read_heard(struct store *store, const struct report_scope *scope,
                              struct arena *arena, struct report_consultation *row,
                              struct error *error)
{
    enum status status = read_volume(store, scope, row, error);
    if (status == OK)
        status = read_alike(store, scope, row, error);
    if (status == OK)
        status = read_shares(store, scope,
                             "SELECT c.language, '', '', count(*) AS n FROM " COMMENTS
                             " WHERE " IN_PERIOD " GROUP BY c.language ORDER BY n DESC, c.language",
                             arena, row, &row->languages, error);
    if (status == OK)
        status = read_shares(store, scope,
                             "SELECT c.channel, '', '', count(*) AS n FROM " COMMENTS
                             " WHERE " IN_PERIOD " GROUP BY c.channel ORDER BY n DESC, c.channel",
                             arena, row, &row->channels, error);
    if (status == OK)
        status = read_shares(store, scope,
                             "SELECT t.slug, t.label_ar, t.label_en, count(*) AS n FROM " COMMENTS
                             " CROSS JOIN comment_tag AS m ON m.comment_id = c.id"
                             " CROSS JOIN tag AS t ON t.id = m.tag_id"
                             " WHERE " IN_PERIOD " GROUP BY t.id ORDER BY n DESC, t.slug",
                             arena, row, &row->tags, error);
    return status;
}

/* --- What was decided --- */

static enum status read_states(struct store *store, const struct report_scope *scope,
                               struct report_consultation *row, struct error *error)
{
    struct statement statement;
    enum status status = OK;
    row->heard = 0;
    for (int state = 0; status == OK && state < STATE_COUNT; state++) {
        start_in_period(&statement, store,
                        "SELECT count(*) FROM comment AS c INDEXED BY comment_by_consultation_state"
                        " WHERE " IN_PERIOD " AND c.state = ?4",
                        row->consultation.id, scope->from, scope->to);
        statement_bind_text(&statement, str_of(state_name((enum comment_state)state)));
        statement_single(&statement, &row->by_state[state]);
        status = statement_end(&statement, error);
        row->heard += row->by_state[state];
    }
    return status;
}

/* The reason that stands is that of the latest decision nobody took back. */
static const char reasons_sql[] =
    "SELECT r.slug, r.label_ar, r.label_en, count(*) AS n"
    " FROM comment AS c INDEXED BY comment_by_consultation_state"
    " CROSS JOIN decision AS d ON d.id ="
    "  (SELECT s.id FROM decision AS s"
    "   WHERE s.comment_id = c.id AND s.action <> 'undo'"
    "     AND NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = s.id)"
    "   ORDER BY s.id DESC LIMIT 1)"
    " CROSS JOIN reason AS r ON r.id = d.reason_id"
    " WHERE " IN_PERIOD " AND c.state = 'rejected'"
    " GROUP BY r.id ORDER BY n DESC, r.slug";

static int compare_seconds(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* All numbers that sql answers, sorted; the caller frees *seconds. */
static enum status read_seconds(struct store *store, const struct report_scope *scope,
                                const char *sql, int64_t consultation, int64_t **seconds,
                                size_t *count, struct error *error)
{
    struct statement statement;
    size_t capacity = 0;
    *seconds = NULL;
    *count = 0;
    start_in_period(&statement, store, sql, consultation, scope->from, scope->to);
    while (statement_next(&statement)) {
        if (*count == capacity) {
            capacity = capacity ? 2 * capacity : 64;
            *seconds = memory_resize(*seconds, capacity, sizeof **seconds);
        }
        (*seconds)[(*count)++] = statement_integer(&statement);
    }
    if (*count > 0)
        qsort(*seconds, *count, sizeof **seconds, compare_seconds);
    return statement_end(&statement, error);
}

/* The middle one, or the mean of the two in the middle. */
static int64_t median_of(const int64_t *sorted, size_t count)
{
    if (count == 0)
        return -1;
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

/* By nearest rank: the least that nine in ten do not exceed. */
static int64_t ninetieth_of(const int64_t *sorted, size_t count)
{
    return count == 0 ? -1 : sorted[(9 * count + 9) / 10 - 1];
}

static enum status read_decided(struct store *store, const struct report_scope *scope,
                                struct arena *arena, struct report_consultation *row,
                                struct error *error)
{
    int64_t *waits = NULL;
    size_t count = 0;
    enum status status = read_states(store, scope, row, error);
    if (status == OK)
        status = read_shares(store, scope, reasons_sql, arena, row, &row->reasons, error);
    if (status == OK)
        status = read_seconds(store, scope,
                              "SELECT max(c.first_decided_at - c.received_at, 0) FROM " COMMENTS
                              " WHERE " IN_PERIOD " AND c.first_decided_at IS NOT NULL",
                              row->consultation.id, &waits, &count, error);
    row->decided = (int64_t)count;
    row->median_wait = median_of(waits, count);
    row->ninetieth_wait = ninetieth_of(waits, count);
    free(waits);
    return status;
}

/* --- What was answered --- */

static enum status read_answered(struct store *store, const struct report_scope *scope,
                                 struct report_consultation *row, struct error *error)
{
    int64_t *waits = NULL;
    size_t count = 0;
    enum status status =
        read_seconds(store, scope,
                     "SELECT max(min(r.published_at) - c.received_at, 0) FROM " COMMENTS
                     " CROSS JOIN response AS r ON r.comment_id = c.id"
                     " WHERE " IN_PERIOD " AND r.state = 'published' GROUP BY c.id",
                     row->consultation.id, &waits, &count, error);
    row->answered = (int64_t)count;
    row->median_answer = median_of(waits, count);
    free(waits);
    return status;
}

/* --- All of it --- */

static enum status read_consultations(struct store *store, const struct report_scope *scope,
                                      struct arena *arena, struct list *list, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT k.id, k.agency_id, k.slug, k.kind, k.title_ar, k.title_en,"
                    " k.opens_at, k.closes_at, a.name_ar, a.name_en"
                    " FROM consultation AS k JOIN agency AS a ON a.id = k.agency_id"
                    " WHERE ?1 = 0 OR k.agency_id = ?1 ORDER BY k.id");
    statement_bind(&statement, scope->agency_id);
    while (statement_next(&statement)) {
        struct report_consultation *row = list_add(list, arena, sizeof *row);
        row->consultation.id = statement_integer(&statement);
        row->consultation.agency_id = statement_integer(&statement);
        row->consultation.slug = statement_text(&statement, arena);
        row->consultation.kind = statement_text(&statement, arena);
        row->consultation.title.ar = statement_text(&statement, arena);
        row->consultation.title.en = statement_text(&statement, arena);
        row->consultation.opens_at = statement_integer(&statement);
        row->consultation.closes_at = statement_integer(&statement);
        row->agency.ar = statement_text(&statement, arena);
        row->agency.en = statement_text(&statement, arena);
    }
    return statement_end(&statement, error);
}

enum status report_read(struct store *store, const struct report_scope *scope, struct arena *arena,
                        struct report_consultation **rows, size_t *count, struct error *error)
{
    struct list list = {0};
    bool snapshot = snapshot_start(store);
    enum status status = read_consultations(store, scope, arena, &list, error);
    *rows = list.items;
    *count = list.count;
    for (size_t i = 0; status == OK && i < *count; i++) {
        status = read_heard(store, scope, arena, &(*rows)[i], error);
        if (status == OK)
            status = read_decided(store, scope, arena, &(*rows)[i], error);
        if (status == OK)
            status = read_answered(store, scope, &(*rows)[i], error);
        if (status == OK)
            status = report_quotes(store, scope, arena, &(*rows)[i], error);
    }
    snapshot_end(store, snapshot);
    return status;
}
