/* The ways in which comments came: web, mobile, or whatever an import names. */
#ifndef STORE_CHANNELS_H
#define STORE_CHANNELS_H

#include "store/store.h"

/* Each channel that the kept sums know of, in the order of their bytes; one that came with the last
 * few comments may not be among them yet. Names in arena. */
enum status channel_list(struct store *store, struct arena *arena, struct str **channels,
                         size_t *count, struct error *error);

#endif
