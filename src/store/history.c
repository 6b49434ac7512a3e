/* A comment's history: what happened to it, from all the tables that say so, in time order. */
#include "store/record.h"

#include "store/internal.h"

/* One shape for every kind: kind, moment, who, action, state, reason or tag (label_ar, label_en,
 * slug), body, id, undoes_id, undone, and whether it came later. An arrival stands first
 * whatever its moment: nothing can happen to what is not there. */
static const char history_sql[] =
    "SELECT 0 AS kind, received_at AS at, author, '', 'pending', '', '', '', '', id, NULL, 0,"
    " 0 AS later"
    " FROM comment WHERE id = ?1"
    " UNION ALL"
    " SELECT 1, d.decided_at, m.name, d.action, d.to_state, ifnull(r.label_ar, ''),"
    " ifnull(r.label_en, ''), ifnull(r.slug, ''), d.note, d.id, d.undoes_id,"
    " EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes_id = d.id), 1"
    " FROM decision AS d JOIN moderator AS m ON m.id = d.moderator_id"
    " LEFT JOIN reason AS r ON r.id = d.reason_id WHERE d.comment_id = ?1"
    " UNION ALL"
    " SELECT 2, x.tagged_at, m.name, '', '', t.label_ar, t.label_en, t.slug, '', t.id, NULL, 0, 1"
    " FROM comment_tag AS x JOIN moderator AS m ON m.id = x.moderator_id"
    " JOIN tag AS t ON t.id = x.tag_id WHERE x.comment_id = ?1"
    " UNION ALL"
    " SELECT 3, n.written_at, m.name, '', '', '', '', '', n.body, n.id, NULL, 0, 1"
    " FROM note AS n JOIN moderator AS m ON m.id = n.moderator_id WHERE n.comment_id = ?1"
    " UNION ALL"
    " SELECT 4, p.created_at, m.name, '', '', '', '', '', '', p.id, NULL, 0, 1"
    " FROM response AS p JOIN moderator AS m ON m.id = p.author_id WHERE p.comment_id = ?1"
    " UNION ALL"
    " SELECT 5, p.submitted_at, m.name, '', '', '', '', '', '', p.id, NULL, 0, 1"
    " FROM response AS p JOIN moderator AS m ON m.id = p.author_id"
    " WHERE p.comment_id = ?1 AND p.submitted_at IS NOT NULL"
    " UNION ALL"
    " SELECT 6, p.published_at, m.name, '', '', '', '', '', '', p.id, NULL, 0, 1"
    " FROM response AS p JOIN moderator AS m ON m.id = ifnull(p.reviewer_id, p.author_id)"
    " WHERE p.comment_id = ?1 AND p.published_at IS NOT NULL"
    " ORDER BY later, at, kind, 10";

static void read_event(struct statement *statement, struct arena *arena, struct event *event)
{
    event->kind = (enum event_kind)statement_integer(statement);
    event->at = statement_integer(statement);
    event->who = statement_text(statement, arena);
    action_from_name(statement_text(statement, arena), &event->action);
    state_from_name(statement_text(statement, arena), &event->to_state);
    event->label.ar = statement_text(statement, arena);
    event->label.en = statement_text(statement, arena);
    event->slug = statement_text(statement, arena);
    event->body = statement_text(statement, arena);
    event->id = statement_integer(statement);
    event->undoes_id = statement_integer(statement);
    event->undone = statement_integer(statement) != 0;
}

enum status comment_history(struct store *store, int64_t comment, struct arena *arena,
                            struct event **events, size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    statement_start(&statement, store, history_sql);
    statement_bind(&statement, comment);
    while (statement_next(&statement))
        read_event(&statement, arena, list_add(&list, arena, sizeof(struct event)));
    *events = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}
