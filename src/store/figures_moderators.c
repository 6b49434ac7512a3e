/* Moderators: who decided what, how fast, for which reasons; what of it was taken back or changed by
 * others; and how well people agree who judged the same comments apart from each other.
 *
 * Small numbers say little of a person. Every coefficient stands beside the number of comments it is
 * from, and none is given for less than COMPARED_LEAST. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "base/moment.h"
#include "store/agreement.h"
#include "store/figures_kept.h"
#include "store/record.h"

enum {
    COMPARED_LEAST = 10,      /* comments that a coefficient is given from */
    JUDGEMENTS = ACTION_UNDO, /* categories: the actions but undo */
    MEDIAN = 50,
    SLOW = 90, /* percent */
};

/* The columns of work behind its key, in their order. */
enum {
    SUM_APPROVED,
    SUM_ESCALATED = SUM_APPROVED + 4,
    SUM_UNDONE,
    SUM_OVERTURNED,
    SUM_PACE,
    PACES = 12,
    SUMS = SUM_PACE + PACES
};
#define WORK_COLUMNS                                                                               \
    "SELECT w.moderator_id, w.approved, w.rejected, w.spam, w.held, w.escalated, w.undone,"        \
    " w.overturned, w.within_5, w.within_10, w.within_15, w.within_20, w.within_30, w.within_45,"  \
    " w.within_60, w.within_90, w.within_120, w.within_180, w.within_300, w.within_600"
static const int64_t pace_bounds[PACES] = {5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600};

struct person {
    int64_t id, sums[SUMS], decisions, rejections;
    int64_t *reasons; /* rejections, in the order of reason_list() */
    struct str login, name;
    /* Comments another judged too: first of the person, then of the other. Of samples, and of what
     * the person proposed. */
    int64_t samples[JUDGEMENTS * JUDGEMENTS], proposals[JUDGEMENTS * JUDGEMENTS];
};

struct reading {
    struct store *store;
    const struct figure_scope *scope;
    struct arena *arena;
    struct person *people;
    size_t count;
    struct reason *reasons;
    size_t reason_count;
    struct list samples;
    int64_t agreed;
};

static struct person *find(struct reading *reading, int64_t id)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->people[i].id == id)
            return &reading->people[i];
    }
    return NULL;
}

static enum status read_people(struct reading *reading, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, reading->store,
                    "SELECT id, login, name FROM moderator WHERE ?1 = 0 OR id = ?1 ORDER BY login");
    statement_bind(&statement, reading->scope->moderator_id);
    while (statement_next(&statement)) {
        struct person *person = list_add(&list, reading->arena, sizeof *person);
        person->id = statement_integer(&statement);
        person->login = statement_text(&statement, reading->arena);
        person->name = statement_text(&statement, reading->arena);
        person->reasons =
            arena_new(reading->arena, reading->reason_count + 1, sizeof *person->reasons);
    }
    reading->people = list.items;
    reading->count = list.count;
    return statement_end(&statement, error);
}

/* --- What was decided --- */

#define OF_DAYS " AND " KEPT_DAYS " AND (:moderator = 0 OR w.moderator_id = :moderator)"

static enum status read_work_from(struct reading *reading, const char *sql, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reading->store, sql);
    kept_bind(&statement, reading->scope);
    while (statement_next(&statement)) {
        struct person *person = find(reading, statement_integer(&statement));
        if (person)
            kept_add(&statement, person->sums, SUMS);
    }
    return statement_end(&statement, error);
}

static enum status read_reasons_from(struct reading *reading, const char *sql, struct error *error)
{
    struct statement statement;
    statement_start(&statement, reading->store, sql);
    kept_bind(&statement, reading->scope);
    while (statement_next(&statement)) {
        struct person *person = find(reading, statement_integer(&statement));
        int64_t reason = statement_integer(&statement), rejected = statement_integer(&statement);
        for (size_t i = 0; person && i < reading->reason_count; i++) {
            if (reading->reasons[i].id == reason)
                person->reasons[i] += rejected;
        }
    }
    return statement_end(&statement, error);
}

static enum status read_work(struct reading *reading, struct error *error)
{
    static const char all[] = WORK_COLUMNS KEPT_ALL("work") OF_DAYS,
                      all_behind[] = WORK_COLUMNS KEPT_ALL("work_behind") OF_DAYS,
                      some[] = WORK_COLUMNS KEPT_SOME("work") OF_DAYS,
                      some_behind[] = WORK_COLUMNS KEPT_FEW("work_behind") OF_DAYS;
    bool whole = kept_whole(reading->scope);
    enum status status = read_work_from(reading, whole ? all : some, error);
    return status == OK ? read_work_from(reading, whole ? all_behind : some_behind, error) : status;
}

#define REASON_COLUMNS "SELECT w.moderator_id, w.reason_id, w.rejected"

static enum status read_reasons(struct reading *reading, struct error *error)
{
    static const char all[] = REASON_COLUMNS KEPT_ALL("work_reason") OF_DAYS,
                      all_behind[] = REASON_COLUMNS KEPT_ALL("work_reason_behind") OF_DAYS,
                      some[] = REASON_COLUMNS KEPT_SOME("work_reason") OF_DAYS,
                      some_behind[] = REASON_COLUMNS KEPT_FEW("work_reason_behind") OF_DAYS;
    bool whole = kept_whole(reading->scope);
    enum status status = read_reasons_from(reading, whole ? all : some, error);
    return status == OK ? read_reasons_from(reading, whole ? all_behind : some_behind, error)
                        : status;
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

static void add_sample(struct reading *reading, struct person *first, enum action one,
                       struct person *second, enum action other)
{
    int64_t *unit = list_add(&reading->samples, reading->arena, JUDGEMENTS * sizeof *unit);
    unit[one]++;
    unit[other]++;
    reading->agreed += one == other;
    if (first)
        first->samples[(size_t)one * JUDGEMENTS + other]++;
    if (second)
        second->samples[(size_t)other * JUDGEMENTS + one]++;
}

static enum status read_looks(struct reading *reading, struct error *error)
{
    struct statement statement;
    const struct figure_scope *scope = reading->scope;
    statement_start(&statement, reading->store, looks_sql);
    kept_bind(&statement, scope);
    statement_name(&statement, ":from", scope->first_day * SECONDS_A_DAY - scope->clock);
    statement_name(&statement, ":until", (scope->last_day + 1) * SECONDS_A_DAY - scope->clock);
    while (statement_next(&statement)) {
        enum action one, other;
        bool sample = statement_integer(&statement) != 0;
        struct person *first = find(reading, statement_integer(&statement));
        bool known = action_from_name(statement_text(&statement, reading->arena), &one);
        struct person *second = find(reading, statement_integer(&statement));
        known = action_from_name(statement_text(&statement, reading->arena), &other) && known;
        if (!known || one == ACTION_UNDO || other == ACTION_UNDO)
            continue;
        if (sample)
            add_sample(reading, first, one, second, other);
        else if (second)
            second->proposals[(size_t)other * JUDGEMENTS + one]++;
    }
    return statement_end(&statement, error);
}

static int64_t all_of(const int64_t counts[JUDGEMENTS * JUDGEMENTS], bool agreed)
{
    int64_t sum = 0;
    for (size_t i = 0; i < JUDGEMENTS * JUDGEMENTS; i++)
        sum += !agreed || i % (JUDGEMENTS + 1) == 0 ? counts[i] : 0;
    return sum;
}

static struct figure coefficient(int64_t compared, int64_t value)
{
    return compared < COMPARED_LEAST || value == AGREEMENT_NONE ? figure_none()
                                                                : figure_number(value);
}

/* --- Tables --- */

enum {
    TEAM_DECISIONS,
    TEAM_PEOPLE,
    TEAM_MEDIAN,
    TEAM_SLOW,
    TEAM_UNDONE,
    TEAM_OVERTURNED,
    TEAM_COMPARED,
    TEAM_AGREED,
    TEAM_ALPHA,
    TEAM_OPEN,
    TEAM_COLUMNS
};

static const struct figure_column team_columns[TEAM_COLUMNS] = {
    [TEAM_DECISIONS] = {"decisions", N_("decisions"), FIGURE_COUNT},
    [TEAM_PEOPLE] = {"people", N_("people"), FIGURE_COUNT},
    [TEAM_MEDIAN] = {"median", N_("half within"), FIGURE_SECONDS},
    [TEAM_SLOW] = {"percentile_90", N_("90% within"), FIGURE_SECONDS},
    [TEAM_UNDONE] = {"undone", N_("undone"), FIGURE_COUNT},
    [TEAM_OVERTURNED] = {"overturned", N_("overturned"), FIGURE_COUNT},
    [TEAM_COMPARED] = {"compared", N_("double-checked"), FIGURE_COUNT},
    [TEAM_AGREED] = {"agreed", N_("the same twice"), FIGURE_SHARE},
    [TEAM_ALPHA] = {"alpha", N_("Krippendorff's alpha"), FIGURE_DECIMAL},
    [TEAM_OPEN] = {"open", N_("to double-check"), FIGURE_COUNT},
};

enum {
    PERSON_NAME,
    PERSON_LOGIN,
    PERSON_DECISIONS,
    PERSON_APPROVED,
    PERSON_REJECTED,
    PERSON_SPAM,
    PERSON_HELD,
    PERSON_ESCALATED,
    PERSON_UNDONE,
    PERSON_COLUMNS
};

static const struct figure_column person_columns[PERSON_COLUMNS] = {
    [PERSON_NAME] = {"name", N_("who"), FIGURE_TEXT},
    [PERSON_LOGIN] = {"login", NULL, FIGURE_TEXT},
    [PERSON_DECISIONS] = {"decisions", N_("decisions"), FIGURE_COUNT},
    [PERSON_APPROVED] = {"approved", N_("approved"), FIGURE_COUNT},
    [PERSON_REJECTED] = {"rejected", N_("rejected"), FIGURE_COUNT},
    [PERSON_SPAM] = {"spam", N_("spam"), FIGURE_COUNT},
    [PERSON_HELD] = {"held", N_("held"), FIGURE_COUNT},
    [PERSON_ESCALATED] = {"escalated", N_("escalated"), FIGURE_COUNT},
    [PERSON_UNDONE] = {"undone", N_("undone"), FIGURE_COUNT},
};

enum {
    CARE_NAME,
    CARE_LOGIN,
    CARE_PACED,
    CARE_MEDIAN,
    CARE_SLOW,
    CARE_OVERTURNED,
    CARE_COMPARED,
    CARE_AGREED,
    CARE_KAPPA,
    CARE_COLUMNS
};

static const struct figure_column care_columns[CARE_COLUMNS] = {
    [CARE_NAME] = {"name", N_("who"), FIGURE_TEXT},
    [CARE_LOGIN] = {"login", NULL, FIGURE_TEXT},
    [CARE_PACED] = {"measured", NULL, FIGURE_COUNT},
    [CARE_MEDIAN] = {"median", N_("half in"), FIGURE_SECONDS},
    [CARE_SLOW] = {"percentile_90", N_("9 of 10 in"), FIGURE_SECONDS},
    [CARE_OVERTURNED] = {"overturned", N_("overturned"), FIGURE_COUNT},
    [CARE_COMPARED] = {"compared", N_("compared"), FIGURE_COUNT},
    [CARE_AGREED] = {"agreed", N_("the same"), FIGURE_SHARE},
    [CARE_KAPPA] = {"kappa", N_("kappa"), FIGURE_DECIMAL},
};

enum {
    REASON_NAME,
    REASON_LOGIN,
    REASON_SLUG,
    REASON_LABEL,
    REASON_COUNT,
    REASON_SHARE,
    REASON_COLUMN_COUNT
};

static const struct figure_column reason_columns[REASON_COLUMN_COUNT] = {
    [REASON_NAME] = {"name", N_("who"), FIGURE_TEXT},
    [REASON_LOGIN] = {"login", NULL, FIGURE_TEXT},
    [REASON_SLUG] = {"reason", NULL, FIGURE_TEXT},
    [REASON_LABEL] = {"label", N_("rejected for"), FIGURE_LABEL},
    [REASON_COUNT] = {"rejected", N_("rejected"), FIGURE_COUNT},
    [REASON_SHARE] = {"share", N_("of their rejections"), FIGURE_SHARE},
};

enum {
    TRAINEE_NAME,
    TRAINEE_LOGIN,
    TRAINEE_DECIDED,
    TRAINEE_AGREED,
    TRAINEE_KAPPA,
    TRAINEE_COLUMNS
};

static const struct figure_column trainee_columns[TRAINEE_COLUMNS] = {
    [TRAINEE_NAME] = {"name", N_("who"), FIGURE_TEXT},
    [TRAINEE_LOGIN] = {"login", NULL, FIGURE_TEXT},
    [TRAINEE_DECIDED] = {"proposals", N_("proposals decided"), FIGURE_COUNT},
    [TRAINEE_AGREED] = {"agreed", N_("as proposed"), FIGURE_SHARE},
    [TRAINEE_KAPPA] = {"kappa", N_("kappa"), FIGURE_DECIMAL},
};

enum { TABLE_TEAM, TABLE_PEOPLE, TABLE_CARE, TABLE_REASONS, TABLE_TRAINEES, TABLE_COUNT };

static const struct figure_table tables[TABLE_COUNT] = {
    [TABLE_TEAM] = {"team", team_columns, TEAM_COLUMNS},
    [TABLE_PEOPLE] = {"people", person_columns, PERSON_COLUMNS},
    [TABLE_CARE] = {"care", care_columns, CARE_COLUMNS},
    [TABLE_REASONS] = {"reasons", reason_columns, REASON_COLUMN_COUNT},
    [TABLE_TRAINEES] = {"proposals", trainee_columns, TRAINEE_COLUMNS},
};

static const struct figure_part parts[] = {
    {.shape = SHAPE_TILES, .table = TABLE_TEAM},
    {.shape = SHAPE_TABLE,
     .table = TABLE_PEOPLE,
     .title = N_("Decisions that stand"),
     .empty = N_("Nobody decided anything in this time.")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_CARE,
     .title = N_("Speed and agreement"),
     .note = N_("Small numbers say little: below 10 no kappa, below 50 a hint at most.")},
    {.shape = SHAPE_TABLE, .table = TABLE_REASONS, .title = N_("Reasons")},
    {.shape = SHAPE_TABLE,
     .table = TABLE_TRAINEES,
     .title = N_("What trainees proposed"),
     .note = N_("Who decides sees what is proposed, so this is no blind comparison.")},
};

/* --- Filling them --- */

static void fill_person(struct reading *reading, const struct person *person,
                        struct figure_rows *rows)
{
    if (person->decisions == 0 && person->sums[SUM_UNDONE] == 0)
        return;
    struct figure_row *row = figure_row_add(rows, PERSON_COLUMNS, reading->arena);
    row->values[PERSON_NAME] = figure_text(person->name);
    row->values[PERSON_LOGIN] = figure_text(person->login);
    row->values[PERSON_DECISIONS] = figure_number(person->decisions);
    for (int i = 0; i < JUDGEMENTS; i++)
        row->values[PERSON_APPROVED + i] = figure_number(person->sums[SUM_APPROVED + i]);
    row->values[PERSON_UNDONE] = figure_number(person->sums[SUM_UNDONE]);
}

static void fill_care(struct reading *reading, const struct person *person,
                      struct figure_rows *rows)
{
    int64_t paced = person->sums[SUM_PACE + PACES - 1], compared = all_of(person->samples, false);
    const int64_t *within = &person->sums[SUM_PACE];
    if (person->decisions == 0 && person->sums[SUM_UNDONE] == 0 && compared == 0 &&
        person->sums[SUM_OVERTURNED] == 0)
        return;
    struct figure_row *row = figure_row_add(rows, CARE_COLUMNS, reading->arena);
    row->values[CARE_NAME] = figure_text(person->name);
    row->values[CARE_LOGIN] = figure_text(person->login);
    row->values[CARE_PACED] = figure_number(paced);
    row->values[CARE_MEDIAN] =
        figure_measure(kept_percentile(within, pace_bounds, PACES, paced, MEDIAN));
    row->values[CARE_SLOW] =
        figure_measure(kept_percentile(within, pace_bounds, PACES, paced, SLOW));
    row->values[CARE_OVERTURNED] = figure_number(person->sums[SUM_OVERTURNED]);
    row->values[CARE_COMPARED] = figure_number(compared);
    row->values[CARE_AGREED] = figure_share(all_of(person->samples, true), compared);
    row->values[CARE_KAPPA] = coefficient(compared, agreement_kappa(person->samples, JUDGEMENTS));
}

static void fill_reasons(struct reading *reading, const struct person *person,
                         struct figure_rows *rows)
{
    for (size_t i = 0; i < reading->reason_count; i++) {
        if (person->reasons[i] == 0)
            continue;
        struct figure_row *row = figure_row_add(rows, REASON_COLUMN_COUNT, reading->arena);
        row->values[REASON_NAME] = figure_text(person->name);
        row->values[REASON_LOGIN] = figure_text(person->login);
        row->values[REASON_SLUG] = figure_text(reading->reasons[i].slug);
        row->values[REASON_LABEL] = figure_label(&reading->reasons[i].label);
        row->values[REASON_COUNT] = figure_number(person->reasons[i]);
        row->values[REASON_SHARE] = figure_share(person->reasons[i], person->rejections);
    }
}

static void fill_trainee(struct reading *reading, const struct person *person,
                         struct figure_rows *rows)
{
    int64_t decided = all_of(person->proposals, false);
    if (decided == 0)
        return;
    struct figure_row *row = figure_row_add(rows, TRAINEE_COLUMNS, reading->arena);
    row->values[TRAINEE_NAME] = figure_text(person->name);
    row->values[TRAINEE_LOGIN] = figure_text(person->login);
    row->values[TRAINEE_DECIDED] = figure_number(decided);
    row->values[TRAINEE_AGREED] = figure_share(all_of(person->proposals, true), decided);
    row->values[TRAINEE_KAPPA] =
        coefficient(decided, agreement_kappa(person->proposals, JUDGEMENTS));
}

/* How many samples nobody has looked at yet. */
static enum status read_open(struct reading *reading, int64_t *open, struct error *error)
{
    struct statement statement;
    *open = 0;
    statement_start(&statement, reading->store,
                    "SELECT count(*) FROM second_look INDEXED BY second_look_open"
                    " WHERE looked_at IS NULL");
    statement_single(&statement, open);
    return statement_end(&statement, error);
}

static void fill_team(struct reading *reading, int64_t open, struct figure_rows *rows)
{
    struct person all = {0};
    int64_t people = 0, compared = (int64_t)reading->samples.count;
    const int64_t *within = &all.sums[SUM_PACE];
    for (size_t i = 0; i < reading->count; i++) {
        const struct person *person = &reading->people[i];
        people += person->decisions > 0;
        all.decisions += person->decisions;
        for (int sum = 0; sum < SUMS; sum++)
            all.sums[sum] += person->sums[sum];
    }
    int64_t paced = all.sums[SUM_PACE + PACES - 1];
    struct figure_row *row = figure_row_add(rows, TEAM_COLUMNS, reading->arena);
    row->values[TEAM_DECISIONS] = figure_number(all.decisions);
    row->values[TEAM_PEOPLE] = figure_number(people);
    row->values[TEAM_MEDIAN] =
        figure_measure(kept_percentile(within, pace_bounds, PACES, paced, MEDIAN));
    row->values[TEAM_SLOW] =
        figure_measure(kept_percentile(within, pace_bounds, PACES, paced, SLOW));
    row->values[TEAM_UNDONE] = figure_number(all.sums[SUM_UNDONE]);
    row->values[TEAM_OVERTURNED] = figure_number(all.sums[SUM_OVERTURNED]);
    row->values[TEAM_COMPARED] = figure_number(compared);
    row->values[TEAM_AGREED] = figure_share(reading->agreed, compared);
    row->values[TEAM_ALPHA] = coefficient(
        compared, agreement_alpha(reading->samples.items, reading->samples.count, JUDGEMENTS));
    row->values[TEAM_OPEN] = figure_number(open);
}

/* Most decisions first; where they are equal, in the order of logins. */
static void sort_people(struct reading *reading)
{
    for (size_t i = 1; i < reading->count; i++) {
        struct person person = reading->people[i];
        size_t at = i;
        for (; at > 0 && reading->people[at - 1].decisions < person.decisions; at--)
            reading->people[at] = reading->people[at - 1];
        reading->people[at] = person;
    }
}

static void add_up(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct person *person = &reading->people[i];
        for (int sum = SUM_APPROVED; sum <= SUM_ESCALATED; sum++)
            person->decisions += person->sums[sum];
        person->rejections = person->sums[SUM_APPROVED + ACTION_REJECT];
    }
}

static enum status read_moderators(struct store *store, const struct figure_scope *scope,
                                   struct arena *arena, struct figure_rows *rows,
                                   struct error *error)
{
    struct reading reading = {.store = store, .scope = scope, .arena = arena};
    int64_t open = 0;
    enum status status = reason_list(store, arena, &reading.reasons, &reading.reason_count, error);
    if (status == OK)
        status = read_people(&reading, error);
    if (status == OK)
        status = read_work(&reading, error);
    if (status == OK)
        status = read_reasons(&reading, error);
    if (status == OK)
        status = read_looks(&reading, error);
    if (status == OK)
        status = read_open(&reading, &open, error);
    if (status != OK)
        return status;
    add_up(&reading);
    sort_people(&reading);
    fill_team(&reading, open, &rows[TABLE_TEAM]);
    for (size_t i = 0; i < reading.count; i++) {
        fill_person(&reading, &reading.people[i], &rows[TABLE_PEOPLE]);
        fill_care(&reading, &reading.people[i], &rows[TABLE_CARE]);
        fill_reasons(&reading, &reading.people[i], &rows[TABLE_REASONS]);
        fill_trainee(&reading, &reading.people[i], &rows[TABLE_TRAINEES]);
    }
    return OK;
}

const struct figure_set figures_moderators = {
    .name = "moderators",
    .title = N_("Moderators"),
    .about = N_("who decided what, how fast and why, what was undone, and how well people agree"),
    .days = 7,
    .tables = tables,
    .table_count = TABLE_COUNT,
    .parts = parts,
    .part_count = sizeof parts / sizeof *parts,
    .read = read_moderators,
};
