/* Who is at work: who reads something now, with a claim that lives, and who decided something
 * lately. */
#ifndef STORE_WORKERS_H
#define STORE_WORKERS_H

#include "store/store.h"

struct worker {
    int64_t moderator, comment; /* comment: what is read, or was decided last */
    int64_t since;              /* when that began, or was done */
    bool reads;
};

struct workers {
    struct worker *list; /* those who read come first */
    size_t count, reading;
};

/* Lists them as of now, in arena. Who reads several things is there for each, and not for what was
 * decided before. */
enum status workers_read(struct store *store, int64_t now, struct arena *arena,
                         struct workers *workers, struct error *error);

#endif
