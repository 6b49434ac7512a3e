/* The streams of a scope: which of them there are, and how much they hold. */
#include "store/queue_streams.h"

#include "store/internal.h"

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

/* A stream for each state of the section. No count is kept of these: rows receives how many comments
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
static enum status list_places(struct store *store, struct arena *arena, struct scope *scope,
                               int64_t *rows, struct error *error)
{
    struct statement statement;
    struct list streams = {0};
    bool by_consultation = scope->consultation != 0 || scope->agency != 0;
    bool by_state = scope->query->states || scope->lines || scope->cluster != 0 ||
                    (scope->filters & (FILTER_DUE | FILTER_LATE_ANSWER));
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

enum status streams_list(struct store *store, struct arena *arena, struct scope *scope,
                         int64_t *rows, struct error *error)
{
    const unsigned places =
        FILTER_STATES | FILTER_CONSULTATION | FILTER_AGENCY | FILTER_CLUSTER | FILTER_SECTION;
    *rows = 0;
    if (scope->words.size > 0 && !(scope->filters & places)) {
        *rows = INT64_MAX; /* all there are: no stream is less */
        return OK;
    }
    if ((scope->filters & ~(unsigned)(FILTER_STATES | FILTER_LINE)) == 0) {
        list_states(arena, scope);
        return OK;
    }
    return scope->section != 0 && scope->cluster == 0
               ? list_section(store, arena, scope, rows, error)
               : list_places(store, arena, scope, rows, error);
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
