/* What statements over kept sums are narrowed to: bound by bind_scope() as ?1 to ?4. */
#ifndef STORE_FIGURES_FLOW_SQL_H
#define STORE_FIGURES_FLOW_SQL_H

#include "store/figures_filter.h"
#include "store/internal.h"

/* The consultations k that a scope leaves; the same of what happened (f), which names only those;
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

#endif
