/* The texts queues are asked with. */
#include "store/queue_plan.h"

/* What the rows come from. INDEXED BY makes a statement fail rather than scan the table one day; the
 * CROSS JOINs keep their order. */
static const char *const lead_texts[LEAD_COUNT] = {
    [LEAD_ORDER] = " FROM comment AS c INDEXED BY comment_in_order",
    [LEAD_STATE] = " FROM comment AS c INDEXED BY comment_by_state",
    [LEAD_CONSULTATION] = " FROM comment AS c INDEXED BY comment_by_consultation",
    [LEAD_CONSULTATION_STATE] = " FROM comment AS c INDEXED BY comment_by_consultation_state",
    [LEAD_LINE_STATE] = " FROM comment AS c INDEXED BY comment_line_by_state",
    [LEAD_LINE_CONSULTATION_STATE] =
        " FROM comment AS c INDEXED BY comment_line_by_consultation_state",
    [LEAD_CLUSTER_STATE] = " FROM comment AS c INDEXED BY comment_by_cluster",
    [LEAD_SECTION_STATE] = " FROM comment AS c INDEXED BY comment_by_section",
    [LEAD_LANGUAGE] = " FROM comment AS c INDEXED BY comment_by_language",
    [LEAD_CHANNEL] = " FROM comment AS c INDEXED BY comment_by_channel",
    [LEAD_AUTHOR_KEY] = " FROM comment AS c INDEXED BY comment_by_author",
    [LEAD_AUTHOR_NAME] = " FROM comment AS c INDEXED BY comment_by_author_name",
    [LEAD_SOURCE] = " FROM comment AS c INDEXED BY comment_by_source",
    [LEAD_TAG] = (" FROM comment_tag AS t INDEXED BY comment_tag_by_tag"
                  " CROSS JOIN comment AS c ON c.id = t.comment_id"),
    [LEAD_ASSIGNED] = (" FROM assignment AS a"
                       " CROSS JOIN comment AS c ON c.id = a.comment_id"),
    [LEAD_ASSIGNED_AGENCY] = (" FROM assignment AS a INDEXED BY assignment_to_agency"
                              " CROSS JOIN comment AS c ON c.id = a.comment_id"),
    [LEAD_ASSIGNED_PERSON] = (" FROM assignment AS a INDEXED BY assignment_to_moderator"
                              " CROSS JOIN comment AS c ON c.id = a.comment_id"),
    [LEAD_PROPOSED] = " FROM proposal AS p CROSS JOIN comment AS c ON c.id = p.comment_id",
    [LEAD_PROPOSED_BY] = (" FROM proposal AS p INDEXED BY proposal_of_moderator"
                          " CROSS JOIN comment AS c ON c.id = p.comment_id"),
    /* What happened since due was brought up to date is looked at itself: few rows. */
    [LEAD_DUE] = (" FROM (SELECT comment_id FROM due INDEXED BY due_to_decide"
                  " WHERE decided_at IS NULL AND decide_at >= :due_from AND decide_at <= :due_to"
                  " UNION SELECT comment_id FROM figure_change) AS u"
                  " CROSS JOIN comment AS c ON c.id = u.comment_id"),
    [LEAD_LATE_ANSWER] = (" FROM (SELECT comment_id FROM due INDEXED BY due_to_answer"
                          " WHERE answered_at IS NULL AND answer_at < :late"
                          " UNION SELECT comment_id FROM figure_change) AS u"
                          " CROSS JOIN comment AS c ON c.id = u.comment_id"),
    [LEAD_RECEIVED] = " FROM comment AS c INDEXED BY comment_by_received",
    [LEAD_WORDS] = " FROM comment_words AS w CROSS JOIN comment AS c ON c.id = w.rowid",
    [LEAD_COMMENT] = " FROM comment AS c",
};

/* When a comment is due: as it is kept or, where it is not yet, worked out. */
#define DUE_OF(column, kind)                                                                       \
    "ifnull((SELECT u." column " FROM due AS u WHERE u.comment_id = c.id),"                        \
    " majlis_due((SELECT k.agency_id FROM consultation AS k WHERE k.id = "                         \
    "c.consultation_id), " kind ", c.received_at))"

static const struct {
    unsigned filter;
    const char *text;
} filter_texts[] = {
    {FILTER_STATE, " AND c.state = :state"},
    {FILTER_STATES, " AND c.state IN (:state_0, :state_1, :state_2, :state_3, :state_4, :state_5)"},
    {FILTER_CONSULTATION, " AND c.consultation_id = :consultation"},
    {FILTER_AGENCY, " AND c.consultation_id IN (SELECT id FROM consultation"
                    " WHERE agency_id = :agency)"},
    {FILTER_LANGUAGE, " AND c.language = :language"},
    {FILTER_CHANNEL, " AND c.channel = :channel"},
    {FILTER_RECEIVED, " AND c.received_at >= :received_from AND c.received_at <= :received_to"},
    {FILTER_SOURCE, " AND c.source = :source"},
    {FILTER_TAG, " AND EXISTS (SELECT 1 FROM comment_tag AS t"
                 " WHERE t.comment_id = c.id AND t.tag_id = :tag)"},
    {FILTER_AUTHOR_KEY, " AND c.author_key = :author AND c.author_key <> ''"},
    {FILTER_AUTHOR_NAME, " AND c.author = :author AND c.author <> ''"},
    {FILTER_ASSIGNED, " AND EXISTS (SELECT 1 FROM assignment AS a WHERE a.comment_id = c.id)"},
    {FILTER_ASSIGNED_AGENCY, " AND EXISTS (SELECT 1 FROM assignment AS a"
                             " WHERE a.comment_id = c.id AND a.agency_id = :assigned_agency)"},
    {FILTER_ASSIGNED_PERSON, " AND EXISTS (SELECT 1 FROM assignment AS a"
                             " WHERE a.comment_id = c.id AND a.moderator_id = :assigned_person)"},
    {FILTER_PROPOSED, " AND EXISTS (SELECT 1 FROM proposal AS p WHERE p.comment_id = c.id)"},
    {FILTER_PROPOSED_BY, " AND EXISTS (SELECT 1 FROM proposal AS p"
                         " WHERE p.comment_id = c.id AND p.moderator_id = :proposer)"},
    {FILTER_DUE, " AND c.state IN ('pending', 'held', 'escalated')"
                 " AND " DUE_OF("decide_at", "0") " BETWEEN :due_from AND :due_to"},
    {FILTER_LATE_ANSWER, " AND EXISTS (SELECT 1 FROM question AS q WHERE q.comment_id = c.id)"
                         " AND " DUE_OF("answer_at", "1") " < :late"},
    {FILTER_LINE, " AND c.represented = 0"},
    {FILTER_CLUSTER, " AND c.cluster_id = :cluster"},
    {FILTER_COMMENT, " AND c.id = :comment"},
    {FILTER_SECTION, " AND c.section_id = :section"},
    /* A word is quickly looked up in one comment; the beginning of a word is not, so that this is
     * asked once for all. */
    {FILTER_WORDS, " AND EXISTS (SELECT 1 FROM comment_words AS w"
                   " WHERE w.rowid = c.id AND w.comment_words MATCH :words)"},
    {FILTER_WORDS_ONCE, " AND c.id IN (SELECT w.rowid FROM comment_words AS w"
                        " WHERE w.comment_words MATCH :words)"},
    {FILTER_NO_WORDS, " AND NOT EXISTS (SELECT 1 FROM comment_words AS w"
                      " WHERE w.rowid = c.id AND w.comment_words MATCH :none)"},
    {FILTER_NO_WORDS_ONCE, " AND c.id NOT IN (SELECT w.rowid FROM comment_words AS w"
                           " WHERE w.comment_words MATCH :none)"},
};

/* What a joined lead's own table is asked, and the filter this stands for. */
static const struct {
    enum lead lead;
    unsigned filter;
    const char *text;
} joined_texts[] = {
    {LEAD_TAG, FILTER_TAG, " AND t.tag_id = :tag"},
    {LEAD_ASSIGNED, FILTER_ASSIGNED, ""},
    {LEAD_ASSIGNED_AGENCY, FILTER_ASSIGNED_AGENCY, " AND a.agency_id = :assigned_agency"},
    {LEAD_ASSIGNED_PERSON, FILTER_ASSIGNED_PERSON, " AND a.moderator_id = :assigned_person"},
    {LEAD_PROPOSED, FILTER_PROPOSED, ""},
    {LEAD_PROPOSED_BY, FILTER_PROPOSED_BY, " AND p.moderator_id = :proposer"},
    {LEAD_WORDS, FILTER_WORDS | FILTER_WORDS_ONCE, " AND w.comment_words MATCH :words"},
};

static const struct {
    const char *head, *range, *tail;
} shape_texts[SHAPE_COUNT_OF_SHAPES] = {
    [SHAPE_AFTER] = {"SELECT c.id, c.submitted_at", " WHERE c.submitted_at BETWEEN :from AND :to",
                     " ORDER BY c.submitted_at, c.id LIMIT :limit"},
    [SHAPE_BEFORE] = {"SELECT c.id, c.submitted_at", " WHERE c.submitted_at BETWEEN :from AND :to",
                      " ORDER BY c.submitted_at DESC, c.id DESC LIMIT :limit"},
    [SHAPE_TIE_AFTER] = {"SELECT c.id, c.submitted_at",
                         " WHERE c.submitted_at = :at AND c.id > :id",
                         " ORDER BY c.id LIMIT :limit"},
    [SHAPE_TIE_BEFORE] = {"SELECT c.id, c.submitted_at",
                          " WHERE c.submitted_at = :at AND c.id < :id",
                          " ORDER BY c.id DESC LIMIT :limit"},
    [SHAPE_SORTED_AFTER] = {"SELECT c.id, c.submitted_at",
                            " WHERE c.submitted_at BETWEEN :from AND :to"
                            " AND (c.submitted_at, c.id) > (:at, :id)",
                            " ORDER BY c.submitted_at, c.id LIMIT :limit"},
    [SHAPE_SORTED_BEFORE] = {"SELECT c.id, c.submitted_at",
                             " WHERE c.submitted_at BETWEEN :from AND :to"
                             " AND (c.submitted_at, c.id) < (:at, :id)",
                             " ORDER BY c.submitted_at DESC, c.id DESC LIMIT :limit"},
    [SHAPE_FOUND_AFTER] = {"SELECT c.id, c.submitted_at",
                           " WHERE c.submitted_at BETWEEN :from AND :to"
                           " AND c.id BETWEEN :low AND :high",
                           " ORDER BY c.id LIMIT :limit"},
    [SHAPE_FOUND_BEFORE] = {"SELECT c.id, c.submitted_at",
                            " WHERE c.submitted_at BETWEEN :from AND :to"
                            " AND c.id BETWEEN :low AND :high",
                            " ORDER BY c.id DESC LIMIT :limit"},
    [SHAPE_WALK_AFTER] = {"SELECT c.id, c.submitted_at",
                          " WHERE c.submitted_at BETWEEN :from AND :to"
                          " AND w.rowid BETWEEN :low AND :high",
                          " ORDER BY w.rowid LIMIT :limit"},
    [SHAPE_WALK_BEFORE] = {"SELECT c.id, c.submitted_at",
                           " WHERE c.submitted_at BETWEEN :from AND :to"
                           " AND w.rowid BETWEEN :low AND :high",
                           " ORDER BY w.rowid DESC LIMIT :limit"},
    [SHAPE_WALK_COUNT] = {"SELECT count(*) FROM (SELECT 1",
                          " WHERE c.submitted_at BETWEEN :from AND :to"
                          " AND w.rowid BETWEEN :low AND :high",
                          " LIMIT :limit)"},
    [SHAPE_WALK_STATES] = {"SELECT state, count(*) FROM (SELECT c.state AS state",
                           " WHERE c.submitted_at BETWEEN :from AND :to",
                           " LIMIT :limit) GROUP BY state"},
    [SHAPE_COUNT] = {"SELECT count(*) FROM (SELECT 1",
                     " WHERE c.submitted_at BETWEEN :from AND :to", " LIMIT :limit)"},
    [SHAPE_COUNT_STATES] = {"SELECT c.state, count(*)",
                            " WHERE c.submitted_at BETWEEN :from AND :to", " GROUP BY c.state"},
};

bool lead_is_ordered(enum lead lead)
{
    return lead <= LEAD_AUTHOR_NAME;
}

void plan_write(struct buffer *sql, enum lead lead, unsigned filters, enum shape shape)
{
    buffer_clear(sql);
    buffer_add(sql, str_of(shape_texts[shape].head));
    buffer_add(sql, str_of(lead_texts[lead]));
    buffer_add(sql, str_of(shape_texts[shape].range));
    /* A joined table is asked itself instead of once more for every row. */
    for (size_t i = 0; i < sizeof joined_texts / sizeof *joined_texts; i++) {
        if (joined_texts[i].lead != lead)
            continue;
        buffer_add(sql, str_of(joined_texts[i].text));
        filters &= ~joined_texts[i].filter;
    }
    for (size_t i = 0; i < sizeof filter_texts / sizeof *filter_texts; i++) {
        if (filters & filter_texts[i].filter)
            buffer_add(sql, str_of(filter_texts[i].text));
    }
    buffer_add(sql, str_of(shape_texts[shape].tail));
}
