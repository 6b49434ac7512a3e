/* Sitting down at the desk and getting up: who works here, and the end of every transaction. The
 * rules themselves stand in the files named after them. */
#include "desk/within.h"

#include "base/language.h"
#include "store/log.h"

/* Finds an active person by login; strings in arena. */
static enum status find_person(struct store *store, struct str login, struct arena *arena,
                               struct moderator *person, struct error *error)
{
    enum status status = moderator_find(store, login, arena, person, error);
    if (status == STATUS_NOT_FOUND)
        return error_set(error, STATUS_REFUSED,
                         _("%.*s is not in this database's list of moderators; ask a supervisor "
                           "or the operator to add this login"),
                         STR_FORMAT(login));
    if (status == OK && !person->active)
        return error_set(error, STATUS_REFUSED,
                         _("%.*s no longer works here; a supervisor or the operator can make "
                           "this login active again"),
                         STR_FORMAT(login));
    return status;
}

enum status desk_open(struct desk *desk, struct store *store, struct str login, struct error *error)
{
    *desk = (struct desk){.store = store};
    enum status status = find_person(store, login, &desk->arena, &desk->self, error);
    if (status == OK)
        log_set_person(store, desk->self.id);
    if (status == OK)
        status = decision_last_id(store, &desk->session_start, error);
    if (status != OK)
        desk_close(desk);
    return status;
}

enum status desk_look_again(struct desk *desk, struct error *error)
{
    struct arena arena = {0};
    struct moderator person;
    enum status status = find_person(desk->store, desk->self.login, &arena, &person, error);
    if (status == OK) {
        desk->self.role = person.role;
        desk->self.agency_id = person.agency_id;
    }
    arena_free(&arena);
    return status;
}

void desk_close(struct desk *desk)
{
    if (desk->store)
        log_set_person(desk->store, 0);
    arena_free(&desk->arena);
    *desk = (struct desk){0};
}

enum status desk_finish(struct desk *desk, enum status status, struct error *error)
{
    if (status == OK)
        status = store_commit(desk->store, error);
    if (status != OK)
        store_rollback(desk->store);
    return status;
}
