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
#include "store/queue_streams.h"

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
    /* What is very rare leads before anything is counted: words can take long to find little. */
    int64_t few_rows = store->probe_rows < FEW_ROWS ? store->probe_rows : FEW_ROWS;
    enum status status = choose_lead(store, scope, few_rows, error);
    if (status != OK || scope->lead != LEAD_WORDS)
        return status;
    /* Counting what the words find must not take longer than looking the rest up one by one. */
    int64_t most = rows < store->walk_rows / PROBE_PRICE ? PROBE_PRICE * rows : store->walk_rows;
    status = is_rare(store, scope,
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
    if (status == OK)
        status = streams_list(store, arena, scope, &rows, error);
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
