/* What waits to be caught up with, one kind after the other. */
#include "store/catch_up.h"

#include "store/alike.h"
#include "store/due.h"

enum status catch_up_next(struct store *store, enum catch_up_kind *kind, int64_t *left,
                          struct error *error)
{
    int64_t all;
    *kind = CATCH_UP_ALIKE;
    enum status status = alike_backlog(store, left, error);
    if (status != OK || *left > 0)
        return status;
    *kind = CATCH_UP_DUE;
    status = due_backlog(store, left, &all, error);
    if (*left == 0)
        *kind = CATCH_UP_NOTHING;
    return status;
}

static enum status step(struct store *store, int64_t most, struct error *error)
{
    enum catch_up_kind kind;
    int64_t left;
    enum status status = catch_up_next(store, &kind, &left, error);
    if (status == OK && kind == CATCH_UP_ALIKE)
        status = alike_catch_up(store, most, &left, error);
    if (status == OK && kind == CATCH_UP_DUE)
        status = due_catch_up(store, most, &left, error);
    return status;
}

enum status catch_up_step(struct store *store, int64_t most, struct error *error)
{
    enum status status = store_begin(store, error);
    if (status == OK)
        status = step(store, most, error);
    if (status == OK)
        status = store_commit(store, error);
    if (status != OK)
        store_rollback(store);
    return status;
}
