/* Numbers for supervisors, read from the kept counts. Those are kept by the hour of UTC: where a
 * local day begins within an hour, what came in that hour counts for the day before. */
#ifndef STORE_STATISTICS_H
#define STORE_STATISTICS_H

#include "store/catalog.h"
#include "store/comment.h"
#include "store/record.h"

/* One consultation. Times in seconds; -1 where there is nothing to measure. */
struct consultation_statistics {
    int64_t consultation_id;
    struct str slug;
    struct label title;
    int64_t arrived;                     /* comments there are */
    int64_t waiting;                     /* pending, held or escalated */
    int64_t oldest_waiting;              /* submitted_at of the oldest that waits; -1 */
    int64_t decided_today, decided_week; /* standing decisions since today, in the last 7 days */
    int64_t median_wait;                 /* median seconds from received to first decision; -1 */
    int64_t answered;                    /* comments with a published response */
    int64_t letters, clusters; /* comments that are like others, and of how many clusters */
};
enum status statistics_consultations(struct store *, int64_t now, int64_t today, struct arena *,
                                     struct consultation_statistics **, size_t *count,
                                     struct error *);

struct moderator_statistics {
    int64_t moderator_id;
    struct str login, name;
    int64_t decisions; /* that stand */
    int64_t by_action[ACTION_COUNT];
    int64_t *by_reason; /* rejections, in the order of reason_list() */
    int64_t undone;     /* decisions that were undone, by whomever */
};
/* Those who decided anything, most decisions first. *reason_count is the length of by_reason. */
enum status statistics_moderators(struct store *, struct arena *, struct moderator_statistics **,
                                  size_t *count, size_t *reason_count, struct error *);

enum { STATISTICS_DAYS = 30 };
struct day_statistics {
    int64_t start; /* Unix seconds of the local day's start */
    int64_t arrived, decided;
};
/* The last STATISTICS_DAYS days, oldest first, today last. day_starts names each day's start, and
 * the end of the last. */
enum status statistics_days(struct store *, const int64_t day_starts[STATISTICS_DAYS + 1],
                            struct day_statistics days[STATISTICS_DAYS], struct error *);

#endif
