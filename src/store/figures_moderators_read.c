/* Reading what people decided, how fast, for which reasons, and what was judged twice. */
#include "store/figures_moderators.h"

#include "base/moment.h"
#include "store/agreement.h"
#include "store/figures_kept.h"
#include "store/recall.h"
#include "store/team.h"

#include <stdlib.h>

#define WORK_SUMS                                                                                  \
    "SELECT w.moderator_id, sum(w.approved), sum(w.rejected), sum(w.spam), sum(w.held), "          \
    "sum(w.escalated), sum(w.undone), sum(w.overturned), sum(w.within_5), sum(w.within_10), "      \
    "sum(w.within_15), sum(w.within_20), sum(w.within_30), sum(w.within_45), sum(w.within_60), "   \
    "sum(w.within_90), sum(w.within_120), sum(w.within_180), sum(w.within_300), sum(w.within_600)"

static struct person *find(struct people_read *read, int64_t id)
{
    for (size_t i = 0; i < read->count; i++) {
        if (read->people[i].id == id)
            return &read->people[i];
    }
    return NULL;
}

static enum status read_people(struct people_read *read, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_recall(&statement, read->store,
                     "SELECT id, login, name FROM moderator WHERE ?1 = 0 OR id = ?1 ORDER BY login",
                     RECALL_SUMS);
    statement_bind(&statement, read->scope->moderator_id);
    while (statement_next(&statement)) {
        struct person *person = list_add(&list, read->arena, sizeof *person);
        person->id = statement_integer(&statement);
        person->login = statement_text(&statement, read->arena);
        person->name = statement_text(&statement, read->arena);
        person->reasons = arena_new(read->arena, read->reason_count + 1, sizeof *person->reasons);
    }
    read->people = list.items;
    read->count = list.count;
    return statement_end(&statement, error);
}

/* --- What was decided --- */

#define OF_DAYS " AND " KEPT_DAYS " AND (:moderator = 0 OR w.moderator_id = :moderator)"
#define BY_MODERATOR " GROUP BY 1"

static enum status read_work(struct people_read *read, struct error *error)
{
    static const char all[] = WORK_SUMS KEPT_ALL("work") OF_DAYS BY_MODERATOR,
                      some[] = WORK_SUMS KEPT_SOME("work") OF_DAYS BY_MODERATOR;
    struct statement statement;
    statement_recall(&statement, read->store, kept_whole(read->scope) ? all : some, RECALL_WORK);
    kept_bind(&statement, read->scope);
    while (statement_next(&statement)) {
        struct person *person = find(read, statement_integer(&statement));
        if (person)
            kept_add(&statement, person->sums, SUMS);
    }
    return statement_end(&statement, error);
}

static void add_reason(const struct people_read *read, struct person *person, int64_t reason,
                       int64_t rejected)
{
    for (size_t i = 0; i < read->reason_count; i++) {
        if (read->reasons[i].id == reason)
            person->reasons[i] += rejected;
    }
}

#define REASON_SUMS "SELECT w.moderator_id, w.reason_id, sum(w.rejected)"

static enum status read_reasons(struct people_read *read, struct error *error)
{
    static const char all[] = REASON_SUMS KEPT_ALL("work_reason") OF_DAYS BY_MODERATOR ", 2",
                      some[] = REASON_SUMS KEPT_SOME("work_reason") OF_DAYS BY_MODERATOR ", 2";
    struct statement statement;
    statement_recall(&statement, read->store, kept_whole(read->scope) ? all : some, RECALL_WORK);
    kept_bind(&statement, read->scope);
    while (statement_next(&statement)) {
        struct person *person = find(read, statement_integer(&statement));
        int64_t reason = statement_integer(&statement), rejected = statement_integer(&statement);
        if (person)
            add_reason(read, person, reason, rejected);
    }
    return statement_end(&statement, error);
}

/* What was done since the sums were brought up to date, deed by deed: they are few, and putting them
 * together first costs more. */
#define DEEDS                                                                                      \
    "SELECT w.moderator_id, w.reason_id, ifnull(w.seconds, -1), w.approved, w.rejected, w.spam,"   \
    " w.held, w.escalated, w.undone, w.overturned"

static enum status read_behind(struct people_read *read, struct error *error)
{
    static const char all[] = DEEDS " FROM work_part AS w WHERE w.behind = 1" OF_DAYS,
                      some[] = DEEDS KEPT_FEW("work_part") " AND w.behind = 1" OF_DAYS;
    struct statement statement;
    statement_start(&statement, read->store, kept_whole(read->scope) ? all : some);
    kept_bind(&statement, read->scope);
    while (statement_next(&statement)) {
        struct person *person = find(read, statement_integer(&statement));
        int64_t reason = statement_integer(&statement), seconds = statement_integer(&statement);
        int64_t deed[SUM_PACE] = {0};
        kept_add(&statement, deed, SUM_PACE);
        if (!person)
            continue;
        for (int i = 0; i < SUM_PACE; i++)
            person->sums[i] += deed[i];
        for (int i = 0; seconds >= 0 && i < PACES; i++)
            person->sums[SUM_PACE + i] += seconds < moderators_paces[i];
        add_reason(read, person, reason, deed[SUM_APPROVED + ACTION_REJECT]);
    }
    return statement_end(&statement, error);
}

/* --- What was judged twice --- */

static const char looks_sql[] =
    "SELECT s.kind = 'sample', d.moderator_id, d.action, s.moderator_id, s.action"
    " FROM second_look AS s INDEXED BY second_look_in_time"
    " CROSS JOIN decision AS d ON d.id = s.decision_id"
    " CROSS JOIN comment AS w ON w.id = d.comment_id"
    " CROSS JOIN consultation AS k ON k.id = w.consultation_id"
    " WHERE s.looked_at >= :from AND s.looked_at < :until AND " KEPT_NARROW
    " AND (:moderator = 0 OR :moderator IN (d.moderator_id, s.moderator_id))";

static void add_sample(struct people_read *read, struct person *first, enum action one,
                       struct person *second, enum action other)
{
    int64_t *unit = list_add(&read->samples, read->arena, JUDGEMENTS * sizeof *unit);
    unit[one]++;
    unit[other]++;
    read->agreed += one == other;
    if (first)
        first->samples[(size_t)one * JUDGEMENTS + other]++;
    if (second)
        second->samples[(size_t)other * JUDGEMENTS + one]++;
}

static enum status read_looks(struct people_read *read, struct error *error)
{
    struct statement statement;
    const struct figure_scope *scope = read->scope;
    statement_start(&statement, read->store, looks_sql);
    kept_bind(&statement, scope);
    statement_name(&statement, ":from", scope->first_day * SECONDS_A_DAY - scope->clock);
    statement_name(&statement, ":until", (scope->last_day + 1) * SECONDS_A_DAY - scope->clock);
    while (statement_next(&statement)) {
        enum action one, other;
        bool sample = statement_integer(&statement) != 0;
        struct person *first = find(read, statement_integer(&statement));
        bool known = action_from_name(statement_text(&statement, read->arena), &one);
        struct person *second = find(read, statement_integer(&statement));
        known = action_from_name(statement_text(&statement, read->arena), &other) && known;
        if (!known || one == ACTION_UNDO || other == ACTION_UNDO)
            continue;
        if (sample)
            add_sample(read, first, one, second, other);
        else if (second)
            second->proposals[(size_t)other * JUDGEMENTS + one]++;
    }
    return statement_end(&statement, error);
}

/* How many samples nobody has looked at yet. */
static enum status read_open(struct people_read *read, struct error *error)
{
    struct statement statement;
    read->open = 0;
    statement_start(&statement, read->store,
                    "SELECT count(*) FROM second_look INDEXED BY second_look_open"
                    " WHERE looked_at IS NULL");
    statement_single(&statement, &read->open);
    return statement_end(&statement, error);
}

/* Most decisions first; where they are equal, in the order of logins. */
static int compare_people(const void *a, const void *b)
{
    const struct person *one = a, *other = b;
    if (one->decisions != other->decisions)
        return one->decisions < other->decisions ? 1 : -1;
    return strcmp(one->login.data, other->login.data);
}

static void add_up(struct people_read *read)
{
    for (size_t i = 0; i < read->count; i++) {
        struct person *person = &read->people[i];
        for (int sum = SUM_APPROVED; sum <= SUM_ESCALATED; sum++)
            person->decisions += person->sums[sum];
        person->rejections = person->sums[SUM_APPROVED + ACTION_REJECT];
    }
}

enum status moderators_read(struct people_read *read, struct error *error)
{
    enum status status =
        reason_list(read->store, read->arena, &read->reasons, &read->reason_count, error);
    if (status == OK)
        status = read_people(read, error);
    if (status == OK)
        status = read_work(read, error);
    if (status == OK)
        status = read_reasons(read, error);
    if (status == OK)
        status = read_behind(read, error);
    if (status == OK)
        status = read_looks(read, error);
    if (status == OK)
        status = read_open(read, error);
    if (status != OK)
        return status;
    add_up(read);
    if (read->count > 1)
        qsort(read->people, read->count, sizeof *read->people, compare_people);
    return OK;
}
