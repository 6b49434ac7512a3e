/* Moderators: who may work here, by the login of the operating system. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "store/store.h"

enum role {
    ROLE_TRAINEE,
    ROLE_MODERATOR,
    ROLE_RESPONDER,
    ROLE_SUPERVISOR,
    ROLE_OPERATOR,
    ROLE_COUNT
};

/* "trainee" ... as stored; and back: false when name is none. */
const char *role_name(enum role role);
bool role_from_name(struct str name, enum role *role);

struct moderator {
    int64_t id;
    struct str login, name;
    enum role role;
    int64_t agency_id; /* 0: of no agency */
    bool active;
};

/* The moderator with this login; STATUS_NOT_FOUND when there is none. Strings in arena. */
enum status moderator_find(struct store *store, struct str login, struct arena *arena,
                           struct moderator *moderator, struct error *error);
/* All of them, by login. */
enum status moderator_list(struct store *store, struct arena *arena, struct moderator **moderators,
                           size_t *count, struct error *error);
/* Adds one and fills its id, or changes the one with this login. */
enum status moderator_add(struct store *store, struct moderator *moderator, struct error *error);
enum status moderator_change(struct store *store, const struct moderator *moderator,
                             struct error *error);

/* A person's kept setting: value in arena, empty when it was never set. */
enum status setting_get(struct store *store, int64_t moderator, const char *name,
                        struct arena *arena, struct str *value, struct error *error);
enum status setting_set(struct store *store, int64_t moderator, const char *name, struct str value,
                        struct error *error);

#endif
