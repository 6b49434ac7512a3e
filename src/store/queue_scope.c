/* Resolving a query, and choosing what leads.
 *
 * A queue is read along an index that has its order, and is left when a page is full: cheap, unless
 * few of the rows passed are wanted. So whatever is wanted and rare leads instead; then all of it is
 * read and sorted, which is little. Rarity is looked up, never more rows than make something not
 * rare. */
#include "store/queue_scope.h"

#include "base/moment.h"
#include "store/due.h"
#include "store/internal.h"
#include "store/queue_names.h"

/* An author is asked for by name; where nobody has that name, by key. */
static enum status resolve_author(struct store *store, struct scope *scope, struct error *error)
{
    struct statement statement;
    int64_t named = 0;
    if (scope->query->author.size == 0)
        return OK;
    statement_start(&statement, store,
                    "SELECT EXISTS (SELECT 1 FROM comment WHERE author = ?1 AND author <> '')");
    statement_bind_text(&statement, scope->query->author);
    statement_single(&statement, &named);
    scope->filters |= named ? FILTER_AUTHOR_NAME : FILTER_AUTHOR_KEY;
    /* Whatever words find is not in the order of this lead. */
    if (scope->words.size == 0)
        scope->lead = named ? LEAD_AUTHOR_NAME : LEAD_AUTHOR_KEY;
    return statement_end(&statement, error);
}

/* Spans with both ends in; what is late was due before now. */
static void collect_spans(struct scope *scope)
{
    const struct query_span *received = &scope->query->received, *due = &scope->query->due;
    scope->now = moment_now();
    scope->received_from = received->has_from ? received->from : INT64_MIN;
    scope->received_to = received->has_to ? received->to - 1 : INT64_MAX;
    scope->due_from = due->has_from ? due->from : INT64_MIN;
    scope->due_to = due->has_to ? due->to - 1 : INT64_MAX;
    if (scope->query->late == LATE_DECIDE && scope->due_to >= scope->now)
        scope->due_to = scope->now - 1;
}

static void collect_filters(struct scope *scope, int64_t cluster_lies_in)
{
    const struct query *query = scope->query;
    const struct {
        bool wanted;
        unsigned filter;
    } filters[] = {
        {query->states != 0, FILTER_STATES},
        {scope->consultation != 0 && scope->consultation != cluster_lies_in, FILTER_CONSULTATION},
        {scope->agency != 0, FILTER_AGENCY},
        {query->language.size > 0, FILTER_LANGUAGE},
        {query->channel.size > 0, FILTER_CHANNEL},
        {query->received.has_from || query->received.has_to, FILTER_RECEIVED},
        {query->due.has_from || query->due.has_to || query->late == LATE_DECIDE, FILTER_DUE},
        {query->late == LATE_ANSWER, FILTER_LATE_ANSWER},
        {query->source.size > 0, FILTER_SOURCE},
        {scope->tag != 0, FILTER_TAG},
        {scope->words.size > 0 && !scope->match.begins, FILTER_WORDS},
        {scope->words.size > 0 && scope->match.begins, FILTER_WORDS_ONCE},
        {scope->match.none.size > 0 && !scope->match.begins, FILTER_NO_WORDS},
        {scope->match.none.size > 0 && scope->match.begins, FILTER_NO_WORDS_ONCE},
        {scope->assigned_agency != 0, FILTER_ASSIGNED_AGENCY},
        {scope->assigned_person != 0, FILTER_ASSIGNED_PERSON},
        {scope_anybody(query->assigned), FILTER_ASSIGNED},
        {scope->proposer != 0, FILTER_PROPOSED_BY},
        {scope_anybody(query->proposed), FILTER_PROPOSED},
        {scope->cluster != 0, FILTER_CLUSTER},
        {scope->comment != 0, FILTER_COMMENT},
        {scope->section != 0, FILTER_SECTION},
        {query_has_lines(query), FILTER_LINE},
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        scope->filters |= filters[i].wanted ? filters[i].filter : 0;
    collect_spans(scope);
    scope->from = query->has_after ? query->after : INT64_MIN;
    scope->to = query->has_before ? query->before - 1 : INT64_MAX;
}

/* --- Streams --- */

/* How many comments there are by consultation and state: of all, of one consultation, of the
 * consultations of an agency (and of one of them). */
static const char counts_sql[] =
    "SELECT consultation_id, state, count FROM comment_count WHERE count > 0"
    " ORDER BY consultation_id";
static const char consultation_counts_sql[] =
    "SELECT consultation_id, state, count FROM comment_count"
    " WHERE consultation_id = ?1 AND count > 0";
static const char agency_counts_sql[] =
    "SELECT n.consultation_id, n.state, n.count FROM consultation AS c"
    " CROSS JOIN comment_count AS n ON n.consultation_id = c.id"
    " WHERE c.agency_id = ?1 AND (?2 IS NULL OR c.id = ?2) AND n.count > 0 ORDER BY c.id";

/* The same of a cluster, which lies in one consultation. */
static const char cluster_counts_sql[] =
    "SELECT 0, state, letters FROM cluster_state WHERE cluster_id = ?1 AND letters > 0";

/* Whether comments in a state can be found at all: what is due waits, and who is rejected is owed no
 * answer. */
static bool can_hold(const struct scope *scope, enum comment_state state)
{
    if ((scope->filters & FILTER_DUE) && state != STATE_PENDING && state != STATE_HELD &&
        state != STATE_ESCALATED)
        return false;
    return !(scope->filters & FILTER_LATE_ANSWER) ||
           (state != STATE_REJECTED && state != STATE_SPAM);
}

/* Adds comments to the stream they belong to; one that is not there yet is added. */
static void add_to_stream(struct list *streams, struct arena *arena, struct stream wanted)
{
    struct stream *list = streams->items;
    for (size_t i = streams->count; i-- > 0;) {
        if (list[i].consultation == wanted.consultation && list[i].state == wanted.state) {
            list[i].rows += wanted.rows;
            return;
        }
    }
    struct stream *stream = list_add(streams, arena, sizeof *stream);
    *stream = wanted;
}

static void start_counts(struct statement *statement, struct store *store,
                         const struct scope *scope)
{
    if (scope->cluster != 0) {
        statement_start(statement, store, cluster_counts_sql);
        statement_bind(statement, scope->cluster);
    } else if (scope->agency != 0) {
        statement_start(statement, store, agency_counts_sql);
        statement_bind(statement, scope->agency);
        statement_bind_id(statement, scope->consultation);
    } else if (scope->consultation != 0) {
        statement_start(statement, store, consultation_counts_sql);
        statement_bind(statement, scope->consultation);
    } else {
        statement_start(statement, store, counts_sql);
    }
}

/* A queue that is narrowed to nothing but states is read along their own indexes; how much they hold
 * decides nothing. */
static void list_states(struct arena *arena, struct scope *scope)
{
    struct list streams = {0};
    bool by_state = scope->query->states || scope->lines;
    for (int state = 0; state < (by_state ? STATE_COUNT : 1); state++) {
        if (scope->query->states && !(scope->query->states & (1u << state)))
            continue;
        struct stream *stream = list_add(&streams, arena, sizeof *stream);
        *stream = (struct stream){.state = by_state ? state : -1, .lines = scope->lines};
    }
    scope->streams = streams.items;
    scope->stream_count = streams.count;
}

/* A stream for each state of the section. No count is kept of these: *rows receives how many comments
 * the section has, as far as it matters whether that is rare. */
static enum status list_section(struct store *store, struct arena *arena, struct scope *scope,
                                int64_t *rows, struct error *error)
{
    struct statement statement;
    struct list streams = {0};
    const unsigned kept = FILTER_STATES | FILTER_CONSULTATION | FILTER_AGENCY | FILTER_SECTION;
    for (int state = 0; state < STATE_COUNT; state++) {
        if (!can_hold(scope, (enum comment_state)state) ||
            (scope->query->states && !(scope->query->states & (1u << state))))
            continue;
        struct stream *stream = list_add(&streams, arena, sizeof *stream);
        *stream = (struct stream){.state = state, .section = scope->section};
    }
    scope->streams = streams.items;
    scope->stream_count = streams.count;
    *rows = 0;
    if ((scope->filters & ~kept) == 0)
        return OK;
    statement_start(&statement, store,
                    "SELECT count(*) FROM (SELECT 1 FROM comment WHERE section_id = ?1 LIMIT ?2)");
    statement_bind(&statement, scope->section);
    statement_bind(&statement,
                   (store->rare_rows > store->probe_rows ? store->rare_rows : store->probe_rows) +
                       1);
    statement_single(&statement, rows);
    return statement_end(&statement, error);
}

/* A stream for each consultation and state asked for by name; *rows receives the sum. */
static enum status collect_streams(struct store *store, struct arena *arena, struct scope *scope,
                                   int64_t *rows, struct error *error)
{
    struct statement statement;
    struct list streams = {0};
    bool by_consultation = scope->consultation != 0 || scope->agency != 0;
    bool by_state = scope->query->states || scope->lines || scope->cluster != 0 ||
                    (scope->filters & (FILTER_DUE | FILTER_LATE_ANSWER));
    *rows = 0;
    start_counts(&statement, store, scope);
    while (statement_next(&statement)) {
        enum comment_state state;
        int64_t consultation = statement_integer(&statement);
        bool known = state_from_name(statement_text(&statement, arena), &state);
        int64_t count = statement_integer(&statement);
        if (!known || !can_hold(scope, state) ||
            (scope->query->states && !(scope->query->states & (1u << state))))
            continue;
        add_to_stream(&streams, arena,
                      (struct stream){.consultation = by_consultation ? consultation : 0,
                                      .state = by_state ? (int)state : -1,
                                      .cluster = scope->cluster,
                                      .lines = scope->lines,
                                      .rows = count});
        *rows += count;
    }
    scope->streams = streams.items;
    scope->stream_count = streams.count;
    return statement_end(&statement, error);
}

enum lead stream_lead(const struct stream *stream)
{
    if (stream->cluster != 0)
        return LEAD_CLUSTER_STATE;
    if (stream->section != 0)
        return LEAD_SECTION_STATE;
    if (stream->lines)
        return stream->consultation != 0 ? LEAD_LINE_CONSULTATION_STATE : LEAD_LINE_STATE;
    if (stream->consultation != 0)
        return stream->state >= 0 ? LEAD_CONSULTATION_STATE : LEAD_CONSULTATION;
    return stream->state >= 0 ? LEAD_STATE : LEAD_ORDER;
}

unsigned stream_filters(const struct scope *scope, const struct stream *stream)
{
    const unsigned places = FILTER_STATES | FILTER_CONSULTATION | FILTER_AGENCY;
    /* A cluster's stream is not of a place by itself; a section's is of its consultation. */
    unsigned filters = scope->filters & ~(stream->cluster != 0   ? (unsigned)FILTER_STATES
                                          : stream->section != 0 ? places & ~(unsigned)FILTER_AGENCY
                                                                 : places);
    if (stream->consultation != 0)
        filters |= FILTER_CONSULTATION;
    if (stream->state >= 0)
        filters |= FILTER_STATE;
    return filters;
}

/* --- The lead --- */

/* Whether few rows answer to one part of the query by itself. */
static enum status is_rare(struct store *store, const struct scope *scope, const char *sql,
                           int64_t most, bool *rare, struct error *error)
{
    struct statement statement;
    int64_t count = 0;
    statement_start(&statement, store, sql);
    statement_name(&statement, ":tag", scope->tag);
    statement_name(&statement, ":assigned_agency", scope->assigned_agency);
    statement_name(&statement, ":assigned_person", scope->assigned_person);
    statement_name(&statement, ":proposer", scope->proposer);
    statement_name(&statement, ":received_from", scope->received_from);
    statement_name(&statement, ":received_to", scope->received_to);
    statement_name(&statement, ":due_from", scope->due_from);
    statement_name(&statement, ":due_to", scope->due_to);
    statement_name(&statement, ":late", scope->now);
    statement_name_text(&statement, ":language", scope->query->language);
    statement_name_text(&statement, ":channel", scope->query->channel);
    statement_name_text(&statement, ":source", scope->query->source);
    statement_name_text(&statement, ":author", scope->query->author);
    statement_name_text(&statement, ":words", scope->words);
    statement_name(&statement, ":limit", most + 1);
    statement_single(&statement, &count);
    *rare = count <= most;
    return statement_end(&statement, error);
}

/* The first part of the query, but its words, that is rare leads: that has at most so many rows. */
static enum status choose_lead(struct store *store, struct scope *scope, int64_t most,
                               struct error *error)
{
    static const struct {
        unsigned filter;
        enum lead lead;
        const char *sql;
    } leads[] = {
        {FILTER_DUE, LEAD_DUE,
         "SELECT count(*) FROM (SELECT 1 FROM due INDEXED BY due_to_decide WHERE decided_at IS NULL"
         " AND decide_at >= :due_from AND decide_at <= :due_to LIMIT :limit)"},
        {FILTER_LATE_ANSWER, LEAD_LATE_ANSWER,
         "SELECT count(*) FROM (SELECT 1 FROM due INDEXED BY due_to_answer"
         " WHERE answered_at IS NULL AND answer_at < :late LIMIT :limit)"},
        {FILTER_RECEIVED, LEAD_RECEIVED,
         "SELECT count(*) FROM (SELECT 1 FROM comment INDEXED BY comment_by_received"
         " WHERE received_at >= :received_from AND received_at <= :received_to LIMIT :limit)"},
        {FILTER_TAG, LEAD_TAG,
         "SELECT count(*) FROM (SELECT 1 FROM comment_tag WHERE tag_id = :tag LIMIT :limit)"},
        {FILTER_PROPOSED_BY, LEAD_PROPOSED_BY,
         "SELECT count(*) FROM (SELECT 1 FROM proposal WHERE moderator_id = :proposer"
         " LIMIT :limit)"},
        {FILTER_PROPOSED, LEAD_PROPOSED,
         "SELECT count(*) FROM (SELECT 1 FROM proposal LIMIT :limit)"},
        {FILTER_ASSIGNED_PERSON, LEAD_ASSIGNED_PERSON,
         "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE moderator_id = :assigned_person"
         " LIMIT :limit)"},
        {FILTER_ASSIGNED_AGENCY, LEAD_ASSIGNED_AGENCY,
         "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE agency_id = :assigned_agency"
         " LIMIT :limit)"},
        {FILTER_ASSIGNED, LEAD_ASSIGNED,
         "SELECT count(*) FROM (SELECT 1 FROM assignment LIMIT :limit)"},
        {FILTER_SOURCE, LEAD_SOURCE,
         "SELECT count(*) FROM (SELECT 1 FROM comment WHERE source = :source LIMIT :limit)"},
        {FILTER_LANGUAGE, LEAD_LANGUAGE,
         "SELECT count(*) FROM (SELECT 1 FROM comment WHERE language = :language LIMIT :limit)"},
        {FILTER_CHANNEL, LEAD_CHANNEL,
         "SELECT count(*) FROM (SELECT 1 FROM comment WHERE channel = :channel LIMIT :limit)"},
        {FILTER_AUTHOR_KEY, LEAD_AUTHOR_KEY,
         "SELECT count(*) FROM (SELECT 1 FROM comment WHERE author_key = :author"
         " AND author_key <> '' LIMIT :limit)"},
        {FILTER_AUTHOR_NAME, LEAD_AUTHOR_NAME,
         "SELECT count(*) FROM (SELECT 1 FROM comment WHERE author = :author AND author <> ''"
         " LIMIT :limit)"},
    };
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        bool rare = false;
        if (!(scope->filters & leads[i].filter))
            continue;
        enum status status = is_rare(store, scope, leads[i].sql, most, &rare, error);
        if (status != OK)
            return status;
        if (rare) {
            scope->lead = leads[i].lead;
            return OK;
        }
    }
    return OK;
}

/* What leads a search. rows: how many comments there are in its streams. */
static enum status choose_search_lead(struct store *store, struct scope *scope, int64_t rows,
                                      struct error *error)
{
    const unsigned words = FILTER_WORDS | FILTER_WORDS_ONCE;
    bool few = false;
    if (scope->comment != 0)
        return OK;
    scope->lead = LEAD_WORDS;
    if ((scope->filters & ~words) == 0)
        return OK;
    /* Counting what the words find must not take longer than looking the rest up one by one. */
    int64_t most = rows < store->walk_rows / PROBE_PRICE ? PROBE_PRICE * rows : store->walk_rows;
    enum status status = is_rare(store, scope,
                                 "SELECT count(*) FROM (SELECT 1 FROM comment_words"
                                 " WHERE comment_words MATCH :words LIMIT :limit)",
                                 most, &few, error);
    if (status != OK || few)
        return status;
    if (rows > store->probe_rows)
        return choose_lead(store, scope, store->probe_rows, error);
    scope->lead = LEAD_ORDER;
    return OK;
}

enum status scope_resolve(struct store *store, const struct query *query, struct arena *arena,
                          struct scope *scope, struct error *error)
{
    int64_t rows = 0;
    *scope = (struct scope){.query = query, .lead = LEAD_ORDER};
    enum status status = scope_name(store, scope, error);
    if (status != OK)
        return status;
    int64_t cluster_lies_in = 0;
    status = scope_find_section(store, scope, error);
    if (status == OK)
        status = scope_find_cluster(store, scope, &cluster_lies_in, error);
    if (status != OK)
        return status;
    match_write(query, arena, &scope->match);
    scope->words = scope->match.all;
    collect_filters(scope, cluster_lies_in);
    scope->lines = (scope->filters & FILTER_LINE) != 0;
    if (scope->filters & (FILTER_DUE | FILTER_LATE_ANSWER)) {
        status = due_is_known(store, error);
        if (status == OK)
            status = calendars_refresh(store, error);
        if (status != OK)
            return status;
    }
    if (scope->comment != 0)
        scope->lead = LEAD_COMMENT;
    else
        status = resolve_author(store, scope, error);
    const unsigned places =
        FILTER_STATES | FILTER_CONSULTATION | FILTER_AGENCY | FILTER_CLUSTER | FILTER_SECTION;
    if (scope->words.size > 0 && !(scope->filters & places))
        rows = INT64_MAX; /* all there are: no stream is less */
    else if (status == OK && (scope->filters & ~(unsigned)(FILTER_STATES | FILTER_LINE)) == 0)
        list_states(arena, scope);
    else if (status == OK && scope->section != 0 && scope->cluster == 0)
        status = list_section(store, arena, scope, &rows, error);
    else if (status == OK)
        status = collect_streams(store, arena, scope, &rows, error);
    if (status == OK && scope->words.size > 0)
        status = choose_search_lead(store, scope, rows, error);
    else if (status == OK && scope->lead == LEAD_ORDER && rows > store->rare_rows)
        status = choose_lead(store, scope, store->rare_rows, error);
    return status;
}

bool scope_is_kept(const struct scope *scope)
{
    const unsigned kept = FILTER_STATES | FILTER_CONSULTATION | FILTER_AGENCY | FILTER_LINE;
    return (scope->filters & ~kept) == 0 && !scope->query->has_before && !scope->query->has_after;
}

bool scope_is_kept_cluster(const struct scope *scope)
{
    const unsigned kept = FILTER_STATES | FILTER_CLUSTER;
    return scope->cluster != 0 && (scope->filters & ~kept) == 0 && !scope->query->has_before &&
           !scope->query->has_after;
}
