/* Moderators: who decided what, how fast, for which reasons; what of it was taken back or changed by
 * others; and how well people agree who judged the same comments apart from each other.
 *
 * Small numbers say little of a person. Every coefficient stands beside the number of comments it is
 * from, and none is given for less than COMPARED_LEAST. */
#include "store/figures_sets.h"

#include "base/language.h"
#include "store/agreement.h"
#include "store/figures_kept.h"
#include "store/figures_moderators.h"

enum {
    COMPARED_LEAST = 10, /* comments that a coefficient is given from */
    MEDIAN = 50,
    SLOW = 90, /* percent */
};

const int64_t moderators_paces[PACES] = {5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600};

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

static void fill_person(struct people_read *read, const struct person *person,
                        struct figure_rows *rows)
{
    if (person->decisions == 0 && person->sums[SUM_UNDONE] == 0)
        return;
    struct figure_row *row = figure_row_add(rows, PERSON_COLUMNS, read->arena);
    row->values[PERSON_NAME] = figure_text(person->name);
    row->values[PERSON_LOGIN] = figure_text(person->login);
    row->values[PERSON_DECISIONS] = figure_number(person->decisions);
    for (int i = 0; i < JUDGEMENTS; i++)
        row->values[PERSON_APPROVED + i] = figure_number(person->sums[SUM_APPROVED + i]);
    row->values[PERSON_UNDONE] = figure_number(person->sums[SUM_UNDONE]);
}

static void fill_care(struct people_read *read, const struct person *person,
                      struct figure_rows *rows)
{
    int64_t paced = person->sums[SUM_PACE + PACES - 1], compared = all_of(person->samples, false);
    const int64_t *within = &person->sums[SUM_PACE];
    if (person->decisions == 0 && person->sums[SUM_UNDONE] == 0 && compared == 0 &&
        person->sums[SUM_OVERTURNED] == 0)
        return;
    struct figure_row *row = figure_row_add(rows, CARE_COLUMNS, read->arena);
    row->values[CARE_NAME] = figure_text(person->name);
    row->values[CARE_LOGIN] = figure_text(person->login);
    row->values[CARE_PACED] = figure_number(paced);
    row->values[CARE_MEDIAN] =
        figure_measure(kept_percentile(within, moderators_paces, PACES, paced, MEDIAN));
    row->values[CARE_SLOW] =
        figure_measure(kept_percentile(within, moderators_paces, PACES, paced, SLOW));
    row->values[CARE_OVERTURNED] = figure_number(person->sums[SUM_OVERTURNED]);
    row->values[CARE_COMPARED] = figure_number(compared);
    row->values[CARE_AGREED] = figure_share(all_of(person->samples, true), compared);
    row->values[CARE_KAPPA] = coefficient(compared, agreement_kappa(person->samples, JUDGEMENTS));
}

static void fill_reasons(struct people_read *read, const struct person *person,
                         struct figure_rows *rows)
{
    for (size_t i = 0; i < read->reason_count; i++) {
        if (person->reasons[i] == 0)
            continue;
        struct figure_row *row = figure_row_add(rows, REASON_COLUMN_COUNT, read->arena);
        row->values[REASON_NAME] = figure_text(person->name);
        row->values[REASON_LOGIN] = figure_text(person->login);
        row->values[REASON_SLUG] = figure_text(read->reasons[i].slug);
        row->values[REASON_LABEL] = figure_label(&read->reasons[i].label);
        row->values[REASON_COUNT] = figure_number(person->reasons[i]);
        row->values[REASON_SHARE] = figure_share(person->reasons[i], person->rejections);
    }
}

static void fill_trainee(struct people_read *read, const struct person *person,
                         struct figure_rows *rows)
{
    int64_t decided = all_of(person->proposals, false);
    if (decided == 0)
        return;
    struct figure_row *row = figure_row_add(rows, TRAINEE_COLUMNS, read->arena);
    row->values[TRAINEE_NAME] = figure_text(person->name);
    row->values[TRAINEE_LOGIN] = figure_text(person->login);
    row->values[TRAINEE_DECIDED] = figure_number(decided);
    row->values[TRAINEE_AGREED] = figure_share(all_of(person->proposals, true), decided);
    row->values[TRAINEE_KAPPA] =
        coefficient(decided, agreement_kappa(person->proposals, JUDGEMENTS));
}

static void fill_team(struct people_read *read, struct figure_rows *rows)
{
    struct person all = {0};
    int64_t people = 0, compared = (int64_t)read->samples.count;
    const int64_t *within = &all.sums[SUM_PACE];
    for (size_t i = 0; i < read->count; i++) {
        const struct person *person = &read->people[i];
        people += person->decisions > 0;
        all.decisions += person->decisions;
        for (int sum = 0; sum < SUMS; sum++)
            all.sums[sum] += person->sums[sum];
    }
    int64_t paced = all.sums[SUM_PACE + PACES - 1];
    struct figure_row *row = figure_row_add(rows, TEAM_COLUMNS, read->arena);
    row->values[TEAM_DECISIONS] = figure_number(all.decisions);
    row->values[TEAM_PEOPLE] = figure_number(people);
    row->values[TEAM_MEDIAN] =
        figure_measure(kept_percentile(within, moderators_paces, PACES, paced, MEDIAN));
    row->values[TEAM_SLOW] =
        figure_measure(kept_percentile(within, moderators_paces, PACES, paced, SLOW));
    row->values[TEAM_UNDONE] = figure_number(all.sums[SUM_UNDONE]);
    row->values[TEAM_OVERTURNED] = figure_number(all.sums[SUM_OVERTURNED]);
    row->values[TEAM_COMPARED] = figure_number(compared);
    row->values[TEAM_AGREED] = figure_share(read->agreed, compared);
    row->values[TEAM_ALPHA] = coefficient(
        compared, agreement_alpha(read->samples.items, read->samples.count, JUDGEMENTS));
    row->values[TEAM_OPEN] = figure_number(read->open);
}

static enum status read_moderators(struct store *store, const struct figure_scope *scope,
                                   struct arena *arena, struct figure_rows *rows,
                                   struct error *error)
{
    struct people_read read = {.store = store, .scope = scope, .arena = arena};
    enum status status = moderators_read(&read, error);
    if (status != OK)
        return status;
    fill_team(&read, &rows[TABLE_TEAM]);
    for (size_t i = 0; i < read.count; i++) {
        fill_person(&read, &read.people[i], &rows[TABLE_PEOPLE]);
        fill_care(&read, &read.people[i], &rows[TABLE_CARE]);
        fill_reasons(&read, &read.people[i], &rows[TABLE_REASONS]);
        fill_trainee(&read, &read.people[i], &rows[TABLE_TRAINEES]);
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
