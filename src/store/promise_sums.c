/* What a row says of a promise: the days of the range, and where in time lies what is to be done. */
#include "store/promise_sums.h"

#include <stdlib.h>

const int64_t promise_place_from[DUE_PLACES] = {INT32_MIN, -6, 0, 0, 1, 2, 4, 7};

void promise_read_numbers(struct statement *statement, struct promise_numbers *numbers)
{
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        numbers->kept[kind] = statement_integer(statement);
        numbers->late[kind] = statement_integer(statement);
        numbers->open[kind] = statement_integer(statement);
    }
}

static bool in_range(const struct promise_reader *reader, int64_t day)
{
    return day >= reader->scope->first_day && day <= reader->scope->last_day;
}

int64_t promise_first_open_day(const struct promise_reader *reader)
{
    return reader->scope->today + promise_place_from[DUE_DAYS_AGO];
}

/* Where something is due that is not done; passed: today, but by now. */
static enum promise_place_in_time place_of(int64_t ahead, bool passed)
{
    int place = DUE_PLACES - 1;
    if (ahead == 0)
        return passed ? DUE_EARLIER : DUE_TODAY;
    while (ahead < promise_place_from[place])
        place--;
    return (enum promise_place_in_time)place;
}

/* What is still to be done. sums: of one place, or of all, which also has the places in time. */
static void add_open(struct promise_reader *reader, struct promise_sums *sums, int64_t day,
                     bool passed, int kind, int64_t open)
{
    int64_t ahead = day - reader->scope->today;
    enum promise_place_in_time place = place_of(ahead, passed);
    if (place <= DUE_EARLIER)
        sums->open_late[kind] += open;
    else if (place == DUE_TODAY)
        sums->due_today[kind] += open;
    else if (ahead <= PROMISE_SOON_DAYS)
        sums->due_soon[kind] += open;
    if (sums == &reader->reading->all)
        reader->reading->due[place][kind] += open;
}

void promise_add_all_open(struct promise_reader *reader, struct promise_sums *sums, int kind,
                          int64_t open)
{
    sums->open_late[kind] += open;
    if (sums == &reader->reading->all)
        reader->reading->due[DUE_WEEK_AGO][kind] += open;
}

void promise_add(struct promise_reader *reader, struct promise_sums *sums, enum row_kind row,
                 const struct promise_numbers *numbers)
{
    bool past = numbers->day < reader->scope->today, today = numbers->day == reader->scope->today;
    for (int kind = 0; kind < DUE_KIND_COUNT; kind++) {
        if (row == ROW_OF_SUMS && numbers->day >= promise_first_open_day(reader))
            promise_add_all_open(reader, sums, kind, -numbers->open[kind]);
        if (!today && numbers->open[kind] != 0 &&
            (row == ROW_OF_CHANGES || numbers->day >= promise_first_open_day(reader)))
            add_open(reader, sums, numbers->day, false, kind, numbers->open[kind]);
        if (!in_range(reader, numbers->day))
            continue;
        int64_t late = numbers->late[kind] + (past ? numbers->open[kind] : 0);
        sums->kept[kind] += numbers->kept[kind];
        sums->late[kind] += late;
        if (sums == &reader->reading->all) {
            struct promise_sums *of =
                &reader->reading->days[numbers->day - reader->scope->first_day];
            of->kept[kind] += numbers->kept[kind];
            of->late[kind] += late;
        }
    }
}

void promise_add_today(struct promise_reader *reader, struct promise_sums *sums, bool passed,
                       int kind, int64_t open)
{
    int64_t today = reader->scope->today;
    if (open == 0)
        return;
    add_open(reader, sums, today, passed, kind, open);
    if (!passed || !in_range(reader, today))
        return;
    sums->late[kind] += open;
    if (sums == &reader->reading->all)
        reader->reading->days[today - reader->scope->first_day].late[kind] += open;
}

/* --- Places --- */

int promise_compare_ids(const void *a, const void *b)
{
    const struct promise_of *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static struct promise_sums *sums_of(struct promise_of *places, size_t count, int64_t id)
{
    struct promise_of wanted = {.id = id};
    struct promise_of *found =
        count > 0 ? bsearch(&wanted, places, count, sizeof *places, promise_compare_ids) : NULL;
    return found ? &found->sums : NULL;
}

void promise_add_to_places(struct promise_reader *reader, int64_t consultation, int64_t agency,
                           enum row_kind row, const struct promise_numbers *numbers)
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of_consultation =
        sums_of(reading->consultations, reading->consultation_count, consultation);
    struct promise_sums *of_agency = sums_of(reading->agencies, reading->agency_count, agency);
    if (of_consultation)
        promise_add(reader, of_consultation, row, numbers);
    if (of_agency)
        promise_add(reader, of_agency, row, numbers);
}

void promise_add_all_open_to_places(struct promise_reader *reader, int64_t consultation,
                                    int64_t agency, const int64_t open[DUE_KIND_COUNT])
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of[] = {
        sums_of(reading->consultations, reading->consultation_count, consultation),
        sums_of(reading->agencies, reading->agency_count, agency),
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        for (int kind = 0; of[i] && kind < DUE_KIND_COUNT; kind++)
            promise_add_all_open(reader, of[i], kind, open[kind]);
    }
}

void promise_add_today_everywhere(struct promise_reader *reader, int64_t consultation,
                                  int64_t agency, bool passed, int kind, int64_t open)
{
    struct promise_reading *reading = reader->reading;
    struct promise_sums *of[] = {
        &reading->all,
        sums_of(reading->consultations, reading->consultation_count, consultation),
        sums_of(reading->agencies, reading->agency_count, agency),
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        if (of[i])
            promise_add_today(reader, of[i], passed, kind, open);
    }
}
