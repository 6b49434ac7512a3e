/* The overview of `majlis stats` without a name: by consultation, by moderator, by reason, and by day
 * for the last thirty days. */
#include "cli/stats.h"

#include "base/language.h"
#include "base/moment.h"
#include "store/statistics.h"
#include "text/utf8.h"
#include "ui/words.h"

#include <jansson.h>
#include <stdlib.h>

enum { HALF_A_DAY = SECONDS_A_DAY / 2 };

struct numbers {
    struct consultation_statistics *consultations;
    size_t consultation_count;
    struct moderator_statistics *moderators;
    size_t moderator_count;
    struct reason *reasons;
    size_t reason_count;
    struct day_statistics days[STATISTICS_DAYS];
};

/* The starts of the last days and the end of today. Half a day to either side of midnight lies in
 * the neighbouring day also where clocks change. */
static void find_days(int64_t now, int64_t starts[STATISTICS_DAYS + 1])
{
    int64_t today = moment_day_start(now);
    starts[STATISTICS_DAYS] = moment_day_start(today + SECONDS_A_DAY + HALF_A_DAY);
    starts[STATISTICS_DAYS - 1] = today;
    for (int i = STATISTICS_DAYS - 2; i >= 0; i--)
        starts[i] = moment_day_start(starts[i + 1] - HALF_A_DAY);
}

static enum status read_numbers(struct cli *cli, struct numbers *numbers, struct error *error)
{
    int64_t starts[STATISTICS_DAYS + 1];
    size_t by_reason;
    find_days(cli->now, starts);
    enum status status =
        statistics_consultations(cli->store, cli->now, starts[STATISTICS_DAYS - 1], &cli->arena,
                                 &numbers->consultations, &numbers->consultation_count, error);
    if (!status)
        status =
            reason_list(cli->store, &cli->arena, &numbers->reasons, &numbers->reason_count, error);
    if (!status)
        status = statistics_moderators(cli->store, &cli->arena, &numbers->moderators,
                                       &numbers->moderator_count, &by_reason, error);
    if (!status)
        status = statistics_days(cli->store, starts, numbers->days, error);
    /* A reason added between the two readings has no count yet. */
    if (!status && by_reason < numbers->reason_count)
        numbers->reason_count = by_reason;
    return status;
}

/* --- for people ----------------------------------------------------------------------------- */

static void print_consultations(struct cli *cli, const struct numbers *numbers)
{
    static const char *const heads[] = {
        N_("consultation"), N_("comments"),    N_("waiting"),  N_("oldest"), N_("today"),
        N_("week"),         N_("median wait"), N_("answered"), N_("alike"),  N_("clusters")};
    enum { HEADS = sizeof heads / sizeof heads[0] };
    struct cli_table table = {.arena = &cli->arena, .columns = HEADS};
    for (size_t i = 0; i < HEADS; i++)
        cli_table_add(&table, str_of(_(heads[i])));
    for (size_t i = 0; i < numbers->consultation_count; i++) {
        const struct consultation_statistics *row = &numbers->consultations[i];
        int64_t oldest = row->oldest_waiting < 0 ? -1 : cli->now - row->oldest_waiting;
        char text[WORD_BYTES];
        cli_table_add(&table, row->slug);
        cli_table_number(&table, row->arrived);
        cli_table_number(&table, row->waiting);
        cli_table_add(&table, str_of(word_duration(oldest, text)));
        cli_table_number(&table, row->decided_today);
        cli_table_number(&table, row->decided_week);
        cli_table_add(&table, str_of(word_duration(row->median_wait, text)));
        cli_table_number(&table, row->answered);
        cli_table_number(&table, row->letters);
        cli_table_number(&table, row->clusters);
    }
    cli_table_print(&table, true, stdout);
}

static void print_moderators(struct cli *cli, const struct numbers *numbers)
{
    struct cli_table table = {.arena = &cli->arena, .columns = ACTION_UNDO + 3};
    cli_table_add(&table, str_of(_("moderator")));
    cli_table_add(&table, str_of(_("decisions")));
    for (int action = 0; action < ACTION_UNDO; action++)
        cli_table_add(&table, str_of(action_name((enum action)action)));
    cli_table_add(&table, str_of(_("undone")));
    for (size_t i = 0; i < numbers->moderator_count; i++) {
        const struct moderator_statistics *row = &numbers->moderators[i];
        cli_table_add(&table, row->login);
        cli_table_number(&table, row->decisions);
        for (int action = 0; action < ACTION_UNDO; action++)
            cli_table_number(&table, row->by_action[action]);
        cli_table_number(&table, row->undone);
    }
    cli_table_print(&table, true, stdout);
}

static void print_reasons(struct cli *cli, const struct numbers *numbers)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 2};
    cli_table_add(&table, str_of(_("reason")));
    cli_table_add(&table, str_of(_("rejected")));
    for (size_t reason = 0; reason < numbers->reason_count; reason++) {
        int64_t total = 0;
        for (size_t i = 0; i < numbers->moderator_count; i++)
            total += numbers->moderators[i].by_reason[reason];
        cli_table_add(&table, numbers->reasons[reason].slug);
        cli_table_number(&table, total);
    }
    cli_table_print(&table, true, stdout);
}

static struct str day_name(struct arena *arena, int64_t start)
{
    enum { DATE_BYTES = 10 }; /* 2026-11-24 */
    char moment[MOMENT_BYTES];
    return arena_copy(arena, str_part(str_of(moment_local(start, moment)), 0, DATE_BYTES));
}

static void print_days(struct cli *cli, const struct numbers *numbers)
{
    struct cli_table table = {.arena = &cli->arena, .columns = 3};
    cli_table_add(&table, str_of(_("day")));
    cli_table_add(&table, str_of(_("arrived")));
    cli_table_add(&table, str_of(_("decided")));
    for (int i = 0; i < STATISTICS_DAYS; i++) {
        const struct day_statistics *day = &numbers->days[i];
        if (day->arrived == 0 && day->decided == 0)
            continue;
        cli_table_add(&table, day_name(&cli->arena, day->start));
        cli_table_number(&table, day->arrived);
        cli_table_number(&table, day->decided);
    }
    cli_table_print(&table, true, stdout);
}

/* --- for programs --------------------------------------------------------------------------- */

/* jansson takes valid UTF-8 only. */
static json_t *json_text(struct str text)
{
    struct buffer valid = {0};
    utf8_add_valid(&valid, text);
    json_t *value = json_stringn(valid.data ? valid.data : "", valid.size);
    buffer_free(&valid);
    return value;
}

static json_t *json_measure(int64_t number)
{
    return number < 0 ? json_null() : json_integer(number);
}

static json_t *json_moment(int64_t moment)
{
    char text[MOMENT_BYTES];
    return moment < 0 ? json_null() : json_string(moment_iso(moment, text));
}

static json_t *json_consultations(const struct numbers *numbers)
{
    json_t *list = json_array();
    for (size_t i = 0; i < numbers->consultation_count; i++) {
        const struct consultation_statistics *row = &numbers->consultations[i];
        json_t *object = json_object();
        json_object_set_new(object, "consultation", json_text(row->slug));
        json_object_set_new(object, "title_ar", json_text(row->title.ar));
        json_object_set_new(object, "title_en", json_text(row->title.en));
        json_object_set_new(object, "comments", json_integer(row->arrived));
        json_object_set_new(object, "waiting", json_integer(row->waiting));
        json_object_set_new(object, "oldest_waiting", json_moment(row->oldest_waiting));
        json_object_set_new(object, "decided_today", json_integer(row->decided_today));
        json_object_set_new(object, "decided_week", json_integer(row->decided_week));
        json_object_set_new(object, "median_wait_seconds", json_measure(row->median_wait));
        json_object_set_new(object, "answered", json_integer(row->answered));
        json_object_set_new(object, "alike", json_integer(row->letters));
        json_object_set_new(object, "clusters", json_integer(row->clusters));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *json_moderators(const struct numbers *numbers)
{
    json_t *list = json_array();
    for (size_t i = 0; i < numbers->moderator_count; i++) {
        const struct moderator_statistics *row = &numbers->moderators[i];
        json_t *object = json_object(), *reasons = json_object();
        json_object_set_new(object, "login", json_text(row->login));
        json_object_set_new(object, "name", json_text(row->name));
        json_object_set_new(object, "decisions", json_integer(row->decisions));
        for (int action = 0; action < ACTION_UNDO; action++)
            json_object_set_new(object, action_name((enum action)action),
                                json_integer(row->by_action[action]));
        for (size_t reason = 0; reason < numbers->reason_count; reason++) {
            struct buffer slug = {0};
            utf8_add_valid(&slug, numbers->reasons[reason].slug);
            json_object_set_new(reasons, buffer_text(&slug), json_integer(row->by_reason[reason]));
            buffer_free(&slug);
        }
        json_object_set_new(object, "reasons", reasons);
        json_object_set_new(object, "undone", json_integer(row->undone));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *json_days(struct arena *arena, const struct numbers *numbers)
{
    json_t *list = json_array();
    for (int i = 0; i < STATISTICS_DAYS; i++) {
        const struct day_statistics *day = &numbers->days[i];
        json_t *object = json_object();
        json_object_set_new(object, "day", json_text(day_name(arena, day->start)));
        json_object_set_new(object, "arrived", json_integer(day->arrived));
        json_object_set_new(object, "decided", json_integer(day->decided));
        json_array_append_new(list, object);
    }
    return list;
}

static void print_json(struct cli *cli, const struct numbers *numbers)
{
    json_t *object = json_object();
    json_object_set_new(object, "consultations", json_consultations(numbers));
    json_object_set_new(object, "moderators", json_moderators(numbers));
    json_object_set_new(object, "days", json_days(&cli->arena, numbers));
    char *text = json_dumps(object, JSON_COMPACT);
    if (text)
        puts(text);
    free(text);
    json_decref(object);
}

enum status stats_overview(struct cli *cli, struct error *error)
{
    struct numbers numbers = {0};
    enum status status = read_numbers(cli, &numbers, error);
    if (status)
        return status;
    if (cli_value(cli, "json")) {
        print_json(cli, &numbers);
        return OK;
    }
    print_consultations(cli, &numbers);
    putchar('\n');
    print_moderators(cli, &numbers);
    putchar('\n');
    print_reasons(cli, &numbers);
    putchar('\n');
    print_days(cli, &numbers);
    return OK;
}
