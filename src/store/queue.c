/* Queues: pages of rows in the order (submitted_at, id), and how many there are. */
#include "store/comment.h"

#include "base/language.h"
#include "store/queue_found.h"
#include "store/queue_streams.h"
#include "store/row.h"

#include <stdlib.h>

/* --- Binding --- */

static void bind_states(struct statement *statement, unsigned states)
{
    static const char *const names[STATE_COUNT] = {":state_0", ":state_1", ":state_2",
                                                   ":state_3", ":state_4", ":state_5"};
    for (int i = 0; i < STATE_COUNT; i++) {
        if (states & (1u << i))
            statement_name_text(statement, names[i], str_of(state_name((enum comment_state)i)));
    }
}

/* Binds what the query says. stream may be NULL. */
static void bind_scope(struct statement *statement, const struct scope *scope,
                       const struct stream *stream)
{
    const struct query *query = scope->query;
    bind_states(statement, query->states);
    if (stream && stream->state >= 0)
        statement_name_text(statement, ":state",
                            str_of(state_name((enum comment_state)stream->state)));
    statement_name(statement, ":consultation",
                   stream && stream->consultation ? stream->consultation : scope->consultation);
    statement_name(statement, ":agency", scope->agency);
    statement_name(statement, ":tag", scope->tag);
    statement_name(statement, ":assigned_agency", scope->assigned_agency);
    statement_name(statement, ":assigned_person", scope->assigned_person);
    statement_name(statement, ":proposer", scope->proposer);
    statement_name(statement, ":cluster", scope->cluster);
    statement_name(statement, ":comment", scope->comment);
    statement_name(statement, ":section", scope->section);
    statement_name(statement, ":received_from", scope->received_from);
    statement_name(statement, ":received_to", scope->received_to);
    statement_name(statement, ":due_from", scope->due_from);
    statement_name(statement, ":due_to", scope->due_to);
    statement_name(statement, ":late", scope->now);
    statement_name_text(statement, ":channel", query->channel);
    statement_name_text(statement, ":language", query->language);
    statement_name_text(statement, ":source", query->source);
    statement_name_text(statement, ":author", query->author);
    statement_name_text(statement, ":words", scope->words);
    statement_name_text(statement, ":none", scope->match.none);
}

void queue_start(struct statement *statement, struct store *store, const struct scope *scope,
                 const struct stream *stream, enum lead lead, enum shape shape)
{
    struct buffer sql = {0};
    unsigned filters = stream ? stream_filters(scope, stream) : scope->filters;
    plan_write(&sql, lead, filters, shape);
    statement_start(statement, store, buffer_text(&sql));
    buffer_free(&sql);
    bind_scope(statement, scope, stream);
}

/* --- Pages --- */

static int compare_places(const void *left, const void *right)
{
    const struct queue_place *a = left, *b = right;
    if (a->submitted_at != b->submitted_at)
        return a->submitted_at < b->submitted_at ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static int compare_places_back(const void *left, const void *right)
{
    return compare_places(right, left);
}

/* Reads the rows of one statement whose range is from..to. */
static enum status read_places(struct page *page, const struct stream *stream, enum lead lead,
                               enum shape shape, int64_t from, int64_t to, size_t limit,
                               size_t *read, struct error *error)
{
    struct statement statement;
    struct queue_place place = {.submitted_at = INT64_MIN};
    if (page->place)
        place = *page->place;
    else if (page->way == QUEUE_BEFORE)
        place = (struct queue_place){.submitted_at = INT64_MAX, .id = INT64_MAX};
    queue_start(&statement, page->store, page->scope, stream, lead, shape);
    statement_name(&statement, ":from", from);
    statement_name(&statement, ":to", to);
    statement_name(&statement, ":at", place.submitted_at);
    statement_name(&statement, ":id", place.id);
    statement_name(&statement, ":limit", (int64_t)limit);
    for (*read = 0; statement_next(&statement); ++*read) {
        struct queue_place *found = list_add(&page->found, page->arena, sizeof *found);
        found->id = statement_integer(&statement);
        found->submitted_at = statement_integer(&statement);
    }
    return statement_end(&statement, error);
}

/* Reads along a lead that is in the queue's order: first the rest of the place's own second, then
 * what lies beyond it. (One condition for both would make SQLite walk through the whole second.) */
static enum status read_ordered(struct page *page, const struct stream *stream, enum lead lead,
                                int64_t from, int64_t to, struct error *error)
{
    bool after = page->way == QUEUE_AFTER;
    size_t tied = 0, read;
    enum status status = OK;
    if (page->place && page->place->submitted_at >= from && page->place->submitted_at <= to)
        status = read_places(page, stream, lead, after ? SHAPE_TIE_AFTER : SHAPE_TIE_BEFORE, from,
                             to, page->limit, &tied, error);
    if (status != OK || tied == page->limit)
        return status;
    if (page->place && after) {
        if (page->place->submitted_at >= to)
            return OK;
        if (page->place->submitted_at >= from)
            from = page->place->submitted_at + 1;
    } else if (page->place) {
        if (page->place->submitted_at <= from)
            return OK;
        if (page->place->submitted_at <= to)
            to = page->place->submitted_at - 1;
    }
    return read_places(page, stream, lead, after ? SHAPE_AFTER : SHAPE_BEFORE, from, to,
                       page->limit - tied, &read, error);
}

/* Keeps the first limit of what was found, in the order of the way. */
static void keep_first(struct page *page)
{
    if (page->found.count > 1)
        qsort(page->found.items, page->found.count, sizeof(struct queue_place),
              page->way == QUEUE_AFTER ? compare_places : compare_places_back);
    if (page->found.count > page->limit)
        page->found.count = page->limit;
}

/* Reads every stream and merges them; once a page is full, what lies behind its last row is not
 * read any more. */
static enum status read_streams(struct page *page, struct error *error)
{
    int64_t from = page->scope->from, to = page->scope->to;
    enum status status = OK;
    for (size_t i = 0; status == OK && i < page->scope->stream_count; i++) {
        const struct stream *stream = &page->scope->streams[i];
        status = read_ordered(page, stream, stream_lead(stream), from, to, error);
        keep_first(page);
        if (page->found.count < page->limit)
            continue;
        const struct queue_place *found = page->found.items;
        if (page->way == QUEUE_AFTER)
            to = found[page->limit - 1].submitted_at;
        else
            from = found[page->limit - 1].submitted_at;
    }
    return status;
}

static enum status find_places(struct page *page, struct error *error)
{
    const struct scope *scope = page->scope;
    size_t read;
    if (scope->words.size > 0)
        return found_page(page, error);
    if (scope->lead == LEAD_ORDER)
        return read_streams(page, error);
    if (lead_is_ordered(scope->lead))
        return read_ordered(page, NULL, scope->lead, scope->from, scope->to, error);
    return read_places(page, NULL, scope->lead,
                       page->way == QUEUE_AFTER ? SHAPE_SORTED_AFTER : SHAPE_SORTED_BEFORE,
                       scope->from, scope->to, page->limit, &read, error);
}

/* The ids of what was found, oldest first. */
static int64_t *ids_in_order(const struct page *page)
{
    const struct queue_place *found = page->found.items;
    size_t count = page->found.count;
    int64_t *ids = arena_new(page->arena, count, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = found[page->way == QUEUE_AFTER ? i : count - 1 - i].id;
    return ids;
}

/* Tells of each row in which part of a search it was found. One snapshot, so that every row is
 * there. */
static void mark_forms(const struct page *page, struct comment_row *rows, size_t count)
{
    const struct queue_place *found = page->found.items;
    for (size_t i = 0; i < count; i++)
        rows[i].by_form = found[page->way == QUEUE_AFTER ? i : count - 1 - i].by_form;
}

struct queue_place queue_place_of(const struct comment_row *row)
{
    return (struct queue_place){
        .submitted_at = row->submitted_at, .id = row->id, .by_form = row->by_form};
}

enum status queue_place_find(struct store *store, const struct query *query, int64_t comment,
                             struct queue_place *place, struct error *error)
{
    struct arena arena = {0};
    struct statement statement;
    struct match match;
    *place = (struct queue_place){.id = comment};
    statement_start(&statement, store, "SELECT submitted_at FROM comment WHERE id = ?1");
    statement_bind(&statement, comment);
    bool found = statement_single(&statement, &place->submitted_at);
    enum status status = statement_end(&statement, error);
    if (status == OK && !found)
        status =
            error_set(error, STATUS_NOT_FOUND, _("there is no comment %lld"), (long long)comment);
    match_write(query, &arena, &match);
    if (status == OK && match.rest.size > 0) {
        statement_start(&statement, store,
                        "SELECT 1 FROM comment_words AS w"
                        " WHERE w.rowid = ?1 AND w.comment_words MATCH ?2");
        statement_bind(&statement, comment);
        statement_bind_text(&statement, match.exact);
        place->by_form = !statement_next(&statement);
        status = statement_end(&statement, error);
    }
    arena_free(&arena);
    return status;
}

enum status queue_page(struct store *store, const struct query *query,
                       const struct queue_place *place, enum queue_way way, size_t limit,
                       struct arena *arena, struct comment_row **rows, size_t *count,
                       struct error *error)
{
    struct arena working = {0};
    struct scope scope;
    struct page page = {.store = store,
                        .scope = &scope,
                        .place = place,
                        .way = way,
                        .limit = limit,
                        .arena = &working};
    *rows = NULL;
    *count = 0;
    if (limit == 0)
        return OK;
    bool snapshot = snapshot_start(store);
    enum status status = scope_resolve(store, query, &working, &scope, error);
    if (status == OK)
        status = find_places(&page, error);
    if (status == OK)
        status = rows_read(store, ids_in_order(&page), page.found.count, arena, rows, count, error);
    if (status == OK && scope.words.size > 0)
        mark_forms(&page, *rows, *count);
    snapshot_end(store, snapshot);
    arena_free(&working);
    return status;
}

/* --- Counts --- */

enum status queue_read_counts(struct statement *statement, int64_t most,
                              int64_t counts[STATE_COUNT], struct error *error)
{
    struct arena arena = {0};
    while (statement_next(statement)) {
        enum comment_state state;
        if (state_from_name(statement_text(statement, &arena), &state))
            counts[state] += statement_integer(statement);
    }
    for (int i = 0; i < STATE_COUNT; i++)
        counts[i] = counts[i] > most ? most : counts[i];
    arena_free(&arena);
    return statement_end(statement, error);
}

/* A row for each consultation and state, added up by who reads them: sorting them by state costs
 * more. */
#define KEPT_SQL(counted, table, condition)                                                        \
    {                                                                                              \
        "SELECT n.state, " counted " FROM " table " AS n WHERE " condition,                        \
            "SELECT n.state, " counted " FROM " table                                              \
            " AS n WHERE n.consultation_id = ?1 AND " condition,                                   \
            "SELECT n.state, " counted " FROM consultation AS c CROSS JOIN " table                 \
            " AS n ON n.consultation_id = c.id WHERE (?1 IS NULL OR c.id = ?1)"                    \
            " AND c.agency_id = ?2 AND " condition                                                 \
    }

/* Adds what one table keeps to counts. */
static enum status add_kept(struct store *store, const struct scope *scope,
                            const char *const sql[3], int64_t counts[STATE_COUNT],
                            struct error *error)
{
    struct statement statement;
    statement_start(&statement, store, sql[scope->agency ? 2 : scope->consultation ? 1 : 0]);
    if (scope->consultation || scope->agency)
        statement_bind_id(&statement, scope->consultation);
    if (scope->agency)
        statement_bind(&statement, scope->agency);
    return queue_read_counts(&statement, INT64_MAX, counts, error);
}

static enum status count_kept(struct store *store, const struct scope *scope,
                              int64_t counts[STATE_COUNT], struct error *error)
{
    static const char *const comments[] = KEPT_SQL("n.count", "comment_count", "n.count > 0");
    /* One line for the letters of a cluster. */
    static const char *const others[] =
        KEPT_SQL("n.clusters - n.letters", "cluster_count", "n.state <> '' AND n.letters > 0");
    enum status status = add_kept(store, scope, comments, counts, error);
    if (status == OK && scope->lines)
        status = add_kept(store, scope, others, counts, error);
    return status;
}

static enum status count_cluster(struct store *store, const struct scope *scope,
                                 int64_t counts[STATE_COUNT], struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT state, letters FROM cluster_state WHERE cluster_id = ?1");
    statement_bind(&statement, scope->cluster);
    return queue_read_counts(&statement, INT64_MAX, counts, error);
}

/* What leads is rare, or one author's: all of it is counted in one go. */
static enum status count_lead(struct store *store, const struct scope *scope, int64_t most,
                              int64_t counts[STATE_COUNT], struct error *error)
{
    struct statement statement;
    queue_start(&statement, store, scope, NULL, scope->lead, SHAPE_COUNT_STATES);
    statement_name(&statement, ":from", scope->from);
    statement_name(&statement, ":to", scope->to);
    return queue_read_counts(&statement, most, counts, error);
}

static enum status count_streams(struct store *store, const struct scope *scope, int64_t most,
                                 int64_t counts[STATE_COUNT], struct error *error)
{
    enum status status = OK;
    for (size_t i = 0; status == OK && i < scope->stream_count; i++) {
        const struct stream *stream = &scope->streams[i];
        int64_t *count = &counts[stream->state], found = 0;
        struct statement statement;
        if (*count >= most)
            continue;
        queue_start(&statement, store, scope, stream, stream_lead(stream), SHAPE_COUNT);
        statement_name(&statement, ":from", scope->from);
        statement_name(&statement, ":to", scope->to);
        statement_name(&statement, ":limit", most - *count);
        statement_single(&statement, &found);
        *count += found;
        status = statement_end(&statement, error);
    }
    return status;
}

enum status queue_counts(struct store *store, const struct query *query, int64_t most,
                         int64_t counts[STATE_COUNT], struct error *error)
{
    struct arena arena = {0};
    struct scope scope;
    struct query every_state = *query;
    /* All named, so that every stream is of one state; what words find is counted by state anyway. */
    every_state.states = query_has_words(query) ? 0 : (1u << STATE_COUNT) - 1;
    memset(counts, 0, STATE_COUNT * sizeof *counts);
    bool snapshot = snapshot_start(store);
    enum status status = scope_resolve(store, &every_state, &arena, &scope, error);
    if (status == OK && scope.words.size > 0)
        status = found_counts(store, &scope, query->states, most, counts, error);
    else if (status == OK && scope_is_kept(&scope))
        status = count_kept(store, &scope, counts, error);
    else if (status == OK && scope_is_kept_cluster(&scope))
        status = count_cluster(store, &scope, counts, error);
    else if (status == OK && scope.lead != LEAD_ORDER)
        status = count_lead(store, &scope, most, counts, error);
    else if (status == OK)
        status = count_streams(store, &scope, most, counts, error);
    snapshot_end(store, snapshot);
    arena_free(&arena);
    return status;
}
