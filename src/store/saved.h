/* Searches that a person keeps under a name. Writing checks no rule: only desk/ may call it. */
#ifndef STORE_SAVED_H
#define STORE_SAVED_H

#include "store/query.h"
#include "store/store.h"

struct saved_search {
    struct str name, query; /* the query as query_text() writes it */
    int64_t saved_at;
};

/* The searches of a moderator by name. In arena. */
enum status saved_search_list(struct store *store, int64_t moderator, struct arena *arena,
                              struct saved_search **searches, size_t *count, struct error *error);

/* The query of one; STATUS_NOT_FOUND, with a sentence that lists those there are. In arena. */
enum status saved_search_find(struct store *store, int64_t moderator, struct str name,
                              struct arena *arena, struct str *query, struct error *error);

/* Keeps a search in place of the one with its name; takes one away, *there telling whether it was
 * there. */
enum status saved_search_write(struct store *store, int64_t moderator,
                               const struct saved_search *search, struct error *error);
enum status saved_search_delete(struct store *store, int64_t moderator, struct str name,
                                bool *there, struct error *error);

#endif
