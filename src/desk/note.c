/* Notes for colleagues. */
#include "desk/within.h"

#include "base/language.h"

enum status desk_note_within(struct desk *desk, int64_t comment, struct str body, int64_t now,
                             struct error *error)
{
    struct arena arena = {0};
    struct comment read;
    int64_t id;
    enum status status = desk_require_on(desk, RIGHT_NOTE, comment, &arena, &read, error);
    arena_free(&arena);
    if (status != OK)
        return status;
    if (str_trim(body).size == 0)
        return error_set(error, STATUS_REFUSED, _("the note is empty; write something first"));
    return note_add(desk->store, comment, desk->self.id, body, now, &id, error);
}

enum status desk_note(struct desk *desk, int64_t comment, struct str body, int64_t now,
                      struct error *error)
{
    enum status status = store_begin(desk->store, error);
    if (status != OK)
        return status;
    return desk_finish(desk, desk_note_within(desk, comment, body, now, error), error);
}
