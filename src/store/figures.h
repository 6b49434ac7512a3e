/* Sets of figures: what supervisors see. A set is one row of the table in figures.c: its name, its
 * tables with their columns, how they are shown, and what reads them. The screen, `majlis stats`, its
 * CSV and its JSON are all made from that row, so that they cannot say different things.
 *
 * A set stands in its own file, store/figures_NAME.c, and reads what triggers keep (see
 * majlis-schema(5)); what every set needs is in store/figures_flow.h. */
#ifndef STORE_FIGURES_H
#define STORE_FIGURES_H

#include "store/catalog.h"
#include "store/figures_filter.h"

/* What a column holds, and so how it is written. */
enum figure_kind {
    FIGURE_TEXT,     /* any bytes, such as a name or a slug */
    FIGURE_LABEL,    /* words in both languages; NAME_ar and NAME_en in CSV and JSON */
    FIGURE_WORD,     /* one of a few words of the program's own */
    FIGURE_LANGUAGE, /* a code; its name on the screen */
    FIGURE_CHANNEL,  /* the way a comment came; its name on the screen */
    FIGURE_COUNT,    /* a whole number */
    FIGURE_COMMENT,  /* a comment's number */
    FIGURE_SECONDS,  /* how long; NAME_seconds in CSV and JSON */
    FIGURE_MOMENT,   /* Unix seconds; ISO 8601 in CSV and JSON */
    FIGURE_DAY,      /* a day of the team's clock since 1970-01-01; a date everywhere */
    FIGURE_HOUR, /* an hour of the team's clock since then; a local date and time in CSV and JSON */
    FIGURE_SHARE,  /* thousandths of a whole; a percentage on the screen, a fraction elsewhere */
    FIGURE_WITHIN, /* working time: hours or, below zero, days; text says it to programs: 16h, 2d */
    FIGURE_DECIMAL, /* thousandths; two digits behind the point on the screen */
};

struct figure_column {
    const char *name;    /* in CSV and JSON; English, never translated */
    const char *heading; /* N_(); NULL: only for programs, not on the screen */
    enum figure_kind kind;
};

/* One value. none: there is nothing to say, such as the median of nothing. */
struct figure {
    bool none;
    int64_t number;  /* of every kind that is a number */
    struct str text; /* TEXT, a code, and the English of a LABEL; the name of a WORD for programs */
    struct str arabic; /* of a LABEL */
    const char *word;  /* N_(), of a WORD */
};

/* A row, and where Enter leads from it: to a comment, to the queue of a query, or (neither) nowhere.
 * The query of a set's very first row is the queue that the whole set is about: one key ('l') away. */
struct figure_row {
    struct figure *values; /* one for each column, in their order */
    int64_t comment;
    struct str query;
    bool to_take; /* the comment waits for somebody to take it, and nobody reads it */
};

struct figure_table {
    const char *name; /* in JSON, and behind a point in `majlis stats SET.TABLE`; English */
    const struct figure_column *columns;
    size_t column_count;
};

/* The rows that were read into one table; everything in the arena of the reading. */
struct figure_rows {
    struct figure_row *rows;
    size_t count, capacity;
};

/* How a table is shown. */
enum figure_shape {
    SHAPE_TILES,   /* a table of one row: each value large, its heading beside it */
    SHAPE_TABLE,   /* rows and columns; the first column takes the room the others leave */
    SHAPE_COLUMNS, /* upright columns along an axis of hours or days, one panel for each series */
    SHAPE_BARS,    /* one lying bar for each row, its label before it and its number behind */
    SHAPE_LINE,    /* a line along an axis of hours or days, drawn in dots */
};

enum { FIGURE_SERIES = 3 /* series of one chart, at most */ };

/* One part of a set's screen, from its top downwards. */
struct figure_part {
    enum figure_shape shape;
    size_t table;
    const char *title; /* N_(); NULL: none */
    const char *empty; /* N_(), said when the table has no row; NULL: the part is left out then */
    const char *note;  /* N_(), below, such as what to mind with small numbers; NULL: none */
    /* N_(), the same where it hangs on what is narrowed, such as a filter that cannot hold here and
     * why; returns NULL for none. NULL: note. */
    const char *(*note_for)(const struct figure_scope *scope);
    size_t label;                 /* of a chart: the column along its axis */
    size_t series[FIGURE_SERIES]; /* of a chart: the columns that are drawn */
    size_t series_count;
    int rows;  /* of a chart: least rows on the screen, title and axis included */
    bool half; /* may share its rows with the next part where the screen is wide */
};

struct figure_set {
    const char *name;  /* as in `majlis stats NAME` */
    const char *title; /* N_(), one word for the screen's tabs */
    const char *about; /* N_(), one line for the help */
    int days;          /* the time range when the filter says none: so many days up to today */
    const struct figure_table *tables;
    size_t table_count;
    const struct figure_part *parts;
    size_t part_count;
    /* Fills rows[0 .. table_count - 1]. Runs in one snapshot of the database. */
    enum status (*read)(struct store *store, const struct figure_scope *scope, struct arena *arena,
                        struct figure_rows *rows, struct error *error);
};

/* All sets, in the order of the screen's tabs. */
extern const struct figure_set *const figure_sets[];
extern const size_t figure_set_count;

/* The set of this name; NULL when there is none. */
const struct figure_set *figure_set_find(struct str name);

/* Reads a set as of one moment. rows receives an array of set->table_count, in arena; scope, unless
 * NULL, what the filter came to. STATUS_INPUT with a sentence that lists those there are when the
 * filter names an agency, consultation or moderator that is not there. */
enum status figures_read(struct store *store, const struct figure_set *set,
                         const struct figure_filter *filter, int64_t now, struct arena *arena,
                         struct figure_rows **rows, struct figure_scope *scope,
                         struct error *error);

/* Counts everything that is kept anew; wants an open transaction. It reads every comment: seconds for
 * a million. What keeps them otherwise: store/figures_keep.h. */
enum status figures_recount(struct store *store, struct error *error);

/* --- for those who fill tables --- */

/* A new row of so many columns at the end, everything in it zero. */
struct figure_row *figure_row_add(struct figure_rows *rows, size_t columns, struct arena *arena);

static inline struct figure figure_number(int64_t number)
{
    return (struct figure){.number = number};
}
static inline struct figure figure_none(void)
{
    return (struct figure){.none = true};
}
/* The number, or nothing where it is below zero. */
static inline struct figure figure_measure(int64_t number)
{
    return (struct figure){.none = number < 0, .number = number};
}
/* part of whole in thousandths, rounded; nothing where whole is 0. */
static inline struct figure figure_share(int64_t part, int64_t whole)
{
    return whole <= 0 ? figure_none() : figure_number((1000 * part + whole / 2) / whole);
}
/* The share of what was done in time, of that and what was not; nothing where there is neither. */
static inline struct figure figure_kept(int64_t kept, int64_t late)
{
    return figure_share(kept, kept + late);
}
static inline struct figure figure_text(struct str text)
{
    return (struct figure){.text = text};
}
static inline struct figure figure_label(const struct label *label)
{
    return (struct figure){.text = label->en, .arabic = label->ar};
}
/* name  for programs
 * word  N_(), for people */
static inline struct figure figure_word(const char *name, const char *word)
{
    return (struct figure){.text = str_of(name), .word = word};
}

#endif
