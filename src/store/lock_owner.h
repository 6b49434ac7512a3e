/* Who keeps a database locked: asked when waiting for it was in vain, so that a person can be told
 * whom to ask. */
#ifndef STORE_LOCK_OWNER_H
#define STORE_LOCK_OWNER_H

#include <stdbool.h>
#include <stdint.h>

struct lock_owner {
    int64_t process;
    char login[64], program[64]; /* NUL-terminated; the user's number where there is no login */
};

/* Finds the process that holds the lock for writing on the database at path. False where none does
 * any more, where it is this one, and where the system does not tell. */
bool lock_owner_find(const char *path, struct lock_owner *owner);

#endif
