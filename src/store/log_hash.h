/* SHA-256 for the trail, in hexadecimal digits. */
#ifndef STORE_LOG_HASH_H
#define STORE_LOG_HASH_H

#include "store/log.h"

#include <nettle/sha2.h>

/* A hash being made of parts. */
struct log_hash {
    struct sha256_ctx context;
};
void log_hash_start(struct log_hash *hash);
void log_hash_add(struct log_hash *hash, struct str part);
/* Writes LOG_HASH_SIZE digits and a NUL. */
void log_hash_end(struct log_hash *hash, char digits[static LOG_HASH_SIZE + 1]);

/* The hash that seals a row, whose own hash is not looked at; before is the previous row's. */
void log_hash_row(const struct log_row *row, struct str before,
                  char digits[static LOG_HASH_SIZE + 1]);

#endif
