/* Who may do what: one table, asked by keys, bulk actions and subcommands alike. */
#include "desk/within.h"

#include "base/language.h"

#define BIT(right) (1u << (right))

/* What a moderator may do, a supervisor may do too. */
enum {
    RIGHTS_TRAINEE = BIT(RIGHT_READ) | BIT(RIGHT_PROPOSE) | BIT(RIGHT_TAG) | BIT(RIGHT_NOTE),
    RIGHTS_MODERATOR = RIGHTS_TRAINEE | BIT(RIGHT_DECIDE) | BIT(RIGHT_RESPOND) | BIT(RIGHT_ASSIGN) |
                       BIT(RIGHT_EXPORT),
};

static const unsigned rights_of[ROLE_COUNT] = {
    [ROLE_TRAINEE] = RIGHTS_TRAINEE,
    [ROLE_MODERATOR] = RIGHTS_MODERATOR,
    [ROLE_RESPONDER] = BIT(RIGHT_READ) | BIT(RIGHT_NOTE) | BIT(RIGHT_RESPOND),
    [ROLE_SUPERVISOR] = RIGHTS_MODERATOR | BIT(RIGHT_PUBLISH) | BIT(RIGHT_SETTLE) |
                        BIT(RIGHT_TAKE) | BIT(RIGHT_IMPORT) | BIT(RIGHT_BACKUP) |
                        BIT(RIGHT_PEOPLE) | BIT(RIGHT_CALENDAR),
    [ROLE_OPERATOR] = BIT(RIGHT_READ) | BIT(RIGHT_IMPORT) | BIT(RIGHT_EXPORT) | BIT(RIGHT_BACKUP) |
                      BIT(RIGHT_PEOPLE) | BIT(RIGHT_CALENDAR),
};

static const struct {
    const char *name, *deed;
} rights[RIGHT_COUNT] = {
    [RIGHT_READ] = {"read", N_("read comments")},
    [RIGHT_PROPOSE] = {"propose", N_("propose decisions")},
    [RIGHT_DECIDE] = {"decide", N_("decide on comments")},
    [RIGHT_TAG] = {"tag", N_("tag comments")},
    [RIGHT_NOTE] = {"note", N_("write notes")},
    [RIGHT_RESPOND] = {"respond", N_("write responses")},
    [RIGHT_PUBLISH] = {"publish", N_("publish responses or send them back")},
    [RIGHT_ASSIGN] = {"assign", N_("hand comments to people and agencies")},
    [RIGHT_SETTLE] = {"settle", N_("decide what was escalated")},
    [RIGHT_TAKE] = {"take", N_("take over what a colleague reads")},
    [RIGHT_IMPORT] = {"import", N_("import comments")},
    [RIGHT_EXPORT] = {"export", N_("export comments")},
    [RIGHT_BACKUP] = {"backup", N_("copy the whole database")},
    [RIGHT_PEOPLE] = {"people", N_("add and change moderators")},
    [RIGHT_CALENDAR] = {"calendar", N_("set working hours, holidays and promises")},
};

bool role_may(enum role role, enum right right)
{
    return (unsigned)role < ROLE_COUNT && (unsigned)right < RIGHT_COUNT &&
           (rights_of[role] & BIT(right)) != 0;
}

const char *right_name(enum right right)
{
    return rights[right].name;
}

enum status desk_require(const struct desk *desk, enum right right, struct error *error)
{
    if (role_may(desk->self.role, right))
        return OK;
    return error_set(error, STATUS_REFUSED,
                     _("your role, %s, does not include the right to %s; 'majlis roles' lists who "
                       "may"),
                     gettext(role_name(desk->self.role)), gettext(rights[right].deed));
}

enum status desk_agency_of(struct desk *desk, const struct comment *comment, int64_t *agency,
                           struct error *error)
{
    struct arena arena = {0};
    struct consultation *list;
    size_t count = 0;
    enum status status = consultation_list(desk->store, &arena, &list, &count, error);
    *agency = 0;
    for (size_t i = 0; status == OK && i < count; i++) {
        if (list[i].id == comment->consultation_id)
            *agency = list[i].agency_id;
    }
    arena_free(&arena);
    return status;
}

/* Whether the comment was handed to this person or to their agency. */
static enum status is_assigned(struct desk *desk, int64_t comment, bool *assigned,
                               struct error *error)
{
    struct arena arena = {0};
    struct assignment assignment;
    enum status status = assignment_read(desk->store, comment, &arena, &assignment, error);
    *assigned = status == OK &&
                (assignment.moderator_id == desk->self.id ||
                 (assignment.agency_id == desk->self.agency_id && assignment.agency_id != 0));
    arena_free(&arena);
    return status == STATUS_EMPTY ? OK : status;
}

enum status desk_require_on(struct desk *desk, enum right right, int64_t id, struct arena *arena,
                            struct comment *comment, struct error *error)
{
    int64_t agency;
    bool assigned = false;
    enum status status = desk_require(desk, right, error);
    if (status == OK)
        status = comment_read(desk->store, id, 0, 0, arena, comment, error);
    if (status != OK || desk->self.role != ROLE_RESPONDER || desk->self.agency_id == 0)
        return status;
    status = desk_agency_of(desk, comment, &agency, error);
    if (status == OK && agency != desk->self.agency_id)
        status = is_assigned(desk, id, &assigned, error);
    if (status == OK && agency != desk->self.agency_id && !assigned)
        status = error_set(error, STATUS_REFUSED,
                           _("comment %lld was written to another agency; a responder works on "
                             "the comments of the agency they belong to"),
                           (long long)id);
    return status;
}
