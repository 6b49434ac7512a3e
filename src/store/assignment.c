/* Assignments: whom a comment was handed to. */
#include "store/team.h"

#include "store/log_internal.h"

enum status assignment_read(struct store *store, int64_t comment, struct arena *arena,
                            struct assignment *assignment, struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "SELECT x.comment_id, x.agency_id, x.moderator_id, ifnull(g.slug, m.login),"
                    " ifnull(g.name_ar, m.name), ifnull(g.name_en, m.name), w.name, x.assigned_by,"
                    " x.assigned_at FROM assignment AS x"
                    " LEFT JOIN agency AS g ON g.id = x.agency_id"
                    " LEFT JOIN moderator AS m ON m.id = x.moderator_id"
                    " JOIN moderator AS w ON w.id = x.assigned_by WHERE x.comment_id = ?1");
    statement_bind(&statement, comment);
    bool found = statement_next(&statement);
    if (found) {
        assignment->comment_id = statement_integer(&statement);
        assignment->agency_id = statement_integer(&statement);
        assignment->moderator_id = statement_integer(&statement);
        assignment->slug = statement_text(&statement, arena);
        assignment->label.ar = statement_text(&statement, arena);
        assignment->label.en = statement_text(&statement, arena);
        assignment->assigner = statement_text(&statement, arena);
        assignment->assigned_by = statement_integer(&statement);
        assignment->assigned_at = statement_integer(&statement);
    }
    enum status status = statement_end(&statement, error);
    return status == OK && !found ? STATUS_EMPTY : status;
}

enum status assignment_write(struct store *store, const struct assignment *assignment,
                             struct error *error)
{
    struct statement statement;
    statement_start(&statement, store,
                    "INSERT INTO assignment (comment_id, agency_id, moderator_id, assigned_by,"
                    " assigned_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (comment_id)"
                    " DO UPDATE SET agency_id = excluded.agency_id,"
                    " moderator_id = excluded.moderator_id, assigned_by = excluded.assigned_by,"
                    " assigned_at = excluded.assigned_at");
    statement_bind(&statement, assignment->comment_id);
    statement_bind_id(&statement, assignment->agency_id);
    statement_bind_id(&statement, assignment->moderator_id);
    statement_bind(&statement, assignment->assigned_by);
    statement_bind(&statement, assignment->assigned_at);
    enum status status = statement_run(&statement, error);
    if (status != OK)
        return status;
    statement_start(&statement, store,
                    "SELECT " LOG_ASSIGNMENT " FROM assignment AS x WHERE x.comment_id = ?1");
    statement_bind(&statement, assignment->comment_id);
    return log_from(store,
                    (struct log_row){.at = assignment->assigned_at,
                                     .moderator_id = assignment->assigned_by,
                                     .kind = str_of("assignment"),
                                     .subject_id = assignment->comment_id},
                    &statement, error);
}

enum status assignment_end(struct store *store, int64_t comment, bool *changed, struct error *error)
{
    int64_t removed = 0;
    struct statement statement;
    statement_start(&statement, store, "DELETE FROM assignment WHERE comment_id = ?1 RETURNING 1");
    statement_bind(&statement, comment);
    statement_single(&statement, &removed);
    *changed = removed != 0;
    enum status status = statement_run(&statement, error);
    if (status != OK || !*changed)
        return status;
    return log_subject(store, "assignment", comment,
                       "SELECT json_object('agency', NULL, 'moderator', NULL) WHERE ?1 > 0", error);
}
