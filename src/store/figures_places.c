/* Reading at which consultations most waits, from the kept sums: only those that are shown are looked
 * up, and few others passed over. */
#include "store/figures_flow.h"

#include "store/figures_flow_sql.h"
#include "store/internal.h"
#include "store/recall.h"

#include <stdlib.h>

static struct flow_place *find_place(struct list *list, int64_t consultation)
{
    struct flow_place *places = list->items;
    for (size_t i = 0; i < list->count; i++) {
        if (places[i].consultation_id == consultation)
            return &places[i];
    }
    return NULL;
}

#define ALL(t) "(" t ".pending + " t ".held + " t ".escalated + " DONE(t) ")"
#define DONE(t) t ".approved + " t ".rejected + " t ".spam"
#define WAIT(t) t ".pending + " t ".held + " t ".escalated"

/* Consultations, what the sums say, and how many wait there whatever their language and channel: in
 * the order of the latter; of an agency, or of one; and the same of some languages and channels. */
#define MOST                                                                                       \
    " FROM tally_of AS f INDEXED BY tally_of_waiting"                                              \
    " WHERE f.scope >= 'consultation:' AND f.scope < 'consultation;' ORDER BY " WAIT("f") " DESC"
static const char most_sql[] =
    "SELECT CAST(substr(f.scope, 14) AS INTEGER), " ALL("f") ", " WAIT("f") ", " WAIT("f") MOST;
static const char walk_sql[] =
    "SELECT CAST(substr(f.scope, 14) AS INTEGER), -1, -1, " WAIT("f") MOST;
#define PLACE "SELECT k.id, ifnull(" ALL("f") ", 0), ifnull(" WAIT("f") ", 0), 0"
#define ITS_TALLY " LEFT JOIN tally_of AS f ON f.scope = 'consultation:' || k.id"
#define SOME_PLACE "SELECT k.id, ifnull(sum(" ALL("f") "), 0), ifnull(sum(" WAIT("f") "), 0), 0"
#define ITS_TALLIES " LEFT JOIN tally AS f ON f.consultation_id = k.id AND " NARROWED
#define OF_AGENCY " WHERE k.agency_id = ?1 AND (?2 = 0 OR k.id = ?2)"
#define BY_AGENCY " FROM consultation AS k INDEXED BY consultation_of_agency"
static const char agency_sql[] = PLACE BY_AGENCY ITS_TALLY OF_AGENCY;
static const char one_sql[] = PLACE " FROM consultation AS k" ITS_TALLY " WHERE k.id = ?2";
static const char some_of_agency_sql[] =
    SOME_PLACE BY_AGENCY ITS_TALLIES OF_AGENCY " GROUP BY k.id";
static const char some_of_one_sql[] =
    SOME_PLACE " FROM consultation AS k" ITS_TALLIES " WHERE k.id = ?2 GROUP BY k.id";

/* Reading them. */
struct place_reader {
    struct store *store;
    const struct figure_scope *scope;
    const struct flow_changes *changes;
    struct arena *arena;
    struct list list;
    bool narrowed;                  /* to a language or channel */
    int64_t best[FLOW_PLACES_MOST]; /* how many wait where most does, descending */
    size_t best_count;
};

/* How many more wait at a consultation, and came there, than the sums say. */
static int64_t more_at(const struct place_reader *reader, int64_t consultation, int64_t *arrived)
{
    int64_t more = 0;
    for (size_t i = 0; i < reader->changes->count; i++) {
        const struct flow_change *change = &reader->changes->changes[i];
        if (!change->within || change->consultation_id != consultation)
            continue;
        more += change->waiting;
        *arrived += change->arrived;
    }
    return more;
}

/* Lists a consultation with what is true now, unless it has no comment. */
static void add_place(struct place_reader *reader, int64_t id, int64_t comments, int64_t waiting)
{
    waiting += more_at(reader, id, &comments);
    if (comments <= 0)
        return;
    struct flow_place *place = list_add(&reader->list, reader->arena, sizeof *place);
    *place = (struct flow_place){
        .consultation_id = id, .comments = comments, .waiting = waiting, .oldest_day = -1};
    size_t at = reader->best_count;
    if (at == FLOW_PLACES_MOST && reader->best[--at] >= waiting)
        return;
    for (; at > 0 && reader->best[at - 1] < waiting; at--)
        reader->best[at] = reader->best[at - 1];
    reader->best[at] = waiting;
    reader->best_count += reader->best_count < FLOW_PLACES_MOST;
}

/* Whether a consultation at which no more than so many wait is among the most no longer. Where nothing
 * waits one is as good as another: there may be very many. */
static bool is_behind(const struct place_reader *reader, int64_t waiting)
{
    return reader->best_count == FLOW_PLACES_MOST &&
           (waiting <= 0 || waiting < reader->best[FLOW_PLACES_MOST - 1]);
}

/* Of one consultation, a row for each language and channel, to be added up: of a language, or of a
 * channel alone. */
#define TALLIES "SELECT " ALL("f") ", " WAIT("f") " FROM tally AS f WHERE f.consultation_id = ?1"
static const char tallies_of_language_sql[] =
    TALLIES " AND f.language = ?2 AND (?3 = '' OR f.channel = ?3)";
static const char tallies_of_channel_sql[] = TALLIES " AND ?2 = '' AND f.channel = ?3";
static const char tally_sql[] =
    "SELECT " ALL("f") ", " WAIT("f") " FROM tally_of AS f WHERE f.scope = 'consultation:' || ?1";

static void start_one(struct statement *statement, const struct place_reader *reader)
{
    statement_recall(statement, reader->store,
                     !reader->narrowed                  ? tally_sql
                     : reader->scope->language.size > 0 ? tallies_of_language_sql
                                                        : tallies_of_channel_sql,
                     RECALL_SUMS);
}

static void add_one(struct statement *statement, struct place_reader *reader, int64_t id)
{
    int64_t comments = 0, waiting = 0;
    statement_again(statement);
    statement_bind(statement, id);
    if (reader->narrowed) {
        statement_bind_text(statement, reader->scope->language);
        statement_bind_text(statement, reader->scope->channel);
    }
    while (statement_next(statement)) {
        comments += statement_integer(statement);
        waiting += statement_integer(statement);
    }
    add_place(reader, id, comments, waiting);
}

/* Of all, as few as can be: those where more wait or came since the sums, of which these tell too
 * little; then in the order of the sums, which tell too much of the others, until no other can be
 * among the most. */
static enum status list_most(struct place_reader *reader, struct error *error)
{
    struct statement one, walk;
    start_one(&one, reader);
    for (size_t i = 0; i < reader->changes->count; i++) {
        int64_t id = reader->changes->changes[i].consultation_id, arrived = 0;
        if (find_place(&reader->list, id))
            continue;
        if (more_at(reader, id, &arrived) > 0 || arrived > 0)
            add_one(&one, reader, id);
    }
    size_t seeds = reader->list.count;
    statement_recall(&walk, reader->store, reader->narrowed ? walk_sql : most_sql, RECALL_SUMS);
    while (statement_next(&walk)) {
        int64_t id = statement_integer(&walk), comments = statement_integer(&walk);
        int64_t waiting = statement_integer(&walk), most = statement_integer(&walk);
        struct list listed = {reader->list.items, seeds, seeds};
        if (is_behind(reader, most))
            break;
        if (find_place(&listed, id))
            continue;
        if (reader->narrowed)
            add_one(&one, reader, id);
        else
            add_place(reader, id, comments, waiting);
    }
    enum status status = statement_end(&walk, error);
    enum status ended = statement_end(&one, status == OK ? error : NULL);
    return status == OK ? ended : status;
}

static enum status list_some(struct place_reader *reader, struct error *error)
{
    struct statement statement;
    const struct figure_scope *scope = reader->scope;
    bool agency = scope->agency_id != 0;
    statement_recall(&statement, reader->store,
                     reader->narrowed ? agency ? some_of_agency_sql : some_of_one_sql
                     : agency         ? agency_sql
                                      : one_sql,
                     RECALL_SUMS);
    statement_bind(&statement, scope->agency_id);
    statement_bind(&statement, scope->consultation_id);
    if (reader->narrowed) {
        statement_bind_text(&statement, scope->language);
        statement_bind_text(&statement, scope->channel);
    }
    while (statement_next(&statement)) {
        int64_t id = statement_integer(&statement), comments = statement_integer(&statement);
        add_place(reader, id, comments, statement_integer(&statement));
    }
    return statement_end(&statement, error);
}

/* Most waiting first; of those alike, as they were made. */
static int compare_places(const void *a, const void *b)
{
    const struct flow_place *left = a, *right = b;
    if (left->waiting != right->waiting)
        return left->waiting < right->waiting ? 1 : -1;
    return (left->consultation_id > right->consultation_id) -
           (left->consultation_id < right->consultation_id);
}

/* --- What is said of each --- */

/* Titles, the number of answered comments, and the day behind the first on which something waits by
 * the sums: NULL reads as 0, where there is none. */
#define THESE                                                                                      \
    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"  \
    " ?21, ?22, ?23, ?24, ?25)"
_Static_assert(FLOW_PLACES_MOST == 25, "THESE names as many");
#define ABOUT                                                                                      \
    "SELECT k.id, k.title_ar, k.title_en, k.slug,"                                                 \
    " (SELECT a.count FROM answer_count AS a WHERE a.consultation_id = k.id), "
static const char about_sql[] =
    ABOUT "(SELECT o.day + 1 FROM flow_of AS o INDEXED BY flow_of_waiting"
          " WHERE o.scope = 'consultation:' || k.id AND o.waiting > 0 ORDER BY o.day LIMIT 1)"
          " FROM consultation AS k WHERE k.id IN " THESE;
static const char about_some_sql[] = ABOUT "0 FROM consultation AS k WHERE k.id IN " THESE;

static enum status read_about(struct place_reader *reader, struct error *error)
{
    struct statement statement;
    const struct flow_place *places = reader->list.items;
    if (reader->list.count == 0)
        return OK;
    statement_recall(&statement, reader->store, reader->narrowed ? about_some_sql : about_sql,
                     RECALL_SUMS);
    for (size_t i = 0; i < reader->list.count; i++)
        statement_bind(&statement, places[i].consultation_id);
    while (statement_next(&statement)) {
        struct flow_place *place = find_place(&reader->list, statement_integer(&statement));
        if (!place)
            continue;
        place->title.ar = statement_text(&statement, reader->arena);
        place->title.en = statement_text(&statement, reader->arena);
        place->slug = statement_text(&statement, reader->arena);
        place->answered = statement_integer(&statement);
        place->oldest_day = statement_integer(&statement) - 1;
    }
    return statement_end(&statement, error);
}

/* Whether something happened since the sums that may have moved its first day. */
static bool has_moved(const struct flow_changes *changes, const struct flow_place *place)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct flow_change *change = &changes->changes[i];
        if (change->consultation_id == place->consultation_id && change->waiting != 0 &&
            (place->oldest_day < 0 || change->hour / HOURS_OF_DAY <= place->oldest_day))
            return true;
    }
    return false;
}

/* Days until one on which something waits. */
static const char days_sql[] =
    "SELECT f.hour / 24, f.waiting FROM flow AS f INDEXED BY flow_waiting"
    " WHERE f.consultation_id = ?1 AND f.waiting > 0 AND (?2 = '' OR f.language = ?2)"
    " AND (?3 = '' OR f.channel = ?3) ORDER BY f.hour";

/* What the sums say is right where nothing happened since, and nothing narrower is asked for. */
static enum status find_oldest_days(struct place_reader *reader, struct error *error)
{
    struct statement statement;
    struct flow_place *places = reader->list.items;
    statement_recall(&statement, reader->store, days_sql, RECALL_SUMS);
    for (size_t i = 0; i < reader->list.count; i++) {
        int64_t id = places[i].consultation_id;
        if (places[i].waiting <= 0)
            places[i].oldest_day = -1;
        if (places[i].waiting <= 0 ||
            (!reader->narrowed && !has_moved(reader->changes, &places[i])))
            continue;
        statement_again(&statement);
        statement_bind(&statement, id);
        statement_bind_text(&statement, reader->scope->language);
        statement_bind_text(&statement, reader->scope->channel);
        places[i].oldest_day = flow_first(&statement, HOURS_OF_DAY, id, reader->changes);
    }
    return statement_end(&statement, error);
}

enum status flow_places(struct store *store, const struct figure_scope *scope, struct arena *arena,
                        struct flow_place **places, size_t *count, struct error *error)
{
    struct place_reader reader = {.store = store, .scope = scope, .arena = arena};
    struct list *list = &reader.list;
    reader.narrowed = scope->language.size > 0 || scope->channel.size > 0;
    enum status status = flow_changes_read(store, scope, arena, &reader.changes, error);
    if (status == OK)
        status =
            (scope->agency_id || scope->consultation_id ? list_some : list_most)(&reader, error);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof **places, compare_places);
    if (list->count > FLOW_PLACES_MOST)
        list->count = FLOW_PLACES_MOST;
    if (status == OK)
        status = read_about(&reader, error);
    if (status == OK)
        status = find_oldest_days(&reader, error);
    *places = list->items;
    *count = list->count;
    return status;
}
