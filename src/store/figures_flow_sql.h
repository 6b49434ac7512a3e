/* What the files that read kept sums share. */
#ifndef STORE_FIGURES_FLOW_SQL_H
#define STORE_FIGURES_FLOW_SQL_H

#include "store/figures_filter.h"
#include "store/internal.h"

/* What a scope leaves, bound by bind_scope() as ?1 to ?4: the consultations k; the same of what happened (f), which names only those;
 * and the sums f of its language and channel. */
#define CONSULTATIONS "(?1 = 0 OR k.agency_id = ?1) AND (?2 = 0 OR k.id = ?2)"
#define CHANGED                                                                                    \
    "(?1 = 0 OR ?1 = (SELECT k.agency_id FROM consultation AS k WHERE k.id = f.consultation_id))"  \
    " AND (?2 = 0 OR f.consultation_id = ?2)"
#define NARROWED "(?3 = '' OR f.language = ?3) AND (?4 = '' OR f.channel = ?4)"

static inline void bind_scope(struct statement *statement, const struct figure_scope *scope)
{
    statement_bind(statement, scope->agency_id);
    statement_bind(statement, scope->consultation_id);
    statement_bind_text(statement, scope->language);
    statement_bind_text(statement, scope->channel);
}

/* What happened since the sums were brought up to date: so many more (or fewer) wait at a
 * consultation of those received on a day. */
struct moved {
    int64_t consultation_id, day, more;
};

/* All of it within a scope, by consultation and day. In arena. */
enum status flow_moved(struct store *store, const struct figure_scope *scope, struct arena *arena,
                       struct moved **moved, size_t *count, struct error *error);

/* The first day on which something waits; -1 when there is none. statement: rows of a day and how
 * many wait by the sums, days ascending. consultation: whose changes count; 0: all. */
int64_t flow_first_day(struct statement *statement, int64_t consultation, const struct moved *moved,
                       size_t count);

#endif
