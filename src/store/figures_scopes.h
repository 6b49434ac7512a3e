/* From the finest sums to those of every scope: '' for all, and each single thing that figures are
 * narrowed to (see flow_of in majlis-schema(5)). */
#ifndef STORE_FIGURES_SCOPES_H
#define STORE_FIGURES_SCOPES_H

/* The rows of fine, which has consultation_id, language and channel, once for each scope they belong to:
 * the scope, and then columns. */
#define FINE_BY_SCOPE(columns)                                                                     \
    "SELECT '' AS scope, " columns " FROM fine"                                                    \
    " UNION ALL SELECT 'agency:' || k.agency_id, " columns                                         \
    "  FROM fine AS f CROSS JOIN consultation AS k ON k.id = f.consultation_id"                    \
    " UNION ALL SELECT 'consultation:' || consultation_id, " columns " FROM fine"                  \
    " UNION ALL SELECT 'language:' || language, " columns " FROM fine"                             \
    " UNION ALL SELECT 'channel:' || channel, " columns " FROM fine"

/* The same where fine has moderator_id, 0 for nobody. */
#define FINE_BY_SCOPE_AND_MODERATOR(columns)                                                       \
    FINE_BY_SCOPE(columns)                                                                         \
    " UNION ALL SELECT 'moderator:' || moderator_id, " columns " FROM fine WHERE moderator_id <> " \
    "0"

#endif
