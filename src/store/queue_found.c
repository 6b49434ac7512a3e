/* What words find, in the order of ids: the order in which the index of words gives it, so that a page
 * costs what it holds, however many comments there are with the words.
 *
 * First come the comments that have the very words, then those with other forms of them: two
 * searches, of which the second finds what the first does not.
 *
 * What the words find is filtered by what else is asked for. A state or a consultation can lie far
 * from where the walk begins (what is pending is mostly new): so the ids are walked in stretches,
 * and before each an index says where the next comment of that state and consultation is. */
#include "store/queue_found.h"
#include "store/queue_streams.h"

#include <stdlib.h>

/* Each stretch is twice as long as the one before, up to so many times the first. */
enum { STRETCH_GROWTH = 16 };

/* Ids that are yet to be walked, both ends included. */
struct walk {
    struct store *store;
    const struct scope *scope;
    unsigned states; /* bits of those that are wanted; 0: any */
    enum queue_way way;
    int64_t low, high, stretch;
    bool whole; /* nothing can be skipped: all in one stretch */
};

static void walk_start(struct walk *walk, const struct scope *scope)
{
    walk->scope = scope;
    walk->whole = walk->states == 0 && scope->consultation == 0;
    walk->stretch = walk->store->stretch_ids;
}

/* --- Skipping --- */

/* The first id from low on, or the last up to high, of what one index holds; *id is left when there
 * is none. */
static enum status find_next(const struct walk *walk, const char *after_sql, const char *before_sql,
                             const char *state, int64_t *id, bool *found, struct error *error)
{
    struct statement statement;
    statement_start(&statement, walk->store, walk->way == QUEUE_AFTER ? after_sql : before_sql);
    statement_name(&statement, ":low", walk->low);
    statement_name(&statement, ":high", walk->high);
    statement_name(&statement, ":consultation", walk->scope->consultation);
    if (state)
        statement_name_text(&statement, ":state", str_of(state));
    *found = statement_single(&statement, id);
    return statement_end(&statement, error);
}

/* Where the nearest comment of any of the states is. */
static enum status next_of_states(const struct walk *walk, int64_t *nearest, bool *found,
                                  struct error *error)
{
    enum status status = OK;
    int64_t best = 0;
    *found = false;
    for (int i = 0; status == OK && i < STATE_COUNT; i++) {
        int64_t id = 0;
        bool there;
        if (!(walk->states & (1u << i)))
            continue;
        status = find_next(walk,
                           "SELECT id FROM comment INDEXED BY comment_of_state"
                           " WHERE state = :state AND id BETWEEN :low AND :high"
                           " ORDER BY id LIMIT 1",
                           "SELECT id FROM comment INDEXED BY comment_of_state"
                           " WHERE state = :state AND id BETWEEN :low AND :high"
                           " ORDER BY id DESC LIMIT 1",
                           state_name((enum comment_state)i), &id, &there, error);
        if (status != OK || !there)
            continue;
        if (!*found || (walk->way == QUEUE_AFTER ? id < best : id > best))
            best = id;
        *found = true;
    }
    if (*found)
        *nearest = best;
    return status;
}

/* Leaves out what cannot be wanted at the walk's beginning; *found is false when nothing is left. */
static enum status skip(struct walk *walk, bool *found, struct error *error)
{
    int64_t *edge = walk->way == QUEUE_AFTER ? &walk->low : &walk->high;
    enum status status = OK;
    *found = true;
    if (walk->scope->consultation != 0)
        status = find_next(walk,
                           "SELECT id FROM comment INDEXED BY comment_of_consultation"
                           " WHERE consultation_id = :consultation AND id BETWEEN :low AND :high"
                           " ORDER BY id LIMIT 1",
                           "SELECT id FROM comment INDEXED BY comment_of_consultation"
                           " WHERE consultation_id = :consultation AND id BETWEEN :low AND :high"
                           " ORDER BY id DESC LIMIT 1",
                           NULL, edge, found, error);
    if (status == OK && *found && walk->states != 0)
        status = next_of_states(walk, edge, found, error);
    return status;
}

/* The next stretch to walk; *there is false at the end. */
static enum status walk_next(struct walk *walk, int64_t *from, int64_t *to, bool *there,
                             struct error *error)
{
    enum status status = OK;
    *there = walk->low <= walk->high;
    if (*there)
        status = skip(walk, there, error);
    if (status != OK || !*there)
        return status;
    *from = walk->low;
    *to = walk->high;
    if (walk->whole) {
        walk->high = walk->low - 1;
        return OK;
    }
    if (walk->way == QUEUE_AFTER) {
        *to = walk->high - walk->low < walk->stretch ? walk->high : walk->low + walk->stretch - 1;
        walk->low = *to + 1;
    } else {
        *from = walk->high - walk->low < walk->stretch ? walk->low : walk->high - walk->stretch + 1;
        walk->high = *from - 1;
    }
    if (walk->stretch < STRETCH_GROWTH * walk->store->stretch_ids)
        walk->stretch *= 2;
    return OK;
}

/* --- Pages --- */

/* What one of the two searches asks of comments that something else leads to. */
static struct scope scope_of_form(const struct scope *scope, bool by_form)
{
    struct scope form = *scope;
    form.words = scope->match.wanted[by_form];
    form.match.none = scope->match.unwanted[by_form];
    if (form.match.none.size > 0)
        form.filters |= FILTER_NO_WORDS;
    return form;
}

static void add_place(struct page *page, struct statement *statement, bool by_form)
{
    struct queue_place *found = list_add(&page->found, page->arena, sizeof *found);
    found->id = statement_integer(statement);
    found->submitted_at = statement_integer(statement);
    found->by_form = by_form;
}

static void start_range(struct statement *statement, const struct page *page,
                        const struct scope *scope, const struct stream *stream, enum lead lead,
                        enum shape shape, int64_t low, int64_t high)
{
    queue_start(statement, page->store, scope, stream, lead, shape);
    statement_name(statement, ":from", scope->from);
    statement_name(statement, ":to", scope->to);
    statement_name(statement, ":low", low);
    statement_name(statement, ":high", high);
}

/* Adds what one statement gives, up to the page's limit. */
static enum status read_range(struct page *page, const struct scope *scope,
                              const struct stream *stream, enum lead lead, enum shape shape,
                              int64_t low, int64_t high, size_t limit, bool by_form,
                              struct error *error)
{
    struct statement statement;
    start_range(&statement, page, scope, stream, lead, shape, low, high);
    statement_name(&statement, ":limit", (int64_t)limit);
    while (statement_next(&statement))
        add_place(page, &statement, by_form);
    return statement_end(&statement, error);
}

static int compare_ids(const void *left, const void *right)
{
    const struct queue_place *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static int compare_ids_back(const void *left, const void *right)
{
    return compare_ids(right, left);
}

/* Reads along whatever leads and is rare. */
static enum status read_rare(struct page *page, const struct scope *scope, int64_t low,
                             int64_t high, bool by_form, struct error *error)
{
    bool after = page->way == QUEUE_AFTER;
    enum shape shape = after ? SHAPE_FOUND_AFTER : SHAPE_FOUND_BEFORE;
    size_t before = page->found.count, limit = page->limit - before;
    if (scope->lead != LEAD_ORDER)
        return read_range(page, scope, NULL, scope->lead, shape, low, high, limit, by_form, error);
    enum status status = OK;
    for (size_t i = 0; status == OK && i < scope->stream_count; i++)
        status = read_range(page, scope, &scope->streams[i], stream_lead(&scope->streams[i]), shape,
                            low, high, limit, by_form, error);
    if (page->found.count > before)
        qsort((struct queue_place *)page->found.items + before, page->found.count - before,
              sizeof(struct queue_place), after ? compare_ids : compare_ids_back);
    if (page->found.count > page->limit)
        page->found.count = page->limit;
    return status;
}

/* What words find between two ids, without a look at the comments. */
static void start_words(struct statement *statement, const struct page *page, struct str words,
                        int64_t low, int64_t high, int64_t limit)
{
    statement_start(statement, page->store,
                    page->way == QUEUE_AFTER
                        ? "SELECT w.rowid FROM comment_words AS w WHERE w.comment_words MATCH ?1"
                          " AND w.rowid BETWEEN ?2 AND ?3 ORDER BY w.rowid LIMIT ?4"
                        : "SELECT w.rowid FROM comment_words AS w WHERE w.comment_words MATCH ?1"
                          " AND w.rowid BETWEEN ?2 AND ?3 ORDER BY w.rowid DESC LIMIT ?4");
    statement_bind_text(statement, words);
    statement_bind(statement, low);
    statement_bind(statement, high);
    statement_bind(statement, limit);
}

/* Adds what has the very words where nothing else is asked for. When these were sent is not looked
 * up: it says nothing about their order. */
static enum status read_words_alone(struct page *page, int64_t low, int64_t high,
                                    struct error *error)
{
    struct statement statement;
    start_words(&statement, page, page->scope->match.exact, low, high,
                (int64_t)(page->limit - page->found.count));
    while (statement_next(&statement)) {
        struct queue_place *found = list_add(&page->found, page->arena, sizeof *found);
        *found = (struct queue_place){.id = statement_integer(&statement)};
    }
    return statement_end(&statement, error);
}

static bool asks_words_alone(const struct scope *scope)
{
    const unsigned words = FILTER_WORDS | FILTER_WORDS_ONCE;
    return (scope->filters & ~words) == 0 && scope->from == INT64_MIN && scope->to == INT64_MAX;
}

/* Adds what the words find between two ids by another form alone: all that they find but the very
 * words. Both come in the order of ids. */
static enum status read_other_forms(struct page *page, struct scope scope, int64_t low,
                                    int64_t high, struct error *error)
{
    bool after = page->way == QUEUE_AFTER, there;
    struct statement all, exact;
    int64_t known = 0;
    scope.words = scope.match.all;
    start_range(&all, page, &scope, NULL, LEAD_WORDS, after ? SHAPE_WALK_AFTER : SHAPE_WALK_BEFORE,
                low, high);
    statement_name(&all, ":limit", -1);
    start_words(&exact, page, scope.match.exact, low, high, -1);
    there = statement_single(&exact, &known);
    while (page->found.count < page->limit && statement_next(&all)) {
        int64_t id = sqlite3_column_int64(all.prepared, 0);
        while (there && (after ? known < id : known > id))
            there = statement_single(&exact, &known);
        if (!there || known != id)
            add_place(page, &all, true);
    }
    enum status status = statement_end(&all, error);
    enum status other = statement_end(&exact, status == OK ? error : NULL);
    return status == OK ? other : status;
}

/* Reads along the index of words. */
static enum status read_words(struct page *page, const struct scope *scope, int64_t low,
                              int64_t high, bool by_form, struct error *error)
{
    struct walk walk = {.store = page->store,
                        .states = scope->query->states,
                        .way = page->way,
                        .low = low,
                        .high = high};
    enum shape shape = page->way == QUEUE_AFTER ? SHAPE_WALK_AFTER : SHAPE_WALK_BEFORE;
    struct scope exact = *scope;
    enum status status = OK;
    exact.words = scope->match.exact;
    if (!by_form && asks_words_alone(scope))
        return read_words_alone(page, low, high, error);
    walk_start(&walk, scope);
    while (status == OK && page->found.count < page->limit) {
        int64_t from, to;
        bool there;
        status = walk_next(&walk, &from, &to, &there, error);
        if (status != OK || !there)
            break;
        status = by_form ? read_other_forms(page, *scope, from, to, error)
                         : read_range(page, &exact, NULL, LEAD_WORDS, shape, from, to,
                                      page->limit - page->found.count, false, error);
    }
    return status;
}

/* Reads on in one of the two searches; from place on, where that lies in it. */
static enum status read_form(struct page *page, bool by_form, const struct queue_place *place,
                             struct error *error)
{
    const struct match *match = &page->scope->match;
    int64_t low = 0, high = INT64_MAX;
    if ((by_form ? match->rest : match->exact).size == 0 || page->found.count == page->limit)
        return OK;
    if (place && page->way == QUEUE_AFTER) {
        if (place->id == INT64_MAX)
            return OK;
        low = place->id + 1 > 0 ? place->id + 1 : 0;
    } else if (place) {
        high = place->id - 1;
    }
    if (page->scope->lead == LEAD_WORDS)
        return read_words(page, page->scope, low, high, by_form, error);
    struct scope scope = scope_of_form(page->scope, by_form);
    return read_rare(page, &scope, low, high, by_form, error);
}

enum status found_page(struct page *page, struct error *error)
{
    const struct queue_place *place = page->place;
    bool after = page->way == QUEUE_AFTER;
    bool first = !after; /* the search the way begins with */
    enum status status = OK;
    /* What lies before a place of the second search and behind one of the first. */
    if (!place || place->by_form == first)
        status = read_form(page, first, place, error);
    if (status == OK)
        status = read_form(page, !first, place && place->by_form != first ? place : NULL, error);
    return status;
}

/* --- Counts --- */

/* Counts all that the words find by state, until there are most. */
static enum status count_words(struct store *store, const struct scope *scope, int64_t most,
                               int64_t counts[STATE_COUNT], struct error *error)
{
    struct statement statement;
    queue_start(&statement, store, scope, NULL, LEAD_WORDS, SHAPE_WALK_STATES);
    statement_name(&statement, ":from", scope->from);
    statement_name(&statement, ":to", scope->to);
    statement_name(&statement, ":limit", most);
    return queue_read_counts(&statement, most, counts, error);
}

/* Counts in one state until there are most. */
static enum status count_state(struct store *store, const struct scope *every, int state,
                               int64_t most, int64_t *count, struct error *error)
{
    struct query query = *every->query;
    struct scope scope = *every;
    scope.filters |= FILTER_STATES;
    struct walk walk = {.store = store, .way = QUEUE_AFTER, .high = INT64_MAX};
    enum status status = OK;
    query.states = walk.states = 1u << state;
    scope.query = &query;
    walk_start(&walk, &scope);
    for (*count = 0; status == OK && *count < most;) {
        struct statement statement;
        int64_t from, to, found = 0;
        bool there;
        status = walk_next(&walk, &from, &to, &there, error);
        if (status != OK || !there)
            break;
        queue_start(&statement, store, &scope, NULL, LEAD_WORDS, SHAPE_WALK_COUNT);
        statement_name(&statement, ":from", scope.from);
        statement_name(&statement, ":to", scope.to);
        statement_name(&statement, ":low", from);
        statement_name(&statement, ":high", to);
        statement_name(&statement, ":limit", most - *count);
        statement_single(&statement, &found);
        *count += found;
        status = statement_end(&statement, error);
    }
    return status;
}

static enum status count_rare(struct store *store, const struct scope *every, int64_t most,
                              int64_t counts[STATE_COUNT], struct error *error)
{
    enum status status = OK;
    struct stream all = {.state = -1};
    struct scope of_all = scope_of_form(every, false), *scope = &of_all;
    scope->words = every->match.wanted[1];
    const struct stream *streams = scope->lead == LEAD_ORDER ? scope->streams : &all;
    size_t count = scope->lead == LEAD_ORDER ? scope->stream_count : 1;
    for (size_t i = 0; status == OK && i < count; i++) {
        struct statement statement;
        bool whole = scope->lead != LEAD_ORDER;
        queue_start(&statement, store, scope, whole ? NULL : &streams[i],
                    whole ? scope->lead : stream_lead(&streams[i]), SHAPE_COUNT_STATES);
        statement_name(&statement, ":from", scope->from);
        statement_name(&statement, ":to", scope->to);
        status = queue_read_counts(&statement, most, counts, error);
    }
    return status;
}

enum status found_counts(struct store *store, const struct scope *scope, unsigned states,
                         int64_t most, int64_t counts[STATE_COUNT], struct error *error)
{
    int64_t all = 0;
    if (scope->lead != LEAD_WORDS)
        return count_rare(store, scope, most, counts, error);
    enum status status = count_words(store, scope, most, counts, error);
    for (int i = 0; i < STATE_COUNT; i++)
        all += counts[i];
    for (int i = 0; status == OK && all >= most && i < STATE_COUNT; i++) {
        if (states & (1u << i))
            status = count_state(store, scope, i, most, &counts[i], error);
    }
    return status;
}
