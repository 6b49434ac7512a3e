/* See channels.h. */
#include "store/channels.h"

#include "store/internal.h"

enum status channel_list(struct store *store, struct arena *arena, struct str **channels,
                         size_t *count, struct error *error)
{
    struct list list = {0};
    struct statement statement;
    /* ';' is the byte behind ':'. */
    statement_start(&statement, store,
                    "SELECT substr(scope, 1 + length('channel:')) FROM tally_of"
                    " WHERE scope >= 'channel:' AND scope < 'channel;' ORDER BY scope");
    while (statement_next(&statement)) {
        struct str *channel = list_add(&list, arena, sizeof *channel);
        *channel = statement_text(&statement, arena);
    }
    *channels = list.items;
    *count = list.count;
    return statement_end(&statement, error);
}
