/* What figures are narrowed to: a time range, and one agency, consultation, language, channel or
 * moderator each. One struct and one parser for the options of `majlis stats` and for the line
 * behind 'f' on the screen:
 *
 *   from:2026-10-01 to:2026-10-31 agency:SLUG consultation:SLUG language:ar channel:web
 *   moderator:LOGIN by:week
 *
 * A date is 2026-11-24, or how long ago: 7d, 2w. Both days are in. lang: is language: too. */
#ifndef STORE_FIGURES_FILTER_H
#define STORE_FIGURES_FILTER_H

#include "store/store.h"

enum {
    SECONDS_OF_DAY = 86400,
    HOURS_OF_DAY = 24,
    FIGURE_DAYS_MOST = 3700, /* of a range: ten years */
};

struct figure_filter {
    /* As typed; size 0: any. from and to: a date or how long ago. */
    struct str from, to, agency, consultation, language, channel, moderator;
    struct str by; /* day or week, for sets that count by either; size 0: as the set likes */
};

/* One thing to narrow by, by its name; the options of `majlis stats` have the same names. */
struct figure_field {
    const char *name;
    const char *value; /* what its value is called in the help */
    const char *help;  /* N_() */
    size_t at;         /* of its struct str in struct figure_filter */
};
/* Ends in a row without a name. */
extern const struct figure_field figure_fields[];

/* Sets the field of this name. STATUS_INPUT with a sentence when there is none, or when the value is
 * none it takes. The strings stay the caller's. now: Unix seconds, for dates that say how long ago. */
enum status figure_filter_set(struct figure_filter *filter, struct str name, struct str value,
                              int64_t now, struct error *error);

/* Reads a line of name:value words between blanks; a value with blanks is quoted. Strings in arena. */
enum status figure_filter_parse(struct str line, int64_t now, struct arena *arena,
                                struct figure_filter *filter, struct error *error);

/* The filter as a line that figure_filter_parse() reads back. In arena. */
struct str figure_filter_text(const struct figure_filter *filter, struct arena *arena);

struct flow_changes;

/* What a filter comes to in one database, at one moment. */
struct figure_scope {
    int64_t now;   /* Unix seconds */
    int64_t clock; /* the team's clock: local time minus UTC, in seconds */
    int64_t today; /* the day of now on the team's clock, as every day here since 1970-01-01 */
    int64_t first_day, last_day; /* both are in; last_day is never after today */
    bool past;                   /* the range ends before today */
    bool weeks;                  /* by week, not by day */
    int64_t agency_id, consultation_id, moderator_id; /* 0: any */
    struct str language, channel;                     /* size 0: any */
    /* The kept sums that are right for it (see flow_of in majlis-schema(5)): "" for everything,
     * "agency:3" ...; NULL where it names several things at once. The moderator is left aside. */
    const char *sum;
    const char *moderator_sum; /* "moderator:7" where nothing but a moderator is named; else NULL */
    struct str agency, consultation; /* slugs, as in the filter */
    /* What happened since the sums, once it was read; NULL: who needs it reads it. */
    const struct flow_changes *changes;
};

/* Looks the names up. days: the range when the filter says none. Strings in arena. */
enum status figure_scope_find(struct store *store, const struct figure_filter *filter, int64_t now,
                              int days, struct arena *arena, struct figure_scope *scope,
                              struct error *error);

/* The day a place of a chart by the day or the week begins: the day itself, or the Sunday of its week
 * (the first week may begin within the range). */
int64_t figure_scope_place(const struct figure_scope *scope, int64_t day);

/* Whether a scope leaves a comment of this agency and consultation, in this language, that came this
 * way; whose deeds count is another matter. */
bool figure_scope_leaves(const struct figure_scope *scope, int64_t agency, int64_t consultation,
                         struct str language, struct str channel);

/* The query that finds what a scope is narrowed to, with more behind it, such as
 * "agency:transport lang:ar state:escalated". In arena. */
struct str figure_scope_query(const struct figure_scope *scope, const char *more,
                              struct arena *arena);

/* What to put behind it for the comments received in the scope's days, with a blank before it. In
 * arena. */
const char *figure_scope_received(const struct figure_scope *scope, struct arena *arena);

#endif
