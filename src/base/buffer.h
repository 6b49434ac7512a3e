/* A byte string that grows. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/str.h"

#include <stddef.h>

/* Zero-initialise ({0}) before the first use. data is NULL until something was added; it is not
 * NUL-terminated unless buffer_text() was the last call. */
struct buffer {
    char *data;
    size_t size, capacity;
};

/* Adds bytes, or one byte, or what printf makes, at the end. */
void buffer_add(struct buffer *buffer, struct str s);
void buffer_add_byte(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));

/* Replaces the size bytes at from by s, moving what follows. from + size must lie inside. */
void buffer_replace(struct buffer *buffer, size_t from, size_t size, struct str s);

/* The content as a C string that lives until the next change; a NUL is put behind it. */
const char *buffer_text(struct buffer *buffer);

/* The content as a view that lives until the next change. */
static inline struct str buffer_str(const struct buffer *buffer)
{
    return (struct str){buffer->data, buffer->size};
}

/* Empties it and keeps its memory; or releases its memory too. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
