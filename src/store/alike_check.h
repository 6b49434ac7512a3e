/* The part of the check that works look-alikes out again. */
#ifndef STORE_ALIKE_CHECK_H
#define STORE_ALIKE_CHECK_H

#include "store/store.h"

/* Compares every letter with its cluster's pattern, and looks for the keys of every comment in the
 * index. Calls found() with a sentence for each fault. Reads as of the caller's snapshot. */
enum status alike_check(struct store *store, void (*found)(void *context, const char *sentence),
                        void *context, struct error *error);

#endif
