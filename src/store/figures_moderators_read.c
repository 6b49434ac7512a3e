/* Reading what people decided, how fast, for which reasons, and what was judged twice. */
#include "store/figures_moderators.h"

#include "base/moment.h"
#include "store/agreement.h"
#include "store/figures_kept.h"
#include "store/team.h"

#define WORK_COLUMNS                                                                               \
    "SELECT w.moderator_id, w.approved, w.rejected, w.spam, w.held, w.escalated, w.undone,"        \
    " w.overturned, w.within_5, w.within_10, w.within_15, w.within_20, w.within_30, w.within_45,"  \
    " w.within_60, w.within_90, w.within_120, w.within_180, w.within_300, w.within_600"

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
    statement_start(&statement, read->store,
                    "SELECT id, login, name FROM moderator WHERE ?1 = 0 OR id = ?1 ORDER BY login");
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

static enum status read_work_from(struct people_read *read, const char *sql, struct error *error)
{
    struct statement statement;
    statement_start(&statement, read->store, sql);
    kept_bind(&statement, read->scope);
    while (statement_next(&statement)) {
        struct person *person = find(read, statement_integer(&statement));
        if (person)
            kept_add(&statement, person->sums, SUMS);
    }
    return statement_end(&statement, error);
}

static enum status read_reasons_from(struct people_read *read, const char *sql, struct error *error)
{
    struct statement statement;
    statement_start(&statement, read->store, sql);
    kept_bind(&statement, read->scope);
    while (statement_next(&statement)) {
        struct person *person = find(read, statement_integer(&statement));
        int64_t reason = statement_integer(&statement), rejected = statement_integer(&statement);
        for (size_t i = 0; person && i < read->reason_count; i++) {
            if (read->reasons[i].id == reason)
                person->reasons[i] += rejected;
        }
    }
    return statement_end(&statement, error);
}

static enum status read_work(struct people_read *read, struct error *error)
{
    static const char all[] = WORK_COLUMNS KEPT_ALL("work") OF_DAYS,
                      all_behind[] = WORK_COLUMNS KEPT_ALL("work_behind") OF_DAYS,
                      some[] = WORK_COLUMNS KEPT_SOME("work") OF_DAYS,
                      some_behind[] = WORK_COLUMNS KEPT_FEW("work_behind") OF_DAYS;
    bool whole = kept_whole(read->scope);
    enum status status = read_work_from(read, whole ? all : some, error);
    return status == OK ? read_work_from(read, whole ? all_behind : some_behind, error) : status;
}

#define REASON_COLUMNS "SELECT w.moderator_id, w.reason_id, w.rejected"

static enum status read_reasons(struct people_read *read, struct error *error)
{
    static const char all[] = REASON_COLUMNS KEPT_ALL("work_reason") OF_DAYS,
                      all_behind[] = REASON_COLUMNS KEPT_ALL("work_reason_behind") OF_DAYS,
                      some[] = REASON_COLUMNS KEPT_SOME("work_reason") OF_DAYS,
                      some_behind[] = REASON_COLUMNS KEPT_FEW("work_reason_behind") OF_DAYS;
    bool whole = kept_whole(read->scope);
    enum status status = read_reasons_from(read, whole ? all : some, error);
    return status == OK ? read_reasons_from(read, whole ? all_behind : some_behind, error) : status;
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
static void sort_people(struct people_read *read)
{
    for (size_t i = 1; i < read->count; i++) {
        struct person person = read->people[i];
        size_t at = i;
        for (; at > 0 && read->people[at - 1].decisions < person.decisions; at--)
            read->people[at] = read->people[at - 1];
        read->people[at] = person;
    }
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
        status = read_looks(read, error);
    if (status == OK)
        status = read_open(read, error);
    if (status != OK)
        return status;
    add_up(read);
    sort_people(read);
    return OK;
}
