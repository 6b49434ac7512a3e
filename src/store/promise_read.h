/* Reading how far promises are kept: for everything a scope leaves, by the day, by when what waits is
 * due, by agency and by consultation. From the sums in promise_day and its kin (see
 * majlis-schema(5)), and the few comments that something happened to since these were brought up to
 * date. */
#ifndef STORE_PROMISE_READ_H
#define STORE_PROMISE_READ_H

#include "store/due.h"
#include "store/figures_filter.h"

enum {
    PROMISE_SOON_DAYS = 3,   /* what is due within so many days behind today is due soon */
    PROMISE_PLACES_MOST = 20 /* agencies, and consultations, that are told of */
};

/* Each by enum due_kind. */
struct promise_sums {
    /* In the range: done in time; and not, be it done by now or not. */
    int64_t kept[DUE_KIND_COUNT], late[DUE_KIND_COUNT];
    /* Now, whatever the range: late and not done; due later today; due in the days behind. */
    int64_t open_late[DUE_KIND_COUNT], due_today[DUE_KIND_COUNT], due_soon[DUE_KIND_COUNT];
};

/* By when what is to be done is due. */
enum promise_place_in_time {
    DUE_WEEK_AGO, /* seven days before today, or longer */
    DUE_DAYS_AGO, /* one to six days before today */
    DUE_EARLIER,  /* earlier today */
    DUE_TODAY,    /* later today */
    DUE_TOMORROW,
    DUE_IN_DAYS, /* in two or three days */
    DUE_IN_WEEK, /* in four to six */
    DUE_LATER,
    DUE_PLACES
};
/* The first day of each, counted from today; DUE_EARLIER and DUE_TODAY share one. */
extern const int64_t promise_place_from[DUE_PLACES];

/* An agency, or a consultation. */
struct promise_of {
    int64_t id, agency_id;
    struct str slug;
    struct label name;
    struct promise_sums sums;
};

struct promise_reading {
    struct promise_sums all;
    struct promise_sums *days; /* kept and late of each day of the range */
    int64_t due[DUE_PLACES][DUE_KIND_COUNT];
    /* Of which there is something to tell; consultations: most late first. */
    struct promise_of *agencies, *consultations;
    size_t agency_count, consultation_count;
};

/* Reads all of it; in arena. What is still to be done is nobody's: with a moderator, only what that
 * person decided and answered is told of. */
enum status promise_read(struct store *store, const struct figure_scope *scope, struct arena *arena,
                         struct promise_reading *reading, struct error *error);

#endif
