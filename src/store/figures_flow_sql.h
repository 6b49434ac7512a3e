/* What the files that read kept sums share. */
#ifndef STORE_FIGURES_FLOW_SQL_H
#define STORE_FIGURES_FLOW_SQL_H

#include "store/comment.h"
#include "store/figures_filter.h"
#include "store/internal.h"

/* What a scope leaves, bound by bind_scope() as ?1 to ?4: the consultations k, and the sums f of its
 * language and channel. */
#define CONSULTATIONS "(?1 = 0 OR k.agency_id = ?1) AND (?2 = 0 OR k.id = ?2)"
#define NARROWED "(?3 = '' OR f.language = ?3) AND (?4 = '' OR f.channel = ?4)"

/* The same consultations as rows of id and agency_id, to begin a join with: found by their agency or
 * their id, so that no others are passed over. agency, consultation: the parameters, as in SQL. */
#define CHOSEN(agency, consultation)                                                               \
    "(SELECT id, agency_id FROM consultation WHERE " agency " = 0 AND " consultation " = 0"        \
    " UNION ALL SELECT id, agency_id FROM consultation INDEXED BY consultation_of_agency"          \
    " WHERE agency_id = " agency " AND (" consultation " = 0 OR id = " consultation ")"            \
    " UNION ALL SELECT id, agency_id FROM consultation WHERE " agency                              \
    " = 0 AND id = " consultation ")"

static inline void bind_scope(struct statement *statement, const struct figure_scope *scope)
{
    statement_bind(statement, scope->agency_id);
    statement_bind(statement, scope->consultation_id);
    statement_bind_text(statement, scope->language);
    statement_bind_text(statement, scope->channel);
}

/* What happened since the sums were brought up to date: a row of figure_change, hours and days on
 * the team's clock. */
struct flow_change {
    int64_t consultation_id;
    bool within;           /* the scope leaves it; who decided is left aside */
    int64_t hour;          /* in which the comment was received */
    int arrived;           /* 1, or -1 where it was deleted */
    int waiting;           /* how many more wait: 1, 0 or -1 */
    int more[STATE_COUNT]; /* are in a state: 1, 0 or -1 */
    int64_t moderator_id;  /* of the decision; 0: of none */
    int64_t decided_hour;
    int64_t decided, reopened; /* 1, 0 or -1 */
};
struct flow_changes {
    const struct flow_change *changes;
    size_t count;
};

/* Reads them, or takes what scope->changes has; *changes lives as long as arena and the scope's. */
enum status flow_changes_read(struct store *store, const struct figure_scope *scope,
                              struct arena *arena, const struct flow_changes **changes,
                              struct error *error);

/* The first place, a day (hours: 24) or an hour (1), at which something waits; -1 when there is none.
 * statement: rows of a place and how many wait there by the sums, ascending. consultation: whose
 * changes count; 0: all. */
int64_t flow_first(struct statement *statement, int64_t hours, int64_t consultation,
                   const struct flow_changes *changes);

#endif
