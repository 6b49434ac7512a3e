/* How a queue is read: which index leads, and the SQL that follows from it. Every statement is put
 * together from constant texts, so that there is a bounded number of them; values are bound. */
#ifndef STORE_QUEUE_PLAN_H
#define STORE_QUEUE_PLAN_H

#include "base/buffer.h"

#include <stdbool.h>

/* What leads: the index that gives the rows, which decides how many are looked at. Up to
 * LEAD_AUTHOR_NAME they come in the queue's order; the others are sorted, and so lead only where
 * they are rare. */
enum lead {
    LEAD_ORDER,
    LEAD_STATE,
    LEAD_CONSULTATION,
    LEAD_CONSULTATION_STATE,
    LEAD_LINE_STATE, /* without the letters another one stands for */
    LEAD_LINE_CONSULTATION_STATE,
    LEAD_CLUSTER_STATE,
    LEAD_SECTION_STATE,
    LEAD_LANGUAGE,
    LEAD_CHANNEL,
    LEAD_AUTHOR_KEY,
    LEAD_AUTHOR_NAME,
    LEAD_SOURCE,
    LEAD_TAG,
    LEAD_ASSIGNED,
    LEAD_ASSIGNED_AGENCY,
    LEAD_ASSIGNED_PERSON,
    LEAD_PROPOSED,
    LEAD_PROPOSED_BY,
    LEAD_DUE,
    LEAD_LATE_ANSWER,
    LEAD_RECEIVED,
    LEAD_WORDS,
    LEAD_COMMENT,
    LEAD_COUNT,
};

/* What must hold of a row, one bit each. */
enum filter {
    FILTER_STATE = 1 << 0,            /* :state */
    FILTER_STATES = 1 << 1,           /* :state_0 to :state_5, NULL where not wanted */
    FILTER_CONSULTATION = 1 << 2,     /* :consultation */
    FILTER_AGENCY = 1 << 3,           /* :agency */
    FILTER_LANGUAGE = 1 << 4,         /* :language */
    FILTER_SOURCE = 1 << 5,           /* :source */
    FILTER_TAG = 1 << 6,              /* :tag */
    FILTER_AUTHOR_KEY = 1 << 7,       /* :author */
    FILTER_AUTHOR_NAME = 1 << 8,      /* :author */
    FILTER_WORDS = 1 << 9,            /* :words, an FTS5 expression */
    FILTER_ASSIGNED = 1 << 10,        /* to anybody */
    FILTER_ASSIGNED_AGENCY = 1 << 11, /* :assigned_agency */
    FILTER_ASSIGNED_PERSON = 1 << 12, /* :assigned_person */
    FILTER_PROPOSED = 1 << 13,        /* by anybody */
    FILTER_PROPOSED_BY = 1 << 14,     /* :proposer */
    FILTER_LINE = 1 << 15,            /* no other letter stands for it */
    FILTER_CLUSTER = 1 << 16,         /* :cluster */
    FILTER_COMMENT = 1 << 17,         /* :comment, that one alone */
    FILTER_WORDS_ONCE = 1 << 18,      /* :words, looked for once for all rows */
    FILTER_NO_WORDS = 1 << 19,        /* :none, an FTS5 expression that must not hold */
    FILTER_NO_WORDS_ONCE = 1 << 20,   /* :none, looked for once for all rows */
    FILTER_CHANNEL = 1 << 21,         /* :channel */
    FILTER_RECEIVED = 1 << 22,        /* :received_from to :received_to */
    FILTER_DUE = 1 << 23,             /* waits, to be decided from :due_from to :due_to */
    FILTER_LATE_ANSWER = 1 << 24,     /* to be answered before :late, and was not */
    FILTER_SECTION = 1 << 25,         /* :section */
};

/* What is asked. Rows are (id, submitted_at), at most :limit, submitted from :from to :to. */
enum shape {
    SHAPE_AFTER,         /* oldest first */
    SHAPE_BEFORE,        /* newest first */
    SHAPE_TIE_AFTER,     /* of the second :at alone, those with an id over :id */
    SHAPE_TIE_BEFORE,    /* of the second :at alone, those with an id under :id, largest first */
    SHAPE_SORTED_AFTER,  /* strictly after (:at, :id), for leads that are sorted */
    SHAPE_SORTED_BEFORE, /* strictly before (:at, :id), newest first */
    /* What words find, in the order of ids, of those from :low to :high; for any lead that is rare. */
    SHAPE_FOUND_AFTER,
    SHAPE_FOUND_BEFORE,
    /* The same where the words lead, which give ids in their order. */
    SHAPE_WALK_AFTER,
    SHAPE_WALK_BEFORE,
    SHAPE_WALK_COUNT,   /* one row: how many, at most :limit */
    SHAPE_WALK_STATES,  /* a row (state, count) for each state; at most :limit in all */
    SHAPE_COUNT,        /* one row: how many, at most :limit */
    SHAPE_COUNT_STATES, /* a row (state, count) for each state */
    SHAPE_COUNT_OF_SHAPES,
};

/* Whether rows come in the queue's order by themselves. */
bool lead_is_ordered(enum lead lead);

/* Writes the statement into sql, which is cleared first. filters holds the lead's own, too. */
void plan_write(struct buffer *sql, enum lead lead, unsigned filters, enum shape shape);

#endif
