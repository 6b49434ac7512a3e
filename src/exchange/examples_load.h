/* What the parts of loading the worked examples share. Private to exchange/examples*.c. */
#ifndef EXCHANGE_EXAMPLES_LOAD_H
#define EXCHANGE_EXAMPLES_LOAD_H

#include "desk/within.h"
#include "exchange/json_list.h"

/* Something an example moderator did, to be done again in the order of time. */
struct deed {
    enum deed_kind { DEED_DECIDE, DEED_TAG, DEED_NOTE, DEED_RESPOND, DEED_PUBLISH } kind;
    int64_t at;
    size_t order; /* of two at one moment, the one that was read first */
    int64_t comment, submitted_at;
    struct json_item item; /* holds its own reference to the object */
    struct str file;       /* that item.file is of, in the loader's arena */
};

struct loader {
    struct store *store;
    const char *share;
    int64_t now;
    struct desk *desks; /* one for every moderator */
    size_t desk_count;
    struct deed *deeds;
    size_t deed_count, deed_capacity;
    struct arena arena;
};

/* Reads share/name and calls add() for every object of it. */
enum status examples_each(struct loader *loader, const char *name,
                          enum status (*add)(struct loader *loader, const struct json_item *item,
                                             void *context, struct error *error),
                          void *context, struct error *error);

/* Adds the comments of examples/SLUG.jsonl, and their deeds to the loader's list. */
enum status examples_load_comments(struct loader *loader, const struct consultation *consultation,
                                   struct error *error);

/* Does all deeds, through the desks of who did them. */
enum status examples_do_deeds(struct loader *loader, struct error *error);

/* Hours after since, in Unix seconds; STATUS_INPUT for a moment that is still to come. */
enum status examples_moment(const struct loader *loader, const struct json_item *item,
                            const char *hours_name, int64_t since, int64_t *at,
                            struct error *error);

#endif
